"""Forms as data: a title, blocks from top to bottom, seals. Most papers are such forms; cards draw themselves.

A block is a tuple whose first word names it:
``("cells", row, …)`` ruled label and value pairs · ``("table", row, …)`` ruled, first row is the head ·
``("lines", row, …)`` pairs without rules, values underlined · ``("text", paragraph, …)`` ·
``("sign", line, …)`` at the right ·
``("ends", left, right)`` one line at both edges · ``("big", label, text, line, …)`` a tall cell with
an opinion and its signature ·
``("gap", units)``. Words in braces are filled from ``words.make_words``.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from PIL import Image

from tests.papers.sheet import A4, PENS, Colour, Sheet
from youban.demo import ink

Block = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form. ``hand`` fills it in by hand (0 or 1), -1 prints. ``seals`` are (x, y, radius, text, inner):
    x and y as shares of the page.

    ``extras`` are (thing, x, y, size) with ``portrait``, ``emblem``, ``squares`` or ``bars``, in units.
    """

    title: str
    blocks: tuple[Block, ...]
    size: tuple[int, int] = A4
    colour: Colour = (252, 252, 250)
    face: str = "song"
    title_size: float = 40
    title_colour: Colour = ink.INK
    title_track: float = 0
    over_title: str = ""
    font: float = 22
    tall: float = 48
    margin: float = 70
    top: float = 80
    hand: int = -1
    rule: Colour = (60, 60, 64)
    label_colour: Colour = ink.INK
    border: str = ""
    waves: Colour | None = None
    seals: tuple[tuple[float, float, float, str, str], ...] = ()
    extras: tuple[tuple[str, float, float, float], ...] = ()
    corner: str = ""
    right: float = field(default=0)


def draw_form(form: Form, words: Mapping[str, str], rng: random.Random) -> Image.Image:
    """Return a form as printed, its blanks filled; a short one is set wider until it fills most of its page."""
    state = rng.getstate()
    sheet, end = _print(form, words, rng)
    room, used = form.size[1] * 0.88 - form.top, end - form.top
    if used < room:
        rng.setstate(state)
        stretch = min(room / used, 1.7)
        wider = replace(form, tall=form.tall * stretch, font=form.font * min(stretch, 1.12))
        sheet, _ = _print(wider, words, rng)
    return sheet.pixels


def _print(form: Form, words: Mapping[str, str], rng: random.Random) -> tuple[Sheet, float]:
    sheet = Sheet(form.size, rng, colour=form.colour, face=form.face)
    if form.waves:
        sheet.waves(form.waves)
    if form.border:
        sheet.border(ornate=form.border == "ornate")
    if form.corner:
        sheet.text(form.margin, form.top - 40, form.corner.format_map(words), form.font * 0.85)
    y = form.top
    if form.over_title:
        sheet.text(sheet.width / 2, y, form.over_title.format_map(words), form.title_size * 0.8, anchor="ma", bold=True)
        y += form.title_size * 1.15
    title = form.title.format_map(words)
    size = form.title_size
    while size > 20 and sheet.measure(title, size) + form.title_track * len(title) > sheet.width - 2 * form.margin:
        size -= 2
    sheet.text(sheet.width / 2, y, title, size, anchor="ma", bold=True, fill=form.title_colour, track=form.title_track)
    y += size * 1.6
    for thing, x, top, extent in form.extras:
        _EXTRAS[thing](sheet, x, top, extent)
    fill = PENS[rng.randrange(len(PENS))]
    for name, *content in form.blocks:
        y = _BLOCKS[name](sheet, form, [_fill(part, words) for part in content], y=y, pen=fill)
    for x, top, radius, text, inner in form.seals:
        at = (x * sheet.width + rng.uniform(-20, 20), top * sheet.height + rng.uniform(-12, 12))
        sheet.seal(*at, radius, text.format_map(words), inner.format_map(words))
    return sheet, y


