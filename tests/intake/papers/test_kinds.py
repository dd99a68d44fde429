from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.papers import load_papers
from domain.catalogue import FACT_CODES, DocumentKind, Keyword
from intake.papers.kinds import Box, Shown, find_kinds
from intake.papers.lines import Line, Page
from intake.papers.printed import fold_word
from intake.papers.rosters import is_roster
from intake.papers.scores import SCREEN, Refused
from tests.intake.papers.layouts import join_pages, make_line, write_lines, write_page

KINDS = load_papers()
WRITTEN = tomllib.loads((Path(__file__).parent / "layouts.toml").read_text(encoding="utf-8"))
SHOWN = [(one["code"], one["text"]) for one in WRITTEN["shown"]]
REFUSED = [(one["name"], one["code"], one["text"]) for one in WRITTEN["refused"]]
WORDS = {
    fold_word(word)
    for kind in KINDS.values()
    for word in (*(k.word for k in kind.printed), *kind.against, *kind.not_names)
}
FIRST = dict(reversed(SHOWN))


def codes_of(page: Page) -> list[str]:
    return [shown.code for shown in find_kinds(page, KINDS)]


@pytest.mark.parametrize(("code", "text"), SHOWN, ids=[code for code, _ in SHOWN])
def test_a_layout_shows_its_kind(code: str, text: str) -> None:
    assert codes_of(write_page(text)) == [code]


def test_every_kind_with_printed_words_has_a_layout() -> None:
    # The words of "other" are those of screens, which no paper shows.
    assert {code for code, _ in SHOWN} == {code for code, kind in KINDS.items() if kind.printed} - {"other"}


def test_only_what_is_printed_like_another_kind_has_no_words() -> None:
    silent = {code for code, kind in KINDS.items() if not kind.printed} - FACT_CODES
    assert silent == {"parent-hukou-first", "parent-hukou-self"}


