"""A message's way with a counter whose post is a list: what becomes of mails and letters when something goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cases import ledger, outbox, queries
from cases.database import Database, open_database
from cases.upgrade import upgrade_database
from config.catalogue import SHIPPED_AGENCIES, load_catalogue
from domain.accounts import Account, Endpoint, Provider, Tls
from domain.cases import CaseStatus, Fate, Reply, ReplyState
from domain.catalogue import Catalogue
from domain.errors import Deferred
from domain.mail import MessageKey, RawMessage
from intake.rawstore import RawStore
from responders.answers import RetrySchedule
from responders.compose import Composer
from responders.workdays import Closures
from routing import Classifier
from youban.counter import Counter
from youban.explainer import Explainer
from youban.logs import Mask
from youban.mailroom import Mailroom, give_up_letter, send_replies
from youban.numbers import Numbers
from youban.pictures import see_names
from youban.pipeline import handle_message
from youban.sources import Source

MAILBOX = "dlybzxcbb@163.com"
NOW = datetime(2020, 2, 10, 1, 30, tzinfo=UTC)
QUESTION = "请问转入医保关系需要什么材料？"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(SHIPPED_AGENCIES)


class Desk:
    """A counter on a SQLite file, and what left it."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.database: Database = open_database(f"sqlite:///{folder / 'youban.db'}", pool_size=4)
        upgrade_database(self.database)
        self.queued: list[tuple[int, int]] = []
        self.sent: list[tuple[str, bytes]] = []
        self.post: Callable[[], str] = lambda: "250 OK"
        self._uid = 0
        server = Endpoint("127.0.0.1", 1, Tls.NONE)
        account = Account(MAILBOX, MAILBOX, server, server, Provider("generic"), NOW, keeps_sent_copy=False)
        self.counter = Counter(
            catalogue=catalogue,
            database=self.database,
            numbers=Numbers(self.database),
            raw=RawStore(folder / "raw"),
            classifier=Classifier(catalogue),
            composer=Composer(catalogue),
            closures=Closures(),
            inboxes={MAILBOX: "INBOX"},
            own_addresses=frozenset(m.lower() for m in catalogue.mailboxes),
            timezone=UTC,
            clock=lambda: NOW,
            opened_at=NOW,
            see_papers=see_names(catalogue.kinds),
        )
        self.room = Mailroom(
            catalogue=catalogue,
            database=self.database,
            accounts={MAILBOX: account},
            clock=lambda: NOW,
            enqueue_reply=lambda _connection, reply, _mailbox, attempt, _delay_s: self.queued.append((reply, attempt)),
            send=self._send,
            keep_copy=lambda *_: None,
            retries=RetrySchedule(),
        )

    def receive(
        self,
        text: str,
        *,
        headers: str = "",
        subject: str = "咨询",
        mailbox: str = MAILBOX,
        folder: str = "INBOX",
        is_copy: bool = False,
    ) -> MessageKey:
        """Put a mail, or one more copy of the last one, into the ledger and handle it."""
        self._uid += not is_copy
        key = MessageKey(mailbox, folder, 7, self._uid)
        head = f"From: wang@citizen.example\nTo: {MAILBOX}\nMessage-ID: <{self._uid}@citizen.example>\n"
        head += f"Subject: {subject}\n{headers}Content-Type: text/plain; charset=utf-8\n"
        mail = f"{head}\n{text}\n".encode()
        raw = RawMessage(key, self.counter.raw.put(mail), len(mail), NOW)
        with self.database.write() as connection:
            ledger.record_fetched(
                connection,
                mailbox=mailbox,
                folder=folder,
                uidvalidity=7,
                last_uid=self._uid,
                messages=[raw],
                fates=[Fate.WAITING],
                at=NOW,
            )
        settled = handle_message(self.counter, key)
        if settled and settled.letter is not None:
            self.queued.append((settled.letter, 1))
        return key

    def fate(self, key: MessageKey) -> Fate:
        with self.database.read() as connection:
            entry = ledger.find_entry(connection, key)
        assert entry is not None
        return entry.fate

    def reply(self, number: int) -> Reply:
        with self.database.read() as connection:
            found = outbox.find_reply(connection, number)
        assert found is not None
        return found

    def show(self) -> queries.CaseView:
        """Return the newest case."""
        with self.database.read() as connection:
            (line,) = queries.list_cases(connection, limit=1)
            view = queries.show_case(connection, line.case.number)
        assert view is not None
        return view

    def _send(self, _account: Account, recipient: str, data: bytes) -> str:
        answer = self.post()
        self.sent.append((recipient, data))
        return answer


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue) -> Iterator[Desk]:
    opened = Desk(tmp_path, catalogue)
    yield opened
    opened.database.close()


