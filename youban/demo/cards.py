"""The papers with a layout of their own: cards, household register, invoice, handwritten sheets."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from PIL import Image, ImageDraw

from youban.demo import ink

CARD = (1000, 631)  # 85.6 x 54 mm, ISO/IEC 7810 ID-1
BLUE = (54, 98, 148)
Facts = Mapping[str, str]


def _start(size: tuple[int, int], colour: ink.Colour) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    page = Image.new("RGB", size, colour)
    return page, ImageDraw.Draw(page)


def _guilloche(pen: ImageDraw.ImageDraw, size: tuple[int, int], colour: ink.Colour) -> None:
    """Draw the fine waves behind a card's print."""
    for row in range(-size[1], size[1], 26):
        pen.arc((-80, row, size[0] + 80, row + size[1]), 20, 160, fill=colour)


def _labelled(
    pen: ImageDraw.ImageDraw,
    rows: tuple[tuple[int, int, str, str], ...],
    *,
    size: int,
    gap: int,
    label: ink.Colour = BLUE,
) -> None:
    """Print label and value pairs: each row is x, y, label, value; the value starts ``gap`` right of the label."""
    for x, y, name, value in rows:
        ink.write(pen, (x, y), name, size=size - 4, fill=label)
        for line, text in enumerate(value.split("\n")):
            ink.write(pen, (x + gap, y - 3 + line * (size + 10)), text, size=size)


def draw_id_front(facts: Facts, rng: random.Random) -> Image.Image:
    """身份证人像面: no title, only labels."""
    page, pen = _start(CARD, (232, 238, 243))
    _guilloche(pen, CARD, (219, 228, 236))
    address = "\n".join(ink.wrap(facts["address"], 34, 420))
    rows = (
        (60, 70, "姓名", facts["name"]),
        (60, 148, "性别", facts["sex"]),
        (270, 148, "民族", facts["nation"]),
        (60, 226, "出生", f"{facts['birth_y']} 年 {facts['birth_m']} 月 {facts['birth_d']} 日"),
        (60, 304, "住址", address),
    )
    _labelled(pen, rows, size=36, gap=100)
    ink.write(pen, (60, 538), "公民身份号码", size=32, fill=BLUE)
    ink.write(pen, (330, 528), " ".join((facts["id"][:6], facts["id"][6:14], facts["id"][14:])), size=44)
    ink.draw_portrait(pen, (660, 90, 940, 450), rng)
    return page


def draw_id_back(facts: Facts, _rng: random.Random) -> Image.Image:
    """身份证国徽面."""
    page, pen = _start(CARD, (234, 239, 240))
    _guilloche(pen, CARD, (220, 230, 232))
    ink.draw_emblem(pen, (165, 160), 95)
    ink.write_centred(pen, (300, 70, 960, 140), "中华人民共和国", size=56)
    ink.write_centred(pen, (300, 160, 960, 260), "居 民 身 份 证", size=76)
    rows = ((180, 430, "签发机关", facts["police"]), (180, 510, "有效期限", facts["validity"]))
    _labelled(pen, rows, size=38, gap=190, label=ink.INK)
    return page


def draw_ss_front(facts: Facts, rng: random.Random) -> Image.Image:
    """社会保障卡 (second generation), the side with the portrait."""
    page, pen = _start(CARD, (214, 232, 240))
    _guilloche(pen, CARD, (196, 220, 234))
    ink.draw_emblem(pen, (85, 80), 48)
    ink.write(pen, (150, 30), "中华人民共和国", size=34, fill=BLUE)
    ink.write(pen, (150, 74), "社会保障卡", size=56, fill=BLUE)
    ink.draw_portrait(pen, (60, 190, 300, 500), rng)
    rows = (
        (340, 210, "姓名", facts["name"]),
        (340, 280, "社会保障号码", facts["id"]),
        (340, 350, "卡号", facts["card"]),
        (340, 420, "发卡日期", facts["issued"]),
    )
    _labelled(pen, rows, size=34, gap=205)
    ink.write(pen, (60, 560), "中华人民共和国人力资源和社会保障部监制", size=26, fill=BLUE)
    return page


