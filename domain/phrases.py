"""Phrases of the catalogue: one line for the hundred ways in which people say the same thing.

``{爸,妈}{没了,走了}`` is any of the four; ``{查,看}…余额`` has up to eight characters between, never the end of a
clause. A word without these signs is a plain word.
"""

from __future__ import annotations

import re

from domain.text import fold

_SIGNS = re.compile(r"[{}…]")
_PARTS = re.compile(r"\{[^{}]*\}|…|[^{}…]+")
_NESTED = re.compile(r"\{[^{}]*\{")
_GAP = "[^,。;:!?\n]{0,8}?"


def is_phrase(word: str) -> bool:
    """Return whether a word of the catalogue is written with choices or gaps."""
    return bool(_SIGNS.search(word))


def spell_phrase(word: str) -> str:
    """Return the regular expression of a phrase, for folded text.

    Raises:
        ValueError: a brace that does not close, or a phrase that begins or ends with a gap or with nothing.
    """
    spelt: list[str] = []
    depth = 0
    at = 0
    for sign in _SIGNS.finditer(word):
        spelt.append(_spell(word[at : sign.start()], in_choice=depth > 0))
        at = sign.end()
        depth += {"{": 1, "}": -1}.get(sign.group(), 0)
        if depth < 0:
            break
        spelt.append({"{": "(?:", "}": ")"}.get(sign.group(), _GAP))
    if depth:
        raise ValueError("a brace does not close")
    pattern = "".join((*spelt, _spell(word[at:], in_choice=False)))
    if not all(list_beginnings(word)) or word[-1:] == "…":
        raise ValueError("a phrase begins and ends with a word")
    return pattern


def list_beginnings(word: str) -> tuple[str, ...]:
    """Return the folded words that a phrase may begin with; an empty one where it begins with a gap or with nothing."""
    if not word.startswith("{"):
        return (fold(_SIGNS.split(word, maxsplit=1)[0]),)
    choices = word[1:].partition("}")[0]
    return tuple(fold(choice.partition("…")[0]) for choice in choices.split(","))


def list_heads(word: str) -> frozenset[str]:
    """Return the first two characters that a phrase may begin with, folded; one alone where a gap stands behind it."""
    if _NESTED.search(word):
        return frozenset(beginning[:2] for beginning in list_beginnings(word))
    told: set[str] = set()
    heads = {""}
    for part in _PARTS.findall(word):
        if part == "…":
            break
        choices = part[1:-1].split(",") if part.startswith("{") else [part]
        longer = {((head + fold(choice.partition("…")[0]))[:2], "…" in choice) for head in heads for choice in choices}
        told |= {head for head, is_last in longer if is_last or len(head) > 1}
        heads = {head for head, is_last in longer if not is_last and len(head) < 2}
    return frozenset(told | heads)


def _spell(text: str, *, in_choice: bool) -> str:
    if not in_choice:
        return re.escape(fold(text))
    return "|".join(re.escape(fold(part)) for part in text.split(","))
