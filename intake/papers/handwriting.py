"""Handwriting told from print, line by line, by how evenly its characters stand: no network, only measures.

Print has one height, one baseline, one pitch and few widths of stroke; a hand has none of these. A single line proves
little: of the lines called written a quarter are, and a third to half of those written are found. Of whole pages more
can be said: ask for a page's share (``WRITTEN_SHARE``), and let it raise a question, never refuse a paper.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.papers.detecting import Pixels
from intake.papers.legibility import stand_upright
from intake.papers.lines import Line, Page
from intake.papers.reading import cut_out

WRITTEN_SHARE = 0.3
"""A page with this share of characters in lines called written bears handwriting; print alone stayed below."""

_HEIGHT_PX = 40
_MOST_WIDTH_PX = 900
_LEAST_CHARACTERS = 3

# Fitted (logistic regression) on the open layouts of tests/papers; the measures in the order of measure_line.
_MEANS = (0.0161, 0.019, 0.0674, 0.3472, 0.1255, 0.5037)
_SPREADS = (0.0201, 0.0219, 0.0744, 0.1166, 0.1283, 0.0652)
_WEIGHTS = (2.5193, 1.2404, -3.5602, -0.3683, 0.3438, 1.027)
_BIAS = -2.369


def find_handwriting(pixels: Pixels, page: Page) -> tuple[float, ...]:
    """Return for each line of a page how likely it was written by hand, from 0 to 1, in the page's order.

    ``pixels`` are the picture as it was handed to ``read_page_with_care``. Lines too short to tell give 0.
    """
    return judge_lines(stand_upright(pixels, page), page.lines)


def measure_share(chances: Sequence[float], lines: Sequence[Line]) -> float:
    """Return the share of a page's characters that stand in handwritten lines, from 0 to 1; 0 for an empty page."""
    counts = [len(line.text) for line in lines]
    written = sum(count for count, chance in zip(counts, chances, strict=True) if chance > 0.5)
    return written / max(1, sum(counts))


def judge_lines(upright: Pixels, lines: Sequence[Line]) -> tuple[float, ...]:
    """Return for each line how likely it was written by hand, from 0 to 1, on a picture that stands upright."""
    boxes = np.array([line.box for line in lines], np.float32).reshape(-1, 4, 2)
    chances = []
    for line, cut in zip(lines, cut_out(upright, boxes), strict=True):
        measures = measure_line(cut) if len(line.text) >= _LEAST_CHARACTERS else None
        if measures is None:
            chances.append(0.0)
            continue
        even = (measures - np.array(_MEANS)) / np.array(_SPREADS)
        score = float(np.clip(even @ np.array(_WEIGHTS) + _BIAS, -30, 30))
        chances.append(round(1 / (1 + float(np.exp(-score))), 3))
    return tuple(chances)


def measure_line(cut: Pixels) -> NDArray[np.float64] | None:
    """Return how uneven the characters of a straightened line are; None when there are too few to tell.

    In turn: the spread of their feet, of their heads, of their heights, of the strokes' widths, of the distances
    from one to the next, and the share of slanting edges.
    """
    scale = _HEIGHT_PX / cut.shape[0]
    width = min(_MOST_WIDTH_PX, max(1, round(cut.shape[1] * scale)))
    grey = cv2.resize(cut[:, :, 1], (width, _HEIGHT_PX), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    _, ink = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    ink[:, ink.mean(axis=0) > 0.95] = 0  # a cell's upright rule
    ink[ink.mean(axis=1) > 0.7] = 0  # the rule that is written on
    spans = _find_characters(np.asarray(ink, np.uint8))
    if len(spans) < _LEAST_CHARACTERS:
        return None
    feet, heads = [], []
    for left, right in spans:
        rows = np.flatnonzero(ink[:, left:right].any(axis=1))
        heads.append(rows[0])
        feet.append(rows[-1])
    tops, ends = np.array(heads, float), np.array(feet, float)
    tall = ends - tops
    full = tall > 0.55 * np.percentile(tall, 80)  # not commas and strokes like 一
    if full.sum() < _LEAST_CHARACTERS:
        return None
    middles = np.array([(left + right) / 2 for left, right in spans])
    depth = cv2.distanceTransform(ink, cv2.DIST_L2, 3)
    crest = depth[(depth >= cv2.dilate(depth, np.ones((3, 3), np.uint8))) & (depth > 0.5)]
    across, down = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    steep = cv2.magnitude(across, down)
    strong = steep > 0.4 * np.percentile(steep, 98)
    angle = np.abs(np.degrees(np.arctan2(down[strong], across[strong]))) % 90
    steps = np.diff(middles[full])
    return np.array(
        [
            _spread(ends[full], middles[full]) / _HEIGHT_PX,
            _spread(tops[full], middles[full]) / _HEIGHT_PX,
            float(tall[full].std() / tall[full].mean()),
            float(crest.std() / crest.mean()) if len(crest) else 0.0,
            float(steps.std() / max(1.0, steps.mean())) if len(steps) else 0.0,
            float(((angle > 15) & (angle < 75)).mean()) if len(angle) else 0.0,
        ]
    )


def _find_characters(ink: NDArray[np.uint8]) -> list[tuple[int, int]]:
    """Return where characters begin and end, columns of ink without a gap; slim parts joined with their neighbour."""
    filled = np.concatenate([[0], (ink.sum(axis=0) > 0).astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(filled))
    spans: list[tuple[int, int]] = []
    for left, right in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if spans and right - spans[-1][0] <= 0.8 * _HEIGHT_PX and left - spans[-1][1] <= 3:
            spans[-1] = (spans[-1][0], right)
        elif right - left >= 2:
            spans.append((left, right))
    return spans


def _spread(heights: NDArray[np.float64], places: NDArray[np.float64]) -> float:
    """Return how far points stray from the straight line through them: a line of print may lean."""
    if len(heights) < 3:
        return 0.0
    slope, start = np.polyfit(places, heights, 1)
    return float((heights - slope * places - start).std())
