# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Lookalikes and unrelated pictures that must be refused: layouts that may be seen."""

from __future__ import annotations

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import Layout, form_layout
from tests.papers.layouts.scenes import draw_landscape, draw_selfie

_GREEN = (149, 236, 105)
_PHONE = (750, 1334)

LAYOUTS = (
    form_layout("other-lease", "other", "open", Form(
        "房屋租赁合同",
        (
            ("text", "出租方（以下简称甲方）：{other}   身份证号：{other_id}", "承租方（以下简称乙方）：{name}   身份证号：{id}", "根据《中华人民共和国合同法》及有关规定，甲乙双方就下列房屋的租赁达成如下协议：", "第一条 甲方出租的房屋坐落于{address}，建筑面积{area}平方米。", "第二条 租赁期限自{span_cn}止。", "第三条 月租金人民币1800元，押一付三，水、电、燃气、物业费由乙方承担。", "第四条 乙方不得擅自转租，不得改变房屋结构。", "第五条 本合同一式两份，双方签字后生效。"), ("gap", 40), ("ends", "甲方（签字）：{other}", "乙方（签字）：{name}"), ("ends", "电话：13900000000", "电话：{phone}"), ("sign", "签订日期：{when}"),
        ),
        font=25, title_size=44, margin=90,
    ), lookalike="lease"),
    form_layout("other-cremation", "other", "open", Form(
        "火 化 证 明",
        (("ends", "", "编号：{serial}"), ("lines", ("死者姓名", "{other}", "性别", "{other_sex}"), ("年龄", "{other_age}", "身份证号", "{other_id}"), ("生前住址", "{address}"), ("死亡日期", "{when}", "火化日期", "{when}"), ("家属姓名", "{name}", "与死者关系", "子女")), ("text", "该遗体已于上述日期在我馆火化，特此证明。"), ("sign", "{city}殡仪馆（盖章）", "{when}")),
        size=(1200, 860), font=26, tall=68, hand=0, seals=((0.75, 0.78, 90, "{city}殡仪馆", "火化专用章"),),
    ), lookalike="cremation"),
    card_layout("other-e-card", "other", "open", Card(
        (
            (30, 24, "10:24", 26), (720, 24, "5G  86%", 24, "right"), (375, 80, "电子社保卡", 34, "mid bold"), (60, 210, "中华人民共和国", 22, "white"), (60, 244, "社会保障卡", 36, "white bold"), (690, 250, "电子社保卡", 24, "white right"), (60, 340, "{name}", 40, "white"), (60, 410, "社会保障号码 {id}", 24, "white"), (375, 560, "请向工作人员出示二维码", 26, "mid grey"), (375, 1010, "每分钟自动刷新", 24, "mid grey"), (90, 1140, "就医购药", 26), (300, 1140, "社保查询", 26), (510, 1140, "亲情服务", 26),
        ),
        size=_PHONE, colour=(244, 246, 250), face="print", bands=((30, 180, 720, 500, (60, 120, 210)), (60, 520, 690, 1060, (255, 255, 255))), extras=(("squares", 195, 620, 360),),
    ), lookalike="e-card"),
    form_layout("other-payments", "other", "open", Form(
        "个人缴费明细查询表",
        (
            ("ends", "姓名：{name}   社会保障号码：{id}", "查询时间：{iso_day}"), ("table", ("缴费年月", "险种", "缴费基数", "个人缴费", "单位缴费", "到账日期", "缴费标志"), *((f"{{year}}{month:02d}", "城镇职工基本医疗保险", "{base}", "{v1}", "{v2}", "{iso_day}", "已实缴") for month in range(1, 13))), ("gap", 10), ("text", "本表仅供参考，不作为转移接续凭证使用。"),
        ),
        font=21, tall=56, title_size=36,
    ), lookalike="payments"),
    card_layout("other-driving", "other", "open", Card(
        (
            (500, 30, "中华人民共和国机动车驾驶证", 44, "mid bold"), (500, 86, "Driving License of the People's Republic of China", 22, "mid"), (60, 140, "证号", 24), (160, 134, "{id}", 36), (60, 200, "姓名", 24), (160, 196, "{name}", 30), (420, 200, "性别 {sex}", 26), (620, 200, "国籍 中国", 26), (60, 260, "住址", 24), (160, 256, "{address}", 28, "", 520), (60, 360, "出生日期", 24), (260, 358, "{iso_birth}", 28), (60, 420, "初次领证日期", 24), (260, 418, "{iso_day}", 28), (60, 480, "准驾车型", 24), (260, 478, "C1", 28), (60, 550, "有效期限", 24), (260, 548, "{span}", 28),
        ),
        colour=(240, 244, 240), rules=((40, 185, 960, 185), (40, 245, 960, 245), (40, 340, 700, 340), (40, 400, 700, 400), (40, 460, 700, 460)), extras=(("portrait", 730, 320, 200),), stamps=((500, 440, "{city}公安局\n交通警察支队"),),
    ), lookalike="driving"),
    card_layout("other-passport", "other", "open", Card(
        (
            (60, 40, "护照", 40, "bold"), (60, 92, "PASSPORT", 26), (330, 50, "类型/Type  P", 22), (520, 50, "国家码/Country Code  CHN", 22), (840, 50, "护照号/Passport No. E99{short}0", 22), (380, 120, "姓名/Name", 20), (380, 150, "{name}", 36), (380, 220, "性别/Sex   {sex}/F      国籍/Nationality  中国/CHINESE", 24), (380, 290, "出生日期/Date of birth   {iso_birth}", 24), (380, 360, "出生地点/Place of birth   {place}", 24), (380, 430, "签发日期/Date of issue   {iso_day}", 24), (380, 500, "签发机关/Authority   国家移民管理局", 24), (50, 660, "POCHNXUGOU<<YANGZHANG<<<<<<<<<<<<<<<<<<<<<<<", 36), (50, 720, "E99{short}00CHN9001011F2901012<<<<<<<<<<<<<<00", 36),
        ),
        size=(1250, 800), colour=(238, 228, 236), waves=(228, 212, 226), extras=(("portrait", 60, 140, 280),), face="print",
    ), lookalike="passport"),
    card_layout("other-bank-card", "other", "open", Card(
        ((60, 50, "{bank}", 46, "white bold"), (60, 110, "XUGOU BANK", 24, "white"), (70, 340, "{bank_card}", 58, "white"), (70, 450, "VALID THRU 08/29", 26, "white"), (930, 500, "银联 UnionPay", 34, "white right"), (930, 60, "借记卡", 28, "white right")),
        colour=(150, 30, 44), waves=(166, 44, 58), bands=((90, 190, 200, 280, (214, 180, 96)),), face="print",
    ), lookalike="bank-card"),
    card_layout("other-chat", "other", "open", Card(
        (
            (30, 20, "9:41", 26), (375, 70, "医保办小王", 32, "mid"), (375, 160, "上午9:30", 22, "mid grey"), (150, 220, "您好，转移医保需要什么材料？", 28), (200, 330, "需要身份证、社保卡照片，", 28), (200, 370, "还有参保缴费凭证", 28), (150, 480, "好的，我的身份证号发您吗", 28), (200, 590, "发到邮箱就可以", 28), (150, 700, "谢谢！", 28), (375, 1260, "按住 说话", 28, "mid"),
        ),
        size=_PHONE, colour=(237, 237, 237), face="print", bands=((130, 205, 620, 275, (255, 255, 255)), (180, 315, 640, 425, _GREEN), (130, 465, 600, 535, (255, 255, 255)), (180, 575, 640, 645, _GREEN), (130, 685, 330, 755, (255, 255, 255)), (30, 205, 100, 275, (120, 150, 190)), (655, 315, 725, 385, (190, 140, 110)), (30, 465, 100, 535, (120, 150, 190)), (655, 575, 725, 645, (190, 140, 110))),
    ), lookalike="chat"),
    Layout("other-landscape", "other", "open", draw_landscape, "", "", "landscape"),
    Layout("other-selfie", "other", "open", draw_selfie, "", "", "selfie"),
)  # fmt: skip
