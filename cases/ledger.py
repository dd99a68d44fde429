"""The ledger: every message a mailbox ever showed, how far each folder was read, and what became of each message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from cases.rows import Row
from cases.statements import Upsert
from cases.tables import CURSORS, LEDGER, MAILBOXES
from domain.cases import Fate
from domain.mail import MessageKey, RawMessage


@dataclass(frozen=True, slots=True)
class Cursor:
    """The highest UID of a folder that has been fetched, valid under its UIDVALIDITY alone (RFC 3501 2.3.1.1)."""

    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A message's line in the ledger. ``identity`` is '' until the message was read."""

    raw: RawMessage
    fate: Fate
    reason: str
    identity: str
    fetched_at: datetime
    settled_at: datetime | None

    @property
    def key(self) -> MessageKey:
        """Where the message stands at the server."""
        return self.raw.key


def _has_key(table: sa.FromClause) -> tuple[sa.ColumnElement[bool], ...]:
    return tuple(table.c[name] == sa.bindparam(f"key_{name}") for name in ("mailbox", "folder", "uidvalidity", "uid"))


_KEY = _has_key(LEDGER)
# An alias, so that it also stands inside a statement on the ledger itself.
_LINE = LEDGER.alias("line")
LEDGER_ID = sa.select(_LINE.c.id).where(*_has_key(_LINE)).scalar_subquery()
"""The id of the line whose key the parameters of ``key_parameters`` name; for the statements of this package."""

_FIND_CURSOR = sa.select(CURSORS.c.uidvalidity, CURSORS.c.uid).where(
    CURSORS.c.mailbox == sa.bindparam("mailbox"), CURSORS.c.folder == sa.bindparam("folder")
)
_MOVE_CURSOR = Upsert(
    CURSORS,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["mailbox", "folder"],
        set_={
            "uidvalidity": insert.excluded.uidvalidity,
            # Never backwards: a slow fetch may commit after a quick one. A new UIDVALIDITY starts afresh.
            "uid": sa.case(
                (
                    sa.and_(CURSORS.c.uidvalidity == insert.excluded.uidvalidity, CURSORS.c.uid > insert.excluded.uid),
                    CURSORS.c.uid,
                ),
                else_=insert.excluded.uid,
            ),
            "updated_at": insert.excluded.updated_at,
        },
    ),
)
_RECORD_FETCHED = Upsert(
    LEDGER,
    lambda insert: insert.on_conflict_do_nothing(index_elements=["mailbox", "folder", "uidvalidity", "uid"]).returning(
        LEDGER.c.uid
    ),
)
_FIND_ENTRY = sa.select(LEDGER).where(*_KEY)
_FIND_ENTRIES = sa.select(LEDGER).where(*_KEY[:3], LEDGER.c.uid.in_(sa.bindparam("uids", expanding=True)))
_FIND_WAITING = (
    sa.select(LEDGER)
    .where(LEDGER.c.fate == sa.literal_column("'waiting'"), LEDGER.c.fetched_at <= sa.bindparam("before"))
    .order_by(LEDGER.c.id)
    .limit(sa.bindparam("most"))
)
_SETTLE = (
    sa.update(LEDGER)
    .where(*_KEY, LEDGER.c.fate == Fate.WAITING.value)
    .values(
        fate=sa.bindparam("new_fate"),
        reason=sa.bindparam("new_reason"),
        identity=sa.bindparam("new_identity"),
        settled_at=sa.bindparam("new_settled_at"),
    )
)
_COUNT_FATES = sa.select(LEDGER.c.fate, sa.func.count()).group_by(LEDGER.c.fate)
_COUNT_FATES_OF = _COUNT_FATES.where(LEDGER.c.mailbox == sa.bindparam("mailbox"))
_FIND_START = sa.select(MAILBOXES.c.starts_at).where(MAILBOXES.c.address == sa.bindparam("address"))
_RECORD_START = Upsert(MAILBOXES, lambda insert: insert.on_conflict_do_nothing(index_elements=["address"]))


def find_cursor(conn: sa.Connection, mailbox: str, folder: str) -> Cursor | None:
    """Return how far a folder has been fetched, None when it never was."""
    row = conn.execute(_FIND_CURSOR, {"mailbox": mailbox, "folder": folder}).first()
    return None if row is None else Cursor(row.uidvalidity, row.uid)


