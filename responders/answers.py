"""What a server's answer means for a letter: a table of providers' codes, and when to try again.

The standard's rule comes last (RFC 5321 4.2.1: 4xx later, 5xx never); the rows above it are the
exceptions that Chinese providers print in their own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Deferred, DeliveryError, MailboxError, Refused

MINUTE_S, HOUR_S = 60.0, 3600.0


class Outcome(StrEnum):
    """What becomes of the letter that was answered so."""

    DEFER = "defer"  # the letter waits
    REFUSE = "refuse"  # the letter goes to a clerk
    STOP = "stop"  # the mailbox waits: every further attempt would make it worse
    ALERT = "alert"  # the mailbox waits for a person


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """One row: an answer with ``code`` (0 = any) and one of ``words`` in it (none = any), and what it means.

    ``delay_s``: the letter, or the mailbox, waits at least so long. ``most_attempts``: try no oftener
    (0 = as the schedule has it). ``reconnects``: this session is spent. ``hint``: what a person can do.
    """

    code: int
    words: tuple[str, ...]
    outcome: Outcome
    delay_s: float
    hint: str
    most_attempts: int = 0
    reconnects: bool = False


RULES: tuple[AnswerRule, ...] = (
    AnswerRule(
        421, ("HL:",), Outcome.STOP, HOUR_S, "服务商暂停了本机的连接，一小时后再试；请检查发信频率", reconnects=True
    ),
    AnswerRule(
        450,
        ("MI:", "RP:"),
        Outcome.DEFER,
        MINUTE_S,
        "本次会话发信过多，换一个会话再发；可调小 letters_per_session",
        reconnects=True,
    ),
    AnswerRule(451, ("MI:SFQ",), Outcome.DEFER, 15 * MINUTE_S, "十五分钟内发信过多，稍后再发；可调大 pace_s"),
    AnswerRule(
        451, ("DT:SPM",), Outcome.DEFER, 30 * MINUTE_S, "被疑为垃圾邮件，最多再试一次，然后请人工联系", most_attempts=2
    ),
    AnswerRule(
        451,
        ("too much fail authentication",),
        Outcome.ALERT,
        HOUR_S,
        "登录失败次数过多，账号被暂停；请核对授权码",
        reconnects=True,
    ),
    AnswerRule(
        535, (), Outcome.ALERT, HOUR_S, "登录被拒绝：请核对账号和客户端授权码（不是网页登录密码）", reconnects=True
    ),
    AnswerRule(534, (), Outcome.ALERT, HOUR_S, "登录方式被拒绝：请改用客户端授权码", reconnects=True),
    AnswerRule(530, (), Outcome.ALERT, HOUR_S, "服务器要求先登录：请检查账号和加密方式", reconnects=True),
    AnswerRule(
        550,
        ("User has no permission",),
        Outcome.ALERT,
        HOUR_S,
        "邮箱没有开通 SMTP 服务：请在网页版设置中开启",
        reconnects=True,
    ),
    AnswerRule(
        553, ("authorized user", "must equal"), Outcome.ALERT, HOUR_S, "发件人必须与登录账号一致：请检查 login 设置"
    ),
    AnswerRule(
        501, ("mail from", "authorization user"), Outcome.ALERT, HOUR_S, "发件人必须与登录账号一致：请检查 login 设置"
    ),
    AnswerRule(554, ("DT:SPM", "HL:ITC", "SPM"), Outcome.REFUSE, 0, "被判为垃圾邮件：请人工联系申请人"),
    AnswerRule(552, (), Outcome.REFUSE, 0, "信件过大，或对方邮箱已满：请人工联系申请人"),
    AnswerRule(550, (), Outcome.REFUSE, 0, "收件地址不存在或拒收：请人工联系申请人"),
    AnswerRule(421, (), Outcome.DEFER, MINUTE_S, "服务器要断开连接，稍后重连", reconnects=True),
)

_LATER = AnswerRule(0, (), Outcome.DEFER, 0, "服务器暂时不收，稍后再发")
_NEVER = AnswerRule(0, (), Outcome.REFUSE, 0, "服务器拒收：请人工联系申请人")
_BROKEN = AnswerRule(0, (), Outcome.DEFER, 0, "没有得到服务器的明确答复，稍后用同一个 Message-ID 再发", reconnects=True)


def find_rule(code: int, answer: str) -> AnswerRule:
    """Return the row for an answer; by the first digit where no row speaks of it (RFC 5321 4.2.1)."""
    folded = answer.lower()
    for rule in RULES:
        if rule.code == code and (not rule.words or any(w.lower() in folded for w in rule.words)):
            return rule
    match code // 100:
        case 4:
            return _LATER
        case 5:
            return _NEVER
        case _:
            return _BROKEN


def decode_answer(message: str) -> str:
    """Return an answer readable: aiosmtplib passes bytes that are not UTF-8 as surrogates; here they are GBK."""
    raw = message.encode("utf-8", "surrogateescape")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", "replace")
    return " ".join(text.split())[:500]


@dataclass(frozen=True, slots=True)
class RetrySchedule:
    """When a deferred letter is tried again: ``delays_s[n-1]`` seconds after the n-th attempt, then never.

    The default tries nine times over two days and a half: longer than any outage of a provider that
    was ever reported, shorter than a citizen's patience with silence. ``longest_s`` caps every wait, also
    those of RULES (tests make it a blink).
    """

    delays_s: tuple[float, ...] = (
        MINUTE_S, 5 * MINUTE_S, 15 * MINUTE_S, HOUR_S, 3 * HOUR_S, 8 * HOUR_S, 24 * HOUR_S, 24 * HOUR_S,
    )  # fmt: skip
    longest_s: float = 24 * HOUR_S

    def retry_delay_s(self, attempt: int, error: DeliveryError | MailboxError | None = None) -> float:
        """Return the seconds to wait after the ``attempt``-th failed attempt (from 1).

        ``error`` is what ``PostOffice.send`` raised: its row in RULES can make the wait longer or the
        attempts fewer. A MailboxError never uses up a letter: the mailbox is at fault, not the letter.

        Raises:
            Refused: no further attempt is worth it, or ``error`` is one; a clerk gets the letter.
        """
        if isinstance(error, MailboxError):
            return min(HOUR_S, self.longest_s) if error.is_lasting else self._delay_s(attempt)
        if isinstance(error, Refused):
            raise error
        code, answer = (error.code, error.answer) if isinstance(error, Deferred) else (0, "")
        rule = find_rule(code, answer)
        most = min(len(self.delays_s) + 1, rule.most_attempts or len(self.delays_s) + 1)
        if attempt >= most:
            raise Refused(code, f"given up after {attempt} attempts: {answer}".rstrip(": "))
        return min(max(self._delay_s(attempt), rule.delay_s), self.longest_s)

    def _delay_s(self, attempt: int) -> float:
        nth = max(1, min(attempt, len(self.delays_s)))
        return min(self.delays_s[nth - 1], self.longest_s) if self.delays_s else 0.0
