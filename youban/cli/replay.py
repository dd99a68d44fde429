"""``youban replay``: past mail decided by the present catalogue and by a changed one; what differs is printed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import typer

from cases.archive import read_handled
from config.catalogue import load_catalogue
from config.settings import PictureSettings, Settings
from config.toml import hint_nearest
from domain.catalogue import Catalogue
from domain.errors import ConfigError, MessageError
from domain.papers import Paper
from intake.reader import ReadMail
from youban.cli.exits import EXIT_FAILED
from youban.cli.stored import open_stored
from youban.explainer import Explainer
from youban.pictures import Memory, SeePapers, build_sight
from youban.sources import Source, read_sources
from youban.wiring import open_raw_store, read_settings, utc_now

COMPARED = ("item", "scenario", "missing", "decision", "right_mailbox")
"""What is compared of a decision, by the keys of ``explain --json``."""
UNSERVED = "unserved"
"""The decision where the catalogue does not publish the mailbox."""

_Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What shall be compared: the changed catalogue (``new`` or ``agencies``), the present one, which mails.

    ``is_present_default`` tells that nobody named the present settings file: then it need not be there.
    """

    new: Path | None
    agencies: tuple[Path, ...]
    present: Path
    is_present_default: bool = True
    mailbox: str = ""
    since: str = ""
    looks: bool = True


@dataclass(frozen=True, slots=True)
class _Past:
    """A past mail: ``case`` is its number, '' when it has none or nobody knows; ``mailbox`` '' = read from To."""

    source: Source
    mailbox: str
    case: str = ""


@dataclass(frozen=True, slots=True)
class _NoKeeping(Memory):
    """What was seen before is recalled, and nothing is written down."""

    def keep(self, sha256: str, facts: object) -> None:
        """Keep nothing."""


def run_replay(paths: Sequence[Path], asked: Asked, *, as_json: bool) -> int:
    """Print what the changed catalogue would decide otherwise; return the exit code. Raises: ConfigError, CaseError."""
    if bool(asked.new) == bool(asked.agencies):
        raise typer.BadParameter(
            "name the changed catalogue: a settings file with --config, or its files with --agency"
        )
    if paths and asked.since:
        raise typer.BadParameter("--since chooses among the mails received; files are taken as they are named")
    since = _read_day(asked.since)
    changed = read_settings(asked.new).catalogue if asked.new else load_catalogue(list(asked.agencies))
    is_shipped = bool(paths) and asked.is_present_default and not asked.present.exists()
    settings = None if is_shipped else read_settings(asked.present)
    present = settings.catalogue if settings else load_catalogue()
    _check_mailbox(asked.mailbox, present, changed)
    mails = 0
    differing: Counter[str] = Counter()
    with ExitStack() as stack:
        if paths or settings is None:
            memory = None
            past: Iterator[_Past] = (_Past(source, asked.mailbox) for source in read_sources(paths))
        else:
            database = stack.enter_context(open_stored(settings))
            memory = _NoKeeping(database, utc_now)
            past = _read_archive(settings, memory, since, mailbox=asked.mailbox)
        pictures = settings.pictures if settings else PictureSettings()
        pictures = replace(pictures, looks=pictures.looks and asked.looks)
        before, after = _build_explainers(present, changed, pictures, memory)
        for mail in past:
            mails += 1
            told = _compare(mail, before, after)
            if differences := [key for key in COMPARED if told[0][key] != told[1][key]]:
                differing.update([*differences, ""])
                _print_difference(mail, told, differences, as_json=as_json)
    _print_totals(mails, differing, as_json=as_json)
    return EXIT_FAILED if differing else 0


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as exc:
        raise typer.BadParameter(f"--since {text} is no day such as 2020-02-10") from exc


def _check_mailbox(mailbox: str, *catalogues: Catalogue) -> None:
    if mailbox and not any(catalogue.find_office(mailbox) for catalogue in catalogues):
        hint = hint_nearest(mailbox, [m for catalogue in catalogues for m in catalogue.mailboxes])
        raise ConfigError("--mailbox", "", f"{mailbox} is published by no agency, before or after", hint)


