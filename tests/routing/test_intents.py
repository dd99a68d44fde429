from __future__ import annotations

import pytest

from domain.routing import Intent
from domain.text import fold
from routing.intents import find_intent

ROWS = [
    # text, documents, item, answers us -> intent
    ("请问转出要什么材料？", False, True, False, Intent.INQUIRY),
    ("我想办理转出，请问怎么办", False, True, False, Intent.INQUIRY),
    ("请问这样行吗？材料在附件", True, True, False, Intent.APPLY),
    ("本人申请办理转出，13900001234", False, True, False, Intent.APPLY),
    ("医保转出", False, True, False, Intent.APPLY),
    ("补发身份证反面", True, True, False, Intent.SUPPLEMENT),
    ("材料稍后补发", True, True, False, Intent.APPLY),
    ("见附件", True, False, True, Intent.SUPPLEMENT),
    ("手机13900001234", False, False, True, Intent.SUPPLEMENT),
    ("好的，收到，谢谢！", False, False, True, Intent.NOTICE),
    ("纸质材料已经邮寄，特此告知", False, True, False, Intent.NOTICE),
    ("材料发了三次没人理，我要投诉", True, True, False, Intent.COMPLAINT),
    ("电话打不通，态度差", False, True, False, Intent.COMPLAINT),
    ("我不是投诉，只想问一下怎么办", False, True, False, Intent.INQUIRY),
    ("投诉电话是多少？", False, False, False, Intent.INQUIRY),
    ("上周申请的转出办好了吗", False, True, False, Intent.INQUIRY),
    ("代开发票，加微信", False, False, False, Intent.NOISE),
    ("推广课程报名，培训班优惠价", True, False, False, Intent.NOISE),
    ("老同学聚会通知", False, False, False, Intent.NOISE),
    ("周末聚餐，你来吗？", False, False, False, Intent.NOISE),
    ("你们周末开门吗？", False, False, False, Intent.INQUIRY),
    ("新年快乐！社保卡丢了", False, False, False, Intent.APPLY),
    ("老妈的，您看行不行", True, False, False, Intent.APPLY),
    ("爸妈的重拍了，新年快乐", True, False, True, Intent.SUPPLEMENT),
    ("申请转出。贷款买房，需要优惠价", False, True, False, Intent.APPLY),
    ("欠费了现在补缴", False, True, False, Intent.APPLY),
]


@pytest.mark.parametrize(("text", "documents", "item", "answers", "intent"), ROWS, ids=[row[0] for row in ROWS])
def test_intent(text: str, documents: bool, item: bool, answers: bool, intent: Intent) -> None:
    found = find_intent("", fold(text), has_documents=documents, has_item=item, answers_us=answers)
    assert found.intent is intent


