"""Numbers that a form prints one digit a box: 身份证号码 [9][9][0][1]… is read as eighteen lines and is one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.papers.lines import Line
from intake.papers.printed import find_runs, join_run, right_of
from intake.papers.values import read_id_number

_DIGITS = re.compile(r"(?:\d\s*){1,17}[Xx]?|[Xx]")
_GLUED = re.compile(r"[\u3400-\u9fff]\s*[:：]?\s*(\d(?:\s*\d){0,5})$")  # 身份证号9: the first box stuck to its label
_ID_CHARS = 18
_LEAST_PIECES = 6  # fewer are a number that was torn apart, or several
_MOST_GAP = 3.0  # heights between two boxes' digits


def join_boxed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines, and one more for each id number that stands in boxes; its check character must fit."""
    pieces = (line for line in map(_part, lines) if _DIGITS.fullmatch(line.text.strip()))
    joined = []
    for row in find_runs(pieces, _follows):
        whole = join_run(row)
        text = re.sub(r"\s", "", whole.text).upper()
        if len(row) >= _LEAST_PIECES and len(text) == _ID_CHARS and read_id_number(text):
            joined.append(Line(text, whole.score, whole.box))
    return (*lines, *joined)


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


def _follows(left: Line, right: Line) -> bool:
    height = max(left.height_px, right.height_px, 1.0)
    gap = right.left - right_of(left)
    return abs(left.top - right.top) < 0.6 * height and -0.3 * height < gap < _MOST_GAP * height
