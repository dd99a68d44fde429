# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Identity, social security and residence cards and the household register: further open layouts, held out until a fresh set was written."""

from __future__ import annotations

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout

_FIRST = Form(
    "居 民 户 口 簿",
    (
        ("gap", 20), ("cells", ("户别", "{household}", "户主姓名", "{head}"), ("户号", "{household_no}", "住址", "{address}")), ("gap", 150),
        ("ends", "省级公安机关户口专用章", "户口登记机关户口专用章"), ("gap", 20), ("ends", "承办人签章  {clerk}", "{when}  签发"),
        ("gap", 10), ("cells", ("住址变动登记",), ("变动后的住址", "", "变动日期", "", "承办人签章", "")),
    ),
    size=(1000, 900), colour=(236, 242, 236), waves=(224, 236, 226), title_size=44, font=26, tall=70, rule=(90, 130, 110), label_colour=(50, 100, 80),
    seals=((0.25, 0.43, 96, "虚构省公安厅", "户口专用章"), (0.75, 0.43, 90, "{police}", "户口专用章")),
)  # fmt: skip
_SELF = Form(
    "常 住 人 口 登 记 卡",
    (
        ("ends", "NO.{serial}", ""),
        ("cells", ("姓 名", "{name}", "户主或与户主关系", "{relation}"), ("曾 用 名", "", "性 别", "{sex}", "民 族", "{nation}"), ("出 生 日 期", "{birth}", "出 生 地", "{place}"),
         ("监 护 人", "", "监护关系", "", "籍 贯", "{place}"), ("公民身份号码", "{id}", "文化程度", "{schooling}"), ("婚姻状况", "{marriage}", "服务处所", "", "职业", "{occupation}"),
         ("何时何因由何地迁来本址", "{moved} 购房 {place}"), ("登记事项变更和更正记载",), ("项目", "", "变更、更正后", "", "日期", ""), ("项目", "", "变更、更正后", "", "日期", "")),
        ("gap", 12), ("ends", "承办人：{clerk}", "登记日期 {when}"),
    ),
    size=(1000, 880), colour=(244, 238, 230), title_size=36, font=22, tall=56, label_colour=(130, 60, 50), rule=(150, 90, 80),
    seals=((0.5, 0.9, 72, "{police}", "户口专用章"),),
)  # fmt: skip

