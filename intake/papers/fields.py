"""What stands on a paper: each field's value, how far it is to be trusted, and where it was read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from intake.papers.kinds import Box, Shown
from intake.papers.labels import BARE_NUMBERS, OTHER_PEOPLE, RULES, THIRD_PARTIES, Rule
from intake.papers.lines import Line, Page
from intake.papers.people import compare_names, has_lookalike, is_cut_off, is_known_surname, read_name
from intake.papers.printed import bottom_of, find_below, fold_word, right_of
from intake.papers.rosters import Row, find_rows
from intake.papers.sentences import find_lone_name, find_sentences, read_told_name
from intake.papers.values import READERS, normalise, read_id_shape
from intake.papers.views import (
    At,
    View,
    find_lines_of,
    find_owner,
    find_right,
    find_values,
    is_doubtful,
    look_straight,
    stands_free,
    text_of,
)

LEAST_SCORE = 0.8
LEAST_HEIGHT_PX = 13.0
"""Below this the kind is still told but single characters are not: right fields fell from 95 % to 50 % there."""

_DOUBTED = 0.4  # the most that a badly read field is trusted
_WRONG_ID = 0.3  # and an id number whose check character does not fit
_LEAST_NAME_SCORE = 0.95
"""A name has no check character. Of those in lines below, one in ten was wrong; above none of a hundred."""
_LEAST_TWICE = 0.85  # unless it stands there twice
_UNSURE = 0.7
_OWNER_REACH = 6.0  # heights: whose number it is stands in the rows right above
_BIRTHS = frozenset(RULES["birth"].labels)


@dataclass(frozen=True, slots=True)
class Field:
    """A value read from a paper: dates as YYYY-MM-DD, amounts in yuan, 长期 for no end; confidence from 0 to 1."""

    value: str
    confidence: float
    box: Box


_OPEN = frozenset(
    {"text", "authority", "address", "name", "code", "account", "card", "hospital"}
)  # readers that take any word
_PIECED = frozenset({"id", "credit", "account", "card", "phone"})  # numbers, which are printed and read in pieces
_WRAPPED = frozenset({"address", "from", "until"})
_REST_OF_ADDRESS = re.compile(r"(?!.*(?:\d{6}|年|:|\d{4}[.\-/]))(?=.*[\d号室楼栋幢组村路街区弄户]).{1,30}$")
_WORN_LABEL = re.compile(r"姓.?|[^用户品件科药项单机企目签书]{1,3}名")
_NEWBORN = ("新生儿", "婴儿")
_OPEN_TERM = re.compile(r"^自|[至\-~到]$")
_REST_OF_TERM = re.compile(r"\d|长期")


def read_fields(shown: Shown, page: Page) -> Mapping[str, Field]:
    """Return the fields of a paper that could be read, by code. A doubtful one has a confidence of 0.4 at most.

    Only an id number whose check character fits is more than doubtful; a name is less than 0.8 unless it was read
    well, begins as names do, and nothing on the page spells it otherwise. Of a list of people it is the first.
    """
    view = look_straight(shown.lines or page.lines)
    fields: dict[str, Field] = {}
    for code in shown.fields:
        rule = RULES.get(code)
        field = _read_field(rule, view) if rule else None
        if code == "name" and "mother_name" in shown.fields:
            field = _read_newborn(view) or field
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
    return _read_rows(look_straight(shown.lines or page.lines)) if shown.has_rows else ()


def _read_rows(view: View) -> tuple[Mapping[str, Field], ...]:
    return tuple(dict(_read_row(row, view)) for row in find_rows(view.lines))


def _read_row(row: Row, view: View) -> Iterator[tuple[str, Field]]:
    if row.name:
        yield "name", _doubt_name(_make_field(row.name, row.name_lines, view), row.name_lines[-1], view)
    if row.number:
        field = _make_field(row.number, row.number_lines, view, is_proved=row.has_proof)
        yield "id_number", field if row.has_proof else _limit(field, _WRONG_ID)


def _read_field(rule: Rule, view: View) -> Field | None:
    return _read_labelled(rule, view) or _read_unlabelled(rule, view)


def _read_labelled(rule: Rule, view: View) -> Field | None:
    is_id = rule.reader == "id"
    for at in _find_places(rule, view):
        for text, lines in find_values(at, view, is_pieced=rule.reader in _PIECED):
            whole = text if rule.reader not in _WRAPPED else _continue(text, at, lines[-1], view)
            if value := READERS[rule.reader](whole):
                field = _make_field(value, lines, view, is_proved=is_id)
                if is_doubtful(lines, at, view):
                    field = _limit(field, _UNSURE)
                return _doubt_name(field, lines[-1], view) if rule.reader == "name" else field
    return None


def _find_places(rule: Rule, view: View) -> Iterator[At]:
    """Yield the labels under which a field stands, the telling ones first; a bare 证件号码 by whose row it is in."""
    is_open, is_id = rule.reader in _OPEN, rule.reader == "id"
    change = view.change
    for label in rule.labels:
        found = [a for a in view.labels if a.label == label and (not is_open or stands_free(a))]
        for at in sorted(found, key=lambda a: change is not None and not change.has_columns and change.is_old(a.line)):
            if not is_id or label not in BARE_NUMBERS or find_owner(at, view, reach=0) not in THIRD_PARTIES:
                yield at
    if rule.owners:
        for at in (a for a in view.labels if a.label in BARE_NUMBERS):
            if find_owner(at, view, reach=_OWNER_REACH) in rule.owners:
                yield at


def _read_unlabelled(rule: Rule, view: View) -> Field | None:
    if rule.anywhere in ("named", "id"):
        found = _read_told_name(view) if rule.anywhere == "named" else _read_sole_id(view)
        if found is not None:
            return found
    elif rule.anywhere:
        # The day that a paper was issued stands below all others; a birth is none of its dates.
        others = find_lines_of(OTHER_PEOPLE | _BIRTHS, view)
        for line in reversed(view.lines) if rule.anywhere == "sole_date" else view.lines:
            if line not in others and (value := READERS[rule.anywhere](text_of(line))):
                return _make_field(value, (line,), view, is_labelled=False)
    if rule.anywhere == "named":
        return _read_worn_name(view)
    return _read_wrong_id(rule, view) if rule.reader == "id" else None


def _read_sole_id(view: View) -> Field | None:
    """Return the id number that stands without a label, unless somebody else's is said to be: doubtful among others."""
    others = find_lines_of(OTHER_PEOPLE, view)
    others |= {
        line
        for at in view.labels
        if at.label in BARE_NUMBERS and find_owner(at, view, reach=0) in THIRD_PARTIES
        for _, lines in find_values(at, view, is_pieced=False)
        for line in lines
    }
    found: dict[str, tuple[Line, ...]] = {}
    for text, lines in find_sentences(view):
        if not others & set(lines) and (value := READERS["id"](text)):
            found.setdefault(value, lines)
    if not found:
        return None
    value, lines = next(iter(found.items()))
    field = _make_field(value, lines, view, is_proved=True, is_labelled=False)
    return field if len(found) == 1 else _limit(field, _UNSURE)


