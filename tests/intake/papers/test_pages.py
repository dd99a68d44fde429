from __future__ import annotations

import numpy as np
import pytest

from intake.papers.detecting import find_boxes
from intake.papers.models import Models
from intake.papers.pages import read_page, read_page_with_care, turn
from intake.papers.reading import read_lines
from tests.intake.papers.photos import photo, pixels_of

TITLE = ("中华人民共和国", "居民身份证")


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_page_is_read_whichever_way_it_was_held(models: Models, degrees: int) -> None:
    upright = pixels_of(photo())
    page = read_page(turn(upright, degrees) if degrees else upright, models)
    said = [line.text for line in page.lines]
    assert tuple(said[:2]) == TITLE
    assert "2017.09.03-长期" in said
    assert page.turned == (360 - degrees) % 360
    assert page.width > page.height


def test_lines_stand_where_they_are_on_the_upright_page(models: Models) -> None:
    page = read_page(turn(pixels_of(photo()), 180), models)
    title, term = page.lines[0], next(line for line in page.lines if line.text.startswith("2017"))
    assert title.top < page.height / 2 < term.top
    assert all(0 <= x < page.width and 0 <= y < page.height for line in page.lines for x, y in line.box)
    assert 10 < term.height_px < 60


def test_same_lines_are_read_from_a_larger_picture(models: Models) -> None:
    small = pixels_of(photo())
    large = np.ascontiguousarray(np.repeat(np.repeat(small, 2, axis=0), 2, axis=1))
    assert tuple(line.text for line in read_page(large, models).lines[:2]) == TITLE


def test_nothing_is_read_where_nothing_stands(models: Models) -> None:
    blank = np.full((400, 600, 3), 200, np.uint8)
    assert len(find_boxes(blank, models)) == 0
    assert read_page(blank, models).lines == ()
    assert read_lines([], models) == []


@pytest.mark.parametrize("shape", [(1, 1), (1, 900), (900, 1), (33, 31)])
def test_picture_of_any_shape_is_looked_at(models: Models, shape: tuple[int, int]) -> None:
    page = read_page(np.full((*shape, 3), 255, np.uint8), models)
    assert page.lines == ()
    assert {page.width, page.height} == set(shape)


def test_badly_read_page_that_tells_nothing_is_looked_at_twice_more_and_the_first_look_is_kept(models: Models) -> None:
    blurred = pixels_of(photo(blur_px=6.0))
    looks = []

    def is_known(page) -> bool:
        looks.append(page)
        return False

    assert read_page_with_care(blurred, models, is_known) == looks[0]
    assert len(looks) == 3
    assert read_page_with_care(blurred, models, lambda page: True) == looks[0]


@pytest.mark.parametrize("pixels", [pixels_of(photo()), np.full((400, 600, 3), 200, np.uint8)])
def test_clear_page_and_empty_one_are_looked_at_once(models: Models, pixels) -> None:
    def is_known(page) -> bool:
        raise AssertionError("a further look would show no more")

    assert read_page_with_care(pixels, models, is_known) == read_page(pixels, models)
