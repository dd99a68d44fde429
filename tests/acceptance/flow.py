"""A stream of small mails through a daemon that is troubled meanwhile, and what must be true when the dust settles."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from cases.database import Database, open_database
from cases.tables import CASES, DELIVERIES, EVENTS, LEDGER, MESSAGES, QUARANTINE, REPLIES
from config.settings import DATABASE_VARIABLE
from domain.cases import CaseStatus, Fate, ReplyState
from tests.acceptance.daemon import RunningDaemon
from tests.acceptance.mails import Mail, read_header, write_mail
from tests.acceptance.nursery import Nursery
from tests.acceptance.waiting import wait_until
from youban.demo.imap_server import SENT_FOLDER, ImapServer
from youban.demo.sandbox import Sandbox

MAILBOXES = (
    "dlybzxgqbsc@163.com",
    "dlybzxshk@163.com",
    "dlybzxzsbsc@163.com",
    "sdybgrzh@163.com",
    "dlybzxcbb@163.com",
)
_PLACES = ("甘井子区", "沙河口区", "中山区")
_TRANSFER_OUT = ("id-front", "id-back", "ss-card-front", "written-request")
# Quick looks everywhere, so that much happens between two troubles. Lost work is found again within seconds.
SETTINGS = {
    "log": {"format": "json"},
    "pictures": {"looks": False},  # theirs show nothing: their names tell what they are
    "poll": {"interval_s": 0.5},
    "send": {"longest_retry_s": 0.5},
    "engine": {"queue_poll_s": 0.1, "sweep_s": 1.0, "stale_s": 3.0},
}


def write_mails(count: int) -> list[Mail]:
    """Return mails of as many citizens: in turn a complete application, one that lacks a paper, and a guidance item."""
    return [_write_mail(number) for number in range(count)]


def _write_mail(number: int) -> Mail:
    name = f"citizen{number:03d}"
    phone = f"1390000{number:04d}"
    match number % 3:
        case 2:
            return write_mail(
                name,
                mailbox=MAILBOXES[3],
                subject="缴费证明",
                text=f"您好，我想查询个人账户余额，打印医保缴费证明。电话{phone}。",
            )
        case lacks:
            place = number % len(_PLACES)
            text = (
                f"我叫王喆，{_PLACES[place]}户籍，灵活就业，申请医保关系转出。电话{phone}，邮箱{name}@shimin.example。"
            )
            papers = [paper for paper in _TRANSFER_OUT if not (lacks and paper == "id-back")]
            return write_mail(name, mailbox=MAILBOXES[place], subject="医保关系转出", text=text, papers=papers)


class Flow:
    """Mails on their way through one daemon: who wrote, how far everything is, what came out of it."""

    def __init__(self, box: Sandbox, imap: ImapServer, daemon: RunningDaemon, database: Database) -> None:
        self.box = box
        self.imap = imap
        self.daemon = daemon
        self.database = database
        self.sent: list[Mail] = []

    def send(self, mails: Iterable[Mail]) -> None:
        """Send citizens' mails over SMTP."""
        for mail in mails:
            self.box.send(mail.sender, mail.mailbox, mail.raw)
            self.sent.append(mail)

    def progress(self) -> int:
        """Return how many steps were taken: each mail makes three, fetched, settled, answered."""
        with self.database.read() as connection:
            fetched = connection.execute(sa.select(sa.func.count()).select_from(LEDGER)).scalar_one()
            settled = connection.execute(
                sa.select(sa.func.count()).select_from(LEDGER).where(LEDGER.c.fate != Fate.WAITING.value)
            ).scalar_one()
            answered = connection.execute(
                sa.select(sa.func.count()).select_from(REPLIES).where(REPLIES.c.state == ReplyState.SENT.value)
            ).scalar_one()
        return int(fetched + settled + answered)

    def wait_until_done(self, timeout_s: float = 90.0) -> None:
        """Wait until every mail that was sent has been answered."""

        def is_done() -> bool:
            assert self.find_quarantined() == [], self.daemon.complaints()
            return self.progress() >= 3 * len(self.sent)

        what = f"{len(self.sent)} mails fetched, settled, answered: three steps each"
        wait_until(is_done, what, timeout_s=timeout_s)

    def find_quarantined(self) -> list[str]:
        """Return why messages were set aside."""
        with self.database.read() as connection:
            return list(connection.execute(sa.select(QUARANTINE.c.reason)).scalars())

    def check(self) -> int:
        """Assert that each mail has one case and one reply and nothing happened twice; return the repeated sendings."""
        self._check_cases()
        self._check_trail()
        doubled = 0
        for mail in self.sent:
            letters = self.box.letters(mail.sender)
            assert letters, f"{mail.sender} got no letter"
            assert len({read_header(raw, "Message-ID") for raw in letters}) == 1, f"{mail.sender} was answered twice"
            assert read_header(letters[0], "In-Reply-To") == mail.message_id
            doubled += len(letters) - 1
        self._check_copies()
        return doubled

    def _check_copies(self) -> None:
        """Each letter lies in the Sent folder of its mailbox, at the latest after a sweep."""

        def find_missing() -> set[str]:
            with self.database.read() as connection:
                written = set(connection.execute(sa.select(REPLIES.c.message_id)).scalars())
            folders = [self.imap.messages(mailbox, SENT_FOLDER) for mailbox in MAILBOXES]
            return written - {read_header(raw, "Message-ID") for folder in folders for raw in folder}

        wait_until(lambda: not find_missing(), "a copy of each letter in the Sent folders")

    def _check_cases(self) -> None:
        count = len(self.sent)
        with self.database.read() as connection:
            fates = Counter(connection.execute(sa.select(LEDGER.c.fate)).scalars())
            cases = connection.execute(sa.select(CASES.c.number, CASES.c.sender, CASES.c.status)).all()
            replies = connection.execute(sa.select(REPLIES.c.case_number, REPLIES.c.state, REPLIES.c.message_id)).all()
            messages = connection.execute(sa.select(MESSAGES.c.sender)).scalars().all()
        senders = sorted(mail.sender for mail in self.sent)
        assert self.find_quarantined() == []
        assert fates == {Fate.ANSWERED.value: count}
        assert sorted(messages) == senders
        assert sorted(case.sender for case in cases) == senders
        assert Counter(case.status for case in cases) == {
            CaseStatus.COMPLETE.value: len(range(0, count, 3)),
            CaseStatus.MISSING.value: len(range(1, count, 3)),
            CaseStatus.GUIDED.value: len(range(2, count, 3)),
        }
        assert len({case.number for case in cases}) == count
        assert sorted(reply.case_number for reply in replies) == sorted(case.number for case in cases)
        assert {reply.state for reply in replies} == {ReplyState.SENT.value}

    def _check_trail(self) -> None:
        """Each case's history: decided once, then perhaps deferred, sent once and last."""
        with self.database.read() as connection:
            rows = connection.execute(sa.select(EVENTS.c.case_number, EVENTS.c.what).order_by(EVENTS.c.id)).all()
            sent = connection.execute(
                sa.select(DELIVERIES.c.reply_id).where(DELIVERIES.c.outcome == ReplyState.SENT.value)
            ).scalars()
            assert len(set(again := list(sent))) == len(again) == len(self.sent)
        trails: dict[str, list[str]] = {}
        for row in rows:
            trails.setdefault(row.case_number, []).append(row.what)
        assert len(trails) == len(self.sent)
        for number, trail in trails.items():
            whole = [what for what in trail if what != "reply-deferred"]
            assert whole == ["message-decided", "reply-sent"], number
            assert trail[0] == "message-decided"
            assert trail[-1] == "reply-sent"


