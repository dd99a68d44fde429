"""Messages, case numbers, cases and their papers: written in the one transaction that handles a message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

import sqlalchemy as sa

from cases.holders import read_holder
from cases.ledger import LEDGER_ID, key_parameters
from cases.rows import write_facts
from cases.statements import Upsert
from cases.tables import ATTACHMENTS, CASE_SERIALS, CASES, LEDGER, MESSAGES, PAPERS
from domain.cases import Case, CaseNumber, CaseStatus
from domain.errors import CaseError
from domain.mail import Message, MessageKey
from domain.papers import Paper
from domain.routing import Facts


@dataclass(frozen=True, slots=True)
class Handled:
    """A message that was handled before: where it stood, what was decided, and its case ('' when it has none)."""

    key: MessageKey
    case: str
    decision: str


class CaseChanges(TypedDict, total=False):
    """What may change in a case; ``due_on`` None takes the promised day away."""

    agency: str
    office: str
    item: str
    scenario: str
    status: CaseStatus
    facts: Facts
    due_on: date | None


_RECORD_MESSAGE = Upsert(
    MESSAGES,
    lambda insert: (
        insert.values(ledger_id=LEDGER_ID).on_conflict_do_nothing(index_elements=["identity"]).returning(MESSAGES.c.id)
    ),
)
_FIND_HANDLED = (
    sa.select(
        LEDGER.c.mailbox,
        LEDGER.c.folder,
        LEDGER.c.uidvalidity,
        LEDGER.c.uid,
        MESSAGES.c.case_number,
        MESSAGES.c.decision,
    )
    .join(LEDGER, LEDGER.c.id == MESSAGES.c.ledger_id)
    .where(MESSAGES.c.identity == sa.bindparam("identity"))
)
_LINK_MESSAGE = (
    sa.update(MESSAGES)
    .where(MESSAGES.c.identity == sa.bindparam("of_identity"))
    .values(case_number=sa.bindparam("to_case"))
)
_RECORD_ATTACHMENTS = Upsert(
    ATTACHMENTS, lambda insert: insert.on_conflict_do_nothing(index_elements=["identity", "position"])
)
_NEXT_SERIALS = Upsert(
    CASE_SERIALS,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["prefix", "day"], set_={"serial": CASE_SERIALS.c.serial + insert.excluded.serial}
    ).returning(CASE_SERIALS.c.serial),
)
_OPEN_CASE = sa.insert(CASES)
_CHANGE_CASE = (
    sa.update(CASES)
    .where(CASES.c.number == sa.bindparam("of_number"), CASES.c.version == sa.bindparam("of_version"))
    .values(
        {
            name: sa.bindparam(f"new_{name}")
            for name in ("agency", "office", "item", "scenario", "status", "facts", "version", "updated_at")
        }
    )
)
_CHANGE_CASE_AND_DAY = _CHANGE_CASE.values(due_on=sa.bindparam("new_due_on"))
_RECORD_PAPERS = Upsert(
    PAPERS,
    lambda insert: insert.on_conflict_do_nothing(index_elements=["case_number", "sha256", "page", "kind", "ordinal"]),
)


def record_message(
    conn: sa.Connection,
    key: MessageKey,
    message: Message,
    *,
    at: datetime,
    decision: str = "",
    explanation: Mapping[str, Any] | None = None,
    case: str = "",
) -> bool:
    """Claim a message's identity; False when the same mail was handled before, from whichever mailbox.

    Of two processes that handle two copies at once, one waits here for the other's commit and gets False.
    ``case`` is the number of a case that exists; ``link_message`` sets that of one opened afterwards.
    """
    claimed = conn.execute(
        _RECORD_MESSAGE.on(conn),
        {
            **key_parameters(key),
            "identity": message.identity,
            "message_id": message.message_id,
            "subject": message.subject,
            "sender": message.sender.addr,
            "sender_name": message.sender.name,
            "answer_to": message.answer_to.addr,
            "date": message.date,
            "text": message.text,
            "details": _write_details(message),
            "proof": message.proof.value,
            "decision": decision,
            "explanation": dict(explanation or {}),
            "case_number": case or None,
            "recorded_at": at,
        },
    )
    return claimed.first() is not None


def find_handled(conn: sa.Connection, identity: str) -> Handled | None:
    """Return what was done with the message of an identity, None when it is new."""
    row = conn.execute(_FIND_HANDLED, {"identity": identity}).first()
    if row is None:
        return None
    return Handled(
        MessageKey(row.mailbox, row.folder, row.uidvalidity, row.uid), row.case_number or "", decision=row.decision
    )


def link_message(conn: sa.Connection, message: Message, *, case: str) -> None:
    """Put a recorded message into a case."""
    conn.execute(_LINK_MESSAGE, {"of_identity": message.identity, "to_case": case})


def record_attachments(conn: sa.Connection, message: Message) -> None:
    """Write down the files of a recorded message."""
    if message.attachments:
        rows = [
            {
                "identity": message.identity,
                "position": a.index,
                "name": a.name,
                "media_type": a.media_type,
                "size_bytes": a.size_bytes,
                "sha256": a.sha256,
                "is_inline": a.is_inline,
                "container": a.container,
                "unopened": a.unopened,
            }
            for a in message.attachments
        ]
        conn.execute(_RECORD_ATTACHMENTS.on(conn), rows)


def next_number(conn: sa.Connection, prefix: str, day: date) -> CaseNumber:
    """Return the next case number of a day, from 1. Given back when the transaction is rolled back."""
    return next_numbers(conn, prefix, day, count=1)[0]


def next_numbers(conn: sa.Connection, prefix: str, day: date, *, count: int) -> tuple[CaseNumber, ...]:
    """Return the next so many case numbers of a day. On PostgreSQL others wait for theirs until this one commits."""
    last = conn.execute(_NEXT_SERIALS.on(conn), {"prefix": prefix, "day": day, "serial": count}).scalar_one()
    return tuple(CaseNumber(prefix, day, serial) for serial in range(last - count + 1, last + 1))


def open_case(
    conn: sa.Connection,
    number: CaseNumber,
    *,
    agency: str,
    office: str,
    item: str,
    scenario: str,
    status: CaseStatus,
    sender: str,
    at: datetime,
    facts: Facts = Facts(),  # noqa: B008 - frozen
    due_on: date | None = None,
) -> Case:
    """Open a case and return it, version 1, without papers yet."""
    case = Case(
        number=str(number),
        agency=agency,
        office=office,
        item=item,
        scenario=scenario,
        status=status,
        sender=sender,
        opened_at=at,
        version=1,
        facts=facts,
        due_on=due_on,
    )
    conn.execute(
        _OPEN_CASE,
        {
            "number": case.number,
            "agency": agency,
            "office": office,
            "item": item,
            "scenario": scenario,
            "status": status.value,
            "sender": sender,
            "opened_at": at,
            "updated_at": at,
            "due_on": due_on,
            "version": case.version,
            "facts": write_facts(facts),
        },
    )
    return case


def change_case(conn: sa.Connection, case: Case, *, at: datetime, **changes: Unpack[CaseChanges]) -> Case:
    """Change a case as it was read and return it with the next version.

    Raises: CaseError when another changed it since; nothing is changed then.
    """
    day = {"new_due_on": changes["due_on"]} if "due_on" in changes else {}
    changed: Case = replace(case, version=case.version + 1, **changes)
    done = conn.execute(
        _CHANGE_CASE_AND_DAY if day else _CHANGE_CASE,
        {
            "of_number": case.number,
            "of_version": case.version,
            "new_agency": changed.agency,
            "new_office": changed.office,
            "new_item": changed.item,
            "new_scenario": changed.scenario,
            "new_status": changed.status.value,
            "new_facts": write_facts(changed.facts),
            "new_version": changed.version,
            "new_updated_at": at,
            **day,
        },
    )
    if done.rowcount != 1:
        raise CaseError(f"case {case.number} is not at version {case.version} any more: read it again")
    return changed


def record_papers(conn: sa.Connection, case: str, papers: Sequence[Paper], *, at: datetime) -> None:
    """Add papers to a case. A page that the case has already, under the same kind, stays as it was."""
    if not papers:
        return
    ordinals: Counter[tuple[str, int, str]] = Counter()
    rows = []
    for paper in papers:
        place = (paper.sha256, paper.page, paper.kind)
        number, name = read_holder(paper.kind, paper.fields)
        rows.append(
            {
                "case_number": case,
                "attachment": paper.attachment,
                "sha256": paper.sha256,
                "page": paper.page,
                "kind": paper.kind,
                "ordinal": ordinals[place],
                "source": paper.source.value,
                "confidence": paper.confidence,
                "evidence": list(paper.evidence),
                "is_legible": paper.is_legible,
                "problem": paper.problem,
                "fields": dict(paper.fields),
                "holder_number": number or None,
                "holder_name": name or None,
                "recorded_at": at,
            }
        )
        ordinals[place] += 1
    conn.execute(_RECORD_PAPERS.on(conn), rows)


def _write_details(message: Message) -> dict[str, Any]:
    return {
        "reply_to": str(message.reply_to or ""),
        "recipients": [str(r) for r in message.recipients],
        "in_reply_to": list(message.in_reply_to),
        "references": list(message.references),
        "defects": list(message.defects),
        "cloud_links": [
            {"name": c.name, "size": c.size, "expires": c.expires, "url": c.url} for c in message.cloud_links
        ],
    }
