"""Which tables are ours."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from cases.tables import Base


def is_ours(name: str | None, type_: str, _parents: MutableMapping[Any, str | None]) -> bool:
    """Whether Alembic may look at a thing: never at the engine's tables, which stand in the same SQLite file."""
    return type_ != "table" or name in Base.metadata.tables
