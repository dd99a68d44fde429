"""What is done with a mail: everything is found out first, then a chain of rules is read top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from domain.cases import Case, CaseStatus
from domain.catalogue import FACT_CODES, Catalogue, DocumentKind, ServiceItem
from domain.decisions import Acknowledge, AskForMaterials, Decided, Decision, Guide, Ignore, Triage
from domain.mail import Message
from domain.papers import Paper
from domain.persons import People
from domain.routing import Checklist, Classification, Evidence, Facts, Intent, MachineMark
from routing.checklist import check, find_conditions, find_unseen, list_requirements, set_aside_copies
from routing.classify import Classifier
from routing.facts import find_facts, merge_facts
from routing.files import drop_closed, leaves_open, say_unread, set_aside_unopened
from routing.machine import find_machine_mark
from routing.offices import Placement, find_placement
from routing.persons import Question, compare_people, is_for_minor, settle_papers
from routing.reasons import list_reasons
from routing.scenarios import find_later_scenario
from routing.threads import Related, find_supplemented, find_thread, is_same_sender
from routing.words import find_forwarded, says_any

MARGIN_NEEDED = 0.12
"""Below it a clerk chooses: a wrong acknowledgement is worse than a clerk's minute."""

# A picture in a signature is small and inline; a photographed paper is neither.
_SIGNATURE_BYTES = 20_000
# One photograph often shows both sides of a card, or two cards on one sheet.
_SIDES_PER_PICTURE = 2


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
    """What was found out about a mail: all that the rules look at."""

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

    @property
    def unseen(self) -> int:
        """How many pictures came now that nobody has looked at and whose names tell nothing."""
        return len({p.sha256 or p.attachment for p in find_unseen(_drop_signatures(self.situation))})


Rule = Callable[[Reading], Decision | None]


def ignore_machine_mail(reading: Reading) -> Decision | None:
    """Machine mail gets silence (RFC 3834)."""
    if reading.mark is None or reading.mark.doubt:
        return None
    return Ignore(f"机器邮件:{reading.mark.what}")


def hand_over_doubtful(reading: Reading) -> Decision | None:
    """What a machine or a person may have written is neither answered nor dropped."""
    if reading.mark is None:
        return None
    return Triage(f"像是机器邮件:{reading.mark.what},但{reading.mark.doubt}。没有自动回复,请人工查看。")


def ignore_noise(reading: Reading) -> Decision | None:
    """Advertising and private mail get silence."""
    if reading.classification.intent is not Intent.NOISE:
        return None
    words = "、".join(e.what for e in reading.classification.evidence)
    return Ignore(f"广告或私人邮件:{words}")


def hand_over_unanswerable(reading: Reading) -> Decision | None:
    """A mail without any sender's address cannot be answered."""
    if reading.situation.message.answer_to.addr:
        return None
    return Triage("来信没有发件人地址,无法回复,请人工处理。")


def hand_over_complaint(reading: Reading) -> Decision | None:
    """A complaint is answered by a person."""
    if reading.classification.intent is not Intent.COMPLAINT:
        return None
    return Triage("来信是投诉或举报,请人工答复。")


def hand_over_other_sender(reading: Reading) -> Decision | None:
    """An answer to our letter from another address might be a stranger's."""
    if reading.joins is None or is_same_sender(reading.situation.message, reading.joins):
        return None
    return Triage(f"来信回复的是办件{reading.joins.number},但发件人不是该办件的申请人,请人工核对。")


def hand_over_case_at_desk(reading: Reading) -> Decision | None:
    """A clerk has this case in hand: two voices would confuse the citizen."""
    if reading.joins is None or reading.joins.status is not CaseStatus.TRIAGE:
        return None
    return Triage(f"所属办件{reading.joins.number}正由人工处理,请一并处理这封来信。")


def hand_over_uncovered(reading: Reading) -> Decision | None:
    """Nothing in the notices matches."""
    if reading.item is not None:
        return None
    unread = say_unread(reading.situation.message)
    return Triage(f"没有识别出通告中的办理事项,{f'{unread},' if unread else ''}请人工判断。")


def hand_over_close_call(reading: Reading) -> Decision | None:
    """Two items are about equally likely."""
    found = reading.classification
    if reading.joins is not None or found.margin >= MARGIN_NEEDED or not found.rivals:
        return None
    rival = reading.catalogue.item(found.rivals[0].item)
    mine = reading.catalogue.item(found.item)
    return Triage(f"“{mine.title}”与“{rival.title}”难以区分(差距{found.margin:.0%}),请人工判断。")


def guide_guidance_item(reading: Reading) -> Decision | None:
    """The notice does not let people do this by e-mail."""
    return Guide("item") if reading.item is not None and reading.item.is_guidance else None


