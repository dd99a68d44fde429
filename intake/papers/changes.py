"""Forms that tell what changes: which of the values beside a label is the old one and which the new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from intake.papers.lines import Line
from intake.papers.printed import bottom_of, fold_word, right_of

_VERB = r"(?:变更|更改|修改|调整|更正)"
_WHAT = r"(?:的?(?:登记|信息)?(?:内容|事项|信息|情况|项目)?)"
_NEW = re.compile(rf"(?:拟|申请)?{_VERB}[后为]{_WHAT}|(?:新|现)(?:登记)?(?:内容|事项|信息|情况)|现变更为")
# Beside 原登记内容 it is the new one, in front of it the head of what changes.
_WEAK_NEW = re.compile(rf"(?:申请|拟)?{_VERB}(?:内容|事项|信息)")
_OLD = re.compile(rf"{_VERB}前{_WHAT}|原(?:有|先)?(?:登记|备案)?(?:内容|事项|信息|情况)?")
_BECOMES = re.compile(r"(?:现)?(?:拟)?(?:变更|更改|修改|改)为|现为|[→⇒]")
_MOST_CHARS = 12
_UNCHANGED = re.compile(r"无变化|未变[化更]|不变|无变更|同[上左前]|[/—-]+")


@dataclass(frozen=True, slots=True)
class Change:
    """The heads of the old and the new values: beside each other over columns, or below each other before blocks.

    Of a text layer's row, which is one line, both are that line, and ``place`` is that of the new value's word in it.
    """

    old: Line
    new: Line
    place: int = 0

    @property
    def has_columns(self) -> bool:
        """Whether the old values stand beside the new ones."""
        return abs(_middle(self.old) - _middle(self.new)) < 1.5 * max(self.old.height_px, self.new.height_px)

    def is_old(self, line: Line) -> bool:
        """Whether a line stands under the head of what was; of blocks, nearer to it."""
        if self.place:
            return False
        if not self.has_columns:
            return abs(_middle(line) - _middle(self.old)) < abs(_middle(line) - _middle(self.new))
        is_below = line.top > min(self.old.top, self.new.top) + 0.5 * self.new.height_px
        return is_below and abs(_centre(line) - _centre(self.old)) < abs(_centre(line) - _centre(self.new))


def find_change(lines: Sequence[Line]) -> Change | None:
    """Return the heads of a form that tells old from new; None where it has not one of each."""
    for line in lines:
        words = line.text.split()
        places = [at for at, word in enumerate(words) if _NEW.fullmatch(fold_word(word))]
        if len(words) > 2 and len(places) == 1 and any(_OLD.fullmatch(fold_word(word)) for word in words):
            return Change(line, line, places[0])
    folded = [(line, fold_word(line.text)) for line in lines if len(line.text) <= _MOST_CHARS]
    old = [line for line, word in folded if _OLD.fullmatch(word)]
    new = [line for line, word in folded if _NEW.fullmatch(word)]
    pairs = [Change(one, other) for one in old for other in new]
    if not new:
        weak = [line for line, word in folded if _WEAK_NEW.fullmatch(word)]
        pairs = [Change(one, other) for one in old for other in weak if other.left >= right_of(one)]
    columns = [pair for pair in pairs if pair.has_columns]
    pairs = [pair for pair in pairs if not _is_becoming(pair.new)]
    return next(iter(columns), None) or (pairs[0] if len(pairs) == 1 else None)


def order_cells(cells: Sequence[Line], change: Change | None) -> list[Line]:
    """Return the cells beside a label, those with what it changes to before the others."""
    for at, cell in enumerate(cells):
        if _is_becoming(cell) and at + 1 < len(cells):
            return [*cells[at + 1 :], *cells[:at]]
    if change is None or change.place or not change.has_columns:
        return list(cells)
    new = [cell for cell in cells if not change.is_old(cell)]
    return [cell for cell in new if not is_unchanged(cell.text)] + [cell for cell in cells if cell not in new]


def pick_word(text: str, change: Change | None) -> str:
    """Return what a text layer's row says behind its label: the new value of an old and a new one."""
    words = text.split()
    if change is None or not change.place or len(words) < change.place:
        return text
    word = words[change.place - 1]
    return words[0] if is_unchanged(word) else word


def is_replaced(line: Line, cells: Sequence[Line], change: Change | None) -> bool:
    """Whether a value is what was, and nothing says that it still is."""
    if any(_is_becoming(cell) and cell.left > line.left for cell in cells):
        return True
    if change is None or change.place:
        return False
    if not change.has_columns:
        return True  # where a block ends is not seen
    return change.is_old(line) and not any(not change.is_old(cell) and is_unchanged(cell.text) for cell in cells)


def _is_becoming(cell: Line) -> bool:
    return bool(_BECOMES.fullmatch(cell.text.strip(" :：")))


def is_unchanged(text: str) -> bool:
    """Whether a cell says that nothing changes."""
    return bool(_UNCHANGED.fullmatch(text.strip()))


def _middle(line: Line) -> float:
    return (line.top + bottom_of(line)) / 2


def _centre(line: Line) -> float:
    return (line.left + right_of(line)) / 2
