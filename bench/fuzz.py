"""200,000 broken mails through the reader, on all cores: exceptions, the slowest, the memory.

Nothing but MessageError may come out, none may take 5 s of CPU. ``--scale 0.1`` tries a tenth of them.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.measuring import Options, print_table
from tests.mailmaker.mutate import LIMIT_S, Outcome, find_seeds, make_mutant, try_mutant

COUNT = 200_000
_CHUNK = 500
_SHOWN = 5


@dataclass(slots=True)
class Fuzzing:
    """What came of many mutants; complaints and the slowest by their numbers, which make them again."""

    mutants: int = 0
    refused: int = 0
    size_bytes: int = 0
    cpu_s: float = 0.0
    wall_s: float = 0.0
    peak_mib: float = 0.0
    complaints: Counter[str] = field(default_factory=Counter)
    examples: dict[str, int] = field(default_factory=dict)
    slowest: list[Outcome] = field(default_factory=list)

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Count outcomes in."""
        found = list(outcomes)
        self.mutants += len(found)
        self.refused += sum(o.is_refused for o in found)
        self.size_bytes += sum(o.size_bytes for o in found)
        self.cpu_s += sum(o.cpu_s for o in found)
        self.slowest = sorted((*self.slowest, *found), key=lambda o: -o.cpu_s)[:_SHOWN]
        for outcome in found:
            if outcome.complaint:
                self.complaints[outcome.complaint] += 1
                self.examples.setdefault(outcome.complaint, outcome.number)


def fuzz(count: int, *, first: int = 0, processes: int = 0, limit_s: float = float("inf")) -> Fuzzing:
    """Try mutants from ``first`` on, on so many processes (0: all cores), and stop after ``limit_s`` of wall time."""
    found = Fuzzing()
    started = time.monotonic()
    # Forked before any thread exists; one task in a process's life at a time, so its main thread takes the signal.
    find_seeds()
    with multiprocessing.get_context("fork").Pool(processes or os.cpu_count()) as pool:
        starts = range(first, first + count, _CHUNK)
        chunks = ((start, min(start + _CHUNK, first + count)) for start in starts)
        for outcomes, peak_mib in pool.imap_unordered(_try_chunk, chunks):
            found.add(outcomes)
            found.peak_mib = max(found.peak_mib, peak_mib)
            if time.monotonic() - started > limit_s:
                break
    found.wall_s = time.monotonic() - started
    return found


def _try_chunk(span: tuple[int, int]) -> tuple[list[Outcome], float]:
    outcomes = [try_mutant(number) for number in range(*span)]
    return outcomes, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(options: Options) -> None:
    """Print what came of the mutants."""
    print_fuzzing(options, fuzz(options.count(COUNT)))


def print_fuzzing(options: Options, found: Fuzzing) -> None:
    """Print the figures, the slowest mutants and every complaint with the number that makes it again."""
    rows: list[tuple[object, ...]] = [
        ("mails that are broken", len(find_seeds())),
        ("mutants read", found.mutants),
        ("of them refused in words (MessageError)", found.refused),
        ("exceptions, unforeseen errors", sum(n for c, n in found.complaints.items() if not c.startswith("over"))),
        (f"over {LIMIT_S:g} s of CPU", found.complaints[f"over {LIMIT_S:g} s"]),
        ("CPU ms, mean", found.cpu_s * 1000 / max(1, found.mutants)),
        ("CPU ms, slowest", found.slowest[0].cpu_s * 1000),
        ("KB, mean", found.size_bytes / 1000 / max(1, found.mutants)),
        ("memory of a process at its most, MiB", found.peak_mib),
        ("wall time, s", found.wall_s),
    ]
    print_table(options, "Broken mails through the reader", ("", "figure"), rows)
    slow = [
        (o.number, o.cpu_s * 1000, o.size_bytes / 1000, len(make_mutant(o.number).split(b"\n"))) for o in found.slowest
    ]
    print_table(options, "The slowest", ("mutant", "CPU ms", "KB", "lines"), slow)
    if found.complaints:
        rows = [(complaint, count, found.examples[complaint]) for complaint, count in found.complaints.most_common(20)]
        print_table(options, "What never may happen", ("complaint", "times", "first mutant"), rows)
