# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Identity, social security and residence cards and the household register: layouts that may be seen."""

from __future__ import annotations

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout

_MAG = (38, 34, 34)
HUKOU_CELLS = (
    ("姓名", "{name}", "户主或与户主关系", "{relation}"),
    ("曾用名", "", "性别", "{sex}"),
    ("出生地", "{place}", "民族", "{nation}"),
    ("籍贯", "{place}", "出生日期", "{birth}"),
    ("本市（县）其他住址", "", "宗教信仰", ""),
    ("公民身份证件编号", "{id}", "身高", "{height}", "血型", ""),
    ("文化程度", "{schooling}", "婚姻状况", "{marriage}", "兵役状况", ""),
    ("服务处所", "", "职业", "{occupation}"),
    ("何时由何地迁来本市（县）", "{moved} 由{destination}迁来"),
    ("何时由何地迁来本址", "{moved} {place}"),
)
_SELF = Form(
    "常住人口登记卡",
    (("ends", "", ""), ("cells", *HUKOU_CELLS), ("gap", 16), ("ends", "承办人签章：{clerk}", "登记日期：{issued}")),
    size=(1000, 760), colour=(240, 240, 224), title_size=32, font=21, tall=46, top=36, waves=(232, 234, 216),
    seals=((0.52, 0.87, 70, "{police}", "户口专用章"),),
)  # fmt: skip
_FIRST = Card(
    (
        (60, 60, "户 别", 26, "brown"), (200, 56, "{household}", 30), (520, 60, "户主姓名", 26, "brown"), (670, 56, "{head}", 30),
        (60, 140, "户 号", 26, "brown"), (200, 136, "{household_no}", 30), (520, 140, "住 址", 26, "brown"),
        (670, 128, "{address}", 25, "", 290),
        (60, 330, "省级公安机关", 22, "brown"), (60, 360, "户口专用章", 22, "brown"),
        (520, 330, "户口登记机关", 22, "brown"), (520, 360, "户口专用章", 22, "brown"),
        (60, 570, "承办人签章：", 24, "brown"), (210, 560, "{clerk}", 32, "pen"), (620, 570, "{when}签发", 26),
    ),
    size=(1000, 660), colour=(243, 240, 228),
    rules=((40, 40, 960, 40), (40, 110, 960, 110), (40, 250, 960, 250), (40, 620, 960, 620), (40, 40, 40, 620), (960, 40, 960, 620), (500, 40, 500, 550), (40, 550, 960, 550)),
    seals=((300, 420, 105, "{province}公安厅", "户口专用章"), (760, 420, 95, "{police}", "户口专用章")),
)  # fmt: skip

