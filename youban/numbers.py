"""Case numbers set aside before a case is opened.

Taking a number locks the day's counter until the transaction ends. Taken inside the transaction that opens the case,
it would let every handler wait for every other one while a letter is written; so it is taken in one of its own before,
for a batch of messages at once. Numbers that were not needed are kept for the next case of that day; what a killed
process had set aside is missing in the row, which nobody is promised to be without gaps.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from cases import store
from cases.database import Database, run_transaction
from domain.cases import CaseNumber

_MOST_KEPT = 32


@dataclass(slots=True)
class Reserved:
    """A number that a case may take; whoever opens the case says so with ``is_used``."""

    number: CaseNumber
    is_used: bool = False


class Numbers:
    """The case numbers that this process has set aside."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[tuple[str, date], list[CaseNumber]] = {}

    @contextmanager
    def reserve(self, prefix: str, day: date, *, ahead: int) -> Iterator[Reserved]:
        """Yield a number of a day for a case; kept for the next one when it is not used.

        ``ahead`` is how many messages wait, this one included: so many numbers are set aside when none is left.
        An exception leaves open whether a commit used the number, so it is given up.
        """
        kept = self._kept.get((prefix, day))
        if not kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            taken = run_transaction(self._database, lambda c: store.next_numbers(c, prefix, day, count=ahead))
            kept = self._kept[prefix, day] = list(taken)
        reserved = Reserved(kept.pop(0))
        yield reserved
        if not reserved.is_used:
            kept.insert(0, reserved.number)
