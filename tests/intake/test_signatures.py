"""DKIM by ourselves: mails signed by dkimpy, honest ones and such that try to prove more than they may."""

from __future__ import annotations

import base64
import re
import sys

import pytest
from dkim.canonicalization import Relaxed
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import MessageError
from domain.mail import Address, SenderProof
from intake.signatures import MAX_SIGNATURES, _relax, verify_dkim
from tests.intake.signing import make_key, sign

VERIFIED, UNVERIFIED = SenderProof.VERIFIED, SenderProof.UNVERIFIED
SENDER = Address("zhang@sender.example", "张三")
FROM = b"From: =?utf-8?B?5byg5LiJ?= <zhang@sender.example>\r\n"
MAIL = FROM + b"To: yb@x.example\r\nSubject: a\r\n\r\nb  c \r\n\r\nd\r\n\r\n\r\n"
RECORD = make_key(2048)[1]
BOTH = (b"relaxed", b"relaxed")


class Keys:
    """The keys of every name asked for, which are counted."""

    def __init__(self, record: bytes | None = RECORD) -> None:
        self._record = record
        self.asked: list[str] = []

    def __call__(self, name: str) -> bytes | None:
        self.asked.append(name)
        return self._record


def verify(raw: bytes, record: bytes | None = RECORD, *, sender: Address = SENDER) -> SenderProof:
    return verify_dkim(raw, sender, find_txt=Keys(record))


@pytest.mark.parametrize(
    "raw",
    [
        sign(MAIL),
        sign(MAIL, canonicalize=BOTH),
        sign(MAIL, canonicalize=(b"simple", b"simple")),
        sign(MAIL, canonicalize=BOTH).replace(b"b  c \r\n", b"b c\r\n"),
        sign(MAIL).replace(b"\r\n", b"\n"),
        sign(sign(MAIL), "list.example"),
        sign(sign(MAIL, "list.example")),
        sign(MAIL, "mail.sender.example"),
        sign(FROM + b"Subject: a\r\n\r\n"),
        sign(FROM + b"Reply-To: zhang2@sender.example\r\n\r\na", include_headers=[b"From", b"Reply-To"]),
        b"Received: from a by b; Mon, 3 Feb 2020 10:00:00 +0800\r\n" + sign(MAIL),
    ],
)
def test_signature_of_the_from_domain_verifies(raw: bytes) -> None:
    assert verify(raw) is VERIFIED


def test_longer_keys_verify() -> None:
    assert verify(sign(MAIL, bits=4096), make_key(4096)[1]) is VERIFIED


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        MAIL,
        sign(MAIL, "list.example"),
        sign(MAIL, "example"),
        sign(MAIL, "evilsender.example"),
        sign(MAIL).replace(b"\r\n\r\nb", b"\r\n\r\nc"),
        sign(MAIL).replace(b"Subject: a", b"Subject: b"),
        sign(MAIL).replace(b"zhang@", b"wang@"),
        sign(MAIL, length=True) + b"added\r\n",
        sign(MAIL, length=True),
        sign(MAIL, signature_algorithm=b"rsa-sha1"),
        b"From: b@evil.example\r\n" + sign(MAIL),
        b"Subject: b\r\n" + sign(MAIL),
        b"Reply-To: evil@sender.example\r\n" + sign(MAIL),
        sign(MAIL).replace(b"Subject: a", b"Subject: a\r\n not a\r\nheader"),
        b"\r\n" + sign(MAIL)[:5],
        b"DKIM-Signature: v=1; a=rsa-sha256; d=sender.example\r\n" + MAIL,
        b"DKIM-Signature: v=1; a=rsa-sha256; d=sender.example; s=s1; h=from; bh=; b=\r\n" + MAIL,
        b"DKIM-Signature: \xff\xfe=;;;\r\n" + MAIL,
        b"DKIM-Signature: v=1; a=rsa-sha256; d=sender.example; s=\xff; h=from; bh=aaaa; b=aaaa\r\n" + MAIL,
        re.sub(rb"h=from : subject", b"h=subject", sign(MAIL)),
        b"\xe5: x\r\n" + sign(MAIL),
        b"X : x\r\n" + sign(MAIL),
    ],
)
def test_what_proves_nothing(raw: bytes) -> None:
    assert verify(raw) is UNVERIFIED


@pytest.mark.parametrize(
    "record",
    [
        None,
        b"",
        b"v=DKIM1; p=",
        b"v=DKIM1; k=rsa; p=AAAA",
        b"v=DKIM1; k=ed25519; p=AAAA",
        b"\xff",
        b"v=spf1 -all",
        RECORD.replace(b"DKIM1", b"DKIM2"),
        RECORD + b"; t=y",
        RECORD + b"; t=s:y",
        RECORD + b"; s=tlsrpt",
        RECORD + b"; s=other",
        make_key(1024)[1],
        b"p=" + base64.b64encode(b"\x30\x84\xff\xff\xff\xff\x02\x84\xff\xff\xff\xff"),
    ],
)
def test_without_a_key_that_counts_nothing_is_proven(record: bytes | None) -> None:
    assert verify(sign(MAIL), record) is UNVERIFIED


