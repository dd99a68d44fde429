"""Every test of the store runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from cases.database import Database, open_database
from tests.servers.postgres import database_url, postgres, upgraded_url

__all__ = ["database_url", "postgres", "upgraded_url"]


@pytest.fixture
def database(upgraded_url: str) -> Iterator[Database]:
    """An open database with all our tables, empty."""
    opened = open_database(upgraded_url, pool_size=10)
    yield opened
    opened.close()


@pytest.fixture
def conn(database: Database) -> Iterator[sa.Connection]:
    """A connection in one write transaction."""
    with database.write() as connection:
        yield connection
