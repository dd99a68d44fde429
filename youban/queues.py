"""What waits for the engine: ids that are functions of the work, and the way onto the queues from any process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from dbos import DBOSClient, EnqueueOptions

from cases.database import CACHE_KB, Database, ping_after_idling
from domain.mail import MessageKey

WORKFLOW_VERSION = "2"
"""Raised only when a workflow's arguments change: DBOS recovers a workflow under its own version alone."""

APP_NAME = "youban"
MAIL_QUEUE, REPLY_QUEUE, POLL_QUEUE = "mail", "replies", "polls"

_ALIVE = ("ENQUEUED", "PENDING", "DELAYED")
_Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Alive:
    """The messages and letters that some unfinished workflow will see to.

    A workflow's id tells the first and the last of what it was given; what lies between counts as alive too, which at
    worst lets a sweep look once more a minute later.
    """

    _mails: Mapping[str, _Spans] = field(default_factory=dict)
    _replies: _Spans = field(default_factory=list)

    def has_mail(self, key: MessageKey) -> bool:
        """Whether a message waits or is being handled."""
        return _is_within(key.uid, self._mails.get(_folder_of(key), ()))

    def has_reply(self, reply: int) -> bool:
        """Whether a letter waits, is being sent, or waits for its next attempt."""
        return _is_within(reply, self._replies)


class Enqueuer:
    """Puts work on the queues, also from a process that runs none."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._engine = open_system_engine(database, pool_size=4)
        self._client = DBOSClient(
            system_database_url=database.url, system_database_engine=self._engine, application_name=APP_NAME, lazy=True
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.destroy()
        self._engine.dispose()

    def enqueue_poll(self, mailbox: str, tick: str) -> None:
        """Fetch a mailbox's new mail soon; a poll of it that already waits is enough."""
        self._client.enqueue(
            {
                "queue_name": POLL_QUEUE,
                "workflow_name": "poll",
                "workflow_id": f"poll:{mailbox}:{tick}",
                "deduplication_id": f"poll:{mailbox}",
                "duplication_policy": "return-existing",
                "app_version": WORKFLOW_VERSION,
            },
            mailbox,
        )

    def enqueue_mails(self, connection: sa.Connection, keys: Sequence[MessageKey], *, again: int = 0) -> None:
        """Handle messages of one folder, one after the other, enqueued in the caller's transaction.

        ``again`` makes a new id when a sweep or a clerk revives them.
        """
        first, uids = keys[0], [key.uid for key in keys]
        options: EnqueueOptions = {
            "queue_name": MAIL_QUEUE,
            "workflow_name": "handle",
            "workflow_id": mail_work(keys, again=again),
            "app_version": WORKFLOW_VERSION,
        }
        self._client.enqueue_in_transaction(connection, options, first.mailbox, first.folder, first.uidvalidity, uids)

    def enqueue_replies(
        self,
        connection: sa.Connection,
        replies: Sequence[int],
        *,
        mailbox: str,
        attempt: int,
        delay_s: float = 0.0,
        again: int = 0,
    ) -> None:
        """Send letters of one mailbox in their order, enqueued in the caller's transaction, not before ``delay_s``.

        ``attempt`` is the number of the attempt, from 1.
        """
        options: EnqueueOptions = {
            "queue_name": REPLY_QUEUE,
            "workflow_name": "send",
            "workflow_id": reply_work(replies, attempt=attempt, again=again),
            "queue_partition_key": mailbox,
            "app_version": WORKFLOW_VERSION,
        }
        if delay_s > 0:
            options["delay_seconds"] = delay_s
        self._client.enqueue_in_transaction(connection, options, list(replies), attempt)

    def find_alive(self) -> Alive:
        """Return everything that unfinished workflows will see to, in one query however much waits."""
        status = status_table(self._database)
        alive = sa.select(status.c.workflow_uuid).where(
            status.c.status.in_(_ALIVE),
            status.c.queue_name.in_((MAIL_QUEUE, REPLY_QUEUE)),
            # Nobody takes up what another version of ours left behind.
            status.c.application_version == WORKFLOW_VERSION,
        )
        mails: dict[str, _Spans] = {}
        replies: _Spans = []
        with self._engine.connect() as connection:
            for work in connection.execute(alive).scalars():
                kind, _, rest = work.partition(":")
                if kind == "mail":
                    folder, _, span = rest.rpartition(":")
                    mails.setdefault(folder, []).append(_read_span(span))
                elif kind == "reply":
                    replies.append(_read_span(rest.partition(":")[0]))
        return Alive(mails, replies)


def mail_work(keys: Sequence[MessageKey], *, again: int = 0) -> str:
    """Return the id of the workflow that handles some messages of one folder."""
    return f"mail:{_folder_of(keys[0])}:{_write_span([key.uid for key in keys])}" + (f"#{again}" if again else "")


def reply_work(replies: Sequence[int], *, attempt: int, again: int = 0) -> str:
    """Return the id of the workflow that makes an attempt at sending some letters."""
    return f"reply:{_write_span(replies)}:{attempt}" + (f"#{again}" if again else "")


def status_table(database: Database) -> sa.TableClause:
    """Return the engine's own table of workflows, as far as we look into it."""
    columns = [sa.column(name, sa.Text) for name in ("workflow_uuid", "status", "queue_name", "application_version")]
    schema = None if database.is_sqlite else "dbos"
    return sa.table("workflow_status", *columns, sa.column("updated_at"), schema=schema)


def open_system_engine(database: Database, *, pool_size: int) -> sa.Engine:
    """Open the engine's own connections: the same database, a pool of its own so that neither starves the other."""
    if not database.is_sqlite:
        engine = sa.create_engine(database.url, pool_size=pool_size, max_overflow=4)
        ping_after_idling(engine)
        return engine
    engine = sa.create_engine(
        database.url, poolclass=sa.QueuePool, pool_size=pool_size, max_overflow=4, pool_timeout=60
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    database.share_turn(engine)
    return engine


def _prepare_sqlite(connection: object, _record: object) -> None:
    # As DBOS's own engine does, and besides that no fsync for each commit: WAL loses nothing that was answered,
    # for what a power cut takes back is done again.
    connection.isolation_level = "IMMEDIATE"  # type: ignore[attr-defined]
    pragmas = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"cache_size={-CACHE_KB}")
    for pragma in ("busy_timeout=30000", *pragmas):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


def _folder_of(key: MessageKey) -> str:
    return f"{key.mailbox}:{key.folder}:{key.uidvalidity}"


def _write_span(numbers: Sequence[int]) -> str:
    return f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])


def _read_span(text: str) -> tuple[int, int]:
    first, _, last = text.partition("#")[0].partition("-")
    return int(first), int(last or first)


def _is_within(number: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= number <= last for first, last in spans)
