"""Whether a picture can be read, and if not, why: in words that help to photograph it better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.papers.detecting import Pixels
from intake.papers.lines import Line, Page
from intake.papers.pages import shrink, turn

Mask = NDArray[np.uint8]


class Flaw(StrEnum):
    """What keeps a picture from being read."""

    DARK = "dark"
    BLURRED = "blurred"
    SMALL = "small"
    GLARE = "glare"
    CUT = "cut"
    NO_DOCUMENT = "no-document"


FIELD_HEIGHT_PX = 13.0
"""Below this height of its box a line tells the kind of paper, but its digits are wrong every second time."""

_DARK = 30.0
_LEAST_PX = 300
"""The smallest card's print is a thirtieth of its side: in fewer pixels than this nothing is spelt right."""
_LEAST_LINES = 3
_SURE = 0.8
_MEASURED_PX = 1000
_SHARP = 60.0
_MOST_MEASURED = 20
_STEEP, _LEAST_STEEP = 0.22, 0.15
_OUTLINE_PX = 400
_BURNT = 253
_MOST_BURNT, _ROOM_PX, _SHARE_ENDING = 0.25, 31, 0.2
_TOUCHING, _SHARE_TOUCHING = 0.3, 0.2


def is_dark(pixels: Pixels) -> bool:
    """Return whether a picture is so dark that looking for words is in vain."""
    return float(pixels[::3, ::3].mean()) < _DARK


def find_flaw(pixels: Pixels, page: Page) -> Flaw | None:  # noqa: PLR0911 - a table of reasons, in turn
    """Return why a picture cannot be read, the likeliest reason; None when enough lines of it can be.

    ``pixels`` are the picture as it was handed to ``read_page_with_care``, ``page`` what that returned.
    """
    if is_dark(pixels):
        return Flaw.DARK
    if max(pixels.shape[:2]) < _LEAST_PX:
        return Flaw.SMALL
    upright = stand_upright(pixels, page)
    sure = [line for line in page.lines if line.score > _SURE]
    paper = _find_paper(upright)
    if _is_cut_off(page, sure, paper):
        return Flaw.CUT
    if _hides_print(upright, page, paper):
        return Flaw.GLARE
    if not page.lines:
        return Flaw.BLURRED if paper.is_sheet and _is_soft(upright, paper) else Flaw.NO_DOCUMENT
    is_read = len(sure) >= _LEAST_LINES
    if measure_steepness(upright, page.lines) < (_LEAST_STEEP if is_read else _STEEP):
        return Flaw.BLURRED
    if float(np.median([line.height_px for line in sure or page.lines])) < FIELD_HEIGHT_PX:
        return Flaw.SMALL
    return None if is_read else Flaw.NO_DOCUMENT


def stand_upright(pixels: Pixels, page: Page) -> Pixels:
    """Return a picture as its page was read: turned and shrunk so that the boxes of the lines lie on their words."""
    return shrink(turn(pixels, page.turned) if page.turned else pixels, max(page.width, page.height))


def measure_steepness(upright: Pixels, lines: Sequence[Line]) -> float:
    """Return how steep the edges of print are where it stands, the median of the lines; 0 without lines.

    The steepest step from one pixel to the next as a share of the contrast of ink and paper: from 0.3 for a shaken
    photograph to 0.9 for a scan.
    """
    found = []
    for line in lines[:: 1 + len(lines) // _MOST_MEASURED]:
        part = cut_line(upright, line)
        if part.shape[0] < 3 or part.shape[1] < 3:
            continue
        grey = part[:, :, 1].astype(np.int16)
        low, high = np.percentile(grey[::2, ::2], (5, 95))
        step = np.percentile(np.abs(np.diff(grey, axis=1))[::2], 99)
        found.append(float(step / max(high - low, 5.0)))
    return float(np.median(found)) if found else 0.0


def cut_line(upright: Pixels, line: Line) -> Pixels:
    """Return the part of an upright picture that a line stands in; empty when it lies outside."""
    xs, ys = [x for x, _ in line.box], [y for _, y in line.box]
    left, top = max(0, int(min(xs))), max(0, int(min(ys)))
    return upright[top : int(max(ys)) + 1, left : int(max(xs)) + 1]


@dataclass(frozen=True, slots=True)
class _Paper:
    """The largest light region of a picture, taken for the paper: its mask, and how much of it fills the picture.

    ``sides`` tells which share of the picture's left, upper, right and lower border it runs over. ``is_sheet`` is
    whether it looks like a sheet or card: four straight sides, or all the picture in one colour.
    """

    mask: Mask
    share: float
    sides: tuple[float, float, float, float]
    is_sheet: bool

    @property
    def is_leaving(self) -> bool:
        """Whether it runs out of the picture while the desk beside it is seen: a whole-page scan does not."""
        return max(self.sides) > 0.25 and min(self.sides) < 0.05


def _find_paper(upright: Pixels) -> _Paper:
    small = shrink(upright, _OUTLINE_PX)
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (5, 5), 0)
    _, bright = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    mask = np.zeros(grey.shape, np.uint8)
    if not outlines:
        return _Paper(mask, 0.0, (0.0, 0.0, 0.0, 0.0), is_sheet=False)
    hull = cv2.convexHull(max(outlines, key=cv2.contourArea))
    cv2.fillConvexPoly(mask, hull, 1)
    sides = tuple(float(side.mean()) for side in (mask[:, 0], mask[0], mask[:, -1], mask[-1]))
    _, (wide, tall), _ = cv2.minAreaRect(hull)
    is_straight = cv2.contourArea(hull) > 0.85 * wide * tall
    colours = small[mask > 0].astype(np.int16)
    is_pale = float(np.median(colours.max(axis=1) - colours.min(axis=1))) < 45
    is_sheet = is_straight and is_pale and sum(side > 0.8 for side in sides) != 3  # a sky fills three sides
    return _Paper(mask, float(mask.mean()), sides, is_sheet)  # type: ignore[arg-type]  # four sides