@pytest.mark.parametrize("flags", [b"; t=s", b"; s=email", b"; n=a note"])
def test_other_words_in_a_key_do_no_harm(flags: bytes) -> None:
    assert verify(sign(MAIL), RECORD + flags) is VERIFIED


@pytest.mark.parametrize("suffix", ["com", "cn", "com.cn", "edu.cn", "gov.cn"])
def test_public_suffix_never_vouches_for_a_name_below_it(suffix: str) -> None:
    sender = Address(f"li@x.{suffix}")
    raw = sign(f"From: <{sender.addr}>\r\nSubject: a\r\n\r\nb\r\n".encode(), suffix)
    keys = Keys()
    assert verify_dkim(raw, sender, find_txt=keys) is UNVERIFIED
    assert keys.asked == []
    above = Address(f"li@{suffix}")
    raw = sign(f"From: <{above.addr}>\r\nSubject: a\r\n\r\nb\r\n".encode(), f"x.{suffix}")
    assert verify_dkim(raw, above, find_txt=keys) is UNVERIFIED
    assert keys.asked == []


def test_only_keys_of_the_senders_domain_are_asked_for_and_not_many() -> None:
    raw = MAIL
    for number in range(MAX_SIGNATURES + 3):
        raw = sign(sign(raw, selector=f"s{number}"), "other.example")
    keys = Keys(None)
    assert verify_dkim(raw, SENDER, find_txt=keys) is UNVERIFIED
    assert keys.asked == [f"s{n}._domainkey.sender.example" for n in range(MAX_SIGNATURES + 2, 2, -1)]


@pytest.mark.parametrize("selector", ["a b", "a/b", "a..b", "x" * 64, "\\046", "a" + ".b" * 40])
def test_names_that_are_none_are_not_asked_for(selector: str) -> None:
    keys = Keys()
    head = f"DKIM-Signature: v=1; a=rsa-sha256; d=sender.example; s={selector}; h=from; bh=aaaa; b=aaaa\r\n".encode()
    assert verify_dkim(head + MAIL, SENDER, find_txt=keys) is UNVERIFIED
    assert keys.asked == []


@pytest.mark.parametrize(
    "value",
    [
        b"v=1; a=rsa-sha256; d=sender.example; s=s1; bh=aaaa; b=aaaa; h=from" + b":x" * 101,
        b"v=1; a=rsa-sha256; d=sender.example; s=s1; h=from; bh=aaaa; b" + b"\r\n " * 1_000 + b"!",
        b"v=1; a=rsa-sha256; d=sender.example; s=s1; h=from; bh=aaaa; b=" + b"a" * 5_000,
    ],
)
def test_signature_made_to_cost_time_is_passed_over(value: bytes) -> None:
    keys = Keys()
    assert verify_dkim(b"DKIM-Signature: " + value + b"\r\n" + MAIL, SENDER, find_txt=keys) is UNVERIFIED
    assert keys.asked == []


@pytest.mark.timeout(60)
def test_body_of_blanks_costs_no_square() -> None:
    # dkimpy by itself takes hours for this one.
    body = FROM + b"Subject: a\r\n\r\n" + b" " * 3_000_000 + b"x\r\n" + b"\t \r\n" * 300_000
    short = sign(FROM + b"Subject: a\r\n\r\n x\r\n", canonicalize=BOTH)
    assert verify(short[: short.index(b"From:")] + body) is VERIFIED


@given(st.text(alphabet=" \t\r\nab").map(str.encode))
def test_blanks_are_relaxed_as_dkimpy_does(body: bytes) -> None:
    assert Relaxed.canonicalize_body(_relax(body)) == Relaxed.canonicalize_body(body)


@given(st.data())
def test_any_change_of_a_signed_mail_proves_nothing_or_changes_nothing(data: st.DataObject) -> None:
    raw = bytearray(sign(MAIL, canonicalize=BOTH))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=3))
    try:
        proof = verify(bytes(raw))
    except MessageError:
        return
    if proof is VERIFIED:
        assert b"zhang@sender.example" in raw
        assert re.sub(rb"[ \t]+", b" ", raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2]).split() == [b"b", b"c", b"d"]


def test_extra_that_is_not_installed_is_an_import_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dkim", None)
    with pytest.raises(ImportError):
        verify(sign(MAIL))
