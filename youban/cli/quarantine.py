"""``youban quarantine``: lists, shows, tries again or closes the messages that could not be read."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import typer

from cases import ledger, quarantine
from cases.database import Database, run_transaction
from cases.ledger import LedgerEntry
from cases.quarantine import Closing, Quarantined
from config.settings import Settings
from domain.cases import Fate
from domain.errors import CaseError, MessageError
from domain.mail import MessageKey
from youban.cli.stored import open_stored
from youban.engine import upgrade_engine
from youban.queues import Enqueuer
from youban.wiring import open_raw_store, read_settings, utc_now

MOST_AT_ONCE = 200
"""Messages released in one transaction: SQLite has one writer, and the daemon goes on writing meanwhile."""

_NO_BYTES = "the server never gave this mail, so there is nothing to read: look for it in the mailbox itself"
_NO_LIMIT = 2**31 - 1


def run_list(config: Path, *, limit: int, as_json: bool, is_closed: bool = False) -> None:
    """Print what is in quarantine, the oldest first: two lines each, so that no key is ever cut short.

    With ``is_closed`` what a clerk has closed instead, a third line saying who, when and how.
    """
    with open_stored(read_settings(config)) as database, database.read() as connection:
        found = quarantine.find_quarantined(connection, limit=limit, is_closed=is_closed)
    if as_json:
        for one in found:
            typer.echo(json.dumps(_values(one), ensure_ascii=False))
        return
    for one in found:
        sha256 = one.sha256[:12] or "-"
        # Quoted as a shell wants it: folders are called "Junk E-mail".
        key = shlex.quote(_make_printable(str(one.key)))
        typer.echo(f"{key}  {one.at.astimezone():%Y-%m-%d %H:%M}  retries {one.retries}  sha256 {sha256}")
        typer.echo(f"    {_make_printable(one.reason)}")
        if one.closed is not None:
            typer.echo(f"    {_tell_closing(one.closed)}: {_make_printable(one.closed.note)}")
    if not found:
        typer.echo("nothing in quarantine was closed by hand" if is_closed else "nothing is in quarantine")


def run_show(config: Path, key: str) -> None:
    """Write a message's bytes, as received, to standard output. Raises: CaseError."""
    wanted = parse_key(key)
    settings = read_settings(config)
    with open_stored(settings) as database, database.read() as connection:
        entry = _find_set_aside(connection, wanted)
    raw = _read_raw(settings, entry)
    received = f"{entry.raw.received_at.astimezone():%Y-%m-%d %H:%M}"
    typer.echo(f"{_make_printable(key)}: the mail as received {received}, {len(raw)} bytes, not checked", err=True)
    typer.echo(f"sha256 {entry.raw.sha256}, in quarantine because: {_make_printable(entry.reason)}", err=True)
    out = typer.get_binary_stream("stdout")
    out.write(raw)
    out.flush()


def run_close(config: Path, key: str, *, by: str, note: str) -> None:
    """Write down that a clerk saw to a message by hand: it stands in the list no more. Raises: CaseError."""
    closing = Closing(utc_now(), by.strip(), note.strip())
    if not closing.by or not closing.note:
        raise typer.BadParameter("--by says who answered the mail and --note how: neither may be empty")
    wanted = parse_key(key)

    def close(connection: sa.Connection) -> None:
        _find_set_aside(connection, wanted)
        if not quarantine.close_quarantined(connection, wanted, closing):
            earlier = quarantine.find_closing(connection, wanted)
            told = _tell_closing(earlier) if earlier else "released meanwhile"
            raise CaseError(f"{key} stays as it is: {told}")

    with open_stored(read_settings(config)) as database:
        run_transaction(database, close)
    typer.echo(f"{_make_printable(key)} is closed; `youban quarantine list --closed` shows it")


def run_retry(config: Path, keys: Sequence[str], *, is_all: bool, is_again: bool = False) -> None:
    """Let messages wait again and enqueue them: all of the named ones or, after an error, none.

    One that a clerk has closed is taken only by its name and with ``is_again``: its citizen has had an answer, and
    would get another. Raises: CaseError.
    """
    if bool(keys) == is_all:
        raise typer.BadParameter("name the messages as `youban quarantine list` prints them, or say --all")
    if is_all and is_again:
        raise typer.BadParameter("--again is for messages that are named: --all takes none that a clerk has closed")
    wanted = [parse_key(key) for key in dict.fromkeys(keys)]
    with open_stored(read_settings(config)) as database:
        upgrade_engine(database)
        enqueuer = Enqueuer(database)
        try:
            released = (
                _retry_all(database, enqueuer)
                if is_all
                else _retry_named(database, enqueuer, wanted, is_again=is_again)
            )
        finally:
            enqueuer.close()
    typer.echo(f"{released} released; a running `youban run` reads them again")


