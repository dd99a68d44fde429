"""The one database: opened the same way on SQLite and PostgreSQL, with one way to write and one way to read."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event

from cases.columns import clean_text
from domain.errors import ConfigError

T = TypeVar("T")

BUSY_TIMEOUT_MS = 30_000
CACHE_KB = 512
"""A connection's page cache. SQLite's 2,000, filled in each of sixty connections, made 120 MB of a growing database."""
_BEGIN = "youban_begin"
_HAS_TURN = "youban_has_turn"
_WRITES = ("INSERT", "UPDATE", "DELETE")
_ALONE = 0x796F7562616E  # "youban": keeps this advisory lock apart from other programs' in the same database
# What passes by itself: serialisation failure, deadlock, and the server going away or not being up yet
# (PostgreSQL appendix A; class 08 is every connection exception).
_PASSING_STATES = frozenset({"40001", "40P01", "57P01", "57P02", "57P03"})
_PASSING_SQLITE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


class _Turn:
    """A turn to write, one thread at a time.

    SQLite has one writer anyway, but threads that wait for it in its busy handler sleep up to 100 ms between looks,
    and the unlucky one for long: with 8 threads that also work between their transactions the longest wait was 2.6 s
    there and 0.2 s here (99th percentile 0.9 s and 0.1 s), at the same rate. The engine's own connections take part
    by ``share_turn``; other processes stay outside, so the busy timeout remains behind it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: int | None = None

    def __enter__(self) -> None:
        if self._owner == threading.get_ident():
            raise RuntimeError("write() inside write() in one thread would wait for itself for ever")
        self._lock.acquire()
        self._owner = threading.get_ident()

    def __exit__(self, *_: object) -> None:
        self._owner = None
        self._lock.release()


class _NoTurn:
    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass


_turns: dict[str, _Turn] = {}
_turns_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. ``url`` holds the password, so it is not shown."""

    engine: sa.Engine
    url: str = field(repr=False)
    is_sqlite: bool
    _reader: sa.Engine = field(repr=False)
    _turn: _Turn | _NoTurn = field(repr=False)

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """Yield a connection in one transaction: committed at the end, rolled back by an exception.

        On SQLite it holds the write lock from its first moment (BEGIN IMMEDIATE), so it never fails half way.
        """
        with self._turn, self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Yield a connection that sees one state of the data throughout and waits for no writer."""
        with self._reader.connect() as connection:
            yield connection

    @contextmanager
    def alone(self) -> Iterator[sa.Connection]:
        """Yield a connection in one transaction that no other process's ``alone`` overlaps: for changes of the schema.

        On SQLite foreign keys are not enforced inside it: Alembic changes a table there by copying and dropping it,
        and dropping would delete the rows that point to it. They are checked at the end.
        Raises: sqlalchemy.exc.IntegrityError when the change left a foreign key that points nowhere.
        """
        with self._turn, self.engine.connect() as connection:
            if not self.is_sqlite:
                with connection.begin():
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ALONE)))
                    yield connection
                return
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")  # nothing happens inside a transaction: before BEGIN
            try:
                with connection.begin():
                    yield connection
                    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                        orphan = sqlite3.IntegrityError(f"table {broken[0]}, row {broken[1]} points nowhere")
                        raise sa.exc.IntegrityError("PRAGMA foreign_key_check", None, orphan)
            finally:
                driver.execute("PRAGMA foreign_keys=ON")

    def share_turn(self, engine: sa.Engine) -> None:
        """Let another engine's writes to this database wait for the same turn; call it before its first connection.

        The turn is taken at a transaction's first write and given back with the connection.
        """
        if isinstance(self._turn, _NoTurn):
            return
        turn = self._turn

        def take(connection: sa.Connection, _cursor: object, statement: str, *_: object) -> None:
            if statement.startswith(_WRITES) and not connection.info.get(_HAS_TURN):
                turn.__enter__()
                connection.info[_HAS_TURN] = True

        def give_back(_connection: object, record: sa.pool.ConnectionPoolEntry) -> None:
            if record.info.pop(_HAS_TURN, False):
                turn.__exit__()

        event.listen(engine, "before_cursor_execute", take)
        event.listen(engine, "checkin", give_back)

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def open_database(url: str, *, pool_size: int) -> Database:
    """Return the database behind ``sqlite:///file`` or ``postgresql+psycopg://…``; a missing SQLite file is made.

    ``pool_size`` is the most connections that are ever open at once.

    Raises: ConfigError when the address is not one of the two, or the file cannot be made.
    """
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError as exc:
        raise ConfigError("youban.toml", "database", "not a database address", _EXAMPLES) from exc
    match parsed.get_backend_name():
        case "sqlite":
            return _open_sqlite(parsed, pool_size)
        case "postgresql":
            return _open_postgresql(parsed.set(drivername="postgresql+psycopg"), pool_size)
        case other:
            raise ConfigError("youban.toml", "database", f"{other} is not supported", _EXAMPLES)


