"""The words by which papers are called, found in file names, letters and text layers: the longest word wins."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from domain.catalogue import FACT_CODES, DocumentKind

_NOT_WORD = re.compile(r"[\W_]+")


def squeeze(text: str) -> str:
    """Return a text in NFKC, lower-case, of letters and digits alone: 身份证（正面） and 身份证_正面 become equal."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).lower())


@dataclass(frozen=True, slots=True)
class Hit:
    """A word found: where it starts in the squeezed text, the kinds it names, or the kinds it is mistaken for."""

    start: int
    word: str
    codes: tuple[str, ...]
    mistaken_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of all kinds: ``names`` as people say them, ``titles`` as printed; both hold the look-alikes."""

    kinds: Mapping[str, DocumentKind]
    names: Mapping[str, tuple[Hit, ...]]
    titles: Mapping[str, tuple[Hit, ...]]

    def find_names(self, text: str) -> tuple[Hit, ...]:
        """Return what a squeezed text calls papers, in order, without overlaps."""
        return tuple(_find(text, self.names))

    def find_titles(self, text: str) -> tuple[Hit, ...]:
        """Return the printed titles in a squeezed text, in order, without overlaps."""
        return tuple(_find(text, self.titles))

    def sides_of(self, code: str) -> tuple[str, ...]:
        """Return both codes of a two-sided paper, front first, or () when the kind has no sides."""
        stem, dash, side = code.rpartition("-")
        pair = (f"{stem}-front", f"{stem}-back")
        return pair if dash and side in {"front", "back"} and set(pair) <= self.kinds.keys() else ()

    def title(self, codes: tuple[str, ...]) -> str:
        """Return how a letter calls the first two of these kinds."""
        return "、".join(self.kinds[c].title for c in codes[:2])


def build_lexicon(kinds: Mapping[str, DocumentKind]) -> Lexicon:
    """Return the lexicon of a catalogue's kinds; the same kinds give the same lexicon without building it again."""
    return _build(tuple(kinds.values()))


@lru_cache(maxsize=8)
def _build(kinds: tuple[DocumentKind, ...]) -> Lexicon:
    kinds = tuple(k for k in kinds if k.code not in FACT_CODES)
    named: dict[str, dict[str, None]] = defaultdict(dict)
    printed: dict[str, dict[str, None]] = defaultdict(dict)
    denied: dict[str, dict[str, None]] = defaultdict(dict)
    for kind in kinds:
        for words, table in ((kind.names, named), (kind.titles, printed), (kind.not_names, denied)):
            for word in words:
                table[squeeze(word)][kind.code] = None
    return Lexicon({k.code: k for k in kinds}, _index(named, denied), _index(printed, denied))


def _index(
    words: Mapping[str, Mapping[str, None]], denied: Mapping[str, Mapping[str, None]]
) -> Mapping[str, tuple[Hit, ...]]:
    """Return the words by first letter, longest first; what one kind denies and another is called stays a name."""
    hits = [Hit(0, word, tuple(codes), tuple(denied.get(word, ()))) for word, codes in words.items() if word]
    hits += [Hit(0, word, (), tuple(codes)) for word, codes in denied.items() if word and word not in words]
    table: dict[str, list[Hit]] = defaultdict(list)
    for hit in sorted(hits, key=lambda h: -len(h.word)):
        table[hit.word[0]].append(hit)
    return {letter: tuple(found) for letter, found in table.items()}


def _find(text: str, table: Mapping[str, tuple[Hit, ...]]) -> Iterator[Hit]:
    end = 0
    for at, letter in enumerate(text):
        if at < end or letter not in table:
            continue
        hit = next((h for h in table[letter] if text.startswith(h.word, at)), None)
        if hit is not None:
            yield Hit(at, hit.word, hit.codes, hit.mistaken_for)
            end = at + len(hit.word)
