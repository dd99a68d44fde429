"""Reads the document kinds that all agencies share: names, printed words, look-alikes, how to photograph them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from config.toml import Table, read_toml
from domain.catalogue import FACT_CODES, DocumentKind

SHIPPED_PAPERS = Path(__file__).parent / "papers.toml"

_KEYS = ("code", "title", "names", "titles", "not_names", "side", "photo_hint", "handwritten")


def load_papers(path: Path = SHIPPED_PAPERS) -> Mapping[str, DocumentKind]:
    """Return the document kinds by code, and after them the facts, which have a title and nothing more.

    Raises:
        ConfigError: an unknown key, a wrong value, or a code that stands there twice.
    """
    root = read_toml(path)
    root.expect(("paper", "facts"))
    kinds = read_kinds(root, known=FACT_CODES)
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
    return DocumentKind(
        code=table.text("code"),
        title=table.text("title"),
        names=table.texts("names"),
        titles=table.texts("titles"),
        not_names=table.texts("not_names"),
        side=table.choice("side", ("", "front", "back"), ""),
        photo_hint=table.text("photo_hint", ""),
        handwritten=table.flag("handwritten", default=False),
    )
