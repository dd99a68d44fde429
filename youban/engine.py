"""The durable engine: poll, handle and send as DBOS workflows whose ids are functions of the mail.

A workflow of ours takes no DBOS steps. What a step's checkpoint would remember stands in our own tables and is
written in the same transaction as the work itself (the ledger's fate, the reply's state), so running a workflow
twice is running it once - and the engine costs 5 ms of CPU for a message instead of 13 (docs/performance.md).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from dbos import DBOS, DBOSConfig

from cases.database import Database
from domain.errors import ConfigError
from domain.mail import MessageKey
from youban.queues import (
    APP_NAME,
    MAIL_QUEUE,
    POLL_QUEUE,
    REPLY_QUEUE,
    WORKFLOW_VERSION,
    open_system_engine,
    status_table,
)

SQLITE_MOST_HANDLERS, MOST_HANDLERS = 8, 64
"""With more processes than this a single SQLite file gains nothing: they wait for the one write lock."""
CLAIM_AHEAD = 16
"""Batches of messages claimed for each handler: a look at the queue costs 4 ms, so it is looked at seldom."""
MOST_TALKING = 64
"""Mailboxes that may fetch, and as many that may send, at one moment: each holds a thread that waits for its server."""
CONNECTIONS = 16
"""Connections that the engine keeps for itself. No workflow holds one while it works, so they only ever queue up."""


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How much runs at once.

    ``handlers``: processes that handle messages; ``queue_poll_s``: how often the queues are looked at, in seconds;
    ``executor``: the name under which this process owns work - a restart under the same name goes on with it;
    ``mailboxes``: how many are served, so that one whose server hangs never keeps another waiting.
    """

    handlers: int = 2
    queue_poll_s: float = 0.5
    executor: str = "hub"
    mailboxes: int = 21


@dataclass(frozen=True, slots=True)
class Work:
    """What the workflows do. Each may be called again for the same thing and must then change nothing.

    ``handle(keys)`` gives messages of one folder their fates, ``send(replies, attempt)`` sends letters of one mailbox,
    ``poll(mailbox)`` fetches.
    """

    handle: Callable[[Sequence[MessageKey]], None]
    send: Callable[[Sequence[int], int], None]
    poll: Callable[[str], None]


class Engine:
    """The running engine of one process. DBOS is a singleton, so there is one Engine at a time."""

    def __init__(self, database: Database, settings: EngineSettings) -> None:
        """Check the settings and open the engine's own connections. Raises: ConfigError."""
        check_settings(settings, database)
        self._database = database
        self._settings = settings
        self._system = open_system_engine(database, pool_size=CONNECTIONS)

    def start(self, work: Work) -> None:
        """Register the workflows and queues, recover what a dead predecessor of this executor left, and go."""
        claims, poll_s = CLAIM_AHEAD * self._settings.handlers, self._settings.queue_poll_s
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
            # A stop waits for so long; nothing of ours waits for notifications, so each turn costs microseconds.
            notification_listener_polling_interval_sec=0.1,
            # A thread for whatever the queues may claim. Threads that wait for a server or a handler hold no
            # connection to the database.
            max_executor_threads=claims + 2 * talking,
        )
        DBOS(config=config)
        _route_log()
        _register(work)
        DBOS.launch()
        DBOS.register_queue(MAIL_QUEUE, worker_concurrency=claims, polling_interval_sec=poll_s)
        # Partitioned by mailbox, one letter at a time each: a provider sees one session that behaves.
        DBOS.register_queue(
            REPLY_QUEUE, partition_concurrency=1, worker_concurrency=talking, polling_interval_sec=poll_s
        )
        DBOS.register_queue(POLL_QUEUE, worker_concurrency=talking, polling_interval_sec=poll_s)

    def stop(self, *, grace_s: int = 10) -> None:
        """Take no new work, let what runs finish within ``grace_s`` seconds, and close."""
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=grace_s)
        self._system.dispose()

    def delete_finished(self, *, before_ms: int) -> int:
        """Delete the rows of workflows that ended before a time (epoch, milliseconds); return how many."""
        status = status_table(self._database)
        done = sa.delete(status).where(
            status.c.status.in_(["SUCCESS", "ERROR", "CANCELLED"]), status.c.updated_at < before_ms
        )
        with self._system.begin() as connection:
            return connection.execute(done).rowcount


def check_settings(settings: EngineSettings, database: Database) -> None:
    """Assert the engine's known limits. Raises: ConfigError naming the key."""
    most = SQLITE_MOST_HANDLERS if database.is_sqlite else MOST_HANDLERS
    if not 1 <= settings.handlers <= most:
        raise ConfigError(
            "youban.toml",
            "engine.handlers",
            f"{settings.handlers} handler processes will not do on {database.engine.dialect.name}",
            f"1 to {most}",
        )


def upgrade_engine(database: Database) -> None:
    """Make or migrate the engine's own tables, for a process that enqueues before any daemon has run."""
    DBOS.migrate(system_database_url=database.url)


def _register(work: Work) -> None:
    @DBOS.workflow(name="handle")
    def handle(mailbox: str, folder: str, uidvalidity: int, uids: list[int]) -> None:
        work.handle([MessageKey(mailbox, folder, uidvalidity, uid) for uid in uids])

    @DBOS.workflow(name="send")
    def send(replies: list[int], attempt: int) -> None:
        work.send(replies, attempt)

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