LAYOUTS = (
    card_layout("id-front-large-type", "id-front", "open", Card(
        (
            (50, 60, "姓名", 32, "blue"), (150, 54, "{name}", 44), (50, 140, "性别", 32, "blue"), (150, 138, "{sex}", 36), (250, 140, "民族", 32, "blue"), (350, 138, "{nation}", 36),
            (50, 214, "出生", 32, "blue"), (150, 212, "{birth_y}年{birth_m}月{birth_d}日", 36), (50, 290, "住址", 32, "blue"), (150, 288, "{address}", 36, "", 450),
            (50, 540, "公民身份号码", 32, "blue"), (300, 530, "{id}", 50),
        ),
        colour=(238, 234, 240), waves=(228, 218, 232), face="hei", extras=(("portrait", 660, 70, 280),),
    )),
    card_layout("id-front-temporary", "id-front", "open", Card(
        (
            (500, 24, "中华人民共和国临时居民身份证", 38, "mid bold"), (60, 110, "姓  名  {name}", 32), (60, 174, "性  别  {sex}    民  族  {nation}", 32),
            (60, 238, "出  生  {birth}", 32), (60, 302, "住  址", 32), (180, 302, "{address}", 32, "", 440), (60, 530, "公民身份号码", 30), (290, 524, "{id}", 40),
        ),
        colour=(236, 236, 220), waves=(222, 222, 200), extras=(("portrait", 680, 110, 250),),
    )),
    card_layout("id-back-pale", "id-back", "open", Card(
        (
            (560, 60, "中华人民共和国", 50, "mid bold"), (560, 150, "居 民 身 份 证", 72, "mid bold"), (240, 470, "签发机关 {police}", 32), (240, 535, "有效期限 {span}", 32),
        ),
        colour=(246, 240, 236), waves=(238, 224, 220), face="print", extras=(("emblem", 130, 140, 80),),
    )),
    card_layout("id-back-long-term", "id-back", "open", Card(
        (
            (600, 90, "中华人民共和国", 54, "mid"), (600, 190, "居民身份证", 84, "mid wide"), (170, 440, "签发机关", 32), (350, 440, "{police}", 32),
            (170, 510, "有效期限", 32), (350, 510, "2012.03.15-长期", 32),
        ),
        colour=(230, 238, 232), waves=(214, 228, 220), extras=(("emblem", 170, 180, 96),),
    )),
    card_layout("ss-front-citizen", "ss-card-front", "open", Card(
        (
            (60, 40, "社会保障·市民卡", 52, "white bold"), (60, 120, "{city}", 30, "white"), (700, 60, "{branch}", 24, "white", 260),
            (60, 300, "{name}", 46, "white"), (60, 380, "{sex}", 34, "white"), (60, 440, "社会保障号：{id}", 34, "white"), (60, 510, "卡号：{card}", 30, "white"), (60, 560, "有效期至：2029.08", 26, "white"),
        ),
        colour=(48, 104, 160), waves=(60, 118, 174), face="print", extras=(("portrait", 710, 210, 220),),
    )),
    card_layout("ss-back-numbered", "ss-card-back", "open", Card(
        (
            (500, 150, "持卡须知", 32, "mid"), (50, 210, "一、本卡由人力资源和社会保障部门与{branch}联合发行，加载金融功能。", 25, "", 900),
            (50, 285, "二、社会保障功能查询、挂失请拨打12333；金融功能查询、挂失请拨打银行客服95000。", 25, "", 900), (50, 360, "三、本卡仅限持卡人本人使用，不得转借；拾获者请交回发卡机构。", 25, "", 900),
            (50, 450, "{bank_card}", 48), (50, 540, "签名栏", 26), (640, 560, "社会保障卡监制号 {short}", 22),
        ),
        colour=(232, 238, 246), waves=(220, 230, 242), bands=((0, 24, 1000, 118, (30, 30, 34)), (160, 530, 520, 590, (252, 252, 252))),
    )),
    card_layout("residence-front-booklet", "residence-permit-front", "open", Card(
        (
            (330, 40, "居住证", 44, "mid blue bold"), (60, 120, "姓    名：{name}", 28), (60, 170, "性    别：{sex}   民族：{nation}", 28), (60, 220, "出生日期：{iso_birth}", 28),
            (60, 270, "公民身份号码：{id}", 28), (60, 320, "常住户口所在地：", 28), (280, 320, "{home}", 26, "", 370), (60, 410, "居住地住址：", 28), (240, 410, "{address}", 26, "", 410),
            (60, 520, "居住证编号：{city}居{serial}", 24),
        ),
        colour=(230, 236, 246), waves=(214, 224, 240), extras=(("portrait", 710, 130, 220),),
    )),
    card_layout("residence-back-blue", "residence-permit-back", "open", Card(
        (
            (600, 90, "中华人民共和国", 44, "mid blue"), (600, 160, "居住证", 96, "mid blue bold wide"), (180, 400, "签发机关", 30, "blue"), (340, 398, "{police}", 32),
            (180, 465, "有效期限", 30, "blue"), (340, 463, "{permit_validity}", 32), (180, 545, "使用本证时，请同时出示居民身份证。", 24, "grey"),
        ),
        colour=(226, 234, 246), waves=(208, 222, 242), extras=(("emblem", 190, 170, 80),), face="print",
    )),
    form_layout("hukou-first-new", "hukou-first", "open", _FIRST, subject="head"),
    form_layout("hukou-self-new", "hukou-self", "open", _SELF),
    form_layout("parent-hukou-first-new", "parent-hukou-first", "open", _FIRST, subject="head"),
    form_layout("parent-hukou-self-new", "parent-hukou-self", "open", _SELF),
    card_layout("subsistence-booklet", "subsistence-cert", "open", Card(
        (
            (325, 50, "最低生活保障证", 40, "mid red bold"), (60, 150, "保障对象：{name}", 28), (60, 205, "证件号码：{id}", 28), (60, 260, "家庭住址：", 28), (200, 260, "{address}", 26, "", 420),
            (60, 360, "保障人口：2人", 28), (60, 415, "保障标准：每人每月{m3}元", 28), (60, 470, "起始时间：{when}", 28), (60, 620, "发证机关：{city}民政局", 28),
            (975, 60, "年度审核记录", 32, "mid"), (720, 150, "审核时间", 26), (900, 150, "保障金额", 26), (1080, 150, "经办人", 26), (720, 210, "{iso_day}", 26), (900, 210, "{m3}", 26), (1080, 204, "{clerk}", 32, "pen"),
        ),
        size=(1300, 800), colour=(248, 236, 232), waves=(244, 224, 220), rules=((650, 20, 650, 780), *((690, y, 1260, y) for y in range(140, 760, 60))), extras=(("portrait", 480, 340, 130),),
        seals=((480, 610, 92, "{city}民政局", ""),),
    )),
    form_layout("property-new-page", "property-cert", "open", Form(
        "",
        (
            ("ends", "", "虚({year})样张市不动产权第{serial}号"),
            ("cells", ("权利人", "{name}"), ("共有情况", "共同共有"), ("坐落", "{address}"), ("不动产单元号", "990{short}003GB00012F00080301"), ("权利类型", "国有建设用地使用权/房屋（构筑物）所有权"),
             ("权利性质", "出让/商品房"), ("用途", "住宅"), ("面积", "共有宗地面积12035.6平方米/房屋建筑面积{area}平方米"), ("使用期限", "2009年01月05日起2079年01月04日止"),
             ("权利其他状况", "专有建筑面积：{area}平方米，分摊建筑面积：{v1}平方米；房屋总层数：11，所在层：3；证件号码：{id}")),
        ),
        size=(900, 1180), colour=(250, 236, 236), waves=(246, 222, 224), font=24, tall=72, rule=(150, 90, 90), top=10, extras=(("squares", 70, 40, 90),),
    )),
)  # fmt: skip
