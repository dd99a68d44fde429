"""What would be decided about mails and why, storing and sending nothing.

Mails are taken in the order given, and an earlier one opens a case in memory that a later one may supplement.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from cases.holders import find_holders, read_holder
from domain.cases import Case, CaseNumber, CaseStatus
from domain.catalogue import Catalogue
from domain.decisions import Acknowledge, AskForMaterials, Decided, Guide, Ignore, Triage
from domain.errors import ConfigError, MessageError
from domain.mail import Message
from domain.papers import Paper
from intake.opened import open_attachments
from intake.reader import read_mail
from routing import Classifier, Related, Situation, decide
from routing.opinion import Model, apply_opinion, form_opinion
from youban.explanation import explain_decision
from youban.pictures import SeePapers
from youban.sources import Source


@dataclass(frozen=True, slots=True)
class Explanation:
    """One mail explained. ``problem`` is why it would be quarantined, and then nothing else is there."""

    file: str
    mailbox: str
    message: Message | None = None
    papers: tuple[Paper, ...] = ()
    decided: Decided | None = None
    case: str = ""
    problem: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the object that ``explain --json`` prints for this mail."""
        head = {"file": self.file, "mailbox": self.mailbox, "case": self.case or None}
        if self.decided is None:
            return {
                **head,
                "item": "none",
                "also_items": [],
                "intent": "noise",
                "scenario": None,
                "missing": [],
                "decision": "triage",
                "wrong_mailbox": False,
                "right_mailbox": [],
                "papers": [],
                "reasons": [self.problem],
                "margin": 0.0,
                "rule": "quarantine",
                "office": "",
                "checklist": [],
                "evidence": [],
                "rivals": [],
            }
        return {**head, **explain_decision(self.decided, self.papers)}


class Explainer:
    """Explains mails one after the other; it remembers the cases they would have opened.

    With ``model`` each mail has a second opinion.
    """

    def __init__(self, catalogue: Catalogue, see_papers: SeePapers, *, model: Model | None = None) -> None:
        self._catalogue = catalogue
        self._model = model
        self._see_papers = see_papers
        self._classifier = Classifier(catalogue)
        self._own = frozenset(m.lower() for m in catalogue.mailboxes)
        self._cases: dict[str, Case] = {}
        self._messages: dict[str, str] = {}
        self._serial = 0

    def explain(self, source: Source, *, mailbox: str = "") -> Explanation:
        """Return what would be decided about a mail sent to ``mailbox`` ('' = found in its headers).

        Raises: ConfigError when no mailbox of the catalogue is named anywhere.
        """
        try:
            mail = open_attachments(read_mail(source.raw))
            papers = self._see_papers(mail)
        except MessageError as error:
            return Explanation(source.name, mailbox, problem=str(error))
        message = mail.message
        mailbox = mailbox or self._find_mailbox(source.name, message)
        decided = decide(
            Situation(
                message=message,
                papers=papers,
                mailbox=mailbox,
                related=self._find_related(message, papers),
                own_addresses=self._own,
            ),
            self._classifier,
        )
        opinion = form_opinion(self._model, message, decided, self._catalogue) if self._model else None
        decided = apply_opinion(decided, opinion, self._catalogue)
        case = self._work_case(decided, message, papers)
        return Explanation(source.name, mailbox, message, papers, decided, case)

    def _find_mailbox(self, name: str, message: Message) -> str:
        for recipient in message.recipients:
            if self._catalogue.find_office(recipient.addr):
                return recipient.addr
        raise ConfigError(name, "", "its To names none of the catalogue's mailboxes", "say which with --mailbox")

    def _find_related(self, message: Message, papers: tuple[Paper, ...]) -> tuple[Related, ...]:
        """As the store does (cases.related): by earlier mails, number, sender, person - the strongest first."""
        found: dict[str, str] = {}
        numbers, names = find_holders(papers)
        for case in self._cases.values():
            holders = {read_holder(p.kind, p.fields) for p in case.papers}
            is_named = any(number in numbers or name in names for number, name in holders)
            if is_named and case.status is CaseStatus.MISSING:
                found[case.number] = "person"
            if case.sender == message.sender.addr and case.status is CaseStatus.MISSING:
                found[case.number] = "sender"
        for number in CaseNumber.find_all(f"{message.subject}\n{message.text}"):
            if str(number) in self._cases:
                found[str(number)] = "number"
        for parent in (*message.references, *message.in_reply_to):
            if parent.strip("<>") in self._messages:
                found[self._messages[parent.strip("<>")]] = "reply"
        ways = ("reply", "number", "sender", "person")
        return tuple(
            Related(self._cases[number], by) for number, by in sorted(found.items(), key=lambda f: ways.index(f[1]))
        )

    def _work_case(self, decided: Decided, message: Message, papers: tuple[Paper, ...]) -> str:
        match decided.decision:
            case Ignore():
                return ""
            case Acknowledge():
                status = CaseStatus.GUIDED if decided.is_news and not decided.joins else CaseStatus.COMPLETE
            case AskForMaterials():
                status = CaseStatus.MISSING
            case Guide():
                status = CaseStatus.GUIDED
            case Triage():
                status = CaseStatus.TRIAGE
        case = self._cases.get(decided.joins) or self._open(decided, message, status)
        if not (decided.joins and isinstance(decided.decision, Guide)):
            case = replace(case, status=status)
        self._cases[case.number] = replace(
            case,
            papers=(*case.papers, *papers),
            facts=decided.facts,
            scenario=decided.classification.scenario or case.scenario,
        )
        if message.message_id:
            self._messages[message.message_id.strip("<>")] = case.number
        return case.number

    def _open(self, decided: Decided, message: Message, status: CaseStatus) -> Case:
        self._serial += 1
        prefix = self._catalogue.agency(decided.agency).prefix
        sent_at = message.date or datetime.combine(date(2000, 1, 1), datetime.min.time(), tzinfo=UTC)
        number = CaseNumber(prefix, sent_at.date(), self._serial)
        return Case(
            number=str(number),
            agency=decided.agency,
            office=decided.office,
            item=decided.classification.item,
            scenario=decided.classification.scenario,
            status=status,
            sender=message.sender.addr,
            opened_at=sent_at,
            version=1,
        )
