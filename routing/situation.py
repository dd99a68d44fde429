"""What is found out about a mail before anything is decided: whose it is, what it asks, what came, what lacks."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from domain.cases import Case, CaseStatus
from domain.catalogue import Catalogue, DocumentKind, ServiceItem
from domain.mail import Message
from domain.papers import Paper
from domain.persons import People
from domain.routing import Checklist, Classification, Evidence, Facts, Intent, MachineMark
from routing.checklist import check, find_conditions, find_unseen, list_requirements, set_aside_copies
from routing.classify import Classifier
from routing.facts import find_facts, merge_facts
from routing.files import drop_closed, leaves_open, set_aside_unopened
from routing.machine import find_machine_mark
from routing.offices import Placement, find_placement
from routing.persons import Question, compare_people, is_for_minor, settle_papers
from routing.scenarios import find_later_scenario
from routing.threads import (
    Brought,
    Related,
    Supplemented,
    adds_to,
    find_supplemented,
    find_thread,
    is_same_sender,
)
from routing.words import find_forwarded

# A picture in a signature is small and inline; a photographed paper is neither.
_SIGNATURE_BYTES = 20_000


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything known about a mail when it is decided.

    ``papers`` are those of this mail alone; ``related`` the candidates that the store found, the
    strongest first; ``own_addresses`` every mailbox we answer from, lower-case. ``received_on`` is the day it reached
    us, where the agency is; without it the mail's own date must do, and without that ages and terms go unchecked.
    """

    message: Message
    papers: tuple[Paper, ...]
    mailbox: str
    related: tuple[Related, ...] = ()
    own_addresses: frozenset[str] = frozenset()
    received_on: date | None = None

    @property
    def day(self) -> date | None:
        """The day on which papers must be valid and people of age, None when nothing tells it."""
        return self.received_on or (self.message.date.date() if self.message.date else None)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found out about a mail: all that the rules look at.

    ``joins`` is the case it speaks of, and ``adds`` whether what it brings belongs into that case; ``may_join`` are
    the cases that it may add to, when nothing tells to which or whether.
    """

    situation: Situation
    catalogue: Catalogue
    mark: MachineMark | None
    classification: Classification
    is_progress: bool
    item: ServiceItem | None
    joins: Case | None
    papers: tuple[Paper, ...]
    facts: Facts
    checklist: Checklist
    placement: Placement
    agency: str
    people: People = People()  # noqa: RUF009 - frozen
    adds: bool = False
    may_join: tuple[Case, ...] = ()

    @property
    def asks_status(self) -> bool:
        """Whether the applicant asks how far the case has come."""
        is_question = self.classification.intent is Intent.INQUIRY and self.is_progress
        return is_question and self.joins is not None and self.adds

    @property
    def unseen(self) -> int:
        """How many pictures came now that nobody has looked at and whose names tell nothing."""
        return len({p.sha256 or p.attachment for p in find_unseen(_drop_signatures(self.situation))})


def read_situation(situation: Situation, classifier: Classifier) -> Reading:
    """Return everything the rules look at."""
    message, catalogue = situation.message, classifier.catalogue
    situation = replace(situation, papers=set_aside_unopened(situation.papers, message))
    mark = find_machine_mark(message, own_addresses=situation.own_addresses)
    sure = mark if mark is not None and not mark.doubt else None
    thread = None if sure else find_thread(message, situation.related)
    found, is_progress = _classify(situation, classifier, sure, thread)
    if thread is not None and _asks_anew(situation, classifier, thread):
        # Its subject is still that of the old case, and would tell the old item again.
        thread, message = None, replace(message, subject="")
        situation = replace(situation, message=message)
        found, is_progress = _classify(situation, classifier, sure, None)
    here = catalogue.find_office(situation.mailbox)
    facts = find_facts(
        message,
        situation.papers,
        own_numbers=classifier.own_numbers,
        own_addresses=_own(situation, catalogue),
        asked_numbers=classifier.numbers_of(here.agency) if here else None,
        asked_places=[office.postal_address for office in catalogue.agency(here.agency).offices] if here else (),
    )
    may_join: tuple[Case, ...] = ()
    if sure is None and not adds_to(message, thread):
        supplemented = _find_supplemented(situation, classifier, found, facts=facts)
        may_join = supplemented.may_join if thread is None else ()
        if supplemented.thread is not None:
            thread, found = supplemented.thread, replace(found, intent=Intent.SUPPLEMENT)
    papers, joins, adds = situation.papers, thread.case if thread else None, adds_to(message, thread)
    if joins is not None and adds:
        if not is_same_sender(message, joins):
            # Whoever sends it for the applicant, the case goes on being answered where it was.
            facts = replace(facts, email="")
        # A supplement is checked together with what came before.
        papers, facts = set_aside_copies((*joins.papers, *papers)), merge_facts(joins.facts, facts)
        item = catalogue.item(joins.item) if joins.item else None
        if item is not None:
            scenario = joins.scenario if joins.status is CaseStatus.COMPLETE else ""
            scenario = scenario or find_later_scenario(item, words_of(message), papers, before=joins.scenario)
            found = replace(found, item=item.code, scenario=scenario, margin=1.0, rivals=())
    item = catalogue.item(found.item) if found.item else None
    checklist, people = Checklist(), People()
    if item is not None and not item.is_guidance:
        said = find_conditions(item, words_of(message))
        facts = replace(facts, conditions=tuple(dict.fromkeys((*facts.conditions, *said))))
        text, kinds = words_of(message), catalogue.kinds
        question = _ask(item, found.scenario, facts=facts, on=situation.day, text=text, kinds=kinds)
        people = compare_people(papers, question)
        papers = settle_papers(papers, people, question)
        checklist = check(
            item,
            found.scenario,
            papers=drop_closed(papers, message),
            facts=facts,
            text=words_of(message),
            kinds=catalogue.kinds,
            leaves_open=leaves_open(message, situation.papers),
            warnings=people.warnings,
        )
    placement, agency = _place(situation, catalogue, item, thread)
    return Reading(
        situation=situation,
        catalogue=catalogue,
        mark=mark,
        classification=found,
        is_progress=is_progress,
        item=item,
        joins=joins,
        papers=papers,
        facts=facts,
        checklist=checklist,
        placement=placement,
        agency=agency,
        people=people,
        adds=adds,
        may_join=may_join,
    )


def _find_supplemented(
    situation: Situation, classifier: Classifier, found: Classification, *, facts: Facts
) -> Supplemented:
    """Return what a mail adds to by what it brings, judged by what the cases that it may belong to still lack."""
    message, catalogue = situation.message, classifier.catalogue
    if not situation.related:
        return Supplemented()
    here = catalogue.find_office(situation.mailbox)
    waiting = {r.case.number: r.case for r in situation.related if r.case.status is CaseStatus.MISSING}
    brought = Brought(
        message=message,
        papers=situation.papers,
        facts=facts,
        classification=found,
        agency=here.agency if here else "",
        has_files=bool(message.cloud_links or _drop_signatures(situation) or any(p.kind for p in situation.papers)),
        is_whole=_is_whole(situation, catalogue, found, facts=facts),
        lacking={number: _list_lacking(case, catalogue, on=situation.day) for number, case in waiting.items()},
    )
    return find_supplemented(brought, situation.related)


def _is_whole(situation: Situation, catalogue: Catalogue, found: Classification, *, facts: Facts) -> bool:
    item = catalogue.item(found.item) if found.item else None
    if item is None or item.is_guidance:
        return False
    papers, text = drop_closed(situation.papers, situation.message), words_of(situation.message)
    return check(item, found.scenario, papers=papers, facts=facts, text=text, kinds=catalogue.kinds).is_complete


def _list_lacking(case: Case, catalogue: Catalogue, *, on: date | None) -> AbstractSet[str]:
    """Return the codes of what a case still lacks, each by itself where either would do."""
    item = catalogue.item(case.item) if case.item else None
    if item is None or item.is_guidance:
        return frozenset()
    kinds = catalogue.kinds
    question = _ask(item, case.scenario, facts=case.facts, on=on, text="", kinds=kinds)
    papers = settle_papers(case.papers, compare_people(case.papers, question), question)
    lacking = check(item, case.scenario, papers=papers, facts=case.facts, text="", kinds=kinds).missing
    return frozenset(code for entry in lacking for code in entry.split("|"))


def _ask(
    item: ServiceItem,
    scenario: str,
    *,
    facts: Facts,
    on: date | None,
    text: str,
    kinds: Mapping[str, DocumentKind],
) -> Question:
    asked = list_requirements(item, scenario, facts.conditions)
    return Question(
        asked=frozenset(code for requirement in asked for code in requirement.codes),
        is_for_minor=is_for_minor(item.scenario(scenario)),
        on=on,
        text=text,
        kinds=kinds,
    )


def _classify(
    situation: Situation, classifier: Classifier, mark: MachineMark | None, thread: Related | None
) -> tuple[Classification, bool]:
    if mark is not None:
        return Classification("", Intent.NOISE, evidence=(Evidence(mark.what, "header", 1.0),)), False
    found = classifier.classify(situation.message, situation.papers, situation.mailbox, answers_us=thread is not None)
    return found.classification, found.is_progress


def _asks_anew(situation: Situation, classifier: Classifier, thread: Related) -> bool:
    """Return whether an answer to our letter asks for another item: people press "reply" to start something new.

    The subject of an answer is ours, so only its text speaks; it must do so plainly.
    """
    bare = replace(situation.message, subject="", quoted="")
    found = classifier.classify(bare, (), situation.mailbox).classification
    return (
        found.item not in ("", thread.case.item)
        and found.intent in (Intent.APPLY, Intent.INQUIRY)
        and found.margin >= 0.5
        and any(e.where == "text" and e.weight >= 5 for e in found.evidence)
    )


def check_scenario(reading: Reading, scenario: str) -> Checklist:
    """Return the checklist of a mail's item, were this its scenario."""
    assert reading.item is not None
    text = words_of(reading.situation.message)
    kinds = reading.catalogue.kinds
    return check(reading.item, scenario, papers=reading.papers, facts=reading.facts, text=text, kinds=kinds)


