"""Contract: what youban/executors.py takes for granted of DBOS's private recovery and of the databases' locks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from cases.database import Database, open_database
from domain.errors import ConfigError
from tests.acceptance.waiting import wait_until
from tests.servers.postgres import Postgres
from tests.youban.work import KEY, QUICK, Bench, open_enqueuer, run_engine, status_table, workflow_rows
from youban.executors import ExecutorLock, adopt_orphans


@pytest.fixture
def shared(postgres: Postgres) -> Iterator[Database]:
    """A PostgreSQL database that several processes work on."""
    url = postgres.upgraded_database()
    database = open_database(url, pool_size=24)
    yield database
    database.close()
    postgres.drop_database(url)


@contextmanager
def other_executor(database: Database, name: str) -> Iterator[subprocess.Popen[str]]:
    """Run another process that owns work under a name."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.youban.other_executor", database.url, name], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.kill()


def test_the_work_of_a_killed_process_is_adopted_once_its_lock_is_free(shared: Database) -> None:
    bench = Bench()
    with open_enqueuer(shared) as enqueuer, other_executor(shared, "other") as other:
        with shared.write() as connection:
            enqueuer.enqueue_mails(connection, [KEY])
        assert other.stdout is not None
        assert other.stdout.readline() == "begun\n"
        with run_engine(shared, bench):
            assert adopt_orphans(shared, QUICK.executor) == []
            assert (_owner(shared), workflow_rows(shared)) == ("other", {f"mail:{KEY}": "PENDING"})
            other.kill()
            other.wait()
            wait_until(lambda: adopt_orphans(shared, QUICK.executor) == ["other"], "the work adopted")
            bench.wait_for(("handle", KEY))
            wait_until(lambda: workflow_rows(shared) == {f"mail:{KEY}": "SUCCESS"}, "the work done")
            assert _owner(shared) == QUICK.executor
            assert adopt_orphans(shared, QUICK.executor) == []
    assert bench.done == [("handle", KEY)]


def test_a_restarted_process_of_the_same_name_adopts_by_itself(shared: Database) -> None:
    bench = Bench()
    with open_enqueuer(shared) as enqueuer, other_executor(shared, QUICK.executor) as other:
        with shared.write() as connection:
            enqueuer.enqueue_mails(connection, [KEY])
        assert other.stdout is not None
        assert other.stdout.readline() == "begun\n"
        other.kill()
        other.wait()
        with run_engine(shared, bench):
            bench.wait_for(("handle", KEY))


def test_an_adopter_frees_the_lock_so_that_the_dead_may_come_back(shared: Database) -> None:
    status = status_table(shared)
    with open_enqueuer(shared) as enqueuer, run_engine(shared, Bench()):
        with shared.write() as connection:
            enqueuer.enqueue_replies(connection, [1], mailbox="a@x.example", attempt=1, delay_s=3600)
            connection.execute(sa.update(status).values(status="PENDING", executor_id="other"))
        assert adopt_orphans(shared, QUICK.executor) == ["other"]
        lock = ExecutorLock(shared, "other")
        lock.acquire()
        lock.release()


def test_a_second_process_of_the_same_name_is_refused(database: Database) -> None:
    first, second = ExecutorLock(database, "hub"), ExecutorLock(database, "hub")
    first.acquire()
    with pytest.raises(ConfigError) as caught:
        second.acquire()
    assert (caught.value.file, caught.value.key) == ("youban.toml", "engine.executor")
    assert caught.value.problem == "another process already runs as 'hub' on this database"
    assert caught.value.hint.startswith("stop it first")
    first.keep()
    first.release()
    second.acquire()
    second.release()


def test_another_name_works_beside_it_where_the_database_bears_two(database: Database) -> None:
    first, second = ExecutorLock(database, "hub"), ExecutorLock(database, "hub-2")
    first.acquire()
    if database.is_sqlite:
        with pytest.raises(ConfigError, match="a SQLite file bears one"):
            second.acquire()
    else:
        second.acquire()
    second.release()
    first.release()


def test_a_renamed_daemon_adopts_from_the_name_it_had(engine_database: Database) -> None:
    bench, status = Bench(), status_table(engine_database)
    with open_enqueuer(engine_database) as enqueuer, run_engine(engine_database, bench):
        with engine_database.write() as connection:
            enqueuer.enqueue_replies(connection, [1], mailbox="a@x.example", attempt=1, delay_s=3600)
            connection.execute(sa.update(status).values(status="PENDING", executor_id="former"))
        assert adopt_orphans(engine_database, QUICK.executor) == ["former"]
        bench.wait_for(("send", 1, 1))


def test_a_lock_lost_with_the_database_is_taken_again(shared: Database) -> None:
    lock, rival = ExecutorLock(shared, "hub"), ExecutorLock(shared, "hub")
    lock.acquire()
    _cut_connections(shared)
    lock.keep()
    with pytest.raises(ConfigError):
        rival.acquire()
    lock.release()


def test_a_lock_that_a_rival_took_meanwhile_is_not_taken_back(shared: Database) -> None:
    lock, rival = ExecutorLock(shared, "hub"), ExecutorLock(shared, "hub")
    lock.acquire()
    _cut_connections(shared)
    rival.acquire()
    for _ in range(2):
        with pytest.raises(ConfigError):
            lock.keep()
    rival.release()
    lock.keep()
    lock.release()


def _owner(database: Database) -> str:
    with database.read() as connection:
        return str(connection.scalar(sa.select(status_table(database).c.executor_id)))


def _cut_connections(database: Database) -> None:
    """End every other connection to this database, as a restart of the server does."""
    cut = (
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with database.write() as connection:
        connection.execute(sa.text(cut))
