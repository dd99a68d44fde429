"""Reads youban.toml: where things are stored, how hard the daemon works, which mailboxes it serves."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.calendar import SHIPPED_CALENDAR, CalendarDays, load_calendar
from config.catalogue import SHIPPED_AGENCIES, load_catalogue
from config.mailboxes import MailboxSettings, read_mailboxes, refuse_secrets
from config.providers import load_providers
from config.toml import Table, hint_nearest, read_toml
from domain.catalogue import Catalogue

DATABASE_VARIABLE = "YOUBAN_DATABASE"
"""The environment variable that replaces ``database``, for an address with a password in it."""

SQLITE_MOST_HANDLERS, MOST_HANDLERS = 8, 64  # With more a single SQLite file gains nothing.
_DNS_PORT = 53
_LONGEST_QUESTION_S, _LONGEST_LOOKS_S = 60, 110  # A handler that is silent for five minutes is ended.
_SQLITE, _POSTGRESQL = "sqlite:///", "postgresql+psycopg://"


@dataclass(frozen=True, slots=True)
class PollSettings:
    """How mailboxes are watched: every ``interval_s`` by ``threads`` at once; IDLE only wakes earlier."""

    interval_s: float
    threads: int
    uses_idle: bool


@dataclass(frozen=True, slots=True)
class SendSettings:
    """How letters are sent: ``greeting_name`` is said in EHLO, ``longest_retry_s`` caps the wait between attempts."""

    greeting_name: str
    command_s: float
    data_s: float
    idle_s: float
    longest_retry_s: float


@dataclass(frozen=True, slots=True)
class WorkSettings:
    """How many processes handle mails, how often the engine looks at its queues, how many connections it may open.

    Every ``sweep_s`` what waits for longer than ``stale_s`` and has lost its work is started again; ``executor`` is the
    name under which a daemon owns work: two daemons on one database need two names.
    """

    handlers: int
    queue_poll_s: float
    pool_size: int
    sweep_s: float = 60.0
    stale_s: float = 120.0
    executor: str = "hub"


@dataclass(frozen=True, slots=True)
class ReplySettings:
    """How many letters one sender gets in a day before a clerk looks, so that two robots do not write for ever."""

    cap_per_sender_and_day: int


@dataclass(frozen=True, slots=True)
class VirusSettings:
    """Whether files are shown to ClamAV (``off``, ``warn``, ``require``), where it is, how long it may take for one."""

    policy: str
    address: str
    timeout_s: float


@dataclass(frozen=True, slots=True)
class PictureSettings:
    """Whether pictures are looked at, on what onnxruntime runs the networks, how long one mail's may take."""

    looks: bool = True
    providers: tuple[str, ...] = ("CPUExecutionProvider",)
    longest_s: float = 90.0


@dataclass(frozen=True, slots=True)
class DkimSettings:
    """Whether signatures are checked where the provider is silent, how long a DNS question may take, and who is asked.

    ``nameservers`` are IP addresses and ports; none means the system's.
    """

    check: bool
    timeout_s: float
    nameservers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class LogSettings:
    """How the log looks (``console`` or ``json``) and what it leaves out."""

    format: str
    level: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that youban.toml says, checked; paths are absolute; ``database`` may hold a password: not shown."""

    file: Path
    database: str = field(repr=False)
    data_dir: Path
    agencies: tuple[Path, ...]
    catalogue: Catalogue
    calendar: CalendarDays
    timezone: ZoneInfo
    poll: PollSettings
    send: SendSettings
    engine: WorkSettings
    replies: ReplySettings
    virus: VirusSettings
    dkim: DkimSettings
    pictures: PictureSettings
    log: LogSettings
    mailboxes: tuple[MailboxSettings, ...]

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a SQLite file."""
        return self.database.startswith(_SQLITE)


