"""Finds the catalogue's phrases (domain.phrases) in folded text, all of them in one pass."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from domain.phrases import list_heads, spell_phrase
from routing.words import HeadIndex

Owner = TypeVar("Owner")
_Match = Callable[[str, int], re.Match[str] | None]
_Head = tuple[_Match, tuple[tuple[tuple[Owner, ...], _Match], ...]]


class PhraseIndex(Generic[Owner]):
    """A look-up by the first characters, one expression for all phrases that begin so, then one for each owner.

    Only what may match is tried: searching a text for each owner's phrases takes five times as long.
    """

    __slots__ = ("_by_head", "_heads")

    def __init__(self, phrases: Iterable[tuple[str, Owner]]) -> None:
        owners: dict[str, list[Owner]] = defaultdict(list)
        for phrase, owner in phrases:
            owners[phrase].append(owner)
        # What several owners have in common, two agencies for example, is tried once.
        spelt: dict[str, dict[tuple[Owner, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
        for phrase, owned in owners.items():
            for head in sorted(list_heads(phrase)):
                spelt[head][tuple(owned)].append(spell_phrase(phrase))
        self._by_head = {head: _compile_head(groups) for head, groups in spelt.items()}
        self._heads = HeadIndex(spelt)

    def find(self, text: str) -> Iterator[tuple[re.Match[str], Owner]]:
        """Yield where each owner's phrases stand, in order of place."""
        by_head = self._by_head
        for at in self._heads.find(text):
            # A pair first, then what a single character begins; the last character is a pair by itself.
            pair = text[at : at + 2]
            for head in (pair, pair[0]) if len(pair) > 1 else (pair,):
                tried = by_head.get(head)
                if tried is None or tried[0](text, at) is None:
                    continue
                for owners, match in tried[1]:
                    found = match(text, at)
                    if found:
                        yield from ((found, owner) for owner in owners)


def _compile_head(groups: Mapping[tuple[Owner, ...], Sequence[str]]) -> _Head[Owner]:
    """Return how to tell whether any phrase of a head matches at a place, and how to match each owner's."""
    every = re.compile("|".join(pattern for patterns in groups.values() for pattern in patterns))
    return every.match, tuple((owners, re.compile("|".join(ps)).match) for owners, ps in groups.items())
