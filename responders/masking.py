"""Quoting a citizen without giving a number away: a letter can be forwarded, printed, left on a table."""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_IDENTITY = re.compile(r"(?<!\d)(\d{4})\d{2}[ -]?\d{8}[ -]?(\d{3}[\dXxＸｘ])(?!\d)")
_OLD_IDENTITY = re.compile(r"(?<!\d)(\d{4})\d{8}(\d{3})(?!\d)")
_MOBILE = re.compile(r"(?<!\d)([1１][3-9３-９]\d)([ -]?)\d{4}([ -]?)(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)([0０]\d{2,3})([ -]?)\d{3,4}(\d{4})(?!\d)")


def mask_numbers(text: str) -> str:
    """Return a text with the middle of identity numbers (18 or 15 digits) and telephones replaced by stars.

    >>> mask_numbers("13900001234")
    '139****1234'
    """
    text = _IDENTITY.sub(r"\1**********\2", text)
    text = _MOBILE.sub(r"\1\2****\3\4", text)
    text = _LANDLINE.sub(r"\1\2****\3", text)
    return _OLD_IDENTITY.sub(r"\1********\2", text)


def quote_line(text: str, *, longest: int = 60) -> str:
    """Return a citizen's words fit to stand within one of our lines: one line, masked, no longer than ``longest``.

    Line ends, controls and direction marks go, so that a file name can neither begin a line of ours
    nor turn it round.
    """
    line = mask_numbers(_CONTROLS.sub(" ", text).strip())
    return line if len(line) <= longest else line[: longest - 1] + "…"
