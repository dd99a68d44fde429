"""Putting the parts together: settings in, a counter out. Nothing is decided here."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from cases import ledger
from cases.database import Database, open_database, run_transaction
from config.mailboxes import MailboxSettings, read_password
from config.settings import Settings, load_settings
from domain.accounts import Account
from domain.errors import ConfigError
from intake.rawstore import RawStore
from responders.answers import RetrySchedule
from responders.compose import Composer
from responders.postoffice import PostOffice, SendingLimits
from responders.workdays import Closures
from routing import Classifier
from youban.counter import Counter
from youban.dkimcheck import build_sender_check
from youban.examples import MODELS, find_model, load_model
from youban.mailroom import Mailroom
from youban.numbers import Numbers
from youban.pictures import Memory, build_sight
from youban.viruscheck import build_virus_check


def utc_now() -> datetime:
    """The clock of the running house."""
    return datetime.now(UTC)


def read_settings(config: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings file. Raises: ConfigError."""
    if not config.exists():
        hint = "copy config/youban.example.toml and edit it, or name yours with --config or YOUBAN_CONFIG"
        raise ConfigError(str(config), "", "there is no such settings file", hint)
    return load_settings(config, os.environ if environ is None else environ)


def open_store(settings: Settings, *, pool_size: int | None = None) -> Database:
    """Open the database of the settings, and ask it once. Raises: ConfigError when it does not answer."""
    database = open_database(settings.database, pool_size=pool_size or settings.engine.pool_size)
    try:
        with database.read():
            return database
    except sa.exc.SQLAlchemyError as exc:
        database.close()
        reason = str(getattr(exc, "orig", None) or exc).strip().splitlines()[0]
        raise ConfigError(
            str(settings.file), "database", f"cannot be opened: {reason}", _explain_database(settings)
        ) from exc


def _explain_database(settings: Settings) -> str:
    if settings.is_sqlite:
        return "it must be a SQLite file that this user may write: keep the odd one aside, or name another"
    return "is PostgreSQL running, and are host, user, password and name right, here or in YOUBAN_DATABASE?"


def find_sqlite_file(settings: Settings) -> Path | None:
    """Return the file that holds the database, existing or not; None for PostgreSQL."""
    return Path(settings.database.removeprefix("sqlite:///")) if settings.is_sqlite else None


def open_raw_store(settings: Settings) -> RawStore:
    """Open the store of raw messages below the data folder. Raises: ConfigError when it cannot be made."""
    root = settings.data_dir / "raw"
    try:
        return RawStore(root)
    except OSError as exc:
        problem = f"{root} cannot be made: {exc.strerror}"
        raise ConfigError(str(settings.file), "data_dir", problem, "name a folder that may be written") from exc


def open_accounts(settings: Settings, database: Database, environ: Mapping[str, str]) -> dict[str, Account]:
    """Return the accounts by address, with their secrets and their first start.

    Raises: ConfigError naming every secret that cannot be read.
    """
    secrets: dict[str, str] = {}
    problems: list[ConfigError] = []
    for mailbox in settings.mailboxes:
        try:
            secrets[mailbox.address] = read_password(mailbox, environ)
        except ConfigError as error:
            problems.append(error)
    if problems:
        first, *more = problems
        also = f"; and {len(more)} more, see `youban check`" if more else ""
        raise ConfigError(first.file, first.key, first.problem, first.hint + also) from first

    def resolve(connection: sa.Connection) -> dict[str, Account]:
        now = utc_now()
        return {
            m.address.lower(): _quieten(
                m.account(starts_at=_start_of(connection, m, now), password=secrets[m.address]), settings
            )
            for m in settings.mailboxes
        }

    return run_transaction(database, resolve)


def _quieten(account: Account, settings: Settings) -> Account:
    """No mailbox is woken by IDLE when ``[poll] uses_idle`` says so, whatever its own table says."""
    if settings.poll.uses_idle:
        return account
    return replace(account, provider=replace(account.provider, uses_idle=False))


def _start_of(connection: sa.Connection, mailbox: MailboxSettings, now: datetime) -> datetime:
    """The first start of a mailbox: what the operator says, else the moment it was first seen here."""
    if mailbox.starts_at is not None:
        return mailbox.starts_at
    return ledger.record_start(connection, mailbox.address, starts_at=now)


def open_post_office(settings: Settings) -> PostOffice:
    """Return the post office of the settings."""
    send = settings.send
    limits = SendingLimits(
        command_s=send.command_s, data_s=send.data_s, idle_s=send.idle_s, longest_stop_s=send.longest_retry_s
    )
    return PostOffice(limits, greeting_name=send.greeting_name)


def build_counter(settings: Settings, *, database: Database, clock: Callable[[], datetime] = utc_now) -> Counter:
    """Return the counter that gives messages their fate. Raises: ConfigError."""
    newest = find_model(settings.data_dir / MODELS)
    return Counter(
        catalogue=settings.catalogue,
        database=database,
        numbers=Numbers(database),
        raw=open_raw_store(settings),
        classifier=Classifier(settings.catalogue),
        composer=Composer(settings.catalogue),
        closures=Closures(closed=settings.calendar.closed, working=settings.calendar.working),
        inboxes={m.address.lower(): m.inbox_folder for m in settings.mailboxes},
        own_addresses=frozenset(m.lower() for m in settings.catalogue.mailboxes)
        | {m.login.lower() for m in settings.mailboxes},
        timezone=settings.timezone,
        clock=clock,
        opened_at=clock(),
        see_papers=build_sight(settings.pictures, settings.catalogue.kinds, memory=Memory(database, clock)),
        reply_cap=settings.replies.cap_per_sender_and_day,
        authserv_ids={m.address.lower(): m.authserv_ids for m in settings.mailboxes},
        check_viruses=build_virus_check(settings.virus),
        check_sender=build_sender_check(settings.dkim),
        model=load_model(newest) if newest else None,
    )


def build_mailroom(
    settings: Settings,
    *,
    database: Database,
    accounts: Mapping[str, Account],
    send: Callable[[Account, str, bytes], str],
    keep_copy: Callable[[Account, bytes, datetime], None],
    enqueue_reply: Callable[[sa.Connection, int, str, int, float], None],
    clock: Callable[[], datetime] = utc_now,
) -> Mailroom:
    """Return the mailroom that sends the letters."""
    return Mailroom(
        catalogue=settings.catalogue,
        database=database,
        accounts=accounts,
        clock=clock,
        enqueue_reply=enqueue_reply,
        send=send,
        keep_copy=keep_copy,
        retries=RetrySchedule(longest_s=settings.send.longest_retry_s),
    )