@contextmanager
def open_flow(folder: Path, url: str, *, nursery: Nursery) -> Iterator[Flow]:
    """Yield a flow through a daemon that is not started yet, on an empty database."""
    with ImapServer(MAILBOXES) as imap, Sandbox(folder, mailboxes=MAILBOXES, imap=imap, settings=SETTINGS) as box:
        daemon = RunningDaemon(box.settings_file, environ={DATABASE_VARIABLE: url}, nursery=nursery)
        database = open_database(url, pool_size=2)
        try:
            yield Flow(box, imap, daemon, database)
        finally:
            daemon.kill()
            database.close()


def split(mails: list[Mail], parts: int, rng: random.Random) -> list[list[Mail]]:
    """Return the mails in so many parts of random size, some of them empty, in order."""
    cuts = sorted(rng.randint(0, len(mails)) for _ in range(parts - 1))
    return [mails[start:end] for start, end in zip([0, *cuts], [*cuts, len(mails)], strict=True)]


def wait_for_progress(flow: Flow, reached: int, *, gives_up: Callable[[], bool]) -> None:
    """Return when so many steps were taken, or when ``gives_up`` says that no more will come."""
    wait_until(lambda: flow.progress() >= reached or gives_up(), f"{reached} steps", timeout_s=30.0)
