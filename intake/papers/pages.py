"""From a picture to the page it shows: upright, with its lines of words.

The way that won on fictional papers (docs/performance.md): look for words on a copy of 960 pixels and cut the lines out
of one of 1600; a page whose lines run down is turned; one vote for the whole page on which way is up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from intake.papers.detecting import DETECT_PX, Boxes, Pixels, find_boxes, turn_boxes
from intake.papers.lines import Line, Page
from intake.papers.models import Models
from intake.papers.reading import cut_out, is_upside_down, read_lines

CUT_PX = 1600
"""The longest side of the copy that lines are cut out of."""
LEAST_SCORE = 0.5
"""A line that is less sure is noise."""

_CLOCKWISE = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
_LARGER_CUT_PX, _LARGER_DETECT_PX = 2000, 1280
_SURE, _SURE_LINES, _SURE_SHARE = 0.85, 4, 0.7


@dataclass(frozen=True, slots=True)
class _Look:
    """A page as one look showed it, and in how many places there seemed to be words."""

    page: Page
    places: int

    @property
    def is_clear(self) -> bool:
        """Whether looking closer would show no more: nothing is there, or most of what is there was read surely."""
        sure = sum(line.score >= _SURE for line in self.page.lines)
        return not self.places or (sure >= _SURE_LINES and sure >= _SURE_SHARE * self.places)


def read_page(pixels: Pixels, models: Models) -> Page:
    """Return the page that a picture (height, width, BGR) shows, with the lines that can be read."""
    return _look(pixels, models).page


def read_page_with_care(pixels: Pixels, models: Models, is_known: Callable[[Page], bool]) -> Page:
    """Return the page, looked at again larger and turned by a quarter where it was read badly.

    ``is_known`` says that a page tells its kind: then one look is enough. Most pictures are known at the first look;
    what is not is often no paper at all, and looked at once as well when its words are clear, or when it has none.
    """
    first = _look(pixels, models)
    if first.is_clear or is_known(first.page):
        return first.page
    larger = _look(pixels, models, cut_px=_LARGER_CUT_PX, detect_px=_LARGER_DETECT_PX)
    if larger.is_clear or is_known(larger.page):
        return larger.page
    page = _look(turn(pixels, 90), models).page
    if is_known(page):
        return Page(page.width, page.height, page.lines, (page.turned + 90) % 360)
    return first.page


def _look(pixels: Pixels, models: Models, *, cut_px: int = CUT_PX, detect_px: int = DETECT_PX) -> _Look:
    pixels = shrink(pixels, cut_px)
    turned = 0
    boxes = find_boxes(pixels, models, longest_px=detect_px)
    if _run_down(boxes):
        # The boxes are turned as well: looked for again, the lines say no more (6,729 characters against 6,701).
        boxes = turn_boxes(boxes, height_px=pixels.shape[0])
        pixels, turned = turn(pixels, 90), 90
    cuts = cut_out(pixels, boxes)
    if is_upside_down(cuts, models):
        turned = (turned + 180) % 360
        boxes = _turn_over(boxes, pixels)
        cuts = [np.ascontiguousarray(cut[::-1, ::-1]) for cut in cuts]
    said = read_lines(cuts, models)
    lines = [
        Line(text, score, tuple((float(x), float(y)) for x, y in box))  # type: ignore[arg-type]  # four corners
        for box, (text, score) in zip(boxes, said, strict=True)
        if text.strip() and score >= LEAST_SCORE
    ]
    height, width = pixels.shape[:2]
    return _Look(Page(width, height, tuple(sorted(lines, key=lambda line: (line.top, line.left))), turned), len(boxes))


def shrink(pixels: Pixels, longest_px: int) -> Pixels:
    """Return a picture no longer than so many pixels."""
    height, width = pixels.shape[:2]
    scale = longest_px / max(height, width)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def turn(pixels: Pixels, degrees: int) -> Pixels:
    """Return a picture turned clockwise by 90, 180 or 270 degrees."""
    return np.asarray(cv2.rotate(pixels, _CLOCKWISE[degrees]), np.uint8)


def _run_down(boxes: Boxes) -> bool:
    """Whether more lines run down than across, weighed by their length: a single stamp says nothing of the page."""
    if not len(boxes):
        return False
    across = np.linalg.norm(boxes[:, 1] - boxes[:, 0], axis=1)
    down = np.linalg.norm(boxes[:, 3] - boxes[:, 0], axis=1)
    return bool(down[down > 1.5 * across].sum() > across[across > 1.5 * down].sum())


def _turn_over(boxes: Boxes, pixels: Pixels) -> Boxes:
    height, width = pixels.shape[:2]
    turned: Boxes = np.array([width - 1, height - 1], np.float32) - boxes[:, [2, 3, 0, 1]]
    return turned
