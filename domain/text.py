"""The one way Chinese text is folded before anything is compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_GAPS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


_SHORT_CHARS, _SHORT_ONES, _LONG_ONES = 500, 512, 16


def fold(text: str) -> str:
    """Return a text in NFKC, lower-case and without white space: full-width digits and spaced words become equal."""
    return _fold_short(text) if len(text) <= _SHORT_CHARS else _fold_long(text)


def compose(text: str) -> str:
    """Return a text in NFKC: full-width letters and digits as plain ones (Unicode Standard Annex 15)."""
    return _compose_long(text) if len(text) > _SHORT_CHARS else unicodedata.normalize("NFKC", text)


def _fold(text: str) -> str:
    return _GAPS.sub("", compose(text)).lower()


# Each stage of deciding folds the same mail's words anew: a tenth of its time. Of long texts only the latest are kept.
_fold_short, _fold_long = lru_cache(_SHORT_ONES)(_fold), lru_cache(_LONG_ONES)(_fold)
_compose_long = lru_cache(_LONG_ONES)(lambda text: unicodedata.normalize("NFKC", text))
