import smtplib
from collections.abc import Iterator

import pytest

from youban.demo.smtp_server import Received, SmtpServer

SENDER, RECIPIENT = "counter@agency.example", "citizen@mail.example"
DATA = b"Subject: x\r\n\r\n.dot\r\n"


@pytest.fixture
def delivered() -> list[tuple[str, bytes]]:
    return []


@pytest.fixture
def server(delivered) -> Iterator[SmtpServer]:
    def deliver(recipient: str, data: bytes) -> None:
        if recipient.startswith("broken"):
            raise OSError("disk full")
        delivered.append((recipient, data))

    with SmtpServer(deliver, logins={SENDER: "secret"}, accepts=lambda a: a.endswith(".example")) as server:
        yield server


@pytest.fixture
def client(server) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP(server.host, server.port, local_hostname="client.example") as client:
        client.login(SENDER, "secret")
        yield client


def test_server_delivers_to_each_recipient_and_remembers(server, client, delivered):
    client.sendmail(SENDER, [RECIPIENT, "other@mail.example"], DATA)
    assert delivered == [(RECIPIENT, DATA), ("other@mail.example", DATA)]
    assert server.wait_for(1) == [Received(SENDER, (RECIPIENT, "other@mail.example"), DATA)]


def test_server_wants_a_login_and_the_logins_own_address(server, client):
    with pytest.raises(smtplib.SMTPSenderRefused, match="553"):
        client.sendmail("other@agency.example", [RECIPIENT], DATA)
    with smtplib.SMTP(server.host, server.port, local_hostname="client.example") as stranger:
        with pytest.raises(smtplib.SMTPAuthenticationError):
            stranger.login(SENDER, "wrong")
        with pytest.raises(smtplib.SMTPSenderRefused, match="530"):
            stranger.sendmail(SENDER, [RECIPIENT], DATA)
    assert (server.failed_logins, server.connections) == (2, 2)  # smtplib tries PLAIN, then LOGIN


def test_server_lets_strangers_send_where_it_may(delivered):
    with (
        SmtpServer(logins={SENDER: "secret"}, requires_login=False) as server,
        smtplib.SMTP(server.host, server.port, local_hostname="client.example") as stranger,
    ):
        stranger.sendmail("anybody@mail.example", [SENDER], DATA)
        assert server.received[0].sender == "anybody@mail.example"


def test_server_answers_by_script_then_as_usual(server, client):
    server.script(RECIPIENT, "451 later", "")
    server.script(RECIPIENT, "554 DT:SPM", at="DATA")
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        client.sendmail(SENDER, [RECIPIENT], DATA)
    with pytest.raises(smtplib.SMTPDataError):
        client.sendmail(SENDER, [RECIPIENT], DATA)
    client.sendmail(SENDER, [RECIPIENT], DATA)
    assert len(server.received) == 1


def test_server_refuses_unknown_recipients_and_defers_what_it_cannot_deliver(server, client):
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        client.sendmail(SENDER, ["nobody@elsewhere.test"], DATA)
    with pytest.raises(smtplib.SMTPDataError, match="451"):
        client.sendmail(SENDER, ["broken@mail.example"], DATA)
    assert server.received == []


def test_server_says_when_its_port_is_taken(server):
    with pytest.raises(OSError):
        SmtpServer(port=server.port).start()


def test_wait_for_gives_up(server):
    with pytest.raises(TimeoutError):
        server.wait_for(1, timeout_s=0.01)
