"""A sheet to print on: text in several faces, handwriting, seals, codes of bars and squares, at one scale."""

from __future__ import annotations

import math
import random
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from youban.demo import ink

SCALE = 1.5
"""Pixels per unit. A layout thinks in units: A4 is 1000 x 1414, a card 1000 x 631."""

A4, A4_WIDE, CARD = (1000, 1414), (1414, 1000), (1000, 631)
PENS = ((24, 34, 92), (28, 28, 32), (38, 58, 130))
_NOTO = Path("/usr/share/fonts/opentype/noto")
_SC = 2  # the place of the simplified Chinese face in Noto's collections
# The demo's fonts always; these look nearer to print where Debian's fonts-noto-cjk is installed.
_FACES = {"song": _NOTO / "NotoSerifCJK-Regular.ttc", "hei": _NOTO / "NotoSansCJK-Bold.ttc"}

Colour = tuple[int, int, int]


@cache
def load_face(face: str, pixels: int) -> ImageFont.FreeTypeFont:
    """Return a face at a size in pixels: ``song`` and ``hei`` when installed, the demo's fonts otherwise."""
    path = _FACES.get(face)
    if path is not None and path.exists():
        return ImageFont.truetype(path, pixels, index=_SC, layout_engine=ImageFont.Layout.BASIC)
    return ink.load_font(pixels, ink.HAND if face == "brush" else ink.PRINT)


