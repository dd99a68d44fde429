"""What a layout is: whose paper, how it is drawn, and what of the person stands on it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from PIL import Image

from tests.papers.forms import Form, draw_form

Split = Literal["open", "held"]
# Who stands for a unit, the one who answers for it first; （单位负责人）, 签字 and a colon may follow.
_HEADS = ("法定代表人", "执行事务合伙人", "经营者", "投资人", "主要负责人", "企业负责人", "(?<![\u3400-\u9fff])负责人")
_BLANK = r"(?:[（(][^）)]*[）)])?(?:姓名|签字|签章|签名)*[:：]?\n?\{(\w+)\}"
Paint = Callable[[Mapping[str, str], random.Random], Image.Image]


@dataclass(frozen=True, slots=True)
class Layout:
    """How one paper looks. ``code`` is READING.md's, ``other`` for a lookalike that must be refused.

    ``name_word`` and ``id_word`` are the words that are printed as name and id number, ``head_word`` as that of who
    stands for a unit, '' where none is.
    ``lookalike`` says what an ``other`` really is. ``split`` ``held`` keeps it from those who write the rules.
    """

    name: str
    code: str
    split: Split
    paint: Paint
    name_word: str = "name"
    id_word: str = "id"
    lookalike: str = ""
    head_word: str = ""


def find_head_word(content: Iterable[Any]) -> str:
    """Return which word stands behind 法定代表人, or what else a paper calls who stands for a unit; '' for none."""
    text = re.sub(r"[^\S\n]+", "", "\n".join(_flatten(tuple(content))))
    return next((found[1] for head in _HEADS if (found := re.search(head + _BLANK, text))), "")


def _flatten(content: Any) -> list[str]:
    if isinstance(content, str):
        return [content]
    if isinstance(content, Mapping):
        content = tuple(content.values())
    return [text for each in content for text in _flatten(each)] if isinstance(content, tuple | list) else []


def form_layout(name: str, code: str, split: Split, form: Form, *, subject: str = "", lookalike: str = "") -> Layout:
    """Return the layout of a form; what is printed of its subject (``other`` for a deceased) is read off its blanks."""
    blanks = repr((form.title, form.blocks, form.corner))
    name_word, id_word = (subject or "name"), (f"{subject}_id" if subject else "id")
    return Layout(
        name,
        code,
        split,
        partial(draw_form, form),
        name_word=name_word if f"{{{name_word}}}" in blanks else "",
        id_word=id_word if f"{{{id_word}}}" in blanks else "",
        lookalike=lookalike,
        head_word=find_head_word(form.blocks),
    )
