# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Cards, registers, houses, births and licences from yet other places, years and printers: open layouts that measure unseen papers."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PIL import Image, ImageDraw

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import Layout, Paint, form_layout
from tests.papers.layouts.open_far_cards import copied
from tests.papers.sheet import A4_WIDE, load_face

_MINORITY = ("阿依古丽·买买提", "卓玛·次仁", "玛依拉·吐尔逊", "迪丽娜尔·阿布都拉")
_FOUR = ("欧阳慧敏", "司马静思", "上官海燕", "诸葛宁波")


def renamed(layout: Layout, names: tuple[str, ...] = _MINORITY) -> Layout:
    """Return a layout whose person has one of these names; not for what goes with another paper on a sheet."""
    return replace(layout, paint=partial(_rename, layout.paint, names))


def _rename(paint: Paint, names: tuple[str, ...], words: Mapping[str, str], rng: random.Random) -> Image.Image:
    if isinstance(words, dict):  # the truth is read off the same words
        words["name"] = names[int(words["short"]) % len(names)]
    return paint(words, rng)


def watermarked(layout: Layout, text: str, *, grey: int = 200) -> Layout:
    """Return a layout with a slanting text all over, as copies for one purpose have it."""
    return replace(layout, paint=partial(_watermark, layout.paint, text, grey))


def _watermark(paint: Paint, text: str, grey: int, words: Mapping[str, str], rng: random.Random) -> Image.Image:
    page = paint(words, rng)
    font = load_face("print", 46)
    mark = Image.new("L", (2 * max(page.size),) * 2, 0)
    wide = round(font.getlength(text))
    for row in range(0, mark.height, 300):
        for x in range(-row % 400, mark.width, wide + 160):
            ImageDraw.Draw(mark).text((x, row), text, font=font, fill=70)
    mark = mark.rotate(24)
    left, top = (mark.width - page.width) // 2, (mark.height - page.height) // 2
    page.paste((grey,) * 3, (0, 0), mark.crop((left, top, left + page.width, top + page.height)).point(lambda v: v * 2))
    return page


