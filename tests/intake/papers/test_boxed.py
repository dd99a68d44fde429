from __future__ import annotations

import random

import pytest

from intake.papers.boxed import join_boxed
from intake.papers.fields import read_fields
from intake.papers.kinds import find_kinds
from intake.papers.lines import Line, Page
from tests.intake.papers.layouts import make_line
from tests.intake.papers.test_kinds import KINDS

NUMBER = "990107196107095326"


def box(pieces: str, *, y: int = 200, step: int = 60) -> list[Line]:
    """Return the pieces (digits parted by commas) as a recogniser reads boxes: each a line, in any order."""
    lines, x = [], 300
    for piece in pieces.split(","):
        lines.append(make_line(piece, x=x, y=y))
        x += step * len(piece.replace(" ", ""))
    random.Random(1).shuffle(lines)
    return lines


@pytest.mark.parametrize("pieces", [",".join(NUMBER), "9,9,0 1 0 7 1 9 6 1 0 7,0,9,5,3,2,6"])
def test_digits_in_boxes_are_one_number(pieces: str) -> None:
    *rest, joined = join_boxed(box(pieces))
    assert joined.text == NUMBER
    assert len(rest) == len(pieces.split(","))
    assert joined.left == min(line.left for line in rest)


def test_the_first_box_may_stick_to_the_label() -> None:
    label = make_line(f"身份证号{NUMBER[0]}", x=160, y=200)
    rest = [make_line(digit, x=340 + 60 * place, y=200) for place, digit in enumerate(NUMBER[1:])]
    assert join_boxed([label, *rest])[-1].text == NUMBER


@pytest.mark.parametrize(
    "pieces",
    [",".join(NUMBER[:-1]), ",".join(NUMBER[:-1] + "7"), "990107196107,095,326", ",".join(NUMBER) + ",8"],
    ids=["one lost", "one misread", "torn apart", "one too many"],
)
def test_what_is_no_number_stays_in_pieces(pieces: str) -> None:
    lines = box(pieces)
    assert join_boxed(lines) == tuple(lines)


def test_digits_of_two_rows_are_never_mixed() -> None:
    lines = box(",".join(NUMBER[:9])) + box(",".join(NUMBER[9:]), y=400)
    assert join_boxed(lines) == tuple(lines)


def test_a_number_in_boxes_is_read_from_a_form() -> None:
    head = [make_line("终止劳动合同证明书", x=300, y=40), make_line("身份证号码", x=60, y=200)]
    page = Page(1600, 1000, (*head, *box(",".join(NUMBER))))
    (shown,) = find_kinds(page, KINDS)
    field = read_fields(shown, page)["id_number"]
    assert (field.value, field.confidence) == (NUMBER, 0.99)
