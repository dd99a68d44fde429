"""Opening, writing, reading, and trying again."""

from __future__ import annotations

import sqlite3
import stat
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from cases.database import Database, is_about_values, open_database, run_transaction
from cases.ledger import find_start, record_start
from cases.tables import MAILBOXES
from domain.errors import ConfigError
from tests.cases.samples import NOW, later, write_sample
from tests.servers.postgres import Postgres

BOX = "a@agency.example"


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://root@localhost/x",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x?mode=memory&uri=true",
    ],
)
def test_open_refuses_what_is_no_database_of_ours(url: str) -> None:
    with pytest.raises(ConfigError, match="sqlite:///youban"):
        open_database(url, pool_size=1)


def test_a_file_that_cannot_be_made_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(ConfigError, match=r"youban.toml: database: .*taken/youban.db cannot be opened"):
        open_database(f"sqlite:///{tmp_path}/taken/youban.db", pool_size=1)


def test_sqlite_is_opened_as_the_counter_needs_it(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'new' / 'youban.db'}", pool_size=2)
    with database.write() as conn:
        pragmas = {
            name: conn.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    database.close()
    assert pragmas == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": 30_000}
    assert stat.S_IMODE((tmp_path / "new" / "youban.db").stat().st_mode) == 0o600


def test_postgresql_is_opened_as_the_counter_needs_it(postgres: Postgres) -> None:
    url = postgres.fresh_database()
    database = open_database(url.replace("+psycopg", ""), pool_size=2)
    with database.write() as conn:
        assert conn.scalar(sa.text("SHOW transaction_isolation")) == "read committed"
        assert conn.scalar(sa.text("SHOW timezone")) == "UTC"
    database.close()
    postgres.drop_database(url)


def test_the_password_is_not_shown(postgres: Postgres) -> None:
    database = open_database("postgresql+psycopg://youban:secret@127.0.0.1/youban", pool_size=1)
    assert "secret" not in repr(database)
    assert "secret" in database.url


def test_write_commits_whole_and_rolls_back_whole(database: Database) -> None:
    with database.write() as conn:
        record_start(conn, BOX, starts_at=NOW)

    def write_and_fail() -> None:
        with database.write() as conn:
            record_start(conn, "b@agency.example", starts_at=NOW)
            raise KeyError

    with pytest.raises(KeyError):
        write_and_fail()
    with database.read() as conn:
        assert find_start(conn, BOX) == NOW
        assert find_start(conn, "b@agency.example") is None


def test_read_sees_one_state_and_does_not_wait_for_a_writer(database: Database) -> None:
    with database.read() as reader:
        assert find_start(reader, BOX) is None
        with database.write() as writer:
            record_start(writer, BOX, starts_at=NOW)
            assert find_start(reader, BOX) is None
        assert find_start(reader, BOX) is None
    with database.read() as reader:
        assert find_start(reader, BOX) == NOW


def test_write_inside_write_is_an_error_not_a_deadlock(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'youban.db'}"
    first, second = open_database(url, pool_size=2), open_database(url, pool_size=2)
    with first.write(), pytest.raises(RuntimeError, match="wait for itself"), second.write():
        pass
    with second.write():  # and the turn is free again
        pass
    first.close()
    second.close()


def test_another_engine_on_the_same_file_writes_in_turn(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'youban.db'}", pool_size=2)
    # Without a busy timeout: a write that does not wait for its turn fails at once.
    other = sa.create_engine(database.url, connect_args={"timeout": 0})
    database.share_turn(other)
    with other.begin() as conn:
        conn.exec_driver_sql("CREATE TABLE done (number INTEGER PRIMARY KEY)")
    insert, count = sa.text("INSERT INTO done VALUES (:number)"), sa.text("SELECT count(*) FROM done")

    def write(number: int) -> None:
        with other.begin() as conn:
            conn.execute(insert, {"number": 2 * number})
            conn.execute(insert, {"number": 2 * number + 1})

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    with database.write():
        for thread in threads:
            thread.start()
        with other.connect() as conn:  # a reader waits for nobody
            assert conn.scalar(count) == 0
    for thread in threads:
        thread.join()
    with pytest.raises(sa.exc.IntegrityError):
        write(0)
    with database.write(), other.connect() as conn:  # and the turn is free again
        assert conn.scalar(count) == 16
    other.dispose()
    database.close()


def test_threads_write_in_turn(database: Database) -> None:
    """Each reads, then writes what it read plus one: on SQLite nobody is ever refused, nothing is lost."""
    with database.write() as conn:
        conn.execute(sa.text("CREATE TABLE counter (n INTEGER)"))
        conn.execute(sa.text("INSERT INTO counter VALUES (0)"))
    lock = "" if database.is_sqlite else " FOR UPDATE"

    def count() -> None:
        for _ in range(50):
            with database.write() as conn:
                n = conn.scalar(sa.text(f"SELECT n FROM counter{lock}"))
                conn.execute(sa.text("UPDATE counter SET n = :n"), {"n": n + 1})

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as conn:
        assert conn.scalar(sa.text("SELECT n FROM counter")) == 400


def test_run_transaction_tries_again_after_a_lock(tmp_path: Path) -> None:
    """Another program holds SQLite's write lock longer than we wait for it."""
    path = tmp_path / "youban.db"
    database = open_database(f"sqlite:///{path}", pool_size=2)
    sa.event.listen(database.engine, "connect", lambda dbapi, _: dbapi.execute("PRAGMA busy_timeout=20"))
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE t (x INTEGER)")
    other.execute("BEGIN IMMEDIATE")
    calls = []

    def write(conn: sa.Connection) -> str:
        calls.append(1)
        conn.execute(sa.text("INSERT INTO t VALUES (1)"))
        return "done"

    with pytest.raises(sa.exc.OperationalError, match="locked"):
        run_transaction(database, write, attempts=2)
    release = threading.Timer(0.05, lambda: other.execute("COMMIT"))
    release.start()
    assert run_transaction(database, write, attempts=10) == "done"
    release.join()
    assert len(calls) == 1
    other.close()
    database.close()


def test_run_transaction_tries_again_after_a_deadlock(upgraded_url: str) -> None:
    database = open_database(upgraded_url, pool_size=4)
    barrier = threading.Barrier(2)
    attempts: list[str] = []

    def write(conn: sa.Connection, first: str, second: str) -> None:
        attempts.append(first)
        record_start(conn, first, starts_at=NOW)
        if not database.is_sqlite and len(attempts) <= 2:
            barrier.wait(10)  # both hold one row now and want the other's
        record_start(conn, second, starts_at=later(1))

    threads = [
        threading.Thread(target=run_transaction, args=(database, lambda c, p=pair: write(c, *p)))
        for pair in (("a", "b"), ("b", "a"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as conn:
        assert find_start(conn, "a") is not None
        assert find_start(conn, "b") is not None
    database.close()
    # The one that lost may come back before the other has taken the row it waits for, and lose again.
    assert len(attempts) == 2 if database.is_sqlite else len(attempts) >= 3


def test_run_transaction_connects_again(postgres: Postgres) -> None:
    url = postgres.upgraded_database()
    database = open_database(url, pool_size=2)
    seen = []

    def write(conn: sa.Connection) -> None:
        seen.append(conn.scalar(sa.text("SELECT pg_backend_pid()")))
        if len(seen) == 1:
            postgres.execute(f"SELECT pg_terminate_backend({seen[0]})")
        record_start(conn, BOX, starts_at=NOW)

    run_transaction(database, write)
    assert len(set(seen)) == 2
    database.close()
    postgres.drop_database(url)


def test_run_transaction_gives_up_at_once_on_a_mistake(database: Database) -> None:
    calls = []

    def write(conn: sa.Connection) -> None:
        calls.append(1)
        conn.execute(sa.text("SELECT nonsense FROM nowhere"))

    with pytest.raises(sa.exc.DBAPIError):
        run_transaction(database, write)
    assert calls == [1]


def test_an_error_in_the_values_is_told_from_a_database_that_is_away(database: Database, tmp_path: Path) -> None:
    def fail(statement: sa.Executable) -> Exception:
        with pytest.raises(sa.exc.SQLAlchemyError) as caught:
            run_transaction(database, lambda conn: conn.execute(statement))
        return caught.value

    too_late = datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12)))
    assert is_about_values(fail(sa.insert(MAILBOXES).values(address=BOX, starts_at=too_late)))
    assert is_about_values(fail(sa.insert(MAILBOXES).values(address=BOX, starts_at=None)))
    assert not is_about_values(fail(sa.text("SELECT nonsense FROM nowhere")))
    away = open_database(f"postgresql+psycopg://nobody@/none?host={tmp_path}", pool_size=1)
    with pytest.raises(sa.exc.OperationalError) as caught:
        run_transaction(away, lambda _: None, attempts=1)
    assert not is_about_values(caught.value)
    away.close()


def test_run_transaction_gives_up_when_nobody_answers(tmp_path: Path) -> None:
    database = open_database(f"postgresql+psycopg://nobody@/none?host={tmp_path}", pool_size=1)
    with pytest.raises(sa.exc.OperationalError) as caught:
        run_transaction(database, lambda _: None, attempts=2)
    assert isinstance(caught.value.orig, psycopg.OperationalError)
    database.close()


def test_an_error_does_not_show_what_was_written(conn: sa.Connection) -> None:
    with pytest.raises(sa.exc.IntegrityError) as caught, conn.begin_nested():
        write_sample(conn, "DL-20200210-0001-1", recipient="secret@citizen.example")
    assert "secret@citizen.example" not in str(caught.value).partition("DETAIL")[0]
