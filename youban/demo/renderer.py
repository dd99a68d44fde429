"""Fictional papers and their photographs: ``draw`` prints one, ``photograph`` takes its picture."""

from __future__ import annotations

import io
import math
import random
import statistics
from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageChops, ImageFilter

from youban.demo import ink
from youban.demo.cards import LAYOUTS
from youban.demo.papers import draw_form, fill_blanks, load_forms, rng_for
from youban.demo.people import Person

KINDS = (*LAYOUTS, *(code for code in load_forms() if code != "requests"))
"""Every document code that can be drawn."""

Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
_DESKS = ((124, 96, 68), (92, 92, 98), (156, 142, 122), (66, 80, 92), (176, 168, 156))


def draw(kind: str, person: Person, *, seed: int, **fields: str) -> Image.Image:
    """Return a fictional paper as printed, flat and clean.

    Args:
        kind: a document code of ``KINDS``.
        person: whose paper it is.
        seed: decides everything that the person does not; the same seed draws the same pixels.
        fields: words for single blanks of the form (``hospital="…"``); ``request`` names the service
            item whose usual words a handwritten request says, ``text`` gives its words themselves.

    Raises:
        KeyError: nobody knows how this kind looks.
    """
    rng = rng_for(kind, person, seed)
    words = fill_blanks(person, rng, fields)
    page = LAYOUTS[kind](words, rng) if kind in LAYOUTS else draw_form(kind, words, rng)
    ink.mark_specimen(page)
    return page


