"""A camera model with Pillow alone: what paper, copier, light, lens and hand do to a page before it is a JPEG.

Sizes are pixels; all chance comes from the ``random.Random`` that is passed in.
"""

from __future__ import annotations

import io
import math
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from tests.papers.sheet import load_face

Difficulty = Literal["easy", "medium", "hard"]
REASONS = ("dark", "blurred", "small", "cut", "glare")
"""Why a picture cannot be read: too dark, out of focus, too few pixels, the paper cut off, a reflex over the words."""

_DESKS = ((124, 96, 68), (92, 92, 98), (156, 142, 122), (66, 80, 92), (176, 168, 156), (214, 208, 200), (60, 50, 44))
_WATERMARK = "仅供办理医保业务使用"


@dataclass(frozen=True, slots=True)
class Habits:
    """How a difficulty photographs. Pairs are ranges; chances are between 0 and 1."""

    longest_px: tuple[int, int]
    zoom: tuple[float, float]  # 1: the paper fills the picture
    tilt_deg: float
    sway: float  # perspective: corners wander by this share of the longer side
    light: tuple[float, float]
    slope: float  # how much darker the far side is
    blur_px: tuple[float, float]  # radius at 1600 px
    noise: tuple[float, float]
    quality: tuple[int, int]
    glare: float
    watermark: float
    copy: float
    fold: float
    shadow: float


# In the order of the fields above.
HABITS: dict[str, Habits] = {
    "easy": Habits((1600, 2400), (0.9, 0.97), 1.5, 0.012, (0.94, 1.04), 0.12, (0.2, 0.6), (1, 3), (84, 93),
        0, 0.08, 0.08, 0, 0),
    "medium": Habits(
        (1400, 3200), (0.8, 0.95), 4, 0.035, (0.8, 1.08), 0.28, (0.4, 1.0), (3, 6), (70, 88),
        0.15, 0.25, 0.15, 0.25, 0.25
    ),
    "hard": Habits(
        (1200, 4000), (0.68, 0.9), 8, 0.07, (0.58, 1.15), 0.45, (0.7, 1.5), (5, 11), (48, 75),
        0.4, 0.35, 0.25, 0.45, 0.5
    ),
}  # fmt: skip


def photograph(
    paper: Image.Image, difficulty: str, rng: random.Random, *, turn: int = 0, is_flat: bool = False
) -> bytes:
    """Return the JPEG of a paper. ``turn`` is in degrees counter-clockwise; ``is_flat`` is a screen: no desk."""
    habits = HABITS[difficulty]
    longest = rng.randrange(habits.longest_px[0], habits.longest_px[1] + 1, 16)
    if is_flat:
        return _save(_turn(_resize(paper, min(longest, max(paper.size))), turn), rng.randint(*habits.quality))
    if rng.random() < habits.watermark:
        paper = add_watermark(paper, rng)
    if rng.random() < habits.copy:
        paper = make_photocopy(paper, rng)
    if rng.random() < habits.fold:
        paper = add_fold(paper, rng)
    picture = _lay_on_desk(paper, longest, habits, rng)
    picture = _shine(picture, rng, level=rng.uniform(*habits.light), slope=habits.slope)
    if rng.random() < habits.shadow:
        picture = _cast_shadow(picture, rng)
    if rng.random() < habits.glare:
        picture = _add_glare(picture, rng, share=rng.uniform(0.06, 0.14), level=rng.uniform(70, 130))
    picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(*habits.blur_px) * longest / 1600))
    picture = _add_grain(picture, rng, rng.uniform(*habits.noise))
    return _save(_turn(picture, turn), rng.randint(*habits.quality))


