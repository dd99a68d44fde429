"""Lists of people: rows in their printed order, each with its own name and number, tilted, torn or half lost."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.papers import load_papers
from intake.papers.fields import read_fields, read_people
from intake.papers.kinds import Box, Shown, find_kinds
from intake.papers.lines import Line, Page, lay_out
from intake.papers.printed import level, measure_tilt
from intake.papers.rosters import find_rows
from tests.intake.papers.layouts import make_line, write_lines
from youban.demo.people import make_person

KINDS = load_papers()
NAMES = ("于明远", "马国栋", "李淑兰")
NUMBERS = tuple(make_person(n, birth=date(1970 + n, 4, 12)).id_number for n in (1, 2, 3))
HEADS = "序号  姓名    身份证号码            性别  减少原因    减少时间"
ROWS = tuple(
    f"{n}     {name}  {number}    男    解除合同    2020-01-07"
    for n, (name, number) in enumerate(zip(NAMES, NUMBERS, strict=True), 1)
)
FOOT = "单位负责人：吴佳宁  经办人：孙敏  联系电话：13600005745"
TITLE = "参保人员减少花名册"


def tilt(lines: tuple[Line, ...], slope: float) -> tuple[Line, ...]:
    return tuple(
        Line(line.text, line.score, tuple((x - slope * y, y + slope * x) for x, y in line.box))  # type: ignore[arg-type]
        for line in lines
    )


def read(lines: tuple[Line, ...]) -> list[tuple[str, str]]:
    return [(row.name, row.number) for row in find_rows(lines)]


def table(*rows: str, heads: str = HEADS) -> tuple[Line, ...]:
    return write_lines("\n".join((TITLE, "", heads, *rows, "4", "5", FOOT)))


def test_each_row_is_a_person_in_the_printed_order() -> None:
    assert read(table(*ROWS)) == list(zip(NAMES, NUMBERS, strict=True))


@pytest.mark.parametrize("slope", [-0.25, -0.1, 0.05, 0.2])
def test_a_tilted_list_is_read_in_its_order(slope: float) -> None:
    page = Page(3000, 3000, tilt(table(*ROWS), slope))
    (shown,) = find_kinds(page, KINDS)
    people = read_people(shown, page)
    assert [(one["name"].value, one["id_number"].value) for one in people] == list(zip(NAMES, NUMBERS, strict=True))
    assert {one["id_number"].confidence for one in people} == {0.99}
    by_text = {line.text: line for line in page.lines}
    assert people[1]["name"].box.left == by_text[NAMES[1]].left


def test_what_a_row_lost_is_not_taken_from_the_next() -> None:
    wrong = "999122199709272411"
    lines = table(f"1             {wrong}    男    解除合同    2020-01-07", *ROWS[1:])
    assert read(lines) == [("", wrong), *zip(NAMES[1:], NUMBERS[1:], strict=True)]
    page = Page(3000, 3000, lines)
    (shown,) = find_kinds(page, KINDS)
    fields = read_fields(shown, page)
    assert "name" not in fields
    assert (fields["id_number"].value, fields["id_number"].confidence) == (wrong, 0.3)
    assert [sorted(person) for person in read_people(shown, page)] == [["id_number"], *[["id_number", "name"]] * 2]


def test_without_heads_who_stands_before_a_number_is_meant() -> None:
    assert read(table(*ROWS, heads="")) == list(zip(NAMES, NUMBERS, strict=True))


def test_a_list_without_numbers_has_names_alone() -> None:
    rows = (f"{n}     {name}      2150.00    1260.00    2400.00" for n, name in enumerate(NAMES, 1))
    lines = write_lines(
        "\n".join(("工资明细表", "序号  姓名        岗位工资    薪级工资    绩效工资", *rows, "合计    5940.00", FOOT))
    )
    assert read(lines) == [(name, "") for name in NAMES]


def test_a_number_in_pieces_and_a_spaced_name_are_put_together() -> None:
    number = NUMBERS[0]
    row = f"1     于 远  {number[:6]}  {number[6:14]}  {number[14:]}    男    调出    2020-01-07"
    assert read(table(row)) == [("于远", number)]


def test_rows_of_a_text_layer_are_read() -> None:
    text = "\n".join(
        (
            TITLE,
            "序号 姓名 身份证号码 性别 减少原因",
            *(f"{n} {a} {b} 男 调出" for n, a, b in zip("123", NAMES, NUMBERS, strict=True)),
        )
    )
    assert read(lay_out(text).lines) == list(zip(NAMES, NUMBERS, strict=True))


def test_who_signed_below_is_not_listed() -> None:
    assert read(table(ROWS[0])) == [(NAMES[0], NUMBERS[0])]


def test_a_paper_of_one_person_lists_nobody() -> None:
    page = Page(2400, 3200, write_lines(f"姓名  {NAMES[0]}\n住址  虚构路18号\n公民身份号码  {NUMBERS[0]}"))
    (shown,) = find_kinds(page, KINDS)
    assert read_people(shown, page) == ()


def test_tilt_is_measured_and_taken_back() -> None:
    lines = table(*ROWS)
    tilted = tilt(lines, 0.12)
    assert measure_tilt(tilted) == pytest.approx(0.12)
    back = [level(line, 0.12) for line in tilted]
    # A turn without shrinking: all is longer by one and the same share.
    assert [line.top / (1 + 0.12**2) for line in back] == pytest.approx([line.top for line in lines])
    assert measure_tilt(lines) == 0
    assert level(lines[0], 0.0) is lines[0]


@given(
    st.lists(
        st.tuples(
            st.text(max_size=30),
            st.floats(0, 2000, allow_subnormal=False),
            st.floats(0, 2000, allow_subnormal=False),
            st.floats(0, 90, allow_subnormal=False),
        ),
        max_size=14,
    )
)
def test_any_text_raises_nothing(cells: list[tuple[str, float, float, float]]) -> None:
    lines = tuple(make_line(text, x=x, y=y, height=height) for text, x, y, height in cells)
    shown = Shown("x", 1.0, 0.5, (), lines, Box(0, 0, 1, 1), ("name", "id_number"), has_rows=True)
    page = Page(2000, 2000, lines)
    assert all(0 <= f.confidence <= 1 and f.value for person in read_people(shown, page) for f in person.values())
    read_fields(shown, page)