def _read_told_name(view: View) -> Field | None:
    """Return the name that a sentence tells, or that stands alone beside a sex."""
    others = find_lines_of(THIRD_PARTIES, view)
    for text, lines in find_sentences(view):
        if not others & set(lines) and (value := read_told_name(text) or READERS["named"](text)):
            field = _make_field(value, lines, view, is_labelled=False)
            return _doubt_name(field, lines[0], view) if len(lines) == 1 else _limit(field, _UNSURE)
    if (lone := find_lone_name(view)) and lone[1] not in others:
        return _limit(_make_field(lone[0], (lone[1],), view, is_labelled=False), _UNSURE)
    return None


def _read_newborn(view: View) -> Field | None:
    """Return the name of the child that a sentence tells, for 姓名 may head its parents' columns."""
    for text, lines in find_sentences(view):
        if any(word in text for word in _NEWBORN) and (value := read_told_name(text)):
            return _doubt_name(_make_field(value, lines, view, is_labelled=False), lines[0], view)
    return None


def _read_wrong_id(rule: Rule, view: View) -> Field | None:
    """Return a misread id number as doubtful, so that a clerk sees what stands there."""
    for at in _find_places(rule, view):
        for text, lines in find_values(at, view, is_pieced=True):
            if value := read_id_shape(text):
                return _limit(_make_field(value, lines, view), _WRONG_ID)
    return None


def _read_worn_name(view: View) -> Field | None:
    """Return the name behind what is left of its label (姓8, 班名) or one unknown (技工姓名), as doubtful."""
    for line in view.lines:
        if _WORN_LABEL.fullmatch(fold_word(line.text)) and (beside := next(find_right(line, view), None)) is not None:
            name = read_name(text_of(beside))
            if is_known_surname(name):
                return _limit(_make_field(name, (beside,), view), _UNSURE)
    for at in (a for a in view.labels if a.label == "姓名" and not stands_free(a)):
        for text, lines in find_values(at, view, is_pieced=False):
            if is_known_surname(name := read_name(text)):
                return _limit(_make_field(name, lines, view), _UNSURE)
    return None


def _continue(value: str, at: At, line: Line, view: View) -> str:
    """Return a value with the one line that goes on below it: an address or a term often needs two."""
    labelled = {a.line for a in view.labels}
    below = find_below(line, [other for other in view.lines if other is line or other not in labelled])
    height = max(line.height_px, 1.0)
    if below is None or below.top - bottom_of(line) > 1.3 * height:
        return value
    is_indented = (
        below.left > line.left + 1.5 * height if line is at.line else abs(below.left - line.left) < 2.5 * height
    )
    more = text_of(below).strip()
    is_rest = _REST_OF_TERM.search(more) if _OPEN_TERM.search(value) else _REST_OF_ADDRESS.match(more)
    return f"{value.strip()}{more}" if is_indented and is_rest else value


def _make_field(
    value: str, lines: Sequence[Line], view: View, *, is_proved: bool = False, is_labelled: bool = True
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


def _doubt_name(field: Field, line: Line, view: View) -> Field:
    """Return a name trusted only where it was read well or stands there twice, and nothing spells it otherwise."""
    name = field.value
    others = (other.text for other in view.lines if other is not line and other.score >= LEAST_SCORE)
    is_repeated, is_denied = compare_names(name, others)
    # What is not printed so was mended: a dot, a character in its traditional form.
    if is_denied or not is_known_surname(name) or name not in re.sub(r"\s", "", normalise(line.text)):
        return _limit(field, _UNSURE)
    if is_cut_off(name, text_of(line)) or has_lookalike(name):
        return _limit(field, _UNSURE)
    if is_repeated and field.confidence >= _LEAST_TWICE:
        return Field(name, max(field.confidence, _LEAST_NAME_SCORE), field.box)
    return field if line.score >= _LEAST_NAME_SCORE else _limit(field, _UNSURE)
