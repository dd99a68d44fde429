"""One message's way, top to bottom. Read this file first.

    fetched raw bytes -> message -> papers -> which case -> decision -> letter
                                   └── one transaction: case, message, papers, event, letter, fate ──┘
    and only then, by the engine, the letter goes out.

Everything here may run again for the same message or letter - after a crash, or because the engine is not sure - and
changes nothing the second time: the ledger's fate and the reply's state say what is done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar, assert_never

import sqlalchemy as sa

from cases import events, ledger, outbox, quarantine, related, store
from cases.database import run_transaction
from cases.ledger import LedgerEntry
from domain.cases import Case, CaseNumber, CaseStatus, Fate, Reply, ReplyState
from domain.decisions import Acknowledge, AskForMaterials, Decided, Guide, Ignore, Triage
from domain.errors import CaseError, DeliveryError, MailboxError, MessageError, Refused, ReplyError
from domain.mail import Message, MessageKey
from domain.papers import Paper
from intake.papers import recognise_papers
from intake.reader import read_mail
from responders.letter import build_message, message_id_for, references_for
from responders.workdays import add_working_days
from routing import UNCOVERED_RULE, Related, Situation, decide
from youban.counter import Counter
from youban.explanation import explain_decision
from youban.logs import get_log

log = get_log(__name__)
T = TypeVar("T")

INGEST_FOLDER = "ingest"
"""The folder that mails taken in from files stand in (``youban ingest``)."""

_DAY = timedelta(hours=24)
_TURNS = 5


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A message on the desk: its ledger line, what was read, and when it is now."""

    entry: LedgerEntry
    message: Message
    papers: tuple[Paper, ...]
    now: datetime


class _HandledBeforeError(Exception):
    """The same mail was handled from another mailbox or folder: what this transaction wrote is rolled back."""


def handle_message(counter: Counter, key: MessageKey) -> None:
    """Give one fetched message its fate: answered, ignored, to a clerk, a duplicate, or quarantined."""
    with counter.database.read() as connection:
        entry = ledger.find_entry(connection, key)
    if entry is None or entry.fate is not Fate.WAITING:
        return
    try:
        message = _part_by_agency(counter, key, read_mail(counter.raw.read(entry.raw.sha256)).message)
        arrival = _Arrival(entry, message, recognise_papers(message, counter.catalogue.kinds), counter.clock())
    except MessageError as error:
        _set_aside(counter, entry, reason=str(error))
        return
    fate = _settle_once(counter, arrival)
    log.info("message_handled", mailbox=key.mailbox, folder=key.folder, uid=key.uid, fate=fate.value)


def _part_by_agency(counter: Counter, key: MessageKey, message: Message) -> Message:
    """Return the message under an identity of the agency that got it.

    One mail to both agencies is two requests: the wrong one's guidance must not make the right one's copy a duplicate.
    """
    office = counter.catalogue.find_office(key.mailbox)
    return replace(message, identity=f"{office.agency}:{message.identity}") if office else message


def _settle_once(counter: Counter, arrival: _Arrival) -> Fate:
    """Settle a message. Raises: CaseError when somebody else changed its case again and again."""
    try:
        return _run_turns(counter, lambda connection: _settle(counter, connection, arrival))
    except _HandledBeforeError:
        run_transaction(counter.database, lambda connection: _settle_duplicate(connection, arrival))
        return Fate.DUPLICATE


def _run_turns(counter: Counter, function: Callable[[sa.Connection], T]) -> T:
    """Run a function in a transaction, again while somebody else changes its case under our hands.

    Two supplements of one case at the same moment: the second reads what the first wrote. Raises: CaseError at last.
    """
    for turn in range(1, _TURNS + 1):
        try:
            return run_transaction(counter.database, function)
        except CaseError:
            if turn == _TURNS:
                raise
    raise AssertionError("unreachable")


def _settle(counter: Counter, connection: sa.Connection, arrival: _Arrival) -> Fate:
    """Decide, and write everything down in the caller's transaction; return the fate."""
    message = arrival.message
    # Two mails of one sender seconds apart: the second must see the case that the first opens.
    related.take_turn(connection, message.sender.addr)
    decided = decide(
        Situation(
            message=message,
            papers=arrival.papers,
            mailbox=arrival.entry.key.mailbox,
            related=_find_related(connection, message),
            own_addresses=counter.own_addresses,
        ),
        counter.classifier,
    )
    match decided.decision:
        case Ignore(reason):
            _record(connection, arrival, decided, case="")
            return _finish(connection, arrival, Fate.IGNORED, reason=reason)
        case Acknowledge() | AskForMaterials() | Guide() | Triage():
            return _work_case(counter, connection, arrival, decided=decided)
        case never:
            assert_never(never)


