"""The messages that were handled, in the order they came, for whoever decides them once more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from cases.database import Database
from cases.tables import LEDGER, MESSAGES
from domain.cases import Fate
from domain.mail import MessageKey

# A duplicate was handled as its first copy; what is too old, waits or cannot be read was never decided.
_DECIDED = (Fate.ANSWERED.value, Fate.TRIAGE.value, Fate.IGNORED.value)
_FIND_HANDLED = (
    sa.select(
        LEDGER.c.id,
        LEDGER.c.mailbox,
        LEDGER.c.folder,
        LEDGER.c.uidvalidity,
        LEDGER.c.uid,
        LEDGER.c.sha256,
        MESSAGES.c.case_number,
    )
    .join_from(LEDGER, MESSAGES, MESSAGES.c.ledger_id == LEDGER.c.id, isouter=True)
    .where(LEDGER.c.id > sa.bindparam("after"), LEDGER.c.fate.in_(_DECIDED), LEDGER.c.sha256 != "")
    .order_by(LEDGER.c.id)
    .limit(sa.bindparam("most"))
)
_FIND_HANDLED_SINCE = _FIND_HANDLED.where(
    LEDGER.c.received_at >= sa.bindparam("since", type_=LEDGER.c.received_at.type)
)


@dataclass(frozen=True, slots=True)
class Handled:
    """A message that was decided: where it stood, its bytes' SHA-256, the case that it belongs to ('' for none)."""

    key: MessageKey
    sha256: str
    case: str


def read_handled(database: Database, *, since: datetime | None = None, together: int = 200) -> Iterator[Handled]:
    """Yield the messages that were decided, the oldest first.

    They are read so many ``together``: the database is not held while one is looked at.
    """
    after = 0
    while True:
        statement, more = (_FIND_HANDLED, {}) if since is None else (_FIND_HANDLED_SINCE, {"since": since})
        with database.look() as connection:
            rows = connection.execute(statement, {"after": after, "most": together, **more}).all()
        for row in rows:
            key = MessageKey(row.mailbox, row.folder, row.uidvalidity, row.uid)
            yield Handled(key, row.sha256, row.case_number or "")
        if len(rows) < together:
            return
        after = rows[-1].id
