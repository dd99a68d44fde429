"""Printed lines as they stand: words folded, watermarks left out, what was torn apart joined, and where gaps are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from intake.papers.lines import Line
from intake.papers.words import squeeze

_MOST_HALF_CHARS = 8
_LONG = 3.0  # heights: a shorter line's slope says nothing
_LEAST_TILT, _MOST_TILT = 0.01, 0.6

# 仅供办理医保业务使用, 此复印件仅用于…: what owners write across a photograph before they send it.
_WATERMARK = re.compile(
    r"(?:[本此该]?(?:复印件|扫描件|照片|证件|材料))?仅(?:供|限|用于|用做|用作|作为?|为)[^，。；,;]{0,24}?"
    r"(?:使用|专用|之用|有效|用途|$)"
    r"|(?:再次|二次)?(?:复印|打印|转借|他用|其他|其它|挪用)(?:用途)?无效|他用作废"
)


def fold_word(text: str) -> str:
    """Return a printed word as it is compared: letters and digits alone; 帐 and 账 are one."""
    return squeeze(text).replace("帐", "账")


def strip_watermark(text: str) -> str:
    """Return a line without what its owner wrote across it (仅供办理医保业务使用)."""
    return _WATERMARK.sub("", text)


def join_pieces(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines, and those that wide spacing tore apart joined to one more: 营|业|执|照, 姓|名.

    Only single characters in a row are joined; the pieces stay.
    """
    pieces = (line for line in lines if len(w := squeeze(line.text)) == 1 and not w.isascii())
    return (*lines, *(join_run(row) for row in find_runs(pieces, _follows) if len(row) > 1))


def find_runs(pieces: Iterable[Line], follows: Callable[[Line, Line], bool]) -> Iterator[list[Line]]:
    """Yield the pieces in runs from left to right; ``follows`` tells whether one stands next to another."""
    rest = sorted(pieces, key=lambda line: line.left)
    while rest:
        row = [rest.pop(0)]
        while (following := next((p for p in rest if follows(row[-1], p)), None)) is not None:
            row.append(following)
            rest.remove(following)
        yield row


def _follows(left: Line, right: Line) -> bool:
    height = max(left.height_px, right.height_px, 1.0)
    gap = right.left - right_of(left)
    is_like = min(left.height_px, right.height_px) > 0.6 * height
    return is_like and abs(left.top - right.top) < 0.5 * height and -0.3 * height < gap < 4 * height


def join_run(row: Sequence[Line]) -> Line:
    """Return the pieces of a run as one line, as sure as the least sure of them."""
    first, last = row[0].box, row[-1].box
    return Line("".join(p.text for p in row), min(p.score for p in row), (first[0], last[1], last[2], first[3]))


def measure_tilt(lines: Sequence[Line]) -> float:
    """Return how far lines fall to the right, as a slope: the middle one of all that are long enough to tell."""
    slopes = sorted(
        (line.box[1][1] - line.box[0][1]) / (line.box[1][0] - line.box[0][0])
        for line in lines
        if line.box[1][0] - line.box[0][0] > _LONG * line.height_px > 0
    )
    slope = slopes[len(slopes) // 2] if slopes else 0.0
    return slope if _LEAST_TILT < abs(slope) < _MOST_TILT else 0.0


def level(line: Line, tilt: float) -> Line:
    """Return a line where it would stand were the page turned straight; what stood in a row does so again."""
    if not tilt:
        return line
    first, second, third, fourth = ((x + tilt * y, y - tilt * x) for x, y in line.box)
    return Line(line.text, line.score, (first, second, third, fourth))


def right_of(line: Line) -> float:
    """Return a line's right edge, in pixels from the page's left."""
    return max(x for x, _ in line.box)


def bottom_of(line: Line) -> float:
    """Return a line's lower edge, in pixels from the page's top."""
    return max(y for _, y in line.box)


def find_below(line: Line, lines: Sequence[Line]) -> Line | None:
    """Return the next line under this one, no further than two heights."""
    height = max(line.height_px, 1.0)
    under = [
        other
        for other in lines
        if other is not line
        and -0.3 * height < other.top - bottom_of(line) < 2 * height
        and other.left < right_of(line)
        and right_of(other) > line.left
    ]
    return min(under, key=lambda other: (other.top, other.left), default=None)


def join_halves(lines: Sequence[Line], words: AbstractSet[str]) -> tuple[Line, ...]:
    """Return the lines, those put together that are a label on two lines, as narrow cells have: 统一社会|信用代码."""
    folded = {line: fold_word(line.text) for line in lines if len(line.text) <= _MOST_HALF_CHARS}
    halves = [line for line, word in folded.items() if word]
    joined: list[Line] = []
    used: set[Line] = set()
    for upper in halves:
        lower = find_below(upper, [h for h in halves if h not in used])
        if upper in used or lower is None or folded[upper] + folded[lower] not in words:
            continue
        height = max(upper.height_px, lower.height_px)
        is_beneath = abs(upper.left + right_of(upper) - lower.left - right_of(lower)) < 3 * height
        if is_beneath and lower.top - bottom_of(upper) < 0.6 * height:
            used |= {upper, lower}
            left, right = min(upper.left, lower.left), max(right_of(upper), right_of(lower))
            box = ((left, upper.top), (right, upper.top), (right, bottom_of(lower)), (left, bottom_of(lower)))
            joined.append(Line(upper.text + lower.text, min(upper.score, lower.score), box))
    return (*(line for line in lines if line not in used), *joined)


def find_gaps(spans: Iterable[tuple[float, float]], *, least: float) -> tuple[tuple[float, float], ...]:
    """Return the gaps of at least ``least`` pixels that no span (from, to) covers, in order."""
    merged: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple((a[1], b[0]) for a, b in pairwise(merged) if b[0] - a[1] >= least)


def place_cut(gap: tuple[float, float], spans: Iterable[tuple[float, float]]) -> float:
    """Return where a gap is cut: in the middle of its widest stretch that no span covers, else in its own middle."""
    low, high = gap
    inside = [(max(start, low), min(end, high)) for start, end in spans if start < high and end > low]
    free = find_gaps([(low, low), *inside, (high, high)], least=1e-6) or (gap,)
    start, end = max(free, key=lambda g: g[1] - g[0])
    return (start + end) / 2
