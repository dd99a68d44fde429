"""Letters on their way out: written with the decision, sent afterwards, every attempt on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from cases.events import record_event
from cases.rows import Row, read_reply
from cases.statements import Upsert
from cases.tables import DELIVERIES, REPLIES
from domain.cases import Letter, Reply, ReplyState
from domain.mail import DeliveryReport


@dataclass(frozen=True, slots=True)
class Unsent:
    """A reply that is still to be sent: the next attempt is ``attempts`` + 1, not before ``next_attempt_at``."""

    id: int
    mailbox: str
    attempts: int
    next_attempt_at: datetime


# Written out, not bound: only so does a database see that its partial index fits.
_IS_UNSENT = REPLIES.c.state.in_([sa.literal_column("'waiting'"), sa.literal_column("'deferred'")])

_WRITE = Upsert(
    REPLIES,
    lambda insert: insert.on_conflict_do_nothing(index_elements=["decision_key"]).returning(REPLIES.c.id),
)
_FIND_WRITTEN = sa.select(REPLIES.c.id).where(REPLIES.c.decision_key == sa.bindparam("decision_key"))
_FIND = sa.select(REPLIES).where(REPLIES.c.id == sa.bindparam("reply_id"))
_FIND_MANY = (
    sa.select(REPLIES).where(REPLIES.c.id.in_(sa.bindparam("reply_ids", expanding=True))).order_by(REPLIES.c.id)
)
_FIND_UNTRIED = _FIND_WRITTEN.where(REPLIES.c.state == sa.literal_column("'waiting'"), REPLIES.c.attempts == 0)
_RECORD_DELIVERY = Upsert(
    DELIVERIES,
    lambda insert: insert.on_conflict_do_nothing(index_elements=["reply_id", "attempt"]).returning(DELIVERIES.c.id),
)
_CHANGE = (
    sa.update(REPLIES)
    .where(REPLIES.c.id == sa.bindparam("of_reply"), _IS_UNSENT)
    .values(
        state=sa.bindparam("new_state"), attempts=sa.bindparam("new_attempts"), last_answer=sa.bindparam("new_answer")
    )
    .returning(REPLIES.c.case_number)
)
_CHANGE_TO = {
    ReplyState.SENT: _CHANGE.values(sent_at=sa.bindparam("new_moment")),
    ReplyState.DEFERRED: _CHANGE.values(next_attempt_at=sa.bindparam("new_moment")),
    ReplyState.REFUSED: _CHANGE,
}
_RECORD_COPY = (
    sa.update(REPLIES)
    .where(REPLIES.c.id.in_(sa.bindparam("of_replies", expanding=True)), REPLIES.c.sent_copy_at.is_(None))
    .values(sent_copy_at=sa.bindparam("at"))
)
_FIND_BY_MESSAGE_ID = sa.select(REPLIES).where(REPLIES.c.message_id == sa.bindparam("message_id"))
_RETURN = (
    sa.update(REPLIES)
    .where(REPLIES.c.id == sa.bindparam("of_reply"), REPLIES.c.returned_at.is_(None))
    .values(
        returned_at=sa.bindparam("at"),
        returned_status=sa.bindparam("new_status"),
        returned_words=sa.bindparam("new_words"),
    )
)
_FIND_UNSENT = (
    sa.select(REPLIES.c.id, REPLIES.c.mailbox, REPLIES.c.attempts, REPLIES.c.next_attempt_at)
    .where(_IS_UNSENT)
    .order_by(REPLIES.c.next_attempt_at)
)
_FIND_DUE = _FIND_UNSENT.where(REPLIES.c.next_attempt_at <= sa.bindparam("now")).limit(sa.bindparam("most"))
_FIND_UNCOPIED = (
    sa.select(REPLIES)
    .where(
        REPLIES.c.mailbox.in_(sa.bindparam("mailboxes", expanding=True)),
        REPLIES.c.sent_at.between(sa.bindparam("after"), sa.bindparam("before")),
        REPLIES.c.sent_copy_at.is_(None),
    )
    .order_by(REPLIES.c.sent_at)
    .limit(sa.bindparam("most"))
)
_COUNT_TO = sa.select(sa.func.count()).where(
    REPLIES.c.recipient == sa.bindparam("recipient"), REPLIES.c.written_at >= sa.bindparam("since")
)
_COUNT_FROM = sa.select(sa.func.count()).where(
    REPLIES.c.mailbox == sa.bindparam("mailbox"), REPLIES.c.sent_at >= sa.bindparam("since")
)


def write_reply(
    conn: sa.Connection,
    *,
    decision_key: str,
    case: str,
    mailbox: str,
    recipient: str,
    message_id: str,
    in_reply_to: str,
    references: Sequence[str],
    letter: Letter,
    at: datetime,
) -> int:
    """Store a letter to be sent and return its id; of the same decision, the id of the one that is there.

    ``decision_key`` names what is answered, for example the message or the case's version: so no decision is ever
    answered twice. ``case`` may be ''. ``at`` is when it is written and from when it may be sent.
    """
    row = {
        "decision_key": decision_key,
        "case_number": case or None,
        "mailbox": mailbox,
        "recipient": recipient,
        "message_id": message_id,
        "in_reply_to": in_reply_to,
        "references": list(references),
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "template": letter.template,
        "state": ReplyState.WAITING.value,
        "attempts": 0,
        "next_attempt_at": at,
        "last_answer": "",
        "written_at": at,
        "sent_at": None,
        "sent_copy_at": None,
    }
    written: int | None = conn.execute(_WRITE.on(conn), row).scalar()
    if written is None:
        written = conn.execute(_FIND_WRITTEN, {"decision_key": decision_key}).scalar_one()
    return written


def find_reply(conn: sa.Connection, reply_id: int) -> Reply | None:
    """Return a reply, None when there is none of this id."""
    row = conn.execute(_FIND, {"reply_id": reply_id}).first()
    return None if row is None else read_reply(row)


def find_replies(conn: sa.Connection, reply_ids: Sequence[int]) -> tuple[Reply, ...]:
    """Return the replies of some ids, in the order of their writing."""
    return tuple(read_reply(row) for row in conn.execute(_FIND_MANY, {"reply_ids": list(reply_ids)}))


def find_untried(conn: sa.Connection, decision_key: str) -> int | None:
    """Return the id of the reply to a decision that nobody has tried to send yet, None when there is none."""
    found: int | None = conn.execute(_FIND_UNTRIED, {"decision_key": decision_key}).scalar()
    return found


def record_sent(
    conn: sa.Connection, reply_id: int, *, attempt: int, at: datetime, code: int = 250, answer: str = ""
) -> bool:
    """Write down that the server took a reply; False when this attempt is on record and nothing changed."""
    return _record_attempt(conn, reply_id, ReplyState.SENT, attempt=attempt, at=at, code=code, answer=answer, moment=at)


def record_deferred(
    conn: sa.Connection,
    reply_id: int,
    *,
    attempt: int,
    at: datetime,
    code: int,
    answer: str,
    next_attempt_at: datetime,
) -> bool:
    """Write down that an attempt failed for now; False when it is on record and nothing changed."""
    return _record_attempt(
        conn,
        reply_id,
        ReplyState.DEFERRED,
        attempt=attempt,
        at=at,
        code=code,
        answer=answer,
        moment=next_attempt_at,
    )


def record_refused(conn: sa.Connection, reply_id: int, *, attempt: int, at: datetime, code: int, answer: str) -> bool:
    """Write down that the server will never take a reply; False when this attempt is on record and nothing changed."""
    return _record_attempt(
        conn, reply_id, ReplyState.REFUSED, attempt=attempt, at=at, code=code, answer=answer, moment=None
    )


def record_sent_copies(conn: sa.Connection, reply_ids: Sequence[int], *, at: datetime) -> int:
    """Write down that copies lie in the Sent folder; return how many did not before."""
    return conn.execute(_RECORD_COPY, {"of_replies": list(reply_ids), "at": at}).rowcount


def record_bounce(conn: sa.Connection, message_id: str, report: DeliveryReport, *, at: datetime) -> Reply | None:
    """Write down that a letter of ours came back, and return it; None when there is nothing new to do.

    Nothing new is a letter that we never wrote, one that came back before, and a delay, which is an event of the case
    and no more: the other side still tries. The letter stays sent, for a bounce comes after the server took it, and
    may even be read before that is on record.
    """
    row = conn.execute(_FIND_BY_MESSAGE_ID, {"message_id": message_id}).first() if message_id else None
    if row is None or row.returned_at is not None:
        return None
    reply = read_reply(row)
    is_delay = report.action == "delayed"
    if not is_delay:
        returned = {
            "of_reply": reply.id,
            "at": at,
            "new_status": report.status,
            "new_words": report.diagnostic,
        }
        if conn.execute(_RETURN, returned).rowcount != 1:
            return None  # a second bounce, handled at the same moment, was quicker
    if reply.case:
        details: dict[str, Any] = {"reply": reply.id, "status": report.status, "words": report.diagnostic}
        if report.recipient and report.recipient.lower() != reply.recipient.lower():
            details["recipient"] = report.recipient
            details["remark"] = f"退信所指的收件人{report.recipient}与去信地址{reply.recipient}不同"
        what = "reply-delayed" if is_delay else "reply-returned"
        record_event(conn, reply.case, at=at, what=what, by="youban", details=details)
    return None if is_delay else reply


def find_due(conn: sa.Connection, now: datetime, *, limit: int = 1000) -> tuple[Unsent, ...]:
    """Return the unsent replies whose time has come, the longest overdue first."""
    return tuple(_read_unsent(row) for row in conn.execute(_FIND_DUE, {"now": now, "most": limit}))


def find_unsent(conn: sa.Connection) -> tuple[Unsent, ...]:
    """Return every reply that is still to be sent, the next one first."""
    return tuple(_read_unsent(row) for row in conn.execute(_FIND_UNSENT))


def find_uncopied(
    conn: sa.Connection, mailboxes: Sequence[str], *, after: datetime, before: datetime, limit: int = 100
) -> tuple[Reply, ...]:
    """Return the letters of some mailboxes that were sent between two moments and lie in no Sent folder yet."""
    bounds = {"mailboxes": list(mailboxes), "after": after, "before": before, "most": limit}
    return tuple(read_reply(row) for row in conn.execute(_FIND_UNCOPIED, bounds))


def count_replies_since(conn: sa.Connection, recipient: str, since: datetime) -> int:
    """Return how many letters were written to an address since a moment: the cap against mail loops."""
    return int(conn.execute(_COUNT_TO, {"recipient": recipient, "since": since}).scalar_one())


def count_sent_since(conn: sa.Connection, mailbox: str, since: datetime) -> int:
    """Return how many letters left a mailbox since a moment: the provider's daily limit."""
    return int(conn.execute(_COUNT_FROM, {"mailbox": mailbox, "since": since}).scalar_one())


