"""Reads the document kinds that all agencies share: names, printed words, look-alikes, how to photograph them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path

from config.toml import Table, hint_nearest, read_toml
from config.wordings import read_wordings
from domain.catalogue import FACT_CODES, DocumentKind, Keyword, Wording
from domain.text import fold

SHIPPED_PAPERS = Path(__file__).parent / "papers.toml"
SHIPPED_WORDINGS = Path(__file__).parent / "wordings.txt"

TITLE_POINTS = 4.5
LABEL_POINTS = 1.5
"""What a printed title and the name of a blank speak for a kind, unless ``printed`` says otherwise."""

FIELDS = (
    "name", "sex", "birth", "id_number", "address", "home_address", "relation", "household_number",
    "mother_name", "mother_id_number", "father_name", "father_id_number",
    "social_security_number", "card_number", "certificate_number", "authority", "issued", "valid_from", "valid_until",
    "unit", "credit_code", "representative", "representative_id_number", "bank", "account_number",
    "phone", "email",
    "hospital", "department", "diagnosis", "admitted", "discharged", "record_number",
    "practice_number", "qualification_number", "title_of_physician",
    "amount", "date", "month", "invoice_code", "invoice_number",
    "insured_from", "insured_until", "months", "death_date", "end_date",
)  # fmt: skip
"""Every field that a kind may list, in the order of a clerk's reading."""

_KEYS = (
    "code", "title", "names", "titles", "not_names", "side", "photo_hint", "handwritten", "sealed", "general",
    "title_words", "labels", "printed", "against", "needs", "fields", "wordings",
)  # fmt: skip


_PIECE = re.compile(r"\[[^\[\]()|]+\]|\([^\[\]()]+\)|[^\[\]()|]+")
_MOST_WORDS = 200
_GAP = "…"


def load_papers(path: Path = SHIPPED_PAPERS) -> Mapping[str, DocumentKind]:
    """Return the document kinds by code, and after them the facts, which have a title and nothing more.

    The shipped kinds have the samples of ``wordings.txt`` too.

    Raises:
        ConfigError: an unknown key, a wrong value, or a code that stands there twice.
    """
    root = read_toml(path)
    root.expect(("paper", "facts"))
    kinds = read_kinds(root, known=FACT_CODES)
    if path == SHIPPED_PAPERS:
        for code, wordings in read_wordings(SHIPPED_WORDINGS, kinds).items():
            kinds[code] = replace(kinds[code], wordings=(*kinds[code].wordings, *wordings))
    facts = root.table("facts")
    facts.expect(FACT_CODES)
    for code in facts.values:
        kinds[code] = DocumentKind(code, facts.text(code))
    for code in sorted(FACT_CODES - kinds.keys()):
        raise facts.error(code, "is missing", "a letter needs a title for every fact")
    return kinds


def read_kinds(root: Table, *, known: Collection[str]) -> dict[str, DocumentKind]:
    """Return the ``[[paper]]`` tables of a file by code. Raises: ConfigError on a code that is known already."""
    kinds: dict[str, DocumentKind] = {}
    for table in root.tables("paper", named_by="code"):
        kind = _read_kind(table)
        if kind.code in kinds or kind.code in known:
            raise table.error("code", f'the document code "{kind.code}" stands there twice')
        kinds[kind.code] = kind
    return kinds


def _read_kind(table: Table) -> DocumentKind:
    table.expect(_KEYS)
    printed = _read_printed(table)
    return DocumentKind(
        code=table.text("code"),
        title=table.text("title"),
        names=table.texts("names"),
        titles=table.texts("titles"),
        not_names=table.texts("not_names"),
        side=table.choice("side", ("", "front", "back"), ""),
        photo_hint=table.text("photo_hint", ""),
        handwritten=table.flag("handwritten", default=False),
        sealed=table.flag("sealed", default=False),
        general=table.flag("general", default=False),
        printed=printed,
        against=_read_against(table, printed),
        needs=_read_needs(table, printed),
        fields=_read_fields(table),
        wordings=tuple(Wording(table.text("title"), text) for text in table.texts("wordings")),
    )


