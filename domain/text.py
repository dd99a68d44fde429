"""The one way Chinese text is folded before anything is compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from domain.hanzi import INITIALS, MISSPELT, SIMPLIFIED, TRADITIONAL

_GAPS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_SIMPLER = str.maketrans(TRADITIONAL, SIMPLIFIED)
# Looking first costs a tenth of translating: hardly any mail has one.
_IS_TRADITIONAL = re.compile(f"[{TRADITIONAL}]")
# The longest first: 医保断交 before anything inside it.
_IS_MISSPELT = re.compile("|".join(sorted(map(re.escape, MISSPELT), key=len, reverse=True)))
# Beside a letter, a digit, or what a file name or an address is made of, two letters are no words.
_IS_INITIALS = re.compile(rf"(?:{'|'.join(INITIALS)})(?![a-z0-9@._/-])")
_MARKS = tuple((mark, unicodedata.normalize("NFKC", mark)) for mark in "，？！：；（）～")
_GLUE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789@._/-")


_SHORT_CHARS, _SHORT_ONES, _LONG_ONES = 500, 512, 16


def fold(text: str) -> str:
    """Return a text as it is compared.

    NFKC, lower-case, simplified characters, no white space, pinyin initials and the commonest misspellings set
    right: full-width digits, spaced words, 醫保, yb and 医宝 become equal to what they mean.
    """
    return _fold_short(text) if len(text) <= _SHORT_CHARS else _fold_long(text)


def compose(text: str) -> str:
    """Return a text in NFKC: full-width letters and digits as plain ones (Unicode Standard Annex 15)."""
    return _compose_long(text) if len(text) > _SHORT_CHARS else _compose(text)


def _compose(text: str) -> str:
    # With a letter's marks out of the way nearly every text is found composed already, at a hundredth of the cost.
    for wide, plain in _MARKS:
        text = text.replace(wide, plain)
    return unicodedata.normalize("NFKC", text)


def _fold(text: str) -> str:
    text = _IS_INITIALS.sub(_spell_out, compose(text).lower())
    text = _GAPS.sub("", text)
    if _IS_TRADITIONAL.search(text):
        text = text.translate(_SIMPLER)
    return _IS_MISSPELT.sub(lambda found: MISSPELT[found.group()], text)


def _spell_out(found: re.Match[str]) -> str:
    before = found.string[found.start() - 1 : found.start()]
    return found.group() if before in _GLUE else INITIALS[found.group()]


# Each stage of deciding folds the same mail's words anew: a tenth of its time. Of long texts only the latest are kept.
_fold_short, _fold_long = lru_cache(_SHORT_ONES)(_fold), lru_cache(_LONG_ONES)(_fold)
_compose_long = lru_cache(_LONG_ONES)(_compose)
