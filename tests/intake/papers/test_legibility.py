from __future__ import annotations

import random
from functools import cache

import numpy as np
import pytest

from intake.papers.legibility import Flaw, find_flaw, is_dark, measure_steepness, stand_upright
from intake.papers.lines import Page
from intake.papers.models import Models
from intake.papers.pages import read_page, turn
from intake.papers.pictures import load_picture
from tests.intake.papers.photos import photo, pixels_of
from tests.papers.camera import spoil
from tests.papers.layouts import ALL_LAYOUTS
from tests.papers.samples import draw_flat

EMPTY = Page(1600, 1200, ())


@cache
def draw_paper(name: str):
    return draw_flat(next(layout for layout in ALL_LAYOUTS if layout.name == name), 1)[0]


def flaw_of(data: bytes, models: Models) -> Flaw | None:
    pixels = load_picture(data)
    return find_flaw(pixels, EMPTY if is_dark(pixels) else read_page(pixels, models))


@pytest.mark.parametrize(
    ("reason", "flaw"),
    [
        ("dark", Flaw.DARK),
        ("blurred", Flaw.BLURRED),
        ("small", Flaw.SMALL),
        ("cut", Flaw.CUT),
        ("glare", Flaw.GLARE),
    ],
)
def test_spoiled_photograph_says_why(models: Models, reason: str, flaw: Flaw) -> None:
    assert flaw_of(spoil(draw_paper("lab-blood"), reason, random.Random(3)), models) is flaw


@pytest.mark.parametrize("turned", [0, 90, 180])
def test_photograph_that_can_be_read_has_no_flaw(models: Models, turned: int) -> None:
    pixels = pixels_of(photo())
    pixels = turn(pixels, turned) if turned else pixels
    assert find_flaw(pixels, read_page(pixels, models)) is None


def test_scan_of_a_whole_page_and_a_screen_have_no_flaw(models: Models) -> None:
    for name in ("lab-blood", "other-chat"):
        pixels = np.ascontiguousarray(np.asarray(draw_paper(name).convert("RGB"), np.uint8)[:, :, ::-1])
        pixels = np.where(pixels > 235, 255, pixels).astype(np.uint8)
        assert find_flaw(pixels, read_page(pixels, models)) is None


def test_blank_wall_is_no_document() -> None:
    wall = np.full((1200, 1600, 3), (90, 160, 60), np.uint8)
    wall[::2, ::3] = 30
    assert find_flaw(wall, EMPTY) is Flaw.NO_DOCUMENT


def test_edges_of_print_are_steep_and_those_of_a_blurred_picture_are_not(models: Models) -> None:
    pixels = pixels_of(photo())
    page = read_page(pixels, models)
    sharp = measure_steepness(stand_upright(pixels, page), page.lines)
    blurred = pixels_of(photo(blur_px=6.0))
    assert sharp > 0.3 > 0.2 > measure_steepness(stand_upright(blurred, page), page.lines) > 0
    assert measure_steepness(pixels, ()) == 0


@pytest.mark.parametrize("shape", [(1, 1), (1, 900), (900, 1), (301, 31)])
def test_picture_of_any_shape_is_judged(shape: tuple[int, int]) -> None:
    page = Page(shape[1], shape[0], ())
    assert find_flaw(np.full((*shape, 3), 255, np.uint8), page) in {Flaw.SMALL, Flaw.NO_DOCUMENT, Flaw.BLURRED}
