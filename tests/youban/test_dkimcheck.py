"""Senders proven by their signatures, from the mail as received to the clerk's view."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from cases.database import Database
from cases.tables import MESSAGES
from config.settings import DkimSettings, load_settings
from domain.cases import Fate
from domain.mail import Address, Message, SenderProof
from intake.reader import read_mail
from intake.resolver import SILENCES
from tests.intake.signing import make_key, sign
from tests.servers.dns import DnsServer, be_silent, refuse, say
from tests.youban.window import Window, open_window, transfer_out
from youban.dkimcheck import believe_provider, build_sender_check
from youban.wiring import build_counter

KEY = "s1._domainkey.shimin.example"
RECORD = make_key(2048)[1]


@pytest.fixture
def window(database: Database, tmp_path: Path) -> Window:
    return open_window(tmp_path, database)


def checking(window: Window, server: DnsServer, *, timeout_s: float = 5.0) -> Window:
    check = build_sender_check(DkimSettings(check=True, timeout_s=timeout_s, nameservers=(server.place,)))
    window.counter = replace(window.counter, check_sender=check)
    return window


def proofs(window: Window) -> list[str]:
    with window.database.read() as connection:
        return list(connection.execute(sa.select(MESSAGES.c.proof).order_by(MESSAGES.c.id)).scalars())


def test_signed_application_is_kept_as_verified(window: Window) -> None:
    with DnsServer({KEY: say(RECORD)}) as server:
        checking(window, server)
        keys = [window.receive(sign(transfer_out(name).raw, "shimin.example")) for name in ("a", "b")]
        assert [window.handle_again(key).fate for key in keys] == [Fate.ANSWERED] * 2
        changed = sign(transfer_out("c").raw, "shimin.example").replace(b"\nSubject:", b"\nSubject: x")
        window.handle_again(window.receive(changed))
        window.handle(transfer_out("d"))
    assert proofs(window) == ["verified", "verified", "unverified", "unverified"]
    assert server.asked[0] == KEY
    assert set(server.asked) == {KEY}


@pytest.mark.parametrize("answer", [be_silent, refuse("SERVFAIL"), say(b"A" * 60_000), say(make_key(1024)[1])])
def test_server_that_does_not_help_costs_no_mail(window: Window, answer) -> None:
    with DnsServer({KEY: answer}) as server:
        checking(window, server, timeout_s=0.3)
        key = window.receive(sign(transfer_out("a").raw, "shimin.example"))
        assert window.handle_again(key).fate is Fate.ANSWERED
        assert KEY in server.asked
    assert proofs(window) == ["unverified"]


def test_server_that_is_away_is_told_once_and_mails_go_on(window: Window) -> None:
    with DnsServer(otherwise=be_silent) as server, capture_logs() as logs:
        checking(window, server, timeout_s=0.2)
        for number in range(SILENCES + 2):
            raw = sign(transfer_out(f"a{number}").raw, "shimin.example", selector=f"s{number}")
            assert window.handle_again(window.receive(raw)).fate is Fate.ANSWERED
    assert len(set(server.asked)) == SILENCES
    assert [line["event"] for line in logs if line["log_level"] == "warning"] == ["dns_away"]


def read(raw: bytes, proof: SenderProof = SenderProof.UNVERIFIED) -> Message:
    return replace(read_mail(raw).message, proof=proof)


def test_what_the_provider_said_is_not_asked_again() -> None:
    raw = sign(transfer_out("a").raw, "shimin.example")
    with DnsServer({KEY: say(RECORD)}) as server:
        check = build_sender_check(DkimSettings(check=True, timeout_s=5.0, nameservers=(server.place,)))
        for proof in (SenderProof.VERIFIED, SenderProof.FAILED):
            assert check(raw, read(raw, proof)) == read(raw, proof)
        assert server.asked == []
        assert check(raw, read(raw)) == read(raw, SenderProof.VERIFIED)


def test_check_never_raises() -> None:
    with DnsServer() as server:
        check = build_sender_check(DkimSettings(check=True, timeout_s=5.0, nameservers=(server.place,)))
        message = replace(read(transfer_out("a").raw), sender=Address("a@shimin.example"))
        for raw in (b"", b"\xff", b"DKIM-Signature: " + b"x" * 100_000, b"DKIM-Signature:\r\nFrom: a@shimin.example"):
            assert check(raw, message) == message


def test_nothing_is_checked_unless_the_settings_say_so(window: Window, tmp_path: Path) -> None:
    assert window.counter.check_sender is believe_provider
    with (tmp_path / "youban.toml").open("a", encoding="utf-8") as file:
        file.write("[dkim]\ncheck = true\n")
    counter = build_counter(load_settings(tmp_path / "youban.toml", {}), database=window.database)
    assert counter.check_sender is not believe_provider
