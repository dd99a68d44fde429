"""A paper as its fields are looked for: straight, without watermarks, its labels found, and what stands at each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import zip_longest

from intake.papers.boxed import join_boxed
from intake.papers.changes import Change, find_change, is_replaced, order_cells, pick_word
from intake.papers.labels import HALVED_WORDS, PERSONS, label_pattern
from intake.papers.lines import Line
from intake.papers.overlays import drop_watermarks
from intake.papers.printed import (
    bottom_of,
    find_below,
    join_halves,
    join_pieces,
    level,
    measure_tilt,
    right_of,
    strip_watermark,
)
from intake.papers.values import normalise

_NO_LABEL = re.compile(
    r"证明|证书|书|意见|专用|报告|处|所[^\s:]|部门|章|员|数|因|自愿|申请|系|承诺|现|类型|[、，,]"
)  # 诊断证明书
# 单位（盖章）, 姓名 Name: what stands between a label and its value.
_ADDED = re.compile(
    r"(?:\s*\((?:盖章|签章|公章|签字|签名|章|印章|本人签字|手写|正楷)\))?"
    r"(?:\s*[(/]?\s*(?:Name|Sex|Gender|Date of Birth|Address|ID (?:No|Number)|Number|No)\b\.?\s*\)?)?",
    re.IGNORECASE,
)
_RELATIVES = frozenset(("家属", "亲属", "配偶"))  # 家属院 is an address
# 兹有姓名张三, a watermark's last letters (用姓名): a label stands free behind these too.
_LEADS = re.compile(r"(?:兹有|兹证明|证明|现有|其)$|^[仅供办理医保业务使用]{1,2}$")
_HOUSEHOLDER, _RELATION = "户主", "与户主关系"
_MOST_CELLS = 3
_REACH, _WIDE_REACH = 16.0, 30.0  # heights to the next cell; the old value's may be empty
_MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class At:
    """A label found in a line, and where its value starts and the next label begins there."""

    label: str
    line: Line
    start: int
    end: int
    until: int


@dataclass(frozen=True, slots=True)
class View:
    """A paper's lines as they would stand were it straight, where they really are, and the labels in them.

    ``change`` are the heads of old and new values, where the paper tells them apart.
    """

    lines: tuple[Line, ...]
    origins: Mapping[Line, Line]
    labels: tuple[At, ...]
    change: Change | None


def look_straight(lines: Sequence[Line]) -> View:
    """Return the view of a paper's lines."""
    pieces = join_pieces(drop_watermarks(lines[:_MOST_LINES]))
    tilt = measure_tilt(pieces)
    origins = {level(line, tilt): line for line in pieces}
    joined = join_boxed(join_halves(tuple(origins), HALVED_WORDS))
    labels = tuple(at for line in joined for at in _find_labels(line))
    return View(joined, origins, tuple(at for at in labels if not _is_relation(at, labels)), find_change(joined))


def _is_relation(at: At, labels: Sequence[At]) -> bool:
    """Whether 户主 is what stands at 户主或与户主关系, not a blank."""
    height = max(at.line.height_px, 1.0)
    return at.label == _HOUSEHOLDER and any(
        a.label.endswith(_RELATION) and a.line is not at.line and abs(_middle(a.line) - _middle(at.line)) < height
        for a in labels
    )


def text_of(line: Line) -> str:
    """Return a line's words as they are read: plain digits, no watermark."""
    return normalise(strip_watermark(line.text))


def _find_labels(line: Line) -> Iterator[At]:
    text = text_of(line)
    found = [m for m in label_pattern().finditer(text) if _names_blank(m, text)]
    for match, following in zip_longest(found, found[1:]):
        until = following.start() if following else len(text)
        label = re.sub(r"[\s()（）/]", "", match[0]).lower()
        yield At(label, line, match.start(), match.end() + _measure_added(text, match.end()), until)


def _names_blank(match: re.Match[str], text: str) -> bool:
    is_place = match[0] in _RELATIVES and "\u3400" <= text[match.end() : match.end() + 1] <= "\u9fff"
    return not is_place and not _NO_LABEL.match(text, match.end())


def _measure_added(text: str, at: int) -> int:
    """Return how many characters behind a label still belong to it."""
    found = _ADDED.match(text, at)
    return len(found[0]) if found else 0