def draw_ss_back(facts: Facts, _rng: random.Random) -> Image.Image:
    """社会保障卡, the side of the bank: magnetic stripe and small print, no person."""
    page, pen = _start(CARD, (226, 236, 228))
    pen.rectangle((0, 50, CARD[0], 150), fill=(44, 40, 40))
    ink.write(pen, (60, 180), facts["bank"], size=40, fill=(30, 110, 70))
    ink.write(pen, (60, 250), facts["bank_card"], size=48)
    notes = (
        "1.本卡由社会保障部门和合作银行联合发行，只限本人使用。",
        "2.持卡人应妥善保管本卡，如有遗失请及时挂失。",
        "3.拾获者请送交当地社会保障卡服务网点。",
        f"社会保障服务电话：12333    银行服务电话：{facts['hotline']}",
    )
    for line, text in enumerate(notes):
        ink.write(pen, (60, 370 + line * 46), text, size=27)
    return page


def draw_residence_front(facts: Facts, rng: random.Random) -> Image.Image:
    """居住证 (居住证暂行条例第四条): what tells it from an identity card are 居住地住址 and 常住户口所在地."""
    page, pen = _start(CARD, (240, 236, 226))
    _guilloche(pen, CARD, (230, 224, 208))
    _labelled(
        pen,
        (
            (50, 50, "姓名", facts["name"]),
            (50, 112, "性别", facts["sex"]),
            (250, 112, "民族", facts["nation"]),
            (50, 174, "出生", f"{facts['birth_y']}年{facts['birth_m']}月{facts['birth_d']}日"),
        ),
        size=34,
        gap=90,
    )
    ink.write(pen, (50, 236), "常住户口所在地住址", size=28, fill=BLUE)
    ink.write(pen, (50, 276), facts["home"], size=30)
    ink.write(pen, (50, 340), "居住地住址", size=28, fill=BLUE)
    for line, text in enumerate(ink.wrap(facts["address"], 30, 580)):
        ink.write(pen, (50, 380 + line * 40), text, size=30)
    ink.write(pen, (50, 540), "公民身份号码", size=30, fill=BLUE)
    ink.write(pen, (260, 532), facts["id"], size=42)
    ink.draw_portrait(pen, (690, 60, 950, 390), rng)
    return page


def draw_residence_back(facts: Facts, _rng: random.Random) -> Image.Image:
    """居住证, the side with the title."""
    page, pen = _start(CARD, (238, 234, 222))
    _guilloche(pen, CARD, (228, 220, 202))
    ink.draw_emblem(pen, (500, 120), 78)
    ink.write_centred(pen, (0, 215, 1000, 275), "中华人民共和国", size=48)
    ink.write_centred(pen, (0, 285, 1000, 395), "居 住 证", size=92)
    rows = ((200, 450, "签发机关", facts["police"]), (200, 515, "有效期限", facts["permit_validity"]))
    _labelled(pen, rows, size=36, gap=190, label=ink.INK)
    return page