@pytest.mark.parametrize(("name", "code", "text"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_a_look_alike_is_refused(name: str, code: str, text: str) -> None:
    shown = find_kinds(write_page(text), KINDS)
    assert [one.code for one in shown if one.code] == []
    assert not code or code in {refused.code for one in shown for refused in one.refused}


def test_evidence_names_the_words_and_their_points() -> None:
    kind = DocumentKind("pass", "云上通行证", printed=(Keyword("云上市通行证", 4.5), Keyword("持证人", 1.5)))
    lines = (make_line("云上市通行证", x=100, y=40), make_line("持证人：于明远", x=100, y=140))
    found = find_kinds(Page(800, 600, lines), {"pass": kind})
    assert found == (
        Shown(
            code="pass",
            score=6.0,
            confidence=0.86,
            evidence=("印有“云上市通行证”，4.5分", "印有“持证人”，1.5分"),
            lines=lines,
            region=Box(100, 40, 310, 170),
        ),
    )


def test_a_refusal_names_the_look_alikes_word() -> None:
    (shown,) = find_kinds(write_page("火化证\n死者 于德海"), KINDS)
    assert (shown.code, shown.refused) == ("", (Refused("death-cert", "火化证"),))


def test_a_residence_permit_is_no_identity_card() -> None:
    (shown,) = find_kinds(write_page(FIRST["residence-permit-front"]), KINDS)
    assert (shown.code, {r.code for r in shown.refused}) == ("residence-permit-front", {"id-front"})


@pytest.mark.parametrize("line", ["医师资格证书编码：2013210001", "资格证书编码 2013210001"])
def test_a_certificates_number_on_a_form_is_not_the_certificate(line: str) -> None:
    assert codes_of(write_page(f"医师备案表\n医师姓名 于明远\n{line}\n所在科室 内科")) == ["physician-form"]


@pytest.mark.parametrize(
    ("code", "right", "wrong"),
    [
        ("id-front", "公民身份号码", "公民身价号码"),
        ("property-cert", "不动产单元号", "不动严单元号"),
        ("death-cert", "居民死亡医学证明（推断）书", "居民死亡医字证明（推断）书"),
        ("birth-cert", "出 生 医 学 证 明", "出 生 医 学 正 明"),
        ("enrolment-cert", "基本医疗保险参保凭证", "基本医疗保险参保凭正"),
    ],
)
def test_one_misread_character_is_forgiven(code: str, right: str, wrong: str) -> None:
    assert right in FIRST[code]
    assert codes_of(write_page(FIRST[code].replace(right, wrong))) == [code]


def test_a_title_torn_apart_is_joined() -> None:
    pieces = tuple(make_line(char, x=200 + 90 * n, y=40, height=48) for n, char in enumerate("营业执照"))
    page = join_pages(pieces, write_lines("法定代表人 于明远\n经营范围 药品零售", top=160))
    assert codes_of(page) == ["business-license"]


@pytest.mark.parametrize(
    "mark", ["仅供办理医保业务使用", "此复印件仅用于申请表备案 再次复印无效", "仅限办理居住证使用"]
)
def test_a_watermark_changes_nothing(mark: str) -> None:
    page = write_page(FIRST["id-front"])
    marked = Page(page.width, page.height, (*page.lines, make_line(mark, x=90, y=200)))
    assert codes_of(marked) == ["id-front"]


@pytest.mark.parametrize("other", ["id-back", "ss-card-front", "ss-card-back", "residence-permit-front", "hukou-self"])
def test_two_cards_below_each_other_are_two_papers(other: str) -> None:
    page = join_pages(write_lines(FIRST["id-front"]), write_lines(FIRST[other], top=700))
    assert codes_of(page) == ["id-front", other]


@pytest.mark.parametrize("other", ["id-back", "ss-card-front", "residence-permit-back"])
def test_two_cards_beside_each_other_are_two_papers(other: str) -> None:
    page = join_pages(write_lines(FIRST["id-front"]), write_lines(FIRST[other], left=1300))
    assert sorted(codes_of(page)) == sorted(["id-front", other])


TALK = "9:41  5G  87%\n医保办小王\n上午9:30\n您好，转移医保需要什么材料？\n需要身份证\n{}\n好的  谢谢！\n按住 说话"


@pytest.mark.parametrize("said", ["参保缴费凭证", "基本医疗保险参保凭证", "诊断证明书", "营业执照", "出生医学证明"])
def test_a_talk_about_a_paper_is_not_the_paper(said: str) -> None:
    found = find_kinds(write_page(TALK.format(said)), KINDS)
    assert [shown.code for shown in found if shown.code] == []
    assert SCREEN in {refused.word for shown in found for refused in shown.refused}


@pytest.mark.parametrize("code", ["id-front", "enrolment-cert", "invoice", "birth-cert"])
def test_a_paper_on_a_screen_is_still_the_paper(code: str) -> None:
    page = join_pages(write_lines("9:41  5G  87%\n昨天 12:30\n微信"), write_lines(FIRST[code], top=400))
    assert codes_of(page) == [code]


@pytest.mark.parametrize("line", ["还有参保缴费凭证", "请带诊断证明书", "没拍营业执照"])
def test_a_title_that_is_asked_for_is_no_title(line: str) -> None:
    assert codes_of(write_page(line)) == []


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("职工医疗保险减员申报表（花名册）", ["decrease-roster"]),
        ("职工医疗保险减员申报表(花名册", ["decrease-roster"]),
        ("虚构市子虚区职工个人专用疾病诊断证明书（复印件）", []),
        ("请提交虚构市子虚区某某单位盖章的营业执照（见附件三）", []),
    ],
)
def test_brackets_behind_a_title_are_no_part_of_it(line: str, codes: list[str]) -> None:
    assert codes_of(write_page(line)) == codes


def test_a_title_alone_shows_its_kind_where_no_screen_is_seen() -> None:
    assert codes_of(write_page("基本医疗保险参保凭证\n12:30")) == ["enrolment-cert"]


def test_lists_of_people_are_told_by_their_words() -> None:
    rosters = {code for code, kind in KINDS.items() if is_roster(kind)}
    assert rosters == {"decrease-roster", "increase-roster", "salary-sheet"}


def test_two_peoples_cards_are_two_papers_each_with_its_lines() -> None:
    upper, lower = write_lines(FIRST["id-front"]), write_lines(SHOWN[1][1], top=700)
    found = find_kinds(join_pages(upper, lower), KINDS)
    assert [(one.code, one.lines) for one in found] == [("id-front", upper), ("id-front", lower)]


def test_a_long_form_is_one_paper() -> None:
    assert codes_of(write_page(FIRST["hukou-self"], height=20)) == ["hukou-self"]


