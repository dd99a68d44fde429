"""INSERT … ON CONFLICT for both databases: SQLAlchemy has it per dialect, the counter writes it once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

Insert = sqlite.Insert | postgresql.Insert


class Upsert:
    """A statement built once for each database; ``build`` gets that database's INSERT into ``table``."""

    def __init__(self, table: sa.Table, build: Callable[[Any], sa.Executable]) -> None:
        self._by_dialect = {
            "sqlite": build(sqlite.insert(table)),
            "postgresql": build(postgresql.insert(table)),
        }

    def on(self, connection: sa.Connection) -> sa.Executable:
        """Return the statement for a connection's database."""
        return self._by_dialect[connection.dialect.name]
