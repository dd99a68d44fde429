from __future__ import annotations

import random

import numpy as np
import pytest

from intake.papers.detecting import Pixels
from intake.papers.handwriting import find_handwriting, judge_lines, measure_line, measure_share
from intake.papers.lines import Line, Page
from tests.papers.sheet import SCALE, Sheet

WORDS = (
    "本人自愿申请参加医疗保险",
    "请将关系转移至样张市",
    "以上情况属实特此申请",
    "联系电话稍后另行告知",
    "请予办理此致敬礼",
)


def draw_page(*, hand: int) -> tuple[Pixels, Page]:
    sheet, lines = Sheet((1000, 600), random.Random(4)), []
    for row, words in enumerate(WORDS):
        top = 60 + row * 90
        end = sheet.text(80, top, words, 36) if hand < 0 else sheet.write(80, top, words, 36, hand=hand)
        left, upper, right, lower = (v * SCALE for v in (72, top - 8, end + 8, top + 52))
        lines.append(Line(words, 0.9, ((left, upper), (right, upper), (right, lower), (left, lower))))
    pixels = np.ascontiguousarray(np.asarray(sheet.pixels, np.uint8)[:, :, ::-1])
    return pixels, Page(pixels.shape[1], pixels.shape[0], tuple(lines))


def test_handwriting_scores_higher_than_print() -> None:
    shares = {hand: sum(find_handwriting(*draw_page(hand=hand))) for hand in (-1, 0, 1)}
    assert shares[-1] < shares[1]
    assert shares[-1] < shares[0]


def test_print_is_not_called_written() -> None:
    pixels, page = draw_page(hand=-1)
    assert measure_share(find_handwriting(pixels, page), page.lines) == 0


def test_share_goes_by_characters() -> None:
    _, page = draw_page(hand=-1)
    lines = page.lines[:2]
    assert measure_share((0.9, 0.1), lines) == pytest.approx(len(WORDS[0]) / (len(WORDS[0]) + len(WORDS[1])))
    assert measure_share((), ()) == 0


def test_too_little_to_tell_is_no_handwriting() -> None:
    blank = np.full((40, 300, 3), 255, np.uint8)
    assert measure_line(blank) is None
    assert judge_lines(blank, (Line("无", 0.9, ((0, 0), (40, 0), (40, 39), (0, 39))),)) == (0.0,)
    assert judge_lines(blank, ()) == ()
