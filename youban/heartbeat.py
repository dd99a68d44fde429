"""The daemon's sign of life: a file that says when it last beat. Light to import: containers ask for it often."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from config.settings import Settings

HEARTBEAT_S = 10.0
"""So often the daemon beats."""
MOST_MISSED = 6
"""After so many missed beats it counts as dead: a machine that swaps may be slow, and is not helped by a restart."""


def heartbeat_file(settings: Settings) -> Path:
    """Return the file that a living daemon writes every HEARTBEAT_S seconds."""
    return settings.data_dir / "heartbeat"


def write_heartbeat(settings: Settings, at: datetime) -> None:
    """Write down that the daemon lives. Whoever reads meanwhile sees the old beat or this one, never half of it."""
    path = heartbeat_file(settings)
    fresh = path.with_suffix(".new")
    fresh.write_text(f"{at.isoformat()}\n", encoding="ascii")
    fresh.replace(path)


def find_heartbeat(settings: Settings) -> datetime | None:
    """Return when the daemon last beat, None when it never did."""
    try:
        return datetime.fromisoformat(heartbeat_file(settings).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None


def is_alive(beaten_at: datetime | None, now: datetime) -> bool:
    """Whether a beat is recent enough."""
    return beaten_at is not None and (now - beaten_at).total_seconds() < MOST_MISSED * HEARTBEAT_S
