"""What this machine really keeps from a hostile file: tried in a confined child, not believed."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass

from intake.confinement import DEFAULT_CONFINEMENT, Outcome
from intake.landlock import find_landlock_abi
from intake.sandbox import FORBIDDEN, run_confined
from intake.seccomp import has_seccomp


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
        return error.errno not in (*FORBIDDEN, errno.EAGAIN)  # "refused" is the answer of a network that was reached
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
