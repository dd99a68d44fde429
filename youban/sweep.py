"""The sweeps: nothing waits for ever, nothing finished is kept for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa

from cases import ledger, outbox
from cases.database import Database, run_transaction
from domain.mail import MessageKey
from youban.engine import Engine, Enqueuer
from youban.logs import get_log

log = get_log(__name__)

FINISHED_KEPT = timedelta(hours=1)
"""Finished workflow rows: long enough to look at, short enough that the table stays small."""


def revive_lost(database: Database, enqueuer: Enqueuer, now: datetime, *, stale: timedelta) -> int:
    """Start again what waits longer than ``stale`` without a workflow - its row failed or was deleted; return how many."""
    with database.read() as connection:
        mails = ledger.find_waiting(connection, now - stale, limit=500)
        letters = outbox.find_due(connection, now - stale, limit=500)
    stamp = int(now.timestamp())
    revived = 0
    for entry in mails:
        if entry.raw.sha256 and not enqueuer.is_alive(f"mail:{entry.key}"):
            run_transaction(database, _enqueue_mail(enqueuer, entry.key, stamp))
            revived += 1
    for letter in letters:
        if not enqueuer.is_alive(f"reply:{letter.id}"):
            run_transaction(database, _enqueue_reply(enqueuer, letter, stamp))
            revived += 1
    if revived:
        log.warning("lost_work_revived", messages=len(mails), letters=len(letters), revived=revived)
    return revived


def delete_finished(engine: Engine, now: datetime) -> int:
    """Delete the engine's rows of work that ended a while ago; return how many."""
    deleted = engine.delete_finished(before_ms=int((now - FINISHED_KEPT).timestamp() * 1000))
    if deleted:
        log.info("finished_work_deleted", rows=deleted)
    return deleted


def _enqueue_mail(enqueuer: Enqueuer, key: MessageKey, stamp: int) -> Callable[[sa.Connection], None]:
    return lambda connection: enqueuer.enqueue_mail(connection, key, again=stamp)


def _enqueue_reply(enqueuer: Enqueuer, letter: outbox.Unsent, stamp: int) -> Callable[[sa.Connection], None]:
    return lambda connection: enqueuer.enqueue_reply(
        connection, letter.id, mailbox=letter.mailbox, attempt=letter.attempts + 1, again=stamp
    )
