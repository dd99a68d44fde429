"""Fictional mails and decisions about them, for the tests of composing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from domain.cases import CaseNumber
from domain.catalogue import Catalogue, Requirement, ServiceItem
from domain.decisions import Acknowledge, AskForMaterials, Decided, Decision, Guide, Triage
from domain.mail import Address, Attachment, CloudLink, Message
from domain.papers import Paper, Source
from domain.routing import Checklist, ChecklistLine, Classification, Facts, Finding, Intent

FACTS = Facts(mobiles=("13900001234",), email="citizen@mail.example")
RECEIVED_ON = date(2020, 2, 10)


def make_message(subject: str, *files: str, text: str = "", links: tuple[str, ...] = ()) -> Message:
    return Message(
        identity="1" * 64,
        message_id="<mail-1@mail.example>",
        subject=subject,
        sender=Address("citizen@mail.example", "王小明"),
        reply_to=None,
        recipients=(),
        date=datetime(2020, 2, 10, 1, 0, tzinfo=UTC),
        text=text,
        quoted="",
        in_reply_to=(),
        references=(),
        attachments=tuple(Attachment(n, name, "image/jpeg", 1, str(n)) for n, name in enumerate(files)),
        cloud_links=tuple(CloudLink(name, "80M", "2020-03-10", "https://files.mail.example/1") for name in links),
    )


def make_paper(name: str, kind: str, source: Source = Source.FILE_NAME, problem: str = "") -> Paper:
    return Paper(name, "0" * 64, 1, kind, source, 0.9, problem=problem)


def parse_requirement(text: str) -> Requirement:
    return Requirement(tuple(tuple(group.split("+")) for group in text.split("|")))


def make_checklist(item: ServiceItem, *missing: str, remarks: tuple[str, ...] = ()) -> Checklist:
    """Every requirement of all applicants found, then one line that lacks ``missing``."""
    lines = [ChecklistLine(r, Finding.FOUND) for r in item.requires if str(r) not in missing]
    lines += [ChecklistLine(parse_requirement(m), Finding.MISSING, (m,), remarks=remarks) for m in missing]
    return Checklist(tuple(lines))


@dataclass(frozen=True)
class Sample:
    """A letter to compose, all but the decision with a default."""

    item: str
    decision: Decision
    message: Message = field(default_factory=lambda: make_message("办理业务"))
    papers: tuple[Paper, ...] = ()
    facts: Facts = FACTS
    scenario: str = ""
    also_items: tuple[str, ...] = ()
    joins: str = ""
    mailbox: str = ""
    office: str = ""
    right_mailboxes: tuple[str, ...] = ()
    number: str | None = None
    intent: Intent = Intent.APPLY

    def decided(self, catalogue: Catalogue) -> Decided:
        item = catalogue.item(self.item) if self.item else None
        return Decided(
            decision=self.decision,
            rule="sample",
            classification=Classification(self.item, self.intent, self.scenario, self.also_items),
            facts=self.facts,
            agency=item.agency if item else "dl",
            office=self.office or (item.offices[0] if item and item.offices else ""),
            joins=self.joins,
            wrong_mailbox=bool(self.right_mailboxes),
            right_mailboxes=self.right_mailboxes,
        )


def make_number(agency_prefix: str) -> str:
    return str(CaseNumber(agency_prefix, RECEIVED_ON, 42))


def make_decisions(item: ServiceItem) -> list[Decision]:
    """Every decision that may be taken about an item, and every reason of guidance."""
    made: list[Decision] = [Triage("须人工处理"), Guide("inquiry")]
    if item.is_guidance:
        return [*made, Guide("item")]
    asked = [str(r) for r in (*item.requires, *item.open_requires)]
    asked += [str(r) for s in item.scenarios for r in s.requires]
    made += [Acknowledge(make_checklist(item)), AskForMaterials(make_checklist(item, *dict.fromkeys(asked)))]
    made += [Guide("elsewhere", e.code) for e in item.elsewhere]
    return [*made, Guide("wrong-office"), Guide("other-agency")]
