"""What every bench needs: a table, a median, a sampled process, and the machine's name in the output."""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version

import psutil
import pytest
from rich.console import Console
from rich.table import Table

Skipped = pytest.skip.Exception
"""Raised by the test servers where a Debian package is absent; a bench that meets it is left out."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says: where to print, how often to repeat, and a share of the full sizes."""

    console: Console
    runs: int = 3
    scale: float = 1.0

    def count(self, full: int) -> int:
        """Return a full size scaled down, at least 1."""
        return max(1, round(full * self.scale))


@dataclass(frozen=True, slots=True)
class Sample:
    """A process and its children at one moment: CPU seconds spent since their births."""

    at: float
    cpu_s: float


def take_sample(process: psutil.Process) -> Sample:
    """Return how a process stands now, with its children."""
    spent = 0.0
    for one in (process, *process.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            times = one.cpu_times()
            spent += times.user + times.system
    return Sample(time.monotonic(), spent)


def measure_memory(process: psutil.Process) -> int:
    """Return the bytes that a process and its children hold; what they share counts once (proc(5), Pss)."""
    held = 0
    for one in (process, *process.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            held += one.memory_full_info().pss
    return held


def median(values: Iterable[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def measure_cpu_ms(work: Callable[[], object], *, times: int, runs: int) -> float:
    """Return the median CPU milliseconds of the whole process for one call, over ``runs`` of ``times`` calls."""
    found = []
    for _ in range(runs):
        start = time.process_time()
        for _ in range(times):
            work()
        found.append((time.process_time() - start) * 1000 / times)
    return median(found)


def describe_machine() -> str:
    """Return cores, load, speed and versions: what a figure means nothing without."""
    load = os.getloadavg()[0]
    loop_ms = measure_cpu_ms(lambda: sum(number * number for number in range(1_000_000)), times=1, runs=5)
    return (
        f"{os.cpu_count()} cores, load {load:.1f} at the start, a million rounds of a Python loop in {loop_ms:.0f} ms, "
        f"Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, dbos {version('dbos')}, SQLAlchemy {version('sqlalchemy')}"
    )


def print_table(options: Options, title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under a title; numbers to three digits, to the right."""
    table = Table(title=title, title_justify="left")
    for place, name in enumerate(head):
        table.add_column(name, justify="right" if place else "left")
    for row in rows:
        table.add_row(*(_write(cell) for cell in row))
    options.console.print(table)


def _write(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.3g}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
