"""``youban check --heartbeat``: is the daemon alive? Asked every minute by a container, so it imports little."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import typer

from config.settings import load_settings
from youban.cli.exits import EXIT_FAILED
from youban.heartbeat import find_heartbeat, heartbeat_file, is_alive


def run_heartbeat(config: Path) -> int:
    """Return 0 when a daemon with these settings is alive, 1 when not; say which on one line. Raises: ConfigError."""
    settings = load_settings(config, os.environ)
    beaten_at = find_heartbeat(settings)
    if beaten_at is None:
        typer.echo(f"no heartbeat in {heartbeat_file(settings)}: the daemon has not started")
        return EXIT_FAILED
    now = datetime.now(UTC)
    word = "alive" if is_alive(beaten_at, now) else "dead or stuck: look at its log, start it again"
    typer.echo(f"{word}; last heartbeat {(now - beaten_at).total_seconds():.0f} s ago")
    return 0 if is_alive(beaten_at, now) else EXIT_FAILED
