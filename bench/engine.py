"""What the engine alone costs for a message: a workflow around one small transaction, against that transaction."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import sqlalchemy as sa
from dbos import SQLAlchemyDatasource

from bench.measuring import Options, median, print_table
from cases.database import Database, open_database, run_transaction
from domain.mail import MessageKey
from tests.servers.postgres import start_postgres
from youban.arrivals import MAILS_TOGETHER
from youban.engine import Engine, EngineSettings, Work, upgrade_engine
from youban.queues import Enqueuer, open_system_engine

_DONE = sa.Table("bench_done", sa.MetaData(), sa.Column("uid", sa.Integer, primary_key=True))
_MESSAGES = 500
_BATCH = 48
_PATIENCE_S = 120.0


def measure_bare(database: Database, count: int) -> float:
    """Return CPU ms for a message of nothing but its transaction."""
    start = time.process_time()
    for uid in range(count):
        run_transaction(database, lambda connection, uid=uid: connection.execute(_DONE.insert(), {"uid": uid}))
    return (time.process_time() - start) * 1000 / count


def measure_stepless(database: Database, count: int) -> float:
    """Return CPU ms for a message with a workflow of its own: enqueued, taken from the queue, its end written."""
    return _measure_workflows(database, count, _write_rows(database))


def measure_together(database: Database, count: int) -> float:
    """Return CPU ms for a message when a workflow handles as many as the daemon gives it."""
    return _measure_workflows(database, count, _write_rows(database), together=MAILS_TOGETHER)


def _write_rows(database: Database) -> Callable[[Sequence[MessageKey]], None]:
    def handle(keys: Sequence[MessageKey]) -> None:
        for key in keys:
            run_transaction(database, lambda connection, uid=key.uid: connection.execute(_DONE.insert(), {"uid": uid}))

    return handle


def measure_with_step(database: Database, count: int) -> float:
    """Return CPU ms for a message whose workflow does its transaction as a step of DBOS's datasource."""
    engine = open_system_engine(database, pool_size=32)
    datasource = SQLAlchemyDatasource.create(database.url, engine=engine)

    def handle(keys: Sequence[MessageKey]) -> None:
        datasource.run_tx_step({"name": "write"}, _write_row, datasource, keys[0].uid)

    try:
        return _measure_workflows(database, count, handle)
    finally:
        engine.dispose()


def _write_row(datasource: SQLAlchemyDatasource, uid: int) -> None:
    datasource.sql_session().execute(_DONE.insert(), {"uid": uid})


def _measure_workflows(
    database: Database, count: int, handle: Callable[[Sequence[MessageKey]], None], *, together: int = 1
) -> float:
    enqueuer = Enqueuer(database)
    engine = Engine(database, EngineSettings())
    engine.start(Work(handle=handle, send=lambda *_: None, poll=lambda _: None))
    try:
        keys = [MessageKey("bench@office.example", "INBOX", 1, uid) for uid in range(count)]
        start = time.process_time()
        for first in range(0, count, _BATCH):
            with database.write() as connection:
                for start_at in range(first, min(first + _BATCH, count), together):
                    enqueuer.enqueue_mails(connection, keys[start_at : start_at + together])
        _wait_for_rows(database, count)
        return (time.process_time() - start) * 1000 / count
    finally:
        engine.stop()
        enqueuer.close()


def _wait_for_rows(database: Database, count: int) -> None:
    until = time.monotonic() + _PATIENCE_S
    counted = sa.select(sa.func.count()).select_from(_DONE)
    while time.monotonic() < until:
        with database.read() as connection:
            if connection.scalar(counted) == count:
                return
        time.sleep(0.1)
    raise TimeoutError(f"not all of {count} workflows ended")


VARIANTS: dict[str, Callable[[Database, int], float]] = {
    "the transaction alone": measure_bare,
    "16 in a workflow without steps (ours)": measure_together,
    "in a workflow without steps": measure_stepless,
    "in a workflow with a datasource step": measure_with_step,
}


@contextmanager
def _fresh(url: str) -> Iterator[Database]:
    database = open_database(url, pool_size=32)
    upgrade_engine(database)
    with database.write() as connection:
        _DONE.create(connection)
    try:
        yield database
    finally:
        database.close()


def run(options: Options) -> None:
    """Print CPU ms for a message on both databases."""
    count = options.count(_MESSAGES)
    found: dict[tuple[str, str], list[float]] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="youban-bench-")))
        server = start_postgres()
        stack.callback(server.stop)
        for number, (name, measure) in enumerate(list(VARIANTS.items()) * options.runs):
            for kind, url in (("SQLite", f"sqlite:///{folder}/{number}.db"), ("PostgreSQL", server.fresh_database())):
                with _fresh(url) as database:
                    found.setdefault((name, kind), []).append(measure(database, count))
    bare = {kind: median(found["the transaction alone", kind]) for kind in ("SQLite", "PostgreSQL")}
    rows = []
    for name in VARIANTS:
        cells: list[object] = [name]
        for kind, base in bare.items():
            cost = median(found[name, kind])
            cells += [cost, f"{cost / base:.1f}x"]
        rows.append(cells)
    head = ("one row written", "SQLite ms", "ratio", "PostgreSQL ms", "ratio")
    print_table(options, f"CPU ms for a message in the engine ({count} messages, median of {options.runs})", head, rows)
