"""The letter about an expired paper, and the silence of the letter about another person's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from config.catalogue import load_catalogue
from domain.cases import Letter
from domain.decisions import Decided
from domain.papers import Paper
from responders.compose import Composer
from responders.workdays import Closures
from routing import Classifier, Situation, decide
from tests.responders.samples import make_message, make_number, make_paper
from youban.demo.people import make_person

ON = date(2021, 3, 2)
MAILBOX = "dlybzxcbb@163.com"
MESSAGE = make_message("医疗保险关系转出", text="本人申请医疗保险关系转出，本市户籍灵活就业，电话13900001234")
ONE, OTHER = make_person(41), make_person(42)


@cache
def classifier() -> Classifier:
    return Classifier(load_catalogue())


def answer(*papers: Paper) -> tuple[Decided, Letter]:
    decided = decide(Situation(MESSAGE, papers, MAILBOX, received_on=ON), classifier())
    letter = Composer(load_catalogue()).compose(
        decided,
        number=make_number("DL"),
        message=MESSAGE,
        papers=papers,
        mailbox=MAILBOX,
        received_on=ON,
        closures=Closures(),
    )
    assert letter is not None
    return decided, letter


def make_papers(**fields: dict[str, str]) -> tuple[Paper, ...]:
    kinds = ("id-front", "id-back", "ss-card-front", "written-request")
    papers = (replace(make_paper(f"{kind}.jpg", kind), sha256=kind) for kind in kinds)
    return tuple(replace(p, fields=fields.get(p.kind.replace("-", "_"), {})) for p in papers)


def test_expired_card_is_asked_for_with_its_date() -> None:
    decided, letter = answer(*make_papers(id_back={"valid_from": "2011-03-01", "valid_until": "2021-03-01"}))
    assert decided.word == "missing"
    for words in (letter.text, letter.html):
        assert "有效期至2021年3月1日，已过期，请寄现行有效的证件" in words
    assert "1. 身份证国徽面" in letter.text
    assert "现在还缺下面 1 项" in letter.text


def test_valid_card_is_not() -> None:
    decided, letter = answer(*make_papers(id_back={"valid_from": "2011-03-02", "valid_until": "2031-03-02"}))
    assert decided.word == "ack"
    assert "过期" not in letter.text


def test_letter_says_nothing_about_another_person() -> None:
    cards = {
        "id_front": {"name": ONE.name, "id_number": ONE.id_number},
        "ss_card_front": {"name": OTHER.name, "social_security_number": OTHER.id_number},
    }
    decided, letter = answer(*make_papers(**cards))
    assert (decided.word, letter.template) == ("triage", "received")
    for who in (ONE, OTHER):
        assert who.name not in letter.text
        assert who.id_number not in letter.text
    assert "不一致" not in letter.text
