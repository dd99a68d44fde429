"""One message's way, top to bottom. Read this file first.

    fetched raw bytes -> message -> files opened -> papers -> which case -> decision -> letter
                                                   └── one transaction: case, message, papers, event, letter, fate ──┘
    and only then the letter goes out: youban/mailroom.py.

Everything here may run again for the same message - after a crash, or because the engine is not sure - and changes
nothing the second time: the ledger's fate says what is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import assert_never

import sqlalchemy as sa

from cases import events, ledger, outbox, quarantine, related, store
from cases.database import run_transaction
from cases.ledger import LedgerEntry
from domain.cases import Case, CaseNumber, CaseStatus, Fate
from domain.decisions import Acknowledge, AskForMaterials, Decided, Guide, Ignore, Triage
from domain.errors import MessageError, ReplyError, YoubanError
from domain.mail import Message, MessageKey
from domain.papers import Paper
from intake.bounces import describe_report
from intake.confinement import ConfinedError
from intake.opened import open_attachments
from intake.reader import read_mail
from intake.virus import ClamdError, ClamdRefusedError
from responders.letter import message_id_for, references_for
from responders.workdays import add_working_days
from routing import DOUBTFUL_RULE, UNCOVERED_RULE, Related, Situation, decide
from routing.opinion import apply_opinion, form_opinion
from youban.counter import Counter
from youban.explanation import explain_decision
from youban.logs import get_log
from youban.numbers import Reserved
from youban.turns import give_to_clerk, run_turns

log = get_log(__name__)

INGEST_FOLDER = "ingest"
"""The folder that mails taken in from files stand in (``youban ingest``)."""

HELD_FOR = timedelta(days=1)
"""So long after it was fetched a message waits for what is needed to open its files; then it is quarantined."""

_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A message on the desk: its ledger line, what was read, and when it is now."""

    entry: LedgerEntry
    message: Message
    papers: tuple[Paper, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class _Draft:
    """A decision and the cases it was made on."""

    found: tuple[Related, ...]
    decided: Decided
    number: Reserved | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a message; ``letter`` is the reply that waits to be sent, None when there is none."""

    fate: Fate
    letter: int | None = None


class HeldError(YoubanError):
    """A message cannot be read now, and it is not its fault: ClamAV or the sandbox is away. It waits."""


class _HandledBeforeError(Exception):
    """The same mail was handled from another mailbox or folder: what this transaction wrote is rolled back."""


def find_waiting(counter: Counter, keys: Sequence[MessageKey]) -> dict[MessageKey, LedgerEntry]:
    """Return the ledger lines of those messages that wait for their fate: a batch is looked up with one question."""
    with counter.database.look() as connection:
        entries = ledger.find_entries(connection, keys)
    return {key: entry for key, entry in entries.items() if entry.fate is Fate.WAITING}


def handle_message(
    counter: Counter, key: MessageKey, *, waiting: LedgerEntry | None = None, ahead: int = 1
) -> Settled | None:
    """Give one fetched message its fate: answered, ignored, to a clerk, a duplicate, or quarantined.

    ``waiting`` is its ledger line as ``find_waiting`` gave it; without one it is looked up. ``ahead`` is how many
    messages of its batch are still to be handled, itself included.
    Returns what became of it, now or earlier: whoever was killed in between still learns which letter waits. None for
    a message that no ledger knows.

    Raises: HeldError when it must wait, and keeps its place.
    """
    entry = waiting
    if entry is None:
        with counter.database.look() as connection:
            entry = ledger.find_entry(connection, key)
            if entry is None:
                return None
            if entry.fate is not Fate.WAITING:
                return Settled(entry.fate, outbox.find_untried(connection, _decision_key(entry.identity)))
    try:
        message, papers = _read(counter, entry)
        arrival = _Arrival(entry, _part_by_agency(counter, key, message), papers, counter.clock())
    except MessageError as error:
        _set_aside(counter, entry, reason=str(error), cause=error.__cause__)
        return Settled(Fate.QUARANTINED)
    settled = _settle_once(counter, arrival, ahead=ahead)
    log.info("message_handled", mailbox=key.mailbox, folder=key.folder, uid=key.uid, fate=settled.fate.value)
    return settled


def _read(counter: Counter, entry: LedgerEntry) -> tuple[Message, tuple[Paper, ...]]:
    """Return the message with what its files say, and the papers that they are.

    Raises: MessageError; HeldError when it must be tried again.
    """
    raw = counter.raw.read(entry.raw.sha256)
    mail = read_mail(raw, authserv_ids=counter.authserv_ids.get(entry.key.mailbox.lower(), ()))
    try:
        # Last: a mail that must wait for ClamAV or the sandbox asks no DNS server again and again.
        opened = open_attachments(counter.check_viruses(mail))
        papers = counter.see_papers(opened)
        return counter.check_sender(raw, opened.message), papers
    except ClamdRefusedError as error:
        problem, reason = str(error), "病毒检查服务未能检查其中一个附件"
    except ClamdError as error:
        problem, reason = str(error), "病毒检查服务没有应答"
    except ConfinedError as error:
        problem, reason = f"no sandbox ({error.detail or error.breach})", "本机无法启动打开附件的隔离程序"
    # Not from before we were there: after two days of standstill clamd may need a minute more than we do.
    if counter.clock() - max(entry.fetched_at, counter.opened_at) < HELD_FOR:
        raise HeldError(problem)
    raise MessageError(f"{reason}，附件没有打开")


def _part_by_agency(counter: Counter, key: MessageKey, message: Message) -> Message:
    """Return the message under an identity of the agency that got it.

    One mail to both agencies is two requests: the wrong one's guidance must not make the right one's copy a duplicate.
    """
    office = counter.catalogue.find_office(key.mailbox)
    return replace(message, identity=f"{office.agency}:{message.identity}") if office else message


def _settle_once(counter: Counter, arrival: _Arrival, *, ahead: int) -> Settled:
    """Settle a message. Raises: CaseError when somebody else changed its case again and again."""
    # Decided before the transaction: deciding is most of the CPU, and a SQLite file has one writer at a time.
    found: tuple[Related, ...] = ()
    if arrival.message.references or arrival.message.in_reply_to or _find_numbers(arrival.message):
        with counter.database.look() as connection:
            found = _find_related(connection, arrival)
    # Otherwise it is most likely somebody's first mail, which a look inside the transaction confirms.
    decided = _decide(counter, arrival, found)
    with _reserve_number(counter, arrival, decided, ahead=ahead) as number:
        draft = _Draft(found, decided, number)
        try:
            return run_turns(counter.database, lambda connection: _settle(counter, connection, arrival, draft=draft))
        except _HandledBeforeError:
            return run_transaction(
                counter.database, lambda connection: _settle_duplicate(connection, arrival, reserved=number)
            )


def _reserve_number(
    counter: Counter, arrival: _Arrival, decided: Decided, *, ahead: int
) -> AbstractContextManager[Reserved | None]:
    if decided.joins or isinstance(decided.decision, Ignore):
        return nullcontext()
    return counter.numbers.reserve(*_series(counter, arrival, decided), ahead=ahead)


def _series(counter: Counter, arrival: _Arrival, decided: Decided) -> tuple[str, date]:
    """Return what a new case's number is counted within: the agency's prefix, and the day of receipt."""
    return counter.catalogue.agency(decided.agency).prefix, _received_on(counter, arrival)


def _decide(counter: Counter, arrival: _Arrival, found: tuple[Related, ...]) -> Decided:
    decided = decide(
        Situation(
            message=arrival.message,
            papers=arrival.papers,
            mailbox=arrival.entry.key.mailbox,
            related=found,
            own_addresses=counter.own_addresses,
            received_on=_received_on(counter, arrival),
        ),
        counter.classifier,
    )
    if counter.model is None:
        return decided
    opinion = form_opinion(counter.model, arrival.message, decided, counter.catalogue)
    return apply_opinion(decided, opinion, counter.catalogue)


def _settle(counter: Counter, connection: sa.Connection, arrival: _Arrival, *, draft: _Draft) -> Settled:
    """Write a decision down in the caller's transaction, a new one where its ground has moved."""
    # Two mails of one sender seconds apart: the second must see the case that the first opens.
    related.take_turn(connection, arrival.message.sender.addr)
    found = _find_related(connection, arrival)
    decided = draft.decided if found == draft.found else _decide(counter, arrival, found)
    match decided.decision:
        case Ignore(reason):
            _record(connection, arrival, decided, case=_take_back(connection, arrival))
            return _finish(connection, arrival, Fate.IGNORED, reason=reason)
        case Acknowledge() | AskForMaterials() | Guide() | Triage():
            return _work_case(counter, connection, arrival, decided=decided, reserved=draft.number)
        case never:
            assert_never(never)


def _take_back(connection: sa.Connection, arrival: _Arrival) -> str:
    """Let a clerk see to the case whose letter came back; return its number, '' when none did."""
    report = arrival.message.report
    if report is None:
        return ""
    reply = outbox.record_bounce(connection, report.original_message_id, report, at=arrival.now)
    if reply is None:
        return ""
    reason = f"回信被退回：{describe_report(report, sent_to=reply.recipient)}"
    give_to_clerk(connection, reply.case, at=arrival.now, reason=reason)
    log.warning("letter_returned", case=reply.case, mailbox=reply.mailbox, status=report.status)
    return reply.case


def _work_case(
    counter: Counter, connection: sa.Connection, arrival: _Arrival, *, decided: Decided, reserved: Reserved | None
) -> Settled:
    """Open or continue the case and write the letter."""
    case = _open_or_join(counter, connection, arrival, decided=decided, reserved=reserved)
    _record(connection, arrival, decided, case=case.number)
    store.record_papers(connection, case.number, arrival.papers, at=arrival.now)
    trail = [
        events.Event(
            arrival.now,
            "message-decided",
            "youban",
            {"message": arrival.message.message_id, "decision": decided.word, "rule": decided.rule},
        )
    ]
    fate = Fate.TRIAGE if isinstance(decided.decision, Triage) else Fate.ANSWERED
    reason = decided.decision.reason if isinstance(decided.decision, Triage) else ""
    recipient = _find_recipient(arrival.message, decided, case)
    letter = None
    held = _hold_letter(counter, connection, arrival, decided=decided, recipient=recipient)
    if not held:
        try:
            letter = _write_letter(counter, connection, arrival, decided=decided, case=case, recipient=recipient)
        except ReplyError as error:
            log.warning("letter_not_written", case=case.number, problem=str(error))
            held = f"回信未能生成：{error}"
    if held:
        # No letter goes out: a person looks at the case instead.
        store.change_case(connection, case, at=arrival.now, status=CaseStatus.TRIAGE)
        fate, reason = Fate.TRIAGE, held
        trail.append(events.Event(arrival.now, "letter-held", "youban", {"reason": held}))
    events.record_events(connection, case.number, trail)
    return _finish(connection, arrival, fate, reason=reason, letter=letter)


def _open_or_join(
    counter: Counter, connection: sa.Connection, arrival: _Arrival, *, decided: Decided, reserved: Reserved | None
) -> Case:
    received_on = _received_on(counter, arrival)
    due_on = _due_on(counter, decided, received_on)
    item, scenario = decided.classification.item, decided.classification.scenario
    if decided.joins:
        case = related.find_case(connection, decided.joins)
        assert case is not None, "routing may only join a case it was shown"
        changes: store.CaseChanges = {
            "status": _next_status(decided, case.status),
            "scenario": scenario or case.scenario,
            "facts": decided.facts,
        }
        if due_on and case.status is not CaseStatus.COMPLETE:
            changes["due_on"] = due_on  # what was promised stands, whatever is sent or asked afterwards
        return store.change_case(connection, case, at=arrival.now, **changes)
    series = _series(counter, arrival, decided)
    if reserved and (reserved.number.prefix, reserved.number.day) == series:
        number, reserved.is_used = reserved.number, True
    else:
        # Decided anew in the transaction: another case than was foreseen.
        number = store.next_number(connection, *series)
    return store.open_case(
        connection,
        number,
        agency=decided.agency,
        office=decided.office,
        item=item,
        scenario=scenario,
        status=_next_status(decided, CaseStatus.TRIAGE),
        sender=arrival.message.sender.addr,
        at=arrival.now,
        facts=decided.facts,
        due_on=due_on,
    )


def _next_status(decided: Decided, current: CaseStatus) -> CaseStatus:
    match decided.decision:
        case Acknowledge():
            # News asks for nothing: answered, and nobody works on it.
            if decided.is_news:
                return current if decided.joins else CaseStatus.GUIDED
            return CaseStatus.COMPLETE
        case AskForMaterials():
            return CaseStatus.MISSING
        case Guide():
            # An answered question does not change what an open case waits for.
            return current if decided.joins else CaseStatus.GUIDED
        case Triage():
            return CaseStatus.TRIAGE
        case Ignore():
            return current


def _find_recipient(message: Message, decided: Decided, case: Case) -> str:
    """Return where the letter goes, '' when nowhere.

    About an open case it goes to its applicant alone, whatever Reply-To says and whoever sent what lacked: a From is
    easily forged, and at a large provider a stranger has an address of the same domain.
    """
    return case.sender if decided.joins else message.answer_to.addr


def _write_letter(
    counter: Counter,
    connection: sa.Connection,
    arrival: _Arrival,
    *,
    decided: Decided,
    case: Case,
    recipient: str,
) -> int | None:
    """Write the letter, None when the decision asks for none. Raises: ReplyError."""
    message, mailbox = arrival.message, arrival.entry.key.mailbox
    # Whoever else writes about a case learns nothing of what its citizen sent: the letter goes to the citizen.
    known = case.papers if recipient == case.sender else ()
    letter = counter.composer.compose(
        decided,
        number=case.number,
        message=message,
        papers=(*known, *arrival.papers),
        mailbox=mailbox,
        received_on=_received_on(counter, arrival),
        closures=counter.closures,
        due_on=case.due_on,
    )
    if letter is None:
        return None
    return outbox.write_reply(
        connection,
        decision_key=_decision_key(message.identity),
        case=case.number,
        mailbox=mailbox,
        recipient=recipient,
        message_id=message_id_for(message.identity, mailbox),
        in_reply_to=message.message_id,
        references=references_for(message),
        letter=letter,
        at=arrival.now,
    )


def _decision_key(identity: str) -> str:
    """What is answered: so the same mail is never answered twice."""
    return f"message:{identity}"


def _hold_letter(
    counter: Counter, connection: sa.Connection, arrival: _Arrival, *, decided: Decided, recipient: str
) -> str:
    """Return why no letter may be written to this address now, '' when one may."""
    if not recipient:
        return "来信没有可以回复的地址"
    if decided.rule == DOUBTFUL_RULE:
        return "可能是机器邮件，没有自动回复，请人工查看"
    if decided.rule == UNCOVERED_RULE and _is_from_junk(counter, arrival.entry.key):
        # Spam has forged senders: a receipt would reach a stranger, and the provider would count it against us.
        return "在垃圾邮件箱中收到，也没有识别出办理事项，没有自动回复，请人工查看"
    written = outbox.count_replies_since(connection, recipient, arrival.now - _DAY)
    if written >= counter.reply_cap:
        return f"24小时内已向同一地址发出{written}封回信，为避免往复，不再自动回复"
    return ""


def _is_from_junk(counter: Counter, key: MessageKey) -> bool:
    inbox = counter.inboxes.get(key.mailbox.lower())
    return inbox is not None and key.folder not in {inbox, INGEST_FOLDER}


def _find_related(connection: sa.Connection, arrival: _Arrival) -> tuple[Related, ...]:
    message = arrival.message
    found = related.find_related(connection, message, _find_numbers(message), papers=arrival.papers)
    return tuple(Related(case, by) for case, by in found)


def _find_numbers(message: Message) -> tuple[CaseNumber, ...]:
    return tuple(CaseNumber.find_all(f"{message.subject}\n{message.text}"))


def _record(connection: sa.Connection, arrival: _Arrival, decided: Decided, *, case: str) -> None:
    """Claim the message's identity. Raises: _HandledBeforeError when a copy of it was handled already."""
    is_new = store.record_message(
        connection,
        arrival.entry.key,
        arrival.message,
        at=arrival.now,
        decision=decided.word,
        explanation=explain_decision(decided, arrival.papers),
        case=case,
    )
    if not is_new:
        raise _HandledBeforeError
    store.record_attachments(connection, arrival.message)


def _finish(
    connection: sa.Connection, arrival: _Arrival, fate: Fate, *, reason: str, letter: int | None = None
) -> Settled:
    ledger.settle(connection, arrival.entry.key, fate, at=arrival.now, reason=reason, identity=arrival.message.identity)
    return Settled(fate, letter)


def _settle_duplicate(connection: sa.Connection, arrival: _Arrival, *, reserved: Reserved | None) -> Settled:
    first = store.find_handled(connection, arrival.message.identity)
    if reserved:
        # The first may be ourselves: a connection lost during COMMIT made us ask twice.
        reserved.is_used = first is None or first.case == str(reserved.number)
    where = f"{first.key.mailbox} {first.key.folder}" if first else "另一处"
    return _finish(connection, arrival, Fate.DUPLICATE, reason=f"同一邮件已在 {where} 处理")


def _set_aside(counter: Counter, entry: LedgerEntry, *, reason: str, cause: BaseException | None = None) -> None:
    """Quarantine a message that cannot be read; everything else goes on. The log, not the clerk, is told the cause."""

    def record(connection: sa.Connection) -> None:
        quarantine.record_quarantine(connection, entry.key, sha256=entry.raw.sha256, reason=reason, at=counter.clock())

    run_transaction(counter.database, record)
    what = {"cause": type(cause).__name__} if cause is not None else {}
    log.warning("message_quarantined", mailbox=entry.key.mailbox, uid=entry.key.uid, reason=reason, **what)


def quarantine_failed(counter: Counter, key: MessageKey, *, reason: str) -> None:
    """Set a message aside that our own code failed on: the mistake is ours, the message must not be lost."""
    with counter.database.look() as connection:
        entry = ledger.find_entry(connection, key)
    if entry is not None and entry.fate is Fate.WAITING:
        _set_aside(counter, entry, reason=f"{reason}，请人工查看原始邮件")


def _received_on(counter: Counter, arrival: _Arrival) -> date:
    """The day the message reached the mailbox, where the agency is."""
    return arrival.entry.raw.received_at.astimezone(counter.timezone).date()


def _due_on(counter: Counter, decided: Decided, received_on: date) -> date | None:
    """The day by which the agency answers, where the notice promises one and everything is there."""
    if not isinstance(decided.decision, Acknowledge) or decided.is_news or not decided.classification.item:
        return None
    working_days = counter.catalogue.item(decided.classification.item).working_days
    if working_days is None:
        return None
    return add_working_days(received_on, working_days, calendar=counter.closures).on
