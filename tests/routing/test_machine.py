"""No machine is answered, and no citizen's mail is dropped for a word in its subject."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from domain.mail import Attachment, DeliveryReport
from domain.routing import MachineMark
from intake.bounces import read_report
from intake.mime import parse_parts
from intake.reader import read_mail
from responders.letter import message_id_for
from routing.machine import RULES, find_machine_mark
from routing.machinesigns import read_clues
from tests.routing.building import attachment, mail

OWN = frozenset({"main@library.example"})
OURS = message_id_for("identity", "main@library.example")
CORPUS = Path(__file__).parents[1] / "corpus" / "mail"
LIST = ("list-id", "<readers.agency.example>")
AWAY = "您好，来信已收到。我正在休假，回来后尽快回复。"
REQUEST = "现将读者迁出的材料报送，请查收。"

MACHINES = [
    ({"headers": (("Return-Path", "<>"),)}, "bounce", "empty-return-path"),
    ({"headers": (("auto-submitted", "auto-replied"),)}, "auto-reply", "auto-replied"),
    ({"headers": (("auto-submitted", "auto-generated; owner=x"),)}, "auto-reply", "auto-submitted"),
    ({"headers": (("content-type", "multipart/report; report-type=delivery-status"),)}, "bounce", "report"),
    (
        {"headers": (("content-type", "multipart/report; report-type=disposition-notification"),)},
        "auto-reply",
        "read-receipt",
    ),
    ({"headers": (("content-type", "multipart/report; report-type=feedback-report"),)}, "bulk", "feedback-report"),
    ({"headers": (("x-failed-recipients", "a@b.example"),)}, "bounce", "failed-recipients"),
    ({"headers": (("precedence", "Bulk"),)}, "bulk", "precedence"),
    ({"headers": (("precedence", "auto_reply"),)}, "auto-reply", "precedence-auto-reply"),
    (
        {"headers": (("x-auto-response-suppress", "All"),), "subject": "自动答复: 来信"},
        "auto-reply",
        "auto-response-suppress",
    ),
    ({"headers": (("x-autoreply", "yes"),)}, "auto-reply", "auto-reply-header"),
    ({"headers": (("x-mail-autoreply", "163"),)}, "auto-reply", "auto-reply-header"),
    ({"headers": (("x-apple-action", "VACATION"),)}, "auto-reply", "apple-vacation"),
    ({"headers": (LIST,)}, "list", "list"),
    ({"headers": (LIST, ("list-unsubscribe", "<mailto:off@agency.example>"))}, "list", "newsletter"),
    ({"headers": (LIST, ("list-post", "NO"))}, "list", "newsletter"),
    ({"sender": "MAILER-DAEMON@mx.example"}, "bounce", "daemon-sender"),
    ({"sender": "postmaster@mx.example", "subject": "系统退信"}, "bounce", "postmaster-sender"),
    ({"sender": "postmaster@mx.example", "text": "550 no such user"}, "bounce", "postmaster-sender"),
    ({"sender": "", "sender_name": "MAILER-DAEMON"}, "bounce", "daemon-sender"),
    ({"sender": "service-noreply@bank.example"}, "bulk", "no-reply-sender"),
    ({"sender": "Main@library.example", "headers": (("x-youban-case", "7"),)}, "own", "own-header"),
    ({"headers": (("x-youban-reply", "7"),)}, "own", "own-header"),
    ({"sender": "Main@library.example", "message_id": OURS}, "own", "own-message-id"),
    ({"message_id": OURS, "files": ("身份证.jpg",)}, "own", "own-message-id"),
    (
        {
            "sender": "main@library.example",
            "headers": (("auto-submitted", "auto-replied"),),
            "files": ("身份证.jpg",),
        },
        "auto-reply",
        "auto-replied",
    ),
    (
        {"sender": "main@library.example", "headers": (("auto-submitted", "auto-generated"),)},
        "auto-reply",
        "auto-submitted",
    ),
    ({"sender": "main@library.example", "subject": "自动回复: 转出", "text": AWAY}, "auto-reply", "auto-reply-subject"),
    ({"headers": (("x-auto-reply", "yes"),)}, "auto-reply", "auto-respond-header"),
    ({"headers": (("x-auto-reply-from", "a@b.example"),)}, "auto-reply", "auto-respond-header"),
    ({"headers": (("x-autoresponder", "noc"),)}, "auto-reply", "auto-reply-header"),
    ({"subject": "自动回复: 转出", "text": AWAY}, "auto-reply", "auto-reply-subject"),
    ({"subject": "自動回覆：轉出"}, "auto-reply", "auto-reply-subject"),
    ({"subject": "Out of Office: 您好", "text": "I will be back on Monday."}, "auto-reply", "auto-reply-subject"),
    ({"subject": "系统退信", "text": "您的邮件未能送达"}, "bounce", "bounce-subject"),
    ({"subject": "退信：转出", "text": "收件人不存在"}, "bounce", "bounce-subject"),
    ({"subject": "Undelivered Mail Returned to Sender"}, "bounce", "bounce-subject"),
    ({"subject": "邮件发送失败通知", "text": "投递超时"}, "bounce", "bounce-subject"),
    ({"subject": "邮件传输失败！", "text": "邮件无法送达"}, "bounce", "bounce-subject"),
    ({"subject": "Report domain: agency.example Submitter: mail.example Report-ID: 7"}, "bulk", "dmarc-report"),
    ({"subject": "Warning: message delayed 24 hours", "sender": "mailer-daemon@mx.example"}, "delay", "delay-subject"),
]


def find(*, message_id: str = "<1@citizens.example>", **parts: object) -> MachineMark | None:
    message = replace(mail(**parts), message_id=message_id)  # type: ignore[arg-type]
    return find_machine_mark(message, own_addresses=OWN)


@pytest.mark.parametrize(("sign", "kind", "rule"), MACHINES, ids=lambda v: v if isinstance(v, str) else None)
def test_machine_mail_is_marked(sign: dict[str, object], kind: str, rule: str) -> None:
    mark = find(**sign)
    assert mark is not None
    assert (mark.kind, mark.rule, mark.doubt) == (kind, rule, "")


def test_a_mark_says_in_chinese_what_matched() -> None:
    mark = find(headers=(("x-failed-recipients", "a@b.example"),))
    assert mark == MachineMark(
        "bounce", "failed-recipients", "退信，列有失败的收件人（x-failed-recipients: a@b.example）"
    )


@pytest.mark.parametrize(("action", "kind"), [("failed", "bounce"), ("delayed", "delay")])
def test_what_the_reader_found_is_a_mark(action: str, kind: str) -> None:
    message = replace(mail(), report=DeliveryReport(action, "5.1.1", "a@b.example", "550 unknown"))
    mark = find_machine_mark(message, own_addresses=OWN)
    assert mark is not None
    assert (mark.kind, mark.doubt) == (kind, "")
    assert "5.1.1 a@b.example 550 unknown" in mark.what


@pytest.mark.parametrize(
    "sign",
    [
        {"headers": (("return-path", "<zhang@citizens.example>"), ("auto-submitted", "no"))},
        {"headers": (("auto-submitted", "no (human)"),)},
        {"headers": (("x-auto-response-suppress", "DR, RN, NRN"),)},
        {"headers": (("x-auto-response-suppress", "None"),)},
        {"headers": (("precedence", "first-class"),)},
        {"headers": (("content-type", "multipart/mixed"),)},
        {"headers": (("feedback-id", "webmail:citizens.example:bgweb:bgweb17"),)},
        {"headers": (("x-autoreply", "no"),)},
        {"headers": (("x-autoreply", "False"),)},
        {"headers": (("x-auto-reply", "no"),)},
        {"headers": (("x-auto-reply", " No (human)"),)},
        {"headers": (("x-auto-reply", "false"), ("x-autoresponder", "0"))},
        {"headers": (("x-mail-autoreply", "off"),)},
        {"subject": "转发: 失败"},
        {"subject": "退信后重新发送材料"},
        {"subject": "发送失败，再发一次"},
        {"subject": "无法送达的材料请查收"},
        {"subject": "Re: 自动回复: 转出"},
        {"subject": "回复: 您的来信已收到（自动回复）"},
        {"subject": "自动回复: 转出", "text": REQUEST, "files": ("身份证.jpg",)},
        {"subject": "退信：转出", "text": "重新发送", "files": ("身份证.jpg",)},
        {"subject": "异地就医备案延迟办理"},
        {"sender": "noreplyman@citizens.example"},
        {"sender": ""},
    ],
    ids=str,
)
def test_people_are_not_marked(sign: dict[str, object]) -> None:
    assert find(**sign) is None


@pytest.mark.parametrize(
    ("sign", "rule"),
    [
        ({"subject": "自动回复: 转出", "text": "图书卡的事怎么样了"}, "auto-reply-subject-alone"),
        ({"subject": "自动回复: 转出", "text": "您的自动回复收到了，请问还要交什么材料？"}, "auto-reply-subject"),
        ({"subject": "自动回复: 转出", "text": AWAY, "files": ("身份证.jpg",)}, "auto-reply-subject"),
        ({"subject": "退信：转出", "text": "我的邮件被退回了，重新发给您"}, "bounce-subject"),
        ({"subject": "退信", "text": "麻烦看一下"}, "bounce-subject-alone"),
        ({"sender": "postmaster@firm.example", "text": "您好，图书卡如何迁出"}, "postmaster-sender"),
        ({"headers": (("x-auto-response-suppress", "DR, OOF, AutoReply"),)}, "auto-response-suppress"),
        ({"headers": (("x-auto-response-suppress", "All"),), "text": REQUEST}, "auto-response-suppress"),
        ({"headers": (("auto-submitted", "auto-forwarded"),), "files": ("身份证.jpg",)}, "auto-submitted"),
        ({"sender": "scan-noreply@firm.example", "files": ("扫描.jpg",)}, "no-reply-sender"),
        ({"headers": (LIST,), "text": REQUEST}, "list"),
        ({"headers": (LIST,), "files": ("身份证.jpg",)}, "list"),
        ({"headers": (("precedence", "list"),), "text": "请问图书卡如何迁出"}, "precedence"),
        ({"headers": (LIST, ("list-unsubscribe", "<mailto:off@a.example>")), "in_reply_to": (OURS,)}, "newsletter"),
        (
            {"headers": (("list-unsubscribe", "<mailto:off@a.example>"),), "files": ("身份证.jpg",), "text": REQUEST},
            "newsletter",
        ),
        ({"headers": (("x-campaign", "7"),), "files": ("凭证.pdf",)}, "newsletter"),
        ({"headers": (("return-path", "<>"),), "files": ("身份证.jpg",)}, "empty-return-path"),
        ({"sender": "Main@library.example"}, "own-address"),
        ({"sender": "main@library.example", "subject": "转发: 医保转出", "files": ("身份证.jpg",)}, "own-address"),
        ({"sender": "main@library.example", "headers": (("auto-submitted", "auto-forwarded"),)}, "own-address"),
        ({"sender": "main@library.example", "in_reply_to": (OURS,), "text": REQUEST}, "own-address"),
    ],
    ids=str,
)
def test_what_a_person_may_have_written_is_doubted(sign: dict[str, object], rule: str) -> None:
    mark = find(**sign)
    assert mark is not None
    assert mark.rule == rule
    assert mark.doubt


def test_letter_of_ours_is_told_from_a_clerks_forward_as_they_come() -> None:
    def read(head: str) -> MachineMark | None:
        raw = f"From: Library <main@library.example>\r\nTo: main@library.example\r\n{head}\r\n\r\n{REQUEST}\r\n"
        return find_machine_mark(read_mail(raw.encode()).message, own_addresses=OWN)

    loop, forward = read(f"Message-ID: {OURS}"), read("Message-ID: <7@mailer.library.example>\r\nX-Auto-Reply: no")
    assert loop is not None
    assert (loop.rule, loop.doubt) == ("own-message-id", "")
    assert forward is not None
    assert (forward.rule, forward.doubt) == ("own-address", "没有我方系统发信的标记，可能是工作人员转来的来信")


def test_a_sure_sign_outweighs_an_earlier_doubt() -> None:
    headers = (("x-auto-response-suppress", "All"), ("return-path", "<>"))
    mark = find(headers=headers)
    assert mark is not None
    assert (mark.rule, mark.doubt) == ("empty-return-path", "")


@pytest.mark.parametrize(
    ("attached", "is_document"),
    [
        (attachment("身份证.jpg"), True),
        (attachment("logo.jpg", size_bytes=3_000, is_inline=True), False),
        (attachment("IMG_0001.jpg", is_inline=True), True),
        (Attachment(0, "smime.p7s", "application/pkcs7-signature", 3_000, "0" * 64), False),
        (Attachment(0, "original.eml", "message/rfc822", 3_000, "0" * 64), False),
    ],
    ids=lambda v: v.name if isinstance(v, Attachment) else None,
)
def test_signatures_and_returned_letters_are_no_documents(attached: Attachment, is_document: bool) -> None:
    assert read_clues(mail(attachments=(attached,)), OWN).has_documents is is_document


def test_rule_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


# The corpus: every file of two libraries' collections of bounces is machine mail, but for these.
BOUNCES = ("sisimai-set", "sdist-flufl_bounce")
DOUBTED = {"maildir_bsd_rfc3834-03.eml"}  # "I'm only sleeping", told by a header that reading must keep


def mark_file(path: Path) -> MachineMark | None:
    raw = path.read_bytes()
    message = replace(read_mail(raw).message, report=read_report(parse_parts(raw)[0]))
    return find_machine_mark(message, own_addresses=frozenset())


def test_every_bounce_of_the_corpus_is_told() -> None:
    files = [path for folder in BOUNCES for path in sorted((CORPUS / folder).iterdir())]
    marks = {path.name: mark_file(path) for path in files}
    assert len(files) == 118
    assert {name for name, mark in marks.items() if mark is None} == set()
    assert {name for name, mark in marks.items() if mark is not None and mark.doubt} <= DOUBTED


# Read by eye, all 57 of them: these alone were written by people, to mailing lists.
POSTS = {
    "tests_fixtures_messages_apache-message-news-mime.eml",
    "tests_fixtures_messages_from-encoding.eml",
    "tests_fixtures_messages_message-external-body.eml",
    "unittest_data_summary_input_4851-chinese.eml",
    "spec_fixtures_emails_error_emails_empty_in_reply_to.eml",
    "core_src_test_resources_mimetools-testmsgs_infinite_decoded_1.txt",
    "core_src_test_resources_mimetools-testmsgs_jt-0498.msg",
    "t_data_nice_cjk_iso-2022-jp.1.eml",
    "t_data_nice_cjk_iso-2022-jp.2.eml",
}


def test_no_person_of_the_corpus_is_silenced_but_who_wrote_to_a_list() -> None:
    files = [path for path in sorted(CORPUS.rglob("*")) if path.is_file() and path.parent.name not in BOUNCES]
    marks = {path.name: mark for path in files if (mark := mark_file(path)) is not None and not mark.doubt}
    assert Counter(mark.kind for mark in marks.values()) == {
        "bounce": 25,
        "delay": 3,
        "auto-reply": 3,
        "bulk": 20,
        "list": 6,
    }
    assert {marks[name].kind for name in POSTS} == {"bulk", "list"}
