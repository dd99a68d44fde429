"""The one way Chinese text is folded before anything is compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_GAPS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


_SHORT_CHARS = 2000
_REMEMBERED = 512


def fold(text: str) -> str:
    """Return a text in NFKC, lower-case and without white space: full-width digits and spaced words become equal."""
    return _fold_again(text) if len(text) <= _SHORT_CHARS else _fold(text)


def _fold(text: str) -> str:
    return _GAPS.sub("", unicodedata.normalize("NFKC", text)).lower()


# Each stage of deciding folds the same mail's words anew: a tenth of its time.
_fold_again = lru_cache(_REMEMBERED)(_fold)
