"""Fixtures: every test that stores something runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cases.database import Database, open_database
from tests.servers.postgres import database_url, postgres, upgraded_url
from tests.youban.requests import Run, make_runner

__all__ = ["database_url", "postgres", "upgraded_url"]


@pytest.fixture
def database(upgraded_url: str) -> Iterator[Database]:
    """An open database with all tables, ours and the engine's, empty."""
    opened = open_database(upgraded_url, pool_size=24)
    yield opened
    opened.close()


@pytest.fixture
def engine_database(database: Database) -> Database:
    """The same, for tests that run the engine on it."""
    return database


@pytest.fixture
def youban(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line, run in this process."""
    monkeypatch.delenv("YOUBAN_CONFIG", raising=False)
    monkeypatch.delenv("YOUBAN_DATABASE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    return make_runner(capsys, monkeypatch)
