"""Red seals on a page: where they are, and whether a page without one may still have had one before it was copied.

A seal is told by its ring: an ellipse of red, a free band inside it, words along it, mostly free between the words and
the middle. So a state emblem (a full disc), a thumbprint (stripes from edge to edge), a red title, line or banner, and
skin are none. What reads 盖章 or 公章 in a requirement means a round or oval seal; a square one is a person's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from intake.papers.detecting import Pixels
from intake.papers.pages import shrink

Mask = NDArray[np.uint8]


class Shape(StrEnum):
    """The outline of a seal. ``SQUARE`` is a person's name; the others are an institution's."""

    ROUND = "round"
    OVAL = "oval"
    SQUARE = "square"


class Sealed(StrEnum):
    """Whether a page bears a seal. ``UNKNOWN``: it is a grey copy, in which red can no longer be told from print."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal on a picture. ``box`` is left, top, right, bottom in pixels of the picture as it was handed in.

    ``confidence`` runs from 0 to 1: how much of its ring (or frame) is there.
    """

    shape: Shape
    box: tuple[float, float, float, float]
    confidence: float


_LOOKED_AT_PX = 800
_LEAST_SHARE, _MOST_SHARE = 0.045, 0.5
"""How large a seal is, as a share of the picture's longest side: 4 cm on a whole sheet are 0.13."""
_LEAST_RED, _LEAST_EXCESS = 26, 14
_MOST_SQUARE = 0.13
_DARK = 45
_MOST_AREA = 20_000
_ANGLES = 90
_STEPS = 30
_REACH = 1.3
_LEAST_RING = 0.55
_COLOUR = 0.045
_COLOURLESS = 0.0012


def tell_sealed(pixels: Pixels) -> Sealed:
    """Return whether a page bears a round or oval seal, by its colours alone."""
    if any(seal.shape is not Shape.SQUARE for seal in find_seals(pixels)):
        return Sealed.YES
    return Sealed.UNKNOWN if is_grey(pixels) else Sealed.NO


def find_seals(pixels: Pixels) -> tuple[Seal, ...]:
    """Return the red seals on a picture (height, width, BGR), whichever way it is turned, the surest first."""
    small = shrink(pixels, _LOOKED_AT_PX)
    scale = max(pixels.shape[:2]) / max(small.shape[:2])
    found = sorted(_look_for(mark_red(small)), key=lambda seal: -seal.confidence)
    return tuple(Seal(s.shape, tuple(round(float(v) * scale, 1) for v in s.box), s.confidence) for s in found)