def _fill(part: Any, words: Mapping[str, str]) -> Any:
    if isinstance(part, str):
        return part.format_map(words)
    return [_fill(each, words) for each in part] if isinstance(part, tuple) else part


def _value(sheet: Sheet, form: Form, x: float, y: float, text: str, pen: Colour) -> None:
    if form.hand < 0:
        sheet.text(x, y, text, form.font)
    else:
        sheet.write(x, y - form.font * 0.2, text, form.font * 1.15, hand=form.hand, fill=pen)


def _cells(sheet: Sheet, form: Form, rows: list[list[str]], *, y: float, pen: Colour) -> float:
    left, right = form.margin, sheet.width - form.margin - form.right
    for row in rows:
        if len(row) == 1:
            sheet.box(left, y, right, y + form.tall, outline=form.rule)
            sheet.text(left + 12, y + form.tall / 2, row[0], form.font, anchor="lm", bold=True)
            y += form.tall
            continue
        room = 1.22 if form.hand >= 0 else 1.0
        wants = [sheet.measure(cell, form.font) * (room if place % 2 else 1) + 24 for place, cell in enumerate(row)]
        wants = [max(want, 90 if place % 2 else 60) for place, want in enumerate(wants)]
        if sum(wants) > right - left:  # only values give way: they wrap
            least = [
                want if place % 2 == 0 else _least(sheet, form, cell, room)
                for place, (want, cell) in enumerate(zip(wants, row, strict=True))
            ]
            spare = right - left - sum(least)
            over = sum(wants) - sum(least) or 1
            wants = [low + (want - low) * spare / over for low, want in zip(least, wants, strict=True)]
        stretch = (right - left) / sum(wants)
        edges = [left]
        for want in wants:
            edges.append(edges[-1] + want * stretch)
        lines = [
            sheet.wrap(cell, form.font * (room if place % 2 else 1), x1 - x0 - 14)
            for place, (cell, (x0, x1)) in enumerate(zip(row, pairwise(edges), strict=True))
        ]
        tall = max(form.tall, max(map(len, lines)) * form.font * 1.35 + 14)
        for place, (x0, x1) in enumerate(pairwise(edges)):
            sheet.box(x0, y, x1, y + tall, outline=form.rule)
            start = y + (tall - len(lines[place]) * form.font * 1.35) / 2 + 2
            for number, text in enumerate(lines[place]):
                at = start + number * form.font * 1.35
                if place % 2 == 0:
                    sheet.text((x0 + x1) / 2, at, text, form.font, anchor="ma", fill=form.label_colour)
                else:
                    _value(sheet, form, x0 + 9, at, text, pen)
        y += tall
    return y


def _least(sheet: Sheet, form: Form, text: str, room: float) -> float:
    """Return the width of the longest number of a value, which cannot be broken."""
    return max((sheet.measure(run, form.font) for run in re.findall(r"[!-~]+", text)), default=40) * room + 24


def _table(sheet: Sheet, form: Form, rows: list[list[str]], *, y: float, pen: Colour) -> float:
    left, right = form.margin, sheet.width - form.margin - form.right
    font = form.font
    while True:
        wants = [max(sheet.measure(row[col], font) for row in rows) + 18 for col in range(len(rows[0]))]
        if sum(wants) <= right - left or font <= 13:
            break
        font -= 1
    edges = [left]
    for want in wants:
        edges.append(edges[-1] + want * (right - left) / sum(wants))
    for row in rows:
        for cell, (x0, x1) in zip(row, pairwise(edges), strict=True):
            sheet.box(x0, y, x1, y + form.tall * 0.85, outline=form.rule)
            sheet.text((x0 + x1) / 2, y + form.tall * 0.42, cell, font, anchor="mm", bold=row is rows[0])
        y += form.tall * 0.85
    return y


