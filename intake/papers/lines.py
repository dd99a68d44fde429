"""What a picture's page shows as words: lines with their boxes and scores, as the recogniser hands them on."""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]

_LETTER_PX, _ROW_PX = 20.0, 24


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words on an upright page.

    ``box`` holds its corners in pixels of the page, clockwise from where the line begins; ``score`` runs from 0 to 1.
    """

    text: str
    score: float
    box: tuple[Point, Point, Point, Point]

    @property
    def height_px(self) -> float:
        """How tall its characters stand, in pixels of the page."""
        (x0, y0), _, _, (x3, y3) = self.box
        return float(((x3 - x0) ** 2 + (y3 - y0) ** 2) ** 0.5)

    @property
    def left(self) -> float:
        """Its left edge, in pixels from the page's."""
        return min(x for x, _ in self.box)

    @property
    def top(self) -> float:
        """Its upper edge, in pixels from the page's."""
        return min(y for _, y in self.box)


@dataclass(frozen=True, slots=True)
class Page:
    """A picture, or a page of a document, as it reads when upright.

    ``turned`` tells by how many degrees clockwise it was turned for that (0, 90, 180, 270); ``lines`` stand from top
    to bottom.
    """

    width: int
    height: int
    lines: tuple[Line, ...]
    turned: int = 0


def lay_out(text: str) -> Page:
    """Return words that need no recognising - a page's text layer - as a page, so that they are judged the same way."""
    lines = []
    for row, words in enumerate(line.strip() for line in text.splitlines()):
        if words:
            top, bottom, right = float(row * _ROW_PX), row * _ROW_PX + _LETTER_PX, len(words) * _LETTER_PX
            lines.append(Line(words, 1.0, ((0.0, top), (right, top), (right, bottom), (0.0, bottom))))
    width = max((line.box[1][0] for line in lines), default=1.0)
    height = max((line.box[2][1] for line in lines), default=1.0)
    return Page(int(width), int(height), tuple(lines))
