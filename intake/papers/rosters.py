"""Tables of people: each row's name and id number, by the heads of the columns and by what stands beside each other.

Works on a page that was levelled (``printed.level``); what a recogniser lost leaves its place in the row empty, so that
no row takes what stands in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from domain.catalogue import DocumentKind
from intake.papers.lines import Line
from intake.papers.people import is_known_surname, read_name
from intake.papers.printed import fold_word, strip_watermark
from intake.papers.values import normalise, read_id_number, read_id_shape

_ROW_WORDS = frozenset(("序号", "姓名"))
_NAME_HEAD = re.compile(r"姓名$|^(?:参保人员?|职工|人员)$")
_NUMBER_HEAD = re.compile(r"身份证|公民身份|证件号|证件编号|社会保障号")
_LEAST_CELLS = 2  # a head that stands alone is a blank
_MOST_PIECES = 3
_SAME_ROW = 0.7  # heights of a line between the middles of what stands in one row
# 张 三 is one cell; so is whatever no blank parts.
_PART = re.compile(r"(?<!\S)[\u3400-\u9fff](?:\s+[\u3400-\u9fff](?!\S)){1,2}|\S+")


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of a line and where they stand: ``left``, ``right`` and ``middle`` (its height on the page) in pixels."""

    text: str
    line: Line
    left: float
    right: float
    middle: float

    @property
    def centre(self) -> float:
        """Its centre across."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Row:
    """One person: what was read, and the lines it stands in. '' and none where the row gives nothing.

    ``has_proof`` tells an id number whose check character is right from one that only looks like one.
    """

    name: str
    name_lines: tuple[Line, ...]
    number: str
    number_lines: tuple[Line, ...]
    has_proof: bool


@dataclass(slots=True)
class _Band:
    """Cells of one row while they are gathered."""

    middle: float
    cells: list[Cell] = field(default_factory=list)


def is_roster(kind: DocumentKind) -> bool:
    """Whether a kind is a list of people by its definition: its printed words hold 序号 and 姓名."""
    return {word.word for word in kind.printed} >= _ROW_WORDS


def find_rows(lines: Sequence[Line]) -> tuple[Row, ...]:
    """Return the people of a table from top to bottom; () where no heads and no id numbers tell that it is one."""
    cells = [cell for line in lines for cell in _split(line)]
    if not cells:
        return ()
    height = median(cell.line.height_px for cell in cells) or 1.0
    head = _find_head(cells, height)
    below = [c for c in cells if head is None or c.middle > head.middle + _SAME_ROW * max(head.line.height_px, height)]
    names, numbers = _mark_columns(cells, head, height)
    anchors = [c for c in below if _reads_number(c) or (names and _is_in(c, names) and _reads_name(c))]
    rows = []
    for band in _gather(anchors, below, _SAME_ROW * height):
        row = _read_row(band.cells, names, numbers)
        # A name alone under its head may be whoever signed below the table.
        if row.number or (row.name and len(band.cells) >= _LEAST_CELLS):
            rows.append(row)
    return tuple(rows)


def _split(line: Line) -> Iterator[Cell]:
    """Yield a line's words parted by blanks: cells that stand close are read as one line."""
    text = normalise(strip_watermark(line.text))
    left, right = line.left, max(x for x, _ in line.box)
    top, bottom = line.top, max(y for _, y in line.box)
    widths = [0.0]
    for letter in text:
        widths.append(widths[-1] + (0.5 if letter.isascii() else 1.0))
    scale = (right - left) / (widths[-1] or 1.0)
    for part in _PART.finditer(text):
        start, end = left + scale * widths[part.start()], left + scale * widths[part.end()]
        yield Cell(part[0], line, start, end, (top + bottom) / 2)


def _find_head(cells: Sequence[Cell], height: float) -> Cell | None:
    """Return the head of the names' or the numbers' column: the highest that others stand beside."""
    heads = [c for c in cells if _is_name_head(c) or _is_number_head(c)]
    for head in sorted(heads, key=lambda c: c.middle):
        beside = [c for c in cells if c is not head and abs(c.middle - head.middle) < 1.5 * height]
        if len(beside) >= _LEAST_CELLS and not any(_reads_number(c) for c in beside):
            return head
    return None


