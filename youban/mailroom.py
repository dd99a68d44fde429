"""The mailroom: one letter's way out of the house, after the decision that wrote it is committed.

Everything here may run again for the same letter and changes nothing the second time: the reply's state says what is
done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from cases import outbox
from cases.database import Database, is_database_trouble, run_transaction
from domain.accounts import Account
from domain.cases import Reply, ReplyState
from domain.catalogue import Catalogue
from domain.errors import DeliveryError, MailboxError, Refused, ReplyError
from responders.answers import RetrySchedule
from responders.letter import build_message
from youban.logs import get_log
from youban.turns import give_to_clerk, run_turns

log = get_log(__name__)

COPIES_TRIED = timedelta(days=1)
"""A letter whose copy was not kept within this time stays without one."""
COPIES_TOGETHER = 50
"""Copies that are written down in one transaction."""


@dataclass(frozen=True, slots=True)
class Mailroom:
    """What sending needs, built once from the settings.

    ``enqueue_reply(connection, reply, mailbox, attempt, delay_s)`` enqueues a further attempt in the caller's
    transaction; ``send(account, recipient, data)`` and ``keep_copy(account, data, written_at)`` leave the house.
    """

    catalogue: Catalogue
    database: Database
    accounts: Mapping[str, Account]
    clock: Callable[[], datetime]
    enqueue_reply: Callable[[sa.Connection, int, str, int, float], None]
    send: Callable[[Account, str, bytes], str]
    keep_copy: Callable[[Account, bytes, datetime], None]
    retries: RetrySchedule


def send_replies(room: Mailroom, reply_ids: Sequence[int], attempt: int) -> None:
    """Send letters of one mailbox in their order.

    An error of ours costs one letter: it goes to a clerk. Raises: SQLAlchemyError when the database is away.
    """
    with room.database.look() as connection:
        replies = outbox.find_replies(connection, reply_ids)
    for reply in replies:
        try:
            send_reply(room, reply, attempt)
        except Exception as error:
            if is_database_trouble(error):
                raise
            log.exception("letter_failed", reply=reply.id, attempt=attempt)
            give_up_letter(room, reply, attempt, error=error)


def send_reply(room: Mailroom, reply: Reply, attempt: int) -> None:
    """Send one letter if its state asks for it, and write down what the server said.

    A crash between the server's answer and our commit sends the letter again with the same Message-ID.
    """
    if reply.state in {ReplyState.SENT, ReplyState.REFUSED} or reply.attempts >= attempt:
        return
    account = room.accounts.get(reply.mailbox.lower())
    try:
        if account is None:
            raise MailboxError(reply.mailbox, "is not in the settings any more")
        answer = room.send(account, reply.recipient, build_letter(room, reply))
    except (DeliveryError, MailboxError, ReplyError) as exc:
        error = exc
        run_turns(room.database, lambda c: _record_failure(room, c, reply, attempt=attempt, error=error))
        return

    def record(connection: sa.Connection) -> bool:
        return outbox.record_sent(connection, reply.id, attempt=attempt, at=room.clock(), answer=answer)

    run_transaction(room.database, record)
    log.info("reply_sent", case=reply.case, mailbox=reply.mailbox, attempt=attempt)


def give_up_letter(room: Mailroom, reply: Reply, attempt: int, *, error: Exception) -> None:
    """Hand a letter that our own code failed on to a clerk; one that is out already stays sent."""
    log.error("letter_failed", case=reply.case, mailbox=reply.mailbox, error=type(error).__name__)
    mistake = ReplyError("系统发信时出错")
    run_turns(room.database, lambda c: _record_failure(room, c, reply, attempt=attempt, error=mistake))


def _record_failure(
    room: Mailroom,
    connection: sa.Connection,
    reply: Reply,
    *,
    attempt: int,
    error: DeliveryError | MailboxError | ReplyError,
) -> None:
    now = room.clock()
    code = error.code if isinstance(error, DeliveryError) else 0
    answer = error.answer if isinstance(error, DeliveryError) else str(error)
    try:
        if isinstance(error, ReplyError):
            raise Refused(code, answer)
        delay_s = room.retries.retry_delay_s(attempt, error)
    except Refused as final:
        code, answer = final.code, final.answer
        if not outbox.record_refused(connection, reply.id, attempt=attempt, at=now, code=code, answer=answer):
            return
        give_to_clerk(connection, reply.case, at=now, reason=f"回信未能送达：{f'{code} ' if code else ''}{answer}")
        log.warning("reply_refused", case=reply.case, mailbox=reply.mailbox, code=code, answer=answer)
        return
    is_recorded = outbox.record_deferred(
        connection,
        reply.id,
        attempt=attempt,
        at=now,
        code=code,
        answer=answer,
        next_attempt_at=now + timedelta(seconds=delay_s),
    )
    if not is_recorded:
        return
    room.enqueue_reply(connection, reply.id, reply.mailbox, attempt + 1, delay_s)
    log.info("reply_deferred", case=reply.case, mailbox=reply.mailbox, code=code, attempt=attempt, delay_s=delay_s)


def keep_copies(room: Mailroom, *, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Put copies of the letters that went out into their Sent folders, for people; return how many.

    ``goes_on`` is asked before each: after a rush there are thousands, and a daemon that is told to stop is to stop.

    Not part of sending, for citizens wait for letters and nobody waits for a copy. A mailbox that takes one not is left
    alone until the next time, for a day. Killed between the folder and our own record, a few lie there twice: better
    for people than none.
    """
    keeping = {account.mailbox for account in room.accounts.values() if account.keeps_sent_copy}
    kept = 0
    while goes_on():
        now = room.clock()
        with room.database.look() as connection:
            replies = outbox.find_uncopied(
                connection, sorted(keeping), after=now - COPIES_TRIED, before=now, limit=COPIES_TOGETHER
            )
        copied: list[int] = []
        for reply in replies:
            if reply.mailbox in keeping and goes_on():
                if _keep_copy(room, reply):
                    copied.append(reply.id)
                else:
                    keeping.discard(reply.mailbox)
        if copied:
            run_transaction(
                room.database,
                lambda connection, copied=copied, now=now: outbox.record_sent_copies(connection, copied, at=now),  # type: ignore[misc]
            )
        kept += len(copied)
        if len(replies) < COPIES_TOGETHER:
            break
    return kept


def _keep_copy(room: Mailroom, reply: Reply) -> bool:
    account = room.accounts[reply.mailbox.lower()]
    try:
        room.keep_copy(account, build_letter(room, reply), room.clock())
    except MailboxError as error:
        log.warning("sent_copy_failed", case=reply.case, mailbox=reply.mailbox, problem=error.problem)
        return False
    return True


def build_letter(room: Mailroom, reply: Reply) -> bytes:
    """Return a letter as bytes, the same each time. Raises: ReplyError."""
    office = room.catalogue.find_office(reply.mailbox)
    return build_message(reply, sender_name=office.name if office else "")
