from __future__ import annotations

import pytest

from routing.scenarios import find_scenario
from tests.routing.building import MOVE, PERMIT, paper, papers


@pytest.mark.parametrize(
    ("text", "kinds", "scenario"),
    [
        ("我毕业了", "", "graduate"),
        ("本地读者", "", "local"),
        ("", "proof", "graduate"),
        ("", "card-front card-back", "local"),
        ("", "", ""),
        ("我是毕业的本地读者", "", ""),
        ("不是本地读者，已毕业", "", "graduate"),
        ("本地读者", "proof", "graduate"),
        ("", "proof card-front card-back", "local"),
    ],
)
def test_scenario(text: str, kinds: str, scenario: str) -> None:
    assert find_scenario(MOVE, text, papers(*kinds.split())) == scenario


def test_illegible_paper_tells_nothing() -> None:
    assert find_scenario(MOVE, "", (paper("proof", is_legible=False),)) == ""


def test_item_without_scenarios_has_none() -> None:
    assert find_scenario(PERMIT, "毕业", ()) == ""
