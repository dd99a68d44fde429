"""Every table of the counter. SQLModel classes for the schema and the desk; the Core tables below for the pipeline.

The engine keeps its own tables in the same database; it makes and migrates those itself.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from cases.columns import BigId, KeyText, Text, UtcDateTime

# Named constraints: Alembic can only change on SQLite what has a name.
NAMING = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}

_WAITING_LEDGER = sa.text("fate = 'waiting'")
_UNSENT_REPLIES = sa.text("state IN ('waiting', 'deferred')")
_UNTRIED_QUARANTINE = sa.text("retried_at IS NULL")
_NUMBERED_PAPERS = sa.text("holder_number IS NOT NULL")
_NAMED_PAPERS = sa.text("holder_name IS NOT NULL")


class Base(SQLModel):
    """Own metadata, so that tables of libraries never mix with ours."""

    metadata: ClassVar[sa.MetaData] = sa.MetaData(naming_convention=NAMING)


class MailboxRow(Base, table=True):
    """When a mailbox was first watched: nothing that is older is ever answered."""

    __tablename__ = "mailboxes"

    address: str = Field(primary_key=True, sa_type=KeyText)
    starts_at: datetime = Field(sa_type=UtcDateTime)


class CursorRow(Base, table=True):
    """How far a folder has been fetched (RFC 3501 2.3.1.1)."""

    __tablename__ = "cursors"

    mailbox: str = Field(primary_key=True, sa_type=KeyText)
    folder: str = Field(primary_key=True, sa_type=KeyText)
    uidvalidity: int = Field(sa_type=sa.BigInteger)
    uid: int = Field(sa_type=sa.BigInteger)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class LedgerRow(Base, table=True):
    """Every message a mailbox ever showed, and its fate."""

    __tablename__ = "ledger"
    __table_args__ = (
        sa.UniqueConstraint("mailbox", "folder", "uidvalidity", "uid"),
        sa.Index(None, "mailbox", "fate"),
        sa.Index("ix_ledger_waiting", "id", sqlite_where=_WAITING_LEDGER, postgresql_where=_WAITING_LEDGER),
        sa.Index(None, "sha256"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    mailbox: str = Field(sa_type=KeyText)
    folder: str = Field(sa_type=KeyText)
    uidvalidity: int = Field(sa_type=sa.BigInteger)
    uid: int = Field(sa_type=sa.BigInteger)
    sha256: str = Field(sa_type=KeyText)
    size_bytes: int = Field(sa_type=sa.BigInteger)
    received_at: datetime = Field(sa_type=UtcDateTime)
    is_seen: bool
    fetched_at: datetime = Field(sa_type=UtcDateTime)
    fate: str = Field(sa_type=KeyText)
    reason: str = Field(sa_type=Text)
    # Of the message inside, once read: a duplicate's row leads to the message that was handled.
    identity: str = Field(sa_type=KeyText)
    settled_at: datetime | None = Field(sa_type=UtcDateTime)


class CaseRow(Base, table=True):
    """A case (办件)."""

    __tablename__ = "cases"
    # The second column serves ``ORDER BY id DESC`` and paging by id in every filtered list.
    __table_args__ = (
        sa.Index(None, "status", "id"),
        sa.Index(None, "agency", "id"),
        sa.Index(None, "office", "id"),
        sa.Index(None, "item", "id"),
        sa.Index(None, "sender", "id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    number: str = Field(sa_type=KeyText, unique=True)
    agency: str = Field(sa_type=KeyText)
    office: str = Field(sa_type=KeyText)
    item: str = Field(sa_type=KeyText)
    scenario: str = Field(sa_type=KeyText)
    status: str = Field(sa_type=KeyText)
    sender: str = Field(sa_type=KeyText)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    due_on: date | None
    version: int
    facts: dict[str, Any] = Field(sa_type=sa.JSON)


class MessageRow(Base, table=True):
    """A message that was read: its identity is handled once, however often it was copied."""

    __tablename__ = "messages"
    __table_args__ = (sa.Index(None, "case_number"), sa.Index(None, "message_id"))

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    identity: str = Field(sa_type=KeyText, unique=True)
    ledger_id: int = Field(foreign_key="ledger.id", unique=True, sa_type=BigId)
    message_id: str = Field(sa_type=KeyText)
    subject: str = Field(sa_type=Text)
    sender: str = Field(sa_type=KeyText)
    sender_name: str = Field(sa_type=Text)
    answer_to: str = Field(sa_type=Text)
    date: datetime | None = Field(sa_type=UtcDateTime)
    text: str = Field(sa_type=Text)
    # Recipients, threading headers, defects, cloud links: shown to a clerk, never searched.
    details: dict[str, Any] = Field(sa_type=sa.JSON)
    # What the provider says of the sender (RFC 8601); None for a message of a release that did not ask.
    proof: str | None = Field(sa_type=KeyText)
    decision: str = Field(sa_type=KeyText)
    explanation: dict[str, Any] = Field(sa_type=sa.JSON)
    case_number: str | None = Field(foreign_key="cases.number", sa_type=KeyText)
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class AttachmentRow(Base, table=True):
    """A file that came with a message; its bytes are in the store under ``sha256``."""

    __tablename__ = "attachments"
    __table_args__ = (sa.UniqueConstraint("identity", "position"), sa.Index(None, "sha256"))

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    identity: str = Field(foreign_key="messages.identity", sa_type=KeyText)
    position: int
    name: str = Field(sa_type=Text)
    media_type: str = Field(sa_type=Text)
    size_bytes: int = Field(sa_type=sa.BigInteger)
    sha256: str = Field(sa_type=KeyText)
    is_inline: bool
    # The position of what it came out of, and why it stayed closed.
    container: int | None
    unopened: str | None = Field(sa_type=KeyText)


class PaperRow(Base, table=True):
    """What one page shows. The same page sent twice is one paper; ``ordinal`` parts papers of a kind on one page."""

    __tablename__ = "papers"
    __table_args__ = (
        sa.UniqueConstraint("case_number", "sha256", "page", "kind", "ordinal"),
        sa.Index(None, "holder_number", sqlite_where=_NUMBERED_PAPERS, postgresql_where=_NUMBERED_PAPERS),
        sa.Index(None, "holder_name", sqlite_where=_NAMED_PAPERS, postgresql_where=_NAMED_PAPERS),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    case_number: str = Field(foreign_key="cases.number", sa_type=KeyText)
    attachment: str = Field(sa_type=Text)
    sha256: str = Field(sa_type=KeyText)
    page: int
    kind: str = Field(sa_type=KeyText)
    ordinal: int
    source: str = Field(sa_type=KeyText)
    confidence: float
    evidence: list[str] = Field(sa_type=sa.JSON)
    is_legible: bool | None
    problem: str = Field(sa_type=Text)
    fields: dict[str, str] = Field(sa_type=sa.JSON)
    # Out of the fields (cases.holders), for finding the case of somebody whose family sends what lacks.
    holder_number: str | None = Field(default=None, sa_type=KeyText)
    holder_name: str | None = Field(default=None, sa_type=KeyText)
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class EventRow(Base, table=True):
    """What happened to a case, when, by whom."""

    __tablename__ = "events"
    __table_args__ = (sa.Index(None, "case_number", "id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    case_number: str = Field(foreign_key="cases.number", sa_type=KeyText)
    at: datetime = Field(sa_type=UtcDateTime)
    what: str = Field(sa_type=KeyText)
    by: str = Field(sa_type=KeyText)
    details: dict[str, Any] = Field(sa_type=sa.JSON)


class ReplyRow(Base, table=True):
    """A letter decided and stored. ``decision_key`` says which decision it carries: one decision, one letter."""

    __tablename__ = "replies"
    __table_args__ = (
        sa.Index(None, "case_number"),
        sa.Index(None, "recipient", "written_at"),
        sa.Index(None, "mailbox", "sent_at"),
        sa.Index(
            "ix_replies_unsent", "next_attempt_at", sqlite_where=_UNSENT_REPLIES, postgresql_where=_UNSENT_REPLIES
        ),
        # The engine's ids are made of a reply's id, so a deleted row's id must never come back.
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    decision_key: str = Field(sa_type=KeyText, unique=True)
    case_number: str | None = Field(foreign_key="cases.number", sa_type=KeyText)
    mailbox: str = Field(sa_type=KeyText)
    recipient: str = Field(sa_type=KeyText)
    message_id: str = Field(sa_type=KeyText, unique=True)
    in_reply_to: str = Field(sa_type=Text)
    references: list[str] = Field(sa_type=sa.JSON)
    subject: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    html: str = Field(sa_type=Text)
    template: str = Field(sa_type=KeyText)
    state: str = Field(sa_type=KeyText)
    attempts: int
    next_attempt_at: datetime = Field(sa_type=UtcDateTime)
    last_answer: str = Field(sa_type=Text)
    written_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(sa_type=UtcDateTime)
    sent_copy_at: datetime | None = Field(sa_type=UtcDateTime)
    # A bounce comes after the server took the letter, so it is no state of the sending: sent stays sent.
    returned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    returned_status: str | None = Field(default=None, sa_type=KeyText)
    returned_words: str | None = Field(default=None, sa_type=Text)


class DeliveryRow(Base, table=True):
    """One attempt to send a reply, and what the server said."""

    __tablename__ = "deliveries"
    __table_args__ = (sa.UniqueConstraint("reply_id", "attempt"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    reply_id: int = Field(foreign_key="replies.id", sa_type=BigId)
    attempt: int
    at: datetime = Field(sa_type=UtcDateTime)
    outcome: str = Field(sa_type=KeyText)
    code: int
    answer: str = Field(sa_type=Text)


class QuarantineRow(Base, table=True):
    """A message that could not be read; its raw bytes stay in the store."""

    __tablename__ = "quarantine"
    __table_args__ = (
        sa.Index("ix_quarantine_untried", "id", sqlite_where=_UNTRIED_QUARANTINE, postgresql_where=_UNTRIED_QUARANTINE),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BigId)
    ledger_id: int = Field(foreign_key="ledger.id", unique=True, sa_type=BigId)
    sha256: str = Field(sa_type=KeyText)
    reason: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UtcDateTime)
    retries: int
    retried_at: datetime | None = Field(sa_type=UtcDateTime)
    # All three or none: a clerk has answered the mail by hand.
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_by: str | None = Field(default=None, sa_type=Text)
    closed_note: str | None = Field(default=None, sa_type=Text)


class SightRow(Base, table=True):
    """What was seen on a picture or in a scanned PDF, by its content."""

    __tablename__ = "sights"

    sha256: str = Field(primary_key=True, sa_type=KeyText)
    recogniser: str = Field(sa_type=KeyText)
    facts: dict[str, Any] = Field(sa_type=sa.JSON)
    seen_at: datetime = Field(sa_type=UtcDateTime)


class SerialRow(Base, table=True):
    """The last case number given out under a prefix on a day."""

    __tablename__ = "case_serials"

    prefix: str = Field(primary_key=True, sa_type=KeyText)
    day: date = Field(primary_key=True)
    serial: int


def _table(row: type[Base]) -> sa.Table:
    table = row.__table__  # type: ignore[attr-defined]
    assert isinstance(table, sa.Table)
    return table


MAILBOXES = _table(MailboxRow)
CURSORS = _table(CursorRow)
LEDGER = _table(LedgerRow)
MESSAGES = _table(MessageRow)
ATTACHMENTS = _table(AttachmentRow)
CASES = _table(CaseRow)
PAPERS = _table(PaperRow)
EVENTS = _table(EventRow)
REPLIES = _table(ReplyRow)
DELIVERIES = _table(DeliveryRow)
QUARANTINE = _table(QuarantineRow)
SIGHTS = _table(SightRow)
CASE_SERIALS = _table(SerialRow)
