"""A running counter as its citizens, its clerks and its auditor see it: mail, the command line, the database."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from cases.database import Database, open_database
from cases.queries import CaseView, show_case
from cases.tables import CASES, LEDGER, REPLIES
from config.settings import DATABASE_VARIABLE
from domain.cases import Fate, ReplyState
from tests.acceptance.daemon import RunningDaemon
from tests.acceptance.mails import Letter, Mail, read_letter
from tests.acceptance.nursery import Nursery
from tests.acceptance.waiting import wait_until
from youban.demo.sandbox import Sandbox

REPLY_CAP = 4
LONGEST_WAIT_S = 30.0
SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "log": {"format": "json"},
    "pictures": {"looks": False},  # theirs show nothing: their names tell what they are
    "poll": {"interval_s": 1.0},
    "send": {"longest_retry_s": 0.2},
    "engine": {"queue_poll_s": 0.1, "sweep_s": 1.0},
    "replies": {"cap_per_sender_and_day": REPLY_CAP},
}


class TroubledSandbox(Sandbox):
    """A sandbox whose citizens' post office can lose an answer, or keep a sender waiting.

    ``is_open`` is set; while it is cleared, each letter waits between its last dot and the answer.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_open = threading.Event()
        self.is_open.set()
        self._to_lose: set[str] = set()

    def lose_answer(self, citizen: str) -> None:
        """Deliver the next letter to a citizen, and tell its sender that it failed."""
        self._to_lose.add(citizen.lower())

    def _deliver(self, recipient: str, data: bytes) -> None:
        if recipient not in self.mailboxes:
            self.is_open.wait(LONGEST_WAIT_S)
        super()._deliver(recipient, data)
        if recipient.lower() in self._to_lose:
            self._to_lose.discard(recipient.lower())
            raise ConnectionResetError


@dataclass(frozen=True)
class Line:
    """A line of the ledger, as far as the tests look at it."""

    mailbox: str
    folder: str
    uidvalidity: int
    fate: Fate
    reason: str