def _read_archive(settings: Settings, memory: Memory, since: date | None, *, mailbox: str) -> Iterator[_Past]:
    """Yield the mails that the daemon decided; one whose bytes are gone is told and passed by."""
    raw = open_raw_store(settings)
    start = datetime.combine(since, time(), tzinfo=settings.timezone) if since else None
    for handled in read_handled(memory.database, since=start):
        if mailbox and handled.key.mailbox.lower() != mailbox.lower():
            continue
        try:
            source = Source(str(handled.key), raw.read(handled.sha256))
        except MessageError as exc:
            typer.echo(f"{handled.key} is left out: {exc}", err=True)
            continue
        yield _Past(source, handled.key.mailbox, handled.case)


def _build_explainers(
    present: Catalogue, changed: Catalogue, pictures: PictureSettings, memory: Memory | None
) -> tuple[tuple[Catalogue, Explainer], tuple[Catalogue, Explainer]]:
    see = build_sight(pictures, present.kinds, memory=memory)
    if present.kinds == changed.kinds:
        # What a picture shows hangs on the kinds of paper alone: each is looked at once for both.
        see = other = _remember_last(see)
    else:
        other = build_sight(pictures, changed.kinds, memory=memory)
    return (present, Explainer(present, see)), (changed, Explainer(changed, other))


def _remember_last(see: SeePapers) -> SeePapers:
    last: list[tuple[object, tuple[Paper, ...]]] = []

    def look(mail: ReadMail) -> tuple[Paper, ...]:
        if not last or last[0][0] != mail.message:
            last[:] = [(mail.message, see(mail))]
        return last[0][1]

    return look


def _compare(mail: _Past, *by: tuple[Catalogue, Explainer]) -> tuple[_Told, ...]:
    """Return what each catalogue decides. Raises: ConfigError when neither publishes the mailbox of a file's mail."""
    told: list[_Told] = []
    problem: ConfigError | None = None
    for catalogue, explainer in by:
        if mail.mailbox and catalogue.find_office(mail.mailbox) is None:
            told.append(_tell_unserved())
            continue
        try:
            told.append(_pick(explainer.explain(mail.source, mailbox=mail.mailbox).as_json()))
        except ConfigError as error:
            told.append(_tell_unserved())
            problem = error
    if problem is not None and not mail.mailbox and all(one["decision"] == UNSERVED for one in told):
        raise problem
    return tuple(told)


def _tell_unserved() -> _Told:
    return {"item": "none", "scenario": None, "missing": [], "decision": UNSERVED, "right_mailbox": []}


def _pick(values: _Told) -> _Told:
    # In what order they stand means nothing.
    picked = {key: values[key] for key in COMPARED}
    return picked | {"missing": sorted(picked["missing"]), "right_mailbox": sorted(picked["right_mailbox"])}


def _print_difference(mail: _Past, told: Sequence[_Told], differences: Sequence[str], *, as_json: bool) -> None:
    before, after = told
    if as_json:
        values = {"mail": mail.source.name, "case": mail.case or None, "changed": differences}
        typer.echo(json.dumps({**values, "before": before, "after": after}, ensure_ascii=False))
        return
    typer.echo(f"{mail.case}  {mail.source.name}" if mail.case else mail.source.name)
    for key in differences:
        typer.echo(f"    {key}: {_say(before[key])} -> {_say(after[key])}")


def _say(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "-"
    return str(value) if value else "-"


def _print_totals(mails: int, differing: Counter[str], *, as_json: bool) -> None:
    changed = {key: differing[key] for key in COMPARED if differing[key]}
    if as_json:
        typer.echo(json.dumps({"mails": mails, "differences": differing[""], "changed": changed}))
        return
    how = f": {', '.join(f'{key} {number}' for key, number in changed.items())}" if changed else ""
    typer.echo(f"{differing['']} of {mails} mails would be decided otherwise{how}")
