"""Old and new values beside or below each other: the new one counts, and an old one is never trusted."""

from __future__ import annotations

import pytest

from intake.papers.changes import find_change
from intake.papers.fields import Field, read_fields
from intake.papers.kinds import Box, Shown
from intake.papers.lines import Line, Page, lay_out
from tests.intake.papers.layouts import write_lines

OLD, NEW = "欧阳志强", "于明远"


def read(lines: tuple[Line, ...], *fields: str) -> dict[str, tuple[str, float]]:
    shown = Shown("x", 9.0, 0.9, (), lines, Box(0, 0, 1, 1), fields or ("representative",))
    found: dict[str, Field] = dict(read_fields(shown, Page(2400, 3200, lines)))
    return {code: (field.value, field.confidence) for code, field in found.items()}


@pytest.mark.parametrize(
    "heads",
    [
        "登记项目      原登记事项      变更后事项",
        "变更事项      原登记内容      变更后内容",
        "变更项目      变更前         变更后",
        "项目         原内容         现内容",
        "变更事项      原登记内容      变更内容",
        "项目         更改前         更改后",
    ],
)
def test_of_two_columns_the_new_value_counts(heads: str) -> None:
    rows = f"{heads}\n法定代表人     {OLD}        {NEW}\n联系电话      13000000001     13000000002"
    assert read(write_lines(rows), "representative", "phone") == {
        "representative": (NEW, 0.97),
        "phone": ("13000000002", 0.97),
    }


@pytest.mark.parametrize("becomes", ["变更为", "现变更为", "改为", "→"])
def test_what_a_row_changes_to_counts(becomes: str) -> None:
    rows = write_lines(f"变更项目   变更前\n法定代表人  {OLD}  {becomes}  {NEW}")
    assert read(rows) == {"representative": (NEW, 0.97)}


def test_an_old_value_counts_only_where_nothing_changes() -> None:
    heads = "登记项目      原登记事项      变更后事项"
    assert read(write_lines(f"{heads}\n法定代表人     {OLD}       无变化")) == {"representative": (OLD, 0.97)}
    assert read(write_lines(f"{heads}\n法定代表人     {OLD}")) == {"representative": (OLD, 0.7)}
    assert read(write_lines(f"{heads}\n法定代表人                    {NEW}")) == {"representative": (NEW, 0.97)}


def test_of_two_blocks_the_new_one_counts_but_is_doubtful() -> None:
    rows = f"变更前\n法定代表人  {OLD}\n地址  虚构路1号\n变更后\n法定代表人  {NEW}\n地址  虚构路2号"
    assert read(write_lines(rows)) == {"representative": (NEW, 0.7)}


def test_labels_tell_the_new_one() -> None:
    assert read(write_lines(f"原法定代表人：{OLD}  现法定代表人：{NEW}")) == {"representative": (NEW, 0.97)}
    assert read(write_lines(f"变更前法定代表人：{OLD}")) == {}


def test_a_text_layers_row_is_parted_by_its_heads() -> None:
    page = lay_out(f"登记项目 原登记事项 变更后事项\n法定代表人 {OLD} {NEW}\n单位名称 虚构市子虚公司 无变化")
    assert read(page.lines, "representative", "unit") == {
        "representative": (NEW, 1.0),
        "unit": ("虚构市子虚公司", 1.0),
    }


def test_other_papers_tell_no_change() -> None:
    assert find_change(write_lines("项目  变更、更正后  日期\n登记事项变更和更正记载")) is None
    assert find_change(()) is None
