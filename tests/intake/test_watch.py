"""The watch sees news in every mailbox, and no mailbox delays another."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from domain.accounts import Account, Provider
from domain.errors import MailboxError
from intake.backoff import Backoff
from intake.imap import ImapSession
from intake.watch import Watcher
from tests.servers.imap import MAILBOX, make_account, make_mail
from tests.servers.imap_script import OK, FaultyWire, Hang, HangUp, ImapScript
from youban.demo.imap_server import JUNK_FOLDER, ImapServer

POLLING = Provider("polling", uses_idle=False)
QUICK = Backoff(first_s=0.05, most_s=0.1, lasting_s=30.0)


def wait_until(condition: Callable[[], object], timeout_s: float = 20.0) -> None:
    until = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.005)


class News:
    """Takes the watcher's news and, as a fetch would, notes in the session how far it came."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, int]] = []
        self.watcher: Watcher | None = None

    def __call__(self, account: Account) -> None:
        assert self.watcher is not None
        self.watcher.run(account.mailbox, self.fetch)

    def fetch(self, session: ImapSession) -> None:
        for folder in session.folders:
            state = session.select(folder)
            self.seen.append((session.account.mailbox, folder, state.exists))
            session.handled[folder] = state

    def count(self, mailbox: str = MAILBOX, folder: str = "INBOX") -> int:
        return max((n for m, f, n in self.seen if (m, f) == (mailbox, folder)), default=-1)


@contextmanager
def watching(*accounts: Account, on_new: Callable[[Account], None] | None = None, **options) -> Iterator[Watcher]:
    news = News() if on_new is None else on_new
    fields = {"interval_s": 0.1, "threads": 4, "timeout_s": 5.0, "backoff": QUICK} | options
    watcher = Watcher(accounts, on_new=news, **fields)
    if isinstance(news, News):
        news.watcher = watcher
    watcher.start()
    try:
        yield watcher
    finally:
        watcher.stop()


def status(watcher: Watcher, mailbox: str = MAILBOX):
    return next(line for line in watcher.status() if line.mailbox == mailbox)


def news_of(watcher: Watcher) -> News:
    return watcher._on_new


# Against pymap and Dovecot.


@pytest.mark.parametrize("provider", [POLLING, Provider("generic")])
def test_sees_mail_in_inbox_and_junk(imap_server, provider):
    with watching(make_account(imap_server.endpoint(), provider=provider)) as watcher:
        wait_until(lambda: news_of(watcher).count() == 0)
        imap_server.deliver(MAILBOX, make_mail())
        wait_until(lambda: news_of(watcher).count() == 1)
        imap_server.deliver(MAILBOX, make_mail(), folder=JUNK_FOLDER)
        wait_until(lambda: news_of(watcher).count(folder=JUNK_FOLDER) == 1)


def test_idle_wakes_long_before_the_interval(imap_server):
    with watching(make_account(imap_server.endpoint()), interval_s=600) as watcher:
        wait_until(lambda: status(watcher).is_idling)
        for number in (1, 2, 3):
            imap_server.deliver(MAILBOX, make_mail())
            wait_until(lambda wanted=number: news_of(watcher).count() == wanted)
            wait_until(lambda: status(watcher).is_idling)


def test_quiet_mailbox_calls_nobody(imap_server):
    with watching(make_account(imap_server.endpoint(), provider=POLLING)) as watcher:
        wait_until(lambda: news_of(watcher).count() == 0)
        first = status(watcher).last_poll_at
        wait_until(lambda: status(watcher).last_poll_at > first)
        assert len(news_of(watcher).seen) == 2


def test_news_are_told_until_they_are_fetched(imap_server):
    calls: list[str] = []
    with watching(
        make_account(imap_server.endpoint(), provider=POLLING), on_new=lambda account: calls.append(account.mailbox)
    ):
        wait_until(lambda: len(calls) > 2)


def test_reconnects_after_the_server_went_away(imap_server):
    with watching(make_account(imap_server.endpoint())) as watcher:
        wait_until(lambda: news_of(watcher).count() == 0)
        imap_server.drop_connections()
        imap_server.deliver(MAILBOX, make_mail())
        wait_until(lambda: news_of(watcher).count() == 1)
        wait_until(lambda: status(watcher).last_error == "")


def test_uidvalidity_change_is_news(imap_server):
    imap_server.deliver(MAILBOX, make_mail())
    with watching(make_account(imap_server.endpoint())) as watcher:
        wait_until(lambda: news_of(watcher).count() == 1)
        before = len(news_of(watcher).seen)
        imap_server.change_uidvalidity(MAILBOX)
        wait_until(lambda: len(news_of(watcher).seen) > before)


