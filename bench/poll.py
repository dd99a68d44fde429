"""Kept connections polled while nothing comes: the time of one round over all mailboxes, INBOX and Junk."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import psutil

from bench.measuring import Options, median, print_table
from domain.accounts import Account, Endpoint, Provider, Tls
from intake.imap import ImapSession
from intake.watch import Watcher
from tests.servers.dovecot import DovecotServer

_PATIENCE_S = 120.0
_CLIENTS_PER_PROCESS = 50  # as big providers do; 500 processes would measure this machine's memory
_SIZES = (21, 500)
_THREADS = 8  # the daemon's own number
_NEVER_S = 3600.0


@dataclass(frozen=True, slots=True)
class Round:
    """One poll of all mailboxes: seconds until the last had answered, CPU seconds of this process meanwhile."""

    seconds: float
    cpu_s: float


def measure_rounds(mailboxes: int, *, rounds: int, uses_idle: bool) -> tuple[list[Round], float, int]:
    """Return idle rounds over so many mailboxes, the seconds to connect them all, and bytes of memory for each."""
    addresses = [f"box{number}@bench.example" for number in range(mailboxes)]
    with DovecotServer(addresses, clients_per_process=_CLIENTS_PER_PROCESS) as imap:
        before = psutil.Process().memory_info().rss
        start = time.monotonic()
        with _watching(imap, addresses, uses_idle=uses_idle) as watcher:
            # The first poll finds every folder new; the second finds nothing, and from then on all is idle.
            _poll(watcher)
            connect_s = time.monotonic() - start
            _poll(watcher)
            size_bytes = (psutil.Process().memory_info().rss - before) // mailboxes
            return [_poll(watcher) for _ in range(rounds)], connect_s, size_bytes


def _poll(watcher: Watcher) -> Round:
    """Let every mailbox be polled once and return what that took. Raises: TimeoutError."""
    asked_at = datetime.now(UTC)
    start, cpu = time.monotonic(), time.process_time()
    watcher.poll_now()
    while any(s.last_poll_at is None or s.last_poll_at < asked_at for s in watcher.status()):
        if time.monotonic() > start + _PATIENCE_S:
            raise TimeoutError([s for s in watcher.status() if s.last_error][:3])
        time.sleep(0.02)
    return Round(time.monotonic() - start, time.process_time() - cpu)


@contextmanager
def _watching(imap: DovecotServer, addresses: list[str], *, uses_idle: bool) -> Iterator[Watcher]:
    def note(account: Account) -> None:
        watcher.run(account.mailbox, _take_as_fetched)

    provider = Provider("bench", sends_id=False, uses_idle=uses_idle)
    smtp = Endpoint("127.0.0.1", 25, Tls.NONE)
    now = datetime.now(UTC)
    accounts = [Account(a, a, imap.endpoint(), smtp, provider, now, password=imap.password) for a in addresses]
    watcher = Watcher(accounts, interval_s=_NEVER_S, threads=_THREADS, on_new=note)
    watcher.start()
    try:
        yield watcher
    finally:
        watcher.stop()


def _take_as_fetched(session: ImapSession) -> None:
    session.handled.update(session.poll())


def run(options: Options) -> None:
    """Print one row for each number of mailboxes, without and with IDLE between the polls."""
    rows = []
    for size in _SIZES:
        for uses_idle in (False, True):
            count = options.count(size)
            rounds, connect_s, size_bytes = measure_rounds(count, rounds=max(3, options.runs), uses_idle=uses_idle)
            seconds, cpu_ms = median(r.seconds for r in rounds), median(r.cpu_s for r in rounds) * 1000
            idle = "yes" if uses_idle else "no"
            rows.append((f"{count}", idle, connect_s, seconds, cpu_ms / count, size_bytes / 1024))
    head = ("mailboxes", "IDLE between", "connect all, s", "one round, s", "CPU ms each", "KB each")
    print_table(options, "Idle poll of kept connections (INBOX + Junk)", head, rows)
