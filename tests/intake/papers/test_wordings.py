"""Papers whose titles and blanks nobody thought of: told by how they read as a whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.papers import load_papers
from domain.catalogue import DocumentKind, Keyword, Wording
from intake.papers.kinds import find_kinds
from intake.papers.scores import Refused, build_lexis, score_kinds
from intake.papers.wordings import Likeness, build_wordings, count_pairs
from tests.intake.papers.layouts import join_pages, write_lines, write_page

PASS = DocumentKind(
    "pass",
    "云上通行证",
    printed=(Keyword("云上通行证", 4.5), Keyword("持证人", 1.5)),
    wordings=(
        Wording("旧版", "云上市通行证\n持证人\n准予通过城门桥梁渡口\n签发城门官\n有效年份"),
        Wording("新版", "出入城门许可\n持证人\n准予通过城门与渡口\n城门官签章\n有效年份"),
    ),
)
TICKET = DocumentKind(
    "other",
    "其他",
    wordings=(
        Wording("游园门票", "云海公园游园门票\n凭票入园\n副券撕下无效\n票价\n儿童半价"),
        Wording("渡船票", "渡船船票\n凭票登船\n副券撕下无效\n票价\n开船时间"),
    ),
)
KINDS = {"pass": PASS, "other": TICKET}
UNTITLED = "城门桥梁渡口准予通过\n持有此证准予通过渡口\n签发城门官\n城门官签章\n有效年份"


def test_a_page_is_told_by_its_wording_and_says_which_version_it_is_like() -> None:
    (shown,) = find_kinds(write_page(UNTITLED), KINDS)
    assert shown.code == "pass"
    assert any("旧版" in words and "%" in words for words in shown.evidence)


def test_without_samples_the_rules_alone_speak() -> None:
    bare = {"pass": replace(PASS, wordings=()), "other": replace(TICKET, wordings=())}
    assert build_wordings(bare.values()) is None
    assert find_kinds(write_page(UNTITLED), bare) == ()


def test_what_reads_like_something_else_is_called_that() -> None:
    (shown,) = find_kinds(write_page("云海公园游园门票\n凭票入园\n副券撕下无效\n儿童半价\n票价 十元"), KINDS)
    assert (shown.code, shown.refused) == ("", (Refused("", "游园门票"),))


def test_what_reads_like_nothing_known_is_nothing() -> None:
    assert find_kinds(write_page("游园门票"), KINDS) == ()
    assert find_kinds(write_page("今天天气真好"), KINDS) == ()


def test_a_look_alikes_word_refuses_what_the_wording_likes() -> None:
    kinds = {"pass": replace(PASS, against=("游园须知",)), "other": TICKET}
    assert not any(shown.code for shown in find_kinds(write_page(f"{UNTITLED}\n游园须知"), kinds))


def test_the_same_samples_give_the_same_answer() -> None:
    lines = write_lines(UNTITLED)
    first, second = (build_wordings(list(KINDS.values())) for _ in range(2))
    assert first is not None
    assert second is not None
    assert first.compare(lines) == second.compare(lines)


def test_numbers_and_latin_letters_are_not_compared() -> None:
    assert count_pairs(["持证人 990100 ABC"]) == count_pairs(["持证人"]) == {"^持": 1, "持证": 1, "证人": 1, "人$": 1}


@pytest.mark.parametrize("lines", ["", "0411 ABC"])
def test_a_page_without_chinese_characters_is_like_nothing(lines: str) -> None:
    fitted = build_wordings(KINDS.values())
    assert fitted is not None
    assert fitted.compare(write_lines(lines) if lines else ()) is None


def test_a_watermark_aslant_does_not_tie_two_cards_together() -> None:
    kinds = load_papers()
    upper = write_lines("姓名 于德海\n性别 男 民族 汉\n出生 1953年3月14日\n住址 样张市虚构路70号\n公民身份号码")
    lower = write_lines("中华人民共和国\n居民身份证\n签发机关 样张市公安局\n有效期限 2018.06.04-2038.06.04", top=640)
    both = join_pages(upper, lower)
    # As the recogniser frames it: one box from the middle of one card to the middle of the other.
    box = ((60.0, 740.0), (560.0, 120.0), (590.0, 150.0), (90.0, 770.0))
    slant = replace(both.lines[0], text="办理医保业", box=box)
    page = replace(both, lines=(*both.lines, slant))
    assert [shown.code for shown in find_kinds(page, kinds)] == ["id-front", "id-back"]


def test_what_the_wording_outdoes_stays_outdone_beside_a_general_heading() -> None:
    general = DocumentKind("form", "备案登记表", general=True, printed=(Keyword("备案登记表", 4.5),))
    ticket = DocumentKind("ticket", "渡船票", printed=(Keyword("渡船船票", 4.5),))
    lexis = build_lexis({"form": general, "ticket": ticket, "pass": PASS})
    seen = lexis.vocabulary.find(write_lines("备案登记表\n渡船船票"))
    likeness = Likeness("pass", 0.9, 0.8, {"pass": 0.9, "ticket": 0.1, "form": 0.0}, "旧版", 40)
    assert next(score.kind.code for score in score_kinds(seen, lexis)) == "ticket"
    assert next(score.kind.code for score in score_kinds(seen, lexis, likeness)) == "pass"
