"""The camera: the pictures it promises, the same ones every time."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image, ImageStat

from tests.papers.camera import HABITS, REASONS, find_perspective, photograph, put_on_one_sheet, spoil
from tests.papers.layouts import ALL_LAYOUTS
from tests.papers.samples import draw_flat

_CARD, _ = draw_flat(next(layout for layout in ALL_LAYOUTS if layout.name == "id-front-second"), 1)


def _open(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


@pytest.mark.parametrize("difficulty", HABITS)
def test_photograph_is_as_large_as_promised_and_repeats(difficulty: str) -> None:
    jpeg = photograph(_CARD, difficulty, random.Random(5))
    low, high = HABITS[difficulty].longest_px
    assert low <= max(_open(jpeg).size) <= high
    assert jpeg == photograph(_CARD, difficulty, random.Random(5))


@pytest.mark.parametrize(("turn", "is_wide"), [(0, True), (90, False), (180, True), (270, False)])
def test_photograph_turns(turn: int, is_wide: bool) -> None:
    picture = _open(photograph(_CARD, "easy", random.Random(5), turn=turn))
    assert (picture.width > picture.height) == is_wide


@pytest.mark.parametrize("reason", REASONS)
def test_spoiled_pictures_repeat_and_are_spoiled(reason: str) -> None:
    jpeg = spoil(_CARD, reason, random.Random(7))
    assert jpeg == spoil(_CARD, reason, random.Random(7))
    picture = _open(jpeg).convert("L")
    if reason == "dark":
        assert ImageStat.Stat(picture).mean[0] < 30
    if reason == "small":
        assert max(picture.size) <= 230
    if reason == "glare":
        assert sum(picture.histogram()[250:]) > 0.4 * picture.width * picture.height


def test_spoil_knows_no_other_reason() -> None:
    with pytest.raises(KeyError):
        spoil(_CARD, "sulking", random.Random(1))


def test_two_papers_stand_one_under_the_other() -> None:
    sheet = put_on_one_sheet([_CARD, _CARD], random.Random(1))
    assert sheet.height > sheet.width
    halves = [sheet.crop((0, top, sheet.width, top + sheet.height // 2)) for top in (0, sheet.height // 2)]
    assert all(ImageStat.Stat(half.convert("L")).stddev[0] > 10 for half in halves)


def test_perspective_maps_the_corners() -> None:
    quad = ((10, 20), (210, 30), (220, 130), (5, 120))
    a, b, c, d, e, f, g, h = find_perspective(quad, 100, 50)
    for (x, y), (u, v) in zip(((0, 0), (100, 0), (100, 50), (0, 50)), quad, strict=True):
        scale = g * x + h * y + 1
        assert ((a * x + b * y + c) / scale, (d * x + e * y + f) / scale) == pytest.approx((u, v))
