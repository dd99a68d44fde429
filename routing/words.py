"""Words in folded text: an index that finds thousands of them in one pass, each with its negation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from domain.cases import CaseNumber
from domain.mail import Message
from domain.text import fold

# Between the negation and the word stand a few small words at most ("不是要办理转出"), never the end of a clause.
_NEGATED = re.compile(
    r"(?:不(?:是|办|想|要|用|需要?|打算|涉及|属于?|申请)|并?非|没有?|未|无[须需]?|请?勿|暂不)"
    r"(?:要|想|是|来|去|再|在|属于?|申请|办理?|办过|咨询|问|关于|有|涉及|过|我|的|说)*[“\"《「]?$"
)
_MAY_NEGATE = re.compile(r"[不非没未无勿]")
# "是不是", "要不要" and "有没有" ask instead of denying.
_NOT_NEGATING = re.compile(
    r"(?:是不是|要不要|能不能|用不用|需不需要?|想不想|有没有|不知道?|不清楚|不懂|不明白)[^,。;!?]*$"
)


def any_of(*words: str) -> re.Pattern[str]:
    """Return the expression that finds any of some."""
    return re.compile("|".join(words))


def each_of(firsts: str, rest: str) -> str:
    """Return what begins with one of some characters as that many alternatives.

    Where every alternative begins with a plain character, the engine skips what begins none of them.
    """
    return "|".join(first + rest for first in firsts)


@lru_cache(maxsize=8192)
def fold_word(word: str) -> str:
    """Return a word of the catalogue folded; each is folded once, not once a mail."""
    return fold(word)


def find_forwarded(message: Message) -> str:
    """Return the quoted text where it speaks for the sender: a forwarded mail without words of its own, else ''.

    An answer of photographs alone quotes our letter, whose words ask for nothing: told by its thread
    header, or by the case number where a mail program drops the header.
    """
    if message.text.strip() or message.in_reply_to or CaseNumber.find_all(message.quoted):
        return ""
    return message.quoted


class Hit(NamedTuple):
    """A word found: where it begins and ends in the folded text, and whether the sentence denies it."""

    word: str
    start: int
    end: int
    is_denied: bool


class HeadIndex:
    """Finds where a folded text has one of some heads, which are the first one or two characters of words.

    The compiled classes skip what begins no word, nearly all of a long mail. Asking at each character costs half as
    much again or twice as much, an alternation of the same 700 words ten times.
    """

    __slots__ = ("_pairs", "_places", "_singles")

    def __init__(self, heads: Iterable[str]) -> None:
        heads = frozenset(heads)
        self._pairs = frozenset(head for head in heads if len(head) > 1)
        self._singles = frozenset(head for head in heads if len(head) == 1)
        firsts, seconds = _spell_class(h[0] for h in self._pairs), _spell_class(h[1] for h in self._pairs)
        pairs = rf"{firsts}(?={seconds})"
        self._places = re.compile(f"{pairs}|{_spell_class(self._singles)}" if self._singles else pairs)

    def find(self, text: str) -> list[int]:
        """Return where a head stands in a folded text, in order of place."""
        pairs, singles = self._pairs, self._singles
        places = [found.start() for found in self._places.finditer(text)]
        if not singles:
            return [at for at in places if text[at : at + 2] in pairs]
        return [at for at in places if text[at : at + 2] in pairs or text[at] in singles]


def _spell_class(characters: Iterable[str]) -> str:
    spelt = "".join(sorted({re.escape(character) for character in characters}))
    return f"[{spelt}]" if spelt else r"(?!)"


class WordIndex:
    """Finds every word of a fixed set in a folded text, also words inside longer words."""

    __slots__ = ("_by_head", "_heads", "_single")

    def __init__(self, words: Iterable[str]) -> None:
        folded = sorted({fold(w) for w in words} - {""}, key=lambda w: (-len(w), w))
        by_head: dict[str, list[str]] = {}
        for word in folded:
            by_head.setdefault(word[:2], []).append(word)
        self._by_head = {head: tuple(ws) for head, ws in by_head.items()}
        self._single = frozenset(w for w in folded if len(w) == 1)
        self._heads = HeadIndex(by_head)

    def find(self, text: str) -> list[Hit]:
        """Return every word of the index in a folded text, in order of place, the longest first."""
        hits: list[Hit] = []
        by_head, single = self._by_head, self._single
        for at in self._heads.find(text):
            words = [w for w in by_head.get(text[at : at + 2], ()) if text.startswith(w, at)]
            if single and text[at] in single and text[at] not in words:
                words.append(text[at])
            if words:
                denied = is_denied(text, at)
                hits += [Hit(word, at, at + len(word), denied) for word in words]
        return hits


def drop_contained(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits that do not stand inside a longer one: 转入 is not said where 转入地 is."""
    kept: list[Hit] = []
    reach = -1
    # In order of place with the longest first, a hit lies inside an earlier one or inside none.
    for hit in hits:
        if hit.end > reach:
            kept.append(hit)
            reach = hit.end
    return kept


def is_denied(text: str, at: int) -> bool:
    """Return whether the clause of a folded text denies the word that begins at ``at``."""
    before = text[max(0, at - 14) : at]
    if not _MAY_NEGATE.search(before):
        return False
    return bool(_NEGATED.search(before)) and not _NOT_NEGATING.search(before)


def says_any(text: str, words: Sequence[str]) -> str:
    """Return the first of some words that a folded text says without denying it, '' when none."""
    for word in words:
        folded = fold_word(word)
        at = text.find(folded) if folded else -1
        while at >= 0:
            if not is_denied(text, at):
                return word
            at = text.find(folded, at + 1)
    return ""
