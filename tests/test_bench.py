"""The benches run: nothing here looks at a time, only that they still fit the code that they measure."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from bench.__main__ import BENCHES, run_benches
from bench.flow import measure_flow
from bench.house import MAILBOXES
from bench.mails import LIGHT, REAL, make_mails
from bench.measuring import Options
from intake.reader import read_mail


def test_profiles_give_distinct_mails_of_the_size_they_promise() -> None:
    for profile, size_bytes in ((LIGHT, 4_000), (REAL, 600_000)):
        mails = list(make_mails(profile, MAILBOXES, count=22))
        messages = [read_mail(mail.raw).message for mail in mails]
        assert len({m.identity for m in messages}) == len({m.sender.addr for m in messages}) == 22
        assert 0.8 < sum(len(mail.raw) for mail in mails) / 22 / size_bytes < 1.2
        assert {mail.mailbox for mail in mails} == set(MAILBOXES)
        assert [mail.raw for mail in make_mails(profile, MAILBOXES, count=22)] == [mail.raw for mail in mails]


@pytest.mark.dovecot
def test_every_mail_of_a_flow_is_decided_and_answered() -> None:
    flow = measure_flow(list(make_mails(LIGHT, MAILBOXES, count=3)))
    assert (flow.messages, flow.complaints) == (3, 0)


@pytest.mark.dovecot
@pytest.mark.parametrize("name", ["stages", "engine"])
def test_a_bench_prints_its_table(name: str) -> None:
    said = io.StringIO()
    assert name in BENCHES
    assert run_benches([name], Options(Console(file=said, width=150), runs=1, scale=0.02)) == 0
    assert "CPU ms for a message" in said.getvalue()
