from __future__ import annotations

import random

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from intake.papers.detecting import Pixels
from intake.papers.pages import turn
from intake.papers.seals import Sealed, Shape, find_seals, is_grey, tell_sealed
from tests.papers.camera import make_photocopy, photograph
from tests.papers.forms import Form, draw_form
from tests.papers.sheet import Sheet
from youban.demo import ink

RED = (200, 30, 40)


def to_pixels(picture: Image.Image) -> Pixels:
    return np.ascontiguousarray(np.asarray(picture.convert("RGB"), np.uint8)[:, :, ::-1])


def draw_sheet() -> Sheet:
    sheet = Sheet((1000, 1414), random.Random(1))
    for row in range(12):
        sheet.text(90, 200 + row * 60, "兹证明上述人员在我单位参加基本医疗保险，情况属实。", 26)
    return sheet


def seal_on(sheet: Sheet, **options: float) -> Pixels:
    sheet.seal(700, 1000, 95, "样张市虚构有限公司", "", **options)
    return to_pixels(sheet.pixels)


def draw_thumbprint(sheet: Sheet) -> None:
    for reach in range(4, 60, 7):
        sheet.box(700 - reach * 0.8, 900 - reach, 700 + reach * 0.8, 900 + reach, outline=RED, round_by=40, width=3)


def draw_name_seal(sheet: Sheet) -> None:
    sheet.box(650, 950, 730, 1030, width=5, outline=RED)
    for place, char in enumerate("张三之印"):
        sheet.text(658 + place % 2 * 34, 956 + place // 2 * 34, char, 32, fill=RED)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_round_seal_over_print_is_found_whichever_way_it_was_held(degrees: int) -> None:
    pixels = seal_on(draw_sheet())
    (seal,) = find_seals(turn(pixels, degrees) if degrees else pixels)
    assert seal.shape is Shape.ROUND
    assert seal.confidence > 0.7
    left, top, right, bottom = seal.box
    assert right - left == pytest.approx(285, abs=20)
    assert bottom - top == pytest.approx(285, abs=20)
    if not degrees:
        assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((1050, 1500), abs=15)


def test_oval_seal_is_told_from_a_round_one() -> None:
    (seal,) = find_seals(seal_on(draw_sheet(), squash=0.68))
    assert seal.shape is Shape.OVAL


def test_name_seal_is_square_and_no_institutions() -> None:
    sheet = draw_sheet()
    draw_name_seal(sheet)
    pixels = to_pixels(sheet.pixels)
    assert [seal.shape for seal in find_seals(pixels)] == [Shape.SQUARE]
    assert tell_sealed(pixels) is not Sealed.YES


@pytest.mark.parametrize("tint", [(1.0, 1.0, 1.0), (0.8, 0.95, 1.0), (1.0, 0.93, 0.85)])
def test_faded_seal_is_found_in_warm_and_cold_light(tint: tuple[float, float, float]) -> None:
    sealed, plain = seal_on(draw_sheet()).astype(np.float32), to_pixels(draw_sheet().pixels).astype(np.float32)
    faded = (plain + (sealed - plain) * 0.55) * np.array(tint, np.float32)
    assert tell_sealed(faded.astype(np.uint8)) is Sealed.YES


def test_seal_over_a_red_rule_is_found() -> None:
    sheet = draw_sheet()
    for y in (940, 1000, 1060):
        sheet.line(60, y, 940, y, width=2, fill=RED)
    assert tell_sealed(seal_on(sheet)) is Sealed.YES


@pytest.mark.parametrize("thing", ["title", "banner", "emblem", "thumbprint", "circle", "stripes", "ground"])
def test_other_red_things_are_no_seals(thing: str) -> None:
    sheet = draw_sheet()
    match thing:
        case "title":
            sheet.text(500, 60, "样张市人民政府文件", 90, anchor="ma", fill=RED, bold=True)
            sheet.line(60, 185, 940, 185, width=4, fill=RED)
        case "banner":
            sheet.box(0, 40, 1000, 160, fill=RED, outline=None)
        case "emblem":
            sheet.emblem(700, 1000, 95)
        case "thumbprint":
            draw_thumbprint(sheet)
        case "circle":
            sheet.box(600, 900, 800, 1100, outline=RED, width=5, round_by=100)
        case "stripes":
            for y in range(900, 1200, 24):
                sheet.box(500, y, 900, y + 9, fill=RED, outline=None)
        case "ground":
            sheet.pixels = Image.blend(sheet.pixels, Image.new("RGB", sheet.pixels.size, RED), 0.7)
    assert find_seals(to_pixels(sheet.pixels)) == ()


def test_copied_seal_is_unknown_and_not_absent() -> None:
    sheet = draw_sheet()
    seal_on(sheet)
    copy = to_pixels(make_photocopy(sheet.pixels, random.Random(1)))
    assert is_grey(copy)
    assert tell_sealed(copy) is Sealed.UNKNOWN


def test_coloured_paper_without_a_seal_has_none() -> None:
    form = Form("登记表", (("cells", ("姓名", "张三")),), label_colour=(30, 80, 160), hand=0)
    sheet = draw_form(form, {}, random.Random(1))
    ImageDraw.Draw(sheet).rectangle((200, 900, 420, 1000), fill=(60, 120, 200))
    assert not is_grey(to_pixels(sheet))
    assert tell_sealed(to_pixels(sheet)) is Sealed.NO


@pytest.mark.parametrize("difficulty", ["easy", "medium"])
def test_seal_on_a_photograph_is_found(difficulty: str) -> None:
    sheet = draw_sheet()
    sheet.seal(700, 1000, 95, "样张市虚构有限公司")
    data = np.frombuffer(photograph(sheet.pixels, difficulty, random.Random(5)), np.uint8)
    found = find_seals(np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8))
    assert [seal.shape for seal in found] == [Shape.ROUND]


@pytest.mark.parametrize("shape", [(1, 1), (1, 900), (900, 1), (33, 31)])
def test_picture_of_any_shape_and_colour_is_looked_at(shape: tuple[int, int]) -> None:
    for colour in ((0, 0, 0), (255, 255, 255), (20, 20, 220)):
        pixels = np.full((*shape, 3), colour, np.uint8)
        assert find_seals(pixels) == ()
        is_grey(pixels)


def test_ink_of_the_demo_is_red() -> None:
    plate = Image.new("RGB", (600, 600), "white")
    ink.draw_seal(plate, (300, 300), 120, text="样张市虚构医院", inner="专用章")
    assert [seal.shape for seal in find_seals(to_pixels(plate))] == [Shape.ROUND]