def _read_printed(table: Table) -> tuple[Keyword, ...]:
    """Return every printed word once, with its points: ``printed`` first, then labels, then titles."""
    points: dict[str, Keyword] = {}
    own = table.table("printed")
    for key in own.values:
        for word in own.texts(key):
            _add_word(own, key, points, Keyword(word, _read_points(own, key)))
    for word in table.texts("labels"):
        _add_word(table, "labels", points, Keyword(word, LABEL_POINTS))
    for pattern in table.texts("title_words"):
        words = _expand(table, "title_words", pattern)
        if len(words) == 1:
            _add_word(table, "title_words", points, Keyword(pattern, TITLE_POINTS))
        for word in words:
            points.setdefault(fold(word), Keyword(word, TITLE_POINTS))
    for word in table.texts("titles"):
        points.setdefault(fold(word), Keyword(word, TITLE_POINTS))
    return tuple(points.values())


def _expand(table: Table, key: str, pattern: str) -> tuple[str, ...]:
    """Return the words that a pattern stands for: 增[加]员(花名册|名册) are four.

    Raises: ConfigError when brackets do not close, or it stands for too many words or none.
    """
    if _GAP in pattern:
        _check_gaps(table, key, pattern)
        return (pattern,)
    pieces = _PIECE.findall(pattern)
    if "".join(pieces) != pattern:
        raise table.error(key, f'"{pattern}" has brackets that do not close', "增[加]员(花名册|名册)")
    choices = [("", p[1:-1]) if p[0] == "[" else p[1:-1].split("|") if p[0] == "(" else (p,) for p in pieces]
    words = tuple(dict.fromkeys("".join(parts) for parts in product(*choices)))
    if len(words) > _MOST_WORDS or min(map(len, words), default=0) < 2:
        told = f"at most {_MOST_WORDS}, of two letters and more"
        raise table.error(key, f'"{pattern}" stands for {len(words)} words', told)
    return words


def _check_gaps(table: Table, key: str, pattern: str) -> None:
    pieces = pattern.split(_GAP)
    for piece in pieces:
        if "".join(_PIECE.findall(piece)) != piece:
            raise table.error(key, f'"{pattern}" has brackets that do not close', "岗位…(聘用|聘任)…表")
        if not re.sub(r"\[[^\]]*\]", "", piece):
            raise table.error(key, f'"{pattern}" has a gap beside nothing that must stand there', "岗位…(聘用|聘任)…表")


def _read_points(own: Table, key: str) -> float:
    try:
        points = float(key)
    except ValueError:
        points = 0.0
    if not 0 < points <= 10:
        raise own.error(key, "must be points above 0, at most 10", 'write { 3 = ["..."] } or { "0.5" = ["..."] }')
    return points


def _add_word(table: Table, key: str, points: dict[str, Keyword], word: Keyword) -> None:
    if _GAP in word.word:
        _check_gaps(table, key, word.word)
    if fold(word.word) in points:
        raise table.error(key, f'"{word.word}" has its points already')
    points[fold(word.word)] = word


def _read_against(table: Table, printed: tuple[Keyword, ...]) -> tuple[str, ...]:
    against = table.texts("against")
    for word in against:
        if inside := next((k.word for k in printed if fold(word) in fold(k.word)), ""):
            raise table.error("against", f'"{word}" stands in "{inside}", which is printed on it')
    return against


def _read_needs(table: Table, printed: tuple[Keyword, ...]) -> tuple[tuple[str, ...], ...]:
    known = {fold(k.word) for k in printed}
    needs = tuple(tuple(part.strip() for part in line.split("|")) for line in table.texts("needs"))
    for word in (w for group in needs for w in group):
        if fold(word) not in known:
            raise table.error("needs", f'"{word}" has no points', "add it to labels or printed")
    return needs


def _read_fields(table: Table) -> tuple[str, ...]:
    fields = table.texts("fields")
    for word in fields:
        if word not in FIELDS:
            raise table.error("fields", f'"{word}" is not known here', hint_nearest(word, FIELDS))
    return fields
