"""Which cases a message may belong to, and how strongly."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa

from cases.database import Database
from cases.related import find_cases, find_related, take_turn
from cases.store import record_message, record_papers
from domain.cases import CaseNumber, CaseStatus
from tests.cases.counting import count_queries
from tests.cases.samples import DAY, NOW, fetch, key, message, open_sample, papers, write_sample

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
