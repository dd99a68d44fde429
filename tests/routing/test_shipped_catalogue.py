from __future__ import annotations

from functools import cache

import pytest

from config.catalogue import load_catalogue
from domain.decisions import Decided, Guide
from domain.hanzi import MISSPELT
from domain.text import fold
from routing import Classifier, Situation, decide
from routing.decide import MARGIN_NEEDED
from tests.routing.building import mail, papers
from tests.routing.shipped_mails import ITEMS, RULES, Sample


@cache
def classifier() -> Classifier:
    return Classifier(load_catalogue())


def decide_sample(sample: Sample) -> Decided:
    kinds = sample.papers.split()
    message = mail(sample.subject, sample.text, to=sample.mailbox, files=tuple(f"{kind}.jpg" for kind in kinds))
    return decide(Situation(message, papers(*kinds), sample.mailbox), classifier())


def as_sample(sample: Sample, decided: Decided) -> Sample:
    found = decided.classification
    missing: tuple[str, ...] = ()
    if sample.decision in ("ack", "missing") and hasattr(decided.decision, "checklist"):
        missing = decided.decision.checklist.missing
    return Sample(
        mailbox=sample.mailbox,
        subject=sample.subject,
        text=sample.text,
        papers=sample.papers,
        item=found.item,
        decision=decided.word,
        scenario=found.scenario,
        missing=" ".join(missing) if missing else ("" if decided.word != "guidance" else sample.missing),
        intent=found.intent.value,
        right=" ".join(decided.right_mailboxes),
        also=" ".join(found.also_items),
        guide=decided.decision.reason if isinstance(decided.decision, Guide) else sample.guide,
    )


def test_every_item_has_a_mail() -> None:
    assert sorted(s.item for s in ITEMS) == sorted(item.code for item in load_catalogue().items)


@pytest.mark.parametrize("sample", ITEMS, ids=lambda s: s.item)
def test_item_is_decided(sample: Sample) -> None:
    decided = decide_sample(sample)
    assert as_sample(sample, decided) == sample, decided.reasons


@pytest.mark.parametrize("sample", RULES, ids=lambda s: f"{s.item or 'none'}-{s.subject}-{s.mailbox}")
def test_rule_of_reading_is_followed(sample: Sample) -> None:
    decided = decide_sample(sample)
    assert as_sample(sample, decided) == sample, decided.reasons


