"""One session against real servers, and against a scripted one that misbehaves."""

from __future__ import annotations

import select
import socket
import threading
from datetime import UTC, datetime, timedelta

import pytest

from domain.accounts import Endpoint, Provider, Tls
from domain.errors import MailboxError
from domain.mail import MessageKey
from intake.imap import ImapSession
from tests.servers.imap import MAILBOX, make_account, make_mail
from tests.servers.imap_script import OK, FaultyWire, Hang, HangUp, ImapScript
from youban.demo.imap_server import JUNK_FOLDER, SENT_FOLDER, ImapServer

JANUARY = datetime(2020, 1, 20, 8, 30, tzinfo=UTC)


@pytest.fixture
def session(imap_server):
    with ImapSession(make_account(imap_server.endpoint()), 10) as opened:
        yield opened


def open_script(script: ImapScript, **changes) -> ImapSession:
    return ImapSession(make_account(script.endpoint(), **changes), 2)


def first_uid(session: ImapSession, folder: str = "INBOX") -> int:
    return session.list_above(folder, 0)[0].uid


# Against pymap and Dovecot.


def test_session_finds_junk_and_sent(session):
    assert session.folders == ("INBOX", JUNK_FOLDER)
    assert session.sent_folder == SENT_FOLDER


def test_configured_folders_win(imap_server):
    account = make_account(imap_server.endpoint(), junk_folder=SENT_FOLDER, sent_folder=JUNK_FOLDER)
    with ImapSession(account, 10) as session:
        assert session.folders == ("INBOX", SENT_FOLDER)
        assert session.sent_folder == JUNK_FOLDER


@pytest.mark.parametrize("tls", [Tls.IMPLICIT, Tls.STARTTLS])
def test_tls_with_a_named_authority(imap_kind, certificate, tls):
    chain, key, ca = certificate
    with imap_kind([MAILBOX], tls=tls, certificate=(chain, key)) as server:
        server.deliver(MAILBOX, make_mail())
        with ImapSession(make_account(server.endpoint(ca_file=str(ca))), 10) as session:
            assert [message.data for message in session.fetch_above("INBOX", 0, 5)] == [make_mail()]
            assert session.poll()["INBOX"].exists == 1


@pytest.mark.parametrize("tls", [Tls.IMPLICIT, Tls.STARTTLS])
def test_unknown_authority_is_a_lasting_error(certificate, tls):
    chain, key, _ = certificate
    with (
        ImapServer([MAILBOX], tls=tls, certificate=(chain, key)) as server,
        pytest.raises(MailboxError, match=r"not trusted.*ca_file") as caught,
    ):
        ImapSession(make_account(server.endpoint()), 10)
    assert caught.value.is_lasting


def test_wrong_password_is_a_lasting_error_without_the_password(imap_server):
    with pytest.raises(MailboxError, match="authorization code") as caught:
        ImapSession(make_account(imap_server.endpoint(), password="not-this-one"), 10)
    assert caught.value.is_lasting
    assert "not-this-one" not in str(caught.value)


def test_fetch_above_gives_bytes_date_and_flag(imap_server, session):
    imap_server.deliver(MAILBOX, make_mail("一"), when=JANUARY)
    imap_server.deliver(MAILBOX, make_mail("二"), when=JANUARY + timedelta(seconds=1))
    state = session.select("INBOX")
    one, two = session.fetch_above("INBOX", 0, 10)
    assert one.key == MessageKey(MAILBOX, "INBOX", state.uidvalidity, one.key.uid)
    assert (one.data, two.data) == (make_mail("一"), make_mail("二"))
    assert (one.received_at, two.received_at) == (JANUARY, JANUARY + timedelta(seconds=1))
    assert not one.is_seen
    assert session.fetch_above("INBOX", 0, 1) == [one]
    assert session.fetch_above("INBOX", one.key.uid, 10) == [two]
    assert session.fetch_above("INBOX", two.key.uid, 10) == []


