"""The layouts: every code, both splits, every character drawn, the truth on the paper, nobody real."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageDraw

from domain.idnumber import parse_id_number
from tests.papers.layouts import ALL_LAYOUTS
from tests.papers.layouts.layout import Layout
from tests.papers.samples import draw_flat, read_truth
from youban.demo import ink

_CODES = """
id-front id-back ss-card-front ss-card-back hukou-first hukou-self residence-permit-front residence-permit-back
property-cert enrolment-cert death-cert termination-cert birth-cert parent-hukou-first parent-hukou-self
subsistence-cert business-license medical-license drug-license bank-info stamped-form account-confirmation
application-form physician-form physician-qualification physician-practice physician-title department-form
medical-record lab-report diagnosis invoice expense-list commitment settlement-report written-request
decrease-roster increase-roster selection-form recruitment-form salary-sheet provincial-recruitment-form
post-appointment-form registration-materials other
""".split()  # noqa: SIM905 - a list of 45 lines reads worse
_LOOKALIKES = {
    "lease", "cremation", "e-card", "payments", "driving", "passport", "bank-card", "chat", "landscape", "selfie",
}  # fmt: skip


def test_every_code_has_open_and_held_layouts() -> None:
    splits: dict[str, list[str]] = defaultdict(list)
    for layout in ALL_LAYOUTS:
        splits[layout.code].append(layout.split)
    assert sorted(splits) == sorted(_CODES)
    assert [code for code, found in splits.items() if set(found) != {"open", "held"}] == []


def test_every_lookalike_is_in_both_splits() -> None:
    for split in ("open", "held"):
        assert {each.lookalike for each in ALL_LAYOUTS if each.code == "other" and each.split == split} >= _LOOKALIKES


def test_layout_names_are_unique_and_about_a_third_is_held() -> None:
    assert len({layout.name for layout in ALL_LAYOUTS}) == len(ALL_LAYOUTS)
    share = sum(layout.split == "held" for layout in ALL_LAYOUTS) / len(ALL_LAYOUTS)
    assert 0.3 < share < 0.45


def test_held_layouts_stand_in_files_of_their_own() -> None:
    for path in (Path(__file__).parent / "layouts").glob("[ho]*_*.py"):
        other = {"open": '"held"', "held": '"open"'}[path.name.split("_")[0]]
        assert other not in path.read_text(encoding="utf-8"), path.name


# Drawing takes half a second: one in sixteen of them here, and all in ``make bench ARGS=papers``.
@pytest.mark.parametrize("layout", ALL_LAYOUTS[::16], ids=lambda layout: layout.name)
def test_layout_prints_its_truth_in_known_characters(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[str] = []
    draw_text = ImageDraw.ImageDraw.text

    def note(pen: ImageDraw.ImageDraw, xy: Any, text: str, *args: Any, **kwargs: Any) -> None:
        printed.append(text)
        draw_text(pen, xy, text, *args, **kwargs)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", note)
    page, words = draw_flat(layout, 3)
    text = re.sub(r"\s", "", "".join(printed))

    assert min(page.size) > 400
    assert [char for char in sorted(set(text)) if not ink.has_glyph(char)] == []
    truth = read_truth(layout, words)
    assert {field: value for field, value in truth.items() if value not in text} == {}
    # What is not in the truth is not on the paper: a reader who finds a number is never called wrong.
    if "id_number" not in truth and layout.code != "other":
        assert words["id"] not in text


def test_people_are_nobody() -> None:
    for seed in range(40):
        _, words = draw_flat(ALL_LAYOUTS[seed], seed)
        number = parse_id_number(words["id"])
        assert not number.is_allocated
        assert re.fullmatch(r"1[0-9]{2}0000[0-9]{4}", words["phone"])
        assert words["email"].endswith(".example")


def test_no_other_telephone_looks_real() -> None:
    for path in (Path(__file__).parent / "layouts").glob("*.py"):
        numbers = re.findall(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])", path.read_text(encoding="utf-8"))
        assert [number for number in numbers if number[3:7] != "0000"] == []
