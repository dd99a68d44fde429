# ruff: noqa: E501 - tables: a row of the paper is a line here
"""Cards and household registers from other provinces, years and printers: open layouts, held out until the next fresh set was written."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PIL import Image, ImageOps

from tests.papers.cards import Card, card_layout
from tests.papers.forms import Form
from tests.papers.layouts.layout import Layout, Paint, form_layout
from tests.papers.sheet import PENS, SCALE, Sheet

ID_BOXES = tuple(f"{{id[{place}]}}" for place in range(18))
"""The id number one digit a cell: a table's row has no blank ``{id}`` to read off, so ``with_id`` says that it is there."""


def with_id(layout: Layout, word: str = "id") -> Layout:
    """Return a layout that prints its subject's id number one digit a cell, as in ``ID_BOXES``."""
    return replace(layout, id_word=word)


def copied(layout: Layout, note: str = "", *, share: float = 0.0) -> Layout:
    """Return a layout as a copier gives it back: grey; ``share`` of a white sheet's width and a note by hand below."""
    return replace(layout, paint=partial(_copy, layout.paint, note, share))


def _copy(paint: Paint, note: str, share: float, words: Mapping[str, str], rng: random.Random) -> Image.Image:
    grey = ImageOps.autocontrast(paint(words, rng).convert("L"), cutoff=1).convert("RGB")
    if not share:
        return grey
    wide = round(1000 * share * SCALE)
    small = grey.resize((wide, round(grey.height * wide / grey.width)), Image.Resampling.LANCZOS)
    sheet = Sheet((1000, round(small.height / SCALE) + 190), rng)
    sheet.pixels.paste(small, ((sheet.pixels.width - wide) // 2, round(60 * SCALE)))
    sheet.write(120, sheet.height - 95, note.format_map(words), 34, hand=1, fill=PENS[1])
    return sheet.pixels


# fmt: off
_ID_CARDS = (
    card_layout("id-front-zhuang", "id-front", "open", Card(
        (
            (60, 46, "Singqmingz", 20, "blue"), (60, 74, "姓  名", 26, "blue"), (205, 60, "{name}", 40), (60, 126, "Singqbied", 20, "blue"), (60, 154, "性  别", 26, "blue"), (205, 146, "{sex}", 34), (300, 126, "Minzcuz", 20, "blue"), (300, 154, "民  族", 26, "blue"), (420, 146, "{nation}", 34),
            (60, 206, "Seng", 20, "blue"), (60, 234, "出  生", 26, "blue"), (205, 228, "{birth_y} 年 {birth_m} 月 {birth_d} 日", 32), (60, 290, "Dieg youq", 20, "blue"), (60, 318, "住  址", 26, "blue"), (205, 306, "{address}", 32, "", 420),
            (60, 520, "Gunghminz Sinhfwn Hauma", 20, "blue"), (60, 550, "公民身份号码", 28, "blue"), (350, 526, "{id}", 46),
        ),
        colour=(228, 236, 238), waves=(210, 224, 232), face="print", extras=(("portrait", 660, 80, 280),),
    )),
    copied(card_layout("id-front-copy-noted", "id-front", "open", Card(
        (
            (70, 70, "姓名 {name}", 36), (70, 140, "性别 {sex}  民族 {nation}", 32), (70, 210, "出生 {birth_y}年{birth_m}月{birth_d}日", 32), (70, 285, "住址", 32), (160, 285, "{address}", 32, "", 450), (70, 528, "公民身份号码  {id}", 38),
        ),
        colour=(216, 216, 216), waves=(200, 200, 200), face="hei", extras=(("portrait", 670, 80, 270),),
    )), "仅供办理医保手续使用，他用无效。", share=0.84),
    card_layout("id-back-zhuang", "id-back", "open", Card(
        (
            (610, 50, "Cunghvaz Yinzminz Gunghozgoz", 28, "mid"), (610, 90, "中华人民共和国", 50, "mid wide"), (610, 184, "Gihminz Sinhfwncwng", 34, "mid"), (610, 230, "居民身份证", 76, "mid wide bold"),
            (180, 430, "Gihgvanh cienfat", 20), (180, 456, "签发机关", 28), (370, 446, "{police}", 34), (180, 516, "Geizhanh mizyauq", 20), (180, 542, "有效期限", 28), (370, 534, "{span}", 34),
        ),
        colour=(238, 234, 236), waves=(226, 216, 226), face="print", extras=(("emblem", 160, 180, 90),),
    )),
    copied(card_layout("id-back-copy-certified", "id-back", "open", Card(
        ((600, 90, "中华人民共和国", 52, "mid"), (600, 190, "居 民 身 份 证", 76, "mid bold"), (150, 460, "签发机关  {police}", 34), (150, 530, "有效期限  {validity}", 34)),
        colour=(226, 226, 226), waves=(206, 206, 206), extras=(("emblem", 150, 180, 88),),
    )), "此件与原件相符  {name}  {iso_day}", share=0.8),
)
_SOCIAL = (
    card_layout("ss-front-numbered-bank", "ss-card-front", "open", Card(
        (
            (60, 40, "{branch}", 30, "bold"), (940, 36, "中华人民共和国", 24, "right"), (940, 68, "社会保障卡", 44, "right bold"), (60, 250, "{bank_card}", 56), (60, 350, "姓名 {name}", 34), (60, 405, "社会保障号码 {id}", 32), (60, 460, "社会保障卡号 {card}", 28), (60, 510, "发卡日期 {year}年{month}月", 28), (60, 560, "VALID THRU 08/32", 24), (940, 560, "银联 UnionPay", 30, "right red"),
        ),
        colour=(196, 222, 236), waves=(178, 208, 228), face="print", bands=((70, 130, 180, 220, (214, 186, 100)),), extras=(("portrait", 740, 250, 190),),
    )),
    card_layout("ss-front-upright", "ss-card-front", "open", Card(
        (
            (315, 50, "中华人民共和国", 30, "mid white"), (315, 92, "社会保障卡", 58, "mid white bold"), (315, 166, "{province} · 一卡通", 26, "mid white"), (315, 560, "{name}", 50, "mid bold"), (315, 640, "社会保障号码", 24, "mid grey"), (315, 674, "{id}", 38, "mid"), (315, 744, "卡号 {card}", 30, "mid"), (315, 800, "发卡日期 {iso_day}", 26, "mid"), (40, 930, "{branch}", 24, "", 400), (590, 930, "2032-08", 24, "right"),
        ),
        size=(631, 1000), colour=(250, 240, 232), waves=(244, 226, 212), bands=((0, 0, 631, 210, (184, 44, 40)),), extras=(("portrait", 205, 240, 220),), face="hei",
    )),
    card_layout("ss-front-bureau", "ss-card-front", "open", Card(
        (
            (60, 50, "{province}社会保障卡", 50, "bold"), (60, 120, "医疗保险 · 养老保险 · 就业服务", 24, "grey"), (60, 220, "持卡人", 26), (200, 212, "{name}", 38), (60, 300, "身份号码", 26), (200, 294, "{id}", 36), (60, 380, "卡识别码", 26), (200, 376, "9901 0000 {serial}", 30), (60, 460, "有效期限", 26), (200, 456, "{span}", 30), (60, 560, "发卡机构  {city}人力资源和社会保障局", 28),
        ),
        colour=(222, 238, 226), waves=(204, 228, 212), extras=(("portrait", 730, 170, 210), ("emblem", 900, 90, 50)),
    )),
    card_layout("ss-back-bureau-rules", "ss-card-back", "open", Card(
        (
            (500, 50, "使 用 须 知", 40, "mid bold"), (60, 130, "1、本卡是持卡人参加社会保险、享受医疗保险待遇的凭证，应随身携带。", 27, "", 880), (60, 215, "2、持卡人就医、购药时须出示本卡，严禁出借、转让。", 27, "", 880), (60, 300, "3、本卡损坏或遗失，应凭本人有效身份证件到社会保障卡服务窗口申请补换。", 27, "", 880), (60, 385, "4、请勿弯折、刮划芯片，勿靠近强磁场。", 27, "", 880),
            (60, 470, "监制：虚构省劳动和社会保障厅", 27), (60, 530, "咨询电话：12333", 30), (620, 530, "{serial}", 30),
        ),
        colour=(246, 240, 206), waves=(238, 228, 180),
    )),
    card_layout("ss-back-bank-english", "ss-card-back", "open", Card(
        (
            (60, 30, "95000   www.bank.example", 26), (60, 205, "AUTHORIZED SIGNATURE 签名（未签名无效）", 22), (720, 240, "{d1}{d2}{d3}", 34, "pen"), (60, 330, "本卡为加载金融功能的社会保障卡，金融账户需凭身份证到{branch}激活后方可使用。社会保障应用请向12333咨询。", 25, "", 880), (60, 450, "This social security card is issued by the bank. If found, please return it to any branch of the bank.", 22, "", 880), (60, 560, "借记账户  {bank_card}", 30), (940, 566, "ATM  银联", 28, "right"),
        ),
        colour=(196, 222, 236), waves=(178, 208, 228), face="print", bands=((0, 75, 1000, 180, (40, 40, 44)), (60, 236, 690, 300, (252, 252, 252))),
    )),
)
_PERMITS = (
    card_layout("residence-front-zone", "residence-permit-front", "open", Card(
        (
            (640, 40, "虚构经济特区居住证", 46, "mid bold blue"), (350, 130, "姓 名  {name}", 32), (350, 185, "性 别  {sex}", 30), (350, 240, "民 族  {nation}", 30), (350, 295, "出 生  {iso_birth}", 30), (350, 350, "住 址", 30), (450, 350, "{address}", 28, "", 490), (60, 500, "公民身份号码  {id}", 36), (60, 565, "卡号 {card}{serial}", 26),
        ),
        colour=(240, 232, 246), waves=(226, 214, 240), face="hei", extras=(("portrait", 70, 110, 230),),
    )),
    copied(card_layout("residence-front-copy", "residence-permit-front", "open", Card(
        (
            (60, 44, "居 住 证", 40, "bold"), (60, 120, "姓  名：{name}", 30), (60, 172, "性  别：{sex}", 30), (330, 172, "民  族：{nation}", 30), (60, 224, "出  生：{birth}", 30), (60, 276, "常住户口所在地住址：{home}", 28, "", 590), (60, 370, "居住地住址：{address}", 28, "", 590), (60, 470, "公民身份号码：{id}", 32), (60, 530, "签发机关：{police}", 28), (60, 576, "有效期限：{permit_validity}", 28),
        ),
        colour=(224, 224, 224), extras=(("portrait", 690, 110, 240),),
    )), "与原件核对无误  {clerk}", share=0.86),
    card_layout("residence-back-renewal-table", "residence-permit-back", "open", Card(
        (
            (500, 30, "居住证签注栏", 36, "mid bold blue"), (180, 104, "签注日期", 26, "mid"), (430, 104, "有效期至", 26, "mid"), (750, 104, "签注机关（章）", 26, "mid"), (180, 162, "2021-06-01", 28, "mid"), (430, 162, "2022-06-01", 28, "mid"), (750, 162, "{police}", 26, "mid"), (180, 222, "2022-06-01", 28, "mid"), (430, 222, "2023-06-01", 28, "mid"), (750, 222, "{police}", 26, "mid"),
            (60, 410, "签发机关 {police}", 28), (60, 460, "有效期限 {permit_validity}", 28), (60, 520, "持证人信息以公安机关居住登记信息系统为准。居住地址变更的，应当在十日内办理变更登记。", 24, "", 880),
        ),
        colour=(240, 232, 246), waves=(226, 214, 240), face="hei", rules=((60, 90, 940, 90), (60, 150, 940, 150), (60, 210, 940, 210), (60, 270, 940, 270), (60, 330, 940, 330), (60, 390, 940, 390), (60, 90, 60, 390), (305, 90, 305, 390), (560, 90, 560, 390), (940, 90, 940, 390)),
    )),
    card_layout("residence-back-service", "residence-permit-back", "open", Card(
        (
            (60, 50, "IC CARD", 28, "grey"), (500, 110, "{city}居住证", 60, "mid red bold"), (500, 190, "RESIDENCE PERMIT", 28, "mid red"), (60, 290, "签发机关  {police}", 30), (60, 345, "签发日期  {iso_day}", 30), (60, 400, "有 效 期  一年，期满前三十日内办理续签", 30), (60, 470, "一、本证是持证人在本市居住、享受基本公共服务的证明。", 25), (60, 510, "二、本证限本人使用，遗失应及时挂失补领。", 25), (60, 560, "服务电话 12345", 25), (940, 560, "NO.{serial}", 26, "right"),
        ),
        colour=(244, 240, 230), waves=(238, 226, 210),
    )),
)
_FIRST_RULES = ((60, 60, 940, 60), (60, 140, 940, 140), (60, 290, 940, 290), (60, 640, 940, 640), (60, 60, 60, 640), (940, 60, 940, 640), (500, 60, 500, 290), (180, 60, 180, 290), (650, 60, 650, 290))
_REGISTER = (
    card_layout("hukou-first-farmers-pen", "hukou-first", "open", Card(
        (
            (80, 84, "户 别", 26, "red"), (195, 78, "农业家庭户", 36, "brush"), (515, 84, "户主姓名", 26, "red"), (670, 74, "{head}", 42, "brush"), (80, 194, "户 号", 26, "red"), (195, 188, "{household_no}", 34, "brush"), (515, 194, "住    址", 26, "red"), (665, 156, "{home}", 32, "brush", 270),
            (230, 610, "省级公安机关户口专用章", 22, "red mid"), (720, 610, "户口登记机关户口专用章", 22, "red mid"), (80, 670, "承办人签章", 26, "red"), (250, 660, "{clerk}", 38, "brush"), (560, 664, "1998年 3 月 16 日签发", 30, "pen"),
        ),
        size=(1000, 740), colour=(246, 236, 214), rules=_FIRST_RULES, seals=((250, 450, 110, "虚构省公安厅", "户口专用章"), (730, 450, 104, "{city}公安局子虚派出所", "户口专用章")),
    )),
    copied(form_layout("hukou-first-copy-changed", "hukou-first", "open", Form(
        "居民户口簿首页",
        (
            ("cells", ("户别", "非农业家庭户口", "户主姓名", "{head}"), ("户号", "{household_no}", "住址", "{home}")), ("gap", 190), ("ends", "承办人签章：{clerk}", "2006年11月02日 签发"),
            ("table", ("住 址 变 动 后 的 地 址", "变动日期", "承办人签章"), ("{address}", "{iso_day}", "{clerk}"), ("", "", ""), ("", "", "")),
        ),
        size=(1000, 940), font=25, tall=74, title_size=40, colour=(232, 232, 230), seals=((0.28, 0.47, 96, "虚构省公安厅", "户口专用章"), (0.72, 0.47, 92, "{police}", "户口专用章")),
    ), subject="head"), "户主本人复印  {iso_day}", share=0.9),
    form_layout("hukou-self-collective", "hukou-self", "open", Form(
        "常住人口登记卡",
        (
            ("ends", "集体户名称：{company}集体户", "户号：{household_no}"),
            ("cells", ("姓名", "{name}", "与户主关系", "非亲属"), ("曾用名", "无", "性别", "{sex}"), ("出生地", "{place}", "民族", "{nation}"), ("籍贯", "虚构省样张县", "出生日期", "{birth}"), ("本市其他住址", "无", "宗教信仰", "无"), ("公民身份证件编号", "{id}", "身高", "{height}", "血型", "O"), ("文化程度", "{schooling}", "婚姻状况", "{marriage}", "兵役状况", "未服"), ("服务处所", "{company}", "职业", "{occupation}"), ("何时由何地迁来本市（县）", "2012年09月06日 虚构省样张县子虚镇"), ("何时由何地迁来本址", "2016年07月11日 虚构大学集体户")),
            ("ends", "承办人签章：{clerk}", "登记日期：2016年07月11日"),
        ),
        size=(1000, 820), colour=(236, 240, 246), waves=(222, 230, 240), title_size=34, font=21, tall=48, top=40, face="print", label_colour=(60, 80, 140), rule=(110, 130, 170), seals=((0.8, 0.9, 66, "{police}", "户口专用章"),),
    )),
    copied(form_layout("hukou-self-copy-corrected", "hukou-self", "open", Form(
        "常 住 人 口 登 记 卡",
        (
            ("cells", ("姓名", "{name}", "户主或与户主关系", "其他亲属"), ("性别", "{sex}", "民族", "{nation}", "出生日期", "{birth}"), ("公民身份证件编号", "{id}", "曾用名", ""), ("出生地", "{place}", "籍贯", "{place}"), ("文化程度", "{schooling}", "婚姻状况", "有配偶", "职业", "{occupation}"), ("何时由何地迁来本市（县）", "{moved} {destination}"), ("何时由何地迁来本址", "{moved} 夫妻投靠")),
            ("ends", "承办人签章：{clerk}", "登记日期：{moved}"), ("table", ("登记事项", "变更、更正后", "变更、更正日期", "承办人"), ("服务处所", "{company}", "{iso_day}", "{clerk}"), ("婚姻状况", "离婚", "{iso_day}", "{clerk}"), ("", "", "", "")),
        ),
        size=(1000, 900), title_size=36, font=23, tall=58, top=50, colour=(230, 230, 230), seals=((0.5, 0.6, 70, "{police}", "户口专用章"),),
    )), "复印件  {name}", share=0.9),
    card_layout("hukou-self-overprinted", "hukou-self", "open", Card(
        (
            (500, 26, "常住人口登记卡", 34, "mid brown bold"), (50, 100, "姓名", 22, "brown"), (150, 96, "{name}", 28), (500, 100, "户主或与户主关系", 22, "brown"), (700, 96, "之孙", 28), (50, 156, "曾用名", 22, "brown"), (500, 156, "性别", 22, "brown"), (700, 152, "{sex}", 28), (50, 212, "出生地", 22, "brown"), (150, 208, "{place}", 28), (500, 212, "民族", 22, "brown"), (700, 208, "{nation}族", 28), (50, 268, "籍贯", 22, "brown"), (150, 264, "{place}", 28), (500, 268, "出生日期", 22, "brown"), (700, 264, "{iso_birth}", 28),
            (50, 324, "监护人", 22, "brown"), (150, 320, "", 28), (500, 324, "宗教信仰", 22, "brown"), (50, 380, "公民身份号码", 22, "brown"), (230, 374, "{id}", 32), (650, 380, "血型", 22, "brown"), (50, 436, "文化程度", 22, "brown"), (170, 432, "{schooling}", 28), (500, 436, "婚姻状况", 22, "brown"), (620, 432, "{marriage}", 28), (50, 492, "服务处所", 22, "brown"), (170, 488, "{company}", 26), (650, 492, "职业", 22, "brown"), (720, 488, "{occupation}", 28), (50, 548, "迁来本址", 22, "brown"), (170, 544, "{moved} 虚构省样张市假定区", 28), (50, 630, "承办人签章：{clerk}", 24), (950, 630, "登记日期 {issued}", 24, "right"),
        ),
        size=(1000, 690), colour=(240, 244, 236), waves=(228, 236, 222), rules=tuple((40.0, y, 960.0, y) for y in range(86, 620, 56)), seals=((480, 610, 62, "{police}", "户口专用章"),),
    )),
)
LAYOUTS = (*_ID_CARDS, *_SOCIAL, *_PERMITS, *_REGISTER)
# fmt: on