def guide_to_other_agency(reading: Reading) -> Decision | None:
    """Another agency's item: its mailbox is named."""
    here = reading.catalogue.find_office(reading.situation.mailbox)
    if reading.item is None or here is None or reading.item.agency == here.agency:
        return None
    return Guide("other-agency")


def guide_to_right_office(reading: Reading) -> Decision | None:
    """An agency that does not transfer mails between its offices names the right one."""
    if not reading.placement.wrong_mailbox or reading.catalogue.agency(reading.agency).wrong_mailbox != "guide":
        return None
    return Guide("wrong-office")


def guide_elsewhere(reading: Reading) -> Decision | None:
    """The notice sends this applicant elsewhere (大连通告一.1 职工单位, 山东通知三 个人跨省)."""
    text = _said(reading.situation.message)
    for elsewhere in reading.item.elsewhere if reading.item else ():
        if says_any(text, elsewhere.keywords) and not says_any(text, elsewhere.not_keywords):
            return Guide("elsewhere", elsewhere.code)
    return None


def hand_over_progress_question(reading: Reading) -> Decision | None:
    """How far one's own case has come stands in no notice."""
    if reading.classification.intent is not Intent.INQUIRY or not reading.is_progress:
        return None
    return Triage("来信询问办理进度,通告无法回答,请人工答复。")


def guide_inquiry(reading: Reading) -> Decision | None:
    """A question about a business that the notice describes is answered with it."""
    return Guide("inquiry") if reading.classification.intent is Intent.INQUIRY else None


def hand_over_notice_in_case(reading: Reading) -> Decision | None:
    """Thanks and news about an open case must not complete it."""
    if reading.classification.intent is not Intent.NOTICE or reading.joins is None:
        return None
    return Triage(f"来信只是告知情况,没有补充材料,请人工查看办件{reading.joins.number}。")


def hand_over_other_person(reading: Reading) -> Decision | None:
    """Papers that speak of different people, or of somebody whom the scenario does not fit, are a clerk's to judge."""
    if not reading.people.warnings:
        return None
    told = ";".join(dict.fromkeys(finding.words for finding in reading.people.warnings))
    return Triage(f"{told},请人工核对。", reading.checklist)


def hand_over_unseen_pictures(reading: Reading) -> Decision | None:
    """Pictures that nobody has looked at could be what lacks: to claim that nothing came would be untrue.

    Only where the pictures cannot cover all that lacks, even with two sides on each, is it certain
    that something is missing.
    """
    documents = [code for code in reading.checklist.missing if code not in FACT_CODES]
    if not documents or not reading.unseen or reading.unseen * _SIDES_PER_PICTURE < len(documents):
        return None
    return Triage(f"有{reading.unseen}张图片未能识别,可能就是缺少的材料,请人工查看。")


def hand_over_unclear_applicant(reading: Reading) -> Decision | None:
    """Everything common is there, but the papers fit no kind of applicant: an acknowledgement could be wrong."""
    item, found = reading.item, reading.classification
    if item is None or found.scenario or not item.scenarios or not reading.checklist.is_complete:
        return None
    if found.intent is Intent.NOTICE or any(_check(reading, s.code).is_complete for s in item.scenarios):
        return None
    return Triage(f"“{item.title}”的情形不明,材料与各情形都不完全相符,请人工判断。")


def acknowledge_complete(reading: Reading) -> Decision | None:
    """Everything is there. A mail that only informs lacks nothing either (READING.md, intents)."""
    if reading.classification.intent is Intent.NOTICE:
        return Acknowledge(Checklist())
    return Acknowledge(reading.checklist) if reading.checklist.is_complete else None


def ask_for_materials(reading: Reading) -> Decision | None:
    """Something lacks, and the letter names exactly what."""
    return AskForMaterials(reading.checklist)


CHAIN: tuple[Rule, ...] = (
    ignore_machine_mail,  # Never answer a machine: two robots would write to each other for ever.
    hand_over_doubtful,  # Neither silence for a person nor a letter to a robot.
    ignore_noise,  # Advertising learns from an answer that somebody reads here.
    hand_over_unanswerable,  # Nobody to write to, but perhaps a citizen with a broken mail program.
    hand_over_complaint,  # Anger is answered by a person, whatever else the mail holds.
    hand_over_other_sender,  # No stranger is helped: a case is spoken of with its applicant alone.
    hand_over_case_at_desk,  # One voice at a time: a clerk already works this case.
    hand_over_uncovered,  # Nothing in the notices matched; below this line there is an item.
    hand_over_close_call,  # A wrong acknowledgement is worse than a clerk's minute.
    guide_guidance_item,  # Not by e-mail at all, whichever mailbox it reached.
    guide_to_other_agency,  # Cases do not travel between agencies; the citizen must.
    guide_to_right_office,  # Only for an agency that chose so; the others transfer, and the letter says it.
    guide_elsewhere,  # Right business, but the notice gives this applicant another way.
    hand_over_progress_question,  # It stands in no notice, and a canned answer would insult.
    guide_inquiry,  # Who only asks gets the answer, not a list of what he did not send.
    hand_over_notice_in_case,  # "谢谢" is no document.
    hand_over_other_person,  # Never complete one person's case with another's card, nor tell one about the other.
    hand_over_unseen_pictures,  # Do not claim that a photograph did not come when it lies there unread.
    hand_over_unclear_applicant,  # Papers of two kinds of applicants, complete for neither.
    acknowledge_complete,  # Everything is there.
    ask_for_materials,  # Something lacks. Must stay last.
)


