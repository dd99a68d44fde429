"""The foreman: the process that all handlers are forked from, so that a new one is there in an instant.

It has read the settings and loaded the code, opened nothing and started no thread: from such a process forking is safe
and costs 5 ms, while a Python of its own would take two seconds of CPU, and all handlers share its memory. The hub asks
through a socket; when that is closed, however the hub ended, the foreman sees the handlers end and goes as well.

    hub -> "spawn" and one end of the handler's channel      hub <- its process id
    hub -> "kill <process id>"                               hub <- "killed"
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path

from config.settings import Settings
from domain.errors import ConfigError
from intake.confinement import ConfinedError
from intake.confinementreport import describe_confinement
from intake.containers.opening import load_libraries
from responders.compose import compile_templates
from youban.handler import run_handler
from youban.logs import configure_logs, get_log
from youban.pictures import prepare_models
from youban.wiring import read_settings

log = get_log(__name__)

LONGEST_REQUEST = 100
FAREWELL_S = 5.0
"""How long handlers may go on with the message in hand once the hub has gone."""


def fork_foreman(settings: Settings, environ: Mapping[str, str]) -> tuple[int, socket.socket]:
    """Fork a foreman from this process, which must have one thread and nothing open; return its id and our end.

    ``environ`` is all that it and its handlers will know of the environment.
    """
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        ours.close()
        os.environ.clear()
        wipe_environment()
        os.environ.update(environ)
        _run_and_exit(settings, theirs)
    theirs.close()
    return pid, ours


def wipe_environment() -> None:
    """Overwrite the block in which the kernel gave this process its environment (proc(5), stat, fields 50 and 51).

    Clearing ``os.environ`` leaves the block as it was: a child that a file has taken over could read the passwords in
    it. Call it only when ``os.environ`` is empty. Where the system does not tell the block, nothing is done.
    """
    with contextlib.suppress(OSError, ValueError, IndexError):
        fields = Path("/proc/self/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        start, end = int(fields[47]), int(fields[48])
        if 0 < start < end:
            ctypes.memset(start, 0, end - start)


def run_foreman(settings: Settings, hub: socket.socket) -> None:
    """Fork handlers as the hub asks until it hangs up, and see them end."""
    # A terminal's Ctrl-C and a service manager's TERM go to the whole group: the hub alone decides when we end.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    # Once for all handlers; the hub, which was forked off or started us, opens its database meanwhile.
    compile_templates()
    load_libraries()
    if settings.pictures.looks:
        prepare_models(settings.pictures.providers, settings.catalogue.kinds)
    _tell_confinement()
    gc.freeze()  # what is never collected is never copied
    handlers: set[int] = set()
    # The hub may be killed at any moment, also while it waits for our answer.
    with contextlib.suppress(ConnectionError):
        _obey(settings, hub, handlers)
    _say_farewell(handlers)


def _obey(settings: Settings, hub: socket.socket, handlers: set[int]) -> None:
    """Do what the hub asks until it hangs up. Raises: ConnectionError when it was killed meanwhile."""
    while True:
        request, fds, *_ = socket.recv_fds(hub, LONGEST_REQUEST, 1)
        _reap(handlers)
        word, _, argument = request.decode().partition(" ")
        if word == "spawn" and fds:
            pid = _spawn(settings, hub, fds[0])
            os.close(fds[0])
            handlers.add(pid)
            hub.sendall(str(pid).encode())
        elif word == "kill":
            # Only our own, and only while it is ours: nobody else can have its number before we have reaped it.
            if int(argument) in handlers:
                os.kill(int(argument), signal.SIGKILL)
            hub.sendall(b"killed")
        else:
            return


def _tell_confinement() -> None:
    """Say in the log what this machine does not keep from a hostile file."""
    try:
        missing = describe_confinement().missing
    except ConfinedError as error:
        missing = (str(error),)
    if missing:
        log.warning("sandbox_incomplete", missing=missing)


def _spawn(settings: Settings, hub: socket.socket, fd: int) -> int:
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            hub.close()
            run_handler(settings, Connection(fd))
            status = 0
        except ConfigError as error:
            log.error("handler_failed", problem=str(error))  # noqa: TRY400 - no traceback for the operator
        finally:
            _leave(status)
    return pid


def _reap(handlers: set[int], *, until: float = 0.0) -> None:
    """Collect the handlers that have ended; until a monotonic time wait for those that have not."""
    while handlers:
        for pid in list(handlers):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                handlers.discard(pid)
                if code := os.waitstatus_to_exitcode(status):
                    log.warning("handler_ended", pid=pid, exit_code=code)
        if time.monotonic() >= until:
            return
        time.sleep(0.01)


def _say_farewell(handlers: set[int]) -> None:
    _reap(handlers, until=time.monotonic() + FAREWELL_S)
    for pid in handlers:
        os.kill(pid, signal.SIGKILL)
    _reap(handlers, until=time.monotonic() + FAREWELL_S)


def _run_and_exit(settings: Settings, hub: socket.socket) -> None:
    try:
        run_foreman(settings, hub)
    finally:
        _leave(0)


def _leave(status: int) -> None:
    """End a forked process: it must never return into the code of the one that it was forked from."""
    if error := sys.exc_info()[1]:
        sys.excepthook(type(error), error, error.__traceback__)
        status = status or 1
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


def _start() -> None:
    """A foreman as a program of its own, for a hub that has threads already."""
    config, number = sys.argv[1:]
    try:
        settings = read_settings(Path(config))
    except ConfigError as error:
        sys.exit(f"foreman: {error}")
    configure_logs(
        as_json=settings.log.format == "json",
        level=settings.log.level,
        own_addresses=settings.catalogue.mailboxes,
    )
    run_foreman(settings, socket.socket(fileno=int(number)))


if __name__ == "__main__":
    _start()
