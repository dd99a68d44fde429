"""What ``youban check`` found, and the table that shows it: what is wrong comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from domain.errors import ConfigError


class Mark(IntEnum):
    """How a thing stands; the table is in this order."""

    WRONG = 0  # the daemon will not start, or this mailbox will not work
    LOOK = 1  # it works, but somebody should know
    OK = 2


_WORDS = {Mark.WRONG: ("WRONG", "bold red"), Mark.LOOK: ("look", "yellow"), Mark.OK: ("ok", "green")}


@dataclass(frozen=True, slots=True)
class Note:
    """What was seen, and what to do about it ('' where nothing is to be done)."""

    seen: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing tried: what it was, how it stands, what was seen; ``where`` is the file to look at."""

    what: str
    mark: Mark
    notes: tuple[Note, ...]
    where: str = ""


def is_ok(what: str, seen: str) -> Finding:
    """Return the finding that a thing is right."""
    return Finding(what, Mark.OK, (Note(seen),))


def is_wrong(what: str, error: ConfigError, *, home: Path | None = None) -> Finding:
    """Return the finding that something in a file is wrong; ``home`` is the file that needs no path to be known."""
    file = home.name if home is not None and error.file == str(home) else error.file
    seen = f"{error.key}: {error.problem}" if error.key else error.problem
    return Finding(what, Mark.WRONG, (Note(seen, error.hint),), file)


def print_findings(console: Console, findings: Sequence[Finding], *, closing: str) -> None:
    """Print the table, worst first, and below it how many are wrong or else ``closing``."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("checked", overflow="fold", max_width=30)
    table.add_column("seen, and → what to do", overflow="fold")
    for mark in Mark:
        for finding in (f for f in findings if f.mark is mark):
            table.add_row(Text(*_WORDS[mark]), Text(finding.what), _write(finding))
            if mark is not Mark.OK:
                table.add_section()
    console.print(table)
    console.print()
    console.print(_sum_up(findings, closing))


def _write(finding: Finding) -> Text:
    lines: list[Text] = []
    for note in finding.notes:
        lines.append(Text(note.seen))
        if note.todo:
            lines.append(Text(f"→ {note.todo}", style="bold"))
    if finding.where and finding.mark is not Mark.OK:
        lines.append(Text(f"in {finding.where}", style="dim"))
    return Text("\n").join(lines)


def _sum_up(findings: Sequence[Finding], closing: str) -> Text:
    wrong = sum(f.mark is Mark.WRONG for f in findings)
    look = sum(f.mark is Mark.LOOK for f in findings)
    also = f" ({look} to look at)" if look else ""
    if not wrong:
        return Text(f"All is well{also}: {closing}", style="green")
    are = "thing is" if wrong == 1 else "things are"
    return Text(f"{wrong} {are} WRONG{also}. Mend the first, then run `youban check` again.", style="bold red")
