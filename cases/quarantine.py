"""Messages that could not be read: set aside with the reason, then tried again by a later release or closed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from cases.ledger import LEDGER_ID, key_parameters, settle
from cases.rows import Row
from cases.statements import Upsert
from cases.tables import LEDGER, QUARANTINE
from domain.cases import Fate
from domain.mail import MessageKey


@dataclass(frozen=True, slots=True)
class Closing:
    """A clerk's word that a message set aside was seen to by hand: when, by whom, how."""

    at: datetime
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A message set aside. ``retries`` counts how often it was released and tried again."""

    key: MessageKey
    sha256: str
    reason: str
    at: datetime
    retries: int
    closed: Closing | None = None


_RECORD = Upsert(
    QUARANTINE,
    lambda insert: insert.values(ledger_id=LEDGER_ID).on_conflict_do_update(
        index_elements=["ledger_id"],
        set_={"reason": insert.excluded.reason, "at": insert.excluded.at, "retried_at": None},
    ),
)
_FIND = (
    sa.select(QUARANTINE, LEDGER.c.mailbox, LEDGER.c.folder, LEDGER.c.uidvalidity, LEDGER.c.uid)
    .join(LEDGER, LEDGER.c.id == QUARANTINE.c.ledger_id)
    .where(QUARANTINE.c.retried_at.is_(None))
    .order_by(QUARANTINE.c.id)
    .limit(sa.bindparam("most"))
)
_IS_OPEN = QUARANTINE.c.closed_at.is_(None)
_FIND_OPEN, _FIND_CLOSED = _FIND.where(_IS_OPEN), _FIND.where(~_IS_OPEN)
_FIND_CLOSING = sa.select(QUARANTINE.c.closed_at, QUARANTINE.c.closed_by, QUARANTINE.c.closed_note).where(
    QUARANTINE.c.ledger_id == LEDGER_ID, QUARANTINE.c.retried_at.is_(None)
)
_RELEASE_CLOSED = (
    sa.update(QUARANTINE)
    .where(QUARANTINE.c.ledger_id == LEDGER_ID, QUARANTINE.c.retried_at.is_(None))
    .values(
        retries=QUARANTINE.c.retries + 1,
        retried_at=sa.bindparam("new_retried_at"),
        closed_at=None,
        closed_by=None,
        closed_note=None,
    )
)
_RELEASE = _RELEASE_CLOSED.where(_IS_OPEN)
_CLOSE = (
    sa.update(QUARANTINE)
    .where(QUARANTINE.c.ledger_id == LEDGER_ID, QUARANTINE.c.retried_at.is_(None), _IS_OPEN)
    .values(
        closed_at=sa.bindparam("new_closed_at"),
        closed_by=sa.bindparam("new_closed_by"),
        closed_note=sa.bindparam("new_closed_note"),
    )
)
_REOPEN = (
    sa.update(LEDGER)
    .where(LEDGER.c.id == LEDGER_ID, LEDGER.c.fate == Fate.QUARANTINED.value)
    .values(fate=Fate.WAITING.value, reason="", settled_at=None)
)


def record_quarantine(conn: sa.Connection, key: MessageKey, *, sha256: str, reason: str, at: datetime) -> bool:
    """Settle a waiting message as quarantined; False when it had its fate already and nothing changed."""
    if not settle(conn, key, Fate.QUARANTINED, at=at, reason=reason):
        return False
    conn.execute(
        _RECORD.on(conn),
        {**key_parameters(key), "sha256": sha256, "reason": reason, "at": at, "retries": 0, "retried_at": None},
    )
    return True


def find_quarantined(conn: sa.Connection, *, limit: int = 100, is_closed: bool = False) -> tuple[Quarantined, ...]:
    """Return the messages set aside and not released, the oldest first: those still open, or those closed by hand."""
    return tuple(
        Quarantined(
            MessageKey(row.mailbox, row.folder, row.uidvalidity, row.uid),
            row.sha256,
            row.reason,
            row.at,
            row.retries,
            _read_closing(row),
        )
        for row in conn.execute(_FIND_CLOSED if is_closed else _FIND_OPEN, {"most": limit})
    )


def close_quarantined(conn: sa.Connection, key: MessageKey, closing: Closing) -> bool:
    """Write down that a clerk saw to a message by hand; False when it is not in quarantine or closed already.

    Its fate stays: it never was read.
    """
    new = {"new_closed_at": closing.at, "new_closed_by": closing.by, "new_closed_note": closing.note}
    return conn.execute(_CLOSE, {**key_parameters(key), **new}).rowcount == 1


def find_closing(conn: sa.Connection, key: MessageKey) -> Closing | None:
    """Return who closed a message by hand, None when nobody did."""
    row = conn.execute(_FIND_CLOSING, key_parameters(key)).one_or_none()
    return None if row is None else _read_closing(row)


def release_quarantined(conn: sa.Connection, key: MessageKey, *, at: datetime, is_closed_too: bool = False) -> bool:
    """Let a message wait again, to be read once more; False when it is not in quarantine, or was closed by hand.

    With ``is_closed_too`` a closed one is released as well, and no longer is closed: should it come back, it is open.
    """
    release = _RELEASE_CLOSED if is_closed_too else _RELEASE
    if conn.execute(release, {**key_parameters(key), "new_retried_at": at}).rowcount != 1:
        return False
    conn.execute(_REOPEN, key_parameters(key))
    return True


def _read_closing(row: Row) -> Closing | None:
    return None if row.closed_at is None else Closing(row.closed_at, row.closed_by, row.closed_note)
