"""``youban run`` as a process of its own, as an operator has it: started, read by its log, stopped, killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.acceptance.nursery import Born, Nursery
from tests.acceptance.waiting import wait_until

READY_S = 60.0
STOP_S = 30.0
_TROUBLE = frozenset({"error", "critical"})


class RunningDaemon:
    """A daemon on a settings file whose ``[log] format`` is ``json``. Start, stop and start it again at will.

    Args:
        settings_file: the youban.toml.
        environ: variables besides our own, for example ``YOUBAN_DATABASE``.
        nursery: where the process is forked; without one it is a Python of its own.
    """

    def __init__(
        self, settings_file: Path, *, environ: Mapping[str, str] | None = None, nursery: Nursery | None = None
    ) -> None:
        self.settings_file = settings_file
        self.environ = {**os.environ, **(environ or {})}
        self.log_file = settings_file.with_name("daemon.log")
        self._nursery = nursery
        self._process: subprocess.Popen[bytes] | Born | None = None

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process and return when its log says that it is ready. Raises: AssertionError if it ends first."""
        before = len(self.events("daemon_ready"))
        self.begin()
        try:
            wait_until(
                lambda: not self.is_running or len(self.events("daemon_ready")) > before,
                "daemon_ready in the log",
                timeout_s=READY_S,
            )
            assert self.is_running, f"the daemon did not start:\n{self._tail()}"
        except BaseException:
            self.kill()
            raise

    def begin(self) -> None:
        """Start the process and return at once."""
        assert not self.is_running
        self._process = self._begin(["run", "--config", str(self.settings_file)])

    def _begin(self, arguments: list[str]) -> subprocess.Popen[bytes] | Born:
        if self._nursery is not None:
            log = str(self.log_file)
            return Born(self._nursery, {"arguments": arguments, "environ": self.environ, "out": log, "err": log})
        with self.log_file.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "youban", *arguments],
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def stop(self) -> None:
        """End it by SIGTERM, as systemd and Docker do, and assert that it went in order and without complaint."""
        self.terminate()
        self.wait_until_stopped()

    def terminate(self) -> None:
        """Send SIGTERM and return at once."""
        assert self._process is not None
        assert self.is_running, f"the daemon had ended by itself:\n{self._tail()}"
        self._process.send_signal(signal.SIGTERM)

    def wait_until_stopped(self) -> None:
        """Wait for the end that a SIGTERM asked for, and assert that it was in order."""
        assert self._process is not None
        try:
            code = self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"the daemon did not stop within {STOP_S:g} s:\n{self._tail()}") from None
        assert code == 0, f"exit code {code}:\n{self._tail()}"
        assert self.complaints() == [], "the log must hold no error"

    def kill(self) -> None:
        """End it by SIGKILL: no handler runs, nothing is flushed."""
        if self._process is not None:
            if self.is_running:
                self._process.kill()
            self._process.wait()

    def events(self, event: str = "") -> list[dict[str, Any]]:
        """Return the log's lines (of one event word, or all); a line that is no JSON comes as event ``raw``."""
        lines = self.log_file.read_text(encoding="utf-8").splitlines() if self.log_file.exists() else []
        found = [_read_line(line) for line in lines if line.strip()]
        return [line for line in found if not event or line["event"] == event]

    def complaints(self) -> list[dict[str, Any]]:
        """Return what stands in the log at ERROR or above, and what was written past it (warnings, tracebacks)."""
        return [line for line in self.events() if line.get("level") in _TROUBLE or line["event"] == "raw"]

    def _tail(self) -> str:
        return "\n".join(str(line) for line in self.events()[-20:])


def _read_line(line: str) -> dict[str, Any]:
    try:
        values = json.loads(line)
    except ValueError:
        values = None
    return values if isinstance(values, dict) and "event" in values else {"event": "raw", "line": line}
