"""Lists and whole cases: right, in a fixed number of queries, and found by an index however many there are."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from cases.database import Database
from cases.ledger import find_entry, find_waiting
from cases.outbox import count_replies_since, count_sent_since, find_due, find_unsent, record_sent, record_sent_copies
from cases.queries import CaseLine, count_cases, list_cases, show_case
from cases.related import find_related
from cases.store import find_handled, record_message
from cases.tables import CASES, LEDGER, MESSAGES, REPLIES
from domain.cases import CaseNumber, CaseStatus
from domain.mail import Address, MessageKey
from tests.cases.counting import count_queries
from tests.cases.samples import DAY, FACTS, NOW, fetch, handle_sample, key, later, message, open_sample, papers

MANY = 10_000


def test_lists_are_newest_first_and_filtered(conn: sa.Connection) -> None:
    a = open_sample(conn)
    b = open_sample(conn, status=CaseStatus.COMPLETE, item="dl-transfer-in")
    c = open_sample(conn, agency="sd", office="sd-transfer", item="sd-transfer-out", sender="li@citizen.example")

    def numbers(**filters: object) -> list[str]:
        return [line.case.number for line in list_cases(conn, limit=10, **filters)]  # type: ignore[arg-type]

    assert numbers() == [c.number, b.number, a.number]
    assert numbers(status=CaseStatus.MISSING) == [c.number, a.number]
    assert numbers(agency="dl") == [b.number, a.number]
    assert numbers(office="sd-transfer") == [c.number]
    assert numbers(item="dl-transfer-in", status=CaseStatus.COMPLETE) == [b.number]
    assert numbers(item="dl-transfer-in", status=CaseStatus.MISSING) == []
    assert numbers(sender="li@citizen.example") == [c.number]
    assert list_cases(conn, limit=1) == (CaseLine(c, NOW, date(2020, 2, 12)),)
    assert count_cases(conn) == {CaseStatus.MISSING: 2, CaseStatus.COMPLETE: 1}


def test_pages_follow_each_other(conn: sa.Connection) -> None:
    opened = [open_sample(conn).number for _ in range(5)]
    seen: list[str] = []
    while page := list_cases(conn, limit=2, before=seen[-1] if seen else None):
        seen += [line.case.number for line in page]
    assert seen == opened[::-1]
    assert list_cases(conn, limit=2, before="DL-20200210-9999-0") == ()


def test_show_has_everything_in_order(conn: sa.Connection) -> None:
    fetch(conn, [1, 2])
    number = handle_sample(conn, 1)
    assert number is not None
    record_message(conn, key(2), message(2, text="补充材料"), at=later(60), decision="ack", case=number)
    reply_id = show_case(conn, number).replies[0].reply.id  # type: ignore[union-attr]
    record_sent(conn, reply_id, attempt=1, at=later(5))
    record_sent_copies(conn, [reply_id], at=later(6))
    view = show_case(conn, number)
    assert view is not None
    assert (view.case.number, view.case.facts, view.case.papers) == (number, FACTS, papers())
    assert (view.due_on, view.updated_at) == (date(2020, 2, 12), NOW)
    first, second = view.messages
    assert (first.key, first.sha256) == (key(1), f"{1:064x}")
    assert first.sender == Address("wang@citizen.example", "王小明")
    assert first.attachments == message().attachments
    assert first.explanation["rule"] == "open_case"
    assert first.details["recipients"] == ["counter@agency.example"]
    assert (second.key, second.text, second.attachments) == (key(2), "补充材料", ())
    assert [event.what for event in view.events] == ["opened", "reply-sent"]
    (reply,) = view.replies
    assert (reply.sent_at, reply.sent_copy_at) == (later(5), later(6))
    assert [d.outcome for d in reply.deliveries] == ["sent"]


def test_show_of_no_case_is_none(conn: sa.Connection) -> None:
    assert show_case(conn, CaseNumber("DL", DAY, 1)) is None


def test_query_counts_are_fixed(database: Database) -> None:
    with database.write() as conn:
        fetch(conn, range(1, 31))
        numbers = [handle_sample(conn, uid) for uid in range(1, 31)]
    with database.read() as conn, count_queries(database) as queries:
        assert len(list_cases(conn, limit=50)) == 30
        assert len(queries) == 1
        show_case(conn, str(numbers[0]))
        assert len(queries) == 8


@pytest.fixture
def crowded(database: Database) -> Database:
    """Ten thousand cases, each with a message and a reply, nearly all done."""
    statuses = itertools.cycle([s.value for s in CaseStatus])
    cases, ledger, messages, replies = [], [], [], []
    for n in range(1, MANY + 1):
        number = str(CaseNumber("DL", DAY, n))
        at = datetime.fromtimestamp(NOW.timestamp() + n, UTC)
        cases.append(
            {
                "number": number,
                "agency": "dl" if n % 3 else "sd",
                "office": f"office-{n % 20}",
                "item": f"item-{n % 34}",
                "scenario": "",
                "status": next(statuses),
                "sender": f"{n % 25}@citizen.example",
                "opened_at": at,
                "updated_at": at,
                "due_on": None,
                "version": 1,
                "facts": {},
            }
        )
        ledger.append(
            {
                "mailbox": "a@agency.example",
                "folder": "INBOX",
                "uidvalidity": 7,
                "uid": n,
                "sha256": f"{n:064x}",
                "size_bytes": 1,
                "received_at": at,
                "is_seen": False,
                "fetched_at": at,
                "fate": "answered" if n % 1000 else "waiting",
                "reason": "",
                "identity": str(n),
                "settled_at": at,
            }
        )
        messages.append(
            {
                "identity": str(n),
                "ledger_id": n,
                "message_id": f"<{n}@citizen.example>",
                "subject": "",
                "sender": f"{n % 25}@citizen.example",
                "sender_name": "",
                "answer_to": "",
                "date": at,
                "text": "",
                "details": {},
                "decision": "ack",
                "explanation": {},
                "case_number": number,
                "recorded_at": at,
            }
        )
        replies.append(
            {
                "decision_key": str(n),
                "case_number": number,
                "mailbox": f"{n % 21}@agency.example",
                "recipient": f"{n % 25}@citizen.example",
                "message_id": f"<{n}@agency.example>",
                "in_reply_to": "",
                "references": [],
                "subject": "",
                "text": "",
                "html": "",
                "template": "",
                "state": "sent" if n % 500 else "deferred",
                "attempts": 1,
                "next_attempt_at": at,
                "last_answer": "",
                "written_at": at,
                "sent_at": at,
                "sent_copy_at": at,
            }
        )
    with database.write() as conn:
        for table, rows in ((CASES, cases), (LEDGER, ledger), (MESSAGES, messages), (REPLIES, replies)):
            conn.execute(sa.insert(table), rows)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.exec_driver_sql("ANALYZE")
    return database


@contextmanager
def planned(database: Database, fault: str) -> Iterator[None]:
    """Assert that no plan of the SELECTs executed meanwhile has a step that matches ``fault``."""
    seen: list[tuple[str, object]] = []

    def listen(_conn: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.startswith("SELECT"):
            seen.append((statement, parameters))

    sa.event.listen(database.engine, "before_cursor_execute", listen)
    yield
    sa.event.remove(database.engine, "before_cursor_execute", listen)
    assert seen
    explain = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
    for statement, parameters in seen:
        with database.engine.connect() as conn:
            plan = [str(row[-1]) for row in conn.exec_driver_sql(explain + statement, parameters)]  # type: ignore[arg-type]
        assert not [step for step in plan if re.search(fault, step)], (statement, plan)


SCAN = r"(SCAN|Seq Scan on) (cases|ledger|messages|replies)\b(?! USING)"
SCAN_OR_SORT = rf"{SCAN}|USE TEMP B-TREE|Sort  "


def test_a_page_of_ten_thousand_cases_is_read_from_an_index_in_order(crowded: Database) -> None:
    last = str(CaseNumber("DL", DAY, 5000))
    for filters in (
        {"status": CaseStatus.MISSING},
        {"agency": "sd"},
        {"office": "office-3"},
        {"item": "item-3"},
        {"sender": "3@citizen.example"},
    ):
        with planned(crowded, SCAN_OR_SORT), crowded.read() as conn:
            assert list_cases(conn, limit=50, **filters)  # type: ignore[arg-type]
            assert list_cases(conn, limit=50, before=last, **filters)  # type: ignore[arg-type]
    with planned(crowded, "Sort  |USE TEMP"), crowded.read() as conn:
        assert list_cases(conn, limit=50)  # SQLite calls the walk from the table's end a scan; LIMIT stops it
    with planned(crowded, SCAN), crowded.read() as conn:
        assert list_cases(conn, limit=50, status=CaseStatus.TRIAGE, office="office-3")


def test_nothing_reads_ten_thousand_rows_from_end_to_end(crowded: Database) -> None:
    last = CaseNumber("DL", DAY, 5000)
    mail = message(sender="3@citizen.example", references=("<7@agency.example>", "<3@citizen.example>"))
    with planned(crowded, SCAN), crowded.read() as conn:
        assert show_case(conn, last) is not None
        assert find_related(conn, mail, [CaseNumber("DL", DAY, 9)])
        assert find_due(conn, later(MANY), limit=5)
        assert find_unsent(conn)
        assert find_waiting(conn, later(MANY), limit=50)
        assert find_entry(conn, MessageKey("a@agency.example", "INBOX", 7, 5000))
        assert find_handled(conn, "5000")
        assert count_replies_since(conn, "3@citizen.example", later(MANY - 100))
        assert count_sent_since(conn, "3@agency.example", later(MANY - 100))
