"""Where a message's CPU goes: each stage's own milliseconds, one thread, everything real but the engine's queue."""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa

from bench.house import MAILBOXES, full_mailboxes
from bench.mails import LIGHT, REAL, Mail, Profile, make_mails
from bench.measuring import Options, median, print_table
from bench.sink import SmtpSink
from cases.tables import LEDGER, REPLIES
from cases.upgrade import upgrade_database
from domain.cases import ReplyState
from domain.mail import MessageKey
from intake.fetch import fetch_new
from intake.imap import ImapSession
from tests.servers.dovecot import DovecotServer
from youban import mailroom, pipeline
from youban.arrivals import ArrivalLedger
from youban.counter import Counter
from youban.demo.sandbox import Sandbox
from youban.engine import upgrade_engine
from youban.mailroom import Mailroom
from youban.queues import Enqueuer
from youban.wiring import (
    build_counter,
    build_mailroom,
    open_accounts,
    open_post_office,
    open_raw_store,
    open_store,
    read_settings,
    utc_now,
)

STAGES = (
    "fetch",
    "store (fsync)",
    "record (ledger)",
    "enqueue handle",
    "read back, check",
    "read_mail",
    "see_papers",
    "decide",
    "compose",
    "explain",
    "transactions (both)",
    "handle, the rest",
    "build_message",
    "send, the rest",
)


_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Stopwatch:
    """CPU milliseconds of this thread by stage; a stage inside another counts for itself alone."""

    def __init__(self) -> None:
        self.spent_ms: dict[str, float] = defaultdict(float)
        self._open: list[float] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens in the block as this stage."""
        start = time.thread_time()
        self._open.append(0.0)
        try:
            yield
        finally:
            took = time.thread_time() - start
            self.spent_ms[name] += (took - self._open.pop()) * 1000
            if self._open:
                self._open[-1] += took

    def time(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, counted as a stage."""

        def timed(*args: Any, **named: Any) -> Any:
            with self.stage(name):
                return function(*args, **named)

        return timed


class _Timed:
    """An object with one of its methods counted as a stage."""

    def __init__(self, inner: object, watch: Stopwatch, **stages: str) -> None:
        self._inner = inner
        for method, stage in stages.items():
            setattr(self, method, watch.time(stage, getattr(inner, method)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def measure_stages(mails: Sequence[Mail]) -> Mapping[str, float]:
    """Return CPU milliseconds for a message by stage: the daemon's own functions, called in order in one thread."""
    watch = Stopwatch()
    with full_mailboxes(mails) as imap, _parts(imap, watch) as (counter, room, ledger):
        with ExitStack() as sessions:
            for account in room.accounts.values():
                session = sessions.enter_context(ImapSession(account))
                with watch.stage("fetch"):
                    fetch_new(session, "INBOX", store=counter.raw, ledger=ledger, starts_at=_LONG_AGO)
        columns = [LEDGER.c[name] for name in ("mailbox", "folder", "uidvalidity", "uid")]
        with counter.database.read() as connection:
            keys = [MessageKey(*row) for row in connection.execute(sa.select(*columns))]
        fetched = {stage: watch.spent_ms[stage] / len(mails) for stage in STAGES[:4]}
        with _patched(watch):
            # The first messages compile every statement and template: once in a daemon's life.
            _work(counter, room, keys[: len(keys) // 5], watch)
            watch.spent_ms.clear()
            _work(counter, room, keys[len(keys) // 5 :], watch)
    handled = len(keys) - len(keys) // 5
    return {stage: fetched.get(stage, watch.spent_ms[stage] / handled) for stage in STAGES}


def _work(counter: Counter, room: Mailroom, keys: Sequence[MessageKey], watch: Stopwatch) -> None:
    for key in keys:
        with watch.stage("handle, the rest"):
            pipeline.handle_message(counter, key)
    with counter.database.read() as connection:
        waiting = sa.select(REPLIES.c.id).where(REPLIES.c.state == ReplyState.WAITING.value)
        replies = connection.execute(waiting).scalars().all()
    for reply in replies:
        with watch.stage("send, the rest"):
            mailroom.send_replies(room, [reply], 1)


@contextmanager
def _patched(watch: Stopwatch) -> Iterator[None]:
    stages = {
        "read_mail": "read_mail",
        "decide": "decide",
        "run_transaction": "transactions (both)",
        "run_turns": "transactions (both)",
        "explain_decision": "explain",
    }
    with ExitStack() as patches:
        for name, stage in stages.items():
            patches.enter_context(patch.object(pipeline, name, watch.time(stage, getattr(pipeline, name))))
        for name, stage in {"run_transaction": "transactions (both)", "build_message": "build_message"}.items():
            patches.enter_context(patch.object(mailroom, name, watch.time(stage, getattr(mailroom, name))))
        yield


@contextmanager
def _parts(imap: DovecotServer, watch: Stopwatch) -> Iterator[tuple[Counter, Mailroom, Any]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="youban-bench-")))
        # A look at a picture takes a second of its own: ``papers`` measures that.
        box = Sandbox(folder, mailboxes=MAILBOXES, imap=imap, settings={"pictures": {"looks": False}})
        box.smtp = SmtpSink()  # type: ignore[assignment]
        stack.enter_context(box)
        settings = read_settings(box.settings_file, {})
        database = open_store(settings)
        stack.callback(database.close)
        upgrade_database(database)
        upgrade_engine(database)
        accounts = {k: replace(a, keeps_sent_copy=False) for k, a in open_accounts(settings, database, {}).items()}
        enqueuer = Enqueuer(database)
        stack.callback(enqueuer.close)
        post_office = open_post_office(settings)
        stack.callback(post_office.close)
        enqueue_mails = watch.time("enqueue handle", enqueuer.enqueue_mails)
        raw: Any = _Timed(open_raw_store(settings), watch, put_many="store (fsync)", read="read back, check")
        counter = build_counter(settings, database=database)
        composer: Any = _Timed(counter.composer, watch, compose="compose")
        room = build_mailroom(
            settings,
            database=database,
            accounts=accounts,
            send=post_office.send,
            keep_copy=lambda *_: None,
            enqueue_reply=lambda *_: None,
        )
        ledger = ArrivalLedger(
            database, starts=dict.fromkeys(MAILBOXES, _LONG_AGO), enqueue_mails=enqueue_mails, clock=utc_now
        )
        timed: Any = _Timed(ledger, watch, record="record (ledger)")
        see_papers = watch.time("see_papers", counter.see_papers)
        yield replace(counter, raw=raw, composer=composer, see_papers=see_papers), room, timed


def run(options: Options) -> None:
    """Print the stages of both profiles beside each other."""
    found = {profile.name: _measure(options, profile) for profile in (LIGHT, REAL)}
    rows: list[tuple[object, ...]] = [(stage, *(found[name][stage] for name in found)) for stage in STAGES]
    rows.append(("all but the engine", *(sum(found[name].values()) for name in found)))
    print_table(options, "CPU ms for a message by stage (one thread, SQLite)", ("stage", *found), rows)


def _measure(options: Options, profile: Profile) -> Mapping[str, float]:
    mails = list(make_mails(profile, MAILBOXES, count=options.count(profile.count // 4)))
    runs = [measure_stages(mails) for _ in range(options.runs)]
    return {stage: median(run[stage] for run in runs) for stage in STAGES}
