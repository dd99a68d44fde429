"""What a layout is: whose paper, how it is drawn, and what of the person stands on it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from PIL import Image

from tests.papers.forms import Form, draw_form

Split = Literal["open", "held"]
Paint = Callable[[Mapping[str, str], random.Random], Image.Image]


@dataclass(frozen=True, slots=True)
class Layout:
    """How one paper looks. ``code`` is READING.md's, ``other`` for a lookalike that must be refused.

    ``name_word`` and ``id_word`` are the words that are printed as name and id number, '' where none is.
    ``lookalike`` says what an ``other`` really is. ``split`` ``held`` keeps it from those who write the rules.
    """

    name: str
    code: str
    split: Split
    paint: Paint
    name_word: str = "name"
    id_word: str = "id"
    lookalike: str = ""


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
    )
