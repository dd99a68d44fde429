"""mbsync (Debian's isync) over the same mailboxes: C, one connection at a time, fsync - the measure for real mails."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from bench.house import MAILBOXES, full_mailboxes
from bench.mails import Mail

_ACCOUNT = """
IMAPAccount box{number}
Host 127.0.0.1
Port {port}
User {address}
Pass {password}
{tls} None
AuthMechs LOGIN

IMAPStore far{number}
Account box{number}

MaildirStore near{number}
Path {folder}/{number}/
Inbox {folder}/{number}/INBOX

Channel box{number}
Far :far{number}:
Near :near{number}:
Patterns INBOX
Sync Pull
Create Near
SyncState *
"""


def measure_mbsync(mails: list[Mail]) -> float:
    """Return the messages a second at which mbsync brings the mails of all mailboxes home, each written with fsync.

    Skips where mbsync is not installed.
    """
    if shutil.which("mbsync") is None:
        pytest.skip("needs Debian's isync")
    tls = "TLSType" if _is_new() else "SSLType"
    with full_mailboxes(mails) as imap, tempfile.TemporaryDirectory(prefix="youban-bench-") as name:
        folder = Path(name)
        text = "FSync yes\n"
        for number, address in enumerate(MAILBOXES):
            (folder / str(number)).mkdir()
            text += _ACCOUNT.format(
                number=number, port=imap.port, address=address, password=imap.password, folder=folder, tls=tls
            )
        (folder / "mbsyncrc").write_text(text, encoding="utf-8")
        start = time.monotonic()
        done = subprocess.run(
            ["mbsync", "-q", "-c", folder / "mbsyncrc", "-a"], capture_output=True, text=True, check=False
        )
        seconds = time.monotonic() - start
        came = sum(1 for _ in folder.glob("*/INBOX/new/*")) + sum(1 for _ in folder.glob("*/INBOX/cur/*"))
        if came != len(mails):
            raise RuntimeError(f"mbsync brought {came} of {len(mails)} mails: {done.stderr[-500:]}")
    return len(mails) / seconds


def _is_new() -> bool:
    """Whether this is isync 1.5 or later, which renamed SSLType."""
    said = subprocess.run(["mbsync", "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in said.split()[1].split(".")[:2]) >= (1, 5)
