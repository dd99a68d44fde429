"""Where daemons and commands are born: forked from a process that has imported everything.

Python's imports are two of the three seconds of CPU that a start takes, and a kill during them proves nothing. What is
forked is ``youban`` as its command line begins it, a process of its own that is killed like any other.

``python -m tests.acceptance.nursery`` answers requests, a line of JSON each:

    {"arguments": ["run", …], "environ": {…}, "out": "file", "err": "file"}  -> a process id
    {"poll": <process id>}                                                    -> its exit code, null while it lives
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.acceptance.waiting import wait_until

_END_S = 30.0
_COMMAND_S = 60.0


class Nursery:
    """The process that forks; ends its children with itself."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.acceptance.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, request: dict[str, Any]) -> Any:
        """Return the answer to a request."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(request), file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())

    def run(self, arguments: Sequence[str], environ: Mapping[str, str]) -> str:
        """Run a command to its end and return what it prints. Raises: CalledProcessError."""
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder) / "out", Path(folder) / "err"
            born = Born(self, {"arguments": [*arguments], "environ": {**environ}, "out": str(out), "err": str(err)})
            code = born.wait(_COMMAND_S)
            said = out.read_text(encoding="utf-8")
            if code:
                raise subprocess.CalledProcessError(code, ["youban", *arguments], said, err.read_text("utf-8"))
            return said

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


class Born:
    """A process that a nursery forked, handled like a ``Popen``."""

    def __init__(self, nursery: Nursery, request: dict[str, Any]) -> None:
        self._nursery = nursery
        self._pid: int = nursery.ask(request)
        self._code: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, None while it lives."""
        if self._code is None:
            self._code = self._nursery.ask({"poll": self._pid})
        return self._code

    def wait(self, timeout: float = _END_S) -> int:
        """Return the exit code when it has ended. Raises: TimeoutExpired."""
        try:
            wait_until(lambda: self.poll() is not None, "the end", timeout_s=timeout)
        except TimeoutError as exc:
            raise subprocess.TimeoutExpired("youban run", timeout) from exc
        assert self._code is not None
        return self._code

    def send_signal(self, number: int) -> None:
        """Send a signal. Its number stays its own until it was polled."""
        if self.poll() is None:
            os.kill(self._pid, number)

    def kill(self) -> None:
        """Send SIGKILL."""
        self.send_signal(signal.SIGKILL)


def _serve() -> None:
    # What the children need; nothing is opened and no thread started.
    import youban.cli.run  # noqa: F401
    from intake.containers.opening import load_libraries
    from responders.compose import compile_templates

    load_libraries()
    compile_templates()
    gc.freeze()  # what is never collected is never copied
    children: set[int] = set()
    for line in sys.stdin:
        request = json.loads(line)
        if "poll" in request:
            ended, status = os.waitpid(request["poll"], os.WNOHANG)
            children.discard(ended)
            answer = os.waitstatus_to_exitcode(status) if ended else None
        else:
            sys.stdout.flush()
            answer = os.fork()
            if answer == 0:
                _become(request)
            children.add(answer)
        print(json.dumps(answer), flush=True)
    for child in children:
        os.kill(child, signal.SIGKILL)


def _become(request: dict[str, Any]) -> None:
    """Be ``youban`` with the request's arguments, to the end."""
    from youban.cli import main

    code = 1
    try:
        ours = [os.open(os.devnull, os.O_RDONLY)]
        ours += (os.open(request[to], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600) for to in ("out", "err"))
        for theirs, number in enumerate(ours):
            os.dup2(number, theirs)
        os.closerange(3, max(ours) + 1)
        os.environ.clear()
        os.environ.update(request["environ"])
        sys.argv = ["youban", *request["arguments"]]
        main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # what it says is read from its log
        sys.excepthook(*sys.exc_info())
    finally:
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
