"""What stands on a paper: each field's value, how far it is to be trusted, and where it was read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from intake.papers.kinds import Box, Shown
from intake.papers.labels import LABELS, RULES, Rule
from intake.papers.lines import Line, Page
from intake.papers.printed import join_pieces, strip_watermark
from intake.papers.values import READERS, normalise, read_id_shape

LEAST_SCORE = 0.8
LEAST_HEIGHT_PX = 13.0
"""Below this the kind is still told but single characters are not: right fields fell from 95 % to 50 % there."""

_DOUBTED = 0.4  # the most that a badly read field is trusted
_MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class Field:
    """A value read from a paper: dates as YYYY-MM-DD, amounts in yuan, 长期 for no end; confidence from 0 to 1."""

    value: str
    confidence: float
    box: Box


_NO_LABEL = re.compile(
    r"证明|证书|书|意见|专用|报告|处|所[^\s:]|部门|章|员|数|因|自愿|申请|系|承诺|现|类型"
)  # 诊断证明书
_SEAL_PLACE = re.compile(r"(?:\s*\((?:盖章|签章|公章|签字|章|印章)\))?")
_OPEN = frozenset({"text", "address", "name", "code", "account", "card", "hospital"})  # readers that take any word
_WRAPPED = frozenset({"address", "from", "until"})
_REST_OF_ADDRESS = re.compile(r"(?!.*(?:\d{6}|年|:|\d{4}[.\-/]))(?=.*[\d号室楼栋幢组村路街区弄户]).{1,30}$")
_OPEN_TERM = re.compile(r"^自|[至\-~到]$")
_REST_OF_TERM = re.compile(r"\d|长期")


@dataclass(frozen=True, slots=True)
class _At:
    """A label found in a line, and where its value starts and the next label begins there."""

    label: str
    line: Line
    start: int
    end: int
    until: int


def read_fields(shown: Shown, page: Page) -> Mapping[str, Field]:
    """Return the fields of a paper that could be read, by code. A doubtful one has a confidence of 0.4 at most.

    Only an id number whose check character fits is more than doubtful.
    """
    lines = shown.lines or page.lines
    lines = join_pieces(lines[:_MOST_LINES])
    labels = [found for line in lines for found in _find_labels(line)]
    fields: dict[str, Field] = {}
    for code in shown.fields:
        rule = RULES.get(code)
        field = _read_field(rule, lines, labels) if rule else None
        if field is not None:
            fields[code] = field
    return fields


def _find_labels(line: Line) -> Iterator[_At]:
    text = normalise(strip_watermark(line.text))
    found = [m for m in LABELS.finditer(text) if not _NO_LABEL.match(text, m.end())]
    for match, following in zip_longest(found, found[1:]):
        until = following.start() if following else len(text)
        label = re.sub(r"[\s()（）]", "", match[0]).lower()
        yield _At(label, line, match.start(), match.end() + _measure_seal_place(text, match.end()), until)


def _measure_seal_place(text: str, at: int) -> int:
    """Return how many characters 单位（盖章） takes up behind a label."""
    found = _SEAL_PLACE.match(text, at)
    return len(found[0]) if found else 0


def _read_field(rule: Rule, lines: Sequence[Line], labels: Sequence[_At]) -> Field | None:
    read = READERS[rule.reader]
    for label in rule.labels:
        for at in (a for a in labels if a.label == label and (rule.reader not in _OPEN or _stands_free(a))):
            for text, line in _find_values(at, lines, labels):
                whole = text if rule.reader not in _WRAPPED else _continue(text, at, line, lines, labels)
                if value := read(whole):
                    return _make_field(value, (at.line, line), is_proved=rule.reader == "id")
    if rule.anywhere:
        # The day that a paper was issued stands below all others.
        for line in reversed(lines) if rule.anywhere == "sole_date" else lines:
            if value := READERS[rule.anywhere](normalise(strip_watermark(line.text))):
                return _make_field(value, (line,), is_proved=rule.reader == "id", is_labelled=False)
    return _read_wrong_id(rule, labels, lines) if rule.reader == "id" else None


def _stands_free(at: _At) -> bool:
    """Whether no word runs into the label, as one does in 凭此向转入地经办机构提出申请."""
    before = normalise(strip_watermark(at.line.text))[: at.start]
    return not before or not "\u3400" <= before[-1] <= "\u9fff"


def _read_wrong_id(rule: Rule, labels: Sequence[_At], lines: Sequence[Line]) -> Field | None:
    """Return a misread id number as doubtful, so that a clerk sees what stands there."""
    for at in (a for a in labels if a.label in rule.labels):
        for text, line in _find_values(at, lines, labels):
            if value := read_id_shape(text):
                field = _make_field(value, (line,))
                return Field(value, min(field.confidence, 0.3), field.box)
    return None


def _find_values(at: _At, lines: Sequence[Line], labels: Sequence[_At]) -> Iterator[tuple[str, Line]]:
    """Yield the texts that may be a label's value: behind it, in the cell to its right, in the line below."""
    text = normalise(strip_watermark(at.line.text))
    behind = text[at.end : at.until].strip(" :：()（）")
    if behind:
        yield behind, at.line
        return
    if at.until != len(text):
        return  # an empty blank: the next label follows at once
    right = _find_right(at.line, lines)
    if right is not None and not _starts_label(right, labels):
        yield _first_cell(right, labels), right
    below = _find_below(at.line, lines)
    if below is not None and not any(a.line is below for a in labels):
        yield normalise(strip_watermark(below.text)), below


