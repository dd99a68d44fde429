"""TXT records from a real DNS server on loopback: one that answers, is silent, lies, fails or says too much."""

from __future__ import annotations

import socket

import dns.message
import dns.rrset
import pytest
from structlog.testing import capture_logs

from intake.resolver import (
    LONGEST_TTL_S,
    MAX_REMEMBERED,
    MAX_TXT_BYTES,
    NOTHING_TTL_S,
    REST_S,
    SILENCES,
    TxtResolver,
)
from tests.servers.dns import DnsServer, babble, be_silent, lie, refuse, say

NAME = "s1._domainkey.sender.example"
KEY = b"v=DKIM1; p=" + b"A" * 700
SHORT_S = 0.3


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def ask(resolver: TxtResolver, name: str = NAME) -> bytes | None:
    return resolver.start_message()(name)


def alias(question: dns.message.QueryMessage) -> dns.message.Message:
    """Point to another name, as firms do that let a provider sign for them."""
    response = dns.message.make_response(question)
    response.answer.append(dns.rrset.from_text(question.question[0].name, 60, "IN", "CNAME", "k.provider.example."))
    response.answer.append(dns.rrset.from_text("k.provider.example.", 3_000, "IN", "TXT", '"v=DKIM1"'))
    return response


@pytest.mark.parametrize(
    ("answer", "record"),
    [
        (say(b"v=DKIM1; p="), b"v=DKIM1; p="),
        (say(KEY), KEY),
        (say(b"A" * MAX_TXT_BYTES), b"A" * MAX_TXT_BYTES),
        (say(bytes(range(256))), bytes(range(256))),
        (alias, b"v=DKIM1"),
        (say(b""), b""),
        (say(), None),
        (say(b"a", b"b"), None),
        (say(b"A" * (MAX_TXT_BYTES + 1)), None),
        (say(b"A" * 60_000), None),
        (refuse("NXDOMAIN"), None),
        (refuse("SERVFAIL"), None),
        (refuse("REFUSED"), None),
    ],
)
def test_the_one_record_of_a_name_is_found(answer, record) -> None:
    with DnsServer({NAME: answer}) as server:
        resolver = TxtResolver([server.place])
        assert ask(resolver) == record
        assert resolver.find_problem() == ""
    assert set(server.asked) == {NAME, ""}


LATE, UNREADABLE = "no DNS server answered in time", "the DNS server answers what cannot be read"


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (be_silent, LATE),
        (babble, LATE),
        (lie(b"v=DKIM1"), LATE),
        (lie(KEY), UNREADABLE),  # over TCP, where nobody else can answer
    ],
)
def test_without_a_right_answer_there_is_none_and_nothing_about_the_name_is_logged(answer, problem: str) -> None:
    with DnsServer({NAME: answer}) as server, capture_logs() as logs:
        assert ask(TxtResolver([server.place], timeout_s=SHORT_S)) is None
    assert logs == [{"event": "dns_unanswered", "log_level": "info", "problem": problem}]


def test_second_server_is_asked_when_the_first_fails_or_is_silent() -> None:
    with DnsServer({NAME: say(KEY)}) as good:
        for answer in (refuse("SERVFAIL"), be_silent):
            with DnsServer(otherwise=answer) as bad:
                assert ask(TxtResolver([bad.place, good.place], timeout_s=3.0)) == KEY
                assert bad.asked


@pytest.mark.parametrize("name", ["", "a..b", "x" * 64 + ".example", "\udcff.example", "." * 300, "a b.example"])
def test_what_is_no_name_is_no_exception(name: str) -> None:
    with DnsServer() as server:
        assert ask(TxtResolver([server.place]), name) is None