class Sheet:
    """A page being printed. Every length is in units; ``pixels`` is the picture."""

    def __init__(
        self, size: tuple[int, int], rng: random.Random, *, colour: Colour = (252, 252, 250), face: str = "song"
    ) -> None:
        self.width, self.height = size
        self.rng = rng
        self.face = face
        self.pixels = Image.new("RGB", (round(size[0] * SCALE), round(size[1] * SCALE)), colour)
        self.pen = ImageDraw.Draw(self.pixels)

    def measure(self, text: str, size: float, face: str = "") -> float:
        """Return how wide a text is, in units."""
        return load_face(face or self.face, round(size * SCALE)).getlength(text) / SCALE

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 24,
        *,
        fill: Colour = ink.INK,
        face: str = "",
        anchor: str = "la",
        bold: bool = False,
        track: float = 0,
    ) -> float:
        """Print one line, return where it ends. ``track`` is the space between characters."""
        font = load_face(face or self.face, round(size * SCALE))
        if track:
            if anchor[0] == "m":
                x -= (self.measure(text, size, face) + track * (len(text) - 1)) / 2
            for char in text:
                self.text(x, y, char, size, fill=fill, face=face, anchor="l" + anchor[1], bold=bold)
                x += self.measure(char, size, face) + track
            return x
        at = (round(x * SCALE), round(y * SCALE))
        self.pen.text(at, text, font=font, fill=fill, anchor=anchor, stroke_width=1 if bold else 0)
        return x + self.measure(text, size, face)

    def wrap(self, text: str, size: float, width: float) -> list[str]:
        """Return a text cut into lines that fit a width; numbers stay whole."""
        return ink.wrap(text, round(size * SCALE), round(width * SCALE))

    def column(
        self, x: float, y: float, text: str, size: float = 24, *, step: float = 0, fill: Colour = ink.INK
    ) -> None:
        """Print characters one under the other."""
        for place, char in enumerate(text):
            self.text(x, y + place * (step or size * 1.2), char, size, fill=fill, anchor="mm")

    def write(self, x: float, y: float, text: str, size: float = 32, *, hand: int = 0, fill: Colour = PENS[0]) -> float:
        """Write by hand, return where it ends. Hand 0 has a brush pen, hand 1 a ballpoint and a slant."""
        for char in text:
            if char.isspace():
                x += size * 0.35
                continue
            is_brush = hand == 0 and ink.has_glyph(char, ink.HAND)
            font = load_face("brush" if is_brush else "print", round((size + self.rng.uniform(-2, 2)) * SCALE))
            self._glyph(
                char,
                font,
                x,
                y + self.rng.uniform(-2.5, 2.5),
                slant=0.0 if is_brush else 0.06 if hand == 0 else 0.2,
                fill=fill,
            )
            x += font.getlength(char) / SCALE * (1.12 if char.isascii() else 1.02 if is_brush else 0.96)
        return x

    def _glyph(
        self, char: str, font: ImageFont.FreeTypeFont, x: float, y: float, *, slant: float, fill: Colour
    ) -> None:
        side = round(font.size * 1.5)
        mark = Image.new("L", (side, side), 0)
        ImageDraw.Draw(mark).text((side * 0.18, side * 0.14), char, font=font, fill=255)
        wobble = side * (0.05 if slant else 0.025)
        corners: list[float] = []
        for cx, cy in ((0, 0), (0, side), (side, side), (side, 0)):
            lean = slant * (side / 2 - cy) * -1
            corners += [cx + lean * -1 + self.rng.uniform(-wobble, wobble), cy + self.rng.uniform(-wobble, wobble)]
        mark = mark.transform(mark.size, Image.Transform.QUAD, corners, Image.Resampling.BILINEAR)
        self.pixels.paste(fill, (round(x * SCALE - side * 0.18), round(y * SCALE - side * 0.14)), mark)

    def line(
        self, x0: float, y0: float, x1: float, y1: float, *, width: float = 1.2, fill: Colour = (60, 60, 64)
    ) -> None:
        """Draw a rule."""
        self.pen.line([round(v * SCALE) for v in (x0, y0, x1, y1)], fill=fill, width=max(1, round(width * SCALE)))

    def box(
        self, x0: float, y0: float, x1: float, y1: float, *, width: float = 1.2,
        fill: Colour | None = None, outline: Colour | None = (60, 60, 64), round_by: float = 0,
    ) -> None:  # fmt: skip
        """Draw a frame or a filled field."""
        at = [round(v * SCALE) for v in (x0, y0, x1, y1)]
        self.pen.rounded_rectangle(at, round(round_by * SCALE), fill, outline, max(1, round(width * SCALE)))

    def waves(self, fill: Colour, *, step: int = 22) -> None:
        """Draw the fine lines that cards and certificates have behind their print."""
        width, height = self.pixels.size
        phase = self.rng.uniform(0, 6)
        for row in range(-40, height + 40, step):
            points = [(x, row + 16 * math.sin(x / 90 + phase + row / 70)) for x in range(0, width + 12, 12)]
            self.pen.line(points, fill=fill, width=1)

    def border(self, colour: Colour = (176, 140, 70), *, inset: float = 24, ornate: bool = False) -> None:
        """Draw a certificate's border: two lines, or a band of small rings."""
        right, bottom = self.width - inset, self.height - inset
        self.box(inset, inset, right, bottom, width=5, outline=colour)
        self.box(inset + 16, inset + 16, right - 16, bottom - 16, width=1.5, outline=colour)
        if ornate:
            for at in range(round(inset) + 8, round(right) - 8, 16):
                for y in (inset + 8, bottom - 8):
                    self.box(at - 6, y - 6, at + 6, y + 6, outline=colour, round_by=6)

    def seal(self, x: float, y: float, radius: float, text: str, inner: str = "", *, squash: float = 1.0) -> None:
        """Press a red seal, a little askew: round, or oval with ``squash`` below 1."""
        side = round(radius * SCALE * 2) + 12
        plate = Image.new("RGB", (side, side), (255, 255, 255))
        ink.draw_seal(plate, (side // 2, side // 2), round(radius * SCALE), text=text, inner=inner)
        strength = self.rng.uniform(0.75, 1.1)
        mark = plate.getchannel("G").point(lambda level: min(255, int((255 - level) * strength)))
        mark = mark.resize((side, round(side * squash))).rotate(self.rng.uniform(-14, 14), Image.Resampling.BILINEAR)
        colour = self.rng.choice(((200, 30, 40), (214, 40, 44), (178, 34, 52)))
        self.pixels.paste(colour, (round(x * SCALE - side / 2), round(y * SCALE - mark.height / 2)), mark)

    def stamp(
        self, x: float, y: float, lines: tuple[str, ...], size: float = 24, *, fill: Colour = (200, 40, 46)
    ) -> None:
        """Press a rectangular stamp of one or more lines."""
        width = max(self.measure(line, size) for line in lines) + 24
        self.box(x, y, x + width, y + len(lines) * size * 1.3 + 14, width=2.5, outline=fill)
        for place, line in enumerate(lines):
            self.text(x + 12, y + 6 + place * size * 1.3, line, size, fill=fill)

    def portrait(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Put in a photograph of nobody."""
        ink.draw_portrait(
            self.pen, (round(x0 * SCALE), round(y0 * SCALE), round(x1 * SCALE), round(y1 * SCALE)), self.rng
        )

    def emblem(self, x: float, y: float, radius: float) -> None:
        """Print what stands for the state emblem."""
        ink.draw_emblem(self.pen, (round(x * SCALE), round(y * SCALE)), round(radius * SCALE))

    def bars(self, x: float, y: float, width: float, height: float) -> None:
        """Print a barcode that says nothing."""
        at = x
        while at < x + width:
            thick = self.rng.choice((1.5, 1.5, 3, 4.5))
            self.box(at, y, at + thick, y + height, fill=ink.INK, outline=None)
            at += thick + self.rng.choice((1.5, 3, 4.5))

    def squares(self, x: float, y: float, side: float) -> None:
        """Print a two-dimensional code that says nothing."""
        cell = side / 25
        for row in range(25):
            for col in range(25):
                ring = min(max(abs(row - r), abs(col - c)) for r, c in ((3, 3), (3, 21), (21, 3)))
                is_dark = ring in (0, 1, 3) if ring <= 4 else self.rng.random() < 0.5
                if is_dark:
                    at = (x + col * cell, y + row * cell, x + (col + 1) * cell, y + (row + 1) * cell)
                    self.pen.rectangle([round(v * SCALE) for v in at], fill=ink.INK)
