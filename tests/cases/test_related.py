"""Which cases a message may belong to, and how strongly."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from cases.database import Database
from cases.related import _FIND_OF_PEOPLE, find_cases, find_related, take_turn
from cases.store import record_message, record_papers
from domain.cases import CaseNumber, CaseStatus
from domain.papers import Paper, Source
from tests.cases.counting import count_queries
from tests.cases.samples import DAY, NOW, fetch, key, message, open_sample, papers, write_sample
from youban.demo.people import make_person

LI = "li@citizen.example"


def test_an_answer_to_our_letter_leads_to_its_case(conn: sa.Connection) -> None:
    case = open_sample(conn, status=CaseStatus.COMPLETE)
    write_sample(conn, case.number, message_id="<r1@agency.example>")
    for threading in (
        {"in_reply_to": ("<r1@agency.example>",)},
        {"references": ("<x@y.example>", "<r1@agency.example>")},
        {"in_reply_to": ("r1@agency.example",)},
    ):
        assert find_related(conn, message(5, sender=LI, **threading), ()) == ((case, "reply"),)


def test_message_ids_match_however_the_letter_kept_them(conn: sa.Connection) -> None:
    case = open_sample(conn, status=CaseStatus.COMPLETE)
    write_sample(conn, case.number, message_id="r1@agency.example")
    assert find_related(conn, message(in_reply_to=("<r1@agency.example>",)), ()) == ((case, "reply"),)


def test_an_answer_to_ones_own_mail_leads_to_its_case_but_not_to_a_strangers(conn: sa.Connection) -> None:
    fetch(conn, [1])
    case = open_sample(conn, status=CaseStatus.COMPLETE)
    record_message(conn, key(1), message(1), at=NOW, case=case.number)
    own = message(2, references=("<1@citizen.example>",))
    strangers = message(3, sender=LI, references=("<1@citizen.example>",))
    assert find_related(conn, own, ()) == ((case, "reply"),)
    assert find_related(conn, strangers, ()) == ()


def test_a_number_leads_to_its_case_whoever_writes_it(conn: sa.Connection) -> None:
    case = open_sample(conn, status=CaseStatus.CLOSED)
    numbers = CaseNumber.find_all(f"关于 {case.number} 与 {CaseNumber('DL', DAY, 99)}")
    assert len(numbers) == 2
    assert find_related(conn, message(sender=LI), numbers) == ((case, "number"),)


def test_open_cases_of_the_sender_come_last_and_newest_first(conn: sa.Connection) -> None:
    old, new = open_sample(conn), open_sample(conn)
    named = open_sample(conn)
    open_sample(conn, status=CaseStatus.COMPLETE)
    open_sample(conn, sender=LI)
    answered = open_sample(conn)
    write_sample(conn, answered.number, message_id="<r1@agency.example>")
    related = find_related(conn, message(in_reply_to=("<r1@agency.example>",)), (named.number, answered.number))
    assert [(case.number, way) for case, way in related[:2]] == [(answered.number, "reply"), (named.number, "number")]
    assert [(case.number, way) for case, way in related[2:]] == [(new.number, "sender"), (old.number, "sender")]


def test_a_message_without_a_sender_shares_no_case(conn: sa.Connection) -> None:
    open_sample(conn, sender="")
    assert find_related(conn, message(sender=""), ()) == ()


def test_a_reply_without_a_case_relates_to_nothing(conn: sa.Connection) -> None:
    write_sample(conn, "", message_id="<r1@agency.example>")
    assert find_related(conn, message(in_reply_to=("<r1@agency.example>",)), ()) == ()


def test_thousands_of_references_are_no_error(conn: sa.Connection) -> None:
    case = open_sample(conn, status=CaseStatus.COMPLETE)
    write_sample(conn, case.number, message_id="<r1@agency.example>")
    many = tuple(f"<{i}@x.example>" for i in range(50_000))
    hostile = message(references=(*many, "<r1@agency.example>", ""), in_reply_to=many)
    numbers = [CaseNumber("DL", DAY, n) for n in range(2, 9000)]
    assert find_related(conn, hostile, numbers) == ((case, "reply"),)


def test_cases_come_with_papers_in_a_fixed_number_of_queries(database: Database) -> None:
    with database.write() as conn:
        cases = [open_sample(conn) for _ in range(15)]
        for case in cases:
            record_papers(conn, case.number, papers(), at=NOW)
    with database.read() as conn, count_queries(database) as queries:
        related = find_related(conn, message(), ())
    assert len(related) == 15
    assert all(case.papers == papers() for case, _ in related)
    assert len(queries) == 3
    with database.read() as conn, count_queries(database) as queries:
        assert find_related(conn, message(sender="nobody@citizen.example"), ()) == ()
    assert len(queries) == 1
    with database.read() as conn:
        assert find_cases(conn, ()) == {}


WANG = make_person(21)


def card(number: str, name: str = "王小明", *, kind: str = "id-front", at: int = 90) -> Paper:
    fields = {"name": name, "id_number": number}
    return Paper("身份证.jpg", f"{at:064x}", 1, kind, Source.PICTURE, 0.95, is_legible=True, fields=fields)


def test_papers_of_the_same_person_lead_to_the_case_that_waits(conn: sa.Connection) -> None:
    case, done = open_sample(conn), open_sample(conn, status=CaseStatus.COMPLETE)
    for one in (case, done):
        record_papers(conn, one.number, (card(WANG.id_number),), at=NOW)
    for written in (WANG.id_number, f" {WANG.id_number[:6]} {WANG.id_number[6:].lower()}"):
        ((found, way),) = find_related(conn, message(sender=LI), (), papers=(card(written, kind="death-cert"),))
        assert (found.number, way) == (case.number, "person")
    own = find_related(conn, message(), (), papers=(card(WANG.id_number),))
    assert [(found.number, way) for found, way in own] == [(case.number, "sender")]


def test_names_lead_only_where_no_paper_gives_a_number(conn: sa.Connection) -> None:
    case = open_sample(conn)
    record_papers(conn, case.number, (card(WANG.id_number),), at=NOW)
    by_name = find_related(conn, message(sender=LI), (), papers=(card("", "王 小明"),))
    assert [(found.number, way) for found, way in by_name] == [(case.number, "person")]
    other = card(make_person(22).id_number)
    assert find_related(conn, message(sender=LI), (), papers=(other,)) == ()


def test_misread_numbers_and_papers_that_do_not_count_lead_nowhere(conn: sa.Connection) -> None:
    case = open_sample(conn)
    record_papers(conn, case.number, (card(WANG.id_number),), at=NOW)
    misread = WANG.id_number[:-1] + ("1" if WANG.id_number[-1] != "1" else "2")
    for useless in (
        card(misread, ""),
        card(WANG.id_number, kind=""),
        card(WANG.id_number, kind="parent-hukou-self"),
        replace(card(WANG.id_number), is_legible=False),
    ):
        assert find_related(conn, message(sender=LI), (), papers=(useless,)) == ()


def test_people_are_found_by_an_index_and_in_the_same_query(database: Database) -> None:
    with database.write() as conn:
        case = open_sample(conn)
        record_papers(conn, case.number, (card(WANG.id_number),), at=NOW)
    with database.read() as conn, count_queries(database) as queries:
        assert find_related(conn, message(sender=LI), (), papers=(card(make_person(22).id_number),)) == ()
    assert len(queries) == 1
    if database.is_sqlite:
        with database.read() as conn:
            plan = _plan(conn, _FIND_OF_PEOPLE, sender=LI, holder_numbers=["n"], holder_names=["x"])
        assert {"ix_papers_holder_number", "ix_papers_holder_name"} <= plan


def _plan(conn: sa.Connection, statement: sa.CompoundSelect[Any], **values: object) -> set[str]:
    """Return the indexes that SQLite takes."""
    question = statement.params(values).compile(conn, compile_kwargs={"literal_binds": True})
    return set(re.findall(r"\bix_\w+", str(conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}").all())))


def test_mails_of_one_sender_take_turns_and_the_second_sees_what_the_first_wrote(database: Database) -> None:
    def look() -> int:
        with database.write() as second:
            take_turn(second, LI)
            return len(find_related(second, message(sender=LI), ()))

    with ThreadPoolExecutor(1) as pool:
        with database.write() as first:
            take_turn(first, LI)
            seen = pool.submit(look)
            open_sample(first, sender=LI, status=CaseStatus.MISSING)
            assert not seen.done()
        assert seen.result(timeout=30) == 1
