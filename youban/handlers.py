"""The hub's handler processes: asked, replaced when they die, ended.

Reading, deciding and writing a mail is Python that no second thread makes faster, so it is done in processes beside
the hub. And whatever a mail does to the process that reads it - a crash, a loop without end, all the memory - it does
to one that is replaced; a mail that does it twice is set aside for a clerk.
"""

from __future__ import annotations

import json
import os
import queue
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from config.settings import Settings
from domain.errors import ConfigError, YoubanError
from domain.mail import MessageKey
from youban.foreman import FAREWELL_S, LONGEST_REQUEST, fork_foreman
from youban.handler import READY
from youban.logs import get_log

log = get_log(__name__)

START_S = 120.0
"""A foreman or handler that is not ready after this long never will be."""
MESSAGE_S = 300.0
"""No message takes this long; whoever does not answer is killed."""
RUSH = 4
"""With more batches than this waiting for each handler, letters give way to mails that nobody has looked at."""
DEATHS = 2
"""A mail in whose handling so many processes died is set aside: once may have been the machine's fault."""


class HandlerLostError(Exception):
    """A handler died, or hung and was killed."""


class UnhandledError(YoubanError):
    """Some messages of a batch could not be handled now: the database was away, or no process could be started."""


class Handlers:
    """A fixed number of handler processes. ``handle`` may be called from many threads; each waits for a free one.

    ``give_up(key)`` sets a message aside that no process survives. Made in a process without other threads, the
    foreman is forked from it; otherwise it is a Python of its own, which reads the settings anew.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        environ: Mapping[str, str],
        give_up: Callable[[MessageKey], None],
    ) -> None:
        self._foreman = _Foreman(settings, environ)
        self._handlers = [_Handler(self._foreman) for _ in range(settings.engine.handlers)]
        self._idle: queue.SimpleQueue[_Handler] = queue.SimpleQueue()
        self._give_up = give_up
        self._lock = threading.Lock()
        self._waiting = 0

    @property
    def is_rush(self) -> bool:
        """Whether so many batches wait that it will take seconds to decide them."""
        return self._waiting > RUSH * len(self._handlers)

    def start(self) -> None:
        """Start the processes and wait until each is ready. Raises: ConfigError when one is not."""
        try:
            for handler in self._handlers:
                handler.spawn()
            for handler in self._handlers:
                handler.wait_ready()
        except (OSError, HandlerLostError) as exc:
            self.stop()
            hint = "what it said stands above; `youban check` looks at the settings"
            raise ConfigError("youban.toml", "engine.handlers", f"no handler process: {exc}", hint) from exc
        for handler in self._handlers:
            self._idle.put(handler)

    def handle(self, keys: Sequence[MessageKey]) -> Iterator[int]:
        """Handle messages in their order and yield each letter that waits to be sent, as soon as it is committed.

        Raises: UnhandledError at the end when some are still without a fate.
        """
        left, deaths, troubles = list(keys), Counter[MessageKey](), list[str]()
        while left:
            handler = self._take()
            try:
                for answer in handler.ask(tuple(left)):
                    left.pop(0)
                    if "letter" in answer:
                        yield answer["letter"]
                    elif "trouble" in answer:
                        troubles.append(answer["trouble"])
            except HandlerLostError as lost:
                key = left[0]
                log.warning("handler_lost", mailbox=key.mailbox, uid=key.uid, problem=str(lost))
                deaths[key] += 1
                if deaths[key] >= DEATHS:
                    self._give_up(left.pop(0))
            finally:
                self._idle.put(handler)
        if troubles:
            raise UnhandledError(f"{len(troubles)} of {len(keys)} messages still wait: {troubles[0]}")

    def _take(self) -> _Handler:
        with self._lock:
            self._waiting += 1
        try:
            return self._idle.get()
        finally:
            with self._lock:
                self._waiting -= 1

    def stop(self) -> None:
        """Let each finish the message in hand, within ``FAREWELL_S`` together, and end them all."""
        for handler in self._handlers:
            handler.hang_up()
        self._foreman.dismiss()


class _Foreman:
    """The hub's line to its foreman; a new one is engaged when the old one is gone."""

    def __init__(self, settings: Settings, environ: Mapping[str, str]) -> None:
        self._settings = settings
        self._environ = environ
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self._pid = 0
        self._program: subprocess.Popen[bytes] | None = None
        if threading.active_count() == 1:
            self._pid, self._line = fork_foreman(settings, environ)

    def spawn(self) -> tuple[int, Connection]:
        """Return a new handler's process id and the channel to it. Raises: OSError."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                pid = int(self._ask(b"spawn", theirs.fileno()))
            except BaseException:
                ours.close()
                raise
        return pid, Connection(ours.detach())

    def kill(self, pid: int) -> None:
        """End a handler that does not answer; one whose foreman has gone ends by itself if it ever finishes."""
        self._ask(f"kill {pid}".encode())

    def dismiss(self) -> None:
        """Let the foreman see its handlers end, and go."""
        with self._lock:
            self._hang_up()
            self._see_off()

    def _ask(self, request: bytes, *fds: int) -> bytes:
        with self._lock:
            if self._line is not None:
                try:
                    return self._exchange(self._line, request, fds)
                except OSError as exc:
                    log.warning("foreman_lost", problem=str(exc))
                    self._hang_up()
                    self._see_off()
            return self._exchange(self._engage(), request, fds)

    @staticmethod
    def _exchange(line: socket.socket, request: bytes, fds: Sequence[int]) -> bytes:
        socket.send_fds(line, [request], fds)
        if answer := line.recv(LONGEST_REQUEST):
            return answer
        raise ConnectionError("the foreman of the handlers has ended")

    def _engage(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        ours.settimeout(START_S)
        with theirs:
            number = theirs.fileno()
            self._program = subprocess.Popen(
                [sys.executable, "-m", "youban.foreman", str(self._settings.file), str(number)],
                env=dict(self._environ),
                pass_fds=(number,),
                stdin=subprocess.DEVNULL,
            )
        self._line = ours
        return ours

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _see_off(self) -> None:
        if self._program is not None:
            self._program.wait(3 * FAREWELL_S)
            self._program = None
        if self._pid:
            os.waitpid(self._pid, 0)
            self._pid = 0


class _Handler:
    """One place for a handler; who sits there may change."""

    def __init__(self, foreman: _Foreman) -> None:
        self._foreman = foreman
        self._pid = 0
        self._channel: Connection | None = None
        self._is_stopping = False

    def spawn(self) -> None:
        self._pid, self._channel = self._foreman.spawn()

    def wait_ready(self) -> None:
        if self._receive(START_S) != READY:
            raise HandlerLostError("a handler process spoke out of turn")

    def ask(self, keys: Sequence[MessageKey]) -> Iterator[dict[str, Any]]:
        """Yield the answers for some messages. Raises: HandlerLostError, and has a new process for the next time."""
        self._revive()
        assert self._channel is not None
        is_done = False
        try:
            self._channel.send_bytes(json.dumps([[k.mailbox, k.folder, k.uidvalidity, k.uid] for k in keys]).encode())
            for _ in keys:
                yield json.loads(self._receive(MESSAGE_S))
            is_done = True
        except (OSError, ValueError) as exc:
            raise HandlerLostError(f"a handler process was lost ({type(exc).__name__})") from exc
        finally:
            if not is_done:
                # Lost, or whoever asked has gone and would leave its answers to the next one.
                self._dismiss()

    def hang_up(self) -> None:
        """Take no more work: the process ends by itself."""
        self._is_stopping = True
        if self._channel is not None:
            self._channel.close()

    def _revive(self) -> None:
        if self._is_stopping:
            raise UnhandledError("the daemon is stopping")
        if self._channel is not None:
            if not self._channel.poll():
                return
            # Nobody asked anything: this is its end, and no mail's fault.
            self._dismiss()
        try:
            self.spawn()
            self.wait_ready()
        except (OSError, HandlerLostError) as exc:
            # Says nothing about the message: it waits, and a sweep tries again.
            self._dismiss()
            raise UnhandledError(f"no handler process could be started: {exc}") from exc

    def _receive(self, timeout_s: float) -> bytes:
        assert self._channel is not None
        try:
            if self._channel.poll(timeout_s):
                return self._channel.recv_bytes()
        except (EOFError, OSError) as exc:
            raise HandlerLostError("a handler process ended") from exc
        with suppress(OSError):
            self._foreman.kill(self._pid)
        raise HandlerLostError(f"a handler process did not answer for {timeout_s:.0f} s and was killed")

    def _dismiss(self) -> None:
        if self._channel is not None:
            self._channel.close()
            self._channel = None