def _is_name_head(cell: Cell) -> bool:
    return bool(_NAME_HEAD.search(fold_word(cell.text)))


def _is_number_head(cell: Cell) -> bool:
    return bool(_NUMBER_HEAD.search(cell.text))


def _mark_columns(
    cells: Sequence[Cell], head: Cell | None, height: float
) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    """Return from where to where the names and the numbers stand, as far as their neighbours' heads leave room."""
    if head is None:
        return None, None
    row = sorted((c for c in cells if abs(c.middle - head.middle) < 1.5 * height), key=lambda c: c.centre)
    places: list[tuple[float, float] | None] = [None, None]
    for number, tells in enumerate((_is_name_head, _is_number_head)):
        at = next((n for n, c in enumerate(row) if tells(c)), None)
        if at is not None:
            left = row[at - 1].right if at else row[at].left - 3 * height
            right = row[at + 1].left if at + 1 < len(row) else row[at].right + 6 * height
            places[number] = (min(left, row[at].left), max(right, row[at].right))
    return places[0], places[1]


def _is_in(cell: Cell, column: tuple[float, float]) -> bool:
    return column[0] <= cell.centre <= column[1]


def _reads_number(cell: Cell) -> bool:
    return bool(read_id_number(cell.text) or read_id_shape(cell.text))


def _reads_name(cell: Cell) -> bool:
    return bool(name := read_name(cell.text)) and is_known_surname(name) and not re.search(r"[:：]", cell.text)


def _gather(anchors: Sequence[Cell], cells: Sequence[Cell], reach: float) -> Iterator[_Band]:
    """Yield the rows that names and numbers tell, from top to bottom, each with every cell beside them."""
    bands: list[_Band] = []
    for anchor in sorted(anchors, key=lambda c: c.middle):
        if bands and anchor.middle - bands[-1].middle < reach:
            continue
        bands.append(_Band(anchor.middle))
    for cell in cells:
        near = min(bands, key=lambda b: abs(b.middle - cell.middle), default=None)
        if near is not None and abs(near.middle - cell.middle) < reach:
            near.cells.append(cell)
    for band in bands:
        band.cells.sort(key=lambda c: c.left)
        yield band


def _read_row(cells: Sequence[Cell], names: tuple[float, float] | None, numbers: tuple[float, float] | None) -> Row:
    # Without a head of their own, the amounts beside a name are no pieces of a number.
    most = 1 if names and not numbers else _MOST_PIECES
    number, number_cells, has_proof = _read_number(cells, numbers, most=most)
    rest = [c for c in cells if c not in number_cells]
    named = [c for c in rest if names and _is_in(c, names) and read_name(c.text)]
    if not named:
        # Heads that were lost, or a text layer's rows, whose cells stand under no head: who stands before the number.
        left = number_cells[0].left if number_cells else float("inf")
        free = [c for c in rest if c.left < left and _reads_name(c)]
        if names is None or len(_lines_of(cells)) == 1:
            named = free[-1:] if number_cells else free[:1]
    name = read_name(named[0].text) if named else ""
    return Row(name, _lines_of(named[:1]), number, _lines_of(number_cells), has_proof)


def _read_number(
    cells: Sequence[Cell], column: tuple[float, float] | None, *, most: int
) -> tuple[str, tuple[Cell, ...], bool]:
    """Return a row's id number, its cells and whether it is right: one cell's, else of pieces beside each other."""
    for reads, has_proof in ((read_id_number, True), (read_id_shape, False)):
        for size in range(1, most + 1):
            for at in range(len(cells) - size + 1):
                pieces = tuple(cells[at : at + size])
                is_placed = column is None or size == 1 or all(c.right > column[0] for c in pieces)
                if is_placed and (number := reads(" ".join(c.text for c in pieces))):
                    return number, pieces, has_proof
    return "", (), False


def _lines_of(cells: Sequence[Cell]) -> tuple[Line, ...]:
    return tuple(dict.fromkeys(c.line for c in cells))
