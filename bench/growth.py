"""Ten times the mails: the rate and the memory of the daemon on the way, which must stay where they were."""

from __future__ import annotations

from bench.house import MAILBOXES, House, full_mailboxes
from bench.mails import LIGHT, make_mails
from bench.measuring import Options, print_table

_TIMES = 10
_PATIENCE_S = 1800.0


def run(options: Options) -> None:
    """Print rate and memory at each tenth of the way."""
    step = options.count(LIGHT.count)
    mails = make_mails(LIGHT, MAILBOXES, count=_TIMES * step)
    rows: list[tuple[object, ...]] = []
    with full_mailboxes(mails) as imap, House(imap) as house:
        last = house.wait_for_start()
        rows.append((0, "", "", house.memory_bytes() / 1e6))
        for tenth in range(1, _TIMES + 1):
            now = house.wait_until_decided(tenth * step, timeout_s=_PATIENCE_S)
            cpu_ms = (now.cpu_s - last.cpu_s) * 1000 / step
            rows.append((tenth * step, step / (now.at - last.at), cpu_ms, house.memory_bytes() / 1e6))
            last = now
    print_table(options, "Growth (light mails, SQLite)", ("decided", "a second", "CPU ms", "MB"), rows)
