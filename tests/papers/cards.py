"""Cards, booklets and screens as data: words at places. What has no grid of its own is drawn by this."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PIL import Image

from tests.papers.forms import _EXTRAS
from tests.papers.layouts.layout import Layout, Split, find_head_word
from tests.papers.sheet import CARD, Colour, Sheet
from youban.demo import ink

COLOURS: Mapping[str, Colour] = {
    "blue": (54, 98, 148), "white": (250, 250, 250), "red": (196, 30, 38), "gold": (196, 150, 60),
    "grey": (120, 120, 124), "green": (40, 110, 80), "brown": (110, 80, 50),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """Words at places. ``items`` are (x, y, text, size, style, wrap width).

    A style is words: a colour of ``COLOURS``, ``mid`` or ``right`` (the anchor), ``bold``, ``wide`` or ``loose``
    (tracked), ``brush`` or ``pen`` (by hand).
    ``bands`` are filled fields (x0, y0, x1, y1, colour), ``rules`` lines (x0, y0, x1, y1).
    """

    items: tuple[tuple[Any, ...], ...]
    size: tuple[int, int] = CARD
    colour: Colour = (236, 240, 242)
    waves: Colour | None = None
    face: str = "song"
    bands: tuple[tuple[float, float, float, float, Colour], ...] = ()
    rules: tuple[tuple[float, float, float, float], ...] = ()
    extras: tuple[tuple[str, float, float, float], ...] = ()
    seals: tuple[tuple[float, float, float, str, str], ...] = ()
    border: str = ""
    stamps: tuple[tuple[float, float, str], ...] = ()


def draw_card(card: Card, words: Mapping[str, str], rng: random.Random) -> Image.Image:
    """Return a card as printed."""
    sheet = Sheet(card.size, rng, colour=card.colour, face=card.face)
    if card.waves:
        sheet.waves(card.waves)
    if card.border:
        sheet.border(ornate=card.border == "ornate")
    for x0, y0, x1, y1, colour in card.bands:
        sheet.box(x0, y0, x1, y1, fill=colour, outline=None)
    for rule in card.rules:
        sheet.line(*rule)
    for thing, x, y, extent in card.extras:
        _EXTRAS[thing](sheet, x, y, extent)
    for x, y, text, size, *more in card.items:
        style = more[0].split() if more else []
        lines = sheet.wrap(text.format_map(words), size, more[1] if len(more) > 1 else 10_000)
        anchor = "ma" if "mid" in style else "ra" if "right" in style else "la"
        fill = next((COLOURS[word] for word in style if word in COLOURS), ink.INK)
        for number, line in enumerate(lines):
            if "brush" in style or "pen" in style:
                sheet.write(x, y + number * size * 1.4, line, size, hand=0 if "brush" in style else 1)
                continue
            track = size * (0.35 if "wide" in style else 0.12 if "loose" in style else 0)
            sheet.text(
                x, y + number * size * 1.3, line, size, fill=fill, anchor=anchor, bold="bold" in style, track=track
            )
    for x, y, text in card.stamps:
        sheet.stamp(x, y, tuple(text.format_map(words).split("\n")))
    for x, y, radius, text, inner in card.seals:
        sheet.seal(x, y, radius, text.format_map(words), inner.format_map(words))
    return sheet.pixels


def card_layout(name: str, code: str, split: Split, card: Card, *, lookalike: str = "") -> Layout:
    """Return the layout of a card; whether name and id number are printed is read off its words."""
    texts = " ".join(str(item[2]) for item in card.items)
    has_id = "{id}" in texts or "{spaced_id}" in texts
    name_word = "name" if "{name}" in texts else "head" if "{head}" in texts else ""
    return Layout(
        name,
        code,
        split,
        partial(draw_card, card),
        name_word=name_word,
        id_word="id" if has_id else "",
        lookalike=lookalike,
        head_word=find_head_word(item[2] for item in card.items),
    )
