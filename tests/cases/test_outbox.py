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
    record_bounce,
    record_deferred,
    record_refused,
    record_sent,
    record_sent_copies,
)
from cases.queries import Delivery, show_case
from cases.tables import REPLIES
from domain.cases import Reply, ReplyState
from domain.mail import DeliveryReport
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
    assert record_sent_copies(conn, [reply_id], at=NOW) == 1
    assert record_sent_copies(conn, [reply_id], at=later(1)) == 0


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
    record_sent_copies(conn, [sent[0]], at=NOW)
    assert [r.id for r in find_uncopied(conn, [MAILBOX], after=NOW, before=NOW)] == [sent[1]]
    assert find_uncopied(conn, [MAILBOX], after=later(1), before=later(2)) == ()
    assert find_uncopied(conn, ["other@agency.example"], after=NOW, before=NOW) == ()
    assert find_uncopied(conn, [], after=NOW, before=NOW) == ()


FAILED = DeliveryReport("failed", "5.1.1", WANG, "550 5.1.1 User unknown", "<unused@agency.example>")
DELAYED = DeliveryReport("delayed", "4.4.1", WANG, "connection timed out")


def send_sample(conn: sa.Connection, case: str) -> str:
    reply_id = write_sample(conn, case)
    record_sent(conn, reply_id, attempt=1, at=NOW)
    return f"<reply.{case}.1@agency.example>"


def test_a_letter_comes_back_once(conn: sa.Connection) -> None:
    case = open_sample(conn).number
    message_id = send_sample(conn, case)
    reply = record_bounce(conn, message_id, FAILED, at=later(60))
    assert reply is not None
    assert (reply.case, reply.recipient, reply.state) == (case, WANG, ReplyState.SENT)
    assert record_bounce(conn, message_id, DeliveryReport("failed", "5.2.2"), at=later(90)) is None
    assert record_bounce(conn, message_id, DELAYED, at=later(90)) is None
    details = {"reply": reply.id, "status": "5.1.1", "words": "550 5.1.1 User unknown"}
    assert find_events(conn, case)[1:] == (Event(later(60), "reply-returned", "youban", details),)
    view = show_case(conn, case)
    assert view is not None
    (shown,) = view.replies
    assert (shown.returned_at, shown.returned_status, shown.returned_words) == (
        later(60),
        "5.1.1",
        "550 5.1.1 User unknown",
    )


def test_a_letter_that_arrived_shows_no_return(conn: sa.Connection) -> None:
    case = open_sample(conn).number
    send_sample(conn, case)
    view = show_case(conn, case)
    assert view is not None
    (shown,) = view.replies
    assert (shown.returned_at, shown.returned_status, shown.returned_words) == (None, "", "")


def test_a_bounce_of_no_letter_of_ours_changes_nothing(conn: sa.Connection) -> None:
    case = open_sample(conn).number
    send_sample(conn, case)
    assert record_bounce(conn, "<another@agency.example>", FAILED, at=later(60)) is None
    assert record_bounce(conn, "", FAILED, at=later(60)) is None
    assert [event.what for event in find_events(conn, case)] == ["reply-sent"]


def test_a_delay_is_an_event_and_the_bounce_after_it_counts(conn: sa.Connection) -> None:
    case = open_sample(conn).number
    message_id = send_sample(conn, case)
    assert record_bounce(conn, message_id, DELAYED, at=later(60)) is None
    assert record_bounce(conn, message_id, FAILED, at=later(90)) is not None
    assert [event.what for event in find_events(conn, case)] == ["reply-sent", "reply-delayed", "reply-returned"]


def test_another_recipient_is_recorded_and_said(conn: sa.Connection) -> None:
    case = open_sample(conn).number
    message_id = send_sample(conn, case)
    report = DeliveryReport("failed", "5.1.1", "li@citizen.example", "unknown")
    assert record_bounce(conn, message_id, report, at=later(60)) is not None
    details = find_events(conn, case)[-1].details
    assert details["recipient"] == "li@citizen.example"
    assert details["remark"] == "退信所指的收件人li@citizen.example与去信地址wang@citizen.example不同"


def test_a_recipient_in_capitals_is_the_same(conn: sa.Connection) -> None:
    case = open_sample(conn).number
    record_bounce(conn, send_sample(conn, case), DeliveryReport("failed", recipient=WANG.upper()), at=later(60))
    assert "remark" not in find_events(conn, case)[-1].details


def test_a_letter_without_a_case_comes_back(conn: sa.Connection) -> None:
    reply = record_bounce(conn, send_sample(conn, ""), FAILED, at=later(60))
    assert reply is not None
    assert reply.case == ""


def test_a_bounce_may_overtake_the_record_that_the_letter_was_sent(conn: sa.Connection) -> None:
    case = open_sample(conn).number
    reply_id = write_sample(conn, case)
    assert record_bounce(conn, f"<reply.{case}.1@agency.example>", FAILED, at=later(5)) is not None
    assert record_sent(conn, reply_id, attempt=1, at=later(6))
    assert state(conn, reply_id) == (ReplyState.SENT, 1)


def test_of_two_bounces_at_once_one_counts(database: Database) -> None:
    with database.write() as conn:
        message_id = send_sample(conn, open_sample(conn).number)
    found: list[Reply | None] = []

    def bounce() -> None:
        found.append(run_transaction(database, lambda c: record_bounce(c, message_id, FAILED, at=later(60))))

    threads = [threading.Thread(target=bounce) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(reply is not None for reply in found) == 1
