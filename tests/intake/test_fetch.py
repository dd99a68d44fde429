"""Fetching loses nothing, doubles nothing, and is stopped by no single message."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from cases.ledger import Cursor
from domain.errors import MailboxError
from domain.mail import RawMessage
from intake.fetch import Batch, FetchReport, Hurdles, Unfetchable, fetch_new
from intake.imap import ImapSession
from intake.rawstore import RawStore
from tests.servers.imap import LONG_AGO, MAILBOX, make_account, make_mail
from tests.servers.imap_script import OK, FaultyWire, HangUp, ImapScript, uids_of
from youban.demo.imap_server import JUNK_FOLDER

JANUARY = datetime(2020, 1, 20, 8, 30, tzinfo=UTC)


@dataclass
class MemoryLedger:
    """A ledger in memory, which checks the order: bytes first, Seen last."""

    store: RawStore
    cursors: dict[tuple[str, str], Cursor] = field(default_factory=dict)
    messages: list[RawMessage] = field(default_factory=list)
    unfetchable: list[Unfetchable] = field(default_factory=list)
    commits: list[int] = field(default_factory=list)
    breaks: bool = False

    def cursor(self, mailbox: str, folder: str) -> Cursor | None:
        return self.cursors.get((mailbox, folder))

    def record(
        self,
        mailbox: str,
        folder: str,
        *,
        uidvalidity: int,
        last_uid: int,
        messages: Sequence[RawMessage],
        unfetchable: Sequence[Unfetchable],
    ) -> None:
        if self.breaks:
            raise RuntimeError("the database is gone")
        assert all(len(self.store.read(message.sha256)) == message.size_bytes for message in messages)
        self.cursors[mailbox, folder] = Cursor(uidvalidity, last_uid)
        self.messages += messages
        self.unfetchable += unfetchable
        self.commits.append(len(messages))

    def data(self) -> list[bytes]:
        return [self.store.read(message.sha256) for message in self.messages]


@pytest.fixture
def ledger(tmp_path):
    return MemoryLedger(RawStore(tmp_path / "raw"))


def fetch(server, ledger: MemoryLedger, folder: str = "INBOX", *, starts_at=LONG_AGO, **options) -> FetchReport:
    """One look with a session of its own."""
    with ImapSession(make_account(server.endpoint()), 5) as session:
        return fetch_new(session, folder, store=ledger.store, ledger=ledger, starts_at=starts_at, **options)


# Against pymap and Dovecot.


def test_fetches_once_and_marks_seen(imap_server, ledger):
    mails = [make_mail("一"), make_mail("二")]
    for mail in mails:
        imap_server.deliver(MAILBOX, mail, when=JANUARY)
    report = fetch(imap_server, ledger)
    assert (report.fetched, report.is_first, report.size_bytes) == (2, True, sum(map(len, mails)))
    assert ledger.data() == mails
    assert {message.received_at for message in ledger.messages} == {JANUARY}
    assert imap_server.seen(MAILBOX) == [True, True]
    assert fetch(imap_server, ledger).fetched == 0
    imap_server.deliver(MAILBOX, make_mail("三"))
    assert fetch(imap_server, ledger).fetched == 1
    assert ledger.data() == [*mails, make_mail("三")]
    assert imap_server.messages(MAILBOX) == ledger.data()


def test_folders_have_their_own_cursors(imap_server, ledger):
    imap_server.deliver(MAILBOX, make_mail("收"))
    imap_server.deliver(MAILBOX, make_mail("垃圾"), folder=JUNK_FOLDER)
    assert [fetch(imap_server, ledger, folder).fetched for folder in ("INBOX", JUNK_FOLDER)] == [1, 1]
    assert [message.key.folder for message in ledger.messages] == ["INBOX", JUNK_FOLDER]


def test_empty_folder_is_remembered(imap_server, ledger):
    report = fetch(imap_server, ledger)
    assert (report.fetched, report.left, report.is_first) == (0, 0, True)
    assert ledger.cursor(MAILBOX, "INBOX") == Cursor(report.uidvalidity, 0)
    assert not fetch(imap_server, ledger).is_first


def test_what_is_older_than_the_start_is_left_unread(imap_server, ledger):
    for days in (-3, -2, -1):
        imap_server.deliver(MAILBOX, make_mail("旧"), when=JANUARY + timedelta(days=days))
    report = fetch(imap_server, ledger, starts_at=JANUARY)
    assert (report.fetched, report.left) == (0, 3)
    assert imap_server.seen(MAILBOX) == [False] * 3
    imap_server.deliver(MAILBOX, make_mail("新"))
    report = fetch(imap_server, ledger, starts_at=JANUARY)
    assert (report.fetched, report.left, ledger.data()) == (1, 0, [make_mail("新")])


def test_start_counts_whole_seconds_and_order_does_not_matter(imap_server, ledger):
    imap_server.deliver(MAILBOX, make_mail("新"), when=JANUARY)
    imap_server.deliver(MAILBOX, make_mail("旧"), when=JANUARY - timedelta(seconds=1))
    report = fetch(imap_server, ledger, starts_at=JANUARY + timedelta(milliseconds=900))
    assert (report.fetched, report.left, ledger.data()) == (1, 1, [make_mail("新")])
    assert fetch(imap_server, ledger).fetched == 0


def test_new_uidvalidity_is_scanned_again(imap_server, ledger):
    imap_server.deliver(MAILBOX, make_mail("旧"), when=JANUARY - timedelta(days=1))
    imap_server.deliver(MAILBOX, make_mail("一"), when=JANUARY)
    first = fetch(imap_server, ledger, starts_at=JANUARY)
    imap_server.change_uidvalidity(MAILBOX)
    imap_server.deliver(MAILBOX, make_mail("二"))
    second = fetch(imap_server, ledger, starts_at=JANUARY)
    assert second.uidvalidity != first.uidvalidity
    assert (second.fetched, second.left, second.is_renumbered, second.is_first) == (2, 1, True, False)
    assert ledger.data() == [make_mail("一"), make_mail("一"), make_mail("二")]
    assert len(list(ledger.store.sizes())) == 2


def test_batches_are_bounded_by_count_and_by_bytes(imap_server, ledger):
    for number in range(7):
        imap_server.deliver(MAILBOX, make_mail(str(number), size_bytes=10_000))
    assert fetch(imap_server, ledger, batch=Batch(messages=5, size_bytes=25_000)).fetched == 7
    assert ledger.commits == [2, 2, 1, 2]


def test_cut_connection_loses_and_doubles_nothing(imap_server, ledger):
    for number in range(6):
        imap_server.deliver(MAILBOX, make_mail(str(number), size_bytes=60_000))
    hurdles, batch = Hurdles(), Batch(messages=3)
    with FaultyWire(imap_server.port) as wire:
        for cut_at in (130_000, 5_000, 59_000):
            wire.cut_at, wire.cuts_left = cut_at, 1
            with pytest.raises(MailboxError):
                fetch(wire, ledger, batch=batch, hurdles=hurdles)
        fetch(wire, ledger, batch=batch, hurdles=hurdles)
    assert ledger.data() == imap_server.messages(MAILBOX)
    assert all(imap_server.seen(MAILBOX))
    assert ledger.unfetchable == []


def test_nothing_is_seen_when_the_ledger_fails(imap_server, ledger):
    imap_server.deliver(MAILBOX, make_mail())
    ledger.breaks = True
    with pytest.raises(RuntimeError):
        fetch(imap_server, ledger)
    assert imap_server.seen(MAILBOX) == [False]
    ledger.breaks = False
    assert fetch(imap_server, ledger).fetched == 1


def test_full_disk_is_a_mailbox_error_and_moves_nothing(imap_server, ledger, monkeypatch):
    imap_server.deliver(MAILBOX, make_mail())

    def refuse(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as full:
        full.setattr(os, "write", refuse)
        with pytest.raises(MailboxError, match=r"No space left.*free space"):
            fetch(imap_server, ledger)
    assert (ledger.commits, imap_server.seen(MAILBOX)) == ([], [False])
    assert fetch(imap_server, ledger).fetched == 1


def test_session_notes_how_far_it_fetched(imap_server, ledger):
    imap_server.deliver(MAILBOX, make_mail())
    with ImapSession(make_account(imap_server.endpoint()), 5) as session:
        assert session.handled == {}
        fetch_new(session, "INBOX", store=ledger.store, ledger=ledger, starts_at=LONG_AGO)
        assert session.handled["INBOX"].mark == session.poll()["INBOX"].mark


# Faults.


def letters(count: int) -> dict[int, bytes]:
    return {uid: make_mail(str(uid)) for uid in range(1, count + 1)}


def test_one_message_that_the_server_will_not_give_blocks_no_other(ledger):
    def answer(name, line):
        if name == "UID FETCH" and "BODY" in line and 2 in uids_of(line):
            return b"%(tag)s NO [SERVERBUG] internal error\r\n"
        if name == "UID FETCH" and "BODY" in line and ":" in line:
            return b"%(tag)s BAD syntax\r\n"
        return None

    with ImapScript(letters(3), answer=answer) as script:
        report = fetch(script, ledger)
    assert [message.key.uid for message in ledger.messages] == [1, 3]
    assert [(item.key.uid, item.reason) for item in report.unfetchable] == [
        (2, "the server did not give it in 3 tries")
    ]
    assert tuple(ledger.unfetchable) == report.unfetchable
    assert ledger.cursor(MAILBOX, "INBOX") == Cursor(7, 3)


def test_server_that_stumbles_over_a_date_still_gives_the_message(ledger):
    def answer(name, line):
        return b"%(tag)s NO bad date\r\n" if name == "UID FETCH" and "FLAGS" in line else None

    with ImapScript(letters(1), answer=answer) as script:
        assert fetch(script, ledger).fetched == 1
    assert datetime.now(UTC) - ledger.messages[0].received_at < timedelta(minutes=1)


@pytest.mark.parametrize("items", ["(UID INTERNALDATE)", "BODY"])
def test_what_a_throttled_server_withholds_is_not_passed_over(ledger, items):
    is_throttled = True

    def answer(name, line):
        is_refused = is_throttled and name == "UID FETCH" and (items in line or line.endswith("(UID)"))
        return b"%(tag)s NO [LIMIT] too many commands\r\n" if is_refused else None

    with ImapScript(letters(3), answer=answer) as script:
        with pytest.raises(MailboxError, match=r"\[LIMIT\] too many commands"):
            fetch(script, ledger)
        assert (ledger.messages, ledger.cursors) == ([], {})
        is_throttled = False
        assert fetch(script, ledger).fetched == 3


def test_message_that_vanishes_meanwhile_is_counted(ledger):
    def answer(name, line):
        if name == "UID FETCH" and "BODY" in line:
            script.messages.pop(2, None)
        return

    with ImapScript(letters(3), answer=answer) as script:
        report = fetch(script, ledger)
    assert (report.fetched, report.vanished, report.unfetchable) == (2, 1, ())


def test_message_that_kills_the_connection_is_given_up_at_last(ledger):
    def answer(name, line):
        if (name == "UID FETCH" and "BODY" in line and any(uid in uids_of(line) for uid in (2,))) or (
            "BODY" in line and "1:3" in line
        ):
            raise HangUp(b"* 2 FETCH (UID 2 BODY[] {1000}\r\nSubject: poi")
        return

    hurdles = Hurdles()
    with ImapScript(letters(3), answer=answer) as script:
        for _ in range(3):
            with pytest.raises(MailboxError):
                fetch(script, ledger, hurdles=hurdles, batch=Batch(falls=3))
        report = fetch(script, ledger, hurdles=hurdles, batch=Batch(falls=3))
        assert fetch(script, ledger, hurdles=hurdles).fetched == 0
    assert [message.key.uid for message in ledger.messages] == [1, 3]
    assert [(item.key.uid, item.reason) for item in report.unfetchable] == [(2, "the connection broke 3 times over it")]


def test_message_too_large_to_be_true_is_not_asked_for(ledger):
    def answer(name, line):
        if name == "UID FETCH" and "SIZE" in line:
            return b"* 1 FETCH (UID 1 RFC822.SIZE 30)\r\n* 2 FETCH (UID 2 RFC822.SIZE 999999999999)\r\n" + OK
        return None

    with ImapScript(letters(2), answer=answer) as script:
        report = fetch(script, ledger)
    assert (report.fetched, [item.key.uid for item in report.unfetchable]) == (1, [2])
    assert not any("BODY" in line and 2 in uids_of(line) for line in script.commands if "UID FETCH" in line)


def test_old_archive_is_listed_by_date_alone(ledger):
    with ImapScript(letters(50)) as script:
        report = fetch(script, ledger, starts_at=datetime(2020, 6, 1, tzinfo=UTC))
    assert (report.left, report.fetched) == (50, 0)
    assert [line for line in script.commands if "FETCH" in line] == ["UID FETCH 1:* (UID INTERNALDATE)"]


def test_nothing_new_costs_one_question(ledger):
    with ImapScript(letters(2)) as script:
        fetch(script, ledger)
        script.commands.clear()
        fetch(script, ledger)
    assert [line for line in script.commands if line.startswith(("UID", "SELECT"))] == ['SELECT "INBOX"']


def test_never_searches_deletes_or_closes(ledger):
    with ImapScript(letters(3)) as script:
        fetch(script, ledger)
    said = " ".join(script.commands).upper()
    assert not any(word in said for word in ("SEARCH", "ENVELOPE", "STRUCTURE", "DELETED", "EXPUNGE", "CLOSE"))
