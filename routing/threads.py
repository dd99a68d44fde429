"""Which open case a message belongs to, among the candidates that the store found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.cases import Case, CaseStatus
from domain.mail import Message
from domain.routing import Classification, Intent

OPEN = frozenset({CaseStatus.MISSING, CaseStatus.COMPLETE, CaseStatus.TRIAGE})
"""A guided, closed or void case takes nothing more: what comes is a new request."""


@dataclass(frozen=True, slots=True)
class Related:
    """A case that a message may belong to, and how it was found.

    ``by`` is ``reply`` (it answers a letter of ours, or the sender's own earlier mail), ``number``
    (subject or text name the case number) or ``sender`` (the same sender's case that waits for materials).
    """

    case: Case
    by: str


def find_thread(message: Message, related: Iterable[Related]) -> Related | None:
    """Return the open case that a message names by its threading headers or by its number, None when none.

    A number can be guessed and overheard: it joins only for the sender of the case. Who answers our
    letter has seen it, but may be somebody else: the caller compares the senders before it tells anything.
    """
    candidates = [r for r in related if r.case.status in OPEN]
    for one in candidates:
        if one.by == "reply" and is_same_sender(message, one.case):
            return one
    for one in candidates:
        if one.by == "number" and is_same_sender(message, one.case):
            return one
    return next((r for r in candidates if r.by == "reply"), None)


def find_supplemented(message: Message, related: Iterable[Related], classification: Classification) -> Related | None:
    """Return the waiting case of the same sender that a mail adds to by its words alone, None when in doubt.

    Only words such as 补充 and 重新发送 join here: an employer sends one mail for each employee, and the second
    person's photographs must not complete the first person's case.
    """
    if classification.intent is not Intent.SUPPLEMENT:
        return None
    waiting = [
        r
        for r in related
        if r.case.status is CaseStatus.MISSING
        and is_same_sender(message, r.case)
        and classification.item in ("", r.case.item)
    ]
    return waiting[0] if len({r.case.number for r in waiting}) == 1 else None


def is_same_sender(message: Message, case: Case) -> bool:
    """Return whether a message comes from the address that opened a case."""
    return bool(message.sender.addr) and message.sender.addr.lower() == case.sender.lower()