def load_settings(path: Path, environ: Mapping[str, str]) -> Settings:
    """Return the settings of a file, in whose folder relative paths lie; the mailboxes' secrets are not read here.

    Raises:
        ConfigError: naming file, key and what to do, also for a mistake in a catalogue or calendar file.
    """
    root = read_toml(path)
    refuse_secrets(root)
    root.expect(
        (
            *("database", "data_dir", "agencies", "calendar", "timezone"),
            *("poll", "send", "engine", "replies", "virus", "dkim", "pictures", "log", "mailbox"),
        )
    )
    folder = path.resolve().parent
    timezone = _read_timezone(root)
    agencies = _read_agencies(root, folder)
    catalogue = load_catalogue(agencies)
    database = _read_database(root, environ, folder)
    return Settings(
        file=path.resolve(),
        database=database,
        data_dir=folder / root.text("data_dir", "var"),
        agencies=agencies,
        catalogue=catalogue,
        calendar=load_calendar(folder / root.text("calendar") if root.has("calendar") else SHIPPED_CALENDAR),
        timezone=timezone,
        poll=_read_poll(root.table("poll")),
        send=_read_send(root.table("send")),
        engine=_read_engine(root.table("engine"), is_sqlite=database.startswith(_SQLITE)),
        replies=_read_replies(root.table("replies")),
        virus=_read_virus(root.table("virus")),
        dkim=_read_dkim(root.table("dkim")),
        pictures=_read_pictures(root.table("pictures")),
        log=_read_log(root.table("log")),
        mailboxes=read_mailboxes(root, catalogue, profiles=load_providers(), folder=folder, timezone=timezone),
    )


def _read_timezone(root: Table) -> ZoneInfo:
    name = root.text("timezone", "Asia/Shanghai")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        raise root.error("timezone", f'"{name}" is no time zone', "such as Asia/Shanghai; on Debian: tzdata") from exc


def _read_agencies(root: Table, folder: Path) -> tuple[Path, ...]:
    """Return the agencies' files: a name means a shipped one, anything else is a path."""
    if not root.has("agencies"):
        return SHIPPED_AGENCIES
    shipped = {file.stem: file for file in SHIPPED_AGENCIES}
    found: list[Path] = []
    for name in root.texts("agencies"):
        file = shipped.get(name, folder / name)
        if not file.is_file():
            raise root.error("agencies", f'"{name}" is no shipped agency and no file', hint_nearest(name, shipped))
        found.append(file)
    if not found:
        raise root.error("agencies", "must name at least one agency", f"shipped are: {', '.join(shipped)}")
    return tuple(found)


def _read_database(root: Table, environ: Mapping[str, str], folder: Path) -> str:
    """Return the database's address with an absolute file name.

    Raises:
        ConfigError: no such kind of database, or a password in the file.
    """
    from_environ = environ.get(DATABASE_VARIABLE, "")
    url = from_environ or root.text("database", "sqlite:///var/youban.db")
    key = "database"
    if url.startswith(_SQLITE):
        name = url.removeprefix(_SQLITE)
        if not name or name.startswith(":memory:"):
            raise root.error(key, "a database in memory forgets everything", 'name a file: "sqlite:///var/youban.db"')
        return f"{_SQLITE}{folder / name}"
    if not re.match(r"postgresql(\+psycopg)?://", url):
        # The address itself stays out of the message: it may hold a password.
        raise root.error(key, "is no database address", f'"{_SQLITE}FILE" or "{_POSTGRESQL}USER@HOST/NAME"')
    if not from_environ and _has_password(url):
        raise root.error(
            key,
            "a password must not stand in this file: it is copied, mailed and committed",
            f"set the whole address in {DATABASE_VARIABLE}, or only the password in PGPASSWORD or PGPASSFILE",
        )
    return _POSTGRESQL + url.partition("://")[2]


def _has_password(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.password) or "password=" in parts.query.lower()
    except ValueError:  # an address that cannot be taken apart is not to be trusted
        return True


def _read_poll(table: Table) -> PollSettings:
    table.expect(("interval_s", "threads", "uses_idle"))
    return PollSettings(
        interval_s=table.number("interval_s", 20.0, least=0.1),
        threads=table.integer("threads", 8, least=1, most=64),
        uses_idle=table.flag("uses_idle", default=True),
    )


def _read_send(table: Table) -> SendSettings:
    table.expect(("greeting_name", "command_s", "data_s", "idle_s", "longest_retry_s"))
    return SendSettings(
        # An address literal (RFC 5321 4.1.3): no host name leaves the house, and no DNS is asked.
        greeting_name=table.text("greeting_name", "[127.0.0.1]"),
        command_s=table.number("command_s", 30.0, least=0.1),
        # RFC 5321 4.5.3.2.6: who gives up sooner sends twice.
        data_s=table.number("data_s", 600.0, least=0.1),
        idle_s=table.number("idle_s", 20.0),
        longest_retry_s=table.number("longest_retry_s", 86_400.0),
    )


