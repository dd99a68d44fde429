"""Pen and stamp of the demo's printer: fonts, text, frames, seals - what every fictional paper is made of."""

from __future__ import annotations

import math
import random
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).parent / "fonts"
PRINT = "YoubanSansSC-Regular.ttf"
HAND = "YoubanHand-Regular.ttf"
INK = (30, 30, 34)
PEN = (24, 34, 92)
RED = (196, 30, 38)
GREY = (150, 150, 150)

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]


@cache
def load_font(size: int, name: str = PRINT) -> ImageFont.FreeTypeFont:
    """Return a font at a size in pixels. The basic layout engine draws the same everywhere, with or without raqm."""
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def has_glyph(char: str, name: str = PRINT) -> bool:
    """Return whether a font draws this character rather than its empty box (.notdef)."""
    font = load_font(24, name)
    return char.isspace() or bytes(font.getmask(char)) != bytes(font.getmask("\U0010ffff"))


def width_of(text: str, size: int) -> int:
    """Return the width of a text in pixels."""
    return math.ceil(sum(_advance(char, size) for char in text))


@cache
def _advance(char: str, size: int) -> float:
    return load_font(size).getlength(char)


def write(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, *, size: int, fill: Colour = INK) -> None:
    """Draw one line of print, its upper left corner at ``at``."""
    draw.text(at, text, font=load_font(size), fill=fill)


def write_centred(draw: ImageDraw.ImageDraw, box: Box, text: str, *, size: int, fill: Colour = INK) -> None:
    """Draw one line of print in the middle of a box."""
    x0, y0, x1, y1 = box
    draw.text(((x0 + x1) / 2, (y0 + y1) / 2), text, font=load_font(size), fill=fill, anchor="mm")


def write_by_hand(
    draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, *, size: int, rng: random.Random, fill: Colour = PEN
) -> None:
    """Draw one line as a hand does: no two characters quite on one line or quite as large."""
    x, y = at
    for char in text:
        name = HAND if has_glyph(char, HAND) else PRINT
        font = load_font(size + rng.randrange(-2, 3), name)
        draw.text((x + rng.randrange(-1, 2), y + rng.randrange(-2, 3)), char, font=font, fill=fill)
        x += math.ceil(font.getlength(char)) + 1


def wrap(text: str, size: int, width: int) -> list[str]:
    """Return a text cut into lines no wider than ``width`` pixels; Chinese breaks anywhere, numbers do not."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _words(paragraph):
            if line and width_of(line + word, size) > width:
                lines.append(line)
                line = ""
            line += word
        lines.append(line)
    return lines


def _words(text: str) -> list[str]:
    """Return what stays on one line: a number, Latin word or address whole, a closing mark with what it closes."""
    words: list[str] = []
    for char in text:
        pair = words[-1][-1] + char if words else ""
        is_inside = pair.isascii() and " " not in pair
        if words and (is_inside or char in "，。、：；）》」！？,.;:)"):
            words[-1] += char
        else:
            words.append(char)
    return words


def draw_seal(page: Image.Image, centre: tuple[int, int], radius: int, *, text: str, inner: str = "") -> None:
    """Press a round red seal on a page: a ring, the name along its inside, a star, a word below the star."""
    side = radius * 2 + 8
    stamp = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(stamp)
    middle = side / 2
    pen.ellipse((4, 4, side - 4, side - 4), outline=255, width=max(3, radius // 18))
    size = max(12, min(radius // 4, int(4.2 * radius / max(len(text), 6))))
    font = load_font(size)
    span = min(300, 26 * len(text))
    for place, char in enumerate(text):
        angle = math.radians(-span / 2 + span * (place + 0.5) / len(text))
        glyph = Image.new("L", (size + 6, size + 6), 0)
        ImageDraw.Draw(glyph).text((size / 2 + 3, size / 2 + 3), char, font=font, fill=255, anchor="mm")
        glyph = glyph.rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
        reach = radius - size * 0.85 - 4
        x, y = middle + reach * math.sin(angle), middle - reach * math.cos(angle)
        stamp.paste(255, (int(x - glyph.width / 2), int(y - glyph.height / 2)), glyph)
    draw_star(pen, (middle, middle), radius * 0.3, fill=255)
    if inner:
        pen.text((middle, middle + radius * 0.55), inner, font=load_font(max(12, radius // 5)), fill=255, anchor="mm")
    page.paste(RED, (centre[0] - side // 2, centre[1] - side // 2), stamp.point(lambda level: int(level * 0.78)))


def draw_star(
    pen: ImageDraw.ImageDraw, centre: tuple[float, float], radius: float, *, fill: Colour | int = RED
) -> None:
    """Draw a five-pointed star."""
    points = [
        (centre[0] + reach * math.sin(angle), centre[1] - reach * math.cos(angle))
        for corner in range(10)
        for angle, reach in ((math.pi * corner / 5, radius if corner % 2 == 0 else radius * 0.4),)
    ]
    pen.polygon(points, fill=fill)


def draw_emblem(pen: ImageDraw.ImageDraw, centre: tuple[int, int], radius: int) -> None:
    """Draw what stands for a state emblem: deliberately only a red disc with stars, not the emblem itself."""
    x, y = centre
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=RED, outline=(205, 160, 60), width=radius // 9)
    draw_star(pen, (x, y - radius * 0.15), radius * 0.4, fill=(240, 200, 80))
    for turn in (-0.9, -0.35, 0.35, 0.9):
        at = (x + radius * 0.62 * math.sin(turn), y + radius * 0.55 * math.cos(turn))
        draw_star(pen, at, radius * 0.13, fill=(240, 200, 80))


def draw_portrait(pen: ImageDraw.ImageDraw, box: Box, rng: random.Random) -> None:
    """Draw a passport photograph of nobody: a head without a face."""
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    pen.rectangle(box, fill=(226, 232, 240))
    middle = (x0 + x1) // 2
    coat = rng.choice(((60, 66, 84), (96, 70, 70), (70, 92, 80), (40, 40, 46)))
    pen.pieslice(
        (x0 + width // 9, y0 + height * 62 // 100, x1 - width // 9, y1 + height * 60 // 100), 180, 360, fill=coat
    )
    pen.rectangle(
        (middle - width // 10, y0 + height // 2, middle + width // 10, y0 + height * 68 // 100), fill=(214, 176, 150)
    )
    pen.ellipse(
        (middle - width // 4, y0 + height // 6, middle + width // 4, y0 + height * 58 // 100), fill=(222, 186, 160)
    )
    hair = rng.choice(((28, 26, 26), (52, 44, 40), (120, 116, 112)))
    pen.pieslice(
        (middle - width * 27 // 100, y0 + height // 8, middle + width * 27 // 100, y0 + height * 52 // 100),
        180,
        360,
        fill=hair,
    )


def mark_specimen(page: Image.Image) -> None:
    """Print 样张 虚构 in the corner: no paper of the demo may be taken for a real one."""
    pen = ImageDraw.Draw(page)
    pen.text((page.width - 48, page.height - 46), "样张 虚构", font=load_font(20), fill=GREY, anchor="rb")
