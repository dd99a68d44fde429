"""``youban check``: everything an operator can get wrong, tried out, in one table. Nothing is made, changed or sent."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from rich.console import Console

from cases.upgrade import find_revision, head_revision
from config.settings import Settings
from domain.errors import ConfigError
from intake.confinement import ConfinedError
from intake.confinementreport import describe_confinement
from intake.resolver import TxtResolver
from intake.virus import Clamd, ClamdError, VirusPolicy
from responders.workdays import Closures, add_working_days
from youban.cli.check_mailboxes import TIMEOUT_S, check_mailboxes
from youban.cli.exits import EXIT_CONFIG, EXIT_FAILED
from youban.cli.findings import Finding, Mark, Note, is_ok, is_wrong, print_findings
from youban.wiring import find_sqlite_file, open_store, read_settings, utc_now

LEAST_FREE_BYTES = 2 * 1024**3
"""A day of 300 photo mails for each of 21 mailboxes is about 4 GB; below half of it somebody must look."""
_MOST_NAMES = 3


def run_check(config: Path, *, offline: bool) -> int:
    """Print the table and return the exit code: 0 all right, 1 something is wrong, 3 the settings cannot be read."""
    console = Console(highlight=False)
    try:
        settings = read_settings(config)
    except ConfigError as error:
        print_findings(console, [is_wrong("settings", error)], closing="")
        return EXIT_CONFIG
    findings = [is_ok("settings", f"{settings.file}: {len(settings.mailboxes)} mailboxes")]
    findings += [_try(what, check, settings) for what, check in _LOCAL]
    findings.append(_check_dkim(settings, "sender proof", offline=offline))
    findings += check_mailboxes(settings, os.environ, offline=offline)
    told = "no mail server was asked (--offline)" if offline else "every mailbox can be read and answered from"
    print_findings(console, findings, closing=told)
    return EXIT_FAILED if any(f.mark is Mark.WRONG for f in findings) else 0


def _try(what: str, check: Callable[[Settings, str], Finding], settings: Settings) -> Finding:
    try:
        return check(settings, what)
    except ConfigError as error:
        return is_wrong(what, error, home=settings.file)


def _check_catalogue(settings: Settings, what: str) -> Finding:
    catalogue = settings.catalogue
    served = {m.address for m in settings.mailboxes}
    unserved = [m for m in catalogue.mailboxes if m not in served]
    seen = f"{len(catalogue.agencies)} agencies, {len(catalogue.items)} items, {len(catalogue.mailboxes)} mailboxes"
    if not unserved:
        return is_ok(what, seen)
    names = ", ".join(unserved[:_MOST_NAMES])
    more = f" and {len(unserved) - _MOST_NAMES} more" if len(unserved) > _MOST_NAMES else ""
    todo = "add a [[mailbox]] for each; or name only your own agency: agencies = [...]"
    note = Note(f"{seen}; nobody watches {names}{more}", todo)
    return Finding(what, Mark.LOOK, (note,), settings.file.name)


def _check_calendar(settings: Settings, what: str) -> Finding:
    today = utc_now().astimezone(settings.timezone).date()
    closures = Closures(closed=settings.calendar.closed, working=settings.calendar.working)
    promise = add_working_days(today, 10, calendar=closures)
    if promise.is_provisional:
        seen = f"the holidays of {promise.on.year} are not known yet: letters call their dates provisional"
        note = Note(seen, "update the package chinesecalendar, or add the days to the calendar folder")
        return Finding(what, Mark.LOOK, (note,))
    return is_ok(what, f"10 working days from today end on {promise.on}")


def _check_data_dir(settings: Settings, what: str) -> Finding:
    folder = settings.data_dir
    there = _find_writable(settings, folder, key="data_dir")
    free = shutil.disk_usage(there).free
    if free < LEAST_FREE_BYTES:
        problem = f"only {free / 1024**3:.1f} GB are free for {folder}"
        raise ConfigError(str(settings.file), "data_dir", problem, "free space on this disk, or name another")
    new = "" if there == folder else " (`youban run` makes it)"
    return is_ok(what, f"{folder}{new}: {free / 1024**3:.0f} GB free")


def _check_database(settings: Settings, what: str) -> Finding:
    file = find_sqlite_file(settings)
    if file is not None:
        _find_writable(settings, file, key="database")
        if not file.exists():
            return is_ok(what, f"{file}: `youban run` makes it")
    with closing(open_store(settings)) as database:
        revision, needed = find_revision(database), head_revision()
    kind = f"SQLite, {file}" if file is not None else "PostgreSQL"
    if revision is None or revision < needed:
        return is_ok(what, f"{kind}: `youban run` brings the tables from {revision or 'nothing'} to {needed}")
    if revision > needed:
        problem = f"a newer release has brought its tables to {revision}, this one knows {needed}"
        raise ConfigError(str(settings.file), "database", problem, "install that release again")
    return is_ok(what, f"{kind}: tables at {revision}")


def _check_sandbox(_settings: Settings, what: str) -> Finding:
    try:
        report = describe_confinement()
    except ConfinedError as error:
        note = Note(f"no file can be opened here ({error.detail or error.breach})", "mails with documents would wait")
        return Finding(what, Mark.WRONG, (note,))
    if not report.missing:
        return is_ok(what, f"files are opened behind {report}")
    todo = "a newer kernel, or a container that lets Landlock and seccomp through; not root"
    return Finding(what, Mark.LOOK, (Note(str(report), todo),))


def _check_clamd(settings: Settings, what: str) -> Finding:
    virus = settings.virus
    if virus.policy == VirusPolicy.OFF:
        return is_ok(what, "off: files are not shown to ClamAV (policy in [virus])")
    try:
        clamd = Clamd(virus.address, min(virus.timeout_s, TIMEOUT_S))
        clamd.ping()
        return is_ok(what, f"{virus.policy}: {clamd.fetch_version()} at {virus.address}")
    except ClamdError as error:
        seen, _, todo = error.problem.partition("; ")
        held = "mails wait until it answers" if virus.policy == VirusPolicy.REQUIRE else "mails are read unchecked"
        mark = Mark.WRONG if virus.policy == VirusPolicy.REQUIRE else Mark.LOOK
        return Finding(what, mark, (Note(f"clamd at {virus.address}: {seen}; {held}", todo),), settings.file.name)


def _check_dkim(settings: Settings, what: str, *, offline: bool) -> Finding:
    dkim = settings.dkim
    if not dkim.check:
        return is_ok(what, "off: DKIM is not checked by us (check in [dkim])")
    asked = ", ".join(f"{host}:{port}" for host, port in dkim.nameservers) or "the system's"
    if offline:
        return is_ok(what, f"DKIM is checked where a provider says nothing; DNS: {asked} (not asked)")
    problem = TxtResolver(dkim.nameservers, timeout_s=min(dkim.timeout_s, TIMEOUT_S)).find_problem()
    if not problem:
        return is_ok(what, f"DKIM is checked where a provider says nothing; DNS: {asked}")
    todo = "name a DNS server that answers this machine: nameservers = [...] in [dkim]"
    note = Note(f"DNS ({asked}): {problem}; senders stay unverified", todo)
    return Finding(what, Mark.LOOK, (note,), settings.file.name)


def _find_writable(settings: Settings, path: Path, *, key: str) -> Path:
    """Return the path itself, or of what is not there yet the folder it will be made in.

    Raises: ConfigError when this user may not write there.
    """
    there = next(p for p in (path, *path.parents) if p.exists())
    hint = "let the user who runs Youban write there, or name another place"
    if there != path and not there.is_dir():
        problem = f"{path} cannot be made: {there} is no folder"
        raise ConfigError(str(settings.file), key, problem, hint)
    if key == "data_dir" and not there.is_dir():
        raise ConfigError(str(settings.file), key, f"{there} is a file", "name a folder")
    if not os.access(there, os.W_OK | (os.X_OK if there.is_dir() else 0)):
        owner, mode = there.stat().st_uid, stat.filemode(there.stat().st_mode)
        problem = f"{there} may not be written by user {os.getuid()} (owner {owner}, {mode})"
        raise ConfigError(str(settings.file), key, problem, hint)
    return there


_LOCAL: tuple[tuple[str, Callable[[Settings, str], Finding]], ...] = (
    ("catalogue", _check_catalogue),
    ("calendar", _check_calendar),
    ("data folder", _check_data_dir),
    ("database", _check_database),
    ("sandbox", _check_sandbox),
    ("virus check", _check_clamd),
)
