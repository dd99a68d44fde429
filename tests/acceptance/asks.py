"""The 34 service items as mails: whole and lacking, with what must come of each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.acceptance.mails import Mail, write_mail
from tests.routing.shipped_mails import ITEMS, Sample

# Every mail programme of the demo in turn, so that none stands for all of them.
_SHAPES = ("163", "qq", "foxmail", "iphone", "outlook", "mailmaster")


@dataclass(frozen=True)
class Ask:
    """A service item asked for by mail, and the answer that is due.

    ``says`` and ``asks`` are words of the letter, ``missing`` the codes of the recorded explanation.
    """

    item: str
    mail: Mail
    scenario: str
    says: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()

    @property
    def is_lacking(self) -> bool:
        return bool(self.missing)


@dataclass(frozen=True)
class _Row:
    says: tuple[str, ...]
    adds: str = ""
    states: str = ""
    drops: str = ""
    omits: str = ""
    missing: str = ""
    asks: tuple[str, ...] = ()


def _read_row(values: dict[str, Any]) -> _Row:
    return _Row(**{key: tuple(value) if isinstance(value, list) else value for key, value in values.items()})


_TABLES = tomllib.loads(Path(__file__).with_name("items.toml").read_text("utf-8"))
_ROWS = {code: _read_row(values) for code, values in _TABLES.items()}
CODES = tuple(_ROWS)
BY_MAIL = tuple(code for code, row in _ROWS.items() if row.asks)
_SAMPLES = {sample.item: sample for sample in ITEMS}


def is_guidance(item: str) -> bool:
    """Whether an item is not handled by e-mail."""
    return not _ROWS[item].asks


def ask_whole(item: str, *, by: str = "whole") -> Ask:
    """Return the mail that has everything, or for a guidance item the question; ``by`` tells citizens apart."""
    sample, row = _SAMPLES[item], _ROWS[item]
    mail = _write(sample, f"{item}-{by}", papers=f"{sample.papers} {row.adds}", text=sample.text + row.states)
    return Ask(item, mail, sample.scenario, says=row.says)


def ask_lacking(item: str, *, by: str = "lacking") -> Ask:
    """Return the mail that lacks something."""
    sample, row = _SAMPLES[item], _ROWS[item]
    papers = " ".join(code for code in sample.papers.split() if code not in row.drops.split())
    assert row.omits in sample.text
    mail = _write(sample, f"{item}-{by}", papers=papers, text=sample.text.replace(row.omits, ""))
    missing = tuple((sample.missing or row.missing).split())
    return Ask(item, mail, sample.scenario, missing=missing, asks=row.asks)


def _write(sample: Sample, name: str, *, papers: str, text: str) -> Mail:
    shape = _SHAPES[CODES.index(sample.item) % len(_SHAPES)]
    return write_mail(
        name, mailbox=sample.mailbox, subject=sample.subject, text=text, papers=papers.split(), shape=shape
    )
