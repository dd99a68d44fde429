# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Cards, registers, houses, births and licences from yet other places, years and printers: held layouts."""

from __future__ import annotations

from dataclasses import replace

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout
from tests.papers.layouts.open_far_cards import ID_BOXES, with_id
from tests.papers.layouts.open_new_cards import _FOUR, renamed, watermarked
from tests.papers.sheet import A4_WIDE

LAYOUTS = (
    card_layout("new-id-front-first-generation", "id-front", "held", Card(
        (
            (330, 24, "居民身份证", 44, "wide"), (50, 110, "姓 名", 28), (150, 102, "{name}", 36, "bold"), (50, 176, "性 别", 28), (150, 170, "{sex}", 34), (270, 176, "民 族", 28), (370, 170, "{nation}", 34), (50, 242, "出 生", 28), (150, 238, "{birth_y} 年 {birth_m} 月 {birth_d} 日", 32), (50, 308, "住 址", 28), (150, 304, "{home}", 32, "", 450), (50, 440, "2004年 5 月 20 日签发", 28), (430, 440, "有效期限 20 年", 28), (50, 540, "编 号", 28), (150, 530, "{id}", 42), (780, 560, "{police}", 22, "mid red"),
        ),
        colour=(224, 232, 216), waves=(204, 220, 198), face="song", extras=(("portrait", 670, 110, 250),), seals=((790, 480, 62, "{police}", ""),),
    )),
    card_layout("new-ss-back-magnetic-tips", "ss-card-back", "held", Card(
        (
            (940, 24, "24小时服务热线 12333 / 95000", 22, "right"), (60, 170, "持卡人签名", 22), (60, 290, "温馨提示", 30, "bold"), (60, 340, "· 请及时激活社保功能和金融功能，初始密码为身份证后六位。", 25, "", 880), (60, 384, "· 看病购药、领取待遇、查询权益，均可使用此卡。", 25), (60, 428, "· 卡片遗失请立即电话挂失，凭本人证件到合作银行任一网点补领。", 25, "", 880), (60, 500, "虚构省人力资源和社会保障厅、{bank}联合发行", 26), (60, 560, "ICCID {long}", 24), (760, 550, "全国通用", 36, "red"),
        ),
        colour=(240, 226, 206), waves=(232, 212, 186), face="print", bands=((0, 64, 1000, 150, (60, 44, 36)), (60, 204, 620, 266, (252, 252, 252))),
    )),
    renamed(card_layout("new-residence-front-left-photo", "residence-permit-front", "held", Card(
        (
            (960, 30, "虚构省居住证", 40, "right bold red"), (370, 110, "姓    名", 26, "brown"), (510, 104, "{name}", 34), (370, 166, "性    别", 26, "brown"), (510, 160, "{sex}", 32), (620, 166, "民 族", 26, "brown"), (720, 160, "{nation}", 32), (370, 222, "出生年月", 26, "brown"), (510, 216, "{birth_y}年{birth_m}月", 32), (370, 278, "户 籍 地", 26, "brown"), (510, 274, "{home}", 28, "", 450), (370, 374, "居住地址", 26, "brown"), (510, 370, "{address}", 28, "", 450), (60, 500, "身份号码", 26, "brown"), (200, 492, "{id}", 40), (60, 570, "首次发证  {when}", 26), (960, 570, "（此证不作身份证件使用）", 22, "right grey"),
        ),
        colour=(250, 240, 226), waves=(244, 228, 208), extras=(("portrait", 70, 100, 250),),
    )), _FOUR),
    form_layout("new-hukou-first-street", "hukou-first", "held", Form(
        "户 口 簿 首 页",
        (("ends", "虚构省样张市假定区", "第 {household_no} 号"), ("cells", ("户主姓名", "{head}", "户口性质", "城镇居民户"), ("街道（乡、镇）", "子虚街道", "居（村）委会", "乌有路社区居委会"), ("路街巷门牌", "{home}", "户号", "{household_no}")), ("gap", 170), ("ends", "户口登记机关（盖章）", "登记员：{clerk}"), ("ends", "", "{when} 填发")),
        size=(1000, 720), colour=(240, 246, 240), title_size=36, font=25, tall=72, top=40, rule=(80, 130, 90), seals=((0.3, 0.66, 88, "{city}公安局子虚派出所", "户口专用章"),),
    ), subject="head"),
    with_id(form_layout("new-hukou-self-boxes-pen", "hukou-self", "held", Form(
        "登 记 事 项",
        (("cells", ("姓名", "{name}", "户主或与户主关系", "{relation}"), ("又名", "", "性别", "{sex}", "民族", "{nation}"), ("出生", "{birth}", "出生地", "样张县"), ("原籍", "虚构省样张县", "宗教", "无")), ("table", ("身份证号", *ID_BOXES)), ("cells", ("文化程度", "{schooling}", "婚否", "{marriage}", "职业", "{occupation}"), ("何时由何地迁来本县（市）", "{moved} 无有省虚构市"), ("何时由何地迁来本址", "{moved} 投靠亲属"), ("何时何因迁往何地", ""), ("注销户口原因", "")), ("ends", "常住人口登记卡   户口员 {clerk}", "{moved}登记")),
        size=(1000, 860), hand=0, colour=(246, 238, 214), title_size=32, font=22, tall=56, top=40, margin=50, label_colour=(120, 50, 40), rule=(150, 80, 70), seals=((0.66, 0.86, 66, "样张县公安局", "户口专用章"),),
    ))),
    form_layout("new-birth-cert-english-third", "birth-cert", "held", Form(
        "出生医学证明",
        (("ends", "MEDICAL CERTIFICATE OF BIRTH", "编号 F99{short}"), ("cells", ("婴儿姓名 Full name of baby", "{name}", "性别 Sex", "{sex}"), ("出生时间 Time of birth", "{birth} 22时05分"), ("出生孕周 Gestation", "39周", "健康状况 Health", "良好"), ("体重 Weight", "3360g", "身长 Height", "50cm"), ("出生地点 Place of birth", "√医院  □妇幼保健院  □家庭  □其它"), ("母亲姓名 Mother", "{mother}", "国籍 Nationality", "中国", "民族", "汉"), ("身份证号 Identity card No.", "{mother_id}"), ("父亲姓名 Father", "{father}", "国籍 Nationality", "中国", "民族", "汉"), ("身份证号 Identity card No.", "{father_id}"), ("接生机构名称 Name of facility", "{hospital}")), ("sign", "签发机构（专用章）", "Date of issue {iso_birth}")),
        size=(1240, 1000), font=21, tall=52, title_size=46, colour=(238, 244, 234), waves=(222, 234, 216), border="ornate", margin=80, seals=((0.74, 0.88, 80, "{hospital}", "出生医学证明专用章"),),
    )),
    card_layout("new-subsistence-relief-card", "subsistence-cert", "held", Card(
        (
            (500, 40, "社会救助证", 54, "mid bold white"), (500, 116, "（最低生活保障对象）", 28, "mid white"), (60, 210, "持证人", 26), (190, 202, "{name}", 36), (60, 270, "性别 {sex}", 28), (330, 270, "保障人口 3 人", 28), (60, 330, "证件号", 26), (190, 324, "{spaced_id}", 34), (60, 390, "居住地", 26), (190, 388, "{address}", 28, "", 480), (60, 500, "低保类别  A类（长期保障）", 28), (60, 556, "年审有效 {span}", 26), (940, 570, "发证 {city}民政局", 24, "right"),
        ),
        colour=(252, 246, 230), bands=((0, 0, 1000, 170, (178, 44, 44)),), extras=(("portrait", 730, 210, 190),), seals=((800, 470, 70, "{city}民政局", ""),), face="print",
    )),
    replace(card_layout("new-medical-licence-wall", "medical-license", "held", Card(
        (
            (707, 130, "中华人民共和国", 44, "mid"), (707, 190, "医疗机构执业许可证", 66, "mid bold"), (707, 290, "{hospital}", 46, "mid"), (160, 380, "经审查，核准登记，准予执业。", 30), (160, 450, "登 记 号  {long}", 28), (160, 510, "机构地址  {address}", 28), (160, 570, "法人代表  {name}", 28), (760, 570, "所有制形式  全民", 28), (160, 630, "诊疗科目  内、外、妇产、儿、中医、急诊、检验、影像科", 28), (160, 690, "床位编制  120张", 28), (160, 750, "本证有效期  {span_cn}", 28), (940, 820, "发证机关 {city}卫生局", 28, "mid"), (940, 870, "{when}", 28, "mid"),
        ),
        size=A4_WIDE, colour=(252, 246, 226), waves=(246, 236, 208), border="ornate", extras=(("emblem", 707, 80, 44),), seals=((960, 810, 96, "{city}卫生局", ""),), face="song",
    )), head_word="name"),
    card_layout("new-drug-licence-phone", "drug-license", "held", Card(
        ((375, 60, "我的证照", 32, "mid white"), (375, 160, "药品经营许可证", 46, "mid bold"), (375, 224, "{city}药品监督管理局颁发", 24, "mid grey"), *((x, 300 + 72 * n, text, 26, style, 470) for n, (label, value) in enumerate((("持证主体", "{shop}"), ("许可证号", "虚DA{serial}"), ("信用代码", "{credit}"), ("法定代表人", "{name}"), ("质量负责人", "{p1}"), ("经营地址", "{home}"), ("经营方式", "零售（连锁门店）"), ("经营范围", "处方药、甲类及乙类非处方药"), ("发证日期", "{iso_day}"), ("有效期至", "{valid_until}"), ("状态", "正常"))) for x, text, style in ((50, label, "grey"), (220, value, ""))), (375, 1270, "出示二维码    授权使用    下载", 26, "mid blue")),
        size=(750, 1334), colour=(238, 244, 248), face="print", bands=((0, 0, 750, 120, (40, 110, 190)), (24, 140, 726, 1240, (255, 255, 255))), extras=(("squares", 300, 1090, 140),),
    )),
    form_layout("new-confirmation-reply-slip", "account-confirmation", "held", Form(
        "账户确认书（回执）",
        (("text", "{agency}：", "贵单位发来的《关于核实定点机构拨款账户的通知》收悉。我单位确认，今后医保基金结算款请拨入以下账户："), ("table", ("收款单位全称", "收款账号", "开户银行"), ("{shop}", "{account}", "{branch}")), ("gap", 20), ("text", "因账户提供有误造成款项退回、错付的，由我单位自行负责。"), ("ends", "单位财务专用章：", "单位公章："), ("gap", 130), ("ends", "负责人签字：{name}", "{when}")),
        size=(1240, 900), font=26, tall=70, title_size=44, margin=90, seals=((0.22, 0.72, 80, "{shop}", "财务专用章"), (0.72, 0.72, 86, "{shop}", "")),
    )),
    watermarked(card_layout("new-qualification-open-booklet", "physician-qualification", "held", Card(
        ((325, 60, "医师资格证书", 46, "mid bold"), (325, 130, "PHYSICIAN'S QUALIFICATION CERTIFICATE", 20, "mid"), (60, 560, "持证人具有", 28), (60, 606, "《中华人民共和国医师法》规定的医师资格", 27), (60, 700, "签发日期  {iso_day}", 26), *((x, 60 + 80 * n, text, 27, style, 400) for n, (label, value) in enumerate((("姓名", "{name}"), ("性别", "{sex}"), ("出生年月", "{birth_y}.{birth_m}"), ("学历", "硕士研究生"), ("毕业院校", "虚构医科大学"), ("资格级别", "执业医师"), ("资格类别", "口腔"), ("证件号码", "{id}"), ("资格编码", "{long}"))) for x, text, style in ((700, label, "brown"), (840, value, "")))),
        size=(1300, 820), colour=(244, 248, 240), waves=(228, 238, 222), rules=((650, 20, 650, 800),), extras=(("portrait", 225, 220, 200),), seals=((460, 680, 84, "国家卫生健康委员会", ""),),
    )), "仅供医保医师备案"),
    card_layout("new-title-appointed-red-book", "physician-title", "held", Card(
        ((325, 280, "专业技术职务", 44, "mid gold bold"), (325, 350, "聘 任 证 书", 56, "mid gold bold"), (720, 80, "兹聘任 {name} 同志为", 32), (720, 150, "{dept}副主任医师职务。", 32), (720, 220, "聘期自{when}", 28), (720, 270, "起，任期叁年。", 28), (720, 370, "身份证号", 24, "grey"), (850, 366, "{id}", 28), (720, 430, "任职资格证号", 24, "grey"), (890, 426, "99{short}", 28), (720, 490, "聘任单位", 24, "grey"), (850, 486, "{hospital}", 28), (720, 620, "法人代表 {doctor}", 28), (720, 680, "{when}", 28)),
        size=(1300, 800), colour=(252, 246, 234), bands=((0, 0, 650, 800, (150, 24, 34)),), seals=((1080, 600, 86, "{hospital}", ""),),
    )),
)  # fmt: skip