def test_run_lends_the_session_and_gives_back_the_answer(imap_server):
    with watching(make_account(imap_server.endpoint()), interval_s=600) as watcher:
        wait_until(lambda: status(watcher).is_idling)
        assert watcher.run(MAILBOX, lambda session: session.select("INBOX").exists) == 0
        wait_until(lambda: status(watcher).is_idling)


def test_many_runs_at_once_take_turns(imap_server):
    inside: list[int] = []
    most: list[int] = []

    def work(session: ImapSession) -> None:
        inside.append(1)
        most.append(len(inside))
        session.noop()
        inside.pop()

    with watching(make_account(imap_server.endpoint())) as watcher:
        threads = [threading.Thread(target=watcher.run, args=(MAILBOX, work)) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (len(most), max(most)) == (20, 1)


@pytest.mark.slow
def test_sixty_mailboxes(imap_kind):
    mailboxes = [f"m{n:03d}@agency.example" for n in range(60)]
    with imap_kind(mailboxes) as server:
        accounts = [make_account(server.endpoint(), mailbox=mailbox) for mailbox in mailboxes]
        with watching(*accounts, interval_s=1.0, threads=8) as watcher:
            wait_until(lambda: all(line.last_poll_at for line in watcher.status()), 60)
            for mailbox in mailboxes:
                server.deliver(mailbox, make_mail())
            wait_until(lambda: all(news_of(watcher).count(mailbox) == 1 for mailbox in mailboxes), 60)


# Mails that come while IDLE begins: no interval may pass before they are seen.

INBOX_AND_JUNK = b'* LIST () "/" "INBOX"\r\n* LIST (\\Junk) "/" "Junk"\r\n' + OK
EMPTY_JUNK = {
    'SELECT "Junk"': b"* 0 EXISTS\r\n* OK [UIDVALIDITY 8] x\r\n* OK [UIDNEXT 1] x\r\n" + OK,
    'STATUS "Junk" (MESSAGES UIDNEXT UIDVALIDITY)': b'* STATUS "Junk" (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 8)\r\n' + OK,
}


@pytest.mark.parametrize("at", ["STATUS", "IDLE"])
def test_mail_that_comes_before_idle_begins_is_not_slept_over(at):
    """A server tells of it once, in its next answer, and only of the folder that is open (RFC 3501 7.3.1)."""
    opened: list[str] = []

    def answer(name, line):
        if name == "LIST":
            return INBOX_AND_JUNK
        if name == "SELECT":
            opened.append(line)
        usual = EMPTY_JUNK.get(line) or script.usual(name, line)
        if name == at and 'SELECT "Junk"' in opened and not script.messages:  # fetched once, so it is after a poll
            script.messages[1] = make_mail()
            return (b"* 1 EXISTS\r\n" if opened[-1] == 'SELECT "INBOX"' else b"") + usual
        return usual

    with (
        ImapScript(answer=answer, capabilities="IMAP4rev1 IDLE") as script,
        watching(make_account(script.endpoint()), interval_s=600) as watcher,
    ):
        wait_until(lambda: news_of(watcher).count() == 1)


def test_mail_that_comes_before_the_worker_lets_go_is_not_slept_over(monkeypatch):
    """The watching thread hears of it while the worker that began the IDLE still holds the mailbox."""
    is_heard = threading.Event()
    add_ticket, answered = Watcher._add_ticket, Watcher._answered

    def add_ticket_and_dawdle(watcher, watched, session, *, until):
        add_ticket(watcher, watched, session, until=until)
        if until is None and not script.messages:
            script.messages[1] = make_mail()
            script.send_all(b"* 1 EXISTS\r\n")
            is_heard.wait(20)

    def hear(watcher, ticket):
        answered(watcher, ticket)
        if ticket.until is None:
            is_heard.set()

    monkeypatch.setattr(Watcher, "_add_ticket", add_ticket_and_dawdle)
    monkeypatch.setattr(Watcher, "_answered", hear)
    with (
        ImapScript(capabilities="IMAP4rev1 IDLE") as script,
        watching(make_account(script.endpoint()), interval_s=600) as watcher,
    ):
        wait_until(lambda: news_of(watcher).count() == 1)


# Faults: the one mailbox must not touch the other.


def accounts_of(bad, good) -> tuple[Account, Account]:
    other = make_account(good.endpoint(), mailbox="good@agency.example", login=MAILBOX)
    return make_account(bad.endpoint()), other


@pytest.mark.parametrize("at", ["CAPABILITY", "LOGIN", "STATUS", "SELECT"])
def test_hanging_mailbox_delays_no_other(at):
    def answer(name, line):
        if name == at:
            raise Hang

    with (
        ImapServer([MAILBOX]) as good,
        ImapScript(answer=answer) as bad,
        watching(*accounts_of(bad, good), timeout_s=2.0, threads=2) as watcher,
    ):
        wait_until(lambda: news_of(watcher).count("good@agency.example") == 0)
        for number in range(1, 6):
            good.deliver(MAILBOX, make_mail())
            wait_until(lambda n=number: news_of(watcher).count("good@agency.example") == n, 1.5)
        wait_until(lambda: "no answer" in status(watcher).last_error)


def test_mailbox_that_goes_dumb_is_found_out(imap_server):
    account = make_account(imap_server.endpoint(), provider=POLLING)
    with FaultyWire(imap_server.port) as wire:
        account = make_account(wire.endpoint(), provider=POLLING)
        with watching(account, timeout_s=0.5) as watcher:
            wait_until(lambda: status(watcher).last_poll_at)
            wire.is_dumb.set()
            wait_until(lambda: "no answer in 0.5 s" in status(watcher).last_error)
            wire.is_dumb.clear()
            imap_server.deliver(MAILBOX, make_mail())
            wait_until(lambda: news_of(watcher).count() == 1)


def test_wrong_password_is_tried_once():
    def answer(name, line):
        return b"%(tag)s NO LOGIN Login error or password error\r\n" if name == "LOGIN" else None

    with ImapScript(answer=answer) as script, watching(make_account(script.endpoint())) as watcher:
        wait_until(lambda: status(watcher).failures == 1)
        assert status(watcher).retry_at is not None
        assert "authorization code" in status(watcher).last_error
        with pytest.raises(MailboxError, match=r"left alone for \d+ s after"):
            watcher.run(MAILBOX, ImapSession.noop)
        watcher.poll_now()
        time.sleep(0.3)  # several intervals, in which nothing may happen
        assert script.connections == 1
        watcher.poll_now(MAILBOX)
        wait_until(lambda: script.connections == 2)


def test_broken_run_is_noted_and_the_session_replaced():
    def answer(name, line):
        if name == "NOOP" and script.commands.count("NOOP") == 1:
            raise HangUp

    with ImapScript(answer=answer) as script, watching(make_account(script.endpoint()), interval_s=600) as watcher:
        wait_until(lambda: status(watcher).last_poll_at)
        with pytest.raises(MailboxError):
            watcher.run(MAILBOX, ImapSession.noop)
        wait_until(lambda: status(watcher).is_connected)
        watcher.run(MAILBOX, ImapSession.noop)
        assert script.connections == 2


def test_failing_listener_ends_nothing(imap_server):
    calls: list[str] = []

    def fail(account: Account) -> None:
        calls.append(account.mailbox)
        raise RuntimeError("the database is gone")

    with watching(make_account(imap_server.endpoint(), provider=POLLING), on_new=fail):
        wait_until(lambda: len(calls) > 2)


def test_poll_now_does_not_wait_for_the_interval(imap_server):
    with watching(make_account(imap_server.endpoint(), provider=POLLING), interval_s=600) as watcher:
        wait_until(lambda: news_of(watcher).count() == 0)
        imap_server.deliver(MAILBOX, make_mail())
        watcher.poll_now(MAILBOX)
        wait_until(lambda: news_of(watcher).count() == 1)


def test_stop_does_not_wait_for_a_server_that_hangs():
    def answer(name, line):
        if name in {"STATUS", "SELECT"}:
            raise Hang

    with ImapScript(answer=answer) as script, watching(make_account(script.endpoint()), timeout_s=60.0) as watcher:
        wait_until(lambda: any(c.startswith(("STATUS", "SELECT")) for c in script.commands))
        start = time.monotonic()
        watcher.stop(0.5)
        assert time.monotonic() - start < 5


def test_unknown_mailbox_is_an_error():
    with watching() as watcher, pytest.raises(MailboxError, match="not watched"):
        watcher.run("nobody@agency.example", ImapSession.noop)


def test_pauses_grow_up_to_a_limit():
    backoff = Backoff(first_s=10, most_s=100, lasting_s=600, lasting_most_s=3600)
    assert 5 <= backoff.pause_s(1, is_lasting=False) <= 15
    assert 50 <= backoff.pause_s(99, is_lasting=False) <= 150
    assert 300 <= backoff.pause_s(1, is_lasting=True) <= 900


def test_watch_tells_whether_it_goes_on():
    watcher = Watcher((), interval_s=0.1, threads=2, on_new=lambda _: None)
    assert not watcher.is_watching
    watcher.start()
    assert watcher.is_watching
    watcher.stop()
    assert watcher.is_watching