def _draw_grid(
    pen: ImageDraw.ImageDraw, rows: tuple[tuple[str, ...], ...], *, box: ink.Box, height: int, size: int, label: int
) -> None:
    """Print a ruled form: cells alternate label and value, labels ``label`` pixels wide."""
    x0, y0, x1, _ = box
    for number, cells in enumerate(rows):
        top = y0 + number * height
        pairs = len(cells) // 2
        step = (x1 - x0) // pairs
        for pair in range(pairs):
            left = x0 + pair * step
            right = x1 if pair == pairs - 1 else left + step
            pen.rectangle((left, top, right, top + height), outline=(110, 110, 110), width=2)
            pen.line((left + label, top, left + label, top + height), fill=(110, 110, 110), width=2)
            ink.write_centred(pen, (left, top, left + label, top + height), cells[pair * 2], size=size - 4, fill=BLUE)
            ink.write(pen, (left + label + 12, top + (height - size) // 2 - 3), cells[pair * 2 + 1], size=size)


def draw_hukou_first(facts: Facts, _rng: random.Random) -> Image.Image:
    """户口本首页: a form without a title, two round seals."""
    page, pen = _start((1060, 760), (246, 242, 232))
    rows = (
        ("户别", facts["household"], "户主姓名", facts["head"]),
        ("户号", facts["household_no"], "住址", facts["address"][6:]),
    )
    _draw_grid(pen, rows[:1], box=(60, 90, 1000, 0), height=90, size=30, label=150)
    _draw_grid(
        pen,
        ((rows[1][0], rows[1][1]), (rows[1][2], facts["address"])),
        box=(60, 180, 1000, 0),
        height=90,
        size=30,
        label=150,
    )
    ink.write(pen, (90, 400), "省级公安机关", size=26)
    ink.write(pen, (90, 436), "户口专用章", size=26)
    ink.write(pen, (560, 400), "户口登记机关", size=26)
    ink.write(pen, (560, 436), "户口专用章", size=26)
    ink.write(pen, (90, 660), f"承办人签章：{facts['clerk']}", size=28)
    ink.write(pen, (560, 660), f"{facts['issued']} 签发", size=28)
    ink.draw_seal(page, (370, 490), 105, text="虚构省公安厅", inner="户口专用章")
    ink.draw_seal(page, (850, 490), 105, text=facts["police"], inner="户口专用章")
    return page


def draw_hukou_self(facts: Facts, _rng: random.Random) -> Image.Image:
    """常住人口登记卡: the page of one person in the household register."""
    page, pen = _start((1060, 900), (247, 243, 234))
    ink.write_centred(pen, (0, 24, 1060, 84), "常住人口登记卡", size=42)
    rows = (
        ("姓 名", facts["name"], "户主或与户主关系", facts["relation"]),
        ("曾 用 名", "", "性 别", facts["sex"]),
        ("出 生 地", facts["province_city"], "民 族", facts["nation"]),
        ("籍 贯", facts["province_city"], "出生日期", facts["birth"]),
        ("其他住址", "", "宗教信仰", ""),
        ("公民身份证件编号", facts["id"], "身 高", facts["height"]),
        ("血 型", "不明", "文化程度", facts["schooling"]),
        ("婚姻状况", facts["marriage"], "兵役状况", "未服兵役"),
        ("服务处所", "", "职 业", facts["occupation"]),
    )
    _draw_grid(pen, rows, box=(40, 100, 1020, 0), height=66, size=27, label=195)
    wide = (("何时由何地迁来本市（县）", "久居"), ("何时由何地迁来本址", f"{facts['moved']} 迁入"))
    _draw_grid(pen, wide, box=(40, 694, 1020, 0), height=60, size=27, label=330)
    ink.write(pen, (60, 836), f"承办人签章：{facts['clerk']}", size=27)
    ink.write(pen, (560, 836), f"登记日期：{facts['issued']}", size=27)
    ink.draw_seal(page, (420, 800), 84, text=facts["police"], inner="户口专用章")
    return page


def draw_written_request(facts: Facts, rng: random.Random) -> Image.Image:
    """手写申请: a ruled sheet in somebody's hand. ``text`` is what it says, ``title`` its heading."""
    page, pen = _start((1000, 1280), (250, 249, 244))
    for row in range(150, 1240, 72):
        pen.line((60, row, 940, row), fill=(190, 200, 216), width=2)
    title = facts.get("title", "申请")
    ink.write_by_hand(pen, (500 - 31 * len(title), 78), title, size=60, rng=rng)
    y = 158
    for paragraph in facts["text"].split("\n"):
        for line in ink.wrap("  " + paragraph, 46, 800):
            ink.write_by_hand(pen, (86, y + rng.randrange(-2, 4)), line, size=46, rng=rng)
            y += 72
    for text in (f"申请人：{facts['name']}", facts["day"]):
        ink.write_by_hand(pen, (540, y), text, size=46, rng=rng)
        y += 72
    return page


LAYOUTS: Mapping[str, Callable[[Facts, random.Random], Image.Image]] = {
    "id-front": draw_id_front,
    "id-back": draw_id_back,
    "ss-card-front": draw_ss_front,
    "ss-card-back": draw_ss_back,
    "residence-permit-front": draw_residence_front,
    "residence-permit-back": draw_residence_back,
    "hukou-first": draw_hukou_first,
    "hukou-self": draw_hukou_self,
    "parent-hukou-first": draw_hukou_first,
    "parent-hukou-self": draw_hukou_self,
    "written-request": draw_written_request,
}
"""Which function draws which document kind; every other kind is a form of ``forms.toml``."""
