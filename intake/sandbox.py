"""Opens what strangers sent in a forked child that can do nothing but compute and answer.

The child has no files but Python's own libraries, no network, no other process, little memory and little time; what it
answers has a small strict format, never a pickle. A hostile file costs its child, not the daemon.
"""

from __future__ import annotations

import errno
import functools
import gc
import logging
import os
import resource
import signal
import sysconfig
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import structlog

from intake.confinedanswers import Answer, NoAnswerError, encode_end, encode_outcome, plain_name, read_answer
from intake.confinement import DEFAULT_CONFINEMENT, Breach, ConfinedError, Confinement, Outcome
from intake.landlock import close_files_except, give_up_privileges, restrict_files
from intake.seccomp import build_call_filter, restrict_calls

# Through the standard library, which keeps it from the output of a command that has configured no logs.
log: structlog.stdlib.BoundLogger = structlog.wrap_logger(logging.getLogger(__name__))

DYING_S = 3.0
"""So long a child that closed the pipe without an answer may take to be dead, before we take it for alive."""


def run_confined(function: Callable[[], Outcome], *, limits: Confinement = DEFAULT_CONFINEMENT) -> Outcome:
    """Run a function in a confined child process of its own, and return its outcome.

    Only for a process without other threads: a lock that another thread holds stays locked in the child for ever.
    Modules that the function needs are best imported before, once: what is imported in the child is lost with it.

    Raises: ConfinedError when it broke a limit, failed, died, or said something that is no outcome; the log has the
    name of the exception or signal.
    """
    try:
        return _run(function, limits)
    except ConfinedError as error:
        log.info("confined_ended", breach=error.breach.value, detail=error.detail)
        raise


def _run(function: Callable[[], Outcome], limits: Confinement) -> Outcome:
    deadline = time.monotonic() + limits.wall_s
    call_filter = build_call_filter(allows_threads=limits.allows_threads)
    legacy = _Legacy(os.getpid(), _library_places(), call_filter)
    child = read_end = write_end = -1
    try:
        read_end, write_end = os.pipe()
        # No signal may be handled in the child before it has forgotten the parent's handlers: one that raises would
        # bring the child back into the parent's code.
        unblocked = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        try:
            child = os.fork()
            if child == 0:
                try:
                    _send(write_end, _answer(function, limits, legacy=legacy, write_end=write_end))
                finally:
                    # In the frame of the fork, where even a full stack lets it be called: the child never comes back
                    # into the parent's code, runs no atexit, flushes nothing that the parent has buffered.
                    os._exit(0)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, unblocked)
        os.close(write_end)
        write_end = -1
        breach, outcome = read_answer(Answer(read_end, deadline, limits), limits)
    except NoAnswerError:
        has_died = _has_died(child)
        ended, child = child, -1
        raise _judge(*_end(ended), limits, has_died=has_died) from None
    except OSError as error:
        detail = errno.errorcode.get(error.errno or 0, "")
        raise ConfinedError(Breach.UNAVAILABLE, limits, detail=detail) from error
    finally:
        for end in (read_end, write_end):
            if end >= 0:
                os.close(end)
        if child > 0:
            _end(child)
    if breach is not None:
        raise ConfinedError(breach, limits, detail=plain_name(outcome.facts))
    return outcome


def _has_died(child: int) -> bool:
    """Return whether a child whose pipe is closed ends by itself: one that lives on closed it to seem dead."""
    until = time.monotonic() + DYING_S
    while time.monotonic() < until:
        try:
            if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
                return True
        except ChildProcessError:  # the parent ignores SIGCHLD: the kernel has buried it
            return True
        time.sleep(0.002)
    return False


def _judge(status: int, used_s: float, limits: Confinement, *, has_died: bool) -> ConfinedError:
    if not has_died or not os.WIFSIGNALED(status):  # what lived on died of our own signal, which tells nothing
        return ConfinedError(Breach.BROKEN_ANSWER, limits)
    killer = os.WTERMSIG(status)
    if killer == signal.SIGXCPU or (killer == signal.SIGKILL and used_s >= limits.cpu_s):
        return ConfinedError(Breach.CPU_TIME, limits)
    if killer == signal.SIGKILL:
        # Nobody's but the machine's, which had no memory left (proc(5), oom_score): over a limit of its own an
        # allocation fails in the child, which may signal nobody (seccomp), and we have not signalled it yet. The mail
        # is tried again; not for ever, even if it is this file that takes the memory each time (``HELD_FOR``).
        return ConfinedError(Breach.KILLED, limits)
    return ConfinedError(Breach.CRASH, limits, detail=_SIGNAL_NAMES.get(killer, ""))


