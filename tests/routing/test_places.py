from __future__ import annotations

import pytest

from domain.text import fold
from routing.places import find_hukou

OWN = ("云海", "北山", "南川", "北山开发区")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("我户口在北山区，没单位", {True}),
        ("南川户口 自己交的", {True}),
        ("户籍就在云海市", {True}),
        ("户口跟我一起落在南川", {True}),
        ("孩子刚落户北山", {True}),
        ("戶口在福建", {False}),
        ("户口一直在老家没动", {False}),
        ("没有云海户口", {False}),
        ("户口不在云海", {False}),
        ("户口没迁过来", {False}),
        ("在北山打工 河南户口", {False}),
        ("孩子户口在吉林，他爸是南川户口", {True, False}),
        # Where somebody comes from counts while no 户口 is told.
        ("俺是河南商丘的，在北山卖煎饼", {False}),
        ("我是山东人，户口早迁到云海了", {True}),
        ("河北人", {False}),
        ("我是云海退休的", set()),
        # Nothing of a 户口: the booklet, and a place that nobody knows.
        ("户口本在老家", set()),
        ("户口不在手边", set()),
        ("户口在赵家村", set()),
        ("", set()),
    ],
)
def test_hukou(text: str, told: set[bool]) -> None:
    assert find_hukou(fold(text), OWN) == told
