"""``youban --help`` is instant and every command explains itself."""

from __future__ import annotations

import subprocess
import sys

import pytest
import typer

from tests.youban.requests import Run
from youban.cli.app import app

HEAVY = (
    "sqlalchemy",
    "sqlmodel",
    "dbos",
    "alembic",
    "psycopg",
    "pypdfium2",
    "PIL",
    "jinja2",
    "imapclient",
    "aiosmtplib",
)
HEAVY += ("apscheduler", "structlog", "chinese_calendar", "pymap", "aiosmtpd", "asyncio", "config", "intake", "cases")


def list_commands() -> list[tuple[str, ...]]:
    """Return the words of every command."""
    group = typer.main.get_command(app)
    found: list[tuple[str, ...]] = []
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", {})
        found += [(name, each) for each in inner] or [(name,)]
    return found


def test_command_line_is_imported_without_anything_heavy() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, youban.cli; print(*{name.partition('.')[0] for name in sys.modules})"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert sorted(set(told.stdout.split()) & set(HEAVY)) == []


def test_heartbeat_is_asked_for_without_anything_heavy() -> None:
    code = "import sys, youban.cli.heartbeat; print(*{name.partition('.')[0] for name in sys.modules})"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert sorted(set(told.stdout.split()) & (set(HEAVY) - {"config"})) == []


def test_the_commands_are_these() -> None:
    assert list_commands() == [
        ("run",),
        ("demo",),
        ("check",),
        ("explain",),
        ("replay",),
        ("papers",),
        ("ingest",),
        ("cases", "list"),
        ("cases", "show"),
        ("quarantine", "list"),
        ("quarantine", "show"),
        ("quarantine", "retry"),
        ("quarantine", "close"),
        ("examples", "add"),
        ("examples", "check"),
        ("examples", "train"),
        ("db", "upgrade"),
    ]


@pytest.mark.parametrize("words", list_commands(), ids=" ".join)
def test_every_command_has_help_for_itself_and_each_option(youban: Run, words: tuple[str, ...]) -> None:
    ran = youban(*words, "--help")
    assert (ran.code, ran.err) == (0, "")
    command = typer.main.get_command(app)
    for word in words:
        command = command.commands[word]  # type: ignore[attr-defined]
    assert command.help
    assert [p.name for p in command.params if not getattr(p, "help", "") and p.name != "help"] == []


def test_no_command_shows_the_help_and_an_unknown_one_ends_with_2(youban: Run) -> None:
    assert "explain" in youban().out
    assert youban("serve").code == 2


def test_python_m_youban_is_the_same() -> None:
    told = subprocess.run(
        [sys.executable, "-W", "error", "-m", "youban", "--help"], capture_output=True, text=True, check=True
    )
    assert "Usage: " in told.stdout
