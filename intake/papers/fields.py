"""What stands on a paper: each field's value, how far it is to be trusted, and where it was read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from intake.papers.kinds import Box, Shown
from intake.papers.labels import LABEL_WORDS, LABELS, OTHER_PEOPLE, RULES, Rule
from intake.papers.lines import Line, Page
from intake.papers.printed import (
    bottom_of,
    find_below,
    fold_word,
    join_halves,
    join_pieces,
    level,
    measure_tilt,
    right_of,
    strip_watermark,
)
from intake.papers.rosters import Row, find_rows
from intake.papers.values import READERS, compare_names, is_known_surname, normalise, read_id_shape, read_name

LEAST_SCORE = 0.8
LEAST_HEIGHT_PX = 13.0
"""Below this the kind is still told but single characters are not: right fields fell from 95 % to 50 % there."""

_DOUBTED = 0.4  # the most that a badly read field is trusted
_WRONG_ID = 0.3  # and an id number whose check character does not fit
_LEAST_NAME_SCORE = 0.95
"""A name has no check character. Of those in lines below, one in ten was wrong; above none of a hundred."""
_LEAST_TWICE = 0.85  # unless it stands there twice
_UNSURE_NAME = 0.7
_MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class Field:
    """A value read from a paper: dates as YYYY-MM-DD, amounts in yuan, 长期 for no end; confidence from 0 to 1."""

    value: str
    confidence: float
    box: Box


_NO_LABEL = re.compile(
    r"证明|证书|书|意见|专用|报告|处|所[^\s:]|部门|章|员|数|因|自愿|申请|系|承诺|现|类型|[、，,]"
)  # 诊断证明书
# 单位（盖章）, 姓名 Name: what stands between a label and its value.
_ADDED = re.compile(
    r"(?:\s*\((?:盖章|签章|公章|签字|签名|章|印章)\))?"
    r"(?:\s*[(/]?\s*(?:Name|Sex|Gender|Date of Birth|Address|ID (?:No|Number)|Number|No)\b\.?\s*\)?)?",
    re.IGNORECASE,
)
_OPEN = frozenset({"text", "address", "name", "code", "account", "card", "hospital"})  # readers that take any word
_PIECED = frozenset({"id", "credit", "account", "card", "phone"})  # numbers, which are printed and read in pieces
_MOST_CELLS = 3
_WRAPPED = frozenset({"address", "from", "until"})
_REST_OF_ADDRESS = re.compile(r"(?!.*(?:\d{6}|年|:|\d{4}[.\-/]))(?=.*[\d号室楼栋幢组村路街区弄户]).{1,30}$")
_WORN_LABEL = re.compile(r"姓.?|[^用户品件科药项单机企目签书]{1,3}名")
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


@dataclass(frozen=True, slots=True)
class _View:
    """A paper's lines as they would stand were it straight, where they really are, and the labels in them."""

    lines: tuple[Line, ...]
    origins: Mapping[Line, Line]
    labels: tuple[_At, ...]


def read_fields(shown: Shown, page: Page) -> Mapping[str, Field]:
    """Return the fields of a paper that could be read, by code. A doubtful one has a confidence of 0.4 at most.

    Only an id number whose check character fits is more than doubtful; a name is less than 0.8 unless it was read
    well, begins as names do, and nothing on the page spells it otherwise. Of a list of people it is the first.
    """
    view = _look_straight(shown.lines or page.lines)
    fields: dict[str, Field] = {}
    for code in shown.fields:
        rule = RULES.get(code)
        field = _read_field(rule, view) if rule else None
        if field is not None:
            fields[code] = field
    people = _read_rows(view) if shown.has_rows else ()
    if people:
        # What the first row lost is not to be found in the second.
        rest = {code: field for code, field in fields.items() if code not in ("name", "id_number")}
        first = {code: field for code, field in people[0].items() if code in shown.fields}
        fields = {code: {**rest, **first}[code] for code in shown.fields if code in rest or code in first}
    return fields


def read_people(shown: Shown, page: Page) -> tuple[Mapping[str, Field], ...]:
    """Return the people that a list names, from top to bottom: their ``name`` and ``id_number`` as far as read."""
    return _read_rows(_look_straight(shown.lines or page.lines)) if shown.has_rows else ()


