from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from intake.papers.detecting import _box_cores

LINES = ((40, 60), (90, 110), (140, 160))


def mark(*lines: tuple[int, int], sure: float = 0.95) -> NDArray[np.float32]:
    """Return what the network answers for lines of text from x 50 to 450, at these heights."""
    marks = np.zeros((200, 500), np.float32)
    for top, bottom in lines:
        marks[top:bottom, 50:450] = sure
    return marks


def tie(marks: NDArray[np.float32], sure: float) -> NDArray[np.float32]:
    """Lay a faint slanting stroke, as of a watermark, over everything."""
    for x in range(60, 440):
        y = 20 + (x - 60) * 160 // 380
        marks[y : y + 6, x] = np.maximum(marks[y : y + 6, x], sure)
    return marks


def tops(marks: NDArray[np.float32]) -> list[float]:
    return sorted(float(box[:, 1].min()) for box in _box_cores(marks))


@pytest.mark.parametrize("sure", [0.35, 0.45, 0.6])
def test_lines_that_a_watermark_ties_together_are_parted(sure: float) -> None:
    apart = tops(mark(*LINES))
    tied = tops(tie(mark(*LINES), sure))
    assert len(apart) == 3
    assert [min(tied, key=lambda y: abs(y - top)) for top in apart] == pytest.approx(apart, abs=4)


def test_what_is_unsure_throughout_is_no_line() -> None:
    assert tops(mark(*LINES, sure=0.4)) == []
    assert tops(tie(mark(), 0.45)) == []


def test_no_mark_is_no_box() -> None:
    assert _box_cores(mark()).shape == (0, 4, 2)
