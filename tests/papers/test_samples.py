"""The samples: balanced, labelled, the same for the same seed."""

from __future__ import annotations

from collections import Counter

import pytest

from domain.idnumber import parse_id_number
from tests.papers.camera import REASONS
from tests.papers.layouts import ALL_LAYOUTS
from tests.papers.samples import PAIRS, make_samples

_NAMES = {layout.name: layout for layout in ALL_LAYOUTS}


def test_same_seed_gives_same_bytes_and_another_seed_others() -> None:
    first = list(make_samples("open", 2, seed=11, difficulty="medium"))
    assert list(make_samples("open", 2, seed=11, difficulty="medium")) == first
    assert [each.jpeg for each in make_samples("open", 2, seed=12, difficulty="medium")] != [
        each.jpeg for each in first
    ]


def test_one_tour_has_every_code_once() -> None:
    codes = ("id-front", "hukou-first", "invoice", "death-cert", "medical-license")
    samples = list(make_samples("held", len(codes), seed=1, difficulty="easy", codes=codes))
    assert Counter(each.truth[0][0] for each in samples) == Counter(codes)
    for sample in samples:
        assert all(_NAMES[name].split == "held" for name in sample.layouts)
        for code, fields in sample.truth:
            assert set(fields) <= ({"name", "representative", "id_number"} if code != "other" else set())
            if "id_number" in fields:
                assert not parse_id_number(fields["id_number"]).is_allocated


def test_layouts_of_a_code_come_in_turn() -> None:
    names = {each.name for each in ALL_LAYOUTS if each.code == "medical-license" and each.split == "held"}
    samples = make_samples("held", 2 * len(names), seed=0, difficulty="easy", codes=["medical-license"])
    assert Counter(each.layouts for each in samples) == {(name,): 2 for name in names}


def test_unreadable_takes_each_reason_and_no_unrelated_picture() -> None:
    samples = list(make_samples("open", 5, seed=2, difficulty="unreadable"))
    assert Counter(each.unreadable for each in samples) == dict.fromkeys(REASONS, 1)
    assert all(code != "other" for each in samples for code, _ in each.truth)


def test_turn_can_be_chosen() -> None:
    assert {each.turn for each in make_samples("open", 3, seed=2, difficulty="easy", turn=180)} == {180}


def test_two_cards_on_one_sheet_are_sides_of_one_persons_card() -> None:
    samples = list(make_samples("open", 3, seed=6, difficulty="medium", codes=["hukou-first"]))
    pairs = [each for each in samples if len(each.truth) == 2]
    assert pairs
    for sample in pairs:
        (first, fields), (second, others) = sample.truth
        assert PAIRS[first] == second
        assert fields["name"] == others["name"]


def test_unknown_codes_are_told() -> None:
    with pytest.raises(ValueError, match="no open layout draws any of passport"):
        next(make_samples("open", 1, seed=1, difficulty="easy", codes=["passport"]))
