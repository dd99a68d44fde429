import pytest

from domain.errors import Deferred, MailboxError, Refused
from responders.answers import HOUR_S, MINUTE_S, Outcome, RetrySchedule, decode_answer, find_rule


@pytest.mark.parametrize(
    ("code", "answer", "outcome", "delay_s"),
    [
        (421, "HL:REP 163 smtp12", Outcome.STOP, HOUR_S),
        (421, "4.3.2 closing", Outcome.DEFER, MINUTE_S),
        (450, "MI:CEL 163", Outcome.DEFER, MINUTE_S),
        (450, "RP:TRC", Outcome.DEFER, MINUTE_S),
        (450, "mailbox busy", Outcome.DEFER, 0),
        (451, "MI:SFQ 163", Outcome.DEFER, 15 * MINUTE_S),
        (451, "DT:SPM 163", Outcome.DEFER, 30 * MINUTE_S),
        (451, "too much fail authentication", Outcome.ALERT, HOUR_S),
        (535, "Error: authentication failed", Outcome.ALERT, HOUR_S),
        (550, "User has no permission", Outcome.ALERT, HOUR_S),
        (550, "5.1.1 no such user", Outcome.REFUSE, 0),
        (552, "too big", Outcome.REFUSE, 0),
        (553, "Mail from must equal authorized user", Outcome.ALERT, HOUR_S),
        (553, "mailbox name not allowed", Outcome.REFUSE, 0),
        (554, "DT:SPM 163", Outcome.REFUSE, 0),
        (554, "HL:ITC", Outcome.REFUSE, 0),
        (599, "", Outcome.REFUSE, 0),
        (499, "", Outcome.DEFER, 0),
        (0, "", Outcome.DEFER, 0),
        (-1, "Malformed", Outcome.DEFER, 0),
    ],
)
def test_find_rule_reads_the_table(code, answer, outcome, delay_s):
    rule = find_rule(code, answer)
    assert (rule.outcome, rule.delay_s) == (outcome, delay_s)
    assert rule.hint


def test_decode_answer_reads_gbk_and_keeps_to_one_line():
    raw = "用户不存在\n请核对".encode("gbk").decode("utf-8", "surrogateescape")
    assert decode_answer(raw) == "用户不存在 请核对"
    assert decode_answer("用户") == "用户"
    assert len(decode_answer("x" * 9999)) == 500


def test_retry_delay_grows_and_ends():
    schedule = RetrySchedule()
    error = Deferred(450, "busy")
    delays = [schedule.retry_delay_s(n, error) for n in range(1, 9)]
    assert delays == sorted(delays)
    assert delays[:4] == [60, 300, 900, 3600]
    with pytest.raises(Refused, match="given up after 9 attempts: busy"):
        schedule.retry_delay_s(9, error)


def test_retry_delay_obeys_the_providers_words():
    schedule = RetrySchedule()
    assert schedule.retry_delay_s(1, Deferred(451, "MI:SFQ")) == 15 * MINUTE_S
    assert schedule.retry_delay_s(1, Deferred(451, "DT:SPM")) == 30 * MINUTE_S
    with pytest.raises(Refused):
        schedule.retry_delay_s(2, Deferred(451, "DT:SPM"))


def test_retry_delay_can_be_made_a_blink():
    schedule = RetrySchedule((0.1, 0.1), longest_s=0.2)
    assert schedule.retry_delay_s(1, Deferred(421, "HL:REP")) == 0.2
    assert schedule.retry_delay_s(9, MailboxError("a@b.example", "535", is_lasting=True)) == 0.2
    with pytest.raises(Refused):
        schedule.retry_delay_s(3)


def test_a_mailbox_at_fault_never_uses_up_its_letters():
    schedule = RetrySchedule()
    assert schedule.retry_delay_s(99, MailboxError("a@b.example", "535", is_lasting=True)) == HOUR_S
    assert schedule.retry_delay_s(1, MailboxError("a@b.example", "no route")) == MINUTE_S


def test_a_refusal_stays_one():
    with pytest.raises(Refused, match="no such user"):
        RetrySchedule().retry_delay_s(1, Refused(550, "no such user"))