UNCOVERED_RULE = hand_over_uncovered.__name__
DOUBTFUL_RULE = hand_over_doubtful.__name__
"""``Decided.rule`` of a mail in which no item was recognised."""


def decide(situation: Situation, classifier: Classifier) -> Decided:
    """Return what is done with a mail, and everything that explains it. Pure: the same situation, the same decision."""
    reading = read_situation(situation, classifier)
    for rule in CHAIN:
        decision = rule(reading)
        if decision is not None:
            return _explain(reading, decision, rule.__name__)
    raise AssertionError("the last rule of the chain always decides")


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
    if thread is None and sure is None:
        thread = find_supplemented(message, situation.related, found)
    here = catalogue.find_office(situation.mailbox)
    facts = find_facts(
        message,
        situation.papers,
        own_numbers=classifier.own_numbers,
        own_addresses=_own(situation, catalogue),
        asked_numbers=classifier.numbers_of(here.agency) if here else None,
    )
    papers, joins = situation.papers, thread.case if thread else None
    if joins is not None and is_same_sender(message, joins):
        # A supplement is checked together with what came before.
        papers, facts = set_aside_copies((*joins.papers, *papers)), merge_facts(joins.facts, facts)
        item = catalogue.item(joins.item) if joins.item else None
        if item is not None:
            scenario = find_later_scenario(item, _said(message), papers, before=joins.scenario)
            found = replace(found, item=item.code, scenario=scenario, margin=1.0, rivals=())
    item = catalogue.item(found.item) if found.item else None
    checklist, people = Checklist(), People()
    if item is not None and not item.is_guidance:
        said = find_conditions(item, _said(message))
        facts = replace(facts, conditions=tuple(dict.fromkeys((*facts.conditions, *said))))
        question = _ask(item, found.scenario, situation, facts=facts, kinds=catalogue.kinds)
        people = compare_people(papers, question)
        papers = settle_papers(papers, people, question)
        checklist = check(
            item,
            found.scenario,
            papers=drop_closed(papers, message),
            facts=facts,
            text=_said(message),
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
    )


def _ask(
    item: ServiceItem, scenario: str, situation: Situation, *, facts: Facts, kinds: Mapping[str, DocumentKind]
) -> Question:
    asked = list_requirements(item, scenario, facts.conditions)
    return Question(
        asked=frozenset(code for requirement in asked for code in requirement.codes),
        is_for_minor=is_for_minor(item.scenario(scenario)),
        on=situation.day,
        text=_said(situation.message),
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


def _check(reading: Reading, scenario: str) -> Checklist:
    assert reading.item is not None
    text = _said(reading.situation.message)
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
        item, situation.mailbox, text=_said(situation.message), papers=situation.papers, catalogue=catalogue
    )
    if here is not None and item.agency != here.agency:
        # The letter is written by the agency that was asked; the other one's office only lends its address.
        return replace(found, office=here), agency
    return found, agency


def _explain(reading: Reading, decision: Decision, rule: str) -> Decided:
    office = reading.placement.office
    reasons = list_reasons(
        decision,
        rule,
        message=reading.situation.message,
        classification=reading.classification,
        item=reading.item,
        catalogue=reading.catalogue,
        placement=reading.placement,
        joins=reading.joins,
    )
    return Decided(
        decision=decision,
        rule=rule,
        classification=reading.classification,
        facts=reading.facts,
        agency=reading.agency,
        office=office.code if office else "",
        # What somebody else writes about a case neither adds to it nor changes it.
        joins=reading.joins.number
        if reading.joins and is_same_sender(reading.situation.message, reading.joins)
        else "",
        wrong_mailbox=reading.placement.wrong_mailbox,
        right_mailboxes=reading.placement.right_mailboxes,
        reasons=(*reasons, *_say_people(reading.people, reasons)),
        people=reading.people,
    )


def _say_people(people: People, said: tuple[str, ...]) -> tuple[str, ...]:
    """Return what does not fit, as far as the reasons do not say it yet."""
    words = dict.fromkeys(finding.words for finding in people.findings)
    return tuple(f"人员与证件核对:{w}。" for w in words if not any(w in reason for reason in said))


def _said(message: Message) -> str:
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
