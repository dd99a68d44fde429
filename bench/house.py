"""A daemon to measure: Dovecot with full mailboxes before it, an SMTP sink behind it, a process of its own between."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Self

import psutil
import sqlalchemy as sa

from bench.mails import Mail
from bench.measuring import Sample, measure_memory, take_sample
from bench.sink import SmtpSink
from cases.database import open_database
from cases.tables import LEDGER, REPLIES
from cases.upgrade import upgrade_database
from config.catalogue import load_catalogue
from config.settings import DATABASE_VARIABLE
from tests.servers.dovecot import DovecotServer
from youban.demo.sandbox import Sandbox

MAILBOXES = load_catalogue().mailboxes
# Older mail is never answered, and these mailboxes were filled before the daemon first saw them.
_LONG_AGO = "2020-01-01T00:00:00"
_LOOK_S = 0.1


@contextmanager
def full_mailboxes(mails: Iterable[Mail]) -> Iterator[DovecotServer]:
    """Yield a fresh Dovecot that holds the mails; nobody has looked at them yet, so nothing is cached."""
    with DovecotServer(MAILBOXES) as imap:
        for mail in mails:
            imap.deliver(mail.mailbox, mail.raw)
        yield imap


class House:
    """The daemon as its own process: its CPU and memory are its alone.

    ``database`` is a PostgreSQL URL, or '' for a SQLite file; ``settings`` are further tables of youban.toml. Used as
    a ``with`` block; the process ends with it.
    """

    def __init__(
        self, imap: DovecotServer, *, database: str = "", settings: Mapping[str, Mapping[str, Any]] | None = None
    ) -> None:
        self._imap = imap
        self._database = database
        # The sandbox polls every second, so that tests are quick; what is measured polls as it is shipped.
        usual = {"log": {"format": "json"}, "poll": {"interval_s": 20.0}, "pictures": {"looks": False}}
        self._settings = {**usual, **(settings or {})}
        self._exit = ExitStack()

    def __enter__(self) -> Self:
        folder = Path(self._exit.enter_context(tempfile.TemporaryDirectory(prefix="youban-bench-")))
        box = Sandbox(
            folder,
            mailboxes=MAILBOXES,
            imap=self._imap,
            database=self._database,
            settings=self._settings,
            overrides={address: {"starts_at": _LONG_AGO} for address in MAILBOXES},
        )
        box.smtp = SmtpSink()  # type: ignore[assignment]  # the sandbox's own costs as much CPU as the daemon's sending
        self._exit.enter_context(box)
        url = self._database or f"sqlite:///{folder}/var/youban.db"
        self.database = open_database(url, pool_size=2)
        self._exit.callback(self.database.close)
        upgrade_database(self.database)
        self._log = folder / "log"
        environ = {**os.environ, **({DATABASE_VARIABLE: url} if self._database else {})}
        with self._log.open("wb") as output:
            self._process = psutil.Popen(
                [sys.executable, "-m", "youban", "run", "--config", str(box.settings_file)],
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        self._exit.callback(self._end)
        return self

    def __exit__(self, *_: object) -> None:
        self._exit.close()

    def sample(self) -> Sample:
        """Return how the daemon stands now. Raises: RuntimeError when it has ended."""
        if self._process.poll() is not None:
            raise RuntimeError(f"the daemon ended: {self._log.read_text()[-2000:]}")
        return take_sample(self._process)

    def wait_for_start(self, *, timeout_s: float = 30.0) -> Sample:
        """Return the sample at which the first mailbox was reached: fetching begins."""
        until = time.monotonic() + timeout_s
        while time.monotonic() < until:
            if b"mailbox_connected" in self._log.read_bytes():
                return self.sample()
            time.sleep(0.01)
        raise TimeoutError(f"the daemon reached no mailbox: {self._log.read_text()[-2000:]}")

    def count(self) -> tuple[int, int, int]:
        """Return how many messages were fetched, how many of them decided, and how many letters are still to send."""
        fates = sa.select(sa.func.count(), sa.func.count().filter(LEDGER.c.fate != "waiting")).select_from(LEDGER)
        unsent = sa.select(sa.func.count()).where(REPLIES.c.state != "sent")
        with self.database.read() as connection:
            fetched, decided = connection.execute(fates).one()
            return fetched, decided, connection.scalar(unsent) or 0

    def wait_until_decided(self, count: int, *, timeout_s: float) -> Sample:
        """Return the sample at which ``count`` messages have their fate. Raises: TimeoutError."""
        return self._wait(lambda: self.count()[1] >= count, f"{count} decided", timeout_s)

    def wait_until_sent(self, *, timeout_s: float) -> Sample:
        """Return the sample at which no letter waits. Raises: TimeoutError."""
        return self._wait(lambda: self.count()[2] == 0, "all letters sent", timeout_s)

    def memory_bytes(self) -> int:
        """Return the memory of the daemon with its handlers."""
        return measure_memory(self._process)

    def complaints(self) -> list[str]:
        """Return the events of the log that are not information."""
        lines = (json.loads(line) for line in self._log.read_text().splitlines() if line.startswith("{"))
        return [str(line.get("event")) for line in lines if line.get("level") not in {"info", "debug"}]

    def _wait(self, is_done: Callable[[], bool], what: str, timeout_s: float) -> Sample:
        until = time.monotonic() + timeout_s
        while time.monotonic() < until:
            if is_done():
                return self.sample()
            if self._process.poll() is not None:
                break
            time.sleep(_LOOK_S)
        raise TimeoutError(f"not {what} after {timeout_s:.0f} s: {self.count()}; {self.complaints()[-5:]}")

    def _end(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
