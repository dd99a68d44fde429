from __future__ import annotations

from dataclasses import replace

import pytest

from domain.catalogue import Scenario
from routing.scenarios import find_later_scenario, find_scenario
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


ROSTER = replace(
    MOVE,
    scenarios=(
        Scenario("pensioner", "退休读者", MOVE.scenarios[1].requires, ("退休",)),
        Scenario("employee", "在职读者", MOVE.scenarios[1].requires, ("在职",), ("card-front",)),
        Scenario("other", "其他读者", (), ("临时",)),
    ),
)


@pytest.mark.parametrize(
    ("text", "kinds", "before", "scenario"),
    [
        ("", "card-front", "pensioner", "pensioner"),
        ("其实在职", "card-front", "pensioner", "employee"),
        ("", "card-front", "other", "employee"),
        ("", "", "other", "other"),
        ("在职", "", "", "employee"),
    ],
)
def test_what_earlier_mails_told_stands(text: str, kinds: str, before: str, scenario: str) -> None:
    assert find_later_scenario(ROSTER, text, papers(*kinds.split()), before=before) == scenario
