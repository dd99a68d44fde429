"""A counter without an engine: mails are laid before it one by one, and what leaves the house is kept on lists."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from cases import ledger, related
from cases.database import Database
from cases.ledger import LedgerEntry
from cases.tables import CASES, REPLIES
from config.settings import load_settings
from domain.accounts import Account
from domain.cases import Case
from domain.errors import MailboxError
from domain.mail import MessageKey, RawMessage
from tests.acceptance.mails import Mail, write_mail
from youban import mailroom, pipeline
from youban.arrivals import ArrivalLedger
from youban.counter import Counter
from youban.mailroom import Mailroom
from youban.wiring import build_counter, build_mailroom

MAILBOX, OTHER_MAILBOX = "dlybzxshk@163.com", "dlybzxgqbsc@163.com"
START = datetime(2020, 2, 10, 9, 0, tzinfo=UTC)
UIDVALIDITY = 7
TRANSFER_OUT = ("id-front", "id-back", "ss-card-front", "written-request")
_SETTINGS = "[pictures]\nlooks = false\n" + "".join(
    f'[[mailbox]]\naddress = "{address}"\nprovider = "generic"\npassword_env = "SECRET"\n'
    'imap_host = "127.0.0.1"\nsmtp_host = "127.0.0.1"\n'
    for address in (MAILBOX, OTHER_MAILBOX)
)


@dataclass
class Window:
    """The counter, its clock, and what left the house.

    ``enqueued`` is what the engine is to send, ``answers`` are the faults of the next sendings.
    """

    counter: Counter = field(init=False)
    room: Mailroom = field(init=False)
    arrivals: ArrivalLedger = field(init=False)
    now: datetime = START
    mails: list[MessageKey] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    enqueued: list[tuple[int, str, int, float]] = field(default_factory=list)
    sent: list[tuple[str, str, bytes]] = field(default_factory=list)
    copies: list[bytes] = field(default_factory=list)
    answers: deque[Exception] = field(default_factory=deque)
    copy_fails: bool = False
    _uids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def database(self) -> Database:
        return self.counter.database

    def receive(self, raw: bytes, mailbox: str = MAILBOX, *, received_at: datetime | None = None) -> MessageKey:
        """Write an arrived message down, as fetching does."""
        key = MessageKey(mailbox, "INBOX", UIDVALIDITY, next(self._uids))
        message = RawMessage(key, self.counter.raw.put(raw), len(raw), received_at or self.now)
        self.arrivals.record(
            mailbox, "INBOX", uidvalidity=UIDVALIDITY, last_uid=key.uid, messages=[message], unfetchable=[]
        )
        return key

    def handle(self, mail: Mail, mailbox: str = "") -> LedgerEntry:
        """Receive a mail, handle it, and return its line of the ledger."""
        return self.handle_again(self.receive(mail.raw, mailbox or mail.mailbox))

    def handle_again(self, key: MessageKey) -> LedgerEntry:
        settled = pipeline.handle_message(self.counter, key)
        if settled and settled.letter is not None and settled.letter not in self.letters:
            self.letters.append(settled.letter)
            self.enqueued.append((settled.letter, key.mailbox, 1, 0.0))
        return self.entry(key)

    def entry(self, key: MessageKey) -> LedgerEntry:
        """Return a message's line of the ledger."""
        with self.database.read() as connection:
            entry = ledger.find_entry(connection, key)
        assert entry is not None
        return entry

    def cases(self) -> list[Case]:
        """Return every case, the oldest first."""
        with self.database.read() as connection:
            numbers = connection.execute(sa.select(CASES.c.number).order_by(CASES.c.id)).scalars().all()
            found = [related.find_case(connection, number) for number in numbers]
        return [case for case in found if case is not None]

    def replies(self) -> Sequence[Any]:
        """Return every row of replies, the oldest first."""
        with self.database.read() as connection:
            return connection.execute(sa.select(REPLIES).order_by(REPLIES.c.id)).all()

    def dump(self) -> dict[str, list[Any]]:
        """Return every row of every table of ours."""
        with self.database.read() as connection:
            return {
                table.name: [tuple(row) for row in connection.execute(sa.select(table))]
                for table in CASES.metadata.sorted_tables
            }

    def send(self, account: Account, recipient: str, data: bytes) -> str:
        self.sent.append((account.mailbox, recipient, data))
        if self.answers:
            raise self.answers.popleft()
        return "250 OK"

    def keep_copy(self, account: Account, data: bytes, _when: datetime) -> None:
        if self.copy_fails:
            raise MailboxError(account.mailbox, "polling: no answer")
        self.copies.append(data)

    def send_next(self) -> None:
        """Send what was enqueued first, as the engine does when its time has come."""
        reply, _, attempt, _ = self.enqueued.pop(0)
        mailroom.send_replies(self.room, [reply], attempt)


def open_window(folder: Path, database: Database, **changes: Any) -> Window:
    """Open a counter on an upgraded database; ``changes`` are other parts of it, for example ``reply_cap``."""
    file = folder / "youban.toml"
    file.write_text(_SETTINGS, encoding="utf-8")
    settings = load_settings(file, {})
    accounts = {m.address: m.account(starts_at=START - timedelta(hours=1), password="x") for m in settings.mailboxes}
    window = Window()
    counter = build_counter(settings, database=database, clock=lambda: window.now)
    window.counter = replace(counter, **changes)
    window.room = build_mailroom(
        settings,
        database=database,
        accounts=accounts,
        send=window.send,
        keep_copy=window.keep_copy,
        enqueue_reply=lambda _, *reply: window.enqueued.append(reply),
        clock=lambda: window.now,
    )
    window.arrivals = ArrivalLedger(
        database,
        starts={a.mailbox: a.starts_at for a in accounts.values()},
        enqueue_mails=lambda _, keys: window.mails.extend(keys),
        clock=lambda: window.now,
    )
    return window


def transfer_out(name: str, *, lacks: str = "", text: str = "", **options: Any) -> Mail:
    """Return an application for 医保关系转出 with all its papers, or all but one."""
    words = text or f"我叫王喆，沙河口区户籍，灵活就业，申请医保关系转出。电话13900001234，邮箱{name}@shimin.example。"
    papers = [paper for paper in TRANSFER_OUT if paper != lacks]
    fields = {"mailbox": MAILBOX, "subject": "医保关系转出", "papers": papers}
    return write_mail(name, text=words, **fields | options)
