from __future__ import annotations

import pytest

from routing.offices import find_placement
from tests.routing.building import CATALOGUE, HOURS, LIBRARY, MOVE, OTHER_MOVE, PERMIT, paper

MAIN, NORTH, SOUTH = "main@library.example", "north@library.example", "south@library.example"
PERMITS = "permits@library.example"


@pytest.mark.parametrize(
    ("mailbox", "text", "office", "right"),
    [
        (NORTH, "迁出", "xx-north", ()),
        (NORTH, "我住北山区", "xx-north", ()),
        (NORTH, "我住南川区", "xx-south", (SOUTH,)),
        (NORTH, "单位在南川区，家在北山区", "xx-north", ()),
        (MAIN, "我住南川区", "xx-main", ()),
        (PERMITS, "迁出", "xx-main", (MAIN,)),
        (PERMITS, "我住北山", "xx-north", (NORTH,)),
        (NORTH.upper(), "迁出", "xx-north", ()),
        # No statement about the writer: a posting, a street, another city's district, our own address.
        (NORTH, "材料寄到南川区了", "xx-north", ()),
        (SOUTH, "我住北山路5号", "xx-south", ()),
        (NORTH, "石原市南川区", "xx-north", ()),
        (NORTH, "已寄到云海市南川区长街12号2楼", "xx-north", ()),
        (NORTH, "已寄到南川区长街12号", "xx-north", ()),
        # Whom the mail speaks to counts only where the writer states nothing of his own.
        (NORTH, "户口在南川区，就近发你们北山了", "xx-south", (SOUTH,)),
        (NORTH, "北山办事处的老师，我户口在南川区", "xx-south", (SOUTH,)),
        (NORTH, "南川区办事处的老师，我要迁出", "xx-south", (SOUTH,)),
        (SOUTH, "我归北山办事处管", "xx-north", (NORTH,)),
    ],
)
def test_right_office(mailbox: str, text: str, office: str, right: tuple[str, ...]) -> None:
    found = find_placement(MOVE, mailbox, text=text, papers=(), catalogue=CATALOGUE)
    assert found.office is LIBRARY.office(office)
    assert (found.wrong_mailbox, found.right_mailboxes) == (bool(right), right)


def test_address_on_a_paper_states_the_district() -> None:
    shown = (paper("id-front", fields={"address": "云海市南川区某街1号"}),)
    found = find_placement(MOVE, NORTH, text="迁出", papers=shown, catalogue=CATALOGUE)
    assert found.right_mailboxes == (SOUTH,)


def test_guidance_item_has_no_wrong_mailbox() -> None:
    assert not find_placement(HOURS, PERMITS, text="", papers=(), catalogue=CATALOGUE).wrong_mailbox


def test_single_office_is_right_alone() -> None:
    assert find_placement(PERMIT, MAIN, text="", papers=(), catalogue=CATALOGUE).right_mailboxes == (PERMITS,)


def test_other_agency_is_named() -> None:
    found = find_placement(OTHER_MOVE, MAIN, text="", papers=(), catalogue=CATALOGUE)
    assert found.right_mailboxes == ("main@province.example",)


def test_unknown_mailbox_is_not_called_wrong() -> None:
    found = find_placement(MOVE, "x@elsewhere.example", text="我住北山区", papers=(), catalogue=CATALOGUE)
    assert found.office is LIBRARY.office("xx-north")
    assert not found.wrong_mailbox
