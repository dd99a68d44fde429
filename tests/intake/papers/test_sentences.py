"""Names and numbers without a label of their own: in sentences, glued to a sex, alone on a card."""

from __future__ import annotations

from datetime import date

import pytest

from intake.papers.fields import Field, read_fields
from intake.papers.kinds import Box, Shown
from intake.papers.lines import Line, Page
from intake.papers.people import is_cut_off, read_name
from intake.papers.sentences import read_told_name
from tests.intake.papers.layouts import make_line, write_lines
from youban.demo.people import make_person

PERSON = make_person(7, birth=date(1985, 3, 7))
OTHER = make_person(8, birth=date(1979, 6, 3))
ID = PERSON.id_number


def read(lines: tuple[Line, ...], *fields: str) -> dict[str, Field]:
    shown = Shown("x", 9.0, 0.9, (), lines, Box(0, 0, 1, 1), fields)
    return dict(read_fields(shown, Page(2400, 3200, lines)))


def read_text(text: str, *fields: str) -> dict[str, str]:
    return {code: field.value for code, field in read(write_lines(text), *fields).items()}


@pytest.mark.parametrize(
    "text",
    [
        "兹证明患者于明远，女，30岁，身份证号：",
        "兹证明于明远（身份证号：",
        "兹有我单位职工于明远，男，1985年3月生",
        "兹有于明远同志，身份证号",
        "证明于明远，性别男，现年45岁",
        "患者 于明远，男性，因头晕来诊",
        "本人于明远，身份证号",
        "于明远同志（身份证号",
        "居民于明远，男，汉族",
        "我叫于明远，公民身份号码",
        "名称：于明远 纳税人识别号：",
        "购买方 名称：于明远",
        "申请人于明远，身份证号",
        "我叫于明远，住在外地",
        "于明远 男 45岁 心内科",
        "于明远，女，1980年5月出生",
        "产妇于明远（居民身份证：",
        "我公司优秀职工于明远同志（身份证号",
        "名称：于明远（个人）",
    ],
)
def test_a_sentence_tells_whom_it_is_about(text: str) -> None:
    assert read_told_name(text.replace("，", ",").replace("：", ":").replace("（", "(")) == "于明远"


@pytest.mark.parametrize(
    "text",
    [
        "各位同志,请注意",
        "全体同志(含退休)",
        "本人自愿参加医疗保险,男女不限",
        "患者因头痛,于2020年1月入院",
        "职工基本医疗保险,身份证号",
        "名称:假定市百姓大药房 纳税人识别号:9199",
        "经公示无异议,同意聘用",
        "尊敬的工作人员:您好",
        "我是来办医保的,请帮忙",
        "性别 男 45岁",
        "广大女士(身份证号",
    ],
)
def test_a_sentence_about_nobody_tells_no_name(text: str) -> None:
    assert read_told_name(text) == ""


def test_a_sentence_that_goes_on_below_is_read_whole() -> None:
    lines = (
        make_line("兹证明我院住院病人及门诊患者于明", x=120, y=40),
        make_line(f"远，女，30岁，身份证号：{ID[:10]}", x=60, y=90),
        make_line(f"{ID[10:]}，因多饮来诊。", x=60, y=140),
    )
    read_ = read(lines, "name", "id_number")
    assert {code: field.value for code, field in read_.items()} == {"name": "于明远", "id_number": ID}
    assert read_["name"].confidence <= 0.7


def test_a_label_within_a_sentence_counts() -> None:
    text = f"兹有姓名 于明远 性别 男 身份证号 {ID} 在我单位工作"
    assert read_text(text, "name", "id_number") == {"name": "于明远", "id_number": ID}
    assert read_text("兹有我单位职工：  于明远  身份证号码：", "name") == {"name": "于明远"}


@pytest.mark.parametrize(
    "text",
    ["于明远\n女", "于明远\n男  汉", "于明远  男", "于明远\n性别：女", f"于明远\n社会保障号：{ID}", f"于明远\n{ID}"],
)
def test_a_card_without_blanks_gives_a_doubtful_name(text: str) -> None:
    field = read(write_lines(f"社会保障·市民卡\n虚构市\n\n{text}"), "name")["name"]
    assert (field.value, field.confidence) == ("于明远", 0.7)


@pytest.mark.parametrize("text", ["乌有市\n女", "居住证\n男", "于明远\n住址", "职工医保\n男"])
def test_what_stands_alone_is_not_always_a_name(text: str) -> None:
    assert read_text(text, "name") == {}


