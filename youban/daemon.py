"""The daemon: watches the mailboxes, runs the engine, ticks, and stops in order."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta

from cases.database import Database, is_about_values
from cases.upgrade import upgrade_database
from config.settings import Settings
from domain.accounts import Account
from domain.errors import ConfigError, YoubanError
from domain.mail import MessageKey
from intake.fetch import Hurdles, fetch_new
from intake.imap import ImapSession
from intake.watch import MailboxStatus, Watcher
from responders.postoffice import PostOffice
from youban import pipeline
from youban.arrivals import ArrivalLedger
from youban.counter import Counter
from youban.engine import Engine, EngineSettings, Enqueuer, Work, upgrade_engine
from youban.executors import ExecutorLock, adopt_orphans
from youban.heartbeat import HEARTBEAT_S, write_heartbeat
from youban.logs import get_log
from youban.schedule import Schedule
from youban.sweep import delete_finished, keep_missing_copies, revive_lost
from youban.wiring import build_counter, open_accounts, open_post_office, open_raw_store, open_store, utc_now

log = get_log(__name__)


class Daemon:
    """Everything that runs under ``youban run``. Build, ``start``, and ``stop`` once each."""

    def __init__(self, settings: Settings, *, environ: Mapping[str, str] | None = None) -> None:
        """Open what can be refused early. Raises: ConfigError, before anything is touched at a server."""
        self._settings = settings
        self._database: Database = open_store(settings)
        upgrade_database(self._database)
        upgrade_engine(self._database)
        self._accounts = open_accounts(settings, self._database, os.environ if environ is None else environ)
        self._raw = open_raw_store(settings)
        engine_settings = EngineSettings(
            in_flight=settings.engine.workflows_in_flight,
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
            enqueue_mail=self._enqueuer.enqueue_mail,
            clock=utc_now,
        )
        self._hurdles = Hurdles()
        self._schedule = Schedule()
        self.counter: Counter = build_counter(
            settings,
            database=self._database,
            accounts=self._accounts,
            send=self._post_office.send,
            keep_copy=self._keep_copy,
            enqueue_reply=lambda connection, reply, mailbox, attempt, delay_s: self._enqueuer.enqueue_reply(
                connection, reply, mailbox=mailbox, attempt=attempt, delay_s=delay_s
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
        self._engine.start(Work(handle=self._handle, send=self._send, poll=self._poll))
        self._schedule.every(HEARTBEAT_S, "heartbeat", self._beat)
        self._schedule.every(self._settings.engine.sweep_s, "sweep", self._sweep)
        self._schedule.start()
        self._watcher.start()
        self._beat()
        log.info("daemon_ready", mailboxes=len(self._accounts), database=self._database.engine.dialect.name)

    def stop(self) -> None:
        """Stop taking mail, let what runs finish, close everything. What is unfinished goes on at the next start."""
        log.info("daemon_stopping")
        self._schedule.stop()
        # The engine first: no letter is begun any more, and those on their way still find the sessions they need.
        self._engine.stop()
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

    def _handle(self, key: MessageKey) -> None:
        try:
            pipeline.handle_message(self.counter, key)
        except Exception as error:
            if _is_database_trouble(error):
                raise
            log.exception("message_failed", mailbox=key.mailbox, uid=key.uid)
            pipeline.quarantine_failed(self.counter, key, error)

    def _send(self, reply: int, attempt: int) -> None:
        try:
            pipeline.send_reply(self.counter, reply, attempt)
        except Exception as error:
            if _is_database_trouble(error):
                raise
            log.exception("letter_failed", reply=reply, attempt=attempt)
            pipeline.give_up_letter(self.counter, reply, attempt, error=error)

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
        keep_missing_copies(self.counter, now, stale=stale)


def _is_database_trouble(error: Exception) -> bool:
    """A database that is away says nothing about the message or letter: the engine and the sweep try again."""
    from sqlalchemy.exc import SQLAlchemyError

    return isinstance(error, SQLAlchemyError | ConfigError) and not is_about_values(error)