def _look_straight(lines: Sequence[Line]) -> _View:
    pieces = join_pieces(lines[:_MOST_LINES])
    tilt = measure_tilt(pieces)
    origins = {level(line, tilt): line for line in pieces}
    joined = join_halves(tuple(origins), LABEL_WORDS)
    return _View(joined, origins, tuple(found for line in joined for found in _find_labels(line)))


def _read_rows(view: _View) -> tuple[Mapping[str, Field], ...]:
    return tuple(dict(_read_row(row, view)) for row in find_rows(view.lines))


def _read_row(row: Row, view: _View) -> Iterator[tuple[str, Field]]:
    if row.name:
        yield "name", _doubt_name(_make_field(row.name, row.name_lines, view), row.name_lines[-1], view)
    if row.number:
        field = _make_field(row.number, row.number_lines, view, is_proved=row.has_proof)
        yield "id_number", field if row.has_proof else _limit(field, _WRONG_ID)


def _find_labels(line: Line) -> Iterator[_At]:
    text = normalise(strip_watermark(line.text))
    found = [m for m in LABELS.finditer(text) if not _NO_LABEL.match(text, m.end())]
    for match, following in zip_longest(found, found[1:]):
        until = following.start() if following else len(text)
        label = re.sub(r"[\s()（）/]", "", match[0]).lower()
        yield _At(label, line, match.start(), match.end() + _measure_added(text, match.end()), until)


def _measure_added(text: str, at: int) -> int:
    """Return how many characters behind a label still belong to it."""
    found = _ADDED.match(text, at)
    return len(found[0]) if found else 0


def _read_field(rule: Rule, view: _View) -> Field | None:
    read = READERS[rule.reader]
    for label in rule.labels:
        for at in (a for a in view.labels if a.label == label and (rule.reader not in _OPEN or _stands_free(a))):
            for text, lines in _find_values(at, view, is_pieced=rule.reader in _PIECED):
                whole = text if rule.reader not in _WRAPPED else _continue(text, at, lines[-1], view)
                if value := read(whole):
                    field = _make_field(value, lines, view, is_proved=rule.reader == "id")
                    return _doubt_name(field, lines[-1], view) if rule.reader == "name" else field
    if rule.anywhere:
        # The day that a paper was issued stands below all others; what is somebody else's is said to be.
        others = {at.line for at in view.labels if at.label in OTHER_PEOPLE}
        for line in reversed(view.lines) if rule.anywhere == "sole_date" else view.lines:
            if line not in others and (value := READERS[rule.anywhere](normalise(strip_watermark(line.text)))):
                field = _make_field(value, (line,), view, is_proved=rule.reader == "id", is_labelled=False)
                return _doubt_name(field, line, view) if rule.reader == "name" else field
    if rule.anywhere == "named":
        return _read_worn_name(view)
    return _read_wrong_id(rule, view) if rule.reader == "id" else None


def _stands_free(at: _At) -> bool:
    """Whether no word runs into the label, as one does in 凭此向转入地经办机构提出申请."""
    before = normalise(strip_watermark(at.line.text))[: at.start]
    return not before or not ("\u3400" <= before[-1] <= "\u9fff" or before[-1] == "、")


def _read_wrong_id(rule: Rule, view: _View) -> Field | None:
    """Return a misread id number as doubtful, so that a clerk sees what stands there."""
    for at in (a for a in view.labels if a.label in rule.labels):
        for text, lines in _find_values(at, view, is_pieced=True):
            if value := read_id_shape(text):
                return _limit(_make_field(value, lines, view), _WRONG_ID)
    return None


def _read_worn_name(view: _View) -> Field | None:
    """Return the name behind what is left of its label (姓8, 班名), as doubtful."""
    for line in view.lines:
        if _WORN_LABEL.fullmatch(fold_word(line.text)) and (beside := next(_find_right(line, view), None)) is not None:
            name = read_name(normalise(strip_watermark(beside.text)))
            if is_known_surname(name):
                return _limit(_make_field(name, (beside,), view), _UNSURE_NAME)
    return None


