"""A decision explained: as JSON for machines (the contract of ``explain --json``) and for the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.decisions import Acknowledge, AskForMaterials, Decided, Triage
from domain.idnumber import mask_id_number
from domain.papers import Paper
from domain.persons import People, Person, mask_name
from domain.routing import Checklist, Intent, Opinion
from routing.opinion import is_contradicted


def explain_decision(decided: Decided, papers: Sequence[Paper]) -> dict[str, Any]:
    """Return everything that explains a decision, as plain JSON values.

    The keys from ``item`` to ``margin`` are those of ``explain --json``; ``rule``, ``checklist``, ``evidence`` and
    ``rivals`` are for the clerk who asks why; ``opinion`` stands there where a learned model was asked. ``item`` is
    ``"none"`` where no item was recognised.
    """
    found = decided.classification
    checklist = checklist_of(decided)
    told = {
        "item": found.item if found.item and found.intent is not Intent.NOISE else "none",
        "also_items": list(found.also_items),
        "intent": found.intent.value,
        "scenario": found.scenario or None,
        "missing": list(checklist.missing) if decided.word == "missing" else [],
        "decision": decided.word,
        "wrong_mailbox": decided.wrong_mailbox,
        "right_mailbox": list(decided.right_mailboxes),
        "papers": [_explain_paper(paper, decided.people) for paper in papers],
        "reasons": list(decided.reasons),
        "margin": round(found.margin, 3),
        "rule": decided.rule,
        "office": decided.office,
        "checklist": [
            {
                "requires": str(line.requirement),
                "finding": line.finding.value,
                "missing": list(line.missing),
                "met_by": dict(line.met_by),
                "remarks": list(line.remarks),
            }
            for line in checklist.lines
        ],
        "evidence": [{"what": e.what, "where": e.where, "weight": round(e.weight, 2)} for e in found.evidence],
        "rivals": [{"item": r.item, "score": round(r.score, 2)} for r in found.rivals],
    }
    return told | {"opinion": _explain_opinion(decided, decided.opinion)} if decided.opinion else told


def _explain_opinion(decided: Decided, opinion: Opinion) -> dict[str, Any]:
    """Return the second opinion as plain JSON values.

    ``is_against`` tells that it was sure of another item than the rules found.
    """
    return {
        "item": opinion.item,
        "probability": round(opinion.probability, 3),
        "told_by": [{"what": e.what, "weight": round(e.weight, 2)} for e in opinion.told_by],
        "version": opinion.version,
        "is_against": is_contradicted(decided, opinion),
    }


def checklist_of(decided: Decided) -> Checklist:
    """Return the checklist behind a decision, empty where none was made."""
    match decided.decision:
        case Acknowledge(checklist) | AskForMaterials(checklist) | Triage(_, checklist):
            return checklist
        case _:
            return Checklist()


def _explain_paper(paper: Paper, people: People) -> dict[str, Any]:
    # The side is part of the kind's code (id-front), so that nothing can say two different things.
    side = next((s for s in ("front", "back") if paper.kind.endswith(f"-{s}")), None)
    return {
        "file": paper.attachment,
        "page": paper.page,
        "kind": paper.kind or None,
        "side": side,
        # False only when something looked and could not read it; "source" tells whether anything has looked.
        "legible": paper.is_legible is not False,
        "confidence": round(paper.confidence, 2),
        "fields": dict(paper.fields),
        "source": paper.source.value,
        "evidence": list(paper.evidence),
        "problem": paper.problem,
        "person": _explain_person(people.find_person(paper)),
        "findings": [
            {"mark": f.mark.value, "consequence": f.consequence.value, "words": f.words}
            for f in people.list_findings(paper)
        ],
    }


def _explain_person(person: Person | None) -> dict[str, Any] | None:
    """Return whose paper it is, masked: the whole values stand in the paper's fields."""
    if person is None:
        return None
    return {
        "role": person.role.value,
        "name": mask_name(person.name),
        "number": mask_id_number(person.number),
        "birth": person.birth.isoformat() if person.birth else None,
        "in_mail": person.is_in_mail,
    }
