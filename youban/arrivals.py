"""What fetching writes down: ledger rows, a workflow for each message, and the cursor - in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from cases import ledger, quarantine
from cases.database import Database, run_transaction
from cases.ledger import Cursor
from domain.cases import Fate
from domain.mail import MessageKey, RawMessage
from intake.fetch import Unfetchable
from youban.logs import get_log

log = get_log(__name__)


MAILS_TOGETHER, BYTES_TOGETHER = 16, 128 * 1024
"""What one workflow handles: it costs as much CPU as half a short mail does. A mail with photographs goes alone."""


class ArrivalLedger:
    """The ledger as intake needs it (``intake.fetch.Ledger``), with the engine's queue behind it.

    ``starts`` gives each mailbox's start: what was received earlier is written down as too old and never answered.
    """

    def __init__(
        self,
        database: Database,
        *,
        starts: Mapping[str, datetime],
        enqueue_mails: Callable[[sa.Connection, Sequence[MessageKey]], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._starts = starts
        self._enqueue_mails = enqueue_mails
        self._clock = clock

    def cursor(self, mailbox: str, folder: str) -> Cursor | None:
        """Return how far a folder was fetched, None when it never was."""
        with self._database.look() as connection:
            return ledger.find_cursor(connection, mailbox, folder)

    def record(
        self,
        mailbox: str,
        folder: str,
        *,
        uidvalidity: int,
        last_uid: int,
        messages: Sequence[RawMessage],
        unfetchable: Sequence[Unfetchable],
    ) -> None:
        """Write messages down, enqueue each that waits, quarantine the unfetchable, move the cursor: all or nothing."""
        now = self._clock()
        start = self._starts[mailbox].replace(microsecond=0)
        # Without bytes there is no digest; the row stands for the message at the server.
        absent = [RawMessage(u.key, "", 0, u.received_at) for u in unfetchable]
        arrived = sorted([*messages, *absent], key=lambda m: m.key)
        fates = [Fate.TOO_OLD if m.received_at < start else Fate.WAITING for m in arrived]

        def write(connection: sa.Connection) -> int:
            recorded = ledger.record_fetched(
                connection,
                mailbox=mailbox,
                folder=folder,
                uidvalidity=uidvalidity,
                last_uid=last_uid,
                messages=arrived,
                fates=fates,
                at=now,
            )
            for one in unfetchable:
                quarantine.record_quarantine(
                    connection, one.key, sha256="", reason=f"服务器未能给出此邮件：{one.reason}", at=now
                )
            waiting = [m for m in recorded if m.sha256 and m.received_at >= start]
            for batch in _batch(waiting):
                self._enqueue_mails(connection, batch)
            return len(waiting)

        waiting = run_transaction(self._database, write)
        if arrived:
            log.info(
                "mail_fetched",
                mailbox=mailbox,
                folder=folder,
                messages=len(messages),
                waiting=waiting,
                unfetchable=len(unfetchable),
            )


def _batch(messages: Sequence[RawMessage]) -> Iterator[list[MessageKey]]:
    """Yield the messages' keys in batches of one workflow each, in their order."""
    batch: list[MessageKey] = []
    size = 0
    for message in messages:
        if batch and (len(batch) == MAILS_TOGETHER or size + message.size_bytes > BYTES_TOGETHER):
            yield batch
            batch, size = [], 0
        batch.append(message.key)
        size += message.size_bytes
    if batch:
        yield batch
