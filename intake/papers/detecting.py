"""Where words stand in a picture: the detecting network, and boxes from what it answers.

The network marks the core of each line (differentiable binarisation, arXiv 1911.08947); a box is the smallest rectangle
around a core, grown by as much as the core was shrunk when the network was taught.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.papers.models import Models

Pixels = NDArray[np.uint8]
Boxes = NDArray[np.float32]
"""Boxes of lines, shape (n, 4, 2): corners x, y in pixels, clockwise from the upper left one."""

DETECT_PX = 960
"""The longest side at which words are looked for. At 1600 it costs three times as much and finds little more."""

_STRIDE = 32
_MARKED = (0.3, 0.5, 0.7)
"""How sure the network is of a core; where a slanting watermark ties lines together, a higher mark parts them again."""
_TIED_PX = 48.0  # a shorter core that is unsure is a blot
_LEAST_SCORE = 0.5
_GROWTH = 1.6
_LEAST_SIDE_PX = 3.0
_MOST_BOXES = 1000


def find_boxes(pixels: Pixels, models: Models, *, longest_px: int = DETECT_PX) -> Boxes:
    """Return the boxes of the lines of a picture (height, width, BGR), in its own pixels, from top to bottom."""
    height, width = pixels.shape[:2]
    scale = min(1.0, longest_px / max(height, width))
    inner = tuple(max(_STRIDE, round(side * scale / _STRIDE) * _STRIDE) for side in (width, height))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = np.asarray(cv2.resize(pixels, inner, interpolation=how), np.uint8)
    (answer,) = models.detect.run(None, {"x": to_input(small)[None]})
    boxes = _box_cores(answer[0, 0])
    if not len(boxes):
        return boxes
    boxes *= np.array([width / inner[0], height / inner[1]], dtype=np.float32)
    boxes = np.clip(boxes, 0, np.array([width - 1, height - 1], dtype=np.float32))
    return boxes[np.argsort(boxes[:, :, 1].min(axis=1), kind="stable")]


def turn_boxes(boxes: Boxes, *, height_px: int) -> Boxes:
    """Return where boxes stand once their picture of this height is turned clockwise by 90 degrees."""
    turned = np.stack([height_px - 1 - boxes[:, :, 1], boxes[:, :, 0]], axis=2)
    return np.array([_order_corners(box) for box in turned], np.float32).reshape(-1, 4, 2)


def to_input(pixels: Pixels) -> NDArray[np.float32]:
    """Return a picture as the networks take it: (colour, height, width), from -1 to 1."""
    values: NDArray[np.float32] = pixels.transpose(2, 0, 1).astype(np.float32)
    values *= 2 / 255
    values -= 1
    return values


def _box_cores(marks: NDArray[np.float32]) -> Boxes:
    boxes = list(islice(_find_cores(marks, _MARKED), _MOST_BOXES))
    return np.array(boxes, dtype=np.float32).reshape(-1, 4, 2)


def _find_cores(marks: NDArray[np.float32], levels: Sequence[float]) -> Iterator[Any]:
    """Yield the box around each core; a long one that is unsure as a whole is looked through at a higher mark."""
    bitmap = cv2.dilate((marks > levels[0]).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(bitmap, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours[:_MOST_BOXES]:
        centre, (across, along), angle = cv2.minAreaRect(contour)
        if min(across, along) < _LEAST_SIDE_PX:
            continue
        if _score_core(marks, cv2.boxPoints((centre, (across, along), angle))) >= _LEAST_SCORE:
            growth = 2 * _GROWTH * across * along / (2 * (across + along))
            yield _order_corners(cv2.boxPoints((centre, (across + growth, along + growth), angle)))
        elif levels[1:] and max(across, along) >= _TIED_PX:
            left, top, width, height = cv2.boundingRect(contour)
            mask = np.zeros((height, width), np.uint8)
            cv2.drawContours(mask, [contour], -1, 1, cv2.FILLED, offset=(-left, -top))
            inner = marks[top : top + height, left : left + width] * mask
            for corners in _find_cores(inner, levels[1:]):
                yield corners + np.array([left, top], np.float32)


def _score_core(marks: NDArray[np.float32], corners: Any) -> float:
    """Return how sure the network is, on average, within a box."""
    height, width = marks.shape
    left, top = (max(0, math.floor(v)) for v in corners.min(axis=0))
    right, bottom = (min(side - 1, math.ceil(v)) for side, v in zip((width, height), corners.max(axis=0), strict=True))
    if right < left or bottom < top:
        return 0.0
    mask = np.zeros((bottom - top + 1, right - left + 1), np.uint8)
    cv2.fillPoly(mask, [(corners - [left, top]).astype(np.int32)], 1)
    return float(cv2.mean(marks[top : bottom + 1, left : right + 1], mask)[0])


def _order_corners(corners: Any) -> Any:
    """Return the corners clockwise from the upper left one, for a line that runs more across than down."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left, right = by_x[:2], by_x[2:]
    upper_left, lower_left = left[np.argsort(left[:, 1], kind="stable")]
    upper_right, lower_right = right[np.argsort(right[:, 1], kind="stable")]
    return np.array([upper_left, upper_right, lower_right, lower_left])