@pytest.mark.parametrize(
    ("printed", "expected", "is_cut"),
    [
        ("张寒枝男60岁", "张寒枝", False),
        ("张寒枝男", "张寒枝", False),
        ("张胜男", "张胜男", False),
        ("张胜男女30岁", "张胜男", False),
        ("张胜男60岁", "张胜", True),
        ("欧阳胜男", "欧阳胜男", False),
        ("张寒枝性别男", "张寒枝", False),
        ("武可涛但", "武可涛", True),
        ("欧阳可办", "欧阳可办", False),
    ],
)
def test_a_name_is_parted_from_what_is_glued_to_it(printed: str, expected: str, *, is_cut: bool) -> None:
    name = read_name(printed) or read_text(f"姓名：{printed}", "name").get("name", "")
    assert (name, is_cut_off(name, printed)) == (expected, is_cut)


def test_a_name_that_was_cut_off_is_doubtful() -> None:
    assert read(write_lines("姓名：武可涛但"), "name")["name"].confidence == 0.7
    assert read(write_lines("患者：张寒枝男60岁"), "name")["name"].confidence == 0.97


def test_a_sole_number_without_a_label_is_the_persons_and_one_of_two_is_doubtful() -> None:
    sole = read(write_lines(f"房屋总层数：11；证\n件号码：{ID}"), "id_number")["id_number"]
    assert (sole.value, sole.confidence) == (ID, 0.99)
    two = read(write_lines(f"甲 {ID}\n乙 {OTHER.id_number}"), "id_number")["id_number"]
    assert (two.value, two.confidence) == (ID, 0.7)


@pytest.mark.parametrize("who", ["联系人姓名", "经办人", "家属", "代办人", "母亲", "委托人"])
def test_a_bare_number_in_somebody_elses_row_is_theirs(who: str) -> None:
    row = f"{who}  {OTHER.name}  证件号码  {OTHER.id_number}"
    assert read_text(row, "name", "id_number") == {}
    both = f"姓名  {PERSON.name}\n{row}\n身份证号码  {ID}"
    assert read_text(both, "name", "id_number") == {"name": PERSON.name, "id_number": ID}


def test_parents_have_the_bare_numbers_of_their_rows() -> None:
    text = f"母亲  {OTHER.name}  身份证号  {OTHER.id_number}\n父亲  {PERSON.name}\n国籍  中国  有效身份证件号码  {ID}"
    fields = ("mother_name", "mother_id_number", "father_name", "father_id_number")
    assert read_text(text, *fields) == dict(zip(fields, (OTHER.name, OTHER.id_number, PERSON.name, ID), strict=True))


def test_the_representatives_number_is_nobody_elses() -> None:
    fields = ("representative", "representative_id_number")
    rows = f"法定代表人  {PERSON.name}  证件号码  {ID}"
    assert read_text(rows, *fields) == dict(zip(fields, (PERSON.name, ID), strict=True))
    assert read_text(f"法定代表人  {PERSON.name}\n身份证号  {ID}", *fields)["representative_id_number"] == ID
    clerk = f"法定代表人  {PERSON.name}\n专管员  {OTHER.name}  证件号码  {OTHER.id_number}"
    assert read_text(clerk, *fields) == {"representative": PERSON.name}


def test_a_householders_relation_is_no_blank() -> None:
    text = f"姓名  {PERSON.name}  户主或与户主关系  户主\n性别  男"
    assert read_text(text, "name", "relation") == {"name": PERSON.name, "relation": "户主"}


def test_two_blanks_below_each_other_are_not_one_of_somebody_else() -> None:
    lines = (
        make_line("监护人", x=60, y=40),
        make_line("公民身份号码", x=60, y=72),
        make_line(ID, x=400, y=72),
    )
    assert read(lines, "id_number")["id_number"].value == ID


def test_a_birth_is_not_the_date_of_a_paper() -> None:
    assert read_text("出生日期  1960-09-20\n入院 2020年1月5日", "date") == {"date": "2020-01-05"}


def test_an_id_number_is_no_credit_code() -> None:
    assert read_text(f"证件号码  {ID}", "credit_code") == {}


def test_a_place_for_a_seal_is_no_part_of_a_name() -> None:
    assert read_text("单位名称：虚构市子虚公司（章）", "unit") == {"unit": "虚构市子虚公司"}


def test_what_a_seal_left_of_an_office_is_none() -> None:
    assert read_text("发证机关：乌", "authority") == {}
    assert read_text("发证机关：虚构市卫生健康委员会", "authority") == {"authority": "虚构市卫生健康委员会"}
    assert read_text("医药机构（盖章）虚构市中心医院", "hospital") == {"hospital": "虚构市中心医院"}
