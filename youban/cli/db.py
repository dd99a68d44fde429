"""``youban db``."""

from __future__ import annotations

from pathlib import Path

import typer

from cases.upgrade import find_revision, upgrade_database
from youban.engine import upgrade_engine
from youban.wiring import open_store, read_settings


def run_upgrade(config: Path) -> None:
    """Upgrade the tables and say from which revision to which."""
    database = open_store(read_settings(config))
    try:
        before = find_revision(database) or "empty"
        after = upgrade_database(database)
        upgrade_engine(database)
    finally:
        database.close()
    typer.echo(f"database: {before} -> {after}" if before != after else f"database: {after}, nothing to do")
