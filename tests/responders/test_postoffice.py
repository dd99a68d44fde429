import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest
import trustme

from domain.accounts import Account, Endpoint, Provider, Tls
from domain.errors import Deferred, MailboxError, Refused
from responders.postoffice import PostOffice, SendingLimits
from tests.servers.smtp_script import Script, ScriptedSmtp
from youban.demo.smtp_server import SmtpServer

MAILBOX = "counter@agency.example"
CITIZEN = "citizen@mail.example"
PASSWORD = "authorization-code"
DATA = b"Message-ID: <youban.1@agency.example>\r\nSubject: one\r\n\r\n.leading dot\r\n"
LIMITS = SendingLimits(command_s=10.0, data_s=10.0, idle_s=60.0)
HASTY = replace(LIMITS, command_s=0.7, data_s=0.7)


def make_account(server: SmtpServer | ScriptedSmtp, tls: Tls = Tls.NONE, ca_file: str = "", **habits: float) -> Account:
    provider = Provider("test", **{"pace_s": 0.0, **habits})  # type: ignore[arg-type]
    endpoint = Endpoint(server.host, server.port, tls, ca_file)
    return Account(MAILBOX, MAILBOX, endpoint, endpoint, provider, datetime(2020, 2, 3, tzinfo=UTC), password=PASSWORD)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    office = PostOffice(LIMITS)
    yield office
    office.close()


@pytest.fixture
def hasty_office() -> Iterator[PostOffice]:
    """An office that soon takes silence for an answer."""
    office = PostOffice(HASTY)
    yield office
    office.close()


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with SmtpServer(logins={MAILBOX: PASSWORD}) as server:
        yield server


def send(office: PostOffice, server: SmtpServer | ScriptedSmtp, **habits: float) -> str:
    return office.send(make_account(server, **habits), CITIZEN, DATA)  # type: ignore[arg-type]


def test_send_delivers_the_bytes_and_returns_the_servers_answer(office, server):
    assert send(office, server) == "250 Mail OK queued as demo-1"
    (received,) = server.received
    assert (received.sender, received.recipients, received.data) == (MAILBOX, (CITIZEN,), DATA)


def test_send_keeps_one_session_for_many_letters(office, server):
    for _ in range(5):
        send(office, server)
    assert (server.connections, len(server.received)) == (1, 5)


def test_send_opens_a_new_session_after_the_providers_number_of_letters(office, server):
    for _ in range(5):
        send(office, server, letters_per_session=2)
    assert (server.connections, len(server.received)) == (3, 5)


def test_send_from_many_threads_takes_turns_on_one_session(office, server):
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: send(office, server), range(24)))
    assert (server.connections, len(server.received)) == (1, 24)


def test_send_keeps_the_pace_between_letters(office, server):
    started = monotonic()
    for _ in range(3):
        send(office, server, pace_s=0.15)
    assert monotonic() - started >= 0.3


def test_send_stops_at_the_daily_limit(office, server):
    send(office, server, daily_letters=1)
    with pytest.raises(Deferred, match="每日上限"):
        send(office, server, daily_letters=1)


def test_send_goes_on_after_the_provider_dropped_the_kept_session(office, server):
    send(office, server)
    server.drop_sessions()
    send(office, server)
    assert (server.connections, len(server.received)) == (2, 2)


def test_send_tests_an_idle_session_before_it_is_used(server):
    office = PostOffice(replace(LIMITS, idle_s=0.0))
    with ScriptedSmtp(Script(answers={"NOOP": b"421 idle too long"})) as idle:
        send(office, idle)
        send(office, idle)
        assert (idle.connections, len(idle.taken)) == (2, 2)
    office.close()


@pytest.mark.parametrize("at", ["RCPT", "DATA"])
def test_send_451_is_deferred_and_the_same_session_sends_it_later(office, server, at):
    server.script(CITIZEN, "451 4.7.1 please try later", at=at)
    with pytest.raises(Deferred) as error:
        send(office, server)
    assert (error.value.code, error.value.answer) == (451, "4.7.1 please try later")
    send(office, server)
    assert (server.connections, len(server.received)) == (1, 1)


