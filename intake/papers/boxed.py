"""Numbers that a form prints one digit a box: 身份证号码 [9][9][0][1]… is read as eighteen lines and is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from intake.papers.lines import Line
from intake.papers.printed import right_of
from intake.papers.values import read_id_number

_DIGITS = re.compile(r"(?:\d\s*){1,17}[Xx]?|[Xx]")
_GLUED = re.compile(r"[\u3400-\u9fff]\s*[:：]?\s*(\d(?:\s*\d){0,5})$")  # 身份证号9: the first box stuck to its label
_ID_CHARS = 18
_LEAST_PIECES = 6  # fewer are a number that was torn apart, or several
_MOST_GAP = 3.0  # heights between two boxes' digits


def join_boxed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines, and one more for each id number that stands in boxes; its check character must fit."""
    pieces = sorted((line for line in map(_part, lines) if _DIGITS.fullmatch(line.text.strip())), key=_left)
    joined = []
    for row in _find_rows(pieces):
        text = "".join(re.sub(r"\s", "", piece.text) for piece in row).upper()
        if len(row) >= _LEAST_PIECES and len(text) == _ID_CHARS and read_id_number(text):
            first, last = row[0].box, row[-1].box
            score = min(piece.score for piece in row)
            joined.append(Line(text, score, (first[0], last[1], last[2], first[3])))
    return (*lines, *joined)


def _left(line: Line) -> float:
    return line.left


def _part(line: Line) -> Line:
    """Return the digits at a label's end as a line of their own, any other line as it is."""
    found = _GLUED.search(line.text)
    if not found:
        return line
    share = found.start(1) / len(line.text)
    upper_left, upper_right, lower_right, lower_left = line.box
    left = tuple(
        (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]))
        for a, b in ((upper_left, upper_right), (lower_left, lower_right))
    )
    return Line(found[1], line.score, (left[0], upper_right, lower_right, left[1]))


def _find_rows(pieces: Sequence[Line]) -> Iterator[list[Line]]:
    rest = list(pieces)
    while rest:
        row = [rest.pop(0)]
        while (following := next((p for p in rest if _follows(row[-1], p)), None)) is not None:
            row.append(following)
            rest.remove(following)
        yield row


def _follows(left: Line, right: Line) -> bool:
    height = max(left.height_px, right.height_px, 1.0)
    gap = right.left - right_of(left)
    return abs(left.top - right.top) < 0.6 * height and -0.3 * height < gap < _MOST_GAP * height
