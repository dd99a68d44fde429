"""The one way Chinese text is folded before anything is compared."""

from __future__ import annotations

import re
import unicodedata

_GAPS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


def fold(text: str) -> str:
    """Return a text in NFKC, lower-case and without white space: full-width digits and spaced words become equal."""
    return _GAPS.sub("", unicodedata.normalize("NFKC", text)).lower()