def test_bytes_come_back_as_they_were(imap_server, session):
    strange = b"Subject: \xc4\xe3\xba\xc3\r\n\r\n\x00\xff)\r\n* 1 FETCH (UID 9 FLAGS (\\Seen))\r\n{5}\r\n" + b"\r\n" * 3
    big = make_mail(size_bytes=2_000_000)
    for data in (strange, big, b"x", strange):
        imap_server.deliver(MAILBOX, data)
    got = session.fetch_above("INBOX", 0, 10)
    wanted = [strange, big, b"x", strange]
    if not isinstance(imap_server, ImapServer):
        wanted = [data.replace(b"\x00", b"\x80") for data in wanted]  # Dovecot may not send NUL (RFC 3501 4.3.1)
    assert [message.data for message in got] == wanted


def test_poll_shows_both_folders_and_sees_news(imap_server, session):
    before = session.poll()
    imap_server.deliver(MAILBOX, make_mail())
    imap_server.deliver(MAILBOX, make_mail(), folder=JUNK_FOLDER)
    after = session.poll()
    assert {folder: state.exists for folder, state in after.items()} == {"INBOX": 1, JUNK_FOLDER: 1}
    assert all(before[folder].mark != after[folder].mark for folder in after)
    assert session.poll() == after
    session.select(JUNK_FOLDER)  # the open folder is asked in another way
    assert session.poll() == after


def test_mark_seen(imap_server, session):
    for _ in range(3):
        imap_server.deliver(MAILBOX, make_mail())
    uids = [message.uid for message in session.list_above("INBOX", 0)]
    assert session.mark_seen("INBOX", uids[:2])
    assert imap_server.seen(MAILBOX) == [True, True, False]
    assert [m.is_seen for m in session.fetch("INBOX", uids)] == [True, True, False]


def test_append_keeps_bytes_flag_and_date(imap_server, session):
    session.append(SENT_FOLDER, make_mail("回复"), when=JANUARY)
    assert imap_server.messages(MAILBOX, SENT_FOLDER) == [make_mail("回复")]
    assert imap_server.seen(MAILBOX, SENT_FOLDER) == [True]
    assert session.list_above(SENT_FOLDER, 0)[0].received_at == JANUARY


def test_append_to_no_folder_breaks_nothing(session):
    with pytest.raises(MailboxError, match="没有"):
        session.append("没有", make_mail(), when=None)
    assert not session.is_broken
    session.noop()


def test_idle_wakes_and_poll_follows(imap_server, session):
    session.poll()
    assert session.start_idle()
    assert select.select([session], [], [], 0)[0] == []
    imap_server.deliver(MAILBOX, make_mail())
    assert select.select([session], [], [], 20)[0] == [session]
    assert session.poll()["INBOX"].exists == 1
    assert not session.is_idling


def test_mail_between_poll_and_idle_is_told(imap_server, session):
    session.select(JUNK_FOLDER)
    assert session.poll()["INBOX"].exists == 0
    imap_server.deliver(MAILBOX, make_mail())
    assert not session.start_idle() or select.select([session], [], [], 20)[0] == [session]


def test_provider_without_idle_is_not_asked(imap_server):
    account = make_account(imap_server.endpoint(), provider=Provider("163", uses_idle=False))
    with ImapSession(account, 10) as session:
        assert not session.start_idle()


def test_vanished_message_is_not_present(imap_server, session):
    imap_server.deliver(MAILBOX, make_mail("一"))
    imap_server.deliver(MAILBOX, make_mail("二"))
    uids = [message.uid for message in session.list_above("INBOX", 0)]
    imap_server.expunge(MAILBOX, 0)
    session.select("INBOX")
    assert session.present("INBOX", uids) == uids[1:]


