"""What lines of words say: cutting them out, which way up they stand, and the reading network."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.papers.detecting import Boxes, Pixels, to_input
from intake.papers.models import Models

_HEIGHT_PX = 48
_TURN_WIDTH_PX = 192
_MOST_VOTES = 12
_LEAST_WIDTH_PX = 32
_MOST_WIDTH_PX = 3200
_LONG_PX, _PRESSED = 720, 0.8


def cut_out(pixels: Pixels, boxes: Boxes) -> list[Pixels]:
    """Return each box's part of a picture, straightened."""
    return [_cut(pixels, box) for box in boxes]


def _cut(pixels: Pixels, box: Any) -> Pixels:
    width = max(1, round(max(math.dist(box[0], box[1]), math.dist(box[3], box[2]))))
    height = max(1, round(max(math.dist(box[0], box[3]), math.dist(box[1], box[2]))))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.asarray(box, np.float32), flat)
    cut = cv2.warpPerspective(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, np.uint8)


def is_upside_down(cuts: Sequence[Pixels], models: Models) -> bool:
    """Return whether the lines of a page stand on their heads, by a vote of the longest.

    One vote for the whole page: asked line by line, the network turns single ones wrong.
    """
    longest = sorted(cuts, key=lambda cut: -(cut.shape[1] / cut.shape[0]))[:_MOST_VOTES]
    if not longest:
        return False
    inputs = np.zeros((len(longest), 3, _HEIGHT_PX, _TURN_WIDTH_PX), np.float32)
    for row, cut in zip(inputs, longest, strict=True):
        width = min(_TURN_WIDTH_PX, max(1, math.ceil(_HEIGHT_PX * cut.shape[1] / cut.shape[0])))
        row[:, :, :width] = to_input(np.asarray(cv2.resize(cut, (width, _HEIGHT_PX)), np.uint8))
    (answer,) = models.turn.run(None, {"x": inputs})
    upright, turned = answer.sum(axis=0)
    return bool(turned > upright)


def read_lines(cuts: Sequence[Pixels], models: Models) -> list[tuple[str, float]]:
    """Return what each line says and how sure that is, from 0 to 1; '' and 0 where nothing can be read.

    One after the other: on a processor a batch costs as much a line, and what it is padded with costs besides.
    """
    return [_read_line(cut, models) for cut in cuts]


def _read_line(cut: Pixels, models: Models) -> tuple[str, float]:
    line = np.asarray(cv2.resize(cut, (_width_of(cut), _HEIGHT_PX)), np.uint8)
    (answer,) = models.read.run(None, {"x": to_input(line)[None]})
    return _decode(answer[0], models.characters)


def _width_of(cut: Pixels) -> int:
    """Return how wide a line is read. Long sentences are pressed together a little; no number is so long."""
    height, width = cut.shape[:2]
    natural = _HEIGHT_PX * int(width) / int(height)
    pressed = max(natural * _PRESSED, _LONG_PX) if natural > _LONG_PX else natural
    return min(_MOST_WIDTH_PX, max(_LEAST_WIDTH_PX, math.ceil(pressed)))


def _decode(chances: NDArray[np.float32], characters: Sequence[str]) -> tuple[str, float]:
    """Return the words of one line: the likeliest character of each column, repeats and blanks left out (CTC)."""
    best = chances.argmax(axis=1)
    is_new = np.ones(len(best), bool)
    is_new[1:] = best[1:] != best[:-1]
    kept = is_new & (best != 0)
    if not kept.any():
        return "", 0.0
    return "".join(characters[number] for number in best[kept]), float(chances.max(axis=1)[kept].mean())