@pytest.mark.parametrize(("ttl", "holds_s"), [(300, 300.0), (10, 10.0), (10**6, LONGEST_TTL_S)])
def test_record_is_remembered_for_as_long_as_it_says_and_not_too_long(ttl: int, holds_s: float) -> None:
    clock = Clock()
    with DnsServer({NAME: say(b"a", ttl=ttl)}) as server:
        resolver = TxtResolver([server.place], clock=clock)
        assert [ask(resolver), ask(resolver)] == [b"a", b"a"]
        clock.now += holds_s - 1
        assert (ask(resolver), len(server.asked)) == (b"a", 1)
        clock.now += 2
        server.answers.clear()
        assert (ask(resolver), len(server.asked)) == (None, 2)
        clock.now += NOTHING_TTL_S - 1
        assert (ask(resolver), len(server.asked)) == (None, 2)
        clock.now += 2
        assert (ask(resolver), len(server.asked)) == (None, 3)


def test_memory_is_bounded() -> None:
    with DnsServer(otherwise=say(b"a")) as server:
        resolver = TxtResolver([server.place])
        for number in range(MAX_REMEMBERED + 20):
            ask(resolver, f"n{number}.example")
        assert len(resolver._remembered) == MAX_REMEMBERED
        assert ask(resolver, f"n{MAX_REMEMBERED + 19}.example") == b"a"
        assert len(server.asked) == MAX_REMEMBERED + 20


def test_all_questions_of_one_message_share_their_time() -> None:
    with DnsServer(otherwise=be_silent) as server:
        find_txt = TxtResolver([server.place], timeout_s=SHORT_S).start_message()
        assert [find_txt(f"s{number}.example") for number in range(10)] == [None] * 10
    # Two questions fill the time; a third may get what a quick clock leaves of it.
    assert {"s0.example", "s1.example"} <= set(server.asked) <= {"s0.example", "s1.example", "s2.example"}


def test_server_that_is_away_is_left_alone_for_a_while_and_told_once() -> None:
    clock = Clock()
    with DnsServer(otherwise=be_silent) as server, capture_logs() as logs:
        resolver = TxtResolver([server.place], timeout_s=SHORT_S, clock=clock)
        for number in range(SILENCES + 5):
            assert ask(resolver, f"s{number}.example") is None
        assert set(server.asked) == {f"s{number}.example" for number in range(SILENCES)}
        assert [line["event"] for line in logs if line["log_level"] == "warning"] == ["dns_away"]
        clock.now += REST_S + 1
        server.answers["late.example"] = say(b"a")
        assert ask(resolver, "late.example") == b"a"


def test_answers_in_between_are_no_silence() -> None:
    with DnsServer({NAME: say(KEY, ttl=0)}, otherwise=be_silent) as server, capture_logs() as logs:
        resolver = TxtResolver([server.place], timeout_s=SHORT_S)
        for number in range(SILENCES + 1):
            ask(resolver, f"s{number}.example")
            assert ask(resolver) == KEY
    assert {line["event"] for line in logs} == {"dns_unanswered"}


def test_code_that_refuses_is_no_silence() -> None:
    with DnsServer(otherwise=refuse("SERVFAIL")) as server, capture_logs() as logs:
        resolver = TxtResolver([server.place])
        for number in range(SILENCES + 1):
            assert ask(resolver, f"s{number}.example") is None
        assert resolver.find_problem() == "the DNS server answers SERVFAIL"
    assert len(set(server.asked)) == SILENCES + 2
    assert {line["problem"] for line in logs} == {"the DNS server answers SERVFAIL"}


def test_without_a_socket_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> socket.socket:
        raise OSError(24, "Too many open files")

    resolver = TxtResolver([("127.0.0.1", 53)], timeout_s=SHORT_S)
    monkeypatch.setattr(socket, "socket", fail)
    assert ask(resolver) is None
    assert resolver.find_problem() == "the DNS server cannot be reached: Too many open files"


def test_system_s_servers_are_read_when_none_is_named() -> None:
    resolver = TxtResolver(timeout_s=SHORT_S)
    assert isinstance(resolver.find_problem(), str)
