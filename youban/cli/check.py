"""``youban check``: everything an operator can get wrong, tried out, in one table."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cases.upgrade import find_revision, head_revision
from config.mailboxes import MailboxSettings, read_password
from config.settings import Settings
from domain.accounts import Account, Endpoint
from domain.errors import ConfigError, DeliveryError, MailboxError, YoubanError
from intake.imap import ImapSession
from responders.workdays import Closures, add_working_days
from youban.cli import EXIT_CONFIG, EXIT_FOUND_WRONG
from youban.daemon import HEARTBEAT_S, heartbeat_file
from youban.wiring import open_post_office, open_store, read_settings, utc_now

TIMEOUT_S = 15.0
LEAST_FREE_BYTES = 2 * 1024**3
"""A day of 300 photo mails for each of 21 mailboxes is about 4 GB; below half of it somebody must look."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing tried: what it was, whether it is right, and what was seen or what to do."""

    what: str
    is_right: bool
    remark: str
    is_warning: bool = False


def run_check(config: Path, *, offline: bool) -> int:
    """Print the table and return the exit code: 0 all right, 1 something is wrong, 3 the settings cannot be read."""
    console = Console()
    try:
        settings = read_settings(config)
    except ConfigError as error:
        _print(console, [Finding("settings", is_right=False, remark=str(error))])
        return EXIT_CONFIG
    findings = [Finding("settings", is_right=True, remark=f"{settings.file}: {len(settings.mailboxes)} mailboxes")]
    findings += [_try(what, check, settings) for what, check in _LOCAL]
    findings += _check_mailboxes(settings, offline=offline)
    _print(console, findings)
    return 0 if all(f.is_right for f in findings) else EXIT_FOUND_WRONG


