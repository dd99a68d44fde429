"""A case (办件), its number, its state, and the letters that leave it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.papers import Paper
from domain.routing import Facts

# Damm's quasigroup of order 10 (H. M. Damm, 2004): one digit that shows every single wrong digit and
# every swap of neighbours, the two mistakes people make on the telephone.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
_NUMBER = re.compile(r"(?<![A-Z0-9])([A-Z]{2,4})\s*-?\s*(\d{8})\s*-\s*(\d{4,7})\s*-\s*(\d)(?!\d)")


def check_digit(text: str) -> int:
    """Return Damm's check digit over the digits of a text; letters count as 10 for A to 35 for Z."""
    digits = "".join(str(int(c, 36)) for c in text.upper() if c.isalnum())
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return interim


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A number people can dictate: agency, day, serial of the day, check digit - ``DL-20200210-0042-7``."""

    prefix: str
    day: date
    serial: int

    def __str__(self) -> str:
        body = f"{self.prefix}-{self.day:%Y%m%d}-{self.serial:04d}"
        return f"{body}-{check_digit(body)}"

    @classmethod
    def parse(cls, text: str) -> CaseNumber:
        """Return the number that a text is. Raises: ValueError when it is none or its check digit is wrong."""
        found = cls.find_all(text)
        if len(found) != 1:
            raise ValueError(f"not a case number: {text!r}")
        return found[0]

    @classmethod
    def find_all(cls, text: str) -> tuple[CaseNumber, ...]:
        """Return every case number in a text whose date and check digit are right, each once."""
        found: dict[CaseNumber, None] = {}
        for prefix, day, serial, check in _NUMBER.findall(text.upper()):
            try:
                number = cls(prefix, date(int(day[:4]), int(day[4:6]), int(day[6:])), int(serial))
            except ValueError:
                continue
            if str(number) == f"{prefix}-{day}-{serial}-{check}":
                found[number] = None
        return tuple(found)


class CaseStatus(StrEnum):
    """Where a case stands (办件状态)."""

    MISSING = "missing"  # 待补正: the citizen was asked for something
    COMPLETE = "complete"  # 已受理: everything is there, the agency works
    TRIAGE = "triage"  # 待分拣: a clerk must look
    GUIDED = "guided"  # 已指引: answered with guidance, nothing more to do
    CLOSED = "closed"  # 已办结
    VOID = "void"  # 已撤销


@dataclass(frozen=True, slots=True)
class Case:
    """A case as stored. ``version`` rises with every change: a writer names the one it read."""

    number: str
    agency: str
    office: str
    item: str
    scenario: str
    status: CaseStatus
    sender: str
    opened_at: datetime
    version: int
    papers: tuple[Paper, ...] = ()
    facts: Facts = Facts()  # noqa: RUF009 - frozen
    due_on: date | None = None


class ReplyState(StrEnum):
    """Where a reply is on its way out."""

    WAITING = "waiting"
    DEFERRED = "deferred"
    SENT = "sent"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a reply: a subject and the same text twice, plain and HTML. ``template`` names its form."""

    subject: str
    text: str
    html: str
    template: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A letter decided and stored, ready to be sent from ``mailbox`` to ``recipient``.

    ``message_id`` is ours and stable: a repeated sending carries the same one.
    """

    id: int
    case: str
    mailbox: str
    recipient: str
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    letter: Letter
    written_at: datetime
    state: ReplyState = ReplyState.WAITING
    attempts: int = 0


class Fate(StrEnum):
    """What became of a message; every ledger row ends with one (WAITING is the only one that does not)."""

    WAITING = "waiting"
    ANSWERED = "answered"
    IGNORED = "ignored"
    TRIAGE = "triage"
    DUPLICATE = "duplicate"
    TOO_OLD = "too-old"
    QUARANTINED = "quarantined"
