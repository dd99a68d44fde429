"""Explaining follows the rules of the running counter, in memory."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.catalogue import load_catalogue
from domain.cases import CaseNumber
from domain.errors import ConfigError
from tests.youban.requests import LACKING, MAILBOX, NOISE, write_request
from youban.demo.people import Person, make_person
from youban.explainer import Explainer, Explanation
from youban.pictures import SeePapers, see_names
from youban.sources import Source

CATALOGUE = load_catalogue()


def explain_all(*mails: bytes, mailbox: str = "") -> list[Explanation]:
    explainer = Explainer(CATALOGUE, see_names(CATALOGUE.kinds))
    return [explainer.explain(Source(f"{n}.eml", raw), mailbox=mailbox) for n, raw in enumerate(mails, start=1)]


def word(explanation: Explanation) -> str:
    assert explanation.decided is not None
    return explanation.decided.word


def test_complete_request_is_acknowledged_and_gets_a_case_of_its_day() -> None:
    (explanation,) = explain_all(write_request())
    assert word(explanation) == "ack"
    assert str(CaseNumber.parse(explanation.case)).startswith("DL-20200205-0001-")


def test_mailbox_is_read_from_to_whatever_its_case() -> None:
    (explanation,) = explain_all(write_request(to=f"clerk@elsewhere.example, {MAILBOX.upper()}"))
    assert explanation.mailbox == MAILBOX


def test_mail_to_nobody_of_ours_needs_the_mailbox_named() -> None:
    with pytest.raises(ConfigError, match=r"1\.eml: its To names none .* --mailbox"):
        explain_all(write_request(to="clerk@elsewhere.example"))
    (explanation,) = explain_all(write_request(to="clerk@elsewhere.example"), mailbox=MAILBOX)
    assert word(explanation) == "ack"


def test_answer_to_an_earlier_mail_completes_its_case() -> None:
    first, second = explain_all(
        write_request(1, files=LACKING),
        write_request(2, files=["身份证反面.jpg"], subject="Re: 申请办理医保关系转出", text="补交", answers=1),
    )
    assert [word(first), word(second)] == ["missing", "ack"]
    assert first.case == second.case


def test_news_is_acknowledged_and_its_case_takes_nothing_more() -> None:
    told = write_request(1, files=[], subject="医保关系转出", text="医保关系转出的材料已经邮寄，特此告知。")
    more = write_request(2, files=["身份证反面.jpg"], subject="Re: 医保关系转出", text="补交", answers=1)
    first, second = explain_all(told, more)
    assert [word(first), word(second)] == ["ack", "missing"]
    assert first.case != second.case


def test_case_number_in_the_subject_joins_too() -> None:
    explainer = Explainer(CATALOGUE, see_names(CATALOGUE.kinds))
    first = explainer.explain(Source("1.eml", write_request(1, files=LACKING)))
    raw = write_request(2, files=["身份证反面.jpg"], subject=f"补交材料 {first.case}", text="补交")
    assert explainer.explain(Source("2.eml", raw)).case == first.case


def see_of(person: Person) -> SeePapers:
    """Return what sees papers by their names, each with this person's name and number on it."""
    see, printed = see_names(CATALOGUE.kinds), {"name": person.name, "id_number": person.id_number}
    return lambda mail: tuple(replace(paper, fields=printed) for paper in see(mail))


def test_fresh_mails_supplement_a_second_and_a_third_time() -> None:
    first, second, third, fourth = explain_all(
        write_request(1, files=LACKING[:2], text="我是大连本市户籍灵活就业人员，申请医保关系转出。"),
        write_request(2, files=[], subject="忘写电话了", text="13900001234"),
        write_request(3, files=["身份证反面.jpg"], subject="补身份证反面", text="补上"),
        write_request(4, files=["手写申请.jpg"], subject="补手写的申请", text="补上"),
    )
    assert [word(one) for one in (first, second, third, fourth)] == ["missing", "missing", "missing", "ack"]
    assert {one.case for one in (second, third, fourth)} == {first.case}


def test_paper_of_the_very_person_completes_the_case_whoever_sends_it() -> None:
    mother = write_request(1, files=LACKING)
    both = ["身份证正面.jpg", "身份证反面.jpg"]
    daughter = write_request(2, files=both, subject="补身份证反面", text="我妈的，补上")
    daughter = daughter.replace(b"liu@citizen.example", b"sun@citizen.example")
    explainer = Explainer(CATALOGUE, see_of(make_person(21)))
    first, second = (explainer.explain(Source("x.eml", raw)) for raw in (mother, daughter))
    assert [word(first), word(second)] == ["missing", "ack"]
    assert first.case == second.case


def test_order_matters_a_supplement_alone_is_a_request_of_its_own() -> None:
    (alone,) = explain_all(write_request(2, files=["身份证反面.jpg"], answers=1))
    assert word(alone) == "missing"


def test_machine_mail_is_ignored_and_opens_no_case() -> None:
    (explanation,) = explain_all(NOISE)
    assert (word(explanation), explanation.case) == ("none", "")


def test_two_strangers_get_two_cases() -> None:
    first, second = explain_all(
        write_request(1), write_request(2).replace(b"liu@citizen.example", b"sun@citizen.example")
    )
    assert first.case != second.case


def test_explaining_twice_says_the_same() -> None:
    raw = write_request(1, files=LACKING)
    assert explain_all(raw) == explain_all(raw)