def record_fetched(
    conn: sa.Connection,
    *,
    mailbox: str,
    folder: str,
    uidvalidity: int,
    last_uid: int,
    messages: Sequence[RawMessage],
    fates: Sequence[Fate],
    at: datetime,
) -> tuple[RawMessage, ...]:
    """Write fetched messages into the ledger, move the cursor to ``last_uid``, return those that are new.

    ``fates`` has one for each message: WAITING or TOO_OLD. A key that is there already is left alone, so fetching
    a range twice changes nothing. Within one UIDVALIDITY the cursor never moves back.
    """
    recorded: set[int] = set()
    if messages:
        rows = [_ledger_row(m, fate, at) for m, fate in zip(messages, fates, strict=True)]
        recorded.update(conn.execute(_RECORD_FETCHED.on(conn), rows).scalars())
    conn.execute(
        _MOVE_CURSOR.on(conn),
        {"mailbox": mailbox, "folder": folder, "uidvalidity": uidvalidity, "uid": last_uid, "updated_at": at},
    )
    return tuple(m for m in messages if m.key.uid in recorded)


def find_entry(conn: sa.Connection, key: MessageKey) -> LedgerEntry | None:
    """Return a message's line in the ledger, None when it was never fetched."""
    row = conn.execute(_FIND_ENTRY, key_parameters(key)).first()
    return None if row is None else _read_entry(row)


def find_entries(conn: sa.Connection, keys: Iterable[MessageKey]) -> dict[MessageKey, LedgerEntry]:
    """Return the lines of some messages, without those never fetched; one query for each folder they stand in."""
    folders: dict[tuple[str, str, int], list[MessageKey]] = {}
    for key in keys:
        folders.setdefault((key.mailbox, key.folder, key.uidvalidity), []).append(key)
    found = {}
    for together in folders.values():
        parameters = {**key_parameters(together[0]), "uids": [key.uid for key in together]}
        del parameters["key_uid"]
        for row in conn.execute(_FIND_ENTRIES, parameters):
            entry = _read_entry(row)
            found[entry.key] = entry
    return found


def find_waiting(conn: sa.Connection, before: datetime, *, limit: int) -> tuple[LedgerEntry, ...]:
    """Return the oldest messages that were fetched by ``before`` and still wait: a sweep sees to them."""
    return tuple(_read_entry(row) for row in conn.execute(_FIND_WAITING, {"before": before, "most": limit}))


def settle(
    conn: sa.Connection, key: MessageKey, fate: Fate, *, at: datetime, reason: str = "", identity: str = ""
) -> bool:
    """Give a waiting message its fate; False when it has one already (or was never fetched) and nothing changed."""
    changed = conn.execute(
        _SETTLE,
        {
            **key_parameters(key),
            "new_fate": fate.value,
            "new_reason": reason,
            "new_identity": identity,
            "new_settled_at": at,
        },
    )
    return changed.rowcount == 1


def count_fates(conn: sa.Connection, mailbox: str | None = None) -> dict[Fate, int]:
    """Return how many messages have each fate, in one mailbox or in all; a fate that none has is absent."""
    rows = conn.execute(_COUNT_FATES) if mailbox is None else conn.execute(_COUNT_FATES_OF, {"mailbox": mailbox})
    return {Fate(fate): count for fate, count in rows}


def find_start(conn: sa.Connection, mailbox: str) -> datetime | None:
    """Return since when a mailbox's messages are answered, None when it was never watched."""
    starts_at: datetime | None = conn.execute(_FIND_START, {"address": mailbox}).scalar()
    return starts_at


def record_start(conn: sa.Connection, mailbox: str, *, starts_at: datetime) -> datetime:
    """Remember the first start of a mailbox and return it: a later one changes nothing."""
    conn.execute(_RECORD_START.on(conn), {"address": mailbox, "starts_at": starts_at})
    first = find_start(conn, mailbox)
    assert first is not None
    return first


def key_parameters(key: MessageKey) -> dict[str, str | int]:
    """Return the parameters that name a ledger line in the statements of this package."""
    return {
        "key_mailbox": key.mailbox,
        "key_folder": key.folder,
        "key_uidvalidity": key.uidvalidity,
        "key_uid": key.uid,
    }


def _ledger_row(message: RawMessage, fate: Fate, at: datetime) -> dict[str, object]:
    key = message.key
    return {
        "mailbox": key.mailbox,
        "folder": key.folder,
        "uidvalidity": key.uidvalidity,
        "uid": key.uid,
        "sha256": message.sha256,
        "size_bytes": message.size_bytes,
        "received_at": message.received_at,
        "is_seen": message.is_seen,
        "fetched_at": at,
        "fate": fate.value,
        "reason": "",
        "identity": "",
        "settled_at": None if fate is Fate.WAITING else at,
    }


def _read_entry(row: Row) -> LedgerEntry:
    key = MessageKey(row.mailbox, row.folder, row.uidvalidity, row.uid)
    raw = RawMessage(key, row.sha256, row.size_bytes, row.received_at, row.is_seen)
    return LedgerEntry(raw, Fate(row.fate), row.reason, row.identity, row.fetched_at, row.settled_at)
