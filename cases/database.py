"""The one database: opened the same way on SQLite and PostgreSQL, with one way to write and one way to read."""

from __future__ import annotations

import fcntl
import json
import os
import random
import sqlite3
import threading
import time
import weakref
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
_TRUSTED_S = 1.0
"""A connection that answered this recently is used without asking whether it still lives."""
_BEGIN = "youban_begin"
_HAS_TURN = "youban_has_turn"
_WRITES = ("INSERT", "UPDATE", "DELETE")
_ALONE = 0x796F7562616E  # "youban": keeps this advisory lock apart from other programs' in the same database
# What passes by itself: serialisation failure, deadlock, and the server going away or not being up yet
# (PostgreSQL appendix A; class 08 is every connection exception).
_PASSING_STATES = frozenset({"40001", "40P01", "57P01", "57P02", "57P03"})
_PASSING_SQLITE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


class _Turn:
    """A turn to write, one thread of one process at a time.

    SQLite has one writer anyway, but who waits for it in its busy handler sleeps up to 100 ms between looks, and the
    unlucky one for long: with 8 threads that also work between their transactions the longest wait was 2.6 s there
    and 0.2 s here (99th percentile 0.9 s and 0.1 s), at the same rate. The engine's own connections take part by
    ``share_turn``, our other processes by a lock on ``file``, which the system frees when its holder dies; foreign
    programs stay outside, so the busy timeout remains behind it.
    """

    def __init__(self, file: Path) -> None:
        self._lock = threading.Lock()
        self._owner: int | None = None
        # Not the database's own file: closing that would drop SQLite's locks on it (fcntl(2)).
        self._file = os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        weakref.finalize(self, os.close, self._file)

    def __enter__(self) -> None:
        if self._owner == threading.get_ident():
            raise RuntimeError("write() inside write() in one thread would wait for itself for ever")
        self._lock.acquire()
        fcntl.flock(self._file, fcntl.LOCK_EX)
        self._owner = threading.get_ident()

    def __exit__(self, *_: object) -> None:
        self._owner = None
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._lock.release()


class _NoTurn:
    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass


_turns: weakref.WeakValueDictionary[str, _Turn] = weakref.WeakValueDictionary()
_turns_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. ``url`` holds the password, so it is not shown."""

    engine: sa.Engine
    url: str = field(repr=False)
    is_sqlite: bool
    _reader: sa.Engine = field(repr=False)
    _looker: sa.Engine = field(repr=False)
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
    def look(self) -> Iterator[sa.Connection]:
        """Yield a connection for single questions: each sees what is committed at its moment.

        Cheaper than ``read``, for no transaction is begun: on PostgreSQL that saves two of three round trips.
        """
        with self._looker.connect() as connection:
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


def is_database_trouble(error: Exception) -> bool:
    """Whether the database was away or would not do: that says nothing about the message or letter in hand."""
    return isinstance(error, sa.exc.SQLAlchemyError | ConfigError) and not is_about_values(error)


_EXAMPLES = "sqlite:///youban.db or postgresql+psycopg://user:password@host/name"


def _open_sqlite(url: sa.URL, pool_size: int) -> Database:
    if not url.database or url.database.startswith((":", "file:")) or url.query:
        raise ConfigError("youban.toml", "database", "a SQLite database is a plain file on a local disk", _EXAMPLES)
    path = Path(url.database).absolute()
    try:
        _make_private_file(path)
        turn = _share_turn_of(path.resolve())
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
    reader = engine.execution_options(**{_BEGIN: "DEFERRED"})
    looker = engine.execution_options(**{_BEGIN: ""})
    return Database(engine, _render(url), is_sqlite=True, _reader=reader, _looker=looker, _turn=turn)


def _share_turn_of(path: Path) -> _Turn:
    with _turns_lock:
        turn = _turns.get(str(path))
        if turn is None:
            turn = _turns[str(path)] = _Turn(path.with_name(path.name + ".turn"))
        return turn


def _open_postgresql(url: sa.URL, pool_size: int) -> Database:
    engine = sa.create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        isolation_level="READ COMMITTED",
        connect_args={"options": "-c timezone=UTC", "connect_timeout": 10},
        json_serializer=_dump_json,
        hide_parameters=True,  # an error's text goes into the log, and parameters are people's letters
    )
    ping_after_idling(engine)
    reader = engine.execution_options(isolation_level="REPEATABLE READ")
    looker = engine.execution_options(isolation_level="AUTOCOMMIT")
    return Database(engine, _render(url), is_sqlite=False, _reader=reader, _looker=looker, _turn=_NoTurn())


def ping_after_idling(engine: sa.Engine) -> None:
    """Ask the server for a sign of life before a pooled connection is used again that nobody used for a while.

    SQLAlchemy's own ``pool_pre_ping`` asks every time: a quarter of all round trips here. What breaks within the
    second is met where every statement may fail anyway (``run_transaction``).
    """
    used_at = "youban_used_at"

    def checkout(driver: Any, record: sa.pool.ConnectionPoolEntry, _proxy: object) -> None:
        if time.monotonic() - record.info.get(used_at, 0.0) < _TRUSTED_S:
            return
        try:
            engine.dialect.do_ping(driver)
        except engine.dialect.loaded_dbapi.Error as exc:
            raise sa.exc.DisconnectionError from exc  # the pool tries the next one

    def checkin(_driver: object, record: sa.pool.ConnectionPoolEntry) -> None:
        record.info[used_at] = time.monotonic()

    event.listen(engine, "checkout", checkout)
    event.listen(engine, "checkin", checkin)


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
    if kind := connection.get_execution_options().get(_BEGIN, "IMMEDIATE"):
        connection.exec_driver_sql(f"BEGIN {kind}")


def _dump_json(value: Any) -> str:
    return clean_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _render(url: sa.URL) -> str:
    return url.render_as_string(hide_password=False)