def _place(
    situation: Situation, catalogue: Catalogue, item: ServiceItem | None, thread: Related | None
) -> tuple[Placement, str]:
    """Return where a mail is worked, and whose letter answers it."""
    here = catalogue.find_office(situation.mailbox)
    agency = here.agency if here else item.agency if item else ""
    if thread is not None:
        case = thread.case
        office = next((o for o in catalogue.agency(case.agency).offices if o.code == case.office), here)
        # Whoever answers our letter writes where the letter came from: that is never wrong.
        return Placement(office), case.agency
    if item is None:
        return Placement(here), agency
    found = find_placement(
        item, situation.mailbox, text=words_of(situation.message), papers=situation.papers, catalogue=catalogue
    )
    if here is not None and item.agency != here.agency:
        # The letter is written by the agency that was asked; the other one's office only lends its address.
        return replace(found, office=here), agency
    return found, agency


def words_of(message: Message) -> str:
    """Return what the sender says in words: subject and text, or a forwarded mail's text when there is no other."""
    text = message.text if message.text.strip() else find_forwarded(message)
    # A full stop parts them: folding drops the line's end, and "转入" must not run into "我住…".
    return f"{message.subject}。\n{text}"


def _own(situation: Situation, catalogue: Catalogue) -> AbstractSet[str]:
    return situation.own_addresses | {m.lower() for m in catalogue.mailboxes}


def _drop_signatures(situation: Situation) -> tuple[Paper, ...]:
    """Return the papers without the small inline pictures of signatures."""
    small = {
        a.sha256
        for a in situation.message.attachments
        if a.is_inline and a.size_bytes < _SIGNATURE_BYTES and a.media_type.startswith("image/")
    }
    return tuple(p for p in situation.papers if p.sha256 not in small)
