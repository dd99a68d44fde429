"""A decision has one letter, an attempt is recorded once, and what was sent stays sent."""

from __future__ import annotations

import threading

import sqlalchemy as sa

from cases.database import Database, run_transaction
from cases.events import Event, find_events
from cases.outbox import (
    Unsent,
    count_replies_since,
    count_sent_since,
    find_due,
    find_reply,
    find_uncopied,
    find_unsent,
    record_deferred,
    record_refused,
    record_sent,
    record_sent_copy,
)
from cases.queries import Delivery, show_case
from cases.tables import REPLIES
from domain.cases import Reply, ReplyState
from tests.cases.samples import LETTER, MAILBOX, NOW, later, open_sample, write_sample

WANG = "wang@citizen.example"


def state(conn: sa.Connection, reply_id: int) -> tuple[ReplyState, int]:
    reply = find_reply(conn, reply_id)
    assert reply is not None
    return reply.state, reply.attempts


def test_a_reply_comes_back_as_it_was_written(conn: sa.Connection) -> None:
    case = open_sample(conn)
    reply_id = write_sample(conn, case.number)
    assert find_reply(conn, reply_id) == Reply(
        id=reply_id,
        case=case.number,
        mailbox=MAILBOX,
        recipient=WANG,
        message_id=f"<reply.{case.number}.1@agency.example>",
        in_reply_to="<1@citizen.example>",
        references=("<0@citizen.example>", "<1@citizen.example>"),
        letter=LETTER,
        written_at=NOW,
    )
    assert find_reply(conn, reply_id + 1) is None


def test_a_reply_may_belong_to_no_case(conn: sa.Connection) -> None:
    reply_id = write_sample(conn, "")
    reply = find_reply(conn, reply_id)
    assert reply is not None
    assert reply.case == ""
    assert record_sent(conn, reply_id, attempt=1, at=NOW)


def test_one_decision_has_one_letter(conn: sa.Connection) -> None:
    case = open_sample(conn).number
    first = write_sample(conn, case)
    assert write_sample(conn, case, message_id="<another@agency.example>") == first
    assert write_sample(conn, case, decision_key="other", message_id="<another@agency.example>") != first
    assert len(find_unsent(conn)) == 2


def test_two_threads_write_one_letter(database: Database) -> None:
    with database.write() as conn:
        case = open_sample(conn).number
    written: list[int] = []

    def write() -> None:
        for n in range(20):
            changes = {"decision_key": f"d{n}", "message_id": f"<d{n}@agency.example>"}
            written.append(run_transaction(database, lambda c, v=changes: write_sample(c, case, **v)))

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(written) == 80
    assert len(set(written)) == 20


def test_a_deleted_reply_never_lends_its_id(conn: sa.Connection) -> None:
    first = write_sample(conn, "")
    conn.execute(sa.delete(REPLIES))
    assert write_sample(conn, "") > first


def test_a_sent_reply_is_done(conn: sa.Connection) -> None:
    case = open_sample(conn).number
    reply_id = write_sample(conn, case)
    assert record_sent(conn, reply_id, attempt=1, at=later(5), answer="OK queued")
    assert state(conn, reply_id) == (ReplyState.SENT, 1)
    assert find_unsent(conn) == ()
    assert find_events(conn, case) == (
        Event(later(5), "reply-sent", "youban", {"reply": reply_id, "attempt": 1, "code": 250, "answer": "OK queued"}),
    )


def test_an_attempt_is_recorded_once(conn: sa.Connection) -> None:
    case = open_sample(conn).number
    reply_id = write_sample(conn, case)
    assert record_sent(conn, reply_id, attempt=1, at=NOW)
    assert not record_sent(conn, reply_id, attempt=1, at=later(9))
    assert not record_refused(conn, reply_id, attempt=1, at=later(9), code=550, answer="no")
    assert state(conn, reply_id) == (ReplyState.SENT, 1)
    assert len(find_events(conn, case)) == 1


