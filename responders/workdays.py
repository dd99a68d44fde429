"""Working days as the State Council orders them (国务院办公厅放假安排), so that a promise can be a date.

The only file that imports chinese_calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar


@dataclass(frozen=True, slots=True)
class Closures:
    """Days that the operator knows better than the library: a later order, a local closing (config/calendar/*.toml)."""

    closed: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Promise:
    """The last day of a promised term. ``is_provisional``: some day on the way was judged by its weekday alone."""

    on: date
    is_provisional: bool = False


def add_working_days(start: date, days: int, *, calendar: Closures) -> Promise:
    """Return the day on which a term of working days ends; the day of receipt itself is not counted.

    A weekend made a working day (调休) counts. In a year whose order is not known yet, Monday to
    Friday count and the promise is provisional: it is never guessed silently.

    Raises: ValueError when ``days`` is negative.
    """
    if days < 0:
        raise ValueError(f"working days cannot be negative: {days}")
    day, is_provisional = start, False
    while days > 0:
        day += timedelta(days=1)
        is_working, is_known = _judge_day(day, calendar)
        is_provisional = is_provisional or not is_known
        days -= is_working
    return Promise(day, is_provisional)


def _judge_day(day: date, calendar: Closures) -> tuple[bool, bool]:
    """Whether a day is a working day, and whether that is known rather than assumed."""
    if day in calendar.closed:
        return False, True
    if day in calendar.working:
        return True, True
    try:
        return bool(chinese_calendar.is_workday(day)), True  # type: ignore[no-untyped-call]
    except NotImplementedError:  # the library's word for a year without an order
        return day.weekday() < 5, False