def test_a_paper_that_is_only_mentioned_is_not_shown() -> None:
    text = "本人提供的发票、费用清单、诊断证明均真实\n附：身份证、营业执照复印件\n资料：居民死亡医学证明"
    assert codes_of(write_page(text)) == []


@given(
    st.sampled_from(SHOWN),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=2, max_size=30),
    st.integers(0, 2200),
    st.integers(0, 3000),
)
def test_one_more_unrelated_line_takes_no_kind_away(one: tuple[str, str], text: str, x: int, y: int) -> None:
    code, layout = one
    page = write_page(layout)
    if any(word in fold_word(text) for word in WORDS):
        return
    more = Page(page.width, page.height, (*page.lines, make_line(text, x=x, y=y)))
    assert code in codes_of(more)


@given(
    st.lists(
        st.tuples(
            st.text(max_size=60),
            st.floats(0, 2000, allow_subnormal=False),
            st.floats(0, 2000, allow_subnormal=False),
            st.floats(0, 90, allow_subnormal=False),
        ),
        max_size=12,
    )
)
def test_any_text_raises_nothing(cells: list[tuple[str, float, float, float]]) -> None:
    lines = tuple(make_line(text, x=x, y=y, height=height) for text, x, y, height in cells)
    assert isinstance(find_kinds(Page(2000, 2000, lines), KINDS), tuple)


def test_an_empty_page_shows_nothing() -> None:
    assert find_kinds(Page(100, 100, ()), KINDS) == ()
    assert find_kinds(Page(100, 100, (Line("", 0.0, ((0, 0), (0, 0), (0, 0), (0, 0))),)), KINDS) == ()


@pytest.mark.parametrize(
    ("blanks", "code"),
    [
        ("医师姓名 于明远\n医师类别 执业医师\n资格证书编码 20131\n执业证书编码 11099", "physician-form"),
        ("科室名称 康复医学科\n科室负责人 于明远\n诊疗科目 康复医学", "department-form"),
        ("姓名 于明远\n联系电话 13900000001\n申请事项 异地就医\n就医地 样张市", "application-form"),
        ("姓名 于明远\n医师姓名 林岩", "application-form"),
    ],
)
def test_general_heading_yields_to_the_blanks_of_a_special_form(blanks: str, code: str) -> None:
    assert codes_of(write_page(f"备案登记表\n{blanks}")) == [code]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("2018年事业单位岗位设置和人员聘用情况登记表", "post-appointment-form"),
        ("参保职工长期驻外就医申请审批表", "application-form"),
        ("关于与丛思琪终止劳动合同的通知", "termination-cert"),
        ("省属高等学校公开招聘人员登记表", "provincial-recruitment-form"),
        ("公办学校招聘教师登记表", "recruitment-form"),
        ("新聘用人员工资核定明细表", "salary-sheet"),
    ],
)
def test_a_title_is_told_by_the_words_that_every_version_has(line: str, code: str) -> None:
    assert codes_of(write_page(f"{line}\n姓名 丛思琪\n性别 女")) == [code]


def test_a_gap_ends_after_ten_characters() -> None:
    kind = DocumentKind("pass", "通行登记表", printed=(Keyword("通行…(登记|备案)…表", 4.5),))
    for between, shown in (("一二三四五六七八九十", ["pass"]), ("一二三四五六七八九十一", [])):
        page = write_page(f"通行{between}登记表")
        assert [one.code for one in find_kinds(page, {"pass": kind})] == shown


def test_evidence_of_a_gapped_title_is_what_was_read() -> None:
    (shown,) = find_kinds(write_page("医疗保险新增职工申报花名册"), KINDS)
    assert shown.evidence[0] == "印有“新增职工申报花名册”，4.5分"


def test_a_word_of_a_look_alike_refuses_nothing_when_it_is_misread() -> None:
    page = write_page("定点药店个人账户结算对账表\n医保结算员：徐强\n应结金额 冲正金额")
    assert codes_of(page) == ["settlement-report"]


def test_a_licences_number_is_not_the_licence() -> None:
    page = write_page("定点零售药店资格申请表\n营业执照注册号 9199\n法定代表人 丛玉珍\n姓名 丛玉珍")
    assert codes_of(page) == ["application-form"]
