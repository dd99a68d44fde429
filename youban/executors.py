"""Who owns which work: one process per executor name, and dead owners' work is adopted.

DBOS brings back a dead process's workflows only when a process of the same name starts again; across machines that is
a paid service. So each process holds a lock under its name for as long as it lives, and a sweep adopts the work of
owners whose lock is free. Everything that leans on DBOS's private parts stands in this file, with a contract test
(tests/youban/test_executors.py).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from pathlib import Path
from typing import IO

import sqlalchemy as sa
from dbos import DBOS

from cases.database import Database
from domain.errors import ConfigError

_NAMESPACE = 0x79_6F_75_62  # "youb": keeps our advisory locks apart from other programs' in the same database


class ExecutorLock:
    """Held by a living process under its executor name. Freed by the system when the process dies, however it dies."""

    def __init__(self, database: Database, executor: str) -> None:
        self._database = database
        self._executor = executor
        self._file: IO[str] | None = None
        self._connection: sa.Connection | None = None
        self._engine: sa.Engine | None = None

    def acquire(self) -> None:
        """Take the lock. Raises: ConfigError when another process runs under the same name."""
        taken = self._lock_file() if self._database.is_sqlite else self._lock_advisory()
        if not taken:
            raise ConfigError(
                "youban.toml",
                "engine.executor",
                f"another process already runs as {self._executor!r} on this database",
                "stop it first, "
                + ("a SQLite file bears one" if self._database.is_sqlite else "or give this one another name"),
            )

    def keep(self) -> None:
        """Take the lock again if it was lost with its connection, for then others take our work for an orphan's.

        Raises: ConfigError when another process has taken it meanwhile, DBAPIError while the database is away.
        """
        if self._database.is_sqlite or self._is_connected():
            return
        self.release()
        self.acquire()

    def _is_connected(self) -> bool:
        if self._connection is None:
            return False
        try:
            return self._connection.scalar(sa.select(1)) == 1
        except sa.exc.DBAPIError:
            return False

    def release(self) -> None:
        """Free the lock."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def _lock_file(self) -> bool:
        # Whatever its name: of two daemons on one file neither would adopt the other's work.
        path = Path(str(sa.make_url(self._database.url).database) + ".lock")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a+")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            return False
        self._file.truncate(0)
        self._file.write(f"{os.getpid()}\n")
        self._file.flush()
        return True

    def _lock_advisory(self) -> bool:
        # A connection of its own: a pooled one could be closed under us, and the lock with it.
        self._engine = sa.create_engine(
            self._database.url,
            poolclass=sa.NullPool,
            isolation_level="AUTOCOMMIT",
            # The server frees the lock of a machine that lost its power within half a minute, not after two hours.
            connect_args={
                "options": "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3",
                "connect_timeout": 10,
            },
        )
        self._connection = self._engine.connect()
        taken = self._connection.scalar(sa.select(_try_lock(self._executor)))
        if not taken:
            self.release()
        return bool(taken)


def adopt_orphans(database: Database, executor: str) -> list[str]:
    """Take over the pending workflows of executors that live no more; return their names.

    On SQLite whoever holds the lock is alone, so every other name is one that this daemon had before it was renamed.
    """
    schema = None if database.is_sqlite else "dbos"
    status = sa.table("workflow_status", sa.column("executor_id"), sa.column("status"), schema=schema)
    owners = sa.select(status.c.executor_id).where(status.c.status == "PENDING", status.c.executor_id != executor)
    with database.read() as connection:
        names = sorted({name for (name,) in connection.execute(owners.distinct()) if name})
    return [name for name in names if _adopt(database, name)]


def _adopt(database: Database, name: str) -> bool:
    """Recover one owner's work while holding its lock, so that it cannot start at the same moment."""
    if database.is_sqlite:
        DBOS._recover_pending_workflows([name])  # noqa: SLF001  # As below.
        return True
    with database.engine.connect() as connection:
        if not connection.scalar(sa.select(_try_lock(name))):
            return False
        try:
            DBOS._recover_pending_workflows([name])  # noqa: SLF001  # The free engine's only way; see the module's head.
        finally:
            connection.scalar(sa.select(sa.func.pg_advisory_unlock(_NAMESPACE, _lock_number(name))))
            connection.commit()
    return True


def _try_lock(name: str) -> sa.Function[bool]:
    return sa.func.pg_try_advisory_lock(_NAMESPACE, _lock_number(name))


def _lock_number(name: str) -> int:
    """A 31-bit number for a name: PostgreSQL's two-key advisory locks take 32-bit integers."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) & 0x7FFFFFFF
