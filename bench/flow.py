"""From full mailboxes to every message decided, and to every letter sent: rate, CPU for a message, memory."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.house import MAILBOXES, House, full_mailboxes
from bench.mails import LIGHT, REAL, Mail, Profile, make_mails
from bench.mbsync import measure_mbsync
from bench.measuring import Options, median, print_table
from tests.servers.postgres import start_postgres

_PATIENCE_S = 300.0


@dataclass(frozen=True, slots=True)
class Flow:
    """One run: seconds and CPU seconds from the first mailbox reached; memory of the daemon in bytes."""

    messages: int
    decided_s: float
    decided_cpu_s: float
    sent_s: float
    sent_cpu_s: float
    end_bytes: int
    peak_bytes: int
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
            end_bytes=sent.rss_bytes,
            peak_bytes=house.peak_bytes(),
            complaints=len(house.complaints()),
        )
