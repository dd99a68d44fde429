"""Counts the statements that a database is sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from cases.database import Database


@contextmanager
def count_queries(database: Database) -> Iterator[list[str]]:
    """Yield a list that gets every statement executed meanwhile, BEGIN left out."""
    statements: list[str] = []

    def listen(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", listen)
    yield statements
    sa.event.remove(database.engine, "before_cursor_execute", listen)