def test_a_letter_that_our_own_code_fails_on_goes_to_a_clerk(desk: Desk) -> None:
    desk.receive(QUESTION)
    reply, attempt = desk.queued[0]
    give_up_letter(desk.room, desk.reply(reply), attempt, error=KeyError("x"))
    view = desk.show()
    assert (view.case.status, view.replies[0].reply.state) == (CaseStatus.TRIAGE, ReplyState.REFUSED)
    assert view.events[-1].details == {"reason": "回信未能送达：系统发信时出错"}


def test_a_failure_after_the_letter_is_out_leaves_it_sent(desk: Desk) -> None:
    desk.receive(QUESTION)
    reply, attempt = desk.queued[0]
    send_replies(desk.room, [reply], attempt)
    give_up_letter(desk.room, desk.reply(reply), attempt, error=KeyError("x"))
    view = desk.show()
    assert (view.case.status, view.replies[0].reply.state) == (CaseStatus.GUIDED, ReplyState.SENT)
    assert [recipient for recipient, _ in desk.sent] == ["wang@citizen.example"]


def test_an_attempt_that_is_on_record_is_put_off_only_once(desk: Desk) -> None:
    def refuse() -> str:
        # Another process, which took this one for dead, was quicker.
        with desk.database.write() as connection:
            outbox.record_deferred(connection, reply, attempt=1, at=NOW, code=451, answer="x", next_attempt_at=NOW)
        raise Deferred(451, "later")

    desk.receive(QUESTION)
    reply, attempt = desk.queued.pop()
    desk.post = refuse
    send_replies(desk.room, [reply], attempt)
    assert desk.queued == []


def test_a_date_that_no_database_takes_is_no_obstacle(desk: Desk) -> None:
    key = desk.receive(QUESTION, headers="Date: Fri, 31 Dec 9999 23:59:59 -1200\n")
    assert desk.fate(key) is Fate.ANSWERED


def test_a_forged_sender_does_not_learn_of_a_case_by_reply_to(desk: Desk) -> None:
    desk.receive("我要办理医保关系转入，电话13900001234", subject="转入")
    number = desk.show().case.number
    desk.receive("补充：电话13900005678", subject=f"Re: {number}", headers="Reply-To: thief@citizen.example\n")
    desk.receive("请问生育津贴怎么办？", headers="Reply-To: wife@citizen.example\n")
    for reply, attempt in desk.queued:
        send_replies(desk.room, [reply], attempt)
    told = ["wang@citizen.example", "wang@citizen.example", "wife@citizen.example"]
    assert [recipient for recipient, _ in desk.sent] == told


def test_explaining_remembers_what_a_later_mail_told(catalogue: Catalogue) -> None:
    explainer = Explainer(catalogue, see_names(catalogue.kinds))

    def explain(number: int, text: str) -> str:
        head = f"From: wang@citizen.example\nTo: {MAILBOX}\nSubject: x\nMessage-ID: <{number}@citizen.example>\n"
        head += f"References: <{number - 1}@citizen.example>\nContent-Type: text/plain; charset=utf-8\n"
        mail = f"{head}\n{text}\n".encode()
        return str(explainer.explain(Source(str(number), mail), mailbox=MAILBOX).as_json()["scenario"])

    assert explain(1, "申请办理医保死亡账户注销") == "None"
    assert [explain(2, "他是退休人员"), explain(3, "手机13900001234")] == ["retiree", "retiree"]


def test_a_refused_row_is_not_shown_in_the_log() -> None:
    said = "null value\nDETAIL:  Failing row contains (7, 王小明,\n住址1号).\n[SQL: INSERT]\n(Background on it)"
    assert Mask().text(said) == "null value\nDETAIL:  ***\n[SQL: INSERT]\n(Background on it)"
    assert Mask().text("DETAIL:  Key (x)=(王小明) exists.") == "DETAIL:  ***"


def test_a_mail_to_both_agencies_is_handled_by_each_and_once_by_each(desk: Desk) -> None:
    first = desk.receive(QUESTION)
    copy = desk.receive(QUESTION, mailbox="dlybzxshk@163.com", is_copy=True)
    other = desk.receive(QUESTION, mailbox="sdybgrzh@163.com", is_copy=True)
    assert [desk.fate(key) for key in (first, copy, other)] == [Fate.ANSWERED, Fate.DUPLICATE, Fate.ANSWERED]


def test_junk_without_an_item_gets_no_letter_but_a_clerk(desk: Desk) -> None:
    key = desk.receive("你好，在吗", subject="你好", folder="垃圾邮件")
    assert (desk.fate(key), desk.queued) == (Fate.TRIAGE, [])
    assert "垃圾邮件箱" in desk.show().events[-1].details["reason"]


def test_junk_with_an_item_is_answered(desk: Desk) -> None:
    key = desk.receive(QUESTION, folder="垃圾邮件")
    assert (desk.fate(key), len(desk.queued)) == (Fate.ANSWERED, 1)
