"""Reads the days that an agency knows better than the State Council's calendar: closings, and extra working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from config.toml import Table, read_toml
from domain.errors import ConfigError

SHIPPED_CALENDAR = Path(__file__).parent / "calendar"


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """Days on which the counter is closed although they are working days, and the other way round."""

    closed: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()


def load_calendar(folder: Path = SHIPPED_CALENDAR) -> CalendarDays:
    """Return the days of all TOML files in a folder.

    Raises:
        ConfigError: an unknown key, a value that is no date, or a day that stands in two entries.
    """
    if not folder.is_dir():
        raise ConfigError(str(folder), "", "there is no such folder")
    days: dict[str, dict[date, str]] = {"closure": {}, "workday": {}}
    for path in sorted(folder.glob("*.toml")):
        root = read_toml(path)
        root.expect(days)
        for kind, found in days.items():
            for table in root.tables(kind, named_by="date"):
                day = _read_day(table)
                for other in days.values():
                    if day in other:
                        raise table.error("date", f"{day} stands there twice", f"also at {other[day]}")
                found[day] = f"{path}: {table.key}"
    return CalendarDays(frozenset(days["closure"]), frozenset(days["workday"]))


def _read_day(table: Table) -> date:
    table.expect(("date", "reason"))
    table.text("reason")
    return table.day("date")