def test_uidvalidity_changes(imap_server):
    imap_server.deliver(MAILBOX, make_mail())
    marks = []
    for _ in range(2):
        with ImapSession(make_account(imap_server.endpoint()), 10) as session:
            marks.append(session.poll()["INBOX"].uidvalidity)
            assert [m.data for m in session.fetch_above("INBOX", 0, 5)] == [make_mail()]
        imap_server.change_uidvalidity(MAILBOX)
    assert marks[0] < marks[1]


def test_server_that_went_away_is_a_passing_error(imap_server, session):
    imap_server.drop_connections()
    with pytest.raises(MailboxError) as caught:
        session.poll()
    assert not caught.value.is_lasting
    assert session.is_broken


# 163 and its sisters.


def test_163_opens_a_folder_only_after_id():
    with ImapServer([MAILBOX], requires_id=True) as server:
        with ImapSession(make_account(server.endpoint()), 5) as session:
            assert session.poll()["INBOX"].exists == 0
        account = make_account(server.endpoint(), provider=Provider("silent", sends_id=False))
        with ImapSession(account, 5) as session, pytest.raises(MailboxError, match=r"Unsafe Login.*sends_id") as caught:
            session.poll()
    assert caught.value.is_lasting


@pytest.mark.parametrize(
    "answer", [b"%(tag)s BAD what\r\n", b"%(tag)s NO no\r\n", b"* ID NIL\r\n" + OK, b"* ID (x\r\n" + OK]
)
def test_whatever_a_server_answers_to_id_is_fine(answer):
    with (
        ImapScript(answer=lambda name, line: answer if name == "ID" else None) as script,
        open_script(script) as session,
    ):
        session.select("INBOX")
    names = [command.split()[0] for command in script.commands]
    assert names.index("LOGIN") < names.index("ID") < names.index("SELECT")


def test_capability_is_read_again_after_login():
    with ImapScript(capabilities="IMAP4rev1 IDLE") as script, open_script(script) as session:
        assert "IDLE" in session.capabilities
    assert script.commands.index("CAPABILITY", 2) > [c.split()[0] for c in script.commands].index("LOGIN")


def test_folders_by_name_without_special_use():
    lines = b'* LIST () "/" INBOX\r\n* LIST () "/" 2020\r\n* LIST () "/" "INBOX/Spam"\r\n* LIST ((x "/" "\xff"\r\n'
    lines += b'* LIST () "/" {7}\r\nodd"one\r\n* LIST () "/" "&XfJT0ZAB-"\r\n'

    def answer(name, line):
        return lines + OK if name == "LIST" else None

    with ImapScript(answer=answer) as script, open_script(script) as session:
        assert (session.junk_folder, session.sent_folder) == ("INBOX/Spam", "已发送")


# Faults.


def test_throttled_login_is_a_passing_error():
    def answer(name, line):
        return b"%(tag)s NO [LIMIT] too many\r\n" if name == "LOGIN" else None

    with ImapScript(answer=answer) as script, pytest.raises(MailboxError) as caught:
        open_script(script)
    assert not caught.value.is_lasting


def test_hanging_up_during_login_is_a_passing_error():
    def answer(name, line):
        if name == "LOGIN":
            raise HangUp(b"* BYE maintenance\r\n")

    with ImapScript(answer=answer) as script, pytest.raises(MailboxError) as caught:
        open_script(script)
    assert not caught.value.is_lasting


def test_bye_as_greeting_is_an_error():
    with ImapScript(greeting=b"* BYE full\r\n") as script, pytest.raises(MailboxError):
        open_script(script)


def test_closed_port_and_unknown_host_are_errors():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(MailboxError, match="refused"):
            ImapSession(make_account(Endpoint("127.0.0.1", unused.getsockname()[1], Tls.NONE)), 2)
    with pytest.raises(MailboxError):
        ImapSession(make_account(Endpoint("no-such-host.invalid", 143, Tls.NONE)), 2)


