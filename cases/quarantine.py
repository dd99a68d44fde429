"""Messages that could not be read: set aside with the reason, and tried again when a later release can."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from cases.ledger import LEDGER_ID, key_parameters, settle
from cases.statements import Upsert
from cases.tables import LEDGER, QUARANTINE
from domain.cases import Fate
from domain.mail import MessageKey


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A message set aside. ``retries`` counts how often it was released and tried again."""

    key: MessageKey
    sha256: str
    reason: str
    at: datetime
    retries: int


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
_RELEASE = (
    sa.update(QUARANTINE)
    .where(QUARANTINE.c.ledger_id == LEDGER_ID, QUARANTINE.c.retried_at.is_(None))
    .values(retries=QUARANTINE.c.retries + 1, retried_at=sa.bindparam("new_retried_at"))
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


def find_quarantined(conn: sa.Connection, *, limit: int = 100) -> tuple[Quarantined, ...]:
    """Return the messages set aside and not released, the oldest first."""
    return tuple(
        Quarantined(
            MessageKey(row.mailbox, row.folder, row.uidvalidity, row.uid), row.sha256, row.reason, row.at, row.retries
        )
        for row in conn.execute(_FIND, {"most": limit})
    )


def release_quarantined(conn: sa.Connection, key: MessageKey, *, at: datetime) -> bool:
    """Let a message wait again, to be read once more; False when it is not in quarantine."""
    if conn.execute(_RELEASE, {**key_parameters(key), "new_retried_at": at}).rowcount != 1:
        return False
    conn.execute(_REOPEN, key_parameters(key))
    return True
