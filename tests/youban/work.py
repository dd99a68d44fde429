"""A running engine whose work is a list of what was asked of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import sqlalchemy as sa

from cases.database import Database
from domain.mail import MessageKey
from tests.acceptance.waiting import wait_until
from youban.engine import Engine, EngineSettings, Work
from youban.queues import Enqueuer

KEY = MessageKey("counter@agency.example", "INBOX", 7, 1)
QUICK = EngineSettings(queue_poll_s=0.02)


class Bench:
    """Records what the engine asks for; ``before`` may hold or fail the work."""

    def __init__(self) -> None:
        self.done: list[tuple[object, ...]] = []
        self.before: Callable[[tuple[object, ...]], None] = lambda _: None
        self.gate = threading.Event()
        self.gate.set()

    @property
    def work(self) -> Work:
        """The functions for ``Engine.start``."""
        return Work(
            handle=lambda keys: [self._do(("handle", key)) for key in keys],
            send=lambda replies, attempt: [self._do(("send", reply, attempt)) for reply in replies],
            poll=lambda mailbox: self._do(("poll", mailbox)),
        )

    def wait_for(self, *asked: tuple[object, ...]) -> None:
        """Wait until exactly this was done, in whatever order. Raises: TimeoutError."""
        wait_until(lambda: len(self.done) >= len(asked), f"{asked}")
        assert sorted(self.done, key=str) == sorted(asked, key=str)

    def _do(self, what: tuple[object, ...]) -> None:
        self.before(what)
        assert self.gate.wait(30)
        self.done.append(what)


@contextmanager
def run_engine(database: Database, bench: Bench, settings: EngineSettings = QUICK) -> Iterator[Engine]:
    """Run an engine over the ``with`` block; nothing of it is left afterwards."""
    engine = Engine(database, settings)
    try:
        engine.start(bench.work)
        yield engine
    finally:
        bench.gate.set()
        # With any grace DBOS first sleeps a second, however little there is to wait for.
        with suppress(TimeoutError):
            wait_until(lambda: not _count_running(database, settings.executor), "what runs has ended", timeout_s=10.0)
        engine.stop(grace_s=0)


def _count_running(database: Database, executor: str) -> int:
    status = status_table(database)
    running = sa.select(sa.func.count()).where(status.c.status == "PENDING", status.c.executor_id == executor)
    with database.read() as connection:
        return int(connection.execute(running).scalar_one())


@contextmanager
def open_enqueuer(database: Database) -> Iterator[Enqueuer]:
    """Open an enqueuer over the ``with`` block."""
    enqueuer = Enqueuer(database)
    try:
        yield enqueuer
    finally:
        enqueuer.close()


def workflow_rows(database: Database) -> dict[str, str]:
    """Return the status of every workflow of ours by its id."""
    status = status_table(database)
    with database.read() as connection:
        rows = connection.execute(sa.select(status.c.workflow_uuid, status.c.status)).all()
    return {row.workflow_uuid: row.status for row in rows}


def status_table(database: Database) -> sa.TableClause:
    """Return the engine's table of workflows."""
    columns = [sa.column(name) for name in ("workflow_uuid", "status", "executor_id", "updated_at", "queue_name")]
    return sa.table("workflow_status", *columns, schema=None if database.is_sqlite else "dbos")
