from __future__ import annotations

from time import process_time

import pytest

from domain.phrases import list_heads
from domain.routing import Intent
from routing.agencies import Direction, build_agency_signs, find_directions
from routing.classify import Classifier
from routing.moves import MoveFinder
from routing.phrases import PhraseIndex
from routing.places import find_hukou
from routing.refusals import find_refused, find_uncovered
from routing.words import WordIndex, drop_contained, is_denied, says_any
from tests.routing.building import CATALOGUE, LIBRARY, mail, paper, papers

MAIN, NORTH, PERMITS = "main@library.example", "north@library.example", "permits@library.example"
CLASSIFIER = Classifier(CATALOGUE)


@pytest.mark.parametrize(
    ("mailbox", "subject", "text", "item", "also"),
    [
        (MAIN, "迁出", "", "xx-move", ()),
        (PERMITS, "迁出", "申请读者迁出", "xx-move", ()),
        (MAIN, "你好", "我不是迁出，是迁入", "xx-join", ()),
        (MAIN, "", "迁入地是外省，我要迁出", "xx-move", ()),
        (MAIN, "迁出和借期", "", "xx-move", ("xx-hours",)),
        (MAIN, "迁出", "另外问一下借期", "xx-move", ("xx-hours",)),
        (MAIN, "", "借期怎么算？另外我要迁出", "xx-hours", ("xx-move",)),
        (MAIN, "天气", "今天下雨", "", ()),
        ("main@province.example", "迁出", "", "yy-move", ()),
        (MAIN, "迁出", "我在石原省医保参保", "yy-move", ()),
        (MAIN, "迁出", "从云海市图书事务中心迁出，转到石原省图书馆", "xx-move", ()),
    ],
)
def test_item_follows_what_the_sender_wants(
    mailbox: str, subject: str, text: str, item: str, also: tuple[str, ...]
) -> None:
    found = CLASSIFIER.classify(mail(subject, text), (), mailbox).classification
    assert (found.item, found.also_items) == (item, also)


def test_direct_mailbox_and_fitting_paper_decide_without_a_word() -> None:
    found = CLASSIFIER.classify(mail(files=("a.jpg",)), papers("licence"), PERMITS).classification
    assert (found.item, found.intent) == ("xx-permit", Intent.APPLY)


def test_mailbox_alone_decides_nothing() -> None:
    assert CLASSIFIER.classify(mail("你好", "在吗"), (), PERMITS).classification.item == ""


def test_silent_picture_to_a_mailbox_with_one_business_is_for_it() -> None:
    found = CLASSIFIER.classify(mail(files=("IMG_1.jpg",)), (paper(""),), PERMITS).classification
    assert found.item == "xx-permit"


def test_evidence_says_what_stood_where() -> None:
    found = CLASSIFIER.classify(mail("读者迁出", "书店"), papers("letter"), MAIN).classification
    assert {(e.what, e.where) for e in found.evidence} == {
        ("读者迁出", "subject"),
        ("随信有材料", "text"),
        ("letter.jpg", "paper"),
        (MAIN, "mailbox"),
    }
    assert {r.item for r in found.rivals} == {"xx-permit", "yy-move"}
    assert 0 < found.margin < 1


def test_equal_rivals_leave_no_margin() -> None:
    assert CLASSIFIER.classify(mail("书店借期"), (), NORTH).classification.margin == 0.0


@pytest.mark.parametrize(
    ("before", "denied"),
    [
        ("不是", True),
        ("并非要办理", True),
        ("无需", True),
        ("没有申请", True),
        ("非", True),
        ("是不是要", False),
        ("要不要", False),
        ("不能", False),
        ("无法办理", False),
        ("特别", False),
        ("不是我,是", False),
    ],
)
def test_denial_is_heard(before: str, denied: bool) -> None:
    assert is_denied(f"{before}迁出", len(before)) is denied


def test_words_are_found_folded_and_longest_first() -> None:
    hits = WordIndex(["迁入", "迁入地", "ＡＢ"]).find("我的迁入地ab")
    assert [h.word for h in hits] == ["迁入地", "迁入", "ab"]
    assert [h.word for h in drop_contained(hits)] == ["迁入地", "ab"]


def test_says_any_skips_denied_words() -> None:
    assert says_any("不是迁出,要迁出", ["迁出"]) == "迁出"
    assert says_any("不是迁出", ["迁出"]) == ""


@pytest.mark.parametrize(
    ("text", "direction"),
    [("从云海迁出", Direction.LEAVES), ("转到云海", Direction.COMES), ("我在云海", Direction.STAYS)],
)
def test_directions_of_a_place(text: str, direction: Direction) -> None:
    assert find_directions(text, build_agency_signs(LIBRARY).weak) == {direction}


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("不是转出,是转入", ["转出"]),
        ("别给我开转出凭证了", ["转出"]),
        ("昨天说成转出了", ["转出"]),
        ("我要办转出,弄错了", ["转出"]),
        ("是不是转出", []),
        ("要不办转出吧", []),
        ("不是说可以转出吗", []),
        ("别的我不懂,只要转出", []),
        ("医保还没转出", []),
    ],
)
def test_refused_business_is_told_from_one_asked_for(text: str, refused: list[str]) -> None:
    assert [hit.word for hit in find_refused(text, WordIndex(["转出", "转入"]).find(text))] == refused


def test_uncovered_matter_silences_its_clause_alone() -> None:
    index = WordIndex(["公积金"])
    text = "想提取公积金,医保卡里的钱呢"
    assert find_uncovered(text, index.find(text)) == [(0, 6)]
    assert find_uncovered("公积金和医保", index.find("公积金和医保")) == []


def test_phrase_has_choices_and_gaps() -> None:
    index = PhraseIndex([("{爸,妈}{,今天,正月…}{没了,走了}", "death"), ("查…余额", "account")])
    found = [(match.group(), owner) for match, owner in index.find("我爸正月十五没了,查他的余额,查到了,再看余额")]
    assert found == [("爸正月十五没了", "death"), ("查他的余额", "account")]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("把我在云海的医保整过来,人在广州", Direction.LEAVES),
        ("从郑州转过来", Direction.COMES),
        ("北京→云海", Direction.COMES),
        ("关系转到成都", Direction.LEAVES),
        ("从外省往云海转", Direction.COMES),
        ("接到云海的通知", None),
        ("从北京转到上海", None),
    ],
)
def test_move_is_told_by_the_places(text: str, direction: Direction | None) -> None:
    found = MoveFinder([LIBRARY]).find(text, mailbox_agency=LIBRARY.code).get(LIBRARY.code)
    assert (found.direction if found else None) == direction


@pytest.mark.parametrize(
    "text", ["谢" * 4000 + "甲", "户口" + "早就" * 2000 + "甲", "户口" + "跟我" * 2000, "《" * 8000]
)
def test_hostile_text_is_read_in_proportion(text: str) -> None:
    # Each of these once took for ever, or the square of its length.
    start = process_time()
    CLASSIFIER.classify(mail("", text), (), MAIN)
    find_hukou(text, ("云海",))
    assert process_time() - start < 2


def test_heads_of_phrases_are_two_characters_where_no_gap_stands_between() -> None:
    assert list_heads("{一,十二}月{表,单}") == {"一月", "十二"}
    assert list_heads("转{到,…出}") == {"转到", "转"}
    assert list_heads("跟…住") == {"跟"}