def _work_case(counter: Counter, connection: sa.Connection, arrival: _Arrival, *, decided: Decided) -> Fate:
    """Open or continue the case, write the letter, and let the engine send it."""
    case = _open_or_join(counter, connection, arrival, decided=decided)
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
    recipient = _find_recipient(arrival.message, decided)
    held = _hold_letter(counter, connection, arrival, decided=decided, recipient=recipient) or _write_letter(
        counter, connection, arrival, decided=decided, case=case, recipient=recipient
    )
    if held:
        # No letter goes out: a person looks at the case instead.
        store.change_case(connection, case, at=arrival.now, status=CaseStatus.TRIAGE)
        fate, reason = Fate.TRIAGE, held
        trail.append(events.Event(arrival.now, "letter-held", "youban", {"reason": held}))
    events.record_events(connection, case.number, trail)
    return _finish(connection, arrival, fate, reason=reason)


def _open_or_join(counter: Counter, connection: sa.Connection, arrival: _Arrival, *, decided: Decided) -> Case:
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
        if due_on:
            changes["due_on"] = due_on
        return store.change_case(connection, case, at=arrival.now, **changes)
    prefix = counter.catalogue.agency(decided.agency).prefix
    return store.open_case(
        connection,
        store.next_number(connection, prefix, received_on),
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
            return CaseStatus.GUIDED if decided.is_news else CaseStatus.COMPLETE
        case AskForMaterials():
            return CaseStatus.MISSING
        case Guide():
            # An answered question does not change what an open case waits for.
            return current if decided.joins else CaseStatus.GUIDED
        case Triage():
            return CaseStatus.TRIAGE
        case Ignore():
            return current


def _find_recipient(message: Message, decided: Decided) -> str:
    """Return where the letter goes, '' when nowhere.

    About an open case it goes to its applicant alone, whatever Reply-To says: a From is easily forged, and at a large
    provider a stranger has an address of the same domain.
    """
    return message.sender.addr if decided.joins else message.answer_to.addr


def _write_letter(
    counter: Counter,
    connection: sa.Connection,
    arrival: _Arrival,
    *,
    decided: Decided,
    case: Case,
    recipient: str,
) -> str:
    """Write the letter and let the engine send it; return why none could be written, '' when all is well."""
    message, mailbox = arrival.message, arrival.entry.key.mailbox
    # Whoever else writes about a case learns nothing of what its citizen sent.
    known = case.papers if case.sender == message.sender.addr else ()
    try:
        letter = counter.composer.compose(
            decided,
            number=case.number,
            message=message,
            papers=(*known, *arrival.papers),
            mailbox=mailbox,
            received_on=_received_on(counter, arrival),
            closures=counter.closures,
        )
    except ReplyError as error:
        log.warning("letter_not_written", case=case.number, problem=str(error))
        return f"回信未能生成：{error}"
    if letter is None:
        return ""
    reply = outbox.write_reply(
        connection,
        decision_key=f"message:{message.identity}",
        case=case.number,
        mailbox=mailbox,
        recipient=recipient,
        message_id=message_id_for(message.identity, mailbox),
        in_reply_to=message.message_id,
        references=references_for(message),
        letter=letter,
        at=arrival.now,
    )
    counter.enqueue_reply(connection, reply, mailbox, 1, 0.0)
    return ""


def _hold_letter(
    counter: Counter, connection: sa.Connection, arrival: _Arrival, *, decided: Decided, recipient: str
) -> str:
    """Return why no letter may be written to this address now, '' when one may."""
    if not recipient:
        return "来信没有可以回复的地址"
    if decided.rule == UNCOVERED_RULE and _is_from_junk(counter, arrival.entry.key):
        # Spam has forged senders: a receipt would reach a stranger, and the provider would count it against us.
        return "在垃圾邮件箱中收到，也没有识别出办理事项，没有自动回复，请人工查看"
    written = outbox.count_replies_since(connection, recipient, arrival.now - _DAY)
    if written >= counter.reply_cap:
        return f"24小时内已向同一地址发出{written}封回信，为避免往复，不再自动回复"
    return ""


def _is_from_junk(counter: Counter, key: MessageKey) -> bool:
    account = counter.accounts.get(key.mailbox.lower())
    return account is not None and key.folder not in {account.inbox_folder, INGEST_FOLDER}


def _find_related(connection: sa.Connection, message: Message) -> tuple[Related, ...]:
    numbers = CaseNumber.find_all(f"{message.subject}\n{message.text}")
    return tuple(Related(case, by) for case, by in related.find_related(connection, message, numbers))


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


def _finish(connection: sa.Connection, arrival: _Arrival, fate: Fate, *, reason: str) -> Fate:
    ledger.settle(connection, arrival.entry.key, fate, at=arrival.now, reason=reason, identity=arrival.message.identity)
    return fate


def _settle_duplicate(connection: sa.Connection, arrival: _Arrival) -> None:
    first = store.find_handled(connection, arrival.message.identity)
    where = f"{first.key.mailbox} {first.key.folder}" if first else "另一处"
    _finish(connection, arrival, Fate.DUPLICATE, reason=f"同一邮件已在 {where} 处理")


def _set_aside(counter: Counter, entry: LedgerEntry, *, reason: str) -> None:
    """Quarantine a message that cannot be read; everything else goes on."""

    def record(connection: sa.Connection) -> None:
        quarantine.record_quarantine(connection, entry.key, sha256=entry.raw.sha256, reason=reason, at=counter.clock())

    run_transaction(counter.database, record)
    log.warning("message_quarantined", mailbox=entry.key.mailbox, uid=entry.key.uid, reason=reason)


def quarantine_failed(counter: Counter, key: MessageKey, error: Exception) -> None:
    """Set a message aside that our own code failed on: the mistake is ours, the message must not be lost."""
    with counter.database.read() as connection:
        entry = ledger.find_entry(connection, key)
    if entry is not None and entry.fate is Fate.WAITING:
        _set_aside(counter, entry, reason=f"系统处理时出错（{type(error).__name__}），请人工查看原始邮件")


def send_reply(counter: Counter, reply_id: int, attempt: int) -> None:
    """Send one letter, once more if its state asks for it, and write down what the server said.

    A crash between the server's answer and our commit sends the letter again with the same Message-ID.
    """
    with counter.database.read() as connection:
        reply = outbox.find_reply(connection, reply_id)
    if reply is None or reply.state in {ReplyState.SENT, ReplyState.REFUSED} or reply.attempts >= attempt:
        return
    account = counter.accounts.get(reply.mailbox.lower())
    try:
        if account is None:
            raise MailboxError(reply.mailbox, "is not in the settings any more")
        data = build_letter(counter, reply)
        answer = counter.send(account, reply.recipient, data)
    except (DeliveryError, MailboxError, ReplyError) as exc:
        error = exc
        _run_turns(counter, lambda c: _record_failure(counter, c, reply, attempt=attempt, error=error))
        return

    def record(connection: sa.Connection) -> bool:
        return outbox.record_sent(connection, reply.id, attempt=attempt, at=counter.clock(), answer=answer)

    run_transaction(counter.database, record)
    log.info("reply_sent", case=reply.case, mailbox=reply.mailbox, attempt=attempt)
    keep_copy(counter, reply, data=data)


def give_up_letter(counter: Counter, reply_id: int, attempt: int, *, error: Exception) -> None:
    """Hand a letter that our own code failed on to a clerk; one that is out already stays sent."""
    with counter.database.read() as connection:
        reply = outbox.find_reply(connection, reply_id)
    if reply is None:
        return
    found, mistake = reply, ReplyError(f"系统发信时出错（{type(error).__name__}）")
    _run_turns(counter, lambda c: _record_failure(counter, c, found, attempt=attempt, error=mistake))


def _record_failure(
    counter: Counter,
    connection: sa.Connection,
    reply: Reply,
    *,
    attempt: int,
    error: DeliveryError | MailboxError | ReplyError,
) -> None:
    now = counter.clock()
    code = error.code if isinstance(error, DeliveryError) else 0
    answer = error.answer if isinstance(error, DeliveryError) else str(error)
    try:
        if isinstance(error, ReplyError):
            raise Refused(code, answer)
        delay_s = counter.retries.retry_delay_s(attempt, error)
    except Refused as final:
        code, answer = final.code, final.answer
        if not outbox.record_refused(connection, reply.id, attempt=attempt, at=now, code=code, answer=answer):
            return
        _give_to_clerk(connection, reply, now, reason=f"回信未能送达：{f'{code} ' if code else ''}{answer}")
        log.warning("reply_refused", case=reply.case, mailbox=reply.mailbox, code=code, answer=answer)
        return
    is_recorded = outbox.record_deferred(
        connection,
        reply.id,
        attempt=attempt,
        at=now,
        code=code,
        answer=answer,
        next_attempt_at=now + timedelta(seconds=delay_s),
    )
    if not is_recorded:
        return
    counter.enqueue_reply(connection, reply.id, reply.mailbox, attempt + 1, delay_s)
    log.info("reply_deferred", case=reply.case, mailbox=reply.mailbox, code=code, attempt=attempt, delay_s=delay_s)


def _give_to_clerk(connection: sa.Connection, reply: Reply, now: datetime, *, reason: str) -> None:
    if not reply.case:
        return
    case = related.find_case(connection, reply.case)
    if case is not None and case.status is not CaseStatus.TRIAGE:
        store.change_case(connection, case, at=now, status=CaseStatus.TRIAGE)
    events.record_event(connection, reply.case, at=now, what="to-clerk", by="youban", details={"reason": reason})


def keep_copy(counter: Counter, reply: Reply, *, data: bytes) -> bool:
    """Append a copy of a sent letter to the Sent folder, for people; False when it failed: the letter is out anyway."""
    account = counter.accounts.get(reply.mailbox.lower())
    if account is None or not account.keeps_sent_copy:
        return False
    try:
        counter.keep_copy(account, data, counter.clock())
    except MailboxError as error:
        log.warning("sent_copy_failed", case=reply.case, mailbox=reply.mailbox, problem=error.problem)
        return False
    run_transaction(
        counter.database, lambda connection: outbox.record_sent_copy(connection, reply.id, at=counter.clock())
    )
    return True


def build_letter(counter: Counter, reply: Reply) -> bytes:
    """Return a letter as bytes, the same each time. Raises: ReplyError."""
    office = counter.catalogue.find_office(reply.mailbox)
    return build_message(reply, sender_name=office.name if office else "")


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
