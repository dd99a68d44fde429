"""Opens what strangers sent in a forked child that can do nothing but compute and answer.

The child has no files but Python's own libraries, no network, no other process, little memory and little time; what it
answers has a small strict format, never a pickle. A hostile file costs its child, not the daemon.
"""

from __future__ import annotations

import errno
import functools
import gc
import json
import math
import os
import re
import resource
import select
import signal
import socket
import struct
import sysconfig
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

from domain.errors import MessageError
from domain.mail import Unopened
from intake.landlock import (
    build_call_filter,
    close_files_except,
    find_landlock_abi,
    give_up_privileges,
    has_seccomp,
    restrict_calls,
    restrict_files,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a confined function found: facts that JSON can say, and whole files or long texts as bytes.

    Whoever uses it must look at every type and size in ``facts``: a child that was taken over says what it likes.
    """

    facts: object = None
    blobs: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Confinement:
    """How far a confined function may go. ``memory_bytes`` is on top of what the parent has mapped already.

    A scratch folder is the only place it may write, files up to ``scratch_file_bytes`` each; the caller makes and
    removes it. ``facts_bytes`` is smaller than ``result_bytes`` because JSON takes up to 25 times its size in memory.
    """

    memory_bytes: int = 1024**3
    cpu_s: int = 10
    wall_s: float = 15.0
    result_bytes: int = 128 * 1024**2
    facts_bytes: int = 2 * 1024**2
    blobs: int = 1000
    open_files: int = 64
    scratch: Path | None = None
    scratch_file_bytes: int = 128 * 1024**2
    allows_threads: bool = False


class Breach(StrEnum):
    """How a confined function ended instead of answering."""

    WALL_TIME = "wall-time"
    CPU_TIME = "cpu-time"
    MEMORY = "memory"
    CRASH = "crash"
    FORBIDDEN = "forbidden"
    """It asked for a file, a connection or a call that it may not have."""
    FAILED = "failed"
    """It raised an exception."""
    RESULT_TOO_LARGE = "result-too-large"
    BROKEN_ANSWER = "broken-answer"
    UNAVAILABLE = "unavailable"
    """The machine could not start or confine it: the file has not been looked at."""


_WORDS = {
    Breach.WALL_TIME: "打开文件用时超过 {wall_s:.0f} 秒，已停止，文件可能有害",
    Breach.CPU_TIME: "打开文件的计算时间超过 {cpu_s} 秒，已停止，文件可能有害",
    Breach.MEMORY: "打开文件所需内存超过 {memory_mb} MB，已停止，文件可能有害",
    Breach.CRASH: "打开文件时程序崩溃，文件可能已损坏或有害",
    Breach.FORBIDDEN: "打开文件时有被禁止的操作，已停止，文件可能有害",
    Breach.FAILED: "文件内容无法解析，可能已损坏",
    Breach.RESULT_TOO_LARGE: "文件展开后超过 {result_mb} MB，未采用",
    Breach.BROKEN_ANSWER: "打开文件的程序没有给出可信的结果，文件可能有害",
    Breach.UNAVAILABLE: "本机暂时无法启动隔离程序，文件尚未打开，请稍后重试",
}
_UNOPENED = {Breach.FAILED: Unopened.DAMAGED, Breach.RESULT_TOO_LARGE: Unopened.TOO_LARGE, Breach.UNAVAILABLE: None}


class ConfinedError(MessageError):
    """A confined function gave no answer: caught, one file is marked unopened; not caught, one message is quarantined.

    Args:
        breach: how it ended.
        limits: the limits that held.
        detail: the name of the exception or signal, '' when there is none.
    """

    def __init__(self, breach: Breach, limits: Confinement, *, detail: str = "") -> None:
        self.breach = breach
        self.detail = detail
        words = _WORDS[breach].format(
            wall_s=limits.wall_s,
            cpu_s=limits.cpu_s,
            memory_mb=limits.memory_bytes // 2**20,
            result_mb=limits.result_bytes // 2**20,
        )
        super().__init__(f"{words}（{detail}）" if detail else words)

    @property
    def unopened(self) -> Unopened | None:
        """What it says about the file; None when the machine is to blame and the message should be tried again."""
        return _UNOPENED.get(self.breach, Unopened.HOSTILE)


DEFAULT_CONFINEMENT = Confinement()


def run_confined(function: Callable[[], Outcome], *, limits: Confinement = DEFAULT_CONFINEMENT) -> Outcome:
    """Run a function in a confined child process of its own, and return its outcome.

    Only for a process without other threads: a lock that another thread holds stays locked in the child for ever.
    Modules that the function needs are best imported before, once: what is imported in the child is lost with it.

    Raises: ConfinedError when it broke a limit, failed, died, or said something that is no outcome.
    """
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
        breach, outcome = _read_answer(_Answer(read_end, deadline, limits), limits)
    except _NoAnswerError:
        ended, child = child, -1
        raise _judge(*_end(ended), limits) from None
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
        raise ConfinedError(breach, limits, detail=_plain_name(outcome.facts))
    return outcome


# The parent: read what comes, believe nothing, wait for no one.


class _NoAnswerError(Exception):
    """The pipe was closed before an answer was complete."""


class _Answer:
    """What comes through the pipe, until a monotonic time."""

    def __init__(self, end: int, deadline: float, limits: Confinement) -> None:
        self._end = end
        self._deadline = deadline
        self._limits = limits
        self._poll = select.poll()
        self._poll.register(end, select.POLLIN)

    def take(self, size: int) -> bytes:
        """Return exactly so many bytes; memory is taken as they come, not as they are promised."""
        chunks: list[bytes] = []
        while size > 0:
            chunk = self._read(min(size, 2**20))
            if not chunk:
                raise _NoAnswerError
            chunks.append(chunk)
            size -= len(chunk)
        return b"".join(chunks)

    def is_over(self) -> bool:
        return not self._read(1)

    def _read(self, size: int) -> bytes:
        left = self._deadline - time.monotonic()
        if left <= 0 or not self._poll.poll(math.ceil(left * 1000)):
            raise ConfinedError(Breach.WALL_TIME, self._limits)
        return os.read(self._end, size)


# Magic, how it ended (an index of Breach; 255 is well), bytes of JSON, number of blobs; then the blobs' sizes,
# the JSON, the blobs.
_HEADER = struct.Struct("<4sBII")
_MAGIC, _WELL = b"YBA1", 255
_ENDS = tuple(Breach)


def _read_answer(answer: _Answer, limits: Confinement) -> tuple[Breach | None, Outcome]:
    """Return how the child says it ended (None is well) and its outcome.

    Raises: ConfinedError when it is no answer, too large or too late, _NoAnswerError when it stops in between.
    """
    magic, end, facts_size, count = _HEADER.unpack(answer.take(_HEADER.size))
    if magic != _MAGIC or (end != _WELL and end >= len(_ENDS)):
        raise ConfinedError(Breach.BROKEN_ANSWER, limits)
    if facts_size > limits.facts_bytes or count > limits.blobs:
        raise ConfinedError(Breach.RESULT_TOO_LARGE, limits)
    sizes = struct.unpack(f"<{count}Q", answer.take(8 * count))
    if facts_size + sum(sizes) > limits.result_bytes:
        raise ConfinedError(Breach.RESULT_TOO_LARGE, limits)
    try:
        facts = _read_facts(answer.take(facts_size))
    except (ValueError, RecursionError):
        raise ConfinedError(Breach.BROKEN_ANSWER, limits) from None
    outcome = Outcome(facts, tuple(answer.take(size) for size in sizes))
    if not answer.is_over():
        raise ConfinedError(Breach.BROKEN_ANSWER, limits)
    return None if end == _WELL else _ENDS[end], outcome


def _read_facts(encoded: bytes) -> object:
    """Return strict JSON: no key twice, no NaN, whole numbers of 64 bits, no half of a surrogate pair.

    Raises: ValueError, RecursionError.
    """
    text = encoded.decode()
    facts: object = json.loads(
        text, object_pairs_hook=_read_object, parse_int=_read_int, parse_float=_read_float, parse_constant=_refuse
    )
    if re.search(r"\\u[dD][89a-fA-F]", text):  # rare: our own child does not escape
        json.dumps(facts, ensure_ascii=False).encode()
    return facts


def _read_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a key stands twice")
    return read


def _read_int(digits: str) -> int:
    if len(digits) > 20 or not -(2**63) <= int(digits) < 2**63:
        raise ValueError("a number has more than 64 bits")
    return int(digits)


def _read_float(digits: str) -> float:
    if not math.isfinite(number := float(digits)):
        raise ValueError("a number is infinite")
    return number


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _plain_name(facts: object) -> str:
    return facts if isinstance(facts, str) and re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,63}", facts) else ""


def _judge(status: int, used_s: float, limits: Confinement) -> ConfinedError:
    if not os.WIFSIGNALED(status):
        return ConfinedError(Breach.BROKEN_ANSWER, limits)
    killer = os.WTERMSIG(status)
    if killer == signal.SIGXCPU or (killer == signal.SIGKILL and used_s >= limits.cpu_s):
        return ConfinedError(Breach.CPU_TIME, limits)
    if killer == signal.SIGKILL:  # the kernel, which had no memory left
        return ConfinedError(Breach.MEMORY, limits)
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
        return _encode_end(Breach.UNAVAILABLE, error)
    try:
        return _encode_outcome(function(), limits)
    except MemoryError:
        return _encode_end(Breach.MEMORY)
    except ImportError as error:  # a library that is not installed, or not where it may be read
        return _encode_end(Breach.UNAVAILABLE, error)
    except OSError as error:
        return _encode_end(Breach.FORBIDDEN if error.errno in _FORBIDDEN else Breach.FAILED, error)
    except BaseException as error:  # noqa: BLE001 - SystemExit and KeyboardInterrupt are as good as any
        return _encode_end(Breach.FAILED, error)


_FORBIDDEN = (errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EFBIG, errno.EMFILE)
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


def _encode_outcome(outcome: Outcome, limits: Confinement) -> list[bytes]:
    facts = json.dumps(outcome.facts, ensure_ascii=False, allow_nan=False).encode()
    size = len(facts) + sum(map(len, outcome.blobs))
    if len(facts) > limits.facts_bytes or size > limits.result_bytes or len(outcome.blobs) > limits.blobs:
        return _encode_end(Breach.RESULT_TOO_LARGE)
    sizes = struct.pack(f"<{len(outcome.blobs)}Q", *map(len, outcome.blobs))
    return [_HEADER.pack(_MAGIC, _WELL, len(facts), len(outcome.blobs)) + sizes + facts, *outcome.blobs]


def _encode_end(breach: Breach, error: BaseException | None = None) -> list[bytes]:
    # Only the kind of error: its text may hold what stands in the file.
    facts = json.dumps("" if error is None else type(error).__name__).encode()
    return [_HEADER.pack(_MAGIC, _ENDS.index(breach), len(facts), 0) + facts]


def _send(write_end: int, parts: Iterable[bytes]) -> None:
    for part in parts:
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(write_end, rest) :]


# What this machine gives: tried, not believed.


@dataclass(frozen=True, slots=True)
class ConfinementReport:
    """What this machine really keeps from a confined child; ``missing`` says in words what it does not."""

    landlock_abi: int
    has_seccomp: bool
    missing: tuple[str, ...]

    def __str__(self) -> str:
        landlock = f"Landlock {self.landlock_abi}" if self.landlock_abi else "no Landlock"
        fences = f"resource limits, {landlock}, {'seccomp' if self.has_seccomp else 'no seccomp'}"
        return f"{fences}; a hostile file is not kept in: {'; '.join(self.missing)}" if self.missing else fences


def describe_confinement() -> ConfinementReport:
    """Try in a confined child what a hostile file would try, and return what this machine keeps from it.

    Raises: ConfinedError when no child can be confined here.
    """
    facts = run_confined(_try_forbidden).facts
    open_ways = facts if isinstance(facts, list) else []
    missing = tuple(words for way, (_, words) in _ATTEMPTS.items() if way in open_ways)
    return ConfinementReport(landlock_abi=find_landlock_abi(), has_seccomp=has_seccomp(), missing=missing)


def _try_forbidden() -> Outcome:
    return Outcome([way for way, (attempt, _) in _ATTEMPTS.items() if _is_open(attempt)])


def _is_open(attempt: Callable[[], None]) -> bool:
    try:
        attempt()
    except OSError as error:
        return error.errno not in (*_FORBIDDEN, errno.EAGAIN)  # "refused" is the answer of a network that was reached
    except MemoryError:
        return False
    return True


def _try_memory() -> None:
    bytearray(2 * DEFAULT_CONFINEMENT.memory_bytes)  # asked for, not touched


def _try_file() -> None:
    os.close(os.open("/etc/passwd", os.O_RDONLY))


def _try_tcp() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.connect(("127.0.0.1", 1))


def _try_udp() -> None:
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()


def _try_process() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


_ATTEMPTS: dict[str, tuple[Callable[[], None], str]] = {
    "memory": (_try_memory, "it could take all the memory (Linux limits it)"),
    "file": (_try_file, "it could read what this user may read (Landlock of Linux 5.13 forbids it)"),
    "tcp": (_try_tcp, "it could open connections (Landlock of Linux 6.7 or seccomp forbids it)"),
    "udp": (_try_udp, "it could send datagrams (seccomp forbids it)"),
    "process": (_try_process, "it could start processes (seccomp forbids it, or run as another user than root)"),
}
