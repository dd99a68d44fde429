"""Whether a picture can be read, and if not, why: in words that help to photograph it better."""

from __future__ import annotations

from enum import StrEnum

import cv2
import numpy as np

from intake.papers.detecting import Pixels
from intake.papers.lines import Line, Page
from intake.papers.pages import shrink


class Flaw(StrEnum):
    """What keeps a picture from being read."""

    DARK = "dark"
    BLURRED = "blurred"
    SMALL = "small"
    GLARE = "glare"
    NO_DOCUMENT = "no-document"


FIELD_HEIGHT_PX = 13.0
"""Below this height of its characters a line tells the kind of paper, but its digits are wrong every second time."""

_DARK = 30.0
_LEAST_LINES = 3
_SURE = 0.8
_SHARP = 60.0
_MEASURED_PX = 1000
_GLARE_SHARE = 0.03


def is_dark(pixels: Pixels) -> bool:
    """Return whether a picture is so dark that looking for words is in vain."""
    return float(pixels.mean()) < _DARK


def find_flaw(pixels: Pixels, page: Page) -> Flaw | None:
    """Return why a picture cannot be read, the likeliest reason; None when enough lines of it can be."""
    if is_dark(pixels):
        return Flaw.DARK
    sure = [line for line in page.lines if line.score > _SURE]
    if len(sure) >= _LEAST_LINES:
        return Flaw.SMALL if _median_height(sure) < _scaled(FIELD_HEIGHT_PX / 2, page) else None
    grey = cv2.cvtColor(shrink(pixels, _MEASURED_PX), cv2.COLOR_BGR2GRAY)
    if float((grey >= 250).mean()) > _GLARE_SHARE and float(np.median(grey)) < 200:
        return Flaw.GLARE
    if float(cv2.Laplacian(grey, cv2.CV_64F).var()) < _SHARP:
        return Flaw.BLURRED
    if page.lines and _median_height(page.lines) < _scaled(FIELD_HEIGHT_PX, page):
        return Flaw.SMALL
    return Flaw.NO_DOCUMENT


def _median_height(lines: tuple[Line, ...] | list[Line]) -> float:
    return float(np.median([line.height_px for line in lines]))


def _scaled(height_px: float, page: Page) -> float:
    """Heights are told for a page 1600 pixels long; a small picture was not enlarged."""
    return height_px * min(1.0, max(page.width, page.height) / 1600)
