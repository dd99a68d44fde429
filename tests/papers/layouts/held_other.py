# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Lookalikes and unrelated pictures that must be refused: layouts held back from the rules."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping

from PIL import Image, ImageDraw, ImageFilter

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.held_cards import grid_card
from tests.papers.layouts.layout import Layout, form_layout

_GREEN, _WHITE = (149, 236, 105), (255, 255, 255)
_PHONE = (750, 1500)


def draw_beach(words: Mapping[str, str], rng: random.Random) -> Image.Image:
    """Sea, sand, a low sun and a few umbrellas."""
    page = Image.new("RGB", (1500, 1100), (160, 206, 236))
    pen = ImageDraw.Draw(page)
    sun = rng.randrange(200, 1300)
    pen.ellipse((sun - 70, 180, sun + 70, 320), fill=(255, 236, 170))
    pen.rectangle((0, 480, 1500, 760), fill=(40, rng.randrange(100, 150), 170))
    for row in range(500, 760, 18):
        pen.line([(x, row + 5 * math.sin(x / 37 + row)) for x in range(0, 1520, 20)], fill=(120, 180, 210), width=3)
    pen.polygon(
        [(0, 740), *((x, 740 + 24 * math.sin(x / 130)) for x in range(0, 1520, 20)), (1500, 1100), (0, 1100)],
        fill=(224, 204, 160),
    )
    for _ in range(rng.randrange(3, 7)):
        x, y = rng.randrange(100, 1400), rng.randrange(800, 1000)
        pen.line((x, y, x, y + 110), fill=(90, 70, 50), width=8)
        pen.pieslice(
            (x - 90, y - 70, x + 90, y + 90), 180, 360, fill=rng.choice(((210, 70, 60), (240, 190, 60), (60, 130, 180)))
        )
    return page.filter(ImageFilter.GaussianBlur(1.2))


def draw_cap_selfie(words: Mapping[str, str], rng: random.Random) -> Image.Image:
    """A head with a cap and dark glasses before trees, an arm towards the lens."""
    page = Image.new("RGB", (1080, 1440), (150, 190, 150))
    pen = ImageDraw.Draw(page)
    for _ in range(60):
        x, y, wide = rng.randrange(-50, 1080), rng.randrange(-50, 1100), rng.randrange(60, 200)
        pen.ellipse((x, y, x + wide, y + wide), fill=(rng.randrange(50, 110), rng.randrange(110, 170), 70))
    x, skin = 540 + rng.randrange(-60, 60), (rng.randrange(196, 232), 176, 148)
    coat = tuple(rng.randrange(40, 200) for _ in range(3))
    pen.ellipse((x - 480, 980, x + 480, 2000), fill=coat)
    pen.polygon([(x + 280, 1150), (1080, 1240), (1080, 1440), (x + 180, 1440)], fill=coat)
    pen.ellipse((x - 230, 460, x + 230, 1080), fill=skin)
    pen.pieslice((x - 260, 380, x + 260, 900), 180, 360, fill=(40, 50, 90))
    pen.rectangle((x - 330, 610, x + 200, 650), fill=(34, 42, 80))
    for side in (-110, 110):
        pen.rounded_rectangle((x + side - 84, 690, x + side + 84, 790), 30, fill=(20, 20, 24))
    pen.line((x - 30, 720, x + 30, 720), fill=(20, 20, 24), width=12)
    return page.filter(ImageFilter.GaussianBlur(3))