ACCOUNTS, OUTPATIENT, REMOTE = "sdybgrzh@163.com", "zgerst@shandong.cn", "zyprst@shandong.cn"
CLAIMS, BIRTHS = "919444279@qq.com", "sdsybxjs@163.com"
REVIEW, CLEARING, CONTRACTS = "dlybydjy@163.com", "dlybzxjsb@163.com", "dlybzx_jdb@163.com"
ENROLMENT, XIGANG, JINPU = "dlybzxcbb@163.com", "dlybzxxgbsc@163.com", "dlybzxjpbsc@163.com"
AS_PEOPLE_SAY = (
    (ENROLMENT, "", "我从郑州回来了，想把医保弄回来，怎么办", "", "dl-transfer-in", ""),
    (ENROLMENT, "医保接过来", "原先在沈阳交的，现在单位在大连，想把那边的医保接过来", "", "dl-transfer-in", ""),
    (XIGANG, "关系", "把我在长春的社保挪过来吧，凭证拍了", "enrolment-cert", "dl-transfer-in", ""),
    (ENROLMENT, "求助", "我回哈尔滨上班了，新单位让我把大连的医保整过去", "", "dl-transfer-out", ""),
    (ENROLMENT, "离职", "我不在大连干了，想把保险转回老家", "", "dl-transfer-out", ""),
    (XIGANG, "要个凭证", "深圳这边社保局让我回大连开一张参保凭证", "", "dl-transfer-out", ""),
    (
        ACCOUNTS,
        "接续医保",
        "我调到省直单位了，原来在潍坊交的医保想合到一起，转到省直来",
        "enrolment-cert",
        "sd-transfer-in",
        "",
    ),
    (ACCOUNTS, "", "从省直调去青岛了，医保怎么带走", "", "sd-transfer-out", ""),
    (ACCOUNTS, "更正：是转出不是转入", "上一封写错了", "", "sd-transfer-out", ""),
    (ENROLMENT, "不是转出，是转入", "", "", "dl-transfer-in", ""),
    (ENROLMENT, "别给我办转入了", "我要转出到成都", "", "dl-transfer-out", ""),
    (ENROLMENT, "我爸没了", "上周三走的，医保卡那个户怎么销", "", "dl-death", ""),
    (XIGANG, "老伴走了", "退休的，把她的医保给销了吧", "death-cert", "dl-death", ""),
    (XIGANG, "注销", "母亲于2月3日病逝，申请注销医保账户", "", "dl-death", ""),
    (ENROLMENT, "申请", "材料见附件", "death-cert written-request", "dl-death", ""),
    (CONTRACTS, "疼痛科新开", "我院新开了疼痛科，给备个案", "department-form medical-license", "dl-department", ""),
    (CONTRACTS, "新来俩大夫", "备案表和证都拍了", "physician-form", "dl-physician", ""),
    (CONTRACTS, "精神科病人", "按床日结算的患者要改回普通", "", "dl-rehab", ""),
    (CONTRACTS, "改病种", "原来报的是脑梗，要转成脑出血", "", "dl-disease", ""),
    (CONTRACTS, "药店换老板了", "营业执照换了新的，法人换成李四", "business-license", "dl-inst-change", ""),
    (CONTRACTS, "搬家", "诊所搬迁，地址变了，怎么变更", "", "dl-inst-change", ""),
    (CONTRACTS, "我想让药店能刷医保", "新开的药房，怎么申请成为定点", "", "dl-inst-apply", ""),
    (CONTRACTS, "协议下月到期", "定点协议3月就到期了还要去签吗", "", "dl-relax-contract", ""),
    (CLEARING, "2月份报表", "我院职工医保结算月报报送", "", "dl-settlement", ""),
    (REVIEW, "跟闺女住", "我是大连退休的，在青岛跟闺女住，想在那边看病能刷卡", "", "dl-resettle", ""),
    (REVIEW, "提钱", "异地安置的，想把医保卡里的钱提出来", "", "dl-post-account", ""),
    (REVIEW, "在北京看病", "没备案，自费看的，回来咋报销", "", "dl-post-claim", ""),
    (XIGANG, "", "现在厂子停工，还没上班，医保先不交行不行，欠费了卡还好使不", "", "dl-relax-arrears", ""),
    (XIGANG, "交不上", "二月的医保没法去交，会不会断", "", "dl-relax-arrears", ""),
    (XIGANG, "开药", "高血压，能不能一回给开仨月的药", "", "dl-relax-prescription", ""),
    (XIGANG, "透析", "我妈透析，审批表到期了，还用去审核不", "", "dl-relax-dialysis", ""),
    (JINPU, "生娃的钱", "我媳妇剖腹产，津贴咋领", "", "dl-post-maternity", ""),
    (JINPU, "上环", "计划生育手术的钱在哪报", "", "dl-post-family", ""),
    (ENROLMENT, "退休金报盘", "我单位是省属事业单位，这月报盘怎么送", "", "dl-post-pension", ""),
    (ENROLMENT, "公务员", "新录用公务员3人，医疗待遇核准材料", "", "dl-civil-servant", ""),
    (XIGANG, "给孩子上医保", "孩子刚满月，大连户口", "", "dl-resident-enrol", ""),
    (XIGANG, "小孙女", "想给小孙女参加居民医保，户口本拍了", "hukou-first hukou-self", "dl-resident-enrol", ""),
    (ACCOUNTS, "告知", "我单位二月份没有人员变动，按上月基数申报", "", "sd-headcount", ""),
    (ACCOUNTS, "加人", "新来一个职工，怎么给他加进医保", "", "sd-headcount", ""),
    (ACCOUNTS, "2020年基数", "今年的缴费基数什么时候报", "", "sd-base", ""),
    (ACCOUNTS, "卡里还有多少钱", "想查一下医保账户里进了多少", "", "sd-account", ""),
    (ACCOUNTS, "打个缴费证明", "买房要用，社保缴费证明在哪打", "", "sd-account", ""),
    (ACCOUNTS, "单位改名", "我所更名，医保登记信息要改", "registration-materials", "sd-registration", ""),
    (OUTPATIENT, "门规", "父亲在外地住，门诊慢性病怎么备案", "", "sd-chronic", ""),
    (OUTPATIENT, "靶向药", "我妈肺癌吃靶向药，发票怎么报", "invoice", "sd-claim-drug", ""),
    (CLAIMS, "住院垫的钱", "在老家急诊住院自己垫的，票都在", "invoice", "sd-claim-medical", ""),
    (BIRTHS, "生孩子", "剖腹产的发票清单诊断证明都有", "invoice expense-list diagnosis", "sd-maternity", ""),
    (REMOTE, "外派人员备案", "我单位有5名职工常驻北京办事处", "application-form", "sd-remote", ""),
    (REMOTE, "大连退休", "在烟台长住，想异地安置", "residence-permit-front", "dl-resettle", ""),
    (REVIEW, "省直退休", "我是山东省直退休的，住大连，异地就医备案", "", "sd-remote", ""),
    (XIGANG, "两件事", "一是我爸去世了要销户，二是我妈要办异地安置", "death-cert", "dl-death", "dl-resettle"),
    (
        ACCOUNTS,
        "转入，再问下余额",
        "凭证见附件，转入省直。另外怎么查个人账户余额",
        "enrolment-cert",
        "sd-transfer-in",
        "sd-account",
    ),
    (JINPU, "孩子参保", "给孩子上居民医保。顺带问问生育津贴怎么领", "", "dl-resident-enrol", "dl-post-maternity"),
    (ENROLMENT, "公积金", "我想提取公积金", "", "", ""),
    (ENROLMENT, "社保卡丢了", "怎么补办", "", "", ""),
    (REVIEW, "养老认证", "养老金资格认证怎么弄", "", "", ""),
    (ENROLMENT, "大学生", "我儿子在外地上大学，学生证丢了", "", "", ""),
    (XIGANG, "口罩", "哪里能领口罩", "", "", ""),
    (ENROLMENT, "醫保轉出", "我要把醫療保險關係轉出到廣州", "", "dl-transfer-out", ""),
    (ENROLMENT, "ｙｂ 转 入", "yb从沈阳转到大连", "", "dl-transfer-in", ""),
    (ENROLMENT, "医宝专出", "回吉林了，申情办理", "", "dl-transfer-out", ""),
    (XIGANG, "灵活就夜 断交", "医保断交了怎么补", "", "dl-relax-arrears", ""),
    (REVIEW, "异地安至", "大连退休，住三亚", "residence-permit-front", "dl-resettle", ""),
    (
        ENROLMENT,
        "咨询",
        "我在大连上班好几年了，户口在山东菏泽，现在辞职回家，医保怎么弄回去",
        "",
        "dl-transfer-out",
        "",
    ),
    (XIGANG, "", "之前在北京有五年医保，现在落户大连，能不能接上", "", "dl-transfer-in", ""),
    (ENROLMENT, "参保凭证", "我已离开大连，苏州要我提供大连的参保凭证", "", "dl-transfer-out", ""),
    (
        ENROLMENT,
        "医保转移",
        "沈阳的凭证我开好了",
        "enrolment-cert id-front id-back ss-card-front written-request",
        "dl-transfer-in",
        "",
    ),
    (
        ENROLMENT,
        "医保转移",
        "",
        "id-front id-back ss-card-front written-request termination-cert",
        "dl-transfer-out",
        "",
    ),
    # Between our two agencies each is asked for its own half.
    (ACCOUNTS, "", "我的医保要从省直转到大连", "id-front id-back", "sd-transfer-out", ""),
    (XIGANG, "", "我的医保要从省直转到大连", "enrolment-cert", "dl-transfer-in", ""),
    (ACCOUNTS, "转医保", "我在济南省直单位离职，去上海了，请把凭证寄到上海", "id-front id-back", "sd-transfer-out", ""),
    (ACCOUNTS, "关系转移", "新调入省直机关，原来在临沂参保", "enrolment-cert", "sd-transfer-in", ""),
    (JINPU, "爷爷去世", "爷爷年前去世了，怎么办理", "", "dl-death", ""),
    (ENROLMENT, "父亲病故 医保处理", "父亲是退休工人", "death-cert", "dl-death", ""),
    (XIGANG, "停保", "家里老人不在了，医保要停", "", "dl-death", ""),
    (CONTRACTS, "新增康复科", "科室备案表和许可证副本", "department-form medical-license", "dl-department", ""),
    (CONTRACTS, "医师变动", "新增两名执业医师", "", "dl-physician", ""),
    (CONTRACTS, "开户行换了", "药店对公账户改到建设银行", "bank-info business-license", "dl-inst-change", ""),
    (CONTRACTS, "", "账户确认书已盖章", "account-confirmation", "dl-inst-create", ""),
    (CONTRACTS, "定点资格", "我们是新开的口腔诊所，想申请医保", "", "dl-inst-apply", ""),
    (CLEARING, "报表", "一月结算", "settlement-report", "dl-settlement", ""),
    (REVIEW, "异地看病", "父母退休后随我住成都，想在成都直接刷卡住院", "residence-permit-front", "dl-resettle", ""),
    (REVIEW, "", "在沈阳住院花了三万，没来得及备案，发票怎么办", "", "dl-post-claim", ""),
    (XIGANG, "保费", "饭店关门没收入，这两个月医保费能缓缴吗", "", "dl-relax-arrears", ""),
    (XIGANG, "", "糖尿病的药能不能一次多拿点", "", "dl-relax-prescription", ""),
    (XIGANG, "协议", "我药店的定点协议快到期了", "", "dl-relax-contract", ""),
    (XIGANG, "产假工资", "我单位女职工休完产假，津贴什么时候能报", "", "dl-post-maternity", ""),
    (XIGANG, "", "人流手术的费用能报吗", "", "dl-post-family", ""),
    (ACCOUNTS, "减员", "有一人退休一人调走，2月减员怎么报", "", "sd-headcount", ""),
    (ACCOUNTS, "", "网上系统报基数截止到几号", "", "sd-base", ""),
    (ACCOUNTS, "缴费记录", "想打印一份医保缴费记录", "", "sd-account", ""),
    (OUTPATIENT, "大病本", "在外地治疗，尿毒症的门诊大病资格怎么确认", "", "sd-chronic", ""),
    (OUTPATIENT, "特药", "赫赛汀的发票", "invoice", "sd-claim-drug", ""),
    (CLAIMS, "", "父亲脑梗急诊抢救自费，求报销", "invoice expense-list", "sd-claim-medical", ""),
    (BIRTHS, "二胎", "顺产，想报生育险", "", "sd-maternity", ""),
    (REMOTE, "转诊", "单位职工转北京协和住院备案", "application-form", "sd-remote", ""),
    (XIGANG, "宝宝", "新生儿怎么上医保", "", "dl-resident-enrol", ""),
    (
        XIGANG,
        "外地户口",
        "我有居住证，想参加大连的居民医保",
        "residence-permit-front residence-permit-back",
        "dl-resident-enrol",
        "",
    ),
    (ACCOUNTS, "大连转济南", "我的医保在大连，现在调到省直单位", "enrolment-cert", "sd-transfer-in", ""),
    (ENROLMENT, "", "我是山东省直的，想查个人账户余额", "", "sd-account", ""),
    (ENROLMENT, "不是报销", "是问欠费补缴的事", "", "dl-relax-arrears", ""),
    (
        ENROLMENT,
        "转入+给孩子参保",
        "我从沈阳转入大连，凭证在附件；另外女儿也要参加居民医保",
        "enrolment-cert",
        "dl-transfer-in",
        "dl-resident-enrol",
    ),
    (REVIEW, "异地安置，还有提个人账户", "", "residence-permit-front", "dl-resettle", "dl-post-account"),
    (ENROLMENT, "失业金", "失业金怎么领", "", "", ""),
    (ENROLMENT, "工伤", "工伤认定在哪办", "", "", ""),
    (ENROLMENT, "丧葬费", "父亲去世丧葬费怎么领", "", "", ""),
    (ENROLMENT, "你好", "请问几点上班", "", "", ""),
)
"""Mailbox, subject, text, papers that came; the item and what is asked beside it."""