def is_grey(pixels: Pixels) -> bool:
    """Return whether nothing on the paper has a colour of its own, whatever colour the desk and the lamp are.

    So is every copy made in grey; so is also an original that bears black print alone, and no seal.
    """
    small = cv2.GaussianBlur(shrink(pixels, _LOOKED_AT_PX // 2), (3, 3), 0)
    light = small.max(axis=2)
    level, _ = cv2.threshold(light, 0, 255, cv2.THRESH_OTSU)
    bright = (light > level).astype(np.uint8)
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    paper = np.zeros_like(bright)
    if outlines:
        cv2.fillConvexPoly(paper, cv2.convexHull(max(outlines, key=cv2.contourArea)), 1)
    on_paper = (cv2.erode(paper, np.ones((9, 9), np.uint8)) > 0) & (light > _DARK)
    if not on_paper.any():
        return False
    colours = small[on_paper].astype(np.float32)
    shares = colours / colours.sum(axis=1, keepdims=True)
    off = np.abs(shares - np.median(shares, axis=0)).max(axis=1)
    return float((off > _COLOUR).mean()) < _COLOURLESS


def mark_red(pixels: Pixels) -> Mask:
    """Return where a picture is red as ink is, 1 or 0: orange-ish to bluish, redder than what lies around it."""
    blue, green, red = _balance(pixels)
    # Integers of a byte, 200 to the whole: ten times as fast as the same sum in floating point.
    redness = cv2.subtract(np.full_like(red, 200), cv2.divide(green, red, scale=200))
    around = cv2.blur(redness, (61, 61))
    is_red = (redness > _LEAST_RED) & (cv2.subtract(redness, around) > _LEAST_EXCESS)
    from_blue = cv2.subtract(red, blue)
    # Brown wood and skin have much less blue than green; red ink has about as much of both.
    is_red &= (from_blue > 6) & (cv2.subtract(green, blue) < from_blue * 0.55) & (red > _DARK)
    return np.asarray(is_red, np.uint8)


def _balance(pixels: Pixels) -> tuple[Pixels, ...]:
    """Return a picture's blue, green and red with its light parts made white, as far as a lamp may tint them."""
    light = pixels[::8, ::8].reshape(-1, 3)
    total = light.sum(axis=1, dtype=np.int32)
    white = np.median(light[total >= np.percentile(total, 75)], axis=0)
    gains = np.clip(white.max() / np.maximum(white, 1), 1, 1.4)
    parts = cv2.split(pixels)
    return tuple(
        np.asarray(cv2.convertScaleAbs(part, alpha=float(gain)), np.uint8)
        for part, gain in zip(parts, gains, strict=True)
    )


def _look_for(red: Mask) -> Iterator[Seal]:
    middles: list[tuple[float, float, float]] = []
    for points in _find_blots(red):
        seal = _judge_frame(red, points) or _judge_ring(red, points)
        if seal is None:
            continue
        x, y = (seal.box[0] + seal.box[2]) / 2, (seal.box[1] + seal.box[3]) / 2
        if all(abs(x - u) + abs(y - v) > size / 2 for u, v, size in middles):
            middles.append((x, y, seal.box[2] - seal.box[0]))
            yield seal


def _find_blots(red: Mask) -> Iterator[NDArray[np.float32]]:
    """Yield the points (x, y) of what may be one seal."""
    longest = max(red.shape)
    for reach in (3, 7, 13):  # a strong seal stands alone; the ring, star and words of a faded one are apart
        joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
        count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
        for number in range(1, count):
            left, top, width, height, area = (int(v) for v in stats[number])
            if area < 60 or max(width, height) < _LEAST_SHARE * longest:
                continue
            part = (labels[top : top + height, left : left + width] == number).astype(np.uint8)
            if max(width, height) <= _MOST_SHARE * longest and min(width, height) >= 0.3 * max(width, height):
                yield _points_of(part, left, top)
            if reach == 3 and max(width, height) > 0.2 * longest and area < _MOST_AREA:
                yield from _find_circles(part, left, top, longest)


def _find_circles(part: Mask, left: int, top: int, longest: int) -> Iterator[NDArray[np.float32]]:
    """Yield the points near each circle in a large blot: a seal that was pressed over red rules or a red title."""
    least, most = round(0.03 * longest), round(0.13 * longest)
    padded = cv2.copyMakeBorder(part * 255, 8, 8, 8, 8, cv2.BORDER_CONSTANT, value=0)
    circles = cv2.HoughCircles(
        padded, cv2.HOUGH_GRADIENT, 2, minDist=2 * least, param1=100, param2=45, minRadius=least, maxRadius=most
    )
    points = _points_of(part, left, top)
    for x, y, radius in np.empty((0, 3)) if circles is None else circles[0, :3]:
        far = np.hypot(points[:, 0] - (left + x - 8), points[:, 1] - (top + y - 8))
        yield points[far < 1.08 * radius]


def _points_of(part: Mask, left: int, top: int) -> NDArray[np.float32]:
    ys, xs = np.nonzero(part)
    return np.stack([xs + left, ys + top], axis=1).astype(np.float32)


def _judge_ring(red: Mask, points: NDArray[np.float32]) -> Seal | None:  # noqa: PLR0911 - a table of refusals
    if len(points) < 24:
        return None
    ring = _fit_ring(points)
    if ring is None:
        return None
    (x, y), (wide, tall), turned = ring
    longest, across = max(wide, tall), min(wide, tall)
    if not _LEAST_SHARE * max(red.shape) <= longest <= _MOST_SHARE * max(red.shape) or across < 0.5 * longest:
        return None
    rays = _unroll(red, ring)
    outline = rays[:, _at(0.9) : _at(1.08)].max(axis=1).mean()
    within = rays[:, : _at(0.88)].mean()
    outside = rays[:, _at(1.12) :].mean()
    # Words lie along the ring all around but for a gap below; between them and the ring is a free band.
    words = rays[:, _at(0.5) : _at(0.88)].max(axis=1).mean()
    levels = rays.mean(axis=0)
    crest = levels[_at(0.93) : _at(1.06)].max()
    valley = levels[_at(0.78) : _at(0.96)].min()
    free = levels[_at(0.3) : _at(0.7)].min()
    if outline < _LEAST_RING or outside > 0.3 or not 0.04 < within < 0.6:
        return None
    if words < (0.12 if outline > 0.75 else 0.4) or crest < 0.45 or valley > 0.6 * crest or free > 0.45:
        return None
    # A thumbprint is rings within rings; a seal has one, some have two.
    is_full = np.concatenate([[False], levels[_at(0.2) : _at(0.85)] > 0.6])
    if (np.diff(is_full.astype(np.int8)) > 0).sum() > 1:
        return None
    lean = np.radians(turned)
    dx = np.hypot(wide / 2 * np.cos(lean), tall / 2 * np.sin(lean))
    dy = np.hypot(wide / 2 * np.sin(lean), tall / 2 * np.cos(lean))
    shape = Shape.ROUND if across > 0.78 * longest else Shape.OVAL
    return Seal(shape, (x - dx, y - dy, x + dx, y + dy), round(float(outline), 3))


def _fit_ring(points: NDArray[np.float32]) -> Any:
    """Return the ellipse through the outermost points of a blot, those left out that stick out or in."""
    low, high = points.min(axis=0), points.max(axis=0)
    middle = (low + high) / 2
    outer = _outermost(points, middle)
    ring = None
    for _ in range(4):
        if len(outer) < 24:
            return None
        ring = cv2.fitEllipseDirect(outer)
        (x, y), (wide, tall), _turned = ring
        if not (np.isfinite([x, y, wide, tall]).all() and 4 < wide < 4000 and 4 < tall < 4000):
            return None
        off = np.abs(_distance(outer, ring) - 1)
        keep = off <= max(0.04, float(np.quantile(off, 0.8)))
        if keep.all():
            break
        outer = outer[keep]
    return ring


def _outermost(points: NDArray[np.float32], middle: NDArray[np.float32]) -> NDArray[np.float32]:
    apart = points - middle
    sector = ((np.arctan2(apart[:, 1], apart[:, 0]) / (2 * np.pi) + 0.5) * _ANGLES).astype(int) % _ANGLES
    far = np.hypot(apart[:, 0], apart[:, 1])
    order = np.lexsort((far, sector))
    last = np.append(np.diff(sector[order]) != 0, True)
    outer: NDArray[np.float32] = points[order[last]]
    return outer


def _distance(points: NDArray[np.float32], ring: Any) -> NDArray[np.float64]:
    """Return how far points lie from an ellipse's middle: 1 on the ellipse."""
    (x, y), (wide, tall), turned = ring
    lean = np.radians(turned)
    dx, dy = points[:, 0] - x, points[:, 1] - y
    along, across = dx * np.cos(lean) + dy * np.sin(lean), dy * np.cos(lean) - dx * np.sin(lean)
    return np.asarray(np.hypot(along / (wide / 2), across / (tall / 2)), np.float64)


def _unroll(red: Mask, ring: Any) -> NDArray[np.uint8]:
    """Return what lies along rays from an ellipse's middle: (angle, step); step ``_at(1)`` is the ellipse."""
    (x, y), (wide, tall), turned = ring
    lean = np.radians(turned)
    angles = np.linspace(0, 2 * np.pi, _ANGLES, endpoint=False)[:, None]
    steps = ((np.arange(_STEPS) + 0.5) / _STEPS * _REACH)[None, :]
    along, across = wide / 2 * steps * np.cos(angles), tall / 2 * steps * np.sin(angles)
    xs = np.rint(x + along * np.cos(lean) - across * np.sin(lean)).astype(int)
    ys = np.rint(y + along * np.sin(lean) + across * np.cos(lean)).astype(int)
    height, width = red.shape
    inside = (xs >= 0) & (xs < width) & (ys >= 0) & (ys < height)
    return np.where(inside, red[ys.clip(0, height - 1), xs.clip(0, width - 1)], 0).astype(np.uint8)


def _at(reach: float) -> int:
    return round(reach / _REACH * _STEPS)


def _judge_frame(red: Mask, points: NDArray[np.float32]) -> Seal | None:
    """Return the square seal that a blot is: a frame on all four sides, characters and gaps within."""
    (x, y), (wide, tall), turned = cv2.minAreaRect(points)
    longest = max(red.shape)
    if not _LEAST_SHARE * longest <= max(wide, tall) <= _MOST_SQUARE * longest or min(wide, tall) < 0.72 * max(
        wide, tall
    ):
        return None
    corners = cv2.boxPoints(((x, y), (wide, tall), turned)).astype(np.float32)
    side, edge = 48, 8
    flat = np.array([[edge, edge], [side - edge, edge], [side - edge, side - edge], [edge, side - edge]], np.float32)
    plate = cv2.warpPerspective(red, cv2.getPerspectiveTransform(corners, flat), (side, side), flags=cv2.INTER_NEAREST)
    band = plate[6:14], plate[-14:-6], plate[:, 6:14].T, plate[:, -14:-6].T
    sides = [float(part[:, 10:-10].max(axis=0).mean()) for part in band]
    within = float(plate[14:-14, 14:-14].mean())
    margin = float(np.concatenate([plate[:4].ravel(), plate[-4:].ravel(), plate[:, :4].ravel()]).mean())
    # A disc or a ring fills no corner; a square does.
    ends = slice(7, 11), slice(-11, -7)
    is_cornered = all(plate[rows, columns].any() for rows in ends for columns in ends)
    if min(sides) < 0.8 or not 0.12 < within < 0.85 or margin > 0.15 or not is_cornered:
        return None
    xs, ys = corners[:, 0], corners[:, 1]
    box = (float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))
    return Seal(Shape.SQUARE, box, round(min(sides), 3))