# fmt: off
_CARDS = (
    renamed(watermarked(card_layout("new-id-front-minority-scan", "id-front", "open", Card(
        (
            (50, 56, "姓 名", 26, "blue"), (140, 46, "{name}", 38), (50, 136, "性 别", 26, "blue"), (140, 130, "{sex}", 32), (230, 136, "民 族", 26, "blue"), (330, 130, "维吾尔", 32), (50, 212, "出 生", 26, "blue"), (140, 206, "{birth_y}", 32), (228, 212, "年", 26, "blue"), (280, 206, "{birth_m}", 32), (325, 212, "月", 26, "blue"), (375, 206, "{birth_d}", 32), (420, 212, "日", 26, "blue"),
            (50, 290, "住 址", 26, "blue"), (140, 286, "{address}", 31, "", 440), (50, 540, "公民身份号码", 26, "blue"), (250, 528, "{id}", 44, "loose"),
        ),
        colour=(244, 246, 248), waves=(232, 238, 244), face="hei", extras=(("portrait", 670, 70, 270),),
    )), "仅限办理医疗保障业务")),
    card_layout("new-ss-front-values-over-labels", "ss-card-front", "open", Card(
        (
            (50, 30, "中华人民共和国", 26), (50, 66, "社会保障卡", 50, "bold"), (50, 130, "SOCIAL SECURITY CARD", 20, "grey"), (950, 40, "{bank}", 30, "right red"), (330, 210, "{name}", 44), (330, 264, "姓名 Name", 20, "grey"), (700, 210, "{sex}", 40), (700, 264, "性别 Sex", 20, "grey"), (330, 320, "{id}", 40), (330, 372, "社会保障号码 Social Security No.", 20, "grey"), (330, 428, "{card}", 34), (330, 474, "卡号 Card No.", 20, "grey"), (700, 428, "{year}.{month}", 34), (700, 474, "发卡日期 Issued", 20, "grey"), (50, 560, "{bank_card}", 42), (950, 572, "08/31", 28, "right"),
        ),
        colour=(240, 226, 206), waves=(232, 212, 186), face="print", extras=(("portrait", 60, 190, 220),),
    )),
    renamed(card_layout("new-ss-front-livelihood", "ss-card-front", "open", Card(
        (
            (500, 30, "社会保障卡（民生一卡通）", 46, "mid white bold"), (60, 190, "{name}", 46, "bold"), (60, 268, "{sex}　　藏族", 34), (60, 340, "{dot_birth}", 34), (60, 420, "社保号 {spaced_id}", 36), (60, 490, "虚构省人力资源和社会保障厅制发", 26), (60, 560, "银行借记卡账号 {bank_card}", 28),
        ),
        colour=(206, 226, 216), waves=(186, 214, 200), bands=((0, 0, 1000, 110, (150, 30, 40)), (560, 190, 670, 280, (214, 186, 100))), extras=(("portrait", 730, 150, 200),), face="hei",
    )), ("卓玛·次仁", "旦增·措姆", "扎西·平措")),
    copied(card_layout("new-ss-back-early-city", "ss-card-back", "open", Card(
        (
            (500, 44, "说    明", 38, "mid"), (70, 120, "1. 本卡为{city}劳动和社会保障局发放的社会保障卡，是参保人员看病就医、办理社会保险事务的专用凭证。", 26, "", 860), (70, 220, "2. 持卡在定点医院挂号、记账、结算，个人账户余额不足时以现金支付。", 26, "", 860), (70, 310, "3. 冒用、伪造、涂改者依法追究责任。", 26, "", 860), (70, 360, "4. 卡如损坏或丢失，须于三日内到{city}社会保险卡管理中心办理挂失、换卡手续，工本费自理。", 26, "", 860), (70, 470, "拾到本卡请寄：{city}子虚路9号 社保卡管理中心", 26), (70, 530, "查询电话：0990-12333", 26), (930, 560, "SN {serial}", 28, "right"),
        ),
        colour=(214, 226, 240), waves=(194, 212, 234),
    )), "社保卡反面", share=0.8),
    card_layout("new-residence-front-bilingual", "residence-permit-front", "open", Card(
        (
            (500, 26, "{city}居住证", 50, "mid bold"), (500, 88, "RESIDENCE PERMIT", 20, "mid grey"), (310, 150, "{name}", 40), (310, 200, "姓名/Name", 20, "grey"), (640, 150, "{sex} / {nation}", 36), (640, 200, "性别/民族", 20, "grey"), (310, 250, "{iso_birth}", 36), (310, 298, "出生日期/Date of birth", 20, "grey"), (640, 250, "{destination}", 30), (640, 298, "户籍地", 20, "grey"), (310, 344, "{address}", 28, "", 640), (310, 424, "现居住地址", 20, "grey"), (60, 480, "{id}", 40), (60, 530, "证件号码/ID No.", 20, "grey"), (640, 484, "{span}", 26), (640, 530, "有效期限/Valid", 20, "grey"), (60, 580, "居住证号 99{serial}{short}", 24),
        ),
        colour=(222, 236, 228), waves=(204, 226, 214), face="print", extras=(("portrait", 60, 150, 210),),
    )),
    card_layout("new-residence-back-upright-notes", "residence-permit-back", "open", Card(
        (
            (315, 60, "居住证", 60, "mid bold red"), (315, 140, "持 证 须 知", 34, "mid"), (50, 220, "持证人依法享有义务教育、基本公共就业、基本公共卫生、公共文化体育、法律援助等服务。", 26, "", 540), (50, 390, "居住每满一年之日前一个月内，到居住地派出所或受托机构办理签注；逾期未签注，使用功能中止。", 26, "", 540), (50, 560, "签注记录", 28, "bold"), (60, 620, "{iso_day}    续签一年", 28, "pen"), (60, 690, "2022-07-04    续签一年", 28, "pen"), (50, 830, "签发机关", 26), (190, 828, "{police}", 28), (50, 884, "有效期限", 26), (190, 882, "{permit_validity}", 28),
        ),
        size=(631, 1000), colour=(250, 240, 226), waves=(244, 228, 208), rules=((40, 605, 590, 605), (40, 670, 590, 670), (40, 740, 590, 740), (40, 805, 590, 805)), seals=((480, 690, 66, "{police}", "签注专用章"),),
    )),
    card_layout("new-residence-back-english", "residence-permit-back", "open", Card(
        (
            (500, 40, "中华人民共和国居住证", 46, "mid"), (500, 100, "PEOPLE'S REPUBLIC OF CHINA  RESIDENCE PERMIT", 22, "mid"), (60, 200, "签发机关", 26, "green"), (60, 232, "Issuing authority", 20, "green"), (330, 206, "{police}", 34), (60, 290, "有效期限", 26, "green"), (60, 322, "Period of validity", 20, "green"), (330, 296, "{span}", 34), (60, 380, "签发次数", 26, "green"), (330, 376, "02", 34), (60, 460, "随迁子女", 26, "green"), (330, 456, "——", 34), (60, 560, "本证由公安机关核发，登记信息变更请前往居住地派出所或通过“虚政通”办理。", 24, "", 880),
        ),
        colour=(230, 240, 226), waves=(214, 230, 208), face="hei", extras=(("emblem", 120, 80, 50), ("squares", 810, 200, 130)),
    )),
    card_layout("new-hukou-first-labels-under", "hukou-first", "open", Card(
        (
            (500, 30, "居民户口簿（家庭户）", 34, "mid bold"), (60, 110, "家庭户", 36), (60, 160, "户别 HOUSEHOLD TYPE", 20, "grey"), (520, 110, "{head}", 38), (520, 160, "户主姓名 NAME OF HOUSEHOLD HEAD", 20, "grey"), (60, 220, "{household_no}", 34), (60, 268, "户号", 20, "grey"), (520, 220, "{address}", 30, "", 430), (520, 306, "住址 ADDRESS", 20, "grey"), (80, 590, "虚构省公安厅制证", 24), (940, 590, "签发日期 {iso_day}", 26, "right"), (600, 590, "经办 {clerk}", 26, "right"),
        ),
        size=(1000, 680), colour=(238, 232, 244), waves=(226, 218, 238), rules=((40, 90, 960, 90), (40, 200, 960, 200), (40, 340, 960, 340), (490, 90, 490, 340), (40, 575, 960, 575)), seals=((240, 460, 96, "虚构省公安厅", "户口专用章"), (740, 460, 96, "{police}", "户口专用章")),
    )),
    card_layout("new-hukou-self-labels-over", "hukou-self", "open", Card(
        (*((x, y + step, text, size, style) for x, y, label, value in ((50, 90, "姓  名", "{name}"), (370, 90, "与户主关系", "{relation}"), (690, 90, "性  别", "{sex}"), (50, 190, "民  族", "{nation}族"), (370, 190, "出生日期", "{dot_birth}"), (690, 190, "血  型", "不明"), (50, 290, "公民身份号码", "{id}"), (510, 290, "曾用名", "无"), (690, 290, "兵役状况", "未服兵役"), (50, 390, "籍  贯", "{place}"), (370, 390, "出 生 地", "{place}"), (690, 390, "文化程度", "{schooling}"), (50, 490, "服务处所", "{company}"), (510, 490, "婚姻状况", "{marriage}"), (690, 490, "职  业", "{occupation}"), (50, 590, "何时由何地迁来本址", "{moved} 由虚构省样张市迁入")) for step, text, size, style in ((0, label, 20, "blue"), (34, value, 30, ""))), (500, 24, "户口登记卡（个人页）", 34, "mid bold blue"), (50, 700, "登记机关 {police}", 24), (950, 700, "登记日期 {issued}   承办 {clerk}", 24, "right")),
        size=(1000, 760), colour=(232, 238, 244), rules=tuple((40.0, float(y), 960.0, float(y)) for y in range(80, 700, 100)), seals=((480, 670, 66, "{police}", "户口专用章"),), face="print",
    )),
)
_FAMILY = (
    form_layout("new-property-south-coast", "property-cert", "open", Form(
        "房 地 产 证",
        (("ends", "虚房地字第{serial}号", "登记时间 {when}"), ("cells", ("权利人",), ("姓名或名称", "{name}", "占有份额", "100%"), ("身份证号/注册号", "{id}", "国籍", "中国"), ("土地",), ("宗地号", "B{short}", "宗地面积", "9{d1}{d2}8.4平方米"), ("土地用途", "居住用地", "土地位置", "假定区"), ("使用年限", "70年，从1999年6月2日至2069年6月1日止"), ("建筑物及其附着物",), ("名称", "子虚花园3栋", "栋座房号", "12B"), ("建筑面积", "{area}平方米", "套内建筑面积", "6{d1}.{d2}4平方米"), ("竣工日期", "2001-05-30", "登记价", "人民币{fee}元")), ("big", "他项权利摘要及附记", "市场商品房。买卖转移登记。")),
        size=(1000, 1300), font=23, tall=58, title_size=48, colour=(250, 240, 224), waves=(244, 228, 204), border="plain", margin=80, title_colour=(170, 30, 36), seals=((0.7, 0.82, 92, "{city}规划国土局", "房地产登记专用章"),),
    )),
    form_layout("new-property-village-1995", "property-cert", "open", Form(
        "村镇房屋所有权证",
        (("ends", "虚村房字第 {short} 号", ""), ("text", "根据国家有关法律规定，为保护房屋所有权人的合法权益，对所有权人申请登记的下列房产，经审查属实，特发此证。"), ("lines", ("所有权人", "{name}", "共有人", "{p1}"), ("坐落", "样张县子虚镇假定村二组"), ("结构", "砖木", "层数", "一层"), ("间数", "五间", "建筑面积", "{area}平方米"), ("东至", "路", "西至", "张家"), ("南至", "巷", "北至", "渠"), ("宅基地使用证号", "{serial}", "用途", "自住")), ("sign", "样张县人民政府（章）", "1995年10月8日")),
        size=(1000, 1100), hand=0, font=25, tall=64, title_size=50, colour=(244, 226, 206), border="ornate", margin=90, top=100, title_colour=(170, 30, 36), seals=((0.68, 0.82, 94, "样张县人民政府", ""),),
    )),
    form_layout("new-birth-cert-reissue-columns", "birth-cert", "open", Form(
        "《出生医学证明》",
        (("ends", "（补发 · 正页）", "出生证编号：Y99{short}"), ("text", "新生儿 {name}，{sex}，于{birth}14时30分在虚构省样张市出生，出生孕周38周，出生体重3020克，出生身长49厘米。"), ("table", ("", "母  亲", "父  亲"), ("姓名", "{mother}", "{father}"), ("年龄", "28", "30"), ("民族", "{nation}", "汉"), ("有效身份证件类别", "居民身份证", "居民身份证"), ("有效身份证件号码", "{mother_id}", "{father_id}"), ("住址", "样张市假定区", "样张市假定区")), ("gap", 20), ("lines", ("医疗机构名称：", "{hospital}"), ("补发机构：", "{city}卫生健康局"), ("补发日期：", "{when}"))),
        size=(1000, 1100), font=24, tall=62, title_size=44, colour=(246, 238, 244), waves=(236, 222, 234), margin=80, face="print", seals=((0.7, 0.82, 90, "{city}卫生健康局", "出生医学证明管理专用章"),),
    )),
    form_layout("new-subsistence-family-columns", "subsistence-cert", "open", Form(
        "城乡居民最低生活保障金领取证",
        (("ends", "保障类别：√城市 □农村", "证号：假低保{short}"), ("table", ("家庭成员", "申请人", "成员一", "成员二"), ("姓  名", "{name}", "{p1}", "{p2}"), ("与申请人关系", "本人", "配偶", "子女"), ("身份证号", "{id}", "{p1_id}", "{p2_id}"), ("健康状况", "残疾二级", "患病", "在校生")), ("gap", 16), ("lines", ("家庭住址", "{address}"), ("月保障金额", "壹仟贰佰元整", "起领月份", "{year}年{month}月"), ("领款银行", "{branch}")), ("sign", "县（市、区）民政部门", "{when}")),
        size=(1240, 880), font=22, tall=58, title_size=40, colour=(250, 236, 232), hand=-1, seals=((0.76, 0.84, 80, "{city}民政局", "低保专用章"),),
    )),
)
_LICENCES = (
    card_layout("new-business-enterprise-1999", "business-license", "open", Card(
        (
            (707, 150, "企业法人营业执照", 66, "mid bold loose"), (1250, 240, "注册号：990000{short}", 26, "right"), (160, 320, "企业名称  {shop}", 30), (160, 390, "住    所  {home}", 30), (160, 460, "法定代表人  {name}", 30), (160, 530, "注册资金  伍拾万元整", 30), (160, 600, "经济性质  股份合作制", 30), (160, 670, "经营方式  零售、服务", 30), (160, 740, "经营范围  主营：中西成药零售；兼营：医疗器械、保健食品", 28), (820, 530, "成立日期  1993年4月12日", 30), (820, 600, "年检贴花 1999 2000 2001", 26), (900, 830, "虚构省样张市工商行政管理局", 26, "mid"), (900, 880, "1999年6月3日", 28, "mid"),
        ),
        size=A4_WIDE, colour=(248, 242, 222), waves=(240, 230, 204), border="ornate", extras=(("emblem", 707, 90, 50),), seals=((900, 820, 96, "样张市工商行政管理局", ""),),
    )),
    form_layout("new-business-sole-investor-copy", "business-license", "open", Form(
        "营 业 执 照 （副 本）",
        (("ends", "编号 1-1", "统一社会信用代码 {credit}"), ("lines", ("名称", "{shop}"), ("类型", "个人独资企业"), ("主要经营场所", "{address}"), ("投资人", "{name}"), ("成立日期", "{when}"), ("经营范围", "一般项目：第一类、第二类医疗器械销售。许可项目：药品零售；食品经营（依法须经批准的项目，经相关部门批准后方可开展经营活动）。")), ("gap", 60), ("sign", "登记机关  {city}市场监督管理局", "{when}"), ("text", "每年1月1日至6月30日填报年度报告")),
        size=(1000, 1414), colour=(250, 246, 232), waves=(242, 232, 210), border="plain", margin=100, top=210, font=26, tall=74, title_size=54, extras=(("emblem", 500, 130, 56), ("squares", 110, 1200, 110)), seals=((0.68, 0.72, 96, "{city}市场监督管理局", ""),),
    )),
    form_layout("new-medical-licence-e-portal", "medical-license", "open", Form(
        "医疗机构执业许可证（电子证照）",
        (("ends", "证照编码 1.2.156.990.{serial}", "颁证日期 {iso_day}"), ("table", ("机构名称", "{hospital}"), ("第二名称", "无"), ("登记号", "PDY{serial}"), ("法定代表人", "{name}"), ("主要负责人", "{doctor}"), ("执业地址", "{home}"), ("经营性质", "非营利性（政府办）"), ("诊疗科目", "预防保健科/全科医疗科/中医科/医学影像科"), ("床位数", "0"), ("有效期限", "{span}")), ("gap", 16), ("text", "扫描二维码可查验本电子证照。打印件仅供核对。"), ("sign", "发证机关（电子印章）", "{city}行政审批局")),
        font=24, tall=74, title_size=42, face="hei", colour=(246, 252, 252), waves=(226, 242, 242), border="plain", margin=80, extras=(("squares", 110, 1180, 130),), seals=((0.7, 0.85, 90, "{city}行政审批局", "电子证照专用章"),),
    )),
    form_layout("new-drug-licence-enterprise-1998", "drug-license", "open", Form(
        "药品经营企业许可证",
        (("ends", "虚药经证字 98{short} 号", "（正本）"), ("gap", 10), ("text", "根据《中华人民共和国药品管理法》，经审查合格，准许经营药品，特发此证。"), ("lines", ("企业名称", "{shop}"), ("企业负责人", "{name}"), ("经济性质", "集体", "经营方式", "零售"), ("经营地址", "{home}"), ("经营范围", "中药材、中成药、化学药制剂、抗生素"), ("有效期限", "1998年7月1日至2003年6月30日")), ("gap", 20), ("sign", "{city}医药管理局", "1998年7月1日")),
        size=(1240, 900), hand=0, font=26, tall=64, title_size=52, colour=(246, 240, 220), border="ornate", margin=110, top=90, seals=((0.7, 0.8, 92, "{city}医药管理局", ""),),
    )),
    form_layout("new-bank-account-application", "bank-info", "open", Form(
        "开立单位银行结算账户申请书",
        (("cells", ("存款人名称", "{company}", "电话", "0990-0000{d1}{d2}{d3}0"), ("地址", "{address}", "邮编", "990{d1}{d2}{d3}"), ("存款人类别", "企业法人", "组织机构代码", "{serial}-{d1}"), ("法定代表人（√）单位负责人（ ）", "{name}", "证件种类", "身份证"), ("证件号码", "{id}"), ("行业分类", "F 批发零售", "注册资金", "100万元"), ("账户性质", "基本（√） 一般（ ） 专用（ ） 临时（ ）"), ("以下栏目由开户银行填写",), ("开户银行名称", "{branch}", "开户银行机构代码", "3139{serial}"), ("账户名称", "{company}"), ("账号", "{account}"), ("开户核准号", "J9900{serial}", "开户日期", "{iso_day}")), ("ends", "存款人（公章）", "开户银行（签章）  经办人 {clerk}")),
        font=22, tall=60, title_size=40, margin=60, face="print", seals=((0.25, 0.9, 84, "{company}", ""), (0.76, 0.9, 80, "{branch}", "业务专用章")),
    )),
    card_layout("new-bank-counter-slip", "bank-info", "open", Card(
        ((500, 30, "{bank}  客户账户信息查询结果", 34, "mid bold"), (40, 100, "交易码 9910   柜员 {short}   {iso_day} 10:22:41", 24), *((x, 160 + 50 * n, text, 26, "") for n, (label, value) in enumerate((("客户名称", "{shop}"), ("账/卡号", "{account}"), ("产品种类", "对公活期存款"), ("账户类型", "基本存款账户"), ("开户机构", "{branch}"), ("人行联行号", "3139{serial}"), ("开户日", "{iso_day}"), ("账户状态", "正常 / 未冻结"))) for x, text in ((60, label), (330, ":" + value))), (40, 590, "本凭条仅供客户核对账户信息使用", 24, "grey")),
        size=(1000, 660), colour=(250, 250, 244), face="print", rules=((40, 140, 960, 140), (40, 575, 960, 575)), seals=((790, 430, 84, "{branch}", "业务办讫章"),),
    )),
    form_layout("new-confirmation-hospital-columns", "account-confirmation", "open", Form(
        "医保拨付资金收款账户核对确认单",
        (("ends", "机构编码：H{short}", "填报时间：{iso_day}"), ("table", ("", "系统登记", "单位核对"), ("账户名称", "{hospital}", "{hospital}"), ("开户行全称", "{branch}", "{branch}"), ("银行账号", "{account}", "{account}"), ("行号", "3139{serial}", "无误"), ("是否一致", "——", "√一致  □不一致")), ("gap", 20), ("text", "以上账户经我院财务部门核对确认，如需变更另行书面申请。"), ("ends", "法定代表人（签章）：{name}", "财务科长：{p1}"), ("sign", "{hospital}（盖章）")),
        font=22, tall=76, title_size=38, hand=-1, margin=60, face="print", seals=((0.72, 0.74, 92, "{hospital}", ""),),
    )),
)
_DOCTORS = (
    form_layout("new-qualification-recognised-1999", "physician-qualification", "open", Form(
        "中华人民共和国医师资格证书",
        (("gap", 20), ("text", "{name}，{sex}，{birth_y}年{birth_m}月{birth_d}日生，经虚构省医师资格认定领导小组认定，具备执业医师资格，特发此证。"), ("lines", ("居民身份证编号", "{id}"), ("毕业学校及专业", "虚构医学院 中医学"), ("类别", "中医"), ("资格证号", "1999{serial}{short}")), ("sign", "审核机关：虚构省卫生厅", "发证机关：中华人民共和国卫生部", "1999年5月1日")),
        size=(1000, 1200), font=27, tall=70, hand=1, title_size=44, colour=(246, 236, 220), border="ornate", margin=90, top=100, extras=(("portrait", 120, 900, 160),), seals=((0.34, 0.82, 80, "虚构省卫生厅", "医师资格认定专用章"), (0.72, 0.86, 84, "中华人民共和国卫生部", "")),
    )),
    card_layout("new-practice-e-certificate-wide", "physician-practice", "open", Card(
        ((707, 70, "医师执业证书", 54, "mid bold red"), (707, 145, "（电子证照）", 28, "mid"), *((x, 230 + 66 * n, text, 28, style, 500) for n, (label, value) in enumerate((("医师姓名", "{name}"), ("性别/民族", "{sex}/{nation}"), ("证件号码", "{id}"), ("执业证书编号", "{long2}"), ("资格证书编号", "{long}"), ("执业级别", "执业医师"), ("执业类别", "临床"), ("执业范围", "内科专业、全科医学专业"), ("执业地点", "{place}"))) for x, text, style in ((120, label, "grey"), (330, value, ""))), (900, 640, "主要执业机构", 24, "grey"), (900, 680, "{hospital}", 28), (900, 750, "批准日期 {iso_day}", 26), (120, 900, "数据来源：医师电子化注册信息系统", 24, "grey"), (1290, 900, "发证机关 {city}卫生健康委员会", 26, "right")),
        size=A4_WIDE, colour=(250, 248, 250), waves=(238, 230, 240), border="plain", extras=(("portrait", 980, 210, 190), ("squares", 1220, 210, 110)), seals=((1180, 820, 84, "{city}卫生健康委员会", "电子证照专用章"),), face="print",
    )),
    form_layout("new-practice-speciality", "physician-practice", "open", Form(
        "中医（专长）医师执业证书",
        (("gap", 10), ("cells", ("姓  名", "{name}"), ("性  别", "{sex}"), ("身份证件号", "{id}"), ("注册机构", "{hospital}"), ("专长（执业范围）", "内服方药类：针对脾胃病"), ("执业有效区域", "虚构省行政区域内"), ("证书编号", "Z{long2}"), ("注册日期", "{iso_day}")), ("gap", 20), ("table", ("定期考核周期", "考核结果", "考核机构"), ("2021-2022", "合格", "{city}中医药学会"), ("2023-2024", "", "")), ("sign", "注册主管部门（章）", "{city}中医药管理局")),
        size=(900, 1260), right=0, font=24, tall=62, title_size=40, colour=(238, 246, 240), waves=(222, 236, 226), border="plain", margin=80, seals=((0.66, 0.86, 80, "{city}中医药管理局", ""),),
    )),
    form_layout("new-title-province-e-senior", "physician-title", "open", Form(
        "{province}高级职称证书",
        (("ends", "", "证书编号：9925{serial}"), ("gap", 10), ("text", "本证书由{province}人力资源和社会保障厅监制，证明持证人通过高级职称评审委员会评审，具备相应专业技术职务任职资格。"), ("lines", ("姓    名", "{name}"), ("证件号码", "{id}"), ("职称系列", "卫生技术"), ("职称名称", "主任医师"), ("评审专业", "{dept}"), ("取得时间", "{iso_day}"), ("评委会", "{province}卫生系列高评委"), ("工作单位", "{hospital}"))),
        font=27, tall=72, title_size=48, title_colour=(170, 30, 36), face="hei", colour=(252, 246, 246), waves=(246, 230, 230), border="ornate", margin=110, top=130, right=190, extras=(("portrait", 730, 340, 150), ("squares", 735, 570, 140)), seals=((0.7, 0.8, 96, "{province}人力资源和社会保障厅", "职称专用章"),),
    )),
)
LAYOUTS = (*_CARDS, *_FAMILY, *_LICENCES, *_DOCTORS)
# fmt: on
