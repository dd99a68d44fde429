"""The sweeps: nothing waits for ever, nothing finished is kept for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa

from cases import ledger, outbox
from cases.database import Database, run_transaction
from domain.cases import Fate, ReplyState
from domain.mail import MessageKey
from youban.engine import Engine
from youban.logs import get_log
from youban.queues import Enqueuer

log = get_log(__name__)

FINISHED_KEPT = timedelta(hours=1)
"""Finished workflow rows: long enough to look at, short enough that the table stays small."""


def revive_lost(database: Database, enqueuer: Enqueuer, now: datetime, *, stale: timedelta) -> int:
    """Start again what waits longer than ``stale`` without a workflow (it failed, its row is gone); return how many."""
    with database.read() as connection:
        mails = ledger.find_waiting(connection, now - stale, limit=500)
        letters = outbox.find_due(connection, now - stale, limit=500)
    if not (mails or letters):
        return 0
    stamp = int(now.timestamp())
    alive = enqueuer.find_alive()
    revived = 0
    for entry in mails:
        if entry.raw.sha256 and not alive.has_mail(entry.key):
            revived += run_transaction(database, _revive_mail(enqueuer, entry.key, stamp))
    for letter in letters:
        if not alive.has_reply(letter.id):
            revived += run_transaction(database, _revive_letter(enqueuer, letter, stamp))
    if revived:
        log.warning("lost_work_revived", revived=revived)
    return revived


def delete_finished(engine: Engine, now: datetime) -> int:
    """Delete the engine's rows of work that ended a while ago; return how many."""
    deleted = engine.delete_finished(before_ms=int((now - FINISHED_KEPT).timestamp() * 1000))
    if deleted:
        log.info("finished_work_deleted", rows=deleted)
    return deleted


def _revive_mail(enqueuer: Enqueuer, key: MessageKey, stamp: int) -> Callable[[sa.Connection], int]:
    def revive(connection: sa.Connection) -> int:
        entry = ledger.find_entry(connection, key)
        if entry is None or entry.fate is not Fate.WAITING:
            return 0  # its workflow ended well while we looked
        enqueuer.enqueue_mails(connection, [key], again=stamp)
        return 1

    return revive


def _revive_letter(enqueuer: Enqueuer, letter: outbox.Unsent, stamp: int) -> Callable[[sa.Connection], int]:
    def revive(connection: sa.Connection) -> int:
        reply = outbox.find_reply(connection, letter.id)
        if reply is None or reply.state in {ReplyState.SENT, ReplyState.REFUSED} or reply.attempts != letter.attempts:
            return 0  # as above
        enqueuer.enqueue_replies(
            connection, [letter.id], mailbox=letter.mailbox, attempt=letter.attempts + 1, again=stamp
        )
        return 1

    return revive