# subject, text, documents, answers us -> intent; every one names a business of the counter.
LETTERS = [
    # What one wants done, however politely it is asked.
    ("查余额", "麻烦给查查我医保卡里还剩多少钱", False, False, Intent.APPLY),
    ("查缴费年限", "想知道我在省直一共交了多少年医保，快退休了", False, False, Intent.APPLY),
    ("开参保证明", "孩子上学要用，能帮我开一张医保参保证明吗？", False, False, Intent.APPLY),
    ("开证明", "我需要一份参保缴费凭证，能不能直接发我邮箱啊？", False, False, Intent.APPLY),
    ("减员", "公司3月离职4人，请问能帮我们直接减掉吗？", False, False, Intent.APPLY),
    ("个人账户提取", "能不能把个人账户的钱打到我卡上？", False, False, Intent.APPLY),
    ("转出", "回老家种地，医保给我转回去吧。往后日子怎么过", False, False, Intent.APPLY),
    ("异地备案", "想把老妈的医保备案到成都，您说这疫情谁能想到呢？", False, False, Intent.APPLY),
    ("报销", "住院花了五万，求求你们给报了吧。谁家没个难处啊？", False, False, Intent.APPLY),
    ("转出", "我要转出到青岛，身份证拍不了，先给排个号", False, False, Intent.APPLY),
    ("报表", "用的超大附件 http://a.example/x?k=1&c=2 请下载", False, False, Intent.APPLY),
    ("转移", "把我医保转到武汉，收到回一声，要是缺啥少啥你们说", False, False, Intent.APPLY),
    ("转入", "邮件是孙女发的，不知对不对。医保给转过来", False, False, Intent.APPLY),
    # What one only asks, without a question mark too.
    ("问个事", "老人在三亚过冬，住院能直接刷卡不", False, False, Intent.INQUIRY),
    ("协议", "我们店协议到期了，是不是得去续签，还是自动延", False, False, Intent.INQUIRY),
    ("缴费基数", "今年基数几号截止，到几号", False, False, Intent.INQUIRY),
    ("转入", "在北京的参保凭证，咱们这边认不认", False, False, Intent.INQUIRY),
    ("济南看的病，大病资格还用给你们发材料吗", "病友说得发这个邮箱，请明示。", False, False, Intent.INQUIRY),
    ("刷卡", "沒法去續簽，刷卡會不會給停", False, False, Intent.INQUIRY),
    ("退休金报盘", "今年如何报，请示下。", False, False, Intent.INQUIRY),
    ("转出", "打了三天电话没人接，我想办转出，要交什么材料", False, False, Intent.INQUIRY),
    ("备案", "想问问能不能给老人办备案，能的话我再准备", False, False, Intent.INQUIRY),
    ("外地看病", "外地能报吗", False, False, Intent.INQUIRY),
    # An addition speaks of an earlier mail.
    ("转入 补联系电话", "前天给你们发过材料，忘写手机号了，13900001234", False, False, Intent.SUPPLEMENT),
    ("凭证下来了", "前几天给你们发的是缴费明细，不对路，今天开了凭证", True, False, Intent.SUPPLEMENT),
    ("死亡证明", "我爸前两天给办事处发过邮件，死亡证明补在这里", True, False, Intent.SUPPLEMENT),
    ("李四销户", "信上说还差花名册，今天盖好了", True, False, Intent.SUPPLEMENT),
    ("这回清楚了", "身份证我重照了一张", True, False, Intent.SUPPLEMENT),
    ("补：社保卡正面", "", True, False, Intent.SUPPLEMENT),
    ("更正", "昨天发错文件了，这份才是", True, False, Intent.SUPPLEMENT),
    ("回复：转出", "单位今天才给", True, True, Intent.SUPPLEMENT),
    ("回复：转出", "谢谢，手机13900001234", False, True, Intent.SUPPLEMENT),
    # These words add nothing.
    ("异地安置", "居住证去年补办的，请备案。需要派驻函的话可随时补寄", True, False, Intent.APPLY),
    ("补缴", "单位补缴的表在附件", True, False, Intent.APPLY),
    ("医师备案", "职称证下周补交", True, False, Intent.APPLY),
    ("两件事", "如果要分开发两封信，您说一声我重新发", True, False, Intent.APPLY),
    ("转入", "凭证昨天单位给发的，让她重拍她不听", True, False, Intent.APPLY),
    ("特药", "按你们昨天发的通知，先发电子版", True, False, Intent.APPLY),
    ("转移", "之前在沈阳交的医保，想转到大连", True, False, Intent.APPLY),
    ("报销", "原件今天已寄EMS了，电子版我补发一下", True, False, Intent.APPLY),
    ("报表", "以前都是送过去，头一回发邮件", True, False, Intent.APPLY),
    ("卡丢了", "社保卡坐公交丢了，补一张", False, False, Intent.APPLY),
    ("改发邮件", "系统里之前提交的没成功，改发邮件", True, False, Intent.APPLY),
    # News.
    ("回复：门诊大病", "照恁说的 电话打过了 说收着了", False, True, Intent.NOTICE),
    ("回复：门诊大病", "就是告诉您一声，不用回", False, True, Intent.NOTICE),
    ("回复：手工报销", "材料已经快递，请查收", False, True, Intent.NOTICE),
    ("回复：报销", "不好意思，材料晚两天再补", False, True, Intent.NOTICE),
    ("回复：请补充材料", "特此告知：纸质的昨天寄了", False, True, Intent.NOTICE),
    ("告之", "本单位2月人员无变动，不用回了", False, False, Intent.NOTICE),
    ("纸质结算报表已寄", "盖章的1月结算报表今早顺丰发出，请留意", False, False, Intent.NOTICE),
    # Whoever wants something does not only inform: news are acknowledged without papers.
    ("转出", "电话打过了，说发邮件就行，我要转到青岛", False, False, Intent.APPLY),
    ("备案", "原件昨天寄了，麻烦办理", False, False, Intent.APPLY),
    # Complaints.
    ("意见", "窗口一个女的，我多问一句就冲我吼，太不像话", False, False, Intent.COMPLAINT),
    ("对大厅服务的几点意见", "叫号机坏了半个月没人修", False, False, Intent.COMPLAINT),
    ("反映一个情况", "保安推了我一把，希望你们管管这个人", False, False, Intent.COMPLAINT),
    ("要个说法", "材料退了三次，互相推诿", False, False, Intent.COMPLAINT),
    ("转出", "材料交了三回，我要投诉你们窗口", True, False, Intent.COMPLAINT),
    ("转出", "求你们快点，再不办我就投诉了", True, False, Intent.APPLY),
    ("凭证到底怎么才能开出来！！", "客服说找单位，单位踢皮球，电话全是忙音，气死我了", True, False, Intent.APPLY),
    ("转出", "电话打不通，到底要什么材料", False, False, Intent.INQUIRY),
]


@pytest.mark.parametrize(("subject", "text", "documents", "answers", "intent"), LETTERS)
def test_intent_of_a_letter(subject: str, text: str, documents: bool, answers: bool, intent: Intent) -> None:
    found = find_intent(fold(subject), fold(text), has_documents=documents, has_item=True, answers_us=answers)
    assert found.intent is intent


@pytest.mark.parametrize(
    ("subject", "text", "answers"),
    [
        ("催一下", "2月10号交的转入申请到现在没消息", False),
        ("转出凭证", "上个星期发的材料，办好没有", False),
        ("问问办得咋样了", "过去一个礼拜了，转成了没有？", True),
        ("单号 DL-20200224-0064-6 到哪一步了", "凭证两天了还没见着，就问问", True),
        ("转出", "我二月二十的转出申请受理没有", False),
        ("材料发了半个月", "咋还没信", False),
    ],
)
def test_question_about_ones_own_case_is_marked(subject: str, text: str, answers: bool) -> None:
    found = find_intent(fold(subject), fold(text), has_documents=False, has_item=True, answers_us=answers)
    assert (found.intent, found.is_progress) == (Intent.INQUIRY, True)


@pytest.mark.parametrize("text", ["外地能报吗", "居住证还没办，能参保吗", "现在能转吗"])
def test_question_about_the_rules_is_no_progress(text: str) -> None:
    assert not find_intent("", fold(text), has_documents=False, has_item=True, answers_us=False).is_progress


def test_progress_is_marked() -> None:
    assert find_intent("", "办好了吗?", has_documents=False, has_item=True, answers_us=False).is_progress


def test_subject_of_an_answer_does_not_ask() -> None:
    found = find_intent("回复:您要办转出吗?", "13900001234", has_documents=False, has_item=True, answers_us=True)
    assert found.intent is Intent.SUPPLEMENT