def spoil(paper: Image.Image, reason: str, rng: random.Random, *, turn: int = 0) -> bytes:
    """Return a JPEG that nobody can read, for one of ``REASONS``. Raises: KeyError for another reason."""
    habits = HABITS["easy"]
    longest = rng.randrange(1600, 2401, 16)
    picture = _lay_on_desk(paper, longest, habits, rng)
    match reason:
        case "dark":
            picture = _shine(picture, rng, level=rng.uniform(0.04, 0.09), slope=0.3)
        case "blurred":
            # Print is about a fiftieth of a card's and a hundredth of a sheet's side: the blur goes by the paper.
            share = 1 / 75 if max(paper.size) < 1700 else 1 / 130
            picture = picture.filter(ImageFilter.GaussianBlur(longest * share * rng.uniform(1.0, 1.5)))
        case "small":
            picture = _resize(picture, rng.randrange(150, 231))
        case "cut":
            picture = _shine(_cut_off(picture, rng), rng, level=1.0, slope=0.1)
        case "glare":
            for _ in range(5):
                picture = _add_glare(picture, rng, share=rng.uniform(0.5, 0.7), level=255, spread=0.22)
        case _:
            raise KeyError(reason)
    picture = _add_grain(picture, rng, 3)
    return _save(_turn(picture, turn), 85)