def _lines(sheet: Sheet, form: Form, rows: list[list[str]], *, y: float, pen: Colour) -> float:
    left, right = form.margin, sheet.width - form.margin - form.right
    for row in rows:
        step = (right - left) / (len(row) / 2)
        deepest = y
        for pair in range(len(row) // 2):
            label, value = row[pair * 2 : pair * 2 + 2]
            x = left + pair * step
            start = sheet.text(x, y, label, form.font, fill=form.label_colour) + 8
            end = x + step - 12
            room = 1.2 if form.hand >= 0 else 1.0
            for number, text in enumerate(sheet.wrap(value, form.font * room, end - start)):
                at = y + number * form.tall * 0.75
                _value(sheet, form, start + 4, at, text, pen)
                if form.hand >= 0:
                    sheet.line(start, at + form.font * 1.3, end, at + form.font * 1.3)
                deepest = max(deepest, at)
        y = deepest + form.tall
    return y


def _text(sheet: Sheet, form: Form, paragraphs: list[str], *, y: float, pen: Colour) -> float:
    width = sheet.width - 2 * form.margin - form.right
    for paragraph in paragraphs:
        indent = "" if paragraph.endswith("：") else "\u3000\u3000"
        for line in sheet.wrap(indent + paragraph, form.font, width):
            sheet.text(form.margin, y, line, form.font)
            y += form.font * 1.7
    return y + form.font * 0.5


def _sign(sheet: Sheet, form: Form, lines: list[str], *, y: float, pen: Colour) -> float:
    y += form.font
    start = sheet.width - form.margin - 60 - max(sheet.measure(line, form.font) for line in lines)
    for line in lines:
        sheet.text(max(form.margin, start), y, line, form.font)
        y += form.font * 1.9
    return y


def _ends(sheet: Sheet, form: Form, ends: list[str], *, y: float, pen: Colour) -> float:
    small = form.font * 0.9
    sheet.text(form.margin, y, ends[0], small)
    sheet.text(sheet.width - form.margin, y, ends[1], small, anchor="ra")
    return y + small * 1.7


def _big(sheet: Sheet, form: Form, content: list[str], *, y: float, pen: Colour) -> float:
    label, text, *after = content
    left, right = form.margin, sheet.width - form.margin
    split = left + form.font * 3.2
    lines = sheet.wrap(text, form.font, right - split - 24)
    tall = (len(lines) + len(after)) * form.font * 1.7 + form.font * 2.4
    tall = max(tall, len(label) * form.font * 1.2 + 16, form.tall * 2.2)
    sheet.box(left, y, split, y + tall, outline=form.rule)
    sheet.box(split, y, right, y + tall, outline=form.rule)
    step = min(form.font * 1.4, (tall - 10) / len(label))
    sheet.column((left + split) / 2, y + tall / 2 - step * (len(label) - 1) / 2, label, min(form.font, step), step=step)
    for number, line in enumerate(lines):
        _value(sheet, form, split + 12, y + 14 + number * form.font * 1.7, line, pen)
    for number, line in enumerate(reversed(after)):
        sheet.text(right - 30, y + tall - (number + 1) * form.font * 1.7, line, form.font, anchor="ra")
    return y + tall


def _gap(_sheet: Sheet, _form: Form, content: list[Any], *, y: float, pen: Colour) -> float:
    return y + float(content[0])


_BLOCKS: Mapping[str, Callable[..., float]] = {
    "cells": _cells, "table": _table, "lines": _lines, "text": _text, "sign": _sign, "ends": _ends,
    "big": _big, "gap": _gap,
}  # fmt: skip
_EXTRAS: Mapping[str, Callable[[Sheet, float, float, float], None]] = {
    "portrait": lambda sheet, x, y, size: sheet.portrait(x, y, x + size, y + size * 1.3),
    "emblem": lambda sheet, x, y, size: sheet.emblem(x, y, size),
    "squares": lambda sheet, x, y, size: sheet.squares(x, y, size),
    "bars": lambda sheet, x, y, size: sheet.bars(x, y, size, size * 0.2),
}