def _record_attempt(
    conn: sa.Connection,
    reply_id: int,
    state: ReplyState,
    *,
    attempt: int,
    at: datetime,
    code: int,
    answer: str,
    moment: datetime | None,
) -> bool:
    delivery = {
        "reply_id": reply_id,
        "attempt": attempt,
        "at": at,
        "outcome": state.value,
        "code": code,
        "answer": answer,
    }
    if conn.execute(_RECORD_DELIVERY.on(conn), delivery).first() is None:
        return False
    parameters: dict[str, Any] = {
        "of_reply": reply_id,
        "new_state": state.value,
        "new_attempts": attempt,
        "new_answer": f"{code} {answer}".strip(),
    }
    if moment is not None:
        parameters["new_moment"] = moment
    changed = conn.execute(_CHANGE_TO[state], parameters).first()
    if changed is None:
        # Sent or refused before: the attempt is on record, the reply's state stays.
        return False
    if changed.case_number is not None:
        details = {"reply": reply_id, "attempt": attempt, "code": code, "answer": answer}
        record_event(conn, changed.case_number, at=at, what=f"reply-{state.value}", by="youban", details=details)
    return True


def _read_unsent(row: Row) -> Unsent:
    return Unsent(row.id, row.mailbox, row.attempts, row.next_attempt_at)
