"""Whose a paper is, as far as a later mail about the same person may find its case by it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.idnumber import parse_id_number
from domain.papers import Paper
from domain.text import compose

# A parent stands on these for a child, whose case it is.
_PARENTS = "parent-"


def read_holder(kind: str, fields: Mapping[str, str]) -> tuple[str, str]:
    """Return the id number and the name that a paper gives its holder, '' where it gives none.

    A number whose check character is wrong is a misreading: nobody is found by it.
    """
    if not kind or kind.startswith(_PARENTS):
        return "", ""
    name = re.sub(r"\s", "", compose(fields.get("name", "")))
    try:
        number = parse_id_number(fields.get("id_number") or fields.get("social_security_number", "")).number
    except ValueError:
        number = ""
    return number, name


def find_holders(papers: tuple[Paper, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the id numbers to look for among the cases' papers, and the names where no paper gives a number."""
    holders = [read_holder(p.kind, p.fields) for p in papers if p.counts]
    numbers = tuple(dict.fromkeys(number for number, _ in holders if number))
    names = tuple(dict.fromkeys(name for _, name in holders if name))
    return numbers, () if numbers else names