def test_what_was_sent_stays_sent(conn: sa.Connection) -> None:
    reply_id = write_sample(conn, open_sample(conn).number)
    record_sent(conn, reply_id, attempt=1, at=NOW)
    assert not record_deferred(
        conn, reply_id, attempt=2, at=later(9), code=451, answer="later", next_attempt_at=later(99)
    )
    assert state(conn, reply_id) == (ReplyState.SENT, 1)


def test_a_deferred_reply_is_due_again_later_and_every_attempt_is_on_record(conn: sa.Connection) -> None:
    case = open_sample(conn).number
    reply_id = write_sample(conn, case)
    assert find_due(conn, NOW) == (Unsent(reply_id, MAILBOX, 0, NOW),)
    assert record_deferred(
        conn, reply_id, attempt=1, at=NOW, code=451, answer="DT:SPM later", next_attempt_at=later(900)
    )
    assert state(conn, reply_id) == (ReplyState.DEFERRED, 1)
    assert find_due(conn, later(899)) == ()
    assert find_due(conn, later(900)) == find_unsent(conn) == (Unsent(reply_id, MAILBOX, 1, later(900)),)
    assert record_refused(conn, reply_id, attempt=2, at=later(901), code=550, answer="no such user")
    assert state(conn, reply_id) == (ReplyState.REFUSED, 2)
    assert find_unsent(conn) == ()
    view = show_case(conn, case)
    assert view is not None
    assert view.replies[0].deliveries == (
        Delivery(1, NOW, "deferred", 451, "DT:SPM later"),
        Delivery(2, later(901), "refused", 550, "no such user"),
    )
    assert [event.what for event in view.events] == ["reply-deferred", "reply-refused"]


def test_due_replies_come_the_longest_overdue_first(conn: sa.Connection) -> None:
    ids = [
        write_sample(conn, "", decision_key=str(s), message_id=f"<{s}@agency.example>", at=later(s)) for s in (5, 1, 3)
    ]
    assert [u.id for u in find_due(conn, later(4))] == [ids[2 - 1], ids[2]]
    assert [u.id for u in find_due(conn, later(9), limit=1)] == [ids[1]]
    assert [u.id for u in find_unsent(conn)] == [ids[1], ids[2], ids[0]]


def test_a_copy_is_recorded_once(conn: sa.Connection) -> None:
    reply_id = write_sample(conn, "")
    assert record_sent_copy(conn, reply_id, at=NOW)
    assert not record_sent_copy(conn, reply_id, at=later(1))


def test_letters_to_an_address_and_from_a_mailbox_are_counted(conn: sa.Connection) -> None:
    for s in (0, 10, 20):
        reply_id = write_sample(conn, "", decision_key=str(s), message_id=f"<{s}@agency.example>", at=later(s))
        record_sent(conn, reply_id, attempt=1, at=later(s + 1))
    assert count_replies_since(conn, WANG, later(10)) == 2
    assert count_replies_since(conn, "li@citizen.example", NOW) == 0
    assert count_sent_since(conn, MAILBOX, later(11)) == 2


def test_letters_without_a_copy_are_found_by_mailbox_and_time(conn: sa.Connection) -> None:
    sent = [write_sample(conn, open_sample(conn).number) for _ in range(3)]
    for reply_id in sent[:2]:
        record_sent(conn, reply_id, attempt=1, at=NOW)
    record_sent_copy(conn, sent[0], at=NOW)
    assert [r.id for r in find_uncopied(conn, [MAILBOX], after=NOW, before=NOW)] == [sent[1]]
    assert find_uncopied(conn, [MAILBOX], after=later(1), before=later(2)) == ()
    assert find_uncopied(conn, ["other@agency.example"], after=NOW, before=NOW) == ()
    assert find_uncopied(conn, [], after=NOW, before=NOW) == ()
