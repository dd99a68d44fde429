"""What happened to a case, in order: the trail a clerk and an auditor read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from cases.tables import EVENTS

_RECORD = sa.insert(EVENTS)
_FIND = sa.select(EVENTS).where(EVENTS.c.case_number == sa.bindparam("number")).order_by(EVENTS.c.id)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened (经办记录): one word for what, by whom ("youban" or a clerk), and its details."""

    at: datetime
    what: str
    by: str
    details: Mapping[str, Any] = field(default_factory=dict)


def record_event(
    conn: sa.Connection, case: str, *, at: datetime, what: str, by: str, details: Mapping[str, Any] | None = None
) -> None:
    """Add an event to a case."""
    record_events(conn, case, (Event(at, what, by, details or {}),))


def record_events(conn: sa.Connection, case: str, events: Sequence[Event]) -> None:
    """Add events to a case, in order, in one statement."""
    if events:
        conn.execute(
            _RECORD,
            [{"case_number": case, "at": e.at, "what": e.what, "by": e.by, "details": dict(e.details)} for e in events],
        )


def find_events(conn: sa.Connection, case: str) -> tuple[Event, ...]:
    """Return the events of a case, the first one first."""
    return tuple(Event(row.at, row.what, row.by, row.details) for row in conn.execute(_FIND, {"number": case}))
