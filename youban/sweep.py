"""The sweeps: nothing waits for ever, nothing finished is kept for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa

from cases import ledger, outbox
from cases.database import Database, run_transaction
from domain.cases import Fate, ReplyState
from domain.mail import MessageKey
from youban import pipeline
from youban.counter import Counter
from youban.engine import Engine, Enqueuer
from youban.logs import get_log

log = get_log(__name__)

COPIES_TRIED = timedelta(days=1)
"""A letter whose copy was not kept within this time stays without one."""
FINISHED_KEPT = timedelta(hours=1)
"""Finished workflow rows: long enough to look at, short enough that the table stays small."""


def revive_lost(database: Database, enqueuer: Enqueuer, now: datetime, *, stale: timedelta) -> int:
    """Start again what waits longer than ``stale`` without a workflow (it failed, its row is gone); return how many."""
    with database.read() as connection:
        mails = ledger.find_waiting(connection, now - stale, limit=500)
        letters = outbox.find_due(connection, now - stale, limit=500)
    stamp = int(now.timestamp())
    revived = 0
    for entry in mails:
        if entry.raw.sha256 and not enqueuer.is_alive(f"mail:{entry.key}"):
            revived += run_transaction(database, _revive_mail(enqueuer, entry.key, stamp))
    for letter in letters:
        if not enqueuer.is_alive(f"reply:{letter.id}"):
            revived += run_transaction(database, _revive_letter(enqueuer, letter, stamp))
    if revived:
        log.warning("lost_work_revived", revived=revived)
    return revived


def keep_missing_copies(counter: Counter, now: datetime, *, stale: timedelta) -> int:
    """Put into the Sent folders what is missing there - the mailbox was away, or we were killed; return how many.

    Killed between the folder and our own record a copy lies there twice: better for people than none.
    """
    keeping = [account.mailbox for account in counter.accounts.values() if account.keeps_sent_copy]
    with counter.database.read() as connection:
        replies = outbox.find_uncopied(connection, keeping, after=now - COPIES_TRIED, before=now - stale)
    kept = 0
    away: set[str] = set()
    for reply in replies:
        if reply.mailbox in away:
            continue
        if pipeline.keep_copy(counter, reply, data=pipeline.build_letter(counter, reply)):
            kept += 1
        else:
            away.add(reply.mailbox)
    if kept:
        log.info("missing_copies_kept", letters=kept)
    return kept


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
        enqueuer.enqueue_mail(connection, key, again=stamp)
        return 1

    return revive


def _revive_letter(enqueuer: Enqueuer, letter: outbox.Unsent, stamp: int) -> Callable[[sa.Connection], int]:
    def revive(connection: sa.Connection) -> int:
        reply = outbox.find_reply(connection, letter.id)
        if reply is None or reply.state in {ReplyState.SENT, ReplyState.REFUSED} or reply.attempts != letter.attempts:
            return 0  # as above
        enqueuer.enqueue_reply(connection, letter.id, mailbox=letter.mailbox, attempt=letter.attempts + 1, again=stamp)
        return 1

    return revive
