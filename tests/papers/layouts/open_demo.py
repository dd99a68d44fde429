"""The demo's own layouts, one per document code: whoever writes rules sees them anyway."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import partial

from PIL import Image

from tests.papers.layouts.layout import Layout, find_head_word
from youban.demo.cards import LAYOUTS as CARDS
from youban.demo.papers import draw_form, load_forms

# What the demo's cards print of their owner, as words of fill_blanks; forms say it themselves.
_PRINTED = {
    "id-front": ("name", "id"), "id-back": ("", ""), "ss-card-front": ("name", "id"), "ss-card-back": ("", ""),
    "residence-permit-front": ("name", "id"), "residence-permit-back": ("", ""), "hukou-first": ("head", ""),
    "hukou-self": ("name", "id"), "parent-hukou-first": ("head", ""), "parent-hukou-self": ("name", "id"),
    "written-request": ("name", ""),
}  # fmt: skip


def _draw(code: str, words: Mapping[str, str], rng: random.Random) -> Image.Image:
    return CARDS[code](words, rng) if code in CARDS else draw_form(code, words, rng)


def _printed(code: str) -> tuple[str, str]:
    if code in _PRINTED:
        return _PRINTED[code]
    blanks = repr(load_forms()[code])
    # A list's subject is who stands in its first row, not who signed it.
    subject = "other" if code in ("death-cert", "decrease-roster") else "name"
    id_word = "id" if subject == "name" else f"{subject}_id"
    return (subject if f"{{{subject}}}" in blanks else "", id_word if f"{{{id_word}}}" in blanks else "")


LAYOUTS = tuple(
    Layout(
        f"demo-{code}",
        code,
        "open",
        partial(_draw, code),
        *_printed(code),
        head_word=find_head_word(load_forms().get(code, {}).get("blocks", ())),
    )
    for code in (*CARDS, *(code for code in load_forms() if code != "requests"))
)