def photograph(
    paper: Image.Image,
    seed: int,
    *,
    longest_px: int = 1200,
    turn: int = 0,
    tilt: float = 1.0,
    light: float = 1.0,
    blur_px: float = 0.0,
    noise: float = 4.0,
    quality: int = 82,
) -> bytes:
    """Return a JPEG of a paper lying on a desk, as a telephone takes it.

    Args:
        paper: what ``draw`` returned.
        seed: decides desk, perspective, light and grain.
        longest_px: the longest side of the picture.
        turn: quarter turns of the camera, in degrees: 0, 90, 180 or 270.
        tilt: how far the camera is from looking straight down: 0 flat, 1 usual, 3 careless.
        light: 1 is daylight; 0.1 is too dark to read.
        blur_px: radius of further blur: 0 is in focus (the lens softens a little by itself), from 3 on print is gone.
        noise: standard deviation of the sensor's grain in grey levels.
        quality: of the JPEG.
    """
    rng = random.Random(f"photo {seed}")
    paper = _edge(paper)
    size = _frame(paper.size, longest_px)
    picture = paper.transform(
        size,
        Image.Transform.PERSPECTIVE,
        _perspective(_aim(paper.size, rng, tilt), *size),
        Image.Resampling.BILINEAR,
        fillcolor=rng.choice(_DESKS),
    )
    picture = ImageChops.multiply(picture, _shine(size, rng, light))
    if blur_px:
        picture = picture.filter(ImageFilter.GaussianBlur(blur_px))
    if noise:
        picture = _add_grain(picture, rng, noise)
    if turn:
        picture = picture.rotate(turn, expand=True)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def put_on_one_sheet(papers: Sequence[Image.Image]) -> Image.Image:
    """Return papers one under the other on one white sheet, as copies of both sides of a card are."""
    sheet = Image.new("RGB", (1240, 1754), (252, 252, 250))
    room = sheet.height // len(papers)
    for place, paper in enumerate(papers):
        small = paper.copy()
        small.thumbnail((980, room - 80), Image.Resampling.LANCZOS)
        sheet.paste(small, ((sheet.width - small.width) // 2, place * room + (room - small.height) // 2))
    return sheet


def _edge(paper: Image.Image) -> Image.Image:
    """Return a paper with the thin shadow that it casts to the right and below."""
    width, height = paper.size
    lying = Image.new("RGB", (width + 9, height + 11), (46, 43, 42))
    lying.paste(paper, (0, 0))
    return lying


def _frame(size: tuple[int, int], longest_px: int) -> tuple[int, int]:
    """Return the size of the picture: a telephone's 4:3, or nearer the paper's shape when that is longer."""
    shape = max(3 / 4, min(size) / max(size))
    short, long = round(longest_px * shape), longest_px
    return (long, short) if size[0] >= size[1] else (short, long)


def _aim(paper: tuple[int, int], rng: random.Random, tilt: float) -> Quad:
    """Return the corners of what the camera sees, in the paper's pixels: some desk around it, a little askew."""
    width, height = paper
    seen_width, seen_height = _frame(paper, 1000)
    zoom = 1.08 * max(width / seen_width, height / seen_height)
    middle = (width / 2, height / 2)
    lean = math.radians(rng.uniform(-2.5, 2.5) * tilt)
    sway = max(paper) * 0.025 * tilt
    corners = []
    for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        x, y = sx * seen_width * zoom / 2, sy * seen_height * zoom / 2
        corners.append(
            (
                middle[0] + x * math.cos(lean) - y * math.sin(lean) + sx * rng.uniform(0, sway),
                middle[1] + x * math.sin(lean) + y * math.cos(lean) + sy * rng.uniform(0, sway),
            )
        )
    return (corners[0], corners[1], corners[2], corners[3])


def _perspective(quad: Quad, width: int, height: int) -> tuple[float, ...]:
    """Return Pillow's eight coefficients that map a width x height picture onto a quad (Heckbert 1989, 2.2.3)."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad
    dx1, dx2, dx3 = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, dy3 = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    bottom = dx1 * dy2 - dx2 * dy1
    g = (dx3 * dy2 - dx2 * dy3) / bottom
    h = (dx1 * dy3 - dx3 * dy1) / bottom
    a, b, c = x1 - x0 + g * x1, x3 - x0 + h * x3, x0
    d, e, f = y1 - y0 + g * y1, y3 - y0 + h * y3, y0
    return (a / width, b / height, c, d / width, e / height, f, g / width, h / height)


def _shine(size: tuple[int, int], rng: random.Random, light: float) -> Image.Image:
    """Return the light on the scene: brighter towards one side, a little warm or cold."""
    slope = Image.linear_gradient("L").rotate(rng.randrange(360), Image.Resampling.BILINEAR).crop((48, 48, 208, 208))
    floor = rng.uniform(0.78, 0.9)
    tints = rng.choice(((1.0, 0.985, 0.95), (0.96, 0.98, 1.0), (1.0, 1.0, 1.0)))

    def level(tint: float) -> list[int]:
        return [round(255 * min(1.0, light * tint * (floor + (1 - floor) * value / 255))) for value in range(256)]

    small = Image.merge("RGB", [slope.point(level(tint)) for tint in tints])
    # Smooth at a quarter of the size is smooth enough, and four times faster.
    smooth = small.resize((size[0] // 4 + 1, size[1] // 4 + 1), Image.Resampling.BILINEAR)
    return smooth.resize(size, Image.Resampling.NEAREST)


_TILE = 512


@cache
def _grain_tile(noise: float) -> Image.Image:
    """Return a tile of sensor grain: a bell curve of grey levels around 128.

    Not Image.effect_noise: it draws from the C library's generator, so no seed would repeat it.
    """
    curve = statistics.NormalDist(128, noise)
    levels = [round(curve.inv_cdf((value + 0.5) / 256)) for value in range(256)]
    flat = random.Random("grain").randbytes(_TILE * _TILE)
    return Image.frombytes("L", (_TILE, _TILE), flat).point(levels).convert("RGB")


def _add_grain(picture: Image.Image, rng: random.Random, noise: float) -> Image.Image:
    tile = _grain_tile(noise)
    grain = Image.new("RGB", picture.size)
    start = rng.randrange(_TILE), rng.randrange(_TILE)
    for x in range(-start[0], picture.width, _TILE):
        for y in range(-start[1], picture.height, _TILE):
            grain.paste(tile, (x, y))
    return ImageChops.add(picture, grain, scale=1, offset=-128)