_SIGNAL_NAMES = {number.value: number.name for number in signal.Signals}  # the real-time ones between have none


def _end(child: int) -> tuple[int, float]:
    """Kill a child with all it may have started; return its status (wait(2)) and seconds of CPU when it is gone.

    A child that is dying keeps the status it dies of.
    """
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)
    try:
        _, status, usage = os.wait4(child, 0)
    except ChildProcessError:  # the parent ignores SIGCHLD: the kernel has buried it
        return 0, 0.0
    return status, usage.ru_utime + usage.ru_stime


# The child: give everything up, then run, and answer.


@dataclass(frozen=True, slots=True)
class _Legacy:
    """What is found out once, before the fork: whom the child ends with, what it may read and call."""

    parent: int
    places: tuple[Path, ...]
    call_filter: bytes | None


def _answer(function: Callable[[], Outcome], limits: Confinement, *, legacy: _Legacy, write_end: int) -> list[bytes]:
    """Confine this process, run the function, return the parts of the answer. Whatever is raised is an answer too."""
    try:
        _confine(limits, legacy, write_end=write_end)
    except Exception as error:  # noqa: BLE001 - not confined, not run
        return encode_end(Breach.UNAVAILABLE, error)
    try:
        return encode_outcome(function(), limits)
    except MemoryError:
        return encode_end(Breach.MEMORY)
    except ImportError as error:  # a library that is not installed, or not where it may be read
        return encode_end(Breach.UNAVAILABLE, error)
    except OSError as error:
        return encode_end(Breach.FORBIDDEN if error.errno in FORBIDDEN else Breach.FAILED, error)
    except BaseException as error:  # noqa: BLE001 - SystemExit and KeyboardInterrupt are as good as any
        return encode_end(Breach.FAILED, error)


FORBIDDEN = (errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EFBIG, errno.EMFILE)
_FATAL = {signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGABRT}


def _confine(limits: Confinement, legacy: _Legacy, *, write_end: int) -> None:
    """Give up every file, signal handler, limit and right of the parent. Raises: OSError when the kernel refuses."""
    os.setsid()
    give_up_privileges()
    if os.getppid() != legacy.parent:  # it ended before we asked to end with it
        os._exit(0)
    for number in signal.valid_signals() - {signal.SIGXFSZ}:  # ignored: a write over its limit is then a plain error
        # What faulthandler has set for the fatal ones is not known to getsignal.
        if number in _FATAL or signal.getsignal(number) not in {signal.SIG_DFL, None}:
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    gc.freeze()  # else the collector visits, and so copies, all that the parent holds
    null = os.open(os.devnull, os.O_RDWR)
    for standard in {0, 1, 2} - {write_end}:  # a parent without standard files may have the pipe there
        os.dup2(null, standard)
    # The write end keeps its number: no object of the parent's believes it owns it.
    close_files_except(write_end)
    os.chdir(limits.scratch or "/")
    mapped = _mapped_bytes()
    if mapped is not None:
        _limit(resource.RLIMIT_AS, mapped + limits.memory_bytes)
    _limit(resource.RLIMIT_CPU, limits.cpu_s, grace=1)
    _limit(resource.RLIMIT_FSIZE, limits.scratch_file_bytes if limits.scratch else 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, limits.open_files)
    if not limits.allows_threads:
        _limit(resource.RLIMIT_NPROC, 0)
    restrict_files(readable=legacy.places, scratch=limits.scratch)
    if legacy.call_filter is not None:
        restrict_calls(legacy.call_filter)


def _limit(kind: int, most: int, *, grace: int = 0) -> None:
    _, hard = resource.getrlimit(kind)
    wanted = most + grace
    hard = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(kind, (min(most, hard), hard))


def _mapped_bytes() -> int | None:
    """Return how much address space this process has; None where the system does not say (and does not limit it)."""
    try:
        statm = os.open("/proc/self/statm", os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        return int(os.read(statm, 100).split()[0]) * resource.getpagesize()
    finally:
        os.close(statm)


@functools.cache
def _library_places() -> tuple[Path, ...]:
    """Return what the child may read: Python's and the system's libraries and our own code, for late imports.

    Codecs, plug-ins of Pillow and shared libraries are loaded when they are first needed. The folder that our packages
    stand in is not among them: the settings may lie there.
    """
    python = {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    ours = {Path(__file__).parents[1] / name for name in ("intake", "domain")}
    system = {Path(place) for place in ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache")}
    asked_by_py7zr = {Path("/proc/meminfo")}
    return tuple(sorted({place.resolve() for place in python | ours | system | asked_by_py7zr}))


def _send(write_end: int, parts: Iterable[bytes]) -> None:
    for part in parts:
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(write_end, rest) :]
