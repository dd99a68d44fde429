# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Lookalikes and unrelated pictures that must be refused: further open layouts, held out until a fresh set was written."""

from __future__ import annotations

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import Layout, form_layout
from tests.papers.layouts.scenes import draw_group, draw_street

_GREEN = (149, 236, 105)
_PHONE = (750, 1334)

LAYOUTS = (
    form_layout("other-lease-filled", "other", "open", Form(
        "住房租赁协议书",
        (
            ("cells", ("出租人", "{other}", "电话", "13900000000"), ("承租人", "{name}", "证件号", "{id}"), ("房屋地址", "{address}"), ("租期", "{span_cn}", "月租金", "1500元"), ("押金", "1500元", "付款方式", "季付")), ("text", "双方约定：1.承租人应按时交纳租金及水电费；2.未经出租人同意不得转租；3.合同到期前一个月协商续租事宜；4.违约方支付违约金一千元。"), ("ends", "出租人签字：{other}", "承租人签字：{name}"), ("sign", "{when}"),
        ),
        font=25, tall=66, hand=1,
    ), lookalike="lease"),
    card_layout("other-cremation-booklet", "other", "open", Card(
        (
            (900, 50, "遗体火化证", 46, "mid bold"), (680, 150, "逝者姓名：{other}", 27), (680, 210, "性    别：{other_sex}    年龄：{other_age}", 27), (680, 270, "户籍地址：", 27), (820, 270, "{address}", 25, "", 330), (680, 380, "火化时间：{when}", 27), (680, 440, "骨灰领取人：{name}", 27), (680, 500, "火化编号：{short}", 27), (680, 620, "火化单位：{city}第一殡仪馆", 27), (310, 300, "骨灰存放须知", 32, "mid"), (60, 380, "骨灰寄存凭此证办理，遗失不补。", 26),
        ),
        size=(1200, 820), colour=(240, 240, 232), rules=((620, 10, 620, 810),), seals=((960, 620, 86, "{city}第一殡仪馆", ""),),
    ), lookalike="cremation"),
    card_layout("other-e-card-app", "other", "open", Card(
        (
            (36, 20, "15:07", 26), (375, 70, "我的社保卡", 32, "mid"), (70, 190, "电子社会保障卡", 38, "white bold"), (70, 260, "全国统一标准", 22, "white"), (70, 350, "姓名  {name}", 30, "white"), (70, 400, "号码  {id}", 26, "white"), (70, 450, "签发地  {city}", 24, "white"), (70, 580, "待遇资格认证", 28), (70, 680, "参保信息查询", 28), (70, 780, "个人权益记录", 28), (70, 880, "社保卡挂失", 28), (70, 980, "扫一扫", 28), (375, 1240, "首页      出示二维码      我的", 26, "mid grey"),
        ),
        size=_PHONE, colour=(250, 250, 252), face="print", bands=((30, 150, 720, 510, (210, 70, 60)),), rules=tuple((60.0, y, 690.0, y) for y in range(640, 1060, 100)),
    ), lookalike="e-card"),
    card_layout("other-payments-app", "other", "open", Card(
        (
            (36, 20, "8:55", 26), (375, 70, "缴费明细", 34, "mid"), (40, 150, "{name}  {id}", 26), *((x, 230 + n * 90, text, 26, style) for n in range(10) for x, text, style in ((40, f"{{year}}年{12 - n}月", ""), (300, "职工医保", "grey"), (700, "¥{v1}{d1}", "right"))), (375, 1240, "没有更多了", 24, "mid grey"),
        ),
        size=_PHONE, colour=(255, 255, 255), face="print", rules=tuple((30.0, y, 720.0, y) for y in range(210, 1130, 90)),
    ), lookalike="payments"),
    card_layout("other-driving-copy", "other", "open", Card(
        (
            (500, 30, "中华人民共和国机动车驾驶证副页", 40, "mid"), (60, 110, "证号", 24), (160, 104, "{id}", 34), (60, 180, "姓名", 24), (160, 176, "{name}", 30), (500, 180, "档案编号  9901{serial}", 26), (60, 260, "记录", 24), (160, 256, "请于{year}年{month}月后九十日内换领新证。", 26), (160, 320, "实习期至{iso_day}", 26), (60, 560, "*9900{serial}*", 26),
        ),
        colour=(246, 246, 242), rules=((40, 90, 960, 90), (40, 160, 960, 160), (40, 240, 960, 240), (40, 540, 960, 540)), extras=(("bars", 600, 555, 300),),
    ), lookalike="driving"),
    card_layout("other-passport-cover", "other", "open", Card(
        ((450, 150, "中华人民共和国", 54, "mid gold bold"), (450, 850, "护  照", 72, "mid gold bold"), (450, 960, "PASSPORT", 46, "mid gold"), (450, 240, "PEOPLE'S REPUBLIC OF CHINA", 28, "mid gold")),
        size=(900, 1250), colour=(92, 26, 36), extras=(("emblem", 450, 520, 130),),
    ), lookalike="passport"),
    card_layout("other-bank-card-back", "other", "open", Card(
        ((60, 220, "持卡人签名 AUTHORIZED SIGNATURE", 20), (60, 260, "{name}", 34, "pen"), (650, 270, "9{d1}{d2}", 30), (60, 360, "客户服务热线：95000", 26), (60, 410, "本卡由{bank}发行，使用须遵守银行卡章程，卡片遗失请立即挂失。", 24, "", 860), (60, 530, "www.bank.example", 24)),
        colour=(214, 216, 222), bands=((0, 50, 1000, 160, (34, 32, 34)), (50, 250, 620, 320, (250, 250, 250))), face="print",
    ), lookalike="bank-card"),
    card_layout("other-chat-group", "other", "open", Card(
        (
            (30, 20, "21:15", 26), (375, 70, "相亲相爱一家人(12)", 32, "mid"), (130, 165, "大姐", 20, "grey"), (150, 210, "妈的医保报销办了吗", 28), (130, 305, "二哥", 20, "grey"), (150, 350, "发票和诊断证明都在我这", 28), (200, 470, "明天我去社保局问问", 28), (130, 565, "大姐", 20, "grey"), (150, 610, "带上户口本身份证", 28), (200, 730, "收到", 28), (375, 830, "周五 20:03", 22, "mid grey"), (150, 900, "周末回家吃饭", 28),
        ),
        size=_PHONE, colour=(237, 237, 237), face="print", bands=((130, 195, 560, 265, (255, 255, 255)), (130, 335, 600, 405, (255, 255, 255)), (180, 455, 640, 525, _GREEN), (130, 595, 560, 665, (255, 255, 255)), (180, 715, 640, 785, _GREEN), (130, 885, 560, 955, (255, 255, 255)), (30, 165, 100, 235, (200, 120, 130)), (30, 305, 100, 375, (120, 150, 120)), (655, 455, 725, 525, (110, 120, 180))),
    ), lookalike="chat"),
    Layout("other-street", "other", "open", draw_street, "", "", "landscape"),
    Layout("other-group", "other", "open", draw_group, "", "", "selfie"),
)  # fmt: skip