def run_transaction(database: Database, function: Callable[[sa.Connection], T], *, attempts: int = 5) -> T:
    """Run a function in one write transaction and return what it returns, again after a passing failure.

    Passing are serialisation failures, deadlocks, "database is locked" and lost connections. A connection lost
    during COMMIT leaves open whether it was committed, so the function must change nothing the second time.

    Raises: the last failure after ``attempts``, any other one at once.
    """
    for attempt in range(1, attempts + 1):
        try:
            with database.write() as connection:
                return function(connection)
        except sa.exc.DBAPIError as exc:
            if attempt == attempts or not is_passing(exc):
                raise
        # Losers of a deadlock must not meet again: 10-20 ms, doubled each time (0.3 s in all, five attempts).
        time.sleep(0.01 * 2 ** (attempt - 1) * (1 + random.random()))  # noqa: S311 - not a secret
    raise AssertionError("unreachable")


def is_passing(error: sa.exc.DBAPIError) -> bool:
    """Whether a database error may be gone at the next attempt."""
    if error.connection_invalidated:
        return True
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        # The extended codes of SQLITE_BUSY and SQLITE_LOCKED carry the plain one in their low byte.
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _PASSING_SQLITE
    state = getattr(cause, "sqlstate", None)
    if state is None:
        # psycopg raises OperationalError without a state when nobody answered at all.
        return isinstance(error, sa.exc.OperationalError)
    return state in _PASSING_STATES or str(state).startswith("08")


def is_about_values(error: Exception) -> bool:
    """Whether a database error lies in the values to be stored, so that it comes back at every attempt."""
    if isinstance(error, sa.exc.DBAPIError):
        return isinstance(error, sa.exc.DataError | sa.exc.IntegrityError)
    # Not the driver's: a value could not be turned into what the driver takes.
    return isinstance(error, sa.exc.StatementError)


_EXAMPLES = "sqlite:///youban.db or postgresql+psycopg://user:password@host/name"


def _open_sqlite(url: sa.URL, pool_size: int) -> Database:
    if not url.database or url.database.startswith((":", "file:")) or url.query:
        raise ConfigError("youban.toml", "database", "a SQLite database is a plain file on a local disk", _EXAMPLES)
    path = Path(url.database).absolute()
    try:
        _make_private_file(path)
    except OSError as exc:
        raise ConfigError(
            "youban.toml", "database", f"{path} cannot be opened: {exc.strerror}", "let this user write to its folder"
        ) from exc
    engine = sa.create_engine(
        url,
        poolclass=sa.QueuePool,
        pool_size=pool_size,
        max_overflow=0,
        json_serializer=_dump_json,
        hide_parameters=True,  # an error's text goes into the log, and parameters are people's letters
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    with _turns_lock:
        turn = _turns.setdefault(str(path.resolve()), _Turn())
    reader = engine.execution_options(**{_BEGIN: "DEFERRED"})
    return Database(engine, _render(url), is_sqlite=True, _reader=reader, _turn=turn)


def _open_postgresql(url: sa.URL, pool_size: int) -> Database:
    engine = sa.create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        connect_args={"options": "-c timezone=UTC", "connect_timeout": 10},
        json_serializer=_dump_json,
        hide_parameters=True,  # an error's text goes into the log, and parameters are people's letters
    )
    reader = engine.execution_options(isolation_level="REPEATABLE READ")
    return Database(engine, _render(url), is_sqlite=False, _reader=reader, _turn=_NoTurn())


def _make_private_file(path: Path) -> None:
    """Make the file readable by its owner alone: it holds people's cases; -wal and -shm take its mode."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # None: the driver begins nothing by itself, _begin_sqlite does.
    connection.isolation_level = None
    pragmas = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"cache_size={-CACHE_KB}")
    for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", *pragmas):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # IMMEDIATE unless asked otherwise: a deferred transaction that turns into a writer fails at once when another
    # wrote in between, whatever the busy timeout.
    connection.exec_driver_sql("BEGIN " + connection.get_execution_options().get(_BEGIN, "IMMEDIATE"))


def _dump_json(value: Any) -> str:
    return clean_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _render(url: sa.URL) -> str:
    return url.render_as_string(hide_password=False)
