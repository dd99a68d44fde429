"""One mail is handled once, numbers are given once, a case is changed by one at a time."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from datetime import date

import pytest
import sqlalchemy as sa

from cases.database import Database, run_transaction
from cases.events import Event, find_events, record_events
from cases.ledger import count_fates, settle
from cases.queries import show_case
from cases.related import find_case
from cases.store import (
    Handled,
    change_case,
    find_handled,
    link_message,
    next_number,
    open_case,
    record_attachments,
    record_message,
    record_papers,
)
from cases.tables import ATTACHMENTS, CASES, EVENTS, MESSAGES, PAPERS, REPLIES
from domain.cases import Case, CaseNumber, CaseStatus, Fate
from domain.errors import CaseError
from domain.papers import Paper, Source
from domain.routing import Facts
from tests.cases.counting import count_queries
from tests.cases.samples import (
    DAY,
    FACTS,
    NOW,
    fetch,
    handle_sample,
    key,
    later,
    message,
    open_sample,
    papers,
)

HALF = """
import os, signal, sys
from cases.database import open_database
from cases.ledger import settle
from cases.store import link_message, record_attachments, record_message, record_papers
from domain.cases import Fate
from tests.cases.samples import NOW, key, message, open_sample, papers, write_sample
database = open_database(sys.argv[1], pool_size=2)
mail = message(1)
steps = [
    lambda conn: settle(conn, key(1), Fate.ANSWERED, at=NOW),
    lambda conn: record_message(conn, key(1), mail, at=NOW),
    lambda conn: record_attachments(conn, mail),
    lambda conn: cases.append(open_sample(conn)),
    lambda conn: link_message(conn, mail, case=cases[0].number),
    lambda conn: record_papers(conn, cases[0].number, papers(1), at=NOW),
    lambda conn: write_sample(conn, cases[0].number),
]
cases = []
with database.write() as conn:
    for step in steps[: int(sys.argv[2])]:
        step(conn)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def count(conn: sa.Connection, table: sa.Table) -> int:
    return conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def in_threads(n: int, function) -> None:
    threads = [threading.Thread(target=function, args=(i,)) for i in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_the_same_mail_in_two_mailboxes_is_claimed_once(conn: sa.Connection) -> None:
    fetch(conn, [1])
    fetch(conn, [1], mailbox="other@agency.example")
    assert find_handled(conn, "identity-1") is None
    assert record_message(conn, key(1), message(), at=NOW, decision="ack")
    assert not record_message(conn, key(1, "other@agency.example"), message(), at=NOW)
    assert find_handled(conn, "identity-1") == Handled(key(1), "", "ack")


def test_a_message_needs_its_line_in_the_ledger(conn: sa.Connection) -> None:
    with pytest.raises(sa.exc.IntegrityError), conn.begin_nested():
        record_message(conn, key(1), message(), at=NOW)


def test_of_many_threads_with_the_same_mail_one_claims_it(database: Database) -> None:
    boxes = [f"{i}@agency.example" for i in range(8)]
    with database.write() as conn:
        for box in boxes:
            fetch(conn, range(1, 21), mailbox=box)
    claimed = []

    def claim(i: int) -> None:
        claimed.extend(
            uid
            for uid in range(1, 21)
            if run_transaction(database, lambda c, u=uid: handle_sample(c, u, mailbox=boxes[i]))
        )

    in_threads(8, claim)
    assert sorted(claimed) == list(range(1, 21))
    with database.read() as conn:
        assert [count(conn, t) for t in (MESSAGES, CASES, REPLIES, EVENTS)] == [20] * 4
        assert count_fates(conn) == {Fate.ANSWERED: 160}


def test_numbers_of_a_day_rise_from_one_for_each_prefix(conn: sa.Connection) -> None:
    assert [next_number(conn, "DL", DAY).serial for _ in range(3)] == [1, 2, 3]
    assert next_number(conn, "SD", DAY) == CaseNumber("SD", DAY, 1)
    assert next_number(conn, "DL", date(2020, 2, 11)).serial == 1


def test_threads_never_share_a_number_and_leave_none_out(database: Database) -> None:
    serials = []

    def take(_: int) -> None:
        serials.extend(run_transaction(database, lambda c: next_number(c, "DL", DAY)).serial for _ in range(25))

    in_threads(8, take)
    assert sorted(serials) == list(range(1, 201))


def test_a_number_is_given_back_by_a_rollback(database: Database) -> None:
    def take_and_fail() -> None:
        with database.write() as conn:
            next_number(conn, "DL", DAY)
            raise KeyError

    with pytest.raises(KeyError):
        take_and_fail()
    with database.write() as conn:
        assert next_number(conn, "DL", DAY).serial == 1


def test_a_case_comes_back_as_it_was_opened(conn: sa.Connection) -> None:
    case = open_case(
        conn,
        CaseNumber("DL", DAY, 42),
        agency="dl",
        office="dl-shahekou",
        item="dl-death",
        scenario="employee",
        status=CaseStatus.MISSING,
        sender="wang@citizen.example",
        at=NOW,
        facts=FACTS,
    )
    record_papers(conn, case.number, papers(), at=NOW)
    assert find_case(conn, case.number) == Case(
        number=str(CaseNumber("DL", DAY, 42)),
        agency="dl",
        office="dl-shahekou",
        item="dl-death",
        scenario="employee",
        status=CaseStatus.MISSING,
        sender="wang@citizen.example",
        opened_at=NOW,
        version=1,
        papers=papers(),
        facts=FACTS,
    )
    assert find_case(conn, "DL-20200210-0043-1") is None


def test_a_change_raises_the_version_and_keeps_the_rest(conn: sa.Connection) -> None:
    case = open_sample(conn)
    changed = change_case(conn, case, at=later(60), status=CaseStatus.COMPLETE, facts=Facts(mobiles=("13900005678",)))
    assert changed.version == 2
    assert find_case(conn, case.number) == changed
    again = change_case(conn, changed, at=later(90), due_on=date(2020, 2, 14))
    view = show_case(conn, case.number)
    assert view is not None
    assert (view.case, view.due_on, view.updated_at) == (again, date(2020, 2, 14), later(90))
    change_case(conn, again, at=later(90), due_on=None, scenario="retiree")
    view = show_case(conn, case.number)
    assert view is not None
    assert (view.case.scenario, view.due_on) == ("retiree", None)


def test_a_change_of_an_old_version_is_refused(conn: sa.Connection) -> None:
    case = open_sample(conn)
    changed = change_case(conn, case, at=NOW, status=CaseStatus.COMPLETE)
    with pytest.raises(CaseError, match=case.number):
        change_case(conn, case, at=NOW, status=CaseStatus.VOID)
    assert find_case(conn, case.number) == changed


def test_of_two_threads_with_one_version_one_changes_the_case(database: Database) -> None:
    with database.write() as conn:
        case = open_sample(conn)
    outcomes = []

    def change(_: int) -> None:
        try:
            changed = run_transaction(database, lambda c: change_case(c, case, at=NOW, status=CaseStatus.CLOSED))
            outcomes.append(changed.version)
        except CaseError:
            outcomes.append(0)

    in_threads(8, change)
    assert sorted(outcomes) == [0] * 7 + [2]


def test_papers_sent_twice_count_once_but_two_of_a_kind_on_one_page_both(conn: sa.Connection) -> None:
    case = open_sample(conn)
    front = Paper("两张.jpg", "a" * 64, 1, "id-front", Source.PICTURE, 0.9)
    back = Paper("两张.jpg", "a" * 64, 1, "id-back", Source.PICTURE, 0.9)
    record_papers(conn, case.number, [front, back, front], at=NOW)
    record_papers(conn, case.number, [front, back], at=later(60))
    record_papers(conn, case.number, [], at=NOW)
    found = find_case(conn, case.number)
    assert found is not None
    assert found.papers == (front, back, front)


def test_attachments_and_events_of_a_case(conn: sa.Connection) -> None:
    fetch(conn, [1])
    mail = message()
    record_message(conn, key(1), mail, at=NOW)
    record_attachments(conn, mail)
    record_attachments(conn, mail)
    record_attachments(conn, message(attachments=()))
    assert count(conn, ATTACHMENTS) == 2
    case = open_sample(conn)
    link_message(conn, mail, case=case.number)
    events = (Event(NOW, "opened", "youban", {"item": "dl-death"}), Event(later(1), "closed", "clerk:li"))
    record_events(conn, case.number, events)
    record_events(conn, case.number, ())
    assert find_events(conn, case.number) == events


def test_handling_a_message_twice_is_handling_it_once(database: Database) -> None:
    with database.write() as conn:
        fetch(conn, [1])
    first = run_transaction(database, lambda c: handle_sample(c, 1))
    assert first is not None
    assert run_transaction(database, lambda c: handle_sample(c, 1)) is None
    with database.read() as conn:
        assert [count(conn, t) for t in (MESSAGES, CASES, REPLIES, EVENTS, PAPERS)] == [1, 1, 1, 1, 3]


def test_handling_a_message_is_nine_statements(database: Database) -> None:
    with database.write() as conn:
        fetch(conn, [1])
        with count_queries(database) as statements:
            handle_sample(conn, 1)
    assert len(statements) == 9


@pytest.mark.parametrize("steps", [1, 3, 5, 7])
def test_a_process_killed_half_way_leaves_nothing(database: Database, steps: int) -> None:
    with database.write() as conn:
        fetch(conn, [1])
    killed = subprocess.run([sys.executable, "-c", HALF, database.url, str(steps)], check=False)
    assert killed.returncode == -signal.SIGKILL
    with database.write() as conn:
        assert [count(conn, t) for t in (MESSAGES, ATTACHMENTS, CASES, PAPERS, REPLIES)] == [0] * 5
        assert settle(conn, key(1), Fate.ANSWERED, at=NOW)
        assert next_number(conn, "DL", DAY).serial == 1