LAYOUTS = (
    card_layout("id-front-second", "id-front", "open", Card(
        (
            (68, 76, "姓 名", 28, "blue"), (175, 70, "{name}", 38), (68, 150, "性 别", 28, "blue"), (175, 146, "{sex}", 34),
            (290, 150, "民 族", 28, "blue"), (395, 146, "{nation}", 34), (68, 224, "出 生", 28, "blue"),
            (175, 220, "{birth_y}", 34), (270, 224, "年", 28, "blue"), (322, 220, "{birth_m}", 34), (372, 224, "月", 28, "blue"),
            (420, 220, "{birth_d}", 34), (472, 224, "日", 28, "blue"), (68, 300, "住 址", 28, "blue"),
            (175, 296, "{address}", 33, "", 430), (68, 530, "公民身份号码", 30, "blue"), (320, 522, "{id}", 44, "loose"),
        ),
        colour=(226, 236, 240), waves=(206, 222, 234), face="print", extras=(("portrait", 640, 90, 290),),
    )),
    card_layout("id-back-second", "id-back", "open", Card(
        (
            (620, 80, "中华人民共和国", 58, "mid wide"), (620, 185, "居民身份证", 82, "mid wide bold"),
            (190, 450, "签发机关", 30, "bold"), (370, 446, "{police}", 34), (190, 525, "有效期限", 30, "bold"), (370, 521, "{span}", 34),
        ),
        colour=(238, 238, 236), waves=(222, 230, 224), extras=(("emblem", 160, 170, 88),),
    )),
    card_layout("ss-front-third", "ss-card-front", "open", Card(
        (
            (160, 40, "中华人民共和国", 30, "red"), (160, 82, "社会保障卡", 54, "red bold"), (70, 210, "{branch}", 28, "red"),
            (330, 270, "姓 名", 26), (520, 264, "{name}", 34), (330, 340, "社会保障号码", 26), (520, 334, "{id}", 34),
            (330, 410, "卡 号", 26), (520, 404, "{card}", 34), (330, 480, "发卡日期", 26), (520, 474, "{when}", 32),
        ),
        colour=(246, 226, 214), waves=(240, 206, 194), extras=(("emblem", 100, 85, 50), ("portrait", 70, 262, 220)),
    )),
    card_layout("ss-back-third", "ss-card-back", "open", Card(
        (
            (60, 190, "{branch}", 34, "red bold"), (60, 260, "{bank_card}", 46), (840, 210, "银联", 40, "red"),
            (60, 350, "注意事项", 26), (60, 390, "1.此卡为社会保障和金融服务合一的集成电路卡，仅限本人使用。", 24),
            (60, 428, "2.请妥善保管，遗失或损坏请及时到社会保障卡服务网点挂失、补换。", 24),
            (60, 466, "3.具有金融功能，使用须遵守发卡银行章程。", 24),
            (60, 540, "社会保障热线：12333", 28), (560, 540, "银行服务热线：95000", 28),
        ),
        colour=(240, 234, 226), bands=((0, 40, 1000, 150, _MAG),),
    )),
    card_layout("residence-front-green", "residence-permit-front", "open", Card(
        (
            (56, 52, "姓名", 26, "green"), (150, 46, "{name}", 34), (56, 108, "性别 {sex}     民族 {nation}", 28),
            (56, 160, "出生  {birth}", 28), (56, 214, "户籍地址", 26, "green"), (186, 212, "{home}", 27, "", 440),
            (56, 300, "现居住地址", 26, "green"), (210, 298, "{address}", 27, "", 420), (56, 420, "公民身份号码", 26, "green"),
            (240, 412, "{id}", 36), (56, 490, "签发日期  {when}", 26),
        ),
        colour=(226, 238, 228), waves=(206, 226, 210), extras=(("portrait", 700, 70, 240),),
    )),
    card_layout("residence-back-green", "residence-permit-back", "open", Card(
        (
            (500, 60, "{province}居住证", 66, "mid green bold wide"), (150, 270, "签发机关：{police}", 32), (150, 340, "有效期限：{permit_validity}", 32),
            (150, 420, "持证人应当于居住每满一年之日前一个月内，到居住地公安派出所或社区服务机构办理签注手续。", 25, "grey", 700),
            (150, 530, "签注：{iso_day}", 26),
        ),
        colour=(228, 240, 232), waves=(210, 230, 216),
    )),
    card_layout("hukou-first-1990s", "hukou-first", "open", _FIRST),
    form_layout("hukou-self-green", "hukou-self", "open", _SELF),
    card_layout("parent-hukou-first-1990s", "parent-hukou-first", "open", _FIRST),
    form_layout("parent-hukou-self-green", "parent-hukou-self", "open", _SELF),
    form_layout("subsistence-rural", "subsistence-cert", "open", Form(
        "农村居民最低生活保障金领取证",
        (
            ("ends", "证号：{city}低保字第{short}号", "发证日期：{when}"),
            ("cells", ("户主姓名", "{name}", "性别", "{sex}", "年龄", "{age}"), ("身份证号码", "{id}", "家庭人口", "3"), ("家庭住址", "{home}"),
             ("保障类别", "B类", "月发放金额", "{m2}元"), ("开户银行", "{branch}", "账号", "{account}")),
            ("gap", 20), ("table", ("家庭成员", "与户主关系", "性别", "年龄", "是否享受"), ("{name}", "户主", "{sex}", "{age}", "是"), ("{other}", "父亲", "{other_sex}", "{other_age}", "是")),
            ("sign", "发证机关（盖章）：{city}民政局"),
        ),
        size=(1000, 760), colour=(250, 240, 230), title_colour=(190, 30, 36), seals=((0.8, 0.86, 84, "{city}民政局", "低保专用章"),),
    )),
    card_layout("property-old", "property-cert", "open", Card(
        (
            (340, 60, "{city}房权证字第{serial}号", 24, "mid"), (60, 130, "房屋所有权人", 23), (250, 128, "{name}", 27), (60, 190, "共有情况", 23), (250, 188, "单独所有", 25),
            (60, 250, "房屋坐落", 23), (250, 248, "{address}", 25, "", 380), (60, 340, "登记时间", 23), (250, 338, "{when}", 25),
            (60, 400, "房屋性质", 23), (250, 398, "商品房", 25), (60, 460, "规划用途", 23), (250, 458, "住宅", 25),
            (60, 540, "总层数", 22), (170, 540, "建筑面积（平方米）", 22), (340, 540, "套内建筑面积（平方米）", 22), (60, 600, "18", 25), (190, 600, "{area}", 25), (380, 600, "{v1}", 25),
            (760, 70, "附 记", 26), (720, 140, "产权来源：购买", 24), (720, 190, "房屋状况以登记簿记载为准", 24), (730, 820, "填发单位（盖章）", 24),
        ),
        size=(1300, 900), colour=(246, 242, 230), waves=(238, 228, 214),
        rules=((650, 30, 650, 870), *((44, y, 640, y) for y in (110, 170, 230, 325, 385, 445, 520, 580, 660)), (44, 110, 44, 660), (640, 110, 640, 660), (236, 110, 236, 520)),
        seals=((1050, 760, 105, "{city}房产管理局", "房屋权属登记专用章"),),
    )),
)  # fmt: skip