@pytest.mark.parametrize("at", ["RCPT", "DATA"])
@pytest.mark.parametrize("answer", ["550 5.1.1 no such user", "554 DT:SPM 163 smtp"])
def test_send_5xx_is_refused_and_the_session_stays(office, server, at, answer):
    server.script(CITIZEN, answer, at=at)
    with pytest.raises(Refused) as error:
        send(office, server)
    assert f"{error.value.code} {error.value.answer}" == answer
    send(office, server)
    assert server.connections == 1


def test_send_452_and_550_are_told_apart_although_the_library_raises_one_class(office, server):
    server.script(CITIZEN, "452 mailbox full", "550 no mailbox")
    with pytest.raises(Deferred):
        send(office, server)
    with pytest.raises(Refused):
        send(office, server)


def test_send_421_is_deferred_and_the_next_letter_opens_a_new_session(office, server):
    server.script(CITIZEN, "421 4.3.2 closing")
    with pytest.raises(Deferred):
        send(office, server)
    send(office, server)
    assert (server.connections, len(server.received)) == (2, 1)


def test_send_421_hl_leaves_the_provider_alone_until_the_stop_is_over():
    office = PostOffice(replace(LIMITS, longest_stop_s=0.2))
    with SmtpServer(logins={MAILBOX: PASSWORD}) as server:
        server.script(CITIZEN, "421 HL:REP")
        for _ in range(3):
            with pytest.raises(Deferred, match="HL:REP"):
                send(office, server)
        assert server.connections == 1
        give_up = monotonic() + 5
        while not server.received and monotonic() < give_up:
            try:
                send(office, server)
            except Deferred:
                continue
        assert (server.connections, len(server.received)) == (2, 1)
    office.close()


def test_send_with_a_refused_password_asks_once_and_names_the_mailbox(office, server):
    wrong = replace(make_account(server), password="wrong")
    for _ in range(3):
        with pytest.raises(MailboxError, match="授权码") as error:
            office.send(wrong, CITIZEN, DATA)
    assert (error.value.mailbox, error.value.is_lasting) == (MAILBOX, True)
    assert (server.connections, server.failed_logins) == (1, 1)
    assert send(office, server).startswith("250")  # the right password is a new start


def test_send_as_somebody_else_is_the_mailboxes_fault(office, server):
    with pytest.raises(MailboxError, match="login"):
        office.send(replace(make_account(server), mailbox="other@agency.example"), CITIZEN, DATA)


@pytest.mark.parametrize("recipient", ["", "nobody", "a@b.example\r\nRCPT TO:<c@d.example>", "张三@mail.example"])
def test_send_to_what_is_no_address_is_refused_before_anything_is_said(office, server, recipient):
    with pytest.raises(Refused):
        office.send(make_account(server), recipient, DATA)
    assert (server.connections, server.received) == (0, [])


def test_probe_logs_in_and_sends_nothing(office, server):
    assert office.probe(make_account(server)) == "OK"
    assert server.received == []
    with pytest.raises(MailboxError):
        office.probe(replace(make_account(server), password="wrong"))


