"""Chinese typesetting of the catalogue's prose: the notices print half-width commas, a letter should not."""

from __future__ import annotations

import re
from functools import lru_cache

_WIDE = r"\u3400-\u9fff《》“”（）、。！？—"
_AFTER_WIDE = re.compile(rf"(?<=[{_WIDE}])[,;:]\s?")
_BEFORE_WIDE = re.compile(rf"[,;]\s?(?=[{_WIDE}])")
_BRACKETS = re.compile(rf"\((?!https?://)([^()]*[{_WIDE}][^()]*)\)|(?<=[{_WIDE}])\((?!https?://)([^()]*)\)")
_FULL_WIDTH = {",": "，", ";": "；", ":": "："}


@lru_cache(maxsize=4096)  # the catalogue's own prose, again and again
def set_type(text: str) -> str:
    """Return a text with full-width commas, colons and brackets by Chinese; numbers and addresses stay.

    >>> set_type("传真(86198985)办理,邮箱 a@b.example,谢谢")
    '传真（86198985）办理，邮箱 a@b.example，谢谢'
    """
    text = _BRACKETS.sub(lambda found: f"（{found[1] if found[1] is not None else found[2]}）", text)
    text = _AFTER_WIDE.sub(lambda found: _FULL_WIDTH[found[0].strip()], text)
    return _BEFORE_WIDE.sub(lambda found: _FULL_WIDTH[found[0].strip()], text)