def test_silent_server_is_given_up_in_time():
    def answer(name, line):
        if name == "SELECT":
            raise Hang

    with (
        ImapScript(answer=answer) as script,
        ImapSession(make_account(script.endpoint()), 0.3) as session,
        pytest.raises(MailboxError, match=r"no answer in 0\.3 s"),
    ):
        session.select("INBOX")


def test_server_without_starttls_is_a_lasting_error():
    with ImapScript() as script:
        endpoint = Endpoint(script.host, script.port, Tls.STARTTLS)
        with pytest.raises(MailboxError, match="does not offer") as caught:
            ImapSession(make_account(endpoint), 2)
    assert caught.value.is_lasting


def test_missing_ca_file_is_named():
    with pytest.raises(MailboxError, match=r"cannot read ca_file nowhere\.pem"):
        ImapSession(make_account(Endpoint("127.0.0.1", 1, Tls.IMPLICIT, "nowhere.pem")), 2)


def test_answers_in_any_order_with_news_between():
    data = b"Subject: UID 99\r\n\r\n* 1 FETCH (UID 1)\r\n"

    def answer(name, line):
        if name != "UID FETCH":
            return None
        return (
            b"* 5 FETCH (FLAGS (\\Seen))\r\n* 9 EXISTS\r\n"
            b"* 2 FETCH (BODY[] {%d}\r\n%s FLAGS (\\Answered) UID 5 INTERNALDATE \" 3-Feb-2020 10:00:00 +0800\")\r\n"
            b"* 1 FETCH (UID 4 BODY[] \"tiny \\\"UID 7\\\"\" INTERNALDATE \"nonsense\" flags (\\sEEN $Label))\r\n"
            b"* 1 FETCH (FLAGS () UID 3)\r\n* 2 FETCH (UID 5 FLAGS (\\Seen))\r\n" % (len(data), data)
        ) + OK  # fmt: skip

    with ImapScript(answer=answer) as script, open_script(script) as session:
        tiny, letter = session.fetch("INBOX", [3, 4, 5])
    assert (tiny.key.uid, tiny.data, tiny.is_seen) == (4, b'tiny "UID 7"', True)
    assert (letter.key.uid, letter.data, letter.is_seen) == (5, data, True)
    assert letter.received_at == datetime(2020, 2, 3, 2, 0, tzinfo=UTC)
    assert datetime.now(UTC) - tiny.received_at < timedelta(minutes=1)


def test_no_after_some_answers_keeps_those():
    with ImapScript({1: b"a", 2: b"b"}) as script:
        script.answer = lambda name, line: (
            script.row(1, line) + b"%(tag)s NO some are gone\r\n" if "BODY" in line else None
        )
        with open_script(script) as session:
            assert [message.data for message in session.fetch("INBOX", [1, 2])] == [b"a"]
            assert [message.uid for message in session.list_above("INBOX", 0)] == [1, 2]


def test_absurd_literal_is_refused_before_memory_is_taken():
    def answer(name, line):
        return b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\n" if name == "UID FETCH" else None

    with (
        ImapScript(answer=answer) as script,
        open_script(script) as session,
        pytest.raises(MailboxError, match="literal of 99999999999 bytes"),
    ):
        session.fetch("INBOX", [1])


def test_cut_in_the_middle_of_a_literal_is_a_passing_error(imap_server):
    imap_server.deliver(MAILBOX, make_mail(size_bytes=200_000))
    with FaultyWire(imap_server.port) as wire:
        with ImapSession(make_account(wire.endpoint()), 5) as session:
            wire.cut_at, wire.cuts_left = 100_000, 1
            with pytest.raises(MailboxError) as caught:
                session.fetch_above("INBOX", 0, 5)
        assert not caught.value.is_lasting
        with ImapSession(make_account(wire.endpoint()), 5) as session:
            assert [m.data for m in session.fetch_above("INBOX", 0, 5)] == [make_mail(size_bytes=200_000)]


