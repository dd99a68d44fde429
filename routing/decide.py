"""What is done with a mail: everything is found out first, then a chain of rules is read top to bottom."""

from __future__ import annotations

from collections.abc import Callable

from domain.cases import CaseStatus
from domain.catalogue import FACT_CODES
from domain.decisions import Acknowledge, AskForMaterials, Decided, Decision, Guide, Ignore, Triage
from domain.persons import People
from domain.routing import Checklist, Intent
from routing.classify import Classifier
from routing.files import say_unread
from routing.reasons import list_reasons
from routing.situation import Reading, Situation, check_scenario, read_situation, words_of
from routing.threads import is_same_sender
from routing.words import says_any

MARGIN_NEEDED = 0.12
"""Below it a clerk chooses: a wrong acknowledgement is worse than a clerk's minute."""

# One photograph often shows both sides of a card, or two cards on one sheet.
_SIDES_PER_PICTURE = 2


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
    if reading.joins is None or reading.adds:
        return None
    return Triage(f"来信回复的是办件{reading.joins.number},但发件人不是该办件的申请人,请人工核对。")


def hand_over_case_at_desk(reading: Reading) -> Decision | None:
    """A clerk has this case in hand: two voices would confuse the citizen."""
    if reading.joins is None or reading.joins.status is not CaseStatus.TRIAGE:
        return None
    return Triage(f"所属办件{reading.joins.number}正由人工处理,请一并处理这封来信。")


def hand_over_unsure_case(reading: Reading) -> Decision | None:
    """What may add to a case, and nothing tells to which or whether, is told apart by a person."""
    if not reading.may_join:
        return None
    ended = {CaseStatus.CLOSED: "(已办结)", CaseStatus.VOID: "(已撤销)"}
    named = "、".join(f"{case.number}{ended.get(case.status, '')}" for case in reading.may_join)
    return Triage(f"来信可能是为办件{named}补充材料,无法确定,请人工核对后并入或另行办理。")


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
    text = words_of(reading.situation.message)
    for elsewhere in reading.item.elsewhere if reading.item else ():
        if says_any(text, elsewhere.keywords) and not says_any(text, elsewhere.not_keywords):
            return Guide("elsewhere", elsewhere.code)
    return None


def hand_over_progress_question(reading: Reading) -> Decision | None:
    """How far one's own case has come stands in no notice, but in the case: it is told where nothing is late."""
    if reading.classification.intent is not Intent.INQUIRY or not reading.is_progress:
        return None
    case, day = reading.joins, reading.situation.day
    if case is None or not reading.adds:
        return Triage("来信询问办理进度,没有找到所问的办件,请人工答复。")
    if case.due_on is not None and day is not None and day > case.due_on:
        return Triage(f"来信询问办理进度,办件{case.number}已过答复日期,请人工答复。")
    return None


def guide_inquiry(reading: Reading) -> Decision | None:
    """A question about a business that the notice describes is answered with it."""
    if reading.classification.intent is not Intent.INQUIRY or reading.asks_status:
        return None
    return Guide("inquiry")


def hand_over_notice_in_case(reading: Reading) -> Decision | None:
    """Thanks and news about a case that waits for materials must not complete it."""
    if reading.classification.intent is not Intent.NOTICE or reading.joins is None:
        return None
    if reading.joins.status is CaseStatus.COMPLETE and reading.adds:
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
    if found.intent is Intent.NOTICE or any(check_scenario(reading, s.code).is_complete for s in item.scenarios):
        return None
    return Triage(f"“{item.title}”的情形不明,材料与各情形都不完全相符,请人工判断。")


def acknowledge_complete(reading: Reading) -> Decision | None:
    """Everything is there. A mail that only informs lacks nothing either (READING.md, intents)."""
    if reading.classification.intent is Intent.NOTICE:
        return Acknowledge(Checklist())
    return Acknowledge(reading.checklist) if reading.checklist.is_complete else None


def thank_for_more(reading: Reading) -> Decision | None:
    """A case that is complete stays so: whoever adds to it is thanked, and nothing is asked again."""
    if reading.joins is None or reading.joins.status is not CaseStatus.COMPLETE:
        return None
    return Acknowledge(reading.checklist)


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
    hand_over_unsure_case,  # Neither a second case for what belongs to the first, nor another's paper in it.
    hand_over_uncovered,  # Nothing in the notices matched; below this line there is an item.
    hand_over_close_call,  # A wrong acknowledgement is worse than a clerk's minute.
    guide_guidance_item,  # Not by e-mail at all, whichever mailbox it reached.
    guide_to_other_agency,  # Cases do not travel between agencies; the citizen must.
    guide_to_right_office,  # Only for an agency that chose so; the others transfer, and the letter says it.
    guide_elsewhere,  # Right business, but the notice gives this applicant another way.
    hand_over_progress_question,  # Where no case can tell it, or it is late, a canned answer would insult.
    guide_inquiry,  # Who only asks gets the answer, not a list of what he did not send.
    hand_over_notice_in_case,  # "谢谢" is no document.
    hand_over_other_person,  # Never complete one person's case with another's card, nor tell one about the other.
    hand_over_unseen_pictures,  # Do not claim that a photograph did not come when it lies there unread.
    hand_over_unclear_applicant,  # Papers of two kinds of applicants, complete for neither.
    acknowledge_complete,  # Everything is there.
    thank_for_more,  # A clerk may have accepted it with less than the notice lists.
    ask_for_materials,  # Something lacks. Must stay last.
)


UNCOVERED_RULE = hand_over_uncovered.__name__
"""``Decided.rule`` of a mail in which no item was recognised."""
DOUBTFUL_RULE = hand_over_doubtful.__name__
"""The same of a mail that a machine or a person may have written."""


def decide(situation: Situation, classifier: Classifier) -> Decided:
    """Return what is done with a mail, and everything that explains it. Pure: the same situation, the same decision."""
    reading = read_situation(situation, classifier)
    for rule in CHAIN:
        decision = rule(reading)
        if decision is not None:
            return _explain(reading, decision, rule.__name__)
    raise AssertionError("the last rule of the chain always decides")


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
        # What a stranger writes about a case neither adds to it nor changes it.
        joins=reading.joins.number if reading.joins and reading.adds else "",
        wrong_mailbox=reading.placement.wrong_mailbox,
        right_mailboxes=reading.placement.right_mailboxes,
        reasons=(*reasons, *_say_sender(reading), *_say_people(reading.people, reasons)),
        people=reading.people,
    )


def _say_sender(reading: Reading) -> tuple[str, ...]:
    """Return why somebody else's mail was taken into a case, and who is answered."""
    if reading.joins is None or not reading.adds or is_same_sender(reading.situation.message, reading.joins):
        return ()
    return (
        f"发件人不是办件{reading.joins.number}的申请人,但材料上是同一个人,补的正是所缺内容,已并入;只答复申请人的邮箱。",
    )


def _say_people(people: People, said: tuple[str, ...]) -> tuple[str, ...]:
    """Return what does not fit, as far as the reasons do not say it yet."""
    words = dict.fromkeys(finding.words for finding in people.findings)
    return tuple(f"人员与证件核对:{w}。" for w in words if not any(w in reason for reason in said))
