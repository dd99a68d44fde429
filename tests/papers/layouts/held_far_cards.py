# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Cards and household registers from other provinces, years and printers: held layouts."""

from __future__ import annotations

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import form_layout

LAYOUTS = (
    card_layout("id-front-first-generation", "id-front", "held", Card(
        (
            (70, 70, "姓名", 28, "green"), (160, 62, "{name}", 40), (70, 146, "性别", 28, "green"), (160, 142, "{sex}", 34), (270, 146, "民族", 28, "green"), (360, 142, "{nation}", 34), (70, 220, "出生", 28, "green"), (160, 216, "{birth}", 34), (70, 294, "住址", 28, "green"), (160, 290, "{address}", 32, "", 440),
            (70, 430, "2003年8月12日签发", 28), (430, 430, "有效期限  20 年", 28), (70, 530, "编号", 28, "green"), (170, 520, "{id}", 44),
        ),
        colour=(236, 240, 226), waves=(214, 228, 206), bands=((0, 0, 1000, 26, (180, 206, 180)), (0, 605, 1000, 631, (180, 206, 180))), extras=(("portrait", 660, 90, 270),), seals=((800, 500, 80, "{police}", ""),),
    )),
    card_layout("id-back-first-generation", "id-back", "held", Card(
        ((500, 390, "中华人民共和国", 48, "mid wide red"), (500, 470, "居民身份证", 84, "mid wide bold red")),
        colour=(240, 236, 214), waves=(220, 226, 196), bands=((0, 0, 1000, 26, (180, 206, 180)), (0, 605, 1000, 631, (180, 206, 180))), extras=(("emblem", 500, 200, 130),),
    )),
    card_layout("ss-front-municipal-2001", "ss-card-front", "held", Card(
        (
            (500, 40, "{city}社会保障卡", 56, "mid bold red"), (500, 110, "SOCIAL SECURITY CARD", 26, "mid red"), (350, 210, "姓    名", 28), (540, 204, "{name}", 36), (350, 285, "性    别", 28), (540, 281, "{sex}", 34), (350, 360, "社会保障号", 28), (540, 354, "{id}", 34), (350, 435, "卡    号", 28), (540, 431, "{card}", 32), (350, 510, "制卡日期", 28), (540, 506, "2001年12月", 32),
        ),
        colour=(246, 240, 206), waves=(238, 228, 180), extras=(("portrait", 70, 190, 230),),
    )),
    card_layout("ss-back-upright", "ss-card-back", "held", Card(
        (
            (315, 180, "{branch}", 30, "mid bold"), (315, 250, "{bank_card}", 38, "mid"), (50, 330, "持卡人签名", 24, "grey"), (50, 470, "社会保障服务热线  12333", 28), (50, 520, "医疗保障服务热线  12393", 28), (50, 570, "银行客户服务热线  95000", 28), (50, 650, "本卡具有身份凭证、信息记录、自助查询、就医结算、缴费和待遇领取、金融支付等功能，限持卡人本人使用。", 25, "", 530), (50, 850, "捡到此卡请交还社会保障卡服务网点，谢谢。", 25, "", 530), (590, 940, "银联 UnionPay", 28, "right red"),
        ),
        size=(631, 1000), colour=(248, 244, 240), bands=((0, 40, 631, 140, (36, 34, 38)), (50, 365, 580, 440, (255, 255, 255))), face="hei",
    )),
    card_layout("residence-front-two-addresses", "residence-permit-front", "held", Card(
        (
            (500, 26, "{province_city}居住证", 42, "mid red bold"), (60, 110, "姓名", 24, "red"), (140, 104, "{name}", 34), (330, 110, "性别", 24, "red"), (410, 106, "{sex}", 30), (480, 110, "民族", 24, "red"), (560, 106, "{nation}", 30), (60, 170, "出生日期", 24, "red"), (180, 166, "{birth}", 30), (60, 230, "身份证号", 24, "red"), (180, 224, "{id}", 34), (60, 296, "户籍地址", 24, "red"), (180, 294, "{home}", 27, "", 470), (60, 386, "居住地址", 24, "red"), (180, 384, "{address}", 27, "", 470), (60, 480, "居住事由  务工", 26), (60, 530, "签发日期  {iso_day}", 26), (940, 580, "虚构省公安厅监制", 22, "right"),
        ),
        colour=(244, 240, 230), waves=(238, 226, 210), extras=(("portrait", 700, 130, 230), ("squares", 770, 472, 98)),
    )),
    card_layout("residence-back-hk-macao-taiwan", "residence-permit-back", "held", Card(
        ((620, 100, "中华人民共和国", 52, "mid"), (620, 200, "港澳台居民居住证", 66, "mid bold"), (200, 440, "签发机关", 30), (380, 436, "{police}", 34), (200, 510, "有效期限", 30), (380, 506, "{permit_validity}", 34)),
        colour=(232, 238, 244), waves=(214, 226, 240), face="print", extras=(("emblem", 170, 180, 92),),
    )),
    card_layout("hukou-first-urban-printed", "hukou-first", "held", Card(
        (
            (60, 50, "NO.{serial}", 26, "red"), (500, 110, "户    别", 24, "brown"), (640, 104, "家庭户", 32), (60, 110, "户    号", 24, "brown"), (190, 104, "{household_no}", 32), (60, 200, "户主姓名", 24, "brown"), (190, 194, "{head}", 34), (60, 290, "住    址", 24, "brown"), (190, 284, "{address}", 32, "", 740), (60, 380, "社区（村）", 24, "brown"), (190, 374, "假定社区居委会", 32), (500, 380, "电子门牌", 24, "brown"), (640, 374, "9901{short}", 32), (60, 760, "住址变动登记", 26, "brown"), (60, 810, "变动日期", 24, "brown"), (300, 810, "变动后住址", 24, "brown"), (760, 810, "经办民警", 24, "brown"), (60, 700, "签发日期：{when}", 28), (600, 700, "承办人：{clerk}", 28),
        ),
        size=(1000, 900), colour=(228, 238, 232), waves=(212, 228, 220), face="print", rules=((50, 745, 950, 745), (50, 800, 950, 800), (50, 850, 950, 850)), seals=((300, 550, 100, "{police}", "户口专用章"), (700, 550, 104, "虚构省公安厅", "户口专用章")),
    )),
    form_layout("hukou-self-pen-1997", "hukou-self", "held", Form(
        "常住人口登记卡",
        (
            ("cells", ("姓    名", "{name}", "户主或与户主关系", "配偶"), ("曾用名", "", "性    别", "{sex}"), ("出生地", "本县", "民    族", "{nation}"), ("籍    贯", "样张县", "出生日期", "{birth}"), ("本市（县）其他住址", "", "宗教信仰", ""), ("公民身份证件编号", "{id}"), ("身高", "", "血型", "", "文化程度", "初中"), ("婚姻状况", "已婚", "兵役状况", "", "职业", "粮农"), ("服务处所", "在家务农"), ("何时由何地迁来本市（县）", "久居"), ("何时由何地迁来本址", "1989年2月 因婚由邻村迁来")),
            ("ends", "承办人签章：{clerk}", "登记日期：1997年 5 月 20 日"),
        ),
        size=(1000, 860), colour=(246, 236, 214), title_size=34, title_track=14, font=21, tall=50, top=40, hand=0, label_colour=(150, 60, 50), rule=(170, 100, 90), seals=((0.5, 0.92, 62, "子虚派出所", "户口专用章"),),
    )),
)  # fmt: skip
