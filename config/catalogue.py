"""Puts the catalogue together: the agencies' files and the papers they share, checked against one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from config.agency import read_agency
from config.papers import SHIPPED_PAPERS, load_papers, read_kinds
from config.toml import read_toml
from domain.catalogue import Agency, Catalogue
from domain.errors import ConfigError

_FOLDER = Path(__file__).parent / "agencies"
SHIPPED_AGENCIES: tuple[Path, ...] = (_FOLDER / "shandong.toml", _FOLDER / "dalian.toml")
"""The files of the two agencies that Youban comes with, in the order of the notices."""


def load_catalogue(agencies: Sequence[Path] | None = None, papers: Path | None = None) -> Catalogue:
    """Return the catalogue of some agencies' files, None meaning the shipped ones.

    Raises:
        ConfigError: naming file, key and the nearest right key or value.
    """
    kinds = dict(load_papers(papers or SHIPPED_PAPERS))
    loaded: list[tuple[str, Agency]] = []
    for path in SHIPPED_AGENCIES if agencies is None else agencies:
        root = read_toml(path)
        # An agency may bring papers that nobody asked for before.
        kinds.update(read_kinds(root, known=kinds.keys()))
        loaded.append((root.file, read_agency(root, kinds.keys())))
    _check_unique("agency code", loaded, lambda a: [("code", a.code)])
    _check_unique("prefix", loaded, lambda a: [("prefix", a.prefix)])
    _check_unique("office code", loaded, lambda a: [(f"office.{o.code}.code", o.code) for o in a.offices])
    _check_unique("item code", loaded, lambda a: [(f"item.{i.code}.code", i.code) for i in a.items])
    # Compared as every provider does, although RFC 5321 2.4 would let the local part's case matter.
    _check_unique(
        "address", loaded, lambda a: [(f"office.{o.code}.mailboxes", m) for o in a.offices for m in o.mailboxes]
    )
    return Catalogue(tuple(agency for _, agency in loaded), kinds)


def _check_unique(
    what: str, agencies: Iterable[tuple[str, Agency]], find_values: Callable[[Agency], list[tuple[str, str]]]
) -> None:
    """Check that a value, whatever its case, stands once in all files; ``find_values`` gives pairs of key and value."""
    seen: dict[str, str] = {}
    for file, agency in agencies:
        for key, value in find_values(agency):
            if value.lower() in seen:
                raise ConfigError(
                    file, key, f'the {what} "{value}" stands there twice', f"also at {seen[value.lower()]}"
                )
            seen[value.lower()] = f"{file}: {key}"
