"""A ceiling on memory while a decoder runs that asks for what the file tells it to."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PAGE_BYTES = resource.getpagesize()
_UNKNOWN_BYTES = 512 * 2**20  # where /proc is closed: more than a forked worker holds by itself


@contextmanager
def bounded_memory(extra_bytes: int) -> Iterator[None]:
    """Let this process take at most so much more private memory; beyond it MemoryError is raised.

    RLIMIT_DATA counts private mappings since Linux 4.7. It binds the whole process: meant for one thread.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    ceiling = _taken_bytes() + extra_bytes
    for bound in (soft, hard):
        if bound != resource.RLIM_INFINITY:
            ceiling = min(ceiling, bound)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (ceiling, hard))
    try:
        yield
    finally:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _taken_bytes() -> int:
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * _PAGE_BYTES
    except (OSError, ValueError, IndexError):
        return _UNKNOWN_BYTES
