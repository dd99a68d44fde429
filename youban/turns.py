"""Changing a case that somebody else may be changing too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa

from cases import events, related, store
from cases.database import Database, run_transaction
from domain.cases import CaseStatus
from domain.errors import CaseError

T = TypeVar("T")

_TURNS = 5


def run_turns(database: Database, function: Callable[[sa.Connection], T]) -> T:
    """Run a function in a transaction, again while somebody else changes its case under our hands.

    Two supplements of one case at the same moment: the second reads what the first wrote. Raises: CaseError at last.
    """
    for turn in range(1, _TURNS + 1):
        try:
            return run_transaction(database, function)
        except CaseError:
            if turn == _TURNS:
                raise
    raise AssertionError("unreachable")


def give_to_clerk(connection: sa.Connection, number: str, *, at: datetime, reason: str) -> None:
    """Put a case before a clerk, in the caller's transaction; nothing happens for the number ''.

    Raises: CaseError when somebody else changed it meanwhile.
    """
    if not number:
        return
    case = related.find_case(connection, number)
    if case is not None and case.status is not CaseStatus.TRIAGE:
        store.change_case(connection, case, at=at, status=CaseStatus.TRIAGE)
    events.record_event(connection, number, at=at, what="to-clerk", by="youban", details={"reason": reason})