LAYOUTS = (
    form_layout("other-lease-clauses", "other", "held", Form(
        "个人住房出租合同",
        (
            ("ends", "合同编号：{serial}", "签订地点：{city}"), ("text", "甲方（房东）：{name}，身份证号码：{id}", "乙方（租客）：{other}，身份证号码：{other_id}", "甲、乙双方经友好协商，达成以下条款：", "1、甲方将位于{address}的住房一套出租给乙方居住使用，建筑面积{area}平方米，附家具家电清单。", "2、租期一年，自{span_cn}，租金每月贰仟元整，按季支付，先付后用。", "3、押金贰仟元，合同终止时无损坏如数退还。", "4、租赁期间水、电、燃气、宽带、物业费用由乙方承担，暖气费由甲方承担。", "5、任何一方提前解约须提前30日通知，否则赔偿一个月租金。", "6、未尽事宜双方协商解决，协商不成由房屋所在地人民法院裁决。"), ("gap", 30), ("ends", "出租方签名：{name}", "承租方签名：{other}"), ("ends", "联系方式：{phone}", "日期：{when}"),
        ),
        font=24, title_size=40, margin=90, top=90, face="print",
    ), lookalike="lease"),
    card_layout("other-cremation-grid", "other", "held", grid_card(
        ((60, (150, "逝者姓名"), (200, "={other}"), (90, "性别"), (90, "={other_sex}"), (90, "年龄"), (260, "={other_age}")), (60, (150, "身份证号"), (730, "={other_id}")), (60, (150, "户籍地"), (730, "={home}")), (60, (150, "死亡日期"), (290, "={when}"), (150, "火化日期"), (290, "={when}")), (60, (150, "火化炉号"), (290, "=3号炉"), (150, "骨灰处理"), (290, "=家属领回")), (60, (150, "经办家属"), (290, "={name}"), (150, "联系电话"), (290, "={phone}"))),
        ((500, 50, "火  化  证", 50, "mid bold"), (60, 130, "火字第 {serial} 号", 23), (940, 570, "{city}殡葬服务中心（盖章）", 24, "right"), (940, 620, "{when}", 24, "right")),
        at=(60, 170), font=23, style="pen", size=(1000, 690), colour=(238, 242, 238), border="plain", seals=((720, 590, 80, "{city}殡葬服务中心", "火化专用章"),),
    ), lookalike="cremation"),
    card_layout("other-e-card-medical", "other", "held", Card(
        (
            (40, 24, "16:42", 26), (710, 24, "4G 51%", 24, "right"), (375, 80, "医保电子凭证", 36, "mid bold white"), (375, 220, "{city}医疗保障", 28, "mid"), (375, 880, "出示二维码 就医购药快捷支付", 26, "mid grey"), (375, 270, "{name}   {sex}", 34, "mid"), (80, 1000, "参保地  {city}", 28), (80, 1060, "险种  职工基本医疗保险", 28), (80, 1200, "医保账户   亲情账户   就医记录", 28), (80, 1280, "电子社保卡   异地备案   定点查询", 28), (375, 1420, "首页    消息    我的", 26, "mid grey"),
        ),
        size=_PHONE, colour=(40, 110, 210), face="print", bands=((40, 180, 710, 1150, _WHITE), (0, 1170, 750, 1500, (246, 248, 252))), extras=(("squares", 175, 400, 400),),
    ), lookalike="e-card"),
    form_layout("other-payments-account", "other", "held", Form(
        "个人权益记录单（医疗账户收支明细）",
        (
            ("ends", "姓名：{name}    个人编号：99{serial}", "查询日期：{iso_day}"), ("table", ("交易时间", "交易类型", "机构名称", "收入", "支出", "余额"), *((f"{{year}}-{month:02d}-1{{d1}}", kind, place, income, out, f"{{m{month}}}") for month, kind, place, income, out in ((1, "月划入", "——", "{v1}", ""), (2, "月划入", "——", "{v1}", ""), (2, "刷卡消费", "{shop}", "", "{v3}"), (3, "月划入", "——", "{v1}", ""), (4, "月划入", "——", "{v1}", ""), (4, "门诊支付", "{hospital}", "", "{v5}"), (5, "月划入", "——", "{v1}", ""), (6, "年度结息", "——", "{v6}", "")))), ("gap", 16), ("text", "本单据由自助终端打印，仅供个人查询使用，不作其他用途。"),
        ),
        font=21, tall=56, title_size=32, face="print",
    ), lookalike="payments"),
    card_layout("other-vehicle-licence", "other", "held", Card(
        (
            (500, 34, "中华人民共和国机动车行驶证", 42, "mid bold"), (500, 90, "Vehicle License of the People's Republic of China", 21, "mid"), (60, 140, "号牌号码\nPlate No.", 19), (200, 142, "虚A·99{d1}{d2}{d3}", 34), (560, 140, "车辆类型\nVehicle Type", 19), (700, 144, "小型轿车", 30), (60, 215, "所有人\nOwner", 19), (200, 218, "{name}", 32), (60, 290, "住  址\nAddress", 19), (200, 294, "{home}", 29), (340, 370, "使用性质  非营运      品牌型号  样张牌YZ7160", 25), (340, 430, "车辆识别代号  LXG99{serial}0{short}", 25), (340, 490, "发动机号码  99{short}", 25), (340, 550, "注册日期 {iso_day}   发证日期 {iso_day}", 25),
        ),
        colour=(236, 242, 240), waves=(222, 232, 228), rules=((40, 205, 960, 205), (40, 280, 960, 280), (40, 355, 960, 355)), stamps=((60, 400, "{city}公安局\n交通警察支队"),),
    ), lookalike="driving"),
    card_layout("other-passport-visa", "other", "held", Card(
        (
            (60, 40, "VISA  签证", 42, "bold"), (60, 110, "TYPE / 种类   TOURIST", 24), (560, 110, "NUMBER OF ENTRIES   MULTIPLE", 24), (420, 190, "SURNAME   XUGOU", 26), (420, 240, "GIVEN NAME   YANGZHANG", 26), (420, 290, "PASSPORT NUMBER   E99{short}0", 26), (420, 340, "VALID FROM  {iso_day}", 26), (420, 390, "DATE OF BIRTH  {iso_birth}", 26), (420, 440, "REMARKS   NO EMPLOYMENT PERMITTED", 24), (50, 640, "VNXXXXUGOU<<YANGZHANG<<<<<<<<<<<<<<<<<", 36), (50, 700, "E99{short}00CHN9001011F29010128<<<<<<<", 36),
        ),
        size=(1200, 790), colour=(230, 240, 232), waves=(210, 228, 216), extras=(("portrait", 70, 180, 280),), face="print",
    ), lookalike="passport"),
    card_layout("other-bank-card-credit", "other", "held", Card(
        ((60, 50, "虚构信用卡", 42, "gold bold"), (60, 110, "CREDIT CARD  PLATINUM", 24, "gold"), (70, 330, "9299 0000 {d1}{d2}{d3}7 {year}", 56, "white loose"), (70, 430, "MONTH/YEAR  11/30", 24, "white"), (70, 500, "XUGOU YANGZHANG", 34, "white"), (930, 540, "虚构联盟", 32, "right gold")),
        colour=(36, 36, 42), waves=(50, 50, 58), bands=((90, 190, 190, 270, (220, 190, 110)),), face="print",
    ), lookalike="bank-card"),
    card_layout("other-chat-papers", "other", "held", Card(
        (
            (36, 24, "11:58", 26), (375, 80, "社区网格员-小孙", 32, "mid"), (375, 160, "昨天 17:20", 22, "mid grey"), (150, 225, "通知：新生儿参加居民医保，请准备", 27), (150, 265, "出生医学证明、户口本首页和本人页", 27), (150, 305, "复印件，交到社区服务站。", 27), (240, 425, "死亡证明也是交到您那吗", 27), (150, 535, "销户要发到医保中心的邮箱，", 27), (150, 575, "还要写一份手写申请", 27), (240, 695, "参保凭证呢", 27), (150, 805, "转移才需要参保凭证", 27), (240, 915, "好的 辛苦了", 27), (375, 1420, "＋    按住说话    表情", 28, "mid grey"),
        ),
        size=_PHONE, colour=(237, 237, 237), face="print", bands=((130, 210, 690, 355, _WHITE), (220, 410, 640, 475, _GREEN), (130, 520, 600, 625, _WHITE), (220, 680, 640, 745, _GREEN), (130, 790, 520, 855, _WHITE), (220, 900, 640, 965, _GREEN), (30, 210, 105, 285, (90, 140, 190)), (655, 410, 725, 480, (200, 160, 90)), (30, 520, 105, 595, (90, 140, 190)), (655, 680, 725, 750, (200, 160, 90)), (30, 790, 105, 865, (90, 140, 190)), (655, 900, 725, 970, (200, 160, 90)), (0, 1380, 750, 1500, (248, 248, 248))),
    ), lookalike="chat"),
    Layout("other-beach", "other", "held", draw_beach, "", "", "landscape"),
    Layout("other-cap-selfie", "other", "held", draw_cap_selfie, "", "", "selfie"),
    card_layout("other-screen-settings", "other", "held", Card(
        (
            (36, 24, "7:30", 26), (60, 90, "设置", 48, "bold"), *((110, 230 + n * 100, text, 30) for n, text in enumerate(("无线局域网", "蓝牙", "移动网络", "显示与亮度", "声音与振动", "通知和状态栏", "电池", "存储空间", "隐私与安全", "关于手机"))), *((690, 230 + n * 100, text, 28, "right grey") for n, text in enumerate(("已连接", "开启", "双卡", "", "", "", "78%", "96GB可用", "", "有更新"))),
        ),
        size=_PHONE, colour=(245, 246, 248), face="print", bands=((30, 200, 720, 1210, _WHITE), *((55, 228 + n * 100, 95, 268 + n * 100, (70 + n * 15, 150 - n * 8, 200)) for n in range(10))), rules=tuple((110.0, 300.0 + n * 100, 720.0, 300.0 + n * 100) for n in range(9)),
    ), lookalike="screenshot"),
    card_layout("other-screen-weather", "other", "held", Card(
        (
            (375, 90, "{city}", 44, "mid white"), (375, 160, "26°", 130, "mid white"), (375, 340, "多云  最高29° 最低18°", 30, "mid white"), (70, 470, "空气质量 良 62   东南风3级   湿度 58%", 27, "white"), *((70, 580 + n * 90, day, 30, "white") for n, day in enumerate(("今天", "明天", "周三", "周四", "周五", "周六", "周日"))), *((340, 580 + n * 90, sky, 30, "white") for n, sky in enumerate(("多云", "小雨", "阴", "晴", "晴", "多云", "阵雨"))), *((680, 580 + n * 90, f"{17 + n}° / {26 + n % 3}°", 30, "white right") for n in range(7)), (375, 1300, "中央气象台 09:00发布", 22, "mid white"),
        ),
        size=_PHONE, colour=(70, 124, 186), face="print", bands=((40, 550, 710, 1220, (60, 110, 170)),),
    ), lookalike="screenshot"),
    card_layout("other-screen-order", "other", "held", Card(
        (
            (36, 24, "20:11", 26), (375, 80, "订单详情", 34, "mid"), (50, 170, "卖家已发货", 38, "white bold"), (50, 225, "预计后天送达", 26, "white"), (50, 320, "收货人 {name}  {phone}", 28), (50, 365, "{home}", 26, "grey"), (50, 470, "样张医疗器械旗舰店", 28), (280, 540, "家用电子血压计", 28), (280, 590, "型号：YZ-100 白色", 24, "grey"), (690, 540, "¥129.00", 28, "right"), (690, 590, "×1", 24, "right grey"), (50, 780, "商品总价", 26, "grey"), (690, 780, "¥129.00", 26, "right"), (50, 830, "运费", 26, "grey"), (690, 830, "¥0.00", 26, "right"), (50, 880, "实付款", 28), (690, 880, "¥119.00", 32, "right red"), (50, 990, "订单编号：9900{serial}{short}", 25, "grey"), (50, 1035, "下单时间：{iso_day} 21:03:55", 25, "grey"), (700, 1410, "查看物流     确认收货", 28, "right red"),
        ),
        size=_PHONE, colour=(245, 245, 245), face="print", bands=((0, 140, 750, 280, (240, 100, 50)), (20, 300, 730, 420, _WHITE), (20, 440, 730, 940, _WHITE), (50, 530, 250, 730, (210, 220, 230)), (20, 965, 730, 1090, _WHITE), (0, 1380, 750, 1500, _WHITE)),
    ), lookalike="screenshot"),
    card_layout("other-screen-map", "other", "held", Card(
        (
            (60, 60, "搜索：{hospital}", 30), (200, 420, "子虚路", 26, "grey"), (480, 620, "乌有街", 26, "grey"), (120, 800, "假定广场", 26, "grey"), (420, 330, "{hospital}", 24, "red"), (60, 1120, "{hospital}", 36, "bold"), (60, 1180, "距您3.6公里   营业中 24小时", 26, "grey"), (60, 1225, "{home}", 26, "grey"), (60, 1330, "驾车 12分钟    公交 25分钟    步行 48分钟", 27), (690, 1420, "开始导航", 30, "right blue"),
        ),
        size=_PHONE, colour=(236, 240, 232), face="print", bands=((0, 390, 750, 470, _WHITE), (340, 120, 410, 1080, _WHITE), (0, 760, 750, 830, _WHITE), (430, 140, 720, 320, (200, 228, 196)), (30, 40, 720, 110, _WHITE), (0, 1080, 750, 1500, _WHITE), (30, 520, 320, 720, (176, 206, 230))),
    ), lookalike="screenshot"),
    card_layout("other-railway-ticket", "other", "held", Card(
        (
            (60, 40, "9901{short}", 30, "red"), (940, 44, "检票：B{d1}", 28, "right"), (110, 110, "{city}站", 46), (860, 110, "虚构南站", 46, "right"), (490, 112, "G99{d2}{d3}", 44, "mid"), (110, 170, "Yangzhang", 22), (860, 170, "Xugounan", 22, "right"), (60, 230, "{year}年{month}月16日  13:05开", 32), (940, 230, "07车11F号", 32, "right"), (60, 290, "¥9{d1}.5元", 34), (940, 290, "二等座", 32, "right"), (60, 350, "限乘当日当次车", 28), (60, 410, "990101****{birth_m}0{d1}X  {name}", 32), (60, 480, "报销凭证 遗失不补", 26), (60, 520, "退票改签时须交回车站", 26), (60, 590, "99010-{serial}-{short} 样张售", 22),
        ),
        colour=(206, 228, 238), waves=(190, 216, 232), face="print", extras=(("squares", 760, 400, 160),), rules=((330, 140, 650, 140),),
    ), lookalike="ticket"),
    card_layout("other-restaurant-receipt", "other", "held", Card(
        (
            (300, 40, "子虚小馆（假定广场店）", 30, "mid bold"), (300, 90, "结 账 单", 34, "mid"), (40, 160, "桌号：A{d1}{d2}", 24), (560, 160, "人数：4", 24, "right"), (40, 200, "单号：{serial}", 24), (40, 240, "时间：{iso_day} 18:42", 24), *((40, 320 + n * 46, dish, 25) for n, dish in enumerate(("锅包肉", "酸菜白肉血肠", "地三鲜", "拍黄瓜", "米饭", "酸梅汤"))), *((360, 320 + n * 46, f"{1 + n // 4 * 3}", 25, "mid") for n in range(6)), *((560, 320 + n * 46, price, 25, "right") for n, price in enumerate(("48.00", "68.00", "26.00", "16.00", "8.00", "24.00"))), (40, 640, "消费合计", 28), (560, 640, "190.00", 28, "right"), (40, 690, "优惠", 26), (560, 690, "-10.00", 26, "right"), (40, 740, "实收（移动支付）", 28, "bold"), (560, 740, "180.00", 32, "right bold"), (300, 830, "收银员：03   谢谢惠顾", 24, "mid"), (300, 870, "电话 0990-0000777", 22, "mid"), (300, 1130, "扫码开发票", 24, "mid"),
        ),
        size=(600, 1200), colour=(250, 250, 248), face="print", rules=((30, 300, 570, 300), (30, 620, 570, 620), (30, 800, 570, 800)), extras=(("squares", 210, 920, 180),),
    ), lookalike="receipt"),
    card_layout("other-insurance-advert", "other", "held", Card(
        (
            (500, 80, "惠民保·虚构版", 80, "mid bold white"), (500, 190, "一年仅需 99 元  最高保障 300 万", 40, "mid white"), (500, 330, "不限年龄   不限职业   不限既往症", 38, "mid red"), (120, 450, "● 医保范围内住院自付费用报销", 34), (120, 520, "● 医保目录外住院自费费用报销", 34), (120, 590, "● 36种高额特药费用报销", 34), (120, 660, "● 与基本医疗保险有效衔接，一站式结算", 34), (500, 790, "凡参加基本医疗保险人员均可投保", 36, "mid"), (500, 1150, "扫码立即参保", 40, "mid bold red"), (500, 1240, "客服电话 95000    活动截止 {iso_day}", 28, "mid grey"), (500, 1320, "本产品由子虚财产保险股份有限公司承保", 24, "mid grey"),
        ),
        size=(1000, 1400), colour=(255, 246, 234), face="hei", bands=((0, 0, 1000, 280, (214, 60, 50)),), extras=(("squares", 380, 880, 240),),
    ), lookalike="advert"),
    form_layout("other-school-notice", "other", "held", Form(
        "致家长的一封信",
        (
            ("text", "尊敬的家长：", "您好！根据上级通知，{year}年度城乡居民基本医疗保险集中缴费工作已经开始，为保障孩子的医疗权益，请您于本月底前通过手机完成缴费，个人缴费标准为350元。", "一、我校定于{when}召开秋季运动会，请为孩子准备运动服、运动鞋及饮用水。", "二、天气转凉，请注意孩子的保暖，如有发热请在家休息并告知班主任。", "三、请督促孩子按时完成作业，早睡早起，注意交通安全。", "感谢您的支持与配合！"), ("sign", "{city}第九小学", "{when}"), ("text", "－－－－－－－－－回　执－－－－－－－－－"), ("lines", ("班级", "三年二班", "学生姓名", "{name}"), ("家长签字", "{other}")),
        ),
        font=27, tall=60, title_size=44, margin=100, top=110,
    ), lookalike="notice"),
    card_layout("other-residence-receipt", "other", "held", grid_card(
        ((54, (170, "申 请 人"), (270, "={name}"), (170, "性    别"), (270, "={sex}")), (54, (170, "公民身份号码"), (710, "={id}")), (54, (170, "居住地住址"), (710, "={home}")), (54, (170, "申请类别"), (270, "=首次申领"), (170, "受理日期"), (270, "={iso_day}")), (54, (170, "受理单位"), (710, "={police}"))),
        ((500, 40, "居住证申领受理回执", 40, "mid bold"), (940, 100, "受理编号 99{serial}", 22, "right"), (60, 425, "凭本回执及本人居民身份证，自受理之日起15日后到受理单位领取居住证。", 22, "", 880), (60, 485, "本回执不作居住证使用，遗失请及时告知受理单位。", 22), (60, 550, "经办人：{clerk}", 24), (940, 550, "查询电话 0990-0000220", 22, "right")),
        at=(60, 135), font=23, colour=(252, 252, 248), face="print", seals=((700, 480, 74, "{police}", "居住证受理专用章"),),
    ), lookalike="other-permit"),
    card_layout("other-jobless-book", "other", "held", grid_card(
        ((56, (140, "姓    名"), (240, "={name}"), (100, "性 别"), (160, "={sex}")), (56, (140, "身份证号"), (500, "={id}")), (56, (140, "户籍性质"), (240, "=非农业"), (100, "民 族"), (160, "={nation}")), (56, (140, "学    历"), (500, "={schooling}")), (56, (140, "常住地址"), (500, "={home}"))),
        ((350, 60, "就业创业证", 46, "mid bold red"), (30, 130, "编号 9901{serial}{short}", 22), (1010, 60, "失业登记情况", 32, "mid"), (740, 140, "登记日期  {iso_day}", 25), (740, 190, "失业原因  合同期满", 25), (740, 240, "终止失业登记日期", 25), (1010, 330, "享受就业扶持政策情况", 30, "mid"), (740, 400, "社会保险补贴  {year}年{month}月起", 25), (30, 560, "发证机关：{city}公共就业服务中心", 24), (30, 610, "发证日期：{when}", 24)),
        at=(30, 180), font=23, size=(1320, 700), colour=(246, 240, 240), rules=((690, 20, 690, 680),), extras=(("portrait", 520, 480, 130),), seals=((420, 570, 74, "{city}公共就业服务中心", ""),),
    ), lookalike="other-permit"),
)  # fmt: skip
