"""From full mailboxes to every message decided, and to every letter sent: rate, CPU for a message, memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bench.house import MAILBOXES, House, full_mailboxes
from bench.mails import LIGHT, REAL, Mail, Profile, make_mails
from bench.mbsync import measure_mbsync
from bench.measuring import Options, Skipped, median, print_table
from tests.servers.postgres import start_postgres

_PATIENCE_S = 300.0


@dataclass(frozen=True, slots=True)
class Flow:
    """One run: seconds and CPU seconds from the first mailbox reached; memory of all its processes in bytes."""

    messages: int
    decided_s: float
    decided_cpu_s: float
    sent_s: float
    sent_cpu_s: float
    memory_bytes: int
    complaints: int


def measure_flow(mails: list[Mail], *, database: str = "") -> Flow:
    """Fill the mailboxes, start the daemon, and return how the mails went through it."""
    with full_mailboxes(mails) as imap, House(imap, database=database) as house:
        start = house.wait_for_start()
        decided = house.wait_until_decided(len(mails), timeout_s=_PATIENCE_S)
        sent = house.wait_until_sent(timeout_s=_PATIENCE_S)
        return Flow(
            messages=len(mails),
            decided_s=decided.at - start.at,
            decided_cpu_s=decided.cpu_s - start.cpu_s,
            sent_s=sent.at - start.at,
            sent_cpu_s=sent.cpu_s - start.cpu_s,
            memory_bytes=house.memory_bytes(),
            complaints=len(house.complaints()),
        )


def run(options: Options) -> None:
    """Print rate and CPU of both profiles on both databases, mbsync's rate beside them, and growth to ten times."""
    server = start_postgres()
    try:
        rows: list[tuple[object, ...]] = []
        for profile in (LIGHT, REAL):
            rows += _measure_profile(options, profile, {"SQLite": lambda: "", "PostgreSQL": server.fresh_database})
    finally:
        server.stop()
    head = ("mails", "by", "decided/s", "of mbsync", "CPU ms", "cores", "sent/s", "CPU ms", "MB", "complaints")
    title = f"From full mailboxes to decided, and to all letters sent (median of {options.runs})"
    print_table(options, title, head, rows)


def _measure_profile(
    options: Options, profile: Profile, databases: Mapping[str, Callable[[], str]]
) -> Iterator[tuple[object, ...]]:
    mails = list(make_mails(profile, MAILBOXES, count=options.count(profile.count)))
    # Before and after, because the machine may be busier at one end of the run than at the other.
    yardsticks = [_try_mbsync(options, mails)]
    found: dict[str, list[Flow]] = {name: [] for name in databases}
    for _ in range(options.runs):
        for name, make_url in databases.items():
            found[name].append(measure_flow(mails, database=make_url()))
        yardsticks.append(_try_mbsync(options, mails))
    mbsync = median(yardsticks)
    yield (f"{len(mails)} {profile.name}", "mbsync", mbsync or "-", "100 %", *[""] * 6)
    for name, flows in found.items():
        rate = median(f.messages / f.decided_s for f in flows)
        yield (
            f"{len(mails)} {profile.name}",
            name,
            rate,
            f"{100 * rate / mbsync:.0f} %" if mbsync else "-",
            median(1000 * f.decided_cpu_s / f.messages for f in flows),
            median(f.decided_cpu_s / f.decided_s for f in flows),
            median(f.messages / f.sent_s for f in flows),
            median(1000 * f.sent_cpu_s / f.messages for f in flows),
            median(f.memory_bytes for f in flows) / 1e6,
            sum(f.complaints for f in flows),
        )


def _try_mbsync(options: Options, mails: list[Mail]) -> float:
    try:
        return measure_mbsync(mails)
    except Skipped as reason:
        options.console.print(f"mbsync is left out: {reason}")
        return 0.0
