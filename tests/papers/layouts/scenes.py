"""Pictures that are no paper at all, as seeds draw them: landscapes, selfies of nobody."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping

from PIL import Image, ImageDraw, ImageFilter


def draw_landscape(words: Mapping[str, str], rng: random.Random) -> Image.Image:
    """Sky, hills one behind the other, water or meadow, a few trees."""
    width, height = 1600, 1200
    dawn = rng.choice(
        (((70, 130, 200), (220, 232, 244)), ((60, 70, 120), (246, 180, 120)), ((150, 160, 170), (220, 222, 224)))
    )
    sky = Image.linear_gradient("L").resize((width, height))
    page = Image.composite(Image.new("RGB", sky.size, dawn[1]), Image.new("RGB", sky.size, dawn[0]), sky)
    pen = ImageDraw.Draw(page)
    for depth in range(4):
        base = height * (0.45 + depth * 0.13)
        shade = tuple(round(value * (1.2 - depth * 0.22)) for value in (110, 140, 120))
        waves = [(rng.uniform(150, 420), rng.uniform(0, 6), rng.uniform(20, 90)) for _ in range(3)]
        ridge = [
            (x, base - sum(tall * math.sin(x / long + start) for long, start, tall in waves))
            for x in range(0, width + 20, 20)
        ]
        pen.polygon([*ridge, (width, height), (0, height)], fill=shade)
    for _ in range(rng.randrange(4, 16)):
        x, y, tall = rng.randrange(width), rng.randrange(800, 1150), rng.randrange(50, 160)
        pen.rectangle((x - 5, y - tall // 2, x + 5, y), fill=(70, 54, 40))
        pen.ellipse((x - tall // 3, y - tall, x + tall // 3, y - tall // 3), fill=(44, rng.randrange(70, 120), 52))
    return page.filter(ImageFilter.GaussianBlur(1.5))


def draw_street(words: Mapping[str, str], rng: random.Random) -> Image.Image:
    """Houses with windows along a road: straight lines like a form's, and no word."""
    page = Image.new("RGB", (1600, 1200), (196, 212, 226))
    pen = ImageDraw.Draw(page)
    x = 0
    while x < 1600:
        wide, top = rng.randrange(140, 320), rng.randrange(150, 600)
        colour = rng.choice(((170, 150, 130), (140, 140, 150), (190, 180, 164), (120, 100, 92)))
        pen.rectangle((x, top, x + wide, 960), fill=colour)
        for wx in range(x + 18, x + wide - 30, 46):
            for wy in range(top + 24, 920, 64):
                pen.rectangle(
                    (wx, wy, wx + 26, wy + 38), fill=rng.choice(((60, 74, 90), (220, 214, 170), (90, 104, 120)))
                )
        x += wide + 4
    pen.rectangle((0, 960, 1600, 1200), fill=(96, 96, 98))
    for at in range(0, 1600, 150):
        pen.rectangle((at, 1070, at + 80, 1082), fill=(230, 230, 224))
    return page.filter(ImageFilter.GaussianBlur(1))


def draw_selfie(words: Mapping[str, str], rng: random.Random) -> Image.Image:
    """A head and shoulders without a face, near the lens."""
    return _draw_heads(rng, 1)


def draw_group(words: Mapping[str, str], rng: random.Random) -> Image.Image:
    """Three heads before a wall."""
    return _draw_heads(rng, 3)


def _draw_heads(rng: random.Random, count: int) -> Image.Image:
    page = Image.new("RGB", (1080, 1440), rng.choice(((196, 186, 170), (120, 150, 170), (90, 96, 90), (220, 216, 210))))
    pen = ImageDraw.Draw(page)
    for at in range(0, 1080, rng.choice((60, 120, 1200))):
        pen.line((at, 0, at, 1440), fill=(150, 146, 140), width=3)
    for number in range(count):
        x = 1080 * (number + 0.5) / count + rng.uniform(-30, 30)
        wide = 640 / count
        y = rng.uniform(500, 640)
        coat = tuple(rng.randrange(30, 190) for _ in range(3))
        skin = (rng.randrange(200, 236), 182, 156)
        pen.ellipse((x - wide * 0.9, y + wide * 0.6, x + wide * 0.9, 2000), fill=coat)
        pen.rectangle((x - wide * 0.18, y + wide * 0.3, x + wide * 0.18, y + wide * 0.8), fill=skin)
        pen.ellipse((x - wide * 0.5, y - wide * 0.72, x + wide * 0.5, y + wide * 0.3), fill=(34, 28, 26))
        pen.ellipse((x - wide * 0.42, y - wide * 0.55, x + wide * 0.42, y + wide * 0.58), fill=skin)
    return page.filter(ImageFilter.GaussianBlur(4))