@pytest.mark.parametrize("step", ["CONNECT", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("fault", ["cuts_at", "hangs_at"])
def test_send_that_breaks_before_the_letter_left_is_deferred(hasty_office, step, fault):
    with ScriptedSmtp(Script(**{fault: step})) as broken:
        with pytest.raises(Deferred) as error:
            send(hasty_office, broken)
        assert (error.value.code, broken.taken) == (0, [])
        send(hasty_office, broken)
        assert (broken.connections, broken.taken) == (2, [DATA.replace(b"\n.", b"\n..")])


@pytest.mark.parametrize("fault", ["cuts_at", "hangs_at"])
def test_send_that_breaks_after_the_final_dot_is_deferred_and_never_repeated_by_itself(hasty_office, fault):
    with ScriptedSmtp(Script(**{fault: "DOT"})) as broken:
        with pytest.raises(Deferred):
            send(hasty_office, broken)
        assert (broken.connections, len(broken.taken)) == (1, 1)
        send(hasty_office, broken)
        assert broken.taken[0] == broken.taken[1]  # the same Message-ID, the same bytes


def test_send_that_breaks_after_the_answer_is_sent(office):
    with ScriptedSmtp(Script(cuts_after="DOT")) as broken:
        assert send(office, broken).startswith("250")
        send(office, broken)
        assert (broken.connections, len(broken.taken)) == (2, 2)


@pytest.mark.parametrize("step", ["MAIL", "RCPT"])
def test_send_on_a_kept_session_that_breaks_before_data_is_repeated_once(office, step):
    with ScriptedSmtp(Script(cuts_at=step, nth=2)) as broken:
        send(office, broken)
        send(office, broken)
        assert (broken.connections, len(broken.taken)) == (2, 2)


def test_send_on_a_kept_session_that_breaks_twice_is_deferred(office):
    with ScriptedSmtp(Script(cuts_at="MAIL", nth=2), Script(cuts_at="CONNECT")) as broken:
        send(office, broken)
        with pytest.raises(Deferred):
            send(office, broken)
        assert (broken.connections, len(broken.taken)) == (2, 1)


def test_send_reads_an_answer_in_raw_gbk(office):
    script = Script(answers={"RCPT": b"550 " + "用户不存在".encode("gbk")})
    with ScriptedSmtp(script) as chinese, pytest.raises(Refused, match="用户不存在"):
        send(office, chinese)


def test_send_takes_an_answer_that_is_none_as_no_answer(office):
    with ScriptedSmtp(Script(answers={"MAIL": b"what?"})) as broken:
        with pytest.raises(Deferred):
            send(office, broken)
        assert send(office, broken).startswith("250")


@pytest.mark.parametrize(
    ("answers", "lasting"),
    [
        ({"CONNECT": b"554 no service"}, True),
        ({"AUTH": b"550 User has no permission"}, True),
        ({"AUTH": b"451 too much fail authentication"}, True),
        ({"EHLO": b"250 smtp.demo.example"}, True),  # no AUTH offered
    ],
)
def test_send_by_a_server_that_will_not_have_us_is_the_mailboxes_fault(office, answers, lasting):
    with ScriptedSmtp(Script(answers=answers)) as server, pytest.raises(MailboxError) as error:
        send(office, server)
    assert error.value.is_lasting is lasting


def test_send_to_a_closed_port_is_deferred(office, server):
    account = make_account(server)
    server.stop()
    with pytest.raises(Deferred):
        office.send(account, CITIZEN, DATA)


def test_close_ends_a_letter_on_its_way_as_deferred():
    office = PostOffice(SendingLimits())
    with ScriptedSmtp(Script(hangs_at="DOT")) as slow, ThreadPoolExecutor(1) as threads:
        sending = threads.submit(send, office, slow)
        give_up = monotonic() + 5
        while not slow.taken and monotonic() < give_up:
            pass
        office.close()
        with pytest.raises(Deferred, match="closed"):
            sending.result(5)
        with pytest.raises(Deferred, match="closed"):
            send(office, slow)


@pytest.fixture
def authority(tmp_path: Path) -> tuple[ssl.SSLContext, str]:
    ca = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("127.0.0.1").configure_cert(context)
    ca.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return context, str(tmp_path / "ca.pem")


@pytest.mark.parametrize("tls", [Tls.IMPLICIT, Tls.STARTTLS])
def test_send_over_tls_checks_the_certificate(office, authority, tls):
    context, ca_file = authority
    with SmtpServer(logins={MAILBOX: PASSWORD}, tls=context, is_starttls=tls is Tls.STARTTLS) as server:
        assert office.send(make_account(server, tls, ca_file), CITIZEN, DATA).startswith("250")
        with pytest.raises(MailboxError, match="证书") as error:
            office.send(make_account(server, tls), CITIZEN, DATA)
        assert error.value.is_lasting
        assert len(server.received) == 1


def test_send_never_goes_on_in_clear_when_starttls_is_not_offered(office, server, authority):
    with pytest.raises(MailboxError, match="加密"):
        office.send(make_account(server, Tls.STARTTLS, authority[1]), CITIZEN, DATA)
    assert server.received == []


def test_send_with_a_missing_certificate_file_says_which(office, server):
    with pytest.raises(MailboxError, match=r"no-such\.pem"):
        office.send(make_account(server, Tls.IMPLICIT, "no-such.pem"), CITIZEN, DATA)
