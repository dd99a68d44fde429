"""One message's way, on both databases, without an engine: the engine may do everything here twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

import pytest

from cases import events, quarantine, queries
from cases.database import Database
from config.catalogue import load_catalogue
from domain.cases import CaseStatus, Fate, ReplyState
from domain.catalogue import Catalogue
from domain.errors import Deferred, MailboxError, Refused
from domain.mail import MessageKey
from responders.compose import Composer
from tests.acceptance.mails import read_letter, write_mail
from tests.youban.window import MAILBOX, OTHER_MAILBOX, Window, open_window, transfer_out
from youban import mailroom, pipeline
from youban.demo.people import make_person
from youban.pictures import see_names
from youban.pipeline import Settled

LATER = Deferred(451, "4.7.1 later")


@pytest.fixture
def window(database: Database, tmp_path: Path) -> Window:
    return open_window(tmp_path, database)


def test_a_whole_application_becomes_a_case_a_letter_and_a_trail(window: Window) -> None:
    entry = window.handle(transfer_out("a"))
    assert (entry.fate, entry.reason) == (Fate.ANSWERED, "")
    (case,) = window.cases()
    assert (case.number, case.item, case.status) == ("DL-20200210-0001-6", "dl-transfer-out", CaseStatus.COMPLETE)
    assert sorted(paper.kind for paper in case.papers) == ["id-back", "id-front", "ss-card-front", "written-request"]
    (reply,) = window.replies()
    assert (reply.recipient, reply.state, reply.template) == ("a@shimin.example", "waiting", "ack")
    assert window.enqueued == [(reply.id, MAILBOX, 1, 0.0)]
    assert window.sent == [], "write down before you speak"
    window.send_next()
    ((mailbox, recipient, data),) = window.sent
    assert (mailbox, recipient) == (MAILBOX, "a@shimin.example")
    assert read_letter(data).case == case.number
    assert _trail(window, case.number) == ["message-decided", "reply-sent"]
    mailroom.keep_copies(window.room)
    assert window.copies == [data]
    assert window.replies()[0].sent_copy_at == window.now


def test_news_is_answered_and_nobody_works_on_it(window: Window) -> None:
    text = "沙河口区参保人去世，死亡账户注销的材料已经邮寄，特此告知。"
    entry = window.handle(write_mail("a", mailbox=MAILBOX, subject="死亡账户注销", text=text))
    assert entry.fate is Fate.ANSWERED
    (case,) = window.cases()
    assert (case.item, case.status) == ("dl-death", CaseStatus.GUIDED)
    with window.database.read() as connection:
        (line,) = queries.list_cases(connection, limit=2)
    assert line.due_on is None
    (reply,) = window.replies()
    assert reply.template == "notice"
    assert "您告知的情况已经收到" in reply.text
    assert "受理" not in reply.text


def test_handling_twice_is_handling_once(window: Window) -> None:
    entry = window.handle(transfer_out("a", lacks="id-back"))
    before, asked = window.dump(), list(window.enqueued)
    assert window.handle_again(entry.key) == entry
    assert (window.dump(), window.enqueued) == (before, asked)


def test_a_line_that_was_settled_since_it_was_looked_up_changes_nothing(window: Window) -> None:
    mail = transfer_out("a")
    key = window.receive(mail.raw, mail.mailbox)
    waiting = pipeline.find_waiting(window.counter, [key])
    window.handle_again(key)
    before = window.dump()
    pipeline.handle_message(window.counter, key, waiting=waiting[key])
    after = window.dump()
    del before["case_serials"], after["case_serials"]
    assert after == before
    assert pipeline.find_waiting(window.counter, [key]) == {}
    window.handle(transfer_out("b"))
    assert [case.number[-6:-2] for case in window.cases()] == ["0001", "0002"], "the number set aside was not lost"


def test_who_handles_again_what_was_handled_learns_which_letter_waits(window: Window) -> None:
    entry = window.handle(transfer_out("a"))
    (reply,) = window.replies()
    assert pipeline.handle_message(window.counter, entry.key) == Settled(Fate.ANSWERED, reply.id)
    window.send_next()
    assert pipeline.handle_message(window.counter, entry.key) == Settled(Fate.ANSWERED)


def test_what_was_never_fetched_is_nothing(window: Window) -> None:
    pipeline.handle_message(window.counter, MessageKey(MAILBOX, "INBOX", 7, 99))
    pipeline.quarantine_failed(window.counter, MessageKey(MAILBOX, "INBOX", 7, 99), reason="x")
    mailroom.send_replies(window.room, [99], 1)
    assert not any(window.dump().values())


def test_one_mail_in_two_mailboxes_is_answered_once(window: Window) -> None:
    mail = transfer_out("a")
    assert window.handle(mail).fate is Fate.ANSWERED
    second = window.handle(mail, OTHER_MAILBOX)
    assert (second.fate, second.reason) == (Fate.DUPLICATE, f"同一邮件已在 {MAILBOX} INBOX 处理")
    assert (len(window.cases()), len(window.replies()), len(window.enqueued)) == (1, 1, 1)
    assert window.handle(transfer_out("b")).fate is Fate.ANSWERED
    assert [case.number[-6:-2] for case in window.cases()] == ["0001", "0002"], "a duplicate takes no number away"


def test_what_cannot_be_read_is_set_aside(window: Window) -> None:
    entry = window.handle_again(window.receive(b"\r\n"))
    assert entry.fate is Fate.QUARANTINED
    with window.database.read() as connection:
        (row,) = quarantine.find_quarantined(connection)
    assert (row.key, row.reason) == (entry.key, "邮件是空的")
    assert window.cases() == []


def test_a_message_that_our_own_code_fails_on_is_set_aside_once(window: Window) -> None:
    key = window.receive(transfer_out("a").raw)
    pipeline.quarantine_failed(window.counter, key, reason="系统处理时出错（ZeroDivisionError）")
    entry = window.handle_again(key)
    assert (entry.fate, entry.reason) == (Fate.QUARANTINED, "系统处理时出错（ZeroDivisionError），请人工查看原始邮件")
    pipeline.quarantine_failed(window.counter, key, reason="x")
    assert window.handle_again(key) == entry


def test_machine_mail_is_recorded_and_gets_silence(window: Window) -> None:
    mail = write_mail("a", mailbox=MAILBOX, subject="自动回复", text="我在休假", shape="auto-reply")
    entry = window.handle(mail)
    assert entry.fate is Fate.IGNORED
    assert entry.reason
    assert (window.cases(), window.replies(), window.enqueued) == ([], [], [])


def test_beyond_the_cap_a_sender_gets_a_clerk_and_no_letter(database: Database, tmp_path: Path) -> None:
    window = open_window(tmp_path, database, reply_cap=2)
    for number in range(2):
        assert window.handle(transfer_out(f"a{number}", sender="a@shimin.example")).fate is Fate.ANSWERED
    held = window.handle(transfer_out("a2", sender="a@shimin.example"))
    assert (held.fate, held.reason) == (Fate.TRIAGE, "24小时内已向同一地址发出2封回信，为避免往复，不再自动回复")
    assert window.cases()[-1].status is CaseStatus.TRIAGE
    assert _trail(window, window.cases()[-1].number) == ["message-decided", "letter-held"]
    assert len(window.replies()) == 2
    assert window.handle(transfer_out("b")).fate is Fate.ANSWERED, "another sender is answered"
    window.now += timedelta(hours=24, seconds=1)
    assert window.handle(transfer_out("a3", sender="a@shimin.example")).fate is Fate.ANSWERED


def test_a_letter_that_cannot_be_written_makes_the_case_a_clerks(database: Database, tmp_path: Path) -> None:
    agencies = load_catalogue().agencies
    window = open_window(tmp_path, database, composer=Composer(Catalogue(agencies, MappingProxyType({}))))
    entry = window.handle(transfer_out("a", lacks="id-back"))
    assert entry.fate is Fate.TRIAGE
    assert entry.reason.startswith("回信未能生成：")
    (case,) = window.cases()
    assert case.status is CaseStatus.TRIAGE
    assert (window.replies(), window.enqueued) == ([], [])


def test_a_deferred_letter_is_tried_again_later_under_the_same_message_id(window: Window) -> None:
    window.handle(transfer_out("a"))
    window.answers.append(LATER)
    window.send_next()
    (reply,) = window.replies()
    assert (reply.state, reply.attempts, reply.last_answer) == ("deferred", 1, "451 4.7.1 later")
    ((again, mailbox, attempt, delay_s),) = window.enqueued
    assert (again, mailbox, attempt) == (reply.id, MAILBOX, 2)
    assert delay_s > 0
    assert reply.next_attempt_at == window.now + timedelta(seconds=delay_s)
    window.send_next()
    assert window.replies()[0].state == ReplyState.SENT
    assert window.sent[0] == window.sent[1]
    assert _trail(window, reply.case_number) == ["message-decided", "reply-deferred", "reply-sent"]


def test_sending_the_same_attempt_twice_is_sending_once(window: Window) -> None:
    window.handle(transfer_out("a"))
    (reply,) = window.replies()
    window.answers.append(LATER)
    for _ in range(2):
        mailroom.send_replies(window.room, [reply.id], 1)
    assert len(window.sent) == 1
    for _ in range(2):
        mailroom.send_replies(window.room, [reply.id], 2)
    assert len(window.sent) == 2
    mailroom.send_replies(window.room, [reply.id], 3)
    assert len(window.sent) == 2


def test_a_refused_letter_makes_the_case_a_clerks(window: Window) -> None:
    window.handle(transfer_out("a"))
    window.answers.append(Refused(550, "5.1.1 User unknown"))
    window.send_next()
    (reply,) = window.replies()
    (case,) = window.cases()
    assert (reply.state, reply.last_answer) == ("refused", "550 5.1.1 User unknown")
    assert case.status is CaseStatus.TRIAGE
    assert _trail(window, case.number) == ["message-decided", "reply-refused", "to-clerk"]
    assert (window.enqueued, window.copies) == ([], [])


def test_a_mailbox_that_cannot_send_keeps_its_letters(window: Window) -> None:
    window.handle(transfer_out("a"))
    window.answers.append(MailboxError(MAILBOX, "发信登录被拒绝", is_lasting=True))
    window.send_next()
    (reply,) = window.replies()
    assert reply.state == "deferred"
    assert window.enqueued[0][2] == 2
    assert window.cases()[0].status is CaseStatus.COMPLETE


def test_a_mailbox_taken_out_of_the_settings_keeps_its_letters(database: Database, tmp_path: Path) -> None:
    window = open_window(tmp_path, database)
    window.room = replace(window.room, accounts={})
    window.handle(transfer_out("a"))
    window.send_next()
    assert window.sent == []
    assert window.replies()[0].last_answer.endswith("is not in the settings any more")
    assert len(window.enqueued) == 1


def test_a_supplement_completes_the_case_it_answers(window: Window) -> None:
    window.handle(transfer_out("a", lacks="id-back"))
    window.send_next()
    letter = read_letter(window.sent[0][2])
    more = transfer_out("a2", sender="a@shimin.example", subject="", text="补上", papers=["id-back"], answers=letter)
    assert window.handle(more).fate is Fate.ANSWERED
    (case,) = window.cases()
    assert (case.status, case.version, len(case.papers)) == (CaseStatus.COMPLETE, 2, 4)
    assert [reply.template for reply in window.replies()] == ["missing", "ack"]


def test_what_was_promised_stands_when_somebody_asks_how_far_it_is(window: Window) -> None:
    window.handle(transfer_out("a"))
    window.send_next()
    (before,) = window.cases()
    asked = transfer_out(
        "a2",
        sender="a@shimin.example",
        subject="",
        text="请问办到哪一步了？",
        papers=[],
        answers=read_letter(window.sent[0][2]),
    )
    assert window.handle(asked).fate is Fate.ANSWERED
    (after,) = window.cases()
    assert (after.status, after.due_on) == (CaseStatus.COMPLETE, before.due_on)
    assert before.due_on is not None
    assert "来信询问办件的进度" in window.replies()[-1].text


def test_a_stranger_who_names_a_case_learns_nothing_of_its_papers(window: Window) -> None:
    window.handle(transfer_out("a", lacks="id-back"))
    (case,) = window.cases()
    window.handle(transfer_out("b", subject=f"[{case.number}] 补充材料", text="补上身份证反面", papers=["id-back"]))
    (kept, *_) = window.cases()
    assert [paper.kind for paper in kept.papers] == [paper.kind for paper in case.papers]
    window.enqueued = [entry for entry in window.enqueued if entry[0] == window.replies()[-1].id]
    window.send_next()
    ((_, recipient, data),) = window.sent
    assert recipient == "b@shimin.example"
    letter = read_letter(data)
    for secret in ("a@shimin.example", "手写申请.jpg", "社保卡", "13900001234"):
        assert not letter.says(secret), secret


def test_what_a_daughter_sends_is_answered_to_the_applicant_alone(database: Database, tmp_path: Path) -> None:
    kinds, ids = load_catalogue().kinds, {"name": "王喆", "id_number": make_person(21).id_number}
    see = see_names(kinds)
    window = open_window(
        tmp_path, database, see_papers=lambda mail: tuple(replace(paper, fields=ids) for paper in see(mail))
    )
    window.handle(transfer_out("a", lacks="written-request"))
    more = transfer_out("b", subject="补手写申请", text="我爸的手写申请，补上", papers=["written-request"])
    assert window.handle(more).fate is Fate.ANSWERED
    (case,) = window.cases()
    assert (case.status, case.sender, len(case.papers)) == (CaseStatus.COMPLETE, "a@shimin.example", 4)
    assert case.facts.email == "a@shimin.example"
    assert [(reply.template, reply.recipient) for reply in window.replies()] == [
        ("missing", "a@shimin.example"),
        ("ack", "a@shimin.example"),
    ]


def _trail(window: Window, number: str) -> list[str]:
    with window.database.read() as connection:
        return [event.what for event in events.find_events(connection, number)]


def bounce(message_id: str, *, recipient: str = "a@shimin.example", action: str = "failed") -> bytes:
    """Return what a mail system writes about a letter of ours (RFC 3464)."""
    status = "5.1.1" if action == "failed" else "4.4.1"
    return (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: {MAILBOX}\nSubject: Undelivered\n"
        f"Message-ID: <{action}@mx.example>\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nIt could not be delivered.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {message_id}\nSubject: x\n--b--\n"
    ).encode()


def test_a_letter_that_comes_back_puts_its_case_before_a_clerk(window: Window) -> None:
    window.handle(transfer_out("a"))
    window.send_next()
    message_id = window.replies()[0].message_id
    entry = window.handle_again(window.receive(bounce(message_id)))
    assert entry.fate is Fate.IGNORED
    (case,) = window.cases()
    assert case.status is CaseStatus.TRIAGE
    assert _trail(window, case.number) == ["message-decided", "reply-sent", "reply-returned", "to-clerk"]
    with window.database.read() as connection:
        view = queries.show_case(connection, case.number)
    assert view is not None
    assert view.replies[0].returned_status == "5.1.1"
    assert len(view.messages) == 2, "the bounce is shown with the case"
    assert "回信被退回" in view.events[-1].details["reason"]
    assert window.enqueued == [], "a bounce is never answered"


def test_a_delay_only_leaves_a_trace_and_a_strangers_bounce_none(window: Window) -> None:
    window.handle(transfer_out("a"))
    window.send_next()
    window.handle_again(window.receive(bounce(window.replies()[0].message_id, action="delayed")))
    window.handle_again(window.receive(bounce("<youban.00000000000000000000000000000000@163.com>")))
    (case,) = window.cases()
    assert case.status is CaseStatus.COMPLETE
    assert _trail(window, case.number) == ["message-decided", "reply-sent", "reply-delayed"]
