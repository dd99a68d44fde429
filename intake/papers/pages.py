"""From a picture to the page it shows: upright, with its lines of words.

The way that won on fictional papers (docs/performance.md): look for words on a copy of 960 pixels and cut the lines out
of one of 1600; one vote for the whole page on which way is up; a page whose lines run down is turned and looked at
again.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from intake.papers.detecting import DETECT_PX, Boxes, Pixels, find_boxes
from intake.papers.lines import Line, Page
from intake.papers.models import Models
from intake.papers.reading import cut_out, is_upside_down, read_lines

CUT_PX = 1600
"""The longest side of the copy that lines are cut out of."""
LEAST_SCORE = 0.5
"""A line that is less sure is noise."""

_CLOCKWISE = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
_LARGER = ((2000, 1280),)
"""What is tried when nothing is found at the usual size: sides to cut at and to look at, in pixels."""


def read_page(pixels: Pixels, models: Models, *, cut_px: int = CUT_PX, detect_px: int = DETECT_PX) -> Page:
    """Return the page that a picture (height, width, BGR) shows, with the lines that can be read."""
    pixels = shrink(pixels, cut_px)
    turned = 0
    boxes = find_boxes(pixels, models, longest_px=detect_px)
    if _run_down(boxes):
        pixels, turned = turn(pixels, 90), 90
        boxes = find_boxes(pixels, models, longest_px=detect_px)
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
    return Page(width, height, tuple(sorted(lines, key=lambda line: (line.top, line.left))), turned)


def read_page_with_care(pixels: Pixels, models: Models, is_known: Callable[[Page], bool]) -> Page:
    """Return the page, looked at again larger and turned by a quarter while ``is_known`` says that it tells nothing.

    Most pictures are known at the first look; what is not is often no paper at all, so there are two more looks only.
    """
    first = read_page(pixels, models)
    if is_known(first):
        return first
    for cut_px, detect_px in _LARGER:
        page = read_page(pixels, models, cut_px=cut_px, detect_px=detect_px)
        if is_known(page):
            return page
    page = read_page(turn(pixels, 90), models)
    if is_known(page):
        return Page(page.width, page.height, page.lines, (page.turned + 90) % 360)
    return first


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
