"""Rows into domain values and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from domain.cases import Case, CaseStatus, Letter, Reply, ReplyState
from domain.papers import Paper, Source
from domain.routing import Facts

Row = sa.Row[*tuple[Any, ...]]


def read_case(row: Row, papers: Iterable[Paper] = ()) -> Case:
    """Return the case that a row of ``cases`` holds."""
    return Case(
        number=row.number,
        agency=row.agency,
        office=row.office,
        item=row.item,
        scenario=row.scenario,
        status=CaseStatus(row.status),
        sender=row.sender,
        opened_at=row.opened_at,
        version=row.version,
        papers=tuple(papers),
        facts=read_facts(row.facts),
        due_on=row.due_on,
    )


def read_facts(facts: Mapping[str, Any]) -> Facts:
    """Return facts from their JSON. A key that this release does not know is left out."""
    return Facts(
        mobiles=tuple(facts.get("mobiles", ())),
        landlines=tuple(facts.get("landlines", ())),
        email=facts.get("email", ""),
        destination_address=facts.get("destination_address", ""),
        destination_phone=facts.get("destination_phone", ""),
        conditions=tuple(facts.get("conditions", ())),
    )


def write_facts(facts: Facts) -> dict[str, Any]:
    """Return facts as JSON."""
    return asdict(facts)


def read_paper(row: Row) -> Paper:
    """Return the paper that a row of ``papers`` holds."""
    return Paper(
        attachment=row.attachment,
        sha256=row.sha256,
        page=row.page,
        kind=row.kind,
        source=Source(row.source),
        confidence=row.confidence,
        evidence=tuple(row.evidence),
        is_legible=row.is_legible,
        problem=row.problem,
        fields=row.fields,
    )


def read_reply(row: Row) -> Reply:
    """Return the reply that a row of ``replies`` holds."""
    return Reply(
        id=row.id,
        case=row.case_number or "",
        mailbox=row.mailbox,
        recipient=row.recipient,
        message_id=row.message_id,
        in_reply_to=row.in_reply_to,
        references=tuple(row.references),
        letter=Letter(row.subject, row.text, row.html, row.template),
        written_at=row.written_at,
        state=ReplyState(row.state),
        attempts=row.attempts,
    )