def _find_values(at: _At, view: _View, *, is_pieced: bool) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """Yield the texts that may be a label's value: behind it, in the cells to its right, in the line below.

    A number is looked for in its pieces too, put together.
    """
    text = normalise(strip_watermark(at.line.text))
    behind = text[at.end : at.until].strip(" :：()（）")
    if behind:
        yield behind, (at.line,)
    if at.until != len(text):
        return  # an empty blank: the next label follows at once
    cells = list(_find_right(at.line, view)) if is_pieced or len(behind) < 2 else []
    if len(behind) < 2:
        for cell in cells:
            yield _first_cell(cell, view.labels), (cell,)
    if is_pieced:
        for count in range(1, len(cells) + 1):
            pieces = [behind, *(_first_cell(cell, view.labels) for cell in cells[:count])]
            yield " ".join(filter(None, pieces)), (at.line, *cells[:count]) if behind else tuple(cells[:count])
    if behind:
        return
    below = find_below(at.line, view.lines)
    if below is not None and not any(a.line is below for a in view.labels):
        yield normalise(strip_watermark(below.text)), (below,)


def _starts_label(line: Line, labels: Sequence[_At]) -> bool:
    return any(a.line is line and a.start == 0 for a in labels)


def _first_cell(line: Line, labels: Sequence[_At]) -> str:
    """Return a line's words up to its first label."""
    text = normalise(strip_watermark(line.text))
    return text[: min((a.start for a in labels if a.line is line), default=len(text))]


def _find_right(line: Line, view: _View) -> Iterator[Line]:
    """Yield the next lines in the same row, up to the next label."""
    for _ in range(_MOST_CELLS):
        following = _find_next(line, view.lines)
        if following is None or _starts_label(following, view.labels):
            return
        yield following
        line = following


def _find_next(line: Line, lines: Sequence[Line]) -> Line | None:
    middle = (line.top + bottom_of(line)) / 2
    height = max(line.height_px, 1.0)
    row = [
        other
        for other in lines
        if other is not line
        and other.left >= right_of(line) - 0.5 * height
        and abs((other.top + bottom_of(other)) / 2 - middle) < 0.9 * max(height, other.height_px)
        and other.left - right_of(line) < 16 * height
    ]
    # Of two cells above each other the one that stands level with it.
    return min(row, key=lambda o: o.left + 2 * abs((o.top + bottom_of(o)) / 2 - middle), default=None)


def _continue(value: str, at: _At, line: Line, view: _View) -> str:
    """Return a value with the one line that goes on below it: an address or a term often needs two."""
    labelled = {a.line for a in view.labels}
    below = find_below(line, [other for other in view.lines if other is line or other not in labelled])
    height = max(line.height_px, 1.0)
    if below is None or below.top - bottom_of(line) > 1.3 * height:
        return value
    is_indented = (
        below.left > line.left + 1.5 * height if line is at.line else abs(below.left - line.left) < 2.5 * height
    )
    more = normalise(strip_watermark(below.text)).strip()
    is_rest = _REST_OF_TERM.search(more) if _OPEN_TERM.search(value) else _REST_OF_ADDRESS.match(more)
    return f"{value.strip()}{more}" if is_indented and is_rest else value


def _make_field(
    value: str, lines: Sequence[Line], view: _View, *, is_proved: bool = False, is_labelled: bool = True
) -> Field:
    """Return a field with its confidence: that of its worst line, and little where the print is too small."""
    score = min(line.score for line in lines)
    is_clear = score >= LEAST_SCORE and all(line.height_px >= LEAST_HEIGHT_PX for line in lines)
    sure = 0.99 if is_proved and is_clear else score if is_labelled else 0.8 * score
    where = [view.origins.get(line, line) for line in lines]
    box = Box(
        min(line.left for line in where),
        min(line.top for line in where),
        max(right_of(line) for line in where),
        max(bottom_of(line) for line in where),
    )
    return Field(value, round(sure if is_clear else min(_DOUBTED, 0.5 * score), 2), box)


def _limit(field: Field, most: float) -> Field:
    return Field(field.value, min(field.confidence, most), field.box)


def _doubt_name(field: Field, line: Line, view: _View) -> Field:
    """Return a name trusted only where it was read well or stands there twice, and nothing spells it otherwise."""
    name = field.value
    others = (other.text for other in view.lines if other is not line and other.score >= LEAST_SCORE)
    is_repeated, is_denied = compare_names(name, others)
    # What is not printed so was mended: a dot, a character in its traditional form.
    if is_denied or not is_known_surname(name) or name not in re.sub(r"\s", "", normalise(line.text)):
        return _limit(field, _UNSURE_NAME)
    if is_repeated and field.confidence >= _LEAST_TWICE:
        return Field(name, max(field.confidence, _LEAST_NAME_SCORE), field.box)
    return field if line.score >= _LEAST_NAME_SCORE else _limit(field, _UNSURE_NAME)