def _starts_label(line: Line, labels: Sequence[_At]) -> bool:
    return any(a.line is line and a.start == 0 for a in labels)


def _first_cell(line: Line, labels: Sequence[_At]) -> str:
    """Return a line's words up to its first label."""
    text = normalise(strip_watermark(line.text))
    return text[: min((a.start for a in labels if a.line is line), default=len(text))]


def _right_of(line: Line) -> float:
    return max(x for x, _ in line.box)


def _bottom_of(line: Line) -> float:
    return max(y for _, y in line.box)


def _find_right(line: Line, lines: Sequence[Line]) -> Line | None:
    """Return the next line in the same row."""
    middle = (line.top + _bottom_of(line)) / 2
    height = max(line.height_px, 1.0)
    row = [
        other
        for other in lines
        if other is not line
        and other.left >= _right_of(line) - 0.5 * height
        and abs((other.top + _bottom_of(other)) / 2 - middle) < 0.9 * max(height, other.height_px)
        and other.left - _right_of(line) < 16 * height
    ]
    return min(row, key=lambda other: other.left, default=None)


def _find_below(line: Line, lines: Sequence[Line]) -> Line | None:
    """Return the next line under this one, no further than two heights."""
    height = max(line.height_px, 1.0)
    under = [
        other
        for other in lines
        if other is not line
        and -0.3 * height < other.top - _bottom_of(line) < 2 * height
        and other.left < _right_of(line)
        and _right_of(other) > line.left
    ]
    return min(under, key=lambda other: (other.top, other.left), default=None)


def _continue(value: str, at: _At, line: Line, lines: Sequence[Line], labels: Sequence[_At]) -> str:
    """Return a value with the one line that goes on below it: an address or a term often needs two."""
    below = _find_below(line, [other for other in lines if other is line or not any(a.line is other for a in labels)])
    height = max(line.height_px, 1.0)
    if below is None or below.top - _bottom_of(line) > 1.3 * height:
        return value
    is_indented = (
        below.left > line.left + 1.5 * height if line is at.line else abs(below.left - line.left) < 2.5 * height
    )
    more = normalise(strip_watermark(below.text)).strip()
    is_rest = _REST_OF_TERM.search(more) if _OPEN_TERM.search(value) else _REST_OF_ADDRESS.match(more)
    return f"{value.strip()}{more}" if is_indented and is_rest else value


def _make_field(value: str, lines: Sequence[Line], *, is_proved: bool = False, is_labelled: bool = True) -> Field:
    """Return a field with its confidence: that of the worst line, and little where the print is too small."""
    score = min(line.score for line in lines)
    is_clear = score >= LEAST_SCORE and all(line.height_px >= LEAST_HEIGHT_PX for line in lines[-1:])
    sure = 0.99 if is_proved and is_clear else score if is_labelled else 0.8 * score
    last = lines[-1]
    box = Box(last.left, last.top, _right_of(last), _bottom_of(last))
    return Field(value, round(sure if is_clear else min(_DOUBTED, 0.5 * score), 2), box)
