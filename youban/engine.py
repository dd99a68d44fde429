"""The durable engine: poll, handle and send as DBOS workflows whose ids are functions of the mail.

A workflow of ours takes no DBOS steps. What a step's checkpoint would remember stands in our own tables and is
written in the same transaction as the work itself (the ledger's fate, the reply's state), so running a workflow
twice is running it once - and the engine costs 5 ms of CPU for a message instead of 13 (docs/performance.md).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions

from cases.database import CACHE_KB, Database
from domain.errors import ConfigError
from domain.mail import MessageKey

WORKFLOW_VERSION = "1"
"""Raised only when a workflow's arguments change: DBOS recovers a workflow under its own version alone."""

APP_NAME = "youban"
MAIL_QUEUE, REPLY_QUEUE, POLL_QUEUE = "mail", "replies", "polls"
SQLITE_MOST_IN_FLIGHT = 8
"""With more threads than this a single SQLite file gains nothing: they wait for the one write lock."""
CLAIM_AHEAD = 8
"""Messages claimed for each that is handled: a look at the queue costs 4 ms, so it is looked at seldom."""
MOST_TALKING = 64
"""Mailboxes that may fetch, and as many that may send, at one moment: each holds a thread that waits for its server."""
CONNECTIONS_PER_WORKFLOW = 3
"""One for the workflow's own transaction, one for its status row, one spare: fewer can wait for each other for ever."""

_ALIVE = ("ENQUEUED", "PENDING", "DELAYED")


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How much runs at once.

    ``in_flight``: messages that are handled at once in this process; ``queue_poll_s``: how often the queues are
    looked at, in seconds; ``executor``: the name under which this process owns work - a restart under the same name
    goes on with it; ``mailboxes``: how many are served, so that one whose server hangs never keeps another waiting.
    """

    in_flight: int = 8
    queue_poll_s: float = 0.2
    executor: str = "hub"
    mailboxes: int = 21

    @property
    def pool_size(self) -> int:
        """Connections that the engine keeps for itself."""
        return self.in_flight * CONNECTIONS_PER_WORKFLOW + 6


@dataclass(frozen=True, slots=True)
class Work:
    """What the workflows do. Each may be called again for the same thing and must then change nothing.

    ``handle(key)`` gives a message its fate, ``send(reply, attempt)`` sends a letter, ``poll(mailbox)`` fetches.
    """

    handle: Callable[[MessageKey], None]
    send: Callable[[int, int], None]
    poll: Callable[[str], None]


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

    def enqueue_mail(self, connection: sa.Connection, key: MessageKey, *, again: int = 0) -> None:
        """Handle a message, enqueued in the caller's transaction; ``again`` makes a new id when a sweep revives it."""
        options: EnqueueOptions = {
            "queue_name": MAIL_QUEUE,
            "workflow_name": "handle",
            "workflow_id": f"mail:{key}" + (f":{again}" if again else ""),
            "app_version": WORKFLOW_VERSION,
        }
        self._client.enqueue_in_transaction(connection, options, key.mailbox, key.folder, key.uidvalidity, key.uid)

    def enqueue_reply(
        self, connection: sa.Connection, reply: int, *, mailbox: str, attempt: int, delay_s: float = 0.0, again: int = 0
    ) -> None:
        """Send a letter, enqueued in the caller's transaction, not before ``delay_s``; ``attempt`` starts at 1."""
        options: EnqueueOptions = {
            "queue_name": REPLY_QUEUE,
            "workflow_name": "send",
            "workflow_id": f"reply:{reply}:{attempt}" + (f":{again}" if again else ""),
            "queue_partition_key": mailbox,
            "app_version": WORKFLOW_VERSION,
        }
        if delay_s > 0:
            options["delay_seconds"] = delay_s
        self._client.enqueue_in_transaction(connection, options, reply, attempt)

    def is_alive(self, work: str) -> bool:
        """Whether work such as ``mail:{key}`` or ``reply:{id}`` waits or runs, also as a later attempt or revival."""
        status = _status_table(self._database)
        name = status.c.workflow_uuid
        # Asked hundreds of times by a sweep over a backlog: by the index (DBOS's own listing takes 20 ms among 20,000
        # rows). SQLite has no index for LIKE, but sorts ids as bytes, so that a range will do.
        is_later = (
            name.between(f"{work}:", f"{work}:\uffff")
            if self._database.is_sqlite
            else name.startswith(f"{work}:", autoescape=True)
        )
        alive = sa.select(sa.literal(1)).where(sa.or_(name == work, is_later), status.c.status.in_(_ALIVE)).limit(1)
        with self._engine.connect() as connection:
            return connection.scalar(alive) is not None