def test_slow_wire_is_no_error_while_it_moves(imap_server):
    imap_server.deliver(MAILBOX, make_mail(size_bytes=50_000))
    with FaultyWire(imap_server.port) as wire, ImapSession(make_account(wire.endpoint()), 1) as session:
        wire.piece_bytes, wire.pause_s = 2048, 0.05  # longer than the time-out in all
        assert [m.data for m in session.fetch_above("INBOX", 0, 5)] == [make_mail(size_bytes=50_000)]


def test_lines_in_pieces_during_idle(imap_server):
    with FaultyWire(imap_server.port) as wire, ImapSession(make_account(wire.endpoint()), 5) as session:
        wire.piece_bytes, wire.pause_s = 3, 0.005
        session.poll()
        assert session.start_idle()
        imap_server.deliver(MAILBOX, make_mail())
        assert select.select([session], [], [], 20)[0] == [session]
        assert session.poll()["INBOX"].exists == 1


def test_what_is_said_at_once_with_the_continuation_is_not_slept_over():
    def answer(name, line):
        return {"IDLE": b"+ idling\r\n* 1 EXISTS\r\n"}.get(name)

    with ImapScript(answer=answer, capabilities="IMAP4rev1 IDLE") as script, open_script(script) as session:
        session.poll()
        assert not session.start_idle()
        assert session.can_idle
        session.noop()


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        (b"", True),
        (b"* 2 EXISTS\r\n* 0 RECENT\r\n", True),  # repeated, no news
        (b"* 3 EXISTS\r\n", False),
        (b"* 1 EXPUNGE\r\n* 2 EXISTS\r\n", False),
    ],
)
def test_what_is_said_before_the_continuation_is_heard(said, begins):
    def answer(name, line):
        return said + b"+ idling\r\n" if name == "IDLE" else None

    script = ImapScript({1: b"a", 2: b"b"}, answer=answer, capabilities="IMAP4rev1 IDLE")
    with script, open_script(script) as session:
        session.poll()
        assert session.start_idle() is session.is_idling is begins
        session.end_idle()
        session.noop()


def test_idle_begins_only_after_a_poll_of_inbox():
    with ImapScript(capabilities="IMAP4rev1 IDLE") as script, open_script(script) as session:
        assert not session.start_idle()
        session.poll()
        assert session.start_idle()


def test_refused_idle_is_not_tried_again():
    def answer(name, line):
        return b"%(tag)s NO not today\r\n" if name == "IDLE" else None

    with ImapScript(answer=answer, capabilities="IMAP4rev1 IDLE") as script, open_script(script) as session:
        session.poll()
        assert not session.start_idle()
        assert not session.can_idle
        session.noop()


def test_folder_without_uidnext():
    def answer(name, line):
        if name == "SELECT":
            return b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n%(tag)s OK [READ-ONLY] done\r\n"
        return b"%(tag)s NO [READ-ONLY] no\r\n" if name == "UID STORE" else None

    with ImapScript({1: b"a"}, answer=answer) as script, open_script(script) as session:
        state = session.select("INBOX")
        assert (state.uidnext, state.mark) == (None, (7, 3))
        assert not session.mark_seen("INBOX", [1])


def test_abort_frees_a_reader():
    def answer(name, line):
        if name == "NOOP":
            raise Hang

    with ImapScript(answer=answer) as script, ImapSession(make_account(script.endpoint()), 30) as session:
        errors: list[MailboxError] = []

        def read() -> None:
            try:
                session.noop()
            except MailboxError as exc:
                errors.append(exc)

        reader = threading.Thread(target=read)
        reader.start()
        while "NOOP" not in script.commands:
            reader.join(0.01)
        session.abort()
        reader.join(10)
    assert len(errors) == 1


def test_nothing_is_ever_deleted(imap_server, session):
    imap_server.deliver(MAILBOX, make_mail())
    session.mark_seen("INBOX", [first_uid(session)])
    session.poll()
    assert session.start_idle()
    session.end_idle()
    session.close()
    assert imap_server.messages(MAILBOX) == [make_mail()]