def run_heartbeat(config: Path) -> int:
    """Return 0 when a daemon with these settings is alive, 1 when not; say which on one line."""
    path = heartbeat_file(read_settings(config))
    try:
        beaten_at = datetime.fromisoformat(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        print(f"no heartbeat in {path}: the daemon has not started")
        return EXIT_FOUND_WRONG
    age_s = (utc_now() - beaten_at).total_seconds()
    print(f"last heartbeat {age_s:.0f} s ago")
    return 0 if age_s < 6 * HEARTBEAT_S else EXIT_FOUND_WRONG


def _try(what: str, check: Callable[[Settings], str], settings: Settings) -> Finding:
    try:
        return Finding(what, is_right=True, remark=check(settings))
    except YoubanError as error:
        return Finding(what, is_right=False, remark=str(error))


def _check_catalogue(settings: Settings) -> str:
    catalogue = settings.catalogue
    unserved = len(catalogue.mailboxes) - len(settings.mailboxes)
    remark = f"{len(catalogue.agencies)} agencies, {len(catalogue.items)} items, {len(catalogue.mailboxes)} mailboxes"
    return remark + (f"; {unserved} published mailboxes are not in the settings" if unserved else "")


def _check_calendar(settings: Settings) -> str:
    today = utc_now().astimezone(settings.timezone).date()
    closures = Closures(closed=settings.calendar.closed, working=settings.calendar.working)
    promise = add_working_days(today, 10, calendar=closures)
    if promise.is_provisional:
        return (
            f"the State Council's days for {promise.on.year} are not known yet: dates are provisional; "
            "update the package chinesecalendar, or add the days to the calendar folder"
        )
    return f"10 working days from today end on {promise.on}"


def _check_data_dir(settings: Settings) -> str:
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".check"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as exc:
        raise ConfigError(
            str(settings.file), "data_dir", f"{folder}: {exc.strerror}", "name a folder that may be written"
        ) from exc
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE_BYTES:
        raise ConfigError(
            str(settings.file), "data_dir", f"{folder}: only {free / 1024**3:.1f} GB free", "free space on this disk"
        )
    return f"{folder}: {free / 1024**3:.0f} GB free"


def _check_database(settings: Settings) -> str:
    from sqlalchemy.exc import SQLAlchemyError

    try:
        with closing(open_store(settings)) as database:
            revision = find_revision(database)
    except SQLAlchemyError as exc:
        reason = str(getattr(exc, "orig", None) or exc).splitlines()[0]
        raise ConfigError(
            str(settings.file), "database", f"cannot be opened: {reason}", "is it running, and the address right?"
        ) from exc
    kind = "SQLite" if settings.is_sqlite else "PostgreSQL"
    if revision == head_revision():
        return f"{kind}, tables at {revision}"
    return f"{kind}, tables at {revision or 'nothing yet'}: `youban run` or `youban db upgrade` brings them to {head_revision()}"


_LOCAL: tuple[tuple[str, Callable[[Settings], str]], ...] = (
    ("catalogue", _check_catalogue),
    ("calendar", _check_calendar),
    ("data folder", _check_data_dir),
    ("database", _check_database),
)


def _check_mailboxes(settings: Settings, *, offline: bool) -> list[Finding]:
    """Try every mailbox, several at once: 21 mailboxes that do not answer must not take 21 time-outs."""
    if not settings.mailboxes:
        return [Finding("mailboxes", is_right=False, remark=f"{settings.file} has no [[mailbox]]: nothing is watched")]
    with ThreadPoolExecutor(8) as pool, closing(open_post_office(settings)) as office:

        def check(mailbox: MailboxSettings) -> list[Finding]:
            return list(_check_mailbox(mailbox, office.probe, offline=offline))

        return [finding for findings in pool.map(check, settings.mailboxes) for finding in findings]


def _check_mailbox(mailbox: MailboxSettings, probe: Callable[[Account], str], *, offline: bool) -> Iterator[Finding]:
    try:
        password = read_password(mailbox, os.environ)
    except ConfigError as error:
        yield Finding(f"{mailbox.address} secret", is_right=False, remark=str(error))
        return
    yield Finding(f"{mailbox.address} secret", is_right=True, remark=mailbox.password_env or str(mailbox.password_file))
    if offline:
        return
    account = mailbox.account(starts_at=utc_now(), password=password)
    yield _check_imap(account)
    yield _check_smtp(account, probe)


def _check_imap(account: Account) -> Finding:
    what = f"{account.mailbox} IMAP"
    if unreachable := _find_unreachable(account.imap):
        return Finding(what, is_right=False, remark=unreachable)
    try:
        with closing(ImapSession(account, TIMEOUT_S)) as session:
            session.select(account.inbox_folder)
            remark = f"folders {', '.join(session.folders)}; sent: {session.sent_folder or 'none found'}"
    except MailboxError as error:
        return Finding(what, is_right=False, remark=error.problem)
    return Finding(what, is_right=True, remark=remark)


def _check_smtp(account: Account, probe: Callable[[Account], str]) -> Finding:
    what = f"{account.mailbox} SMTP"
    if unreachable := _find_unreachable(account.smtp):
        return Finding(what, is_right=False, remark=unreachable)
    try:
        return Finding(what, is_right=True, remark=probe(account) or "logged in")
    except MailboxError as error:
        return Finding(what, is_right=False, remark=error.problem)
    except DeliveryError as error:
        return Finding(what, is_right=False, remark=str(error))


def _find_unreachable(server: Endpoint) -> str:
    """Return why a server's port cannot be reached, in words that name host and port; '' when it can."""
    try:
        with socket.create_connection((server.host, server.port), timeout=TIMEOUT_S):
            return ""
    except socket.gaierror:
        return f"no server is called {server.host}: look at its name, and at this machine's DNS"
    except TimeoutError:
        return f"{server.host}:{server.port} does not answer: a firewall, or a wrong port"
    except OSError as exc:
        return f"{server.host}:{server.port}: {exc.strerror or exc}: a wrong port, or the server is down"


def _print(console: Console, findings: list[Finding]) -> None:
    table = Table(show_edge=False, pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("checked", no_wrap=True)
    table.add_column("found", overflow="fold")
    for finding in findings:
        mark = Text("ok", style="green") if finding.is_right else Text("WRONG", style="bold red")
        table.add_row(mark, Text(finding.what), Text(finding.remark))
    console.print(table)
    wrong = sum(not f.is_right for f in findings)
    console.print(Text(f"{wrong} of {len(findings)} are wrong" if wrong else "all is well"))
