"""``youban run``."""

from __future__ import annotations

from pathlib import Path

from youban.daemon import Daemon
from youban.logs import configure_logs
from youban.wiring import read_settings


def run(config: Path) -> None:
    """Run the daemon until a signal. Raises: ConfigError."""
    settings = read_settings(config)
    configure_logs(
        as_json=settings.log.format == "json",
        level=settings.log.level,
        own_addresses=settings.catalogue.mailboxes,
    )
    Daemon(settings).run_until_signal()