@pytest.mark.parametrize(("mailbox", "subject", "text", "papers_sent", "item", "also"), AS_PEOPLE_SAY)
def test_item_is_told_from_what_people_say(
    mailbox: str, subject: str, text: str, papers_sent: str, item: str, also: str
) -> None:
    kinds = papers_sent.split()
    message = mail(subject, text, to=mailbox, files=tuple(f"{kind}.jpg" for kind in kinds))
    found = classifier().classify(message, papers(*kinds), mailbox).classification
    assert (found.item, " ".join(found.also_items)) == (item, also)
    assert not item or found.margin >= MARGIN_NEEDED


def test_misspellings_are_harmless() -> None:
    catalogue = load_catalogue()
    words = [k.word for item in catalogue.items for k in (*item.keywords, *item.not_keywords)]
    words += [name for kind in catalogue.kinds.values() for name in (*kind.names, *kind.not_names, *kind.titles)]
    words += [item.guidance for item in catalogue.items]
    innocent = "转处理 转处方 平安至上 取消户口 重申情况 关注消息 注射保健药 上报险情 和平症状 流转处方 转人工服务"
    for wrong, right in MISSPELT.items():
        assert len(wrong) == len(right)
        assert wrong == "帐" or not [word for word in words if wrong in word], wrong
        assert wrong not in innocent


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("醫保關係轉出", "医保关系转出"),
        ("帳戶確認書", "账户确认书"),
        ("ＹＢ 转 入", "医保转入"),
        ("yb.jpg dlybzx@163.com", "yb.jpgdlybzx@163.com"),
        ("医宝专出,灵活就夜", "医保转出,灵活就业"),
        ("请转处理", "请转处理"),
    ],
)
def test_what_is_written_is_folded_to_what_is_meant(written: str, meant: str) -> None:
    assert fold(written) == meant
