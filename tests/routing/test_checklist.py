from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.papers import Paper, Source
from domain.persons import Mark, PersonFinding
from domain.routing import Checklist, Facts, Finding
from routing.checklist import check, find_lacking
from tests.routing.building import JOIN, KINDS, MOVE, need, paper, papers

FACTS = Facts(mobiles=("13900001234",), email="zhang@citizens.example")
PAPERS = st.lists(
    st.builds(
        paper,
        st.sampled_from([*KINDS, ""]),
        st.sampled_from(["a.jpg", "b.jpg", "c.jpg"]),
        is_legible=st.sampled_from([None, True, False]),
        problem=st.sampled_from(["", "是复印的封面"]),
    ),
    max_size=8,
)
SCENARIOS = st.sampled_from(["", "graduate", "local"])


def check_move(*given_papers: Paper, scenario: str = "", facts: Facts = FACTS, text: str = "") -> Checklist:
    return check(MOVE, scenario, papers=given_papers, facts=facts, text=text, kinds=KINDS)


@pytest.mark.parametrize(
    ("requirement", "found", "lacking"),
    [
        ("a", "", ("a",)),
        ("a|b", "", ("a|b",)),
        ("a|b", "b", ()),
        ("a+b|c+d", "", ("a|c", "b|d")),
        ("a+b|c+d", "a", ("b",)),
        ("a+b|c+d", "d", ("c",)),
        ("a+b|c+d", "a d", ("b|c",)),
        ("a+b|c", "", ("c",)),
        ("a+b|c", "a", ("b|c",)),
        ("a+b|c+d", "c d", ()),
    ],
)
def test_nearest_alternative_is_asked_for(requirement: str, found: str, lacking: tuple[str, ...]) -> None:
    assert find_lacking(need(requirement), found.split()) == lacking


def test_open_scenario_names_the_alternatives() -> None:
    assert check_move(*papers("letter")).missing == ("id-front|card-front", "id-back|card-back")


def test_scenario_asks_its_own() -> None:
    assert check_move(*papers("letter", "id-front"), scenario="graduate").missing == ("id-back", "proof")


def test_condition_holds_only_when_said() -> None:
    assert "bank-slip" in check_move(text="我要退押金").missing
    assert "bank-slip" not in check_move(text="不需要退押金").missing


def test_complete_says_what_met_it() -> None:
    found = check_move(*papers("letter", "card-front", "card-back"), scenario="local")
    assert found.is_complete
    assert found.lines[0].met_by == {"letter": "letter.jpg"}
    assert found.lines[1].met_by == {"phone": "13900001234"}


def test_landline_counts_only_where_the_item_says_so() -> None:
    facts = Facts(landlines=("0999-85550001",), email="a@citizens.example")
    assert "phone" not in check(JOIN, "", papers=(), facts=facts, text="").missing
    line = next(x for x in check_move(facts=facts).lines if "phone" in x.missing)
    assert line.remarks == ("来信留的是固定电话(0999-85550001),请留手机号码。",)


def test_typed_letter_is_not_handwritten() -> None:
    line = check_move(paper("letter", "申请.docx", source=Source.TEXT_LAYER)).lines[0]
    assert line.missing == ("letter",)
    assert line.remarks == ("“申请.docx”未计入:是键入的文字,手写申请须手写后拍照或扫描。",)


def test_remark_says_why_a_paper_does_not_count() -> None:
    found = check_move(paper("id-front", "a.jpg", problem="照片模糊"), paper("id-back"), scenario="graduate")
    line = next(x for x in found.lines if x.missing == ("id-front",))
    assert line.remarks == ("“a.jpg”未计入:照片模糊。",)


def test_same_side_twice_counts_once_and_is_said() -> None:
    found = check_move(paper("id-front", "a.jpg"), paper("id-front", "b.jpg"), scenario="graduate")
    line = next(x for x in found.lines if x.missing == ("id-back",))
    assert line.remarks == ("身份证人像面收到2张(a.jpg、b.jpg),同一面只计一次。",)


def test_look_alike_is_remarked_where_it_was_meant() -> None:
    wrong = paper("", "x.jpg", problem="是读书笔记,不是结业证明")
    found = check_move(wrong, scenario="graduate")
    line = next(x for x in found.lines if x.missing == ("proof",))
    assert line.remarks == ("“x.jpg”未计入:是读书笔记,不是结业证明。",)


def test_unseen_picture_leaves_the_finding_open() -> None:
    findings = {x.finding for x in check_move(paper(""), scenario="graduate").lines if x.missing}
    assert findings == {Finding.UNCLEAR}


def test_legible_picture_that_was_not_recognised_leaves_the_finding_open() -> None:
    looked_at = paper("", source=Source.PICTURE, is_legible=True)
    findings = {x.finding for x in check_move(looked_at, scenario="graduate").lines if x.missing}
    assert findings == {Finding.UNCLEAR}
    for refused in (replace(looked_at, is_legible=False), replace(looked_at, problem="是读书笔记")):
        findings = {x.finding for x in check_move(refused, scenario="graduate").lines if x.missing}
        assert findings == {Finding.MISSING}


@given(PAPERS, SCENARIOS, st.randoms())
def test_order_of_papers_never_matters(given_papers: list[Paper], scenario: str, random: object) -> None:
    shuffled = list(given_papers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert check_move(*given_papers, scenario=scenario).missing == check_move(*shuffled, scenario=scenario).missing


@given(PAPERS, SCENARIOS, st.sampled_from(sorted(KINDS)))
def test_one_more_paper_never_makes_more_missing(given_papers: list[Paper], scenario: str, kind: str) -> None:
    before = check_move(*given_papers, scenario=scenario)
    after = check_move(*given_papers, paper(kind, "new.jpg"), scenario=scenario)
    assert len(after.missing) <= len(before.missing)


@given(PAPERS, SCENARIOS)
def test_every_paper_twice_is_every_paper_once(given_papers: list[Paper], scenario: str) -> None:
    once = check_move(*given_papers, scenario=scenario)
    assert check_move(*given_papers, *given_papers, scenario=scenario).missing == once.missing


def test_warning_stands_where_its_papers_are_asked_for_and_lacks_nothing() -> None:
    card = paper("card-front")
    given_papers = (card, *papers("letter", "card-back"))
    plain = check(MOVE, "local", papers=given_papers, facts=FACTS, text="", kinds=KINDS)
    for shown, at in ((card, "card-front"), (paper("diagnosis"), "letter")):
        warning = PersonFinding(Mark.OTHER_NAME, "姓名不一致", (shown,))
        found = check(MOVE, "local", papers=given_papers, facts=FACTS, text="", kinds=KINDS, warnings=(warning,))
        assert (found.is_complete, found.missing) == (plain.is_complete, plain.missing)
        assert [x.remarks for x in found.lines if at in x.requirement.codes] == [("姓名不一致,请核对。",)]
        assert sum(len(x.remarks) for x in found.lines) == 1