def _read_engine(table: Table, *, is_sqlite: bool) -> WorkSettings:
    table.expect(("handlers", "queue_poll_s", "pool_size", "sweep_s", "stale_s", "executor"))
    most = SQLITE_MOST_HANDLERS if is_sqlite else MOST_HANDLERS
    handlers = table.integer("handlers", min(_count_cores(), SQLITE_MOST_HANDLERS), least=1)
    if handlers > most:
        hint = f"at most {most}" + (", or a PostgreSQL database" if is_sqlite else "")
        raise table.error("handlers", f"{handlers} is too many" + (" for SQLite" if is_sqlite else ""), hint)
    executor = table.text("executor", "hub")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", executor):
        raise table.error("executor", f'"{executor}" will not do', "small letters, digits and hyphens, such as hub-2")
    return WorkSettings(
        handlers=handlers,
        queue_poll_s=table.number("queue_poll_s", 0.5, least=0.01),
        pool_size=table.integer("pool_size", 16, least=4),
        sweep_s=table.number("sweep_s", 60.0, least=0.1),
        stale_s=table.number("stale_s", 120.0, least=1.0),
        executor=executor,
    )


def _count_cores() -> int:
    """The cores that this process may use: a container may have fewer than its machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _read_replies(table: Table) -> ReplySettings:
    table.expect(("cap_per_sender_and_day",))
    return ReplySettings(table.integer("cap_per_sender_and_day", 10, least=1))


def _read_virus(table: Table) -> VirusSettings:
    table.expect(("policy", "address", "timeout_s"))
    address = table.text("address", "/run/clamav/clamd.ctl")
    place = re.fullmatch(r"/.+|(?:[^\s:/]+|\[[0-9A-Fa-f:.]+\]):([1-9]\d{0,4})", address)
    if place is None or int(place[1] or 1) > 65535:
        raise table.error(
            "address", f'"{address}" is no address of clamd', '"/run/clamav/clamd.ctl" or "127.0.0.1:3310"'
        )
    return VirusSettings(
        policy=table.choice("policy", ("off", "warn", "require"), "off"),
        address=address,
        timeout_s=table.number("timeout_s", 30.0, least=0.1),
    )


def _read_pictures(table: Table) -> PictureSettings:
    table.expect(("looks", "providers", "longest_s"))
    usual = PictureSettings()
    return PictureSettings(
        looks=table.flag("looks", default=usual.looks),
        providers=table.texts("providers") or usual.providers,
        longest_s=table.number("longest_s", usual.longest_s, least=1.0, most=_LONGEST_LOOKS_S),
    )


def _read_dkim(table: Table) -> DkimSettings:
    table.expect(("check", "timeout_s", "nameservers"))
    check = table.flag("check", default=False)
    if check and not all(find_spec(package) for package in ("dkim", "dns")):
        raise table.error("check", "needs packages that are not installed", 'pip install "youban[dkim]", or false')
    return DkimSettings(
        check=check,
        timeout_s=table.number("timeout_s", 5.0, least=0.1, most=_LONGEST_QUESTION_S),
        nameservers=tuple(_read_nameserver(table, text) for text in table.texts("nameservers")),
    )


def _read_nameserver(table: Table, text: str) -> tuple[str, int]:
    """Return IP address and port; a name would need a DNS server to be found."""
    match = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([0-9.]+))(?::([0-9]{1,5}))?|([0-9A-Fa-f:.]+)", text)
    if match is not None:
        six, four, port, bare = match.groups()
        with suppress(ValueError):
            address = str(ip_address(six or four or bare))
            if 0 < int(port or _DNS_PORT) < 65536:
                return address, int(port or _DNS_PORT)
    raise table.error("nameservers", f'"{text}" is no address', '"192.0.2.53", "127.0.0.1:5353" or "[::1]:5353"')


def _read_log(table: Table) -> LogSettings:
    table.expect(("format", "level"))
    return LogSettings(
        format=table.choice("format", ("console", "json"), "console"),
        level=table.choice("level", ("debug", "info", "warning", "error"), "info"),
    )