def parse_key(text: str) -> MessageKey:
    """Return the key that ``list`` printed: mailbox:folder:uidvalidity:uid. Raises: CaseError."""
    mailbox, _, rest = text.partition(":")
    folder, *numbers = rest.rsplit(":", 2)  # a folder's name may hold colons
    if not (mailbox and folder and len(numbers) == 2 and all(map(_is_number, numbers))):
        raise CaseError(
            f"{text} is no message's key (mailbox:folder:uidvalidity:uid): copy it from `youban quarantine list`"
        )
    return MessageKey(mailbox, folder, int(numbers[0]), int(numbers[1]))


def _retry_named(database: Database, enqueuer: Enqueuer, keys: Sequence[MessageKey], *, is_again: bool) -> int:
    def release(connection: sa.Connection) -> int:
        for key in keys:
            if not _find_set_aside(connection, key).raw.sha256:
                raise CaseError(f"{key} cannot be retried, and none was: {_NO_BYTES}")
            closing = quarantine.find_closing(connection, key)
            if closing is not None and not is_again:
                raise CaseError(
                    f"{key} was not retried, nor was any other: {_tell_closing(closing)}; its sender has had an answer"
                    " by hand and might get a second one (--again reads it all the same and takes the closing back)"
                )
        return _release(connection, enqueuer, keys, is_again=is_again)

    return run_transaction(database, release)


def _retry_all(database: Database, enqueuer: Enqueuer) -> int:
    # Listed once: what fails again comes back, and would be released for ever.
    with database.read() as connection:
        found = quarantine.find_quarantined(connection, limit=_NO_LIMIT)
    for one in found:
        if not one.sha256:
            typer.echo(f"{_make_printable(str(one.key))} cannot be retried: {_NO_BYTES}", err=True)
    keys = [one.key for one in found if one.sha256]
    batches = [keys[start : start + MOST_AT_ONCE] for start in range(0, len(keys), MOST_AT_ONCE)]
    return sum(run_transaction(database, lambda c, b=batch: _release(c, enqueuer, b)) for batch in batches)  # type: ignore[misc]


def _release(
    connection: sa.Connection, enqueuer: Enqueuer, keys: Sequence[MessageKey], *, is_again: bool = False
) -> int:
    """Release messages and enqueue them in the caller's transaction; one that somebody else released stays as it is."""
    now = utc_now()
    released = 0
    for key in keys:
        if quarantine.release_quarantined(connection, key, at=now, is_closed_too=is_again):
            # The engine knows the old id as finished and would do nothing.
            enqueuer.enqueue_mails(connection, [key], again=int(now.timestamp() * 1000))
            released += 1
    return released


def _find_set_aside(connection: sa.Connection, key: MessageKey) -> LedgerEntry:
    entry = ledger.find_entry(connection, key)
    if entry is None:
        raise CaseError(f"there is no mail {key}: copy its key from `youban quarantine list`")
    if entry.fate is not Fate.QUARANTINED:
        raise CaseError(f"{key} is not in quarantine, its fate is {entry.fate.value}: see `youban quarantine list`")
    return entry


def _read_raw(settings: Settings, entry: LedgerEntry) -> bytes:
    if not entry.raw.sha256:
        raise CaseError(f"{entry.key} has no bytes: {_NO_BYTES}")
    try:
        return open_raw_store(settings).read(entry.raw.sha256)
    except MessageError as exc:
        raise CaseError(f"{entry.key}: {exc} (put it back from the backup of {settings.data_dir / 'raw'})") from exc


def _values(one: Quarantined) -> dict[str, Any]:
    return {
        "key": str(one.key),
        "mailbox": one.key.mailbox,
        "folder": one.key.folder,
        "uidvalidity": one.key.uidvalidity,
        "uid": one.key.uid,
        "at": one.at.isoformat(),
        "reason": one.reason,
        "retries": one.retries,
        "sha256": one.sha256,
        "closed": one.closed and {"at": one.closed.at.isoformat(), "by": one.closed.by, "note": one.closed.note},
    }


def _tell_closing(closing: Closing) -> str:
    return f"closed {closing.at.astimezone():%Y-%m-%d %H:%M} by {_make_printable(closing.by)}"


def _is_number(text: str) -> bool:
    """Whether a text is a number that the database can hold."""
    return text.isascii() and text.isdecimal() and len(text) < 20 and int(text) < 2**63


def _make_printable(text: str) -> str:
    """Return a text in one line that moves no cursor: a server's words stand in reasons."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(text.split()))