def put_on_one_sheet(papers: Sequence[Image.Image], rng: random.Random) -> Image.Image:
    """Return papers one under the other on a white sheet, as both sides of a card are copied."""
    sheet = Image.new("RGB", (1654, 2339), (252, 252, 250))
    room = sheet.height // len(papers)
    for place, paper in enumerate(papers):
        small = paper.copy()
        small.thumbnail((rng.randrange(1100, 1400), room - 100), Image.Resampling.LANCZOS)
        left = (sheet.width - small.width) // 2 + rng.randrange(-60, 61)
        sheet.paste(small, (left, place * room + (room - small.height) // 2))
    return sheet


def add_watermark(paper: Image.Image, rng: random.Random) -> Image.Image:
    """Return a paper with 仅供办理医保业务使用 across it, as banks and apps advise."""
    side = math.ceil(math.hypot(*paper.size))
    size = round(max(paper.size) * rng.uniform(0.026, 0.045))
    mark = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(mark)
    font = load_face("print", size)
    level = rng.randrange(45, 95)
    if rng.random() < 0.5:  # once, along the diagonal
        font = load_face("print", round(size * 1.8))
        pen.text((side / 2, side / 2), _WATERMARK, font=font, fill=level, anchor="mm")
    else:
        for row, y in enumerate(range(0, side, size * 7)):
            for x in range(-size * (row % 2) * 6, side, round(font.getlength(_WATERMARK)) + size * 3):
                pen.text((x, y), _WATERMARK, font=font, fill=level)
    mark = mark.rotate(rng.choice((20, 30, 38)), Image.Resampling.BILINEAR)
    left, top = (side - paper.width) // 2, (side - paper.height) // 2
    marked = paper.copy()
    colour = rng.choice(((120, 120, 124), (200, 60, 60), (60, 90, 180)))
    marked.paste(colour, (0, 0), mark.crop((left, top, left + paper.width, top + paper.height)))
    return marked


def make_photocopy(paper: Image.Image, rng: random.Random) -> Image.Image:
    """Return a paper as a copier prints it: grey, hard, the pale ground gone, specks of dust."""
    if max(paper.size) < 1700:  # a card lies somewhere on the copier's sheet
        sheet = Image.new("RGB", (round(paper.width * 1.3), round(paper.height * 1.5)), (252, 252, 252))
        sheet.paste(
            paper, (rng.randrange(20, sheet.width - paper.width), rng.randrange(20, sheet.height - paper.height))
        )
        paper = sheet
    gain = rng.uniform(1.3, 1.9)
    grey = ImageOps.grayscale(paper).point([min(255, max(0, round((v - 128) * gain + 158))) for v in range(256)])
    pen = ImageDraw.Draw(grey)
    for _ in range(rng.randrange(20, 120)):
        x, y, r = rng.randrange(grey.width), rng.randrange(grey.height), rng.choice((1, 1, 2))
        pen.ellipse((x, y, x + r, y + r), fill=60)
    return grey.convert("RGB")


def add_fold(paper: Image.Image, rng: random.Random) -> Image.Image:
    """Return a paper that was folded once or twice: a thin bright line with a soft shadow beside it."""
    veil = Image.new("L", paper.size, 255)
    pen = ImageDraw.Draw(veil)
    for is_upright in rng.sample((True, False), rng.choice((1, 1, 2))):
        across, along = paper.size if is_upright else paper.size[::-1]
        at = round(across * rng.uniform(0.3, 0.7))
        drift = rng.randrange(-12, 13)
        for step in range(60):  # a shadow that fades away from the fold
            ends = ((at + step, 0), (at + step + drift, along))
            points = ends if is_upright else tuple((y, x) for x, y in ends)
            pen.line(points, fill=195 + step, width=2)
    return ImageChops.multiply(paper, veil.convert("RGB"))


def _cut_off(picture: Image.Image, rng: random.Random) -> Image.Image:
    """Return the picture of a camera that was pushed aside: most of the paper is outside, the rest is desk."""
    keep = rng.uniform(0.24, 0.36)
    width, height = picture.size
    dx, dy = rng.choice(((1, 0), (-1, 0), (0, -1)))  # not (0, 1): the title would stay
    aside = Image.new("RGB", picture.size, picture.getpixel((2, 2)))
    aside.paste(picture, (round(dx * width * (1 - keep)), round(dy * height * (1 - keep))))
    return aside


def _lay_on_desk(paper: Image.Image, longest: int, habits: Habits, rng: random.Random) -> Image.Image:
    """Return the paper on a desk, seen from aside; the frame is 4:3 or the paper's own shape."""
    width, height = paper.size
    shape = max(0.72, min(paper.size) / max(paper.size))
    size = (longest, round(longest * shape)) if width >= height else (round(longest * shape), longest)
    zoom = max(width / size[0], height / size[1]) / rng.uniform(*habits.zoom)
    lean = math.radians(rng.uniform(-habits.tilt_deg, habits.tilt_deg))
    wander = max(paper.size) * habits.sway
    middle = (width / 2 + rng.uniform(-wander, wander), height / 2 + rng.uniform(-wander, wander))
    corners = []
    for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        x, y = sx * size[0] * zoom / 2, sy * size[1] * zoom / 2
        corners.append(
            (
                middle[0] + x * math.cos(lean) - y * math.sin(lean) + sx * rng.uniform(-0.3 * wander, wander),
                middle[1] + x * math.sin(lean) + y * math.cos(lean) + sy * rng.uniform(-0.3 * wander, wander),
            )
        )
    lying = Image.new("RGB", (width + 8, height + 10), (52, 48, 46))  # the thin shadow at two edges
    lying.paste(paper, (0, 0))
    if zoom > 1.6:  # a transform alone would skip pixels of a paper that gets smaller
        lying = lying.filter(ImageFilter.GaussianBlur(zoom * 0.35))
    coefficients = find_perspective(corners, *size)
    desk = rng.choice(_DESKS)
    return lying.transform(size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC, fillcolor=desk)


def find_perspective(quad: Sequence[tuple[float, float]], width: int, height: int) -> tuple[float, ...]:
    """Return Pillow's eight coefficients that map a width x height picture onto a quad (Heckbert 1989, 2.2.3)."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad
    dx1, dx2, dx3 = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, dy3 = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    bottom = dx1 * dy2 - dx2 * dy1
    g, h = (dx3 * dy2 - dx2 * dy3) / bottom, (dx1 * dy3 - dx3 * dy1) / bottom
    a, b, d, e = x1 - x0 + g * x1, x3 - x0 + h * x3, y1 - y0 + g * y1, y3 - y0 + h * y3
    return (a / width, b / height, x0, d / width, e / height, y0, g / width, h / height)


def _shine(picture: Image.Image, rng: random.Random, *, level: float, slope: float) -> Image.Image:
    """Return a picture in its light: brighter towards one side, warm or cold."""
    ramp = Image.linear_gradient("L").rotate(rng.randrange(360), Image.Resampling.BILINEAR).crop((48, 48, 208, 208))
    tints = rng.choice(((1.0, 0.97, 0.9), (0.94, 0.97, 1.0), (1.0, 1.0, 1.0)))
    drop = rng.uniform(slope / 2, slope)
    bands = [
        ramp.point([round(min(255, 255 * min(1.0, level) * tint * (1 - drop + drop * v / 255))) for v in range(256)])
        for tint in tints
    ]
    veil = Image.merge("RGB", bands).resize(picture.size, Image.Resampling.BICUBIC)
    lit = ImageChops.multiply(picture, veil)
    return lit.point([min(255, round(v * level)) for v in range(256)] * 3) if level > 1 else lit


def _cast_shadow(picture: Image.Image, rng: random.Random) -> Image.Image:
    """Return a picture with the soft shadow of the telephone or the hand that holds it."""
    small = Image.new("L", (200, 200), 255)
    x, y = rng.randrange(200), rng.choice((rng.randrange(60), rng.randrange(140, 200)))
    reach = rng.randrange(50, 110)
    ImageDraw.Draw(small).ellipse((x - reach, y - reach, x + reach, y + reach), fill=rng.randrange(130, 185))
    veil = small.filter(ImageFilter.GaussianBlur(14)).resize(picture.size, Image.Resampling.BICUBIC)
    return ImageChops.multiply(picture, veil.convert("RGB"))


def _add_glare(
    picture: Image.Image, rng: random.Random, *, share: float, level: float, spread: float = 0.3
) -> Image.Image:
    """Return a picture with a lamp's reflex. ``share`` is its part of the width, ``level`` 255 burns all out."""
    small = Image.new("L", (200, 200), 0)
    x, y = (100 + 200 * rng.uniform(-spread, spread) for _ in range(2))
    wide, tall = 100 * share, 100 * share * rng.uniform(0.6, 1.2)
    ImageDraw.Draw(small).ellipse((x - wide, y - tall, x + wide, y + tall), fill=round(level))
    spot = small.filter(ImageFilter.GaussianBlur(5)).resize(picture.size, Image.Resampling.BICUBIC)
    return ImageChops.add(picture, spot.convert("RGB"))


_TILE = 512


@cache
def _grain_tile(tenths: int) -> Image.Image:
    """Return a tile of grain around 128, deviating by tenths of a level. No seed repeats Image.effect_noise."""
    curve = statistics.NormalDist(128, max(tenths, 1) / 10)
    levels = [min(255, max(0, round(curve.inv_cdf((value + 0.5) / 256)))) for value in range(256)]
    flat = random.Random("grain").randbytes(_TILE * _TILE)
    return Image.frombytes("L", (_TILE, _TILE), flat).point(levels).convert("RGB")


def _add_grain(picture: Image.Image, rng: random.Random, noise: float) -> Image.Image:
    tile = _grain_tile(round(noise) * 10)
    grain = Image.new("RGB", picture.size)
    left, top = rng.randrange(_TILE), rng.randrange(_TILE)
    for x in range(-left, picture.width, _TILE):
        for y in range(-top, picture.height, _TILE):
            grain.paste(tile, (x, y))
    return ImageChops.add(picture, grain, scale=1, offset=-128)


def _resize(picture: Image.Image, longest: int) -> Image.Image:
    share = longest / max(picture.size)
    size = (round(picture.width * share), round(picture.height * share))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _turn(picture: Image.Image, degrees: int) -> Image.Image:
    turns = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
    return picture.transpose(turns[degrees]) if degrees else picture


def _save(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()
