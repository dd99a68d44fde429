"""The daemon: watches the mailboxes, runs the engine, ticks, and stops in order."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from cases.database import Database, run_transaction
from cases.upgrade import upgrade_database
from config.settings import Settings
from domain.accounts import Account
from domain.errors import YoubanError
from domain.mail import MessageKey
from intake.fetch import Hurdles, fetch_new
from intake.imap import ImapSession
from intake.watch import MailboxStatus, Watcher
from responders.compose import compile_templates
from responders.postoffice import PostOffice
from youban import mailroom
from youban.arrivals import ArrivalLedger
from youban.engine import Engine, EngineSettings, Work, upgrade_engine
from youban.executors import ExecutorLock, adopt_orphans
from youban.handlers import DEATHS, Handlers
from youban.heartbeat import HEARTBEAT_S, write_heartbeat
from youban.logs import get_log
from youban.mailroom import Mailroom
from youban.pipeline import quarantine_failed
from youban.queues import Enqueuer
from youban.schedule import Schedule
from youban.sweep import delete_finished, revive_lost
from youban.wiring import (
    build_counter,
    build_mailroom,
    open_accounts,
    open_post_office,
    open_raw_store,
    open_store,
    utc_now,
)

log = get_log(__name__)

RUSH_DELAY_S = 10.0
"""In a rush, mails that wait to be decided go before letters: for so long at most, answers being due in a minute."""


class Daemon:
    """Everything that runs under ``youban run``. Build, ``start``, and ``stop`` once each."""

    def __init__(self, settings: Settings, *, environ: Mapping[str, str] | None = None) -> None:
        """Open what can be refused early. Raises: ConfigError, before anything is touched at a server."""
        self._settings = settings
        environ = os.environ if environ is None else environ
        compile_templates()  # here and now, so that the handlers have them as well
        # Before anything is open here: the handlers are forked from what this process is now.
        self._handlers = Handlers(
            settings,
            environ=_without_secrets(environ, settings),
            give_up=lambda key: quarantine_failed(self._counter, key, reason=f"处理这封邮件的进程{DEATHS}次意外中断"),
        )
        self._database: Database = open_store(settings)
        upgrade_database(self._database)
        upgrade_engine(self._database)
        self._accounts = open_accounts(settings, self._database, environ)
        self._raw = open_raw_store(settings)
        engine_settings = EngineSettings(
            handlers=settings.engine.handlers,
            queue_poll_s=settings.engine.queue_poll_s,
            executor=settings.engine.executor,
            mailboxes=len(settings.mailboxes),
        )
        self._executor = engine_settings.executor
        self._lock = ExecutorLock(self._database, self._executor)
        self._engine = Engine(self._database, engine_settings)
        self._enqueuer = Enqueuer(self._database)
        self._post_office: PostOffice = open_post_office(settings)
        self._watcher = Watcher(
            self._accounts.values(),
            interval_s=settings.poll.interval_s,
            threads=settings.poll.threads,
            on_new=self._on_new,
        )
        self._ledger = ArrivalLedger(
            self._database,
            starts={a.mailbox: a.starts_at for a in self._accounts.values()},
            enqueue_mails=self._enqueuer.enqueue_mails,
            clock=utc_now,
        )
        self._hurdles = Hurdles()
        self._schedule = Schedule()
        self._is_stopping = threading.Event()
        self._counter = build_counter(settings, database=self._database)
        self._mailroom: Mailroom = build_mailroom(
            settings,
            database=self._database,
            accounts=self._accounts,
            send=self._post_office.send,
            keep_copy=self._keep_copy,
            enqueue_reply=lambda connection, reply, mailbox, attempt, delay_s: self._enqueuer.enqueue_replies(
                connection, [reply], mailbox=mailbox, attempt=attempt, delay_s=delay_s
            ),
        )

    @property
    def database(self) -> Database:
        """The open database, for whoever shows what happens."""
        return self._database

    def mailboxes(self) -> list[MailboxStatus]:
        """How each mailbox stands."""
        return self._watcher.status()

    def start(self) -> None:
        """Take the lock, recover what a predecessor left, and begin. Raises: ConfigError when another daemon runs."""
        self._lock.acquire()
        self._handlers.start()
        self._engine.start(
            Work(handle=self._handle, send=partial(mailroom.send_replies, self._mailroom), poll=self._poll)
        )
        self._schedule.every(HEARTBEAT_S, "heartbeat", self._beat)
        self._schedule.every(self._settings.engine.sweep_s, "sweep", self._sweep)
        self._schedule.every(self._settings.engine.sweep_s, "copies", self._keep_copies)
        self._schedule.start()
        self._watcher.start()
        self._beat()
        log.info("daemon_ready", mailboxes=len(self._accounts), database=self._database.engine.dialect.name)

    def stop(self) -> None:
        """Stop taking mail, let what runs finish, close everything. What is unfinished goes on at the next start."""
        log.info("daemon_stopping")
        self._is_stopping.set()
        self._schedule.stop()
        # The engine first: no letter is begun any more, and those on their way still find the sessions they need.
        self._engine.stop()
        self._handlers.stop()
        self._watcher.stop()
        self._enqueuer.close()
        self._post_office.close()
        self._lock.release()
        self._database.close()
        log.info("daemon_stopped")

    def run_until_signal(self) -> None:
        """Start, wait for SIGTERM or SIGINT, stop."""
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        self.start()
        try:
            stopping.wait()
        finally:
            self.stop()

    # The engine's work. An error of ours costs one message, one mailbox, one letter - never the daemon.

    def _handle(self, keys: Sequence[MessageKey]) -> None:
        letters: list[int] = []
        try:
            letters.extend(self._handlers.handle(keys))
        finally:
            # Also for those that were decided before something failed. Should we be killed right here, this workflow
            # runs again and finds the same letters.
            if letters:
                mailbox, delay_s = keys[0].mailbox, RUSH_DELAY_S if self._handlers.is_rush else 0.0
                run_transaction(
                    self._database,
                    lambda c: self._enqueuer.enqueue_replies(c, letters, mailbox=mailbox, attempt=1, delay_s=delay_s),
                )

    def _poll(self, mailbox: str) -> None:
        account = self._accounts[mailbox.lower()]
        try:
            self._watcher.run(account.mailbox, lambda session: self._fetch(session, account))
        except YoubanError as error:
            # The watcher counts the failure and leaves the mailbox alone for a while; the next poll fetches again.
            log.warning("poll_failed", mailbox=mailbox, problem=str(error))

    def _fetch(self, session: ImapSession, account: Account) -> None:
        for folder in session.folders:
            report = fetch_new(
                session,
                folder,
                store=self._raw,
                ledger=self._ledger,
                starts_at=account.starts_at,
                hurdles=self._hurdles,
            )
            if report.is_renumbered:
                log.warning("folder_renumbered", mailbox=account.mailbox, folder=folder)
            if report.left:
                log.info("old_mail_left", mailbox=account.mailbox, folder=folder, messages=report.left)

    def _on_new(self, account: Account) -> None:
        self._enqueuer.enqueue_poll(account.mailbox, f"{utc_now():%Y%m%dT%H%M%S.%f}")

    def _keep_copy(self, account: Account, data: bytes, when: datetime) -> None:
        def append(session: ImapSession) -> None:
            if session.sent_folder:
                session.append(session.sent_folder, data, when=when)

        self._watcher.run(account.mailbox, append)

    # The ticks.

    def _beat(self) -> None:
        if not self._watcher.is_watching:
            # Without a beat the container is started again; a daemon that reads no mail must not look alive.
            log.error("watch_ended")
            return
        write_heartbeat(self._settings, utc_now())

    def _sweep(self) -> None:
        now = utc_now()
        self._lock.keep()
        if adopted := adopt_orphans(self._database, self._executor):
            log.warning("work_adopted", executors=adopted)
        stale = timedelta(seconds=self._settings.engine.stale_s)
        revive_lost(self._database, self._enqueuer, now, stale=stale)
        delete_finished(self._engine, now)

    def _keep_copies(self) -> None:
        if kept := mailroom.keep_copies(self._mailroom, goes_on=lambda: not self._is_stopping.is_set()):
            log.info("copies_kept", letters=kept)


def _without_secrets(environ: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """What the handlers are given: they open citizens' files, so they know no mailbox's password."""
    secrets = {mailbox.password_env for mailbox in settings.mailboxes}
    return {name: value for name, value in environ.items() if name not in secrets}
