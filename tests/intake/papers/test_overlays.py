from __future__ import annotations

import pytest

from intake.papers.fields import read_fields
from intake.papers.kinds import Box, Shown
from intake.papers.lines import Page
from intake.papers.overlays import drop_watermarks
from tests.intake.papers.layouts import make_line, write_lines

PIECES = ("仅供办理医保", "理医保业务使用", "共办理医", "务使用", "仅供办理医保业务使用")


def texts_of(*texts: str) -> list[str]:
    return [line.text for line in drop_watermarks(tuple(make_line(t, x=0, y=90 * n) for n, t in enumerate(texts)))]


@pytest.mark.parametrize("piece", PIECES)
def test_pieces_of_a_watermark_are_dropped(piece: str) -> None:
    assert texts_of("姓名", piece, "于明远", "业务使用") == ["姓名", "于明远"]


def test_the_words_of_a_pages_own_watermark_are_its_pieces() -> None:
    assert texts_of("仅限虚构县人才引进使用", "于明远", "县人才引") == ["于明远"]


def test_without_a_watermark_nothing_is_dropped() -> None:
    assert texts_of("业务", "于明远", "医保卡") == ["业务", "于明远", "医保卡"]


def test_a_watermark_is_no_name() -> None:
    lines = (
        make_line("医师姓名", x=60, y=40),
        make_line("共办理医", x=40, y=80),
        make_line("于明远", x=75, y=120),
        *write_lines("用姓名  于明远\n仅供办理医保业务使用", top=400),
    )
    shown = Shown("x", 9.0, 0.9, (), lines, Box(0, 0, 1, 1), ("name",))
    assert read_fields(shown, Page(900, 900, lines))["name"].value == "于明远"
    assert read_fields(shown, Page(900, 900, lines[3:]))["name"].value == "于明远"
