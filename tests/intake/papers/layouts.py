"""Pages written down by hand as a recogniser would read them: one row a line, cells parted by two spaces or more."""

from __future__ import annotations

import re

from intake.papers.lines import Line, Page

_CELL = re.compile(r"\S+(?: \S+)*")


def write_page(text: str, *, height: int = 30, left: int = 60, top: int = 40, score: float = 0.97) -> Page:
    """Return the page that a text shows; each column of the text is ``height`` pixels wide, each row twice as high."""
    lines = write_lines(text, height=height, left=left, top=top, score=score)
    return Page(2400, 3200, lines)


def write_lines(text: str, *, height: int = 30, left: int = 60, top: int = 40, score: float = 0.97) -> tuple[Line, ...]:
    """Return a text's cells as lines with boxes, from top to bottom."""
    lines = []
    for number, row in enumerate(text.strip("\n").split("\n")):
        for cell in _CELL.finditer(row.rstrip()):
            x, y = left + cell.start() * height, top + number * 2 * height
            lines.append(make_line(cell[0], x=x, y=y, height=height, score=score))
    return tuple(lines)


def make_line(text: str, *, x: float, y: float, height: float = 30, score: float = 0.97) -> Line:
    """Return a line of words with its upper left corner at x, y."""
    right, bottom = x + height * max(1, len(text)), y + height
    return Line(text, score, ((x, y), (right, y), (right, bottom), (x, bottom)))


def join_pages(*pages: tuple[Line, ...]) -> Page:
    """Return several papers' lines on one page."""
    lines = sorted((line for one in pages for line in one), key=lambda line: (line.top, line.left))
    return Page(2400, 3200, tuple(lines))
