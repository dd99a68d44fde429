"""Broken mails: nothing but MessageError, nothing over five seconds. ``python -m bench fuzz`` tries 200,000."""

from __future__ import annotations

import contextlib
import time

import pytest

from domain.errors import MessageError
from intake.reader import read_mail
from tests.mailmaker.mutate import LIMIT_S, find_seeds, make_mutant, try_mutant

COUNT = 2_000
_BATCH = 500


@pytest.mark.parametrize("first", range(0, COUNT, _BATCH))
def test_broken_mails_are_read_or_refused(first: int) -> None:
    outcomes = [try_mutant(number) for number in range(first, first + _BATCH)]
    assert {o.number: o.complaint for o in outcomes if o.complaint} == {}
    assert max(o.cpu_s for o in outcomes) < LIMIT_S
    # A fuzzer whose mails are all refused would test nothing.
    assert sum(o.is_refused for o in outcomes) < 0.2 * len(outcomes)


def test_mutants_are_many_and_the_same_each_time() -> None:
    assert make_mutant(7) == make_mutant(7)
    assert len({make_mutant(number) for number in range(200)}) > 190
    assert len(find_seeds()) > 300


@pytest.mark.parametrize(
    "unit",
    [" ", "\u3000", "\t", ">", "> ", "- ", "<", "<a@b> ", "在 ", "\n发件人：a", "\n> ", "&", "<p a='", "<!--", "~{"],
)
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_long_stretch_in_a_body_costs_little(unit: str, kind: str) -> None:
    body = unit * (20_000 // len(unit)) + "x\r\n"
    started = time.process_time()
    read_mail(f"From: <a@x.example>\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{body}".encode())
    assert time.process_time() - started < 1


@pytest.mark.parametrize("shape", [b"<%b>b>", b"%b<", b'"%b', b"(%b) b", b"<a@x.example> %b>", b"%b@"])
@pytest.mark.parametrize("unit", [b"a", b" ", b"a@", b"<", b"(", b"=?"])
def test_long_address_costs_little(shape: bytes, unit: bytes) -> None:
    value = shape % (unit * (20_000 // len(unit)))
    started = time.process_time()
    with contextlib.suppress(MessageError):
        read_mail(b"From: " + value + b"\r\nTo: " + value + b"\r\n\r\nx")
    assert time.process_time() - started < 1