def stands_free(at: At) -> bool:
    """Whether no word runs into the label, as one does in 凭此向转入地经办机构提出申请."""
    before = text_of(at.line)[: at.start].rstrip()
    return not (before and ("\u3400" <= before[-1] <= "\u9fff" or before[-1] == "、")) or bool(_LEADS.search(before))


def find_values(at: At, view: View, *, is_pieced: bool) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """Yield the texts that may be a label's value: behind it, in the cells to its right, in the line below.

    A number is looked for in its pieces too, put together. Of an old and a new value the new one comes first.
    """
    text = text_of(at.line)
    behind = text[at.end : at.until].strip(" :：()（）")
    if behind:
        yield pick_word(behind, view.change), (at.line,)
    if at.until != len(text):
        return  # an empty blank: the next label follows at once
    cells = list(find_right(at.line, view)) if is_pieced or len(behind) < 2 else []
    ordered = order_cells(cells, view.change)
    if len(behind) < 2:
        for cell in ordered:
            yield _first_cell(cell, view.labels), (cell,)
    if is_pieced:
        for count in range(1, len(cells) + 1):
            pieces = [behind, *(_first_cell(cell, view.labels) for cell in cells[:count])]
            yield " ".join(filter(None, pieces)), (at.line, *cells[:count]) if behind else tuple(cells[:count])
    if behind:
        return
    below = find_below(at.line, view.lines)
    if below is not None and not any(a.line is below for a in view.labels):
        yield text_of(below), (below,)


def is_doubtful(lines: Sequence[Line], at: At, view: View) -> bool:
    """Whether a value beside a label may be one that was replaced."""
    cells = list(find_right(at.line, view))
    return any(is_replaced(line, cells, view.change) for line in lines if line is not at.line)


def find_owner(at: At, view: View, *, reach: float) -> str:
    """Return the label of the person beside or below whom a blank stands (证件号码), '' for none within reach.

    ``reach`` is how many heights of a line above the blank the person may stand; 0 asks for one in the same row.
    """
    height = max(at.line.height_px, 1.0)
    middle = _middle(at.line)
    people = [a for a in view.labels if a.label in PERSONS and a is not at]
    beside = [
        a
        for a in people
        if (a.line is at.line and a.start < at.start)
        or (a.line is not at.line and abs(_middle(a.line) - middle) < 0.7 * height and a.line.left < at.line.left)
    ]
    if beside:
        return max(beside, key=lambda a: (a.line.left, a.start)).label
    above = [a for a in people if 0.7 * height <= middle - _middle(a.line) < reach * height]
    if not above:
        return ""
    lowest = max(_middle(a.line) for a in above)
    row = [a for a in above if lowest - _middle(a.line) < 0.7 * height]
    return min(row, key=lambda a: (abs(a.line.left - at.line.left), -a.start)).label


def find_lines_of(labels: AbstractSet[str], view: View) -> set[Line]:
    """Return the lines with these labels and with what stands at them."""
    owned: set[Line] = set()
    for at in (a for a in view.labels if a.label in labels):
        owned.add(at.line)
        for _, lines in find_values(at, view, is_pieced=False):
            owned |= set(lines)
            break
    return owned


def _starts_label(line: Line, labels: Sequence[At]) -> bool:
    return any(a.line is line and a.start == 0 for a in labels)


def _first_cell(line: Line, labels: Sequence[At]) -> str:
    """Return a line's words up to its first label."""
    return text_of(line)[: min((a.start for a in labels if a.line is line), default=None)]


def find_right(line: Line, view: View) -> Iterator[Line]:
    """Yield the next lines in the same row, up to the next label."""
    for _ in range(_MOST_CELLS):
        following = _find_next(line, view.lines, reach=_WIDE_REACH if view.change else _REACH)
        if following is None or _starts_label(following, view.labels):
            return
        yield following
        line = following


def _find_next(line: Line, lines: Sequence[Line], *, reach: float) -> Line | None:
    middle = _middle(line)
    height = max(line.height_px, 1.0)
    row = [
        other
        for other in lines
        if other is not line
        and other.left >= right_of(line) - 0.5 * height
        and abs(_middle(other) - middle) < 0.9 * max(height, other.height_px)
        and other.left - right_of(line) < reach * height
    ]
    # Of two cells above each other the one that stands level with it.
    return min(row, key=lambda o: o.left + 2 * abs(_middle(o) - middle), default=None)


def _middle(line: Line) -> float:
    return (line.top + bottom_of(line)) / 2
