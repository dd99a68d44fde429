"""What the command line and the desk show: lists and whole cases, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from cases.events import Event, find_events
from cases.rows import Row, read_case, read_paper, read_reply
from cases.tables import ATTACHMENTS, CASES, DELIVERIES, LEDGER, MESSAGES, PAPERS, REPLIES
from domain.cases import Case, CaseNumber, CaseStatus, Reply
from domain.mail import Address, Attachment, MessageKey, SenderProof, Unopened


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list; its ``case`` comes without papers."""

    case: Case
    updated_at: datetime
    due_on: date | None


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message of a case. ``explanation`` is why it was decided so, as it was recorded."""

    key: MessageKey
    sha256: str
    message_id: str
    sender: Address
    subject: str
    text: str
    date: datetime | None
    received_at: datetime
    decision: str
    explanation: Mapping[str, Any]
    details: Mapping[str, Any]
    attachments: tuple[Attachment, ...]
    proof: SenderProof | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to send a reply (RFC 5321 4.2): ``outcome`` is sent, deferred or refused."""

    attempt: int
    at: datetime
    outcome: str
    code: int
    answer: str


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A reply of a case and how its sending went; ``returned_at`` is when a bounce brought it back, if one did."""

    reply: Reply
    next_attempt_at: datetime
    sent_at: datetime | None
    sent_copy_at: datetime | None
    deliveries: tuple[Delivery, ...]
    returned_at: datetime | None = None
    returned_status: str = ""
    returned_words: str = ""


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything about a case, each part in the order it happened."""

    case: Case
    updated_at: datetime
    due_on: date | None
    messages: tuple[MessageView, ...]
    replies: tuple[ReplyView, ...]
    events: tuple[Event, ...]


_NUMBER: sa.BindParameter[str] = sa.bindparam("number")
_CASE = sa.select(CASES).where(CASES.c.number == _NUMBER)
_PAPERS = sa.select(PAPERS).where(PAPERS.c.case_number == _NUMBER).order_by(PAPERS.c.id)
_MESSAGES = (
    sa.select(
        MESSAGES,
        LEDGER.c.mailbox,
        LEDGER.c.folder,
        LEDGER.c.uidvalidity,
        LEDGER.c.uid,
        LEDGER.c.sha256,
        LEDGER.c.received_at,
    )
    .join(LEDGER, LEDGER.c.id == MESSAGES.c.ledger_id)
    .where(MESSAGES.c.case_number == _NUMBER)
    .order_by(MESSAGES.c.id)
)
_ATTACHMENTS = (
    sa.select(ATTACHMENTS)
    .join(MESSAGES, MESSAGES.c.identity == ATTACHMENTS.c.identity)
    .where(MESSAGES.c.case_number == _NUMBER)
    .order_by(ATTACHMENTS.c.identity, ATTACHMENTS.c.position)
)
_REPLIES = sa.select(REPLIES).where(REPLIES.c.case_number == _NUMBER).order_by(REPLIES.c.id)
_DELIVERIES = (
    sa.select(DELIVERIES)
    .join(REPLIES, REPLIES.c.id == DELIVERIES.c.reply_id)
    .where(REPLIES.c.case_number == _NUMBER)
    .order_by(DELIVERIES.c.reply_id, DELIVERIES.c.attempt)
)


def list_cases(
    conn: sa.Connection,
    *,
    status: CaseStatus | None = None,
    agency: str | None = None,
    office: str | None = None,
    item: str | None = None,
    sender: str | None = None,
    limit: int,
    before: str | None = None,
) -> tuple[CaseLine, ...]:
    """Return cases, the newest first, that match every filter given; one query.

    ``before`` is the number of the last case of the page before; of a number that does not exist, nothing comes.
    """
    filters = {
        CASES.c.status: None if status is None else status.value,
        CASES.c.agency: agency,
        CASES.c.office: office,
        CASES.c.item: item,
        CASES.c.sender: sender,
    }
    query = sa.select(CASES).where(*(column == value for column, value in filters.items() if value is not None))
    if before is not None:
        query = query.where(CASES.c.id < sa.select(CASES.c.id).where(CASES.c.number == before).scalar_subquery())
    rows = conn.execute(query.order_by(CASES.c.id.desc()).limit(limit))
    return tuple(CaseLine(read_case(row), row.updated_at, row.due_on) for row in rows)


def count_cases(conn: sa.Connection) -> dict[CaseStatus, int]:
    """Return how many cases stand at each status; a status without cases is absent."""
    rows = conn.execute(sa.select(CASES.c.status, sa.func.count()).group_by(CASES.c.status))
    return {CaseStatus(status): count for status, count in rows}


def show_case(conn: sa.Connection, number: CaseNumber | str) -> CaseView | None:
    """Return everything about a case in seven queries, None when there is none of this number."""
    wanted = {"number": str(number)}
    row = conn.execute(_CASE, wanted).first()
    if row is None:
        return None
    attachments: dict[str, list[Attachment]] = {}
    for file in conn.execute(_ATTACHMENTS, wanted):
        attachments.setdefault(file.identity, []).append(_read_attachment(file))
    deliveries: dict[int, list[Delivery]] = {}
    for attempt in conn.execute(_DELIVERIES, wanted):
        deliveries.setdefault(attempt.reply_id, []).append(_read_delivery(attempt))
    return CaseView(
        case=read_case(row, (read_paper(paper) for paper in conn.execute(_PAPERS, wanted))),
        updated_at=row.updated_at,
        due_on=row.due_on,
        messages=tuple(
            _read_message(message, attachments.get(message.identity, ())) for message in conn.execute(_MESSAGES, wanted)
        ),
        replies=tuple(
            ReplyView(
                read_reply(reply),
                reply.next_attempt_at,
                reply.sent_at,
                reply.sent_copy_at,
                tuple(deliveries.get(reply.id, ())),
                reply.returned_at,
                reply.returned_status or "",
                reply.returned_words or "",
            )
            for reply in conn.execute(_REPLIES, wanted)
        ),
        events=find_events(conn, wanted["number"]),
    )


def _read_message(row: Row, attachments: list[Attachment] | tuple[()]) -> MessageView:
    return MessageView(
        key=MessageKey(row.mailbox, row.folder, row.uidvalidity, row.uid),
        sha256=row.sha256,
        message_id=row.message_id,
        sender=Address(row.sender, row.sender_name),
        subject=row.subject,
        text=row.text,
        date=row.date,
        received_at=row.received_at,
        decision=row.decision,
        explanation=row.explanation,
        details=row.details,
        attachments=tuple(attachments),
        proof=SenderProof(row.proof) if row.proof else None,
    )


def _read_attachment(row: Row) -> Attachment:
    # Its text layer is not kept: the raw message still has it.
    return Attachment(
        row.position,
        row.name,
        row.media_type,
        row.size_bytes,
        row.sha256,
        is_inline=row.is_inline,
        container=row.container,
        unopened=Unopened(row.unopened) if row.unopened else None,
    )


def _read_delivery(row: Row) -> Delivery:
    return Delivery(row.attempt, row.at, row.outcome, row.code, row.answer)