def _is_cut_off(page: Page, sure: Sequence[Line], paper: _Paper) -> bool:
    """Whether lines run out at the left or right, or a piece of paper is all that is in the picture."""
    touching = 0
    for line in sure:
        xs = [x for x, _ in line.box]
        gap = min(*xs, page.width - 1 - max(xs))
        touching += gap < _TOUCHING * line.height_px and not _is_slanted(line)
    if touching >= 2 and touching >= _SHARE_TOUCHING * len(sure):
        return True
    if not paper.is_leaving or paper.share > 0.5:
        return False
    if len(sure) < _LEAST_LINES:
        return True
    # Above or below a line is cut lengthwise, and not read: the next one stands near the border.
    upper = min(line.top for line in sure)
    lower = page.height - max(max(y for _, y in line.box) for line in sure)
    tall = float(np.median([line.height_px for line in sure]))
    return (paper.sides[1] > 0.25 and upper < 2 * tall) or (paper.sides[3] > 0.25 and lower < 2 * tall)


def _is_slanted(line: Line) -> bool:
    """Whether a line runs across the page as a watermark does."""
    (x0, y0), (x1, y1), _, _ = line.box
    return abs(y1 - y0) > 0.25 * abs(x1 - x0)


def _hides_print(upright: Pixels, page: Page, paper: _Paper) -> bool:
    """Whether a lamp's reflex burns print out: a large region of pure white at which lines end.

    A scan's or a screen's paper is as white, but fills the picture and meets its print sharply.
    """
    small = shrink(upright, _OUTLINE_PX)
    scale = max(small.shape[:2]) / max(upright.shape[:2])
    darkest = np.asarray(cv2.min(cv2.min(small[:, :, 0], small[:, :, 1]), small[:, :, 2]), np.uint8)
    burnt = (cv2.blur(darkest, (3, 3)) >= _BURNT).astype(np.uint8)
    # What is left has room for a few lines: neither a margin nor the space between two lines.
    core = cv2.morphologyEx(burnt, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (_ROOM_PX, _ROOM_PX)))
    if float(core.mean()) < _MOST_BURNT:
        return False
    if min(paper.sides) > 0.9 and not _fades(darkest, burnt):
        return False
    height, width = core.shape
    ends = 0
    for line in page.lines:
        row = int(np.clip((line.top + line.height_px / 2) * scale, 0, height - 1))
        reach = max(2.0, line.height_px * scale)
        beside = (int(line.left * scale - reach), int(max(x for x, _ in line.box) * scale + reach))
        ends += any(0 <= column < width and bool(core[row, column]) for column in beside)
    return ends >= _SHARE_ENDING * len(page.lines)


def _fades(darkest: Mask, burnt: Mask) -> bool:
    """Whether a burnt-out region ends softly as a lamp's reflex does, not sharply as paper on a desk."""
    rim = cv2.dilate(burnt, np.ones((9, 9), np.uint8)) - burnt
    soft = cv2.GaussianBlur(darkest, (0, 0), 1.5)
    slope = cv2.magnitude(cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)) / 8
    return bool(rim.any()) and float((slope[rim > 0] < 6).mean()) > 0.5


def _is_soft(upright: Pixels, paper: _Paper) -> bool:
    grey = cv2.cvtColor(shrink(upright, _MEASURED_PX), cv2.COLOR_BGR2GRAY)
    inner = cv2.erode(cv2.copyMakeBorder(paper.mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT), np.ones((13, 13), np.uint8))
    where = cv2.resize(inner[1:-1, 1:-1], grey.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    if not where.any():
        return True
    return float(cv2.Laplacian(grey, cv2.CV_32F)[where].var()) < _SHARP
