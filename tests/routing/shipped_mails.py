"""Mails as citizens would write them over the shipped catalogue, read from shipped_mails.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sample:
    """A mail and what must come of it; ``papers`` are document codes parted by spaces, as is ``missing``."""

    mailbox: str
    subject: str
    text: str
    papers: str
    item: str
    decision: str
    scenario: str = ""
    missing: str = ""
    intent: str = "apply"
    right: str = ""
    also: str = ""
    guide: str = "item"


_TABLES = tomllib.loads(Path(__file__).with_name("shipped_mails.toml").read_text("utf-8"))
ITEMS = tuple(Sample(**row) for row in _TABLES["item"])
RULES = tuple(Sample(**row) for row in _TABLES["rule"])