@dataclass
class House:
    """The counter under test: provider, daemon, database."""

    box: TroubledSandbox
    imap: Any
    daemon: RunningDaemon
    database: Database
    nursery: Nursery
    posted: dict[str, list[bytes]] = field(default_factory=dict)
    _listed: dict[str, dict[str, Any]] = field(default_factory=dict)

    def post(self, mail: Mail, *also: str) -> Mail:
        """Send a citizen's mail over SMTP, to further mailboxes as well."""
        self.box.send(mail.sender, [mail.mailbox, *also], mail.raw)
        for mailbox in (mail.mailbox, *also):
            self.posted.setdefault(mailbox, []).append(mail.raw)
        return mail

    def letters(self, mail: Mail) -> list[Letter]:
        """Return the letters that its sender has got by now."""
        return [read_letter(raw) for raw in self.box.letters(mail.sender)]

    def wait_for_letters(self, mail: Mail, count: int = 1) -> list[Letter]:
        """Return the letters of its sender, when there are ``count``."""
        try:
            return [read_letter(raw) for raw in self.box.wait_for_letters(mail.sender, count, timeout_s=45.0)]
        except TimeoutError as error:
            error.add_note(f"fates: {self.find_lines(mail)}; log: {self.daemon.complaints()}")
            raise

    def answer_to(self, mail: Mail) -> Letter:
        """Send a mail and return its only answer."""
        (letter,) = self.wait_for_letters(self.post(mail))
        return letter

    def find_lines(self, mail: Mail) -> list[Line]:
        """Return the ledger's lines of a mail, in the order in which they were written."""
        wanted = sa.select(LEDGER).where(LEDGER.c.sha256 == hashlib.sha256(mail.raw).hexdigest()).order_by(LEDGER.c.id)
        with self.database.read() as connection:
            rows = connection.execute(wanted).all()
        return [Line(r.mailbox, r.folder, r.uidvalidity, Fate(r.fate), r.reason) for r in rows]

    def wait_for_lines(self, mail: Mail, count: int = 1) -> list[Line]:
        """Return the ledger's lines of a mail, when there are ``count`` and each has its fate."""

        def find() -> list[Line]:
            lines = self.find_lines(mail)
            return lines if len(lines) >= count and all(x.fate is not Fate.WAITING for x in lines) else []

        return wait_until(find, f"{count} fates of {mail.sender}'s mail to {mail.mailbox}")

    def view(self, number: str) -> CaseView:
        """Return everything about a case."""
        with self.database.read() as connection:
            view = show_case(connection, number)
        assert view is not None, f"there is no case {number}"
        return view

    def count_written(self, citizen: str) -> int:
        """Return how many letters to a citizen were ever written down, whether sent or not."""
        return self._count(sa.select(sa.func.count()).select_from(REPLIES).where(REPLIES.c.recipient == citizen))

    def find_cases(self, citizen: str) -> list[str]:
        """Return the numbers of a citizen's cases."""
        with self.database.read() as connection:
            return list(connection.execute(sa.select(CASES.c.number).where(CASES.c.sender == citizen)).scalars())

    def count_cases(self, citizen: str) -> int:
        """Return how many cases a citizen has."""
        return len(self.find_cases(citizen))

    def count_waiting_letters(self) -> int:
        """Return how many letters are written and not sent."""
        return self._count(
            sa.select(sa.func.count()).select_from(REPLIES).where(REPLIES.c.state == ReplyState.WAITING.value)
        )

    def is_at_rest(self) -> bool:
        """Whether no message waits for its fate and no letter to be sent."""
        waiting = sa.select(sa.func.count()).select_from(LEDGER).where(LEDGER.c.fate == Fate.WAITING.value)
        unsent = sa.select(sa.func.count()).select_from(REPLIES).where(REPLIES.c.state != ReplyState.SENT.value)
        return self._count(waiting) == self._count(unsent) == 0

    def listed(self, number: str) -> dict[str, Any]:
        """Return a case's line of ``youban cases list --json``."""
        if number not in self._listed:
            lines = self.run_command("cases", "list", "--json", "--limit", "10000").splitlines()
            self._listed = {line["case"]: line for line in map(json.loads, lines)}
        return self._listed[number]

    def run_command(self, *words: str) -> str:
        """Run a ``youban`` command beside the daemon and return what it prints. Raises: CalledProcessError."""
        return self.nursery.run([*words, "--config", str(self.daemon.settings_file)], self.daemon.environ)

    def wait_until_connected(self, mailboxes: Iterable[str] = ()) -> None:
        """Wait until the log tells of each mailbox (or of these) that its server was reached, or that it was not."""
        mailboxes = set(mailboxes or self.box.mailboxes)
        wait_until(
            lambda: (
                mailboxes
                <= {
                    line["mailbox"]
                    for word in ("mailbox_connected", "mailbox_failed")
                    for line in self.daemon.events(word)
                }
            ),
            "every mailbox connected",
        )

    def _count(self, query: sa.Select[Any]) -> int:
        with self.database.read() as connection:
            return int(connection.execute(query).scalar_one())


@contextmanager
def open_house(
    folder: Path,
    *,
    imap: Any,
    database: str,
    nursery: Nursery,
    mailboxes: Iterable[str],
    is_forked: bool = True,
    overrides: Mapping[str, Mapping[str, Any]] | None = None,
    environ: Mapping[str, str] | None = None,
    settings: Mapping[str, Mapping[str, Any]] | None = None,
) -> Iterator[House]:
    """Open a counter on a running IMAP server; at the end stop it and assert that it went without complaint.

    ``database`` is a PostgreSQL address, or '' for a SQLite file; ``overrides`` are settings of single mailboxes,
    ``settings`` tables that replace those of ``SETTINGS``. The daemon is forked in the nursery, or a Python of its own.
    """
    environ = {**(environ or {}), **({DATABASE_VARIABLE: database} if database else {})}
    with TroubledSandbox(
        folder,
        mailboxes=mailboxes,
        imap=imap,
        database=database,
        settings={**SETTINGS, **(settings or {})},
        overrides=overrides,
    ) as box:
        daemon = RunningDaemon(box.settings_file, environ=environ, nursery=nursery if is_forked else None)
        daemon.start()
        try:
            store = open_database(database or f"sqlite:///{folder / 'var' / 'youban.db'}", pool_size=2)
            try:
                yield House(box, imap, daemon, store, nursery)
                if daemon.is_running:
                    daemon.stop()
            finally:
                store.close()
        finally:
            daemon.kill()