class Engine:
    """The running engine of one process. DBOS is a singleton, so there is one Engine at a time."""

    def __init__(self, database: Database, settings: EngineSettings) -> None:
        """Check the settings and open the engine's own connections. Raises: ConfigError."""
        check_settings(settings, database)
        self._database = database
        self._settings = settings
        self._system = open_system_engine(database, pool_size=settings.pool_size)

    def start(self, work: Work) -> None:
        """Register the workflows and queues, recover what a dead predecessor of this executor left, and go."""
        in_flight, poll_s = self._settings.in_flight, self._settings.queue_poll_s
        talking = max(2, min(self._settings.mailboxes, MOST_TALKING))
        config = DBOSConfig(
            name=APP_NAME,
            system_database_url=self._database.url,
            system_database_engine=self._system,
            application_version=WORKFLOW_VERSION,
            executor_id=self._settings.executor,
            log_level="WARNING",
            enable_otlp=False,
            use_listen_notify=False,
            # It sleeps this long at a stop; nothing of ours waits for notifications.
            notification_listener_polling_interval_sec=1.0,
            # A thread for whatever the queues may claim. Threads that wait for a server or for their turn hold no
            # connection to the database; what works in it at once is bounded by _register.
            max_executor_threads=CLAIM_AHEAD * in_flight + 2 * talking,
        )
        DBOS(config=config)
        _route_log()
        _register(work, in_flight)
        DBOS.launch()
        DBOS.register_queue(MAIL_QUEUE, worker_concurrency=CLAIM_AHEAD * in_flight, polling_interval_sec=poll_s)
        # Partitioned by mailbox, one letter at a time each: a provider sees one session that behaves.
        DBOS.register_queue(
            REPLY_QUEUE, partition_concurrency=1, worker_concurrency=talking, polling_interval_sec=poll_s
        )
        DBOS.register_queue(POLL_QUEUE, worker_concurrency=talking, polling_interval_sec=2 * poll_s)

    def stop(self, *, grace_s: int = 10) -> None:
        """Take no new work, let what runs finish within ``grace_s`` seconds, and close."""
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=grace_s)
        self._system.dispose()

    def delete_finished(self, *, before_ms: int) -> int:
        """Delete the rows of workflows that ended before a time (epoch, milliseconds); return how many."""
        status = _status_table(self._database)
        done = sa.delete(status).where(
            status.c.status.in_(["SUCCESS", "ERROR", "CANCELLED"]), status.c.updated_at < before_ms
        )
        with self._system.begin() as connection:
            return connection.execute(done).rowcount


def check_settings(settings: EngineSettings, database: Database) -> None:
    """Assert the engine's known limits. Raises: ConfigError naming the key."""
    most = SQLITE_MOST_IN_FLIGHT if database.is_sqlite else 64
    if not 4 <= settings.in_flight <= most:
        raise ConfigError(
            "youban.toml",
            "engine.workflows_in_flight",
            f"{settings.in_flight} workflows at once will not do on {database.engine.dialect.name}",
            f"4 to {most}",
        )


def upgrade_engine(database: Database) -> None:
    """Make or migrate the engine's own tables, for a process that enqueues before any daemon has run."""
    DBOS.migrate(system_database_url=database.url)


def _status_table(database: Database) -> sa.TableClause:
    return sa.table(
        "workflow_status",
        sa.column("workflow_uuid", sa.Text),
        sa.column("status", sa.Text),
        sa.column("updated_at"),
        schema=None if database.is_sqlite else "dbos",
    )


def open_system_engine(database: Database, *, pool_size: int) -> sa.Engine:
    """Open the engine's own connections: the same database, a pool of its own so that neither starves the other."""
    if not database.is_sqlite:
        return sa.create_engine(database.url, pool_size=pool_size, max_overflow=4, pool_pre_ping=True)
    engine = sa.create_engine(
        database.url, poolclass=sa.QueuePool, pool_size=pool_size, max_overflow=4, pool_timeout=60
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    database.share_turn(engine)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # As DBOS's own engine does, and besides that no fsync for each commit: WAL loses nothing that was answered,
    # for what a power cut takes back is done again.
    connection.isolation_level = "IMMEDIATE"
    pragmas = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"cache_size={-CACHE_KB}")
    for pragma in ("busy_timeout=30000", *pragmas):
        connection.execute(f"PRAGMA {pragma}")


def _register(work: Work, in_flight: int) -> None:
    turns = threading.BoundedSemaphore(in_flight)

    @DBOS.workflow(name="handle")
    def handle(mailbox: str, folder: str, uidvalidity: int, uid: int) -> None:
        with turns:
            work.handle(MessageKey(mailbox, folder, uidvalidity, uid))

    @DBOS.workflow(name="send")
    def send(reply: int, attempt: int) -> None:
        work.send(reply, attempt)

    @DBOS.workflow(name="poll")
    def poll(mailbox: str) -> None:
        work.poll(mailbox)


def _route_log() -> None:
    """Let DBOS's own lines go through our log instead of straight to the terminal."""
    log = logging.getLogger("dbos")
    for handler in list(log.handlers):
        log.removeHandler(handler)
    log.propagate = True
    log.setLevel(logging.WARNING)
