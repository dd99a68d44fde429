"""Bounces as the programs write them: which letter of ours came back, from whom, why; people's mail is none."""

from __future__ import annotations

import base64
import csv
import time
from pathlib import Path

import pytest

from domain.errors import MessageError
from domain.mail import DeliveryReport
from intake.bounces import describe_report, read_report
from intake.mime import parse_parts
from responders.letter import message_id_for

OURS = message_id_for("identity", "counter@agency.example")
EARLIER = message_id_for("earlier", "counter@agency.example")
CITIZEN = "wang@citizens.example"
CORPUS = Path(__file__).parents[1] / "corpus" / "mail"
GOLDEN = Path(__file__).with_name("bounce_reports.tsv")

RETURNED = f"""From: <counter@agency.example>
To: <{CITIZEN}>
Subject: =?utf-8?B?6KGl5q2j?=
Message-ID: {OURS}
References: {EARLIER} <1@citizens.example>
X-Youban-Case: DL-20200210-0042-7
"""
FAILED = (
    f"Final-Recipient: rfc822; {CITIZEN}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 unknown\n"
)
DAEMON = "From: Mail Delivery System <MAILER-DAEMON@mx.example>\nTo: counter@agency.example\n"
POSTMASTER = "From: postmaster@mail.example\nTo: counter@agency.example\n"


def read(text: str, encoding: str = "utf-8") -> DeliveryReport | None:
    return read_report(parse_parts(text.encode(encoding).replace(b"\n", b"\r\n"))[0])


def report(
    *parts: tuple[str, str], head: str = DAEMON, kind: str = "multipart/report; report-type=delivery-status"
) -> str:
    body = "".join(f"--b\nContent-Type: {media_type}\n\n{text}\n" for media_type, text in parts)
    return f"{head}Subject: Undelivered Mail\nContent-Type: {kind}; boundary=b\n\n{body}--b--\n"


def text_mail(text: str, *, head: str = DAEMON, subject: str = "Mail failure") -> str:
    return f"{head}Subject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}"


NOTICE = ("text/plain", "This is the mail system at host mx.example.")
STANDARD = DeliveryReport("failed", "5.1.1", CITIZEN, "550 5.1.1 unknown", OURS)


@pytest.mark.parametrize(
    "returned_as", ["message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "text/plain"]
)
def test_a_standard_report_names_the_letter(returned_as: str) -> None:
    text = report(
        NOTICE, ("message/delivery-status", f"Reporting-MTA: dns; mx.example\n\n{FAILED}"), (returned_as, RETURNED)
    )
    assert read(text) == STANDARD


def test_a_returned_letter_in_base64_is_opened() -> None:
    letter = "Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(RETURNED.encode()).decode()
    text = report(NOTICE, ("message/delivery-status", FAILED)).replace(
        "--b--", f"--b\nContent-Type: message/rfc822\n{letter}--b--"
    )
    assert read(text) == STANDARD


@pytest.mark.parametrize("media_type", ["text/plain", "application/octet-stream"])
@pytest.mark.parametrize("kind", ["multipart/report", "multipart/mixed"])
def test_a_mislabelled_report_is_read(media_type: str, kind: str) -> None:
    text = report(
        NOTICE, (media_type, f"Reporting-MTA: dns; mx.example\n\n{FAILED}"), ("message/rfc822", RETURNED), kind=kind
    )
    assert read(text) == STANDARD


@pytest.mark.parametrize("cut", range(60, 900, 40))
def test_a_report_cut_off_anywhere_is_still_one(cut: int) -> None:
    text = report(NOTICE, ("message/delivery-status", FAILED), ("message/rfc822", RETURNED))
    found = read(
        f"{DAEMON}Content-Type: multipart/report; boundary=b\nSubject: failure notice\n\n"
        + text[text.index("--b") :][:cut]
    )
    assert found is not None
    assert found.action == "failed"
    assert OURS.startswith(found.original_message_id.removesuffix(">"))


def test_a_report_that_a_gateway_wrapped_is_read() -> None:
    inner = report(NOTICE, ("message/delivery-status", FAILED), ("message/rfc822", RETURNED)).replace("--b", "--i")
    text = report(("message/rfc822", inner.replace("boundary=b", "boundary=i")), ("text/plain", "confidential"))
    assert (
        read(text.replace("multipart/report; report-type=delivery-status; boundary=b", "multipart/mixed; boundary=b"))
        == STANDARD
    )


def test_reports_wrapped_without_end_are_left() -> None:
    text = report(NOTICE)
    for level in range(40):
        text = (
            report(("message/rfc822", text))
            .replace("boundary=b\n", f"boundary=b{level}\n")
            .replace("--b\n", f"--b{level}\n")
        )
    assert read(text) is not None


def test_of_several_recipients_the_failed_one_is_told() -> None:
    arrived = "Final-Recipient: rfc822; li@citizens.example\nAction: relayed\nStatus: 2.0.0\n"
    late = "Final-Recipient: rfc822; sun@citizens.example\nAction: delayed\nStatus: 4.4.1\n"
    found = read(
        report(NOTICE, ("message/delivery-status", f"{arrived}\n{late}\n{FAILED}"), ("message/rfc822", RETURNED))
    )
    assert found == STANDARD
    delayed = read(report(NOTICE, ("message/delivery-status", f"{arrived}\n{late}")))
    assert delayed == DeliveryReport("delayed", "4.4.1", "sun@citizens.example")
    assert read(report(("text/plain", ""), ("message/delivery-status", arrived))) is None


def test_recipients_without_blank_lines_between_them_are_told_apart() -> None:
    arrived = "Final-Recipient: rfc822; li@citizens.example\nAction: delivered\nStatus: 2.0.0\n"
    assert read(report(NOTICE, ("message/delivery-status", arrived + FAILED), ("message/rfc822", RETURNED))) == STANDARD


def test_blank_lines_within_a_recipient_part_nothing() -> None:
    loose = FAILED.replace("\n", "\n\n")
    assert read(report(NOTICE, ("message/delivery-status", loose), ("message/rfc822", RETURNED))) == STANDARD


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("Action: delayed\nStatus: 4.4.7\n", ("delayed", "4.4.7")),
        ("Status: 4.2.2\n", ("delayed", "4.2.2")),
        ("Status: 5.2.2\n", ("failed", "5.2.2")),
        ("Action: failed\nStatus: 4.4.7\n", ("failed", "4.4.7")),  # given up after days of 4xx
        ("Action: FAILED (Bad destination)\nStatus: 5.1.1 (unknown)\n", ("failed", "5.1.1")),
        ("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.7.1 spam\n", ("failed", "5.7.1")),
        ("Action: failed\n", ("failed", "")),
    ],
)
def test_action_and_status_are_those_of_the_fields(fields: str, expected: tuple[str, str]) -> None:
    found = read(
        report(("text/plain", ""), ("message/delivery-status", f"Final-Recipient: rfc822; {CITIZEN}\n{fields}"))
    )
    assert found is not None
    assert (found.action, found.status) == expected


@pytest.mark.parametrize(
    "field",
    [
        "Final-Recipient: RFC822;<Wang@Citizens.example>",
        "Final-recipient: rfc822;\n  wang@citizens.example",
        "Original-Recipient: rfc822;wang@citizens.example\nFinal-Recipient: LOCAL;<>",
    ],
)
def test_the_recipient_is_an_address(field: str) -> None:
    found = read(report(NOTICE, ("message/delivery-status", f"{field}\nAction: failed\nStatus: 5.1.1\n")))
    assert found is not None
    assert found.recipient == CITIZEN


EXIM = f"""This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {CITIZEN}
    host mx.citizens.example [192.0.2.7]
    SMTP error from remote mail server after RCPT TO:<{CITIZEN}>:
    550 5.2.2 mailbox full

------ This is a copy of the message, including all the headers. ------

{RETURNED}
"""
EXIM_DELAY = f"""This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.example.

The message identifier is: 1abcde-0001aB-2C
The subject of the message is: letter

The address to which the message has not yet been delivered is:

  {CITIZEN}
    Delay reason: Connection timed out

No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated at intervals if the message
remains undelivered. Eventually the mail delivery software will give up,
and when that happens, the message will be returned to you.
"""
QMAIL = f"""Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{CITIZEN}>:
192.0.2.7 does not like recipient.
Remote host said: 550 User not found (#5.1.1)
Giving up on 192.0.2.7.

--- Below this line is a copy of the message.

Return-Path: <counter@agency.example>
{RETURNED}
"""
POSTFIX_DELAY = f"""This is the mail system at host mx.example.

# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #

Your message could not be delivered for more than 4 hour(s).
It will be retried until it is 5 day(s) old.

<{CITIZEN}>: connect to mx.citizens.example[192.0.2.7]:25: Connection timed out
"""
EXCHANGE = f"""传递到以下收件人或组失败:

{CITIZEN}
找不到您输入的电子邮件地址。请检查收件人的电子邮件地址，然后尝试重新发送邮件。

供管理员使用的诊断信息:

#550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup ##

原始邮件头:

{RETURNED}
"""
QQ = f"""很抱歉，您发送的邮件被退回，以下是该邮件的相关信息：

发送失败的收件人：{CITIZEN}
邮件主题：补正
退信原因：收件人邮箱容量已满。host mx.citizens.example[192.0.2.7] said: 552 Mailbox full
Message-ID: {OURS}
"""
NETEASE = f"""抱歉，您的邮件被退回来了……

原邮件信息：
时间：2020-02-10 09:30:00
主题：补正
收件人：{CITIZEN}

退信原因：
收件人不存在。
英文说明:SMTP error, RCPT TO: 550 User not found: {CITIZEN}

建议解决方案：请核对收件人地址后重新发送。
"""
ALI = f"""您好！您发送的邮件未能送达以下收件人：

{CITIZEN}: 对方邮件服务器拒收（554 5.7.1 rejected）

原邮件内容：
{RETURNED}
"""
QQ_DELAY = f"""您好，您发给 {CITIZEN} 的邮件因对方服务器连接超时而延迟，系统将继续尝试投递，无需重新发送。
Message-ID: {OURS}
"""


@pytest.mark.parametrize(
    ("mail", "expected"),
    [
        (
            text_mail(EXIM, head=f"X-Failed-Recipients: {CITIZEN}\nAuto-Submitted: auto-replied\n{DAEMON}"),
            ("failed", "5.2.2", "对方邮箱已满", OURS),
        ),
        (
            text_mail(
                EXIM_DELAY,
                subject="Warning: message 1abcde-0001aB-2C delayed 24 hours",
                head=f"In-Reply-To: {OURS}\n{DAEMON}",
            ),
            ("delayed", "", "尚未送达", OURS),
        ),
        (text_mail(QMAIL, subject="failure notice"), ("failed", "5.1.1", "对方邮箱地址不存在", OURS)),
        (text_mail(POSTFIX_DELAY), ("delayed", "", "尚未送达", "")),
        (
            text_mail(EXCHANGE, subject="无法送达: 补正", head=POSTMASTER),
            ("failed", "5.1.10", "对方邮箱地址不存在", OURS),
        ),
        (text_mail(QQ, subject="系统退信", head=POSTMASTER), ("failed", "", "对方邮箱已满", OURS)),
        (
            text_mail(NETEASE, subject="系统退信", head=f"References: <0@x.example> {OURS}\n{POSTMASTER}"),
            ("failed", "", "对方邮箱地址不存在", OURS),
        ),
        (text_mail(ALI, subject="退信：补正", head=POSTMASTER), ("failed", "5.7.1", "对方服务器拒收", OURS)),
        (text_mail(QQ_DELAY, subject="邮件延迟通知", head=POSTMASTER), ("delayed", "", "尚未送达", OURS)),
    ],
    ids=["exim", "exim-delay", "qmail", "postfix-delay", "exchange", "qq", "163", "ali", "qq-delay"],
)
def test_notices_without_a_report_part_are_read(mail: str, expected: tuple[str, str, str, str]) -> None:
    found = read(mail)
    assert found is not None
    action, status, cause, message_id = expected
    assert (found.action, found.status, found.recipient, found.original_message_id) == (
        action,
        status,
        CITIZEN,
        message_id,
    )
    assert describe_report(found).startswith(cause)


def test_a_notice_in_gbk_html_is_read() -> None:
    html = NETEASE.replace("\n", "<br>\n").replace("核对", f"核对 &lt;{OURS.strip('<>')}&gt;")
    head = f"{POSTMASTER}Subject: failure\nContent-Type: text/html; charset=gbk\n\n"
    found = read(head + html, "gbk")
    assert found is not None
    assert (found.recipient, found.original_message_id) == (CITIZEN, OURS)
    assert "User not found" in found.diagnostic or "不存在" in found.diagnostic


def test_a_report_of_163_in_base64_gbk_is_read() -> None:
    notice = base64.encodebytes(NETEASE.encode("gbk")).decode()
    status = base64.encodebytes(FAILED.encode()).decode()
    text = (
        f"{POSTMASTER}Subject: =?gbk?B?z7XNs83L0MU=?=\nContent-Type: multipart/report; boundary=b\n\n"
        f"--b\nContent-Type: text/plain; charset=gbk\nContent-Transfer-Encoding: base64\n\n{notice}"
        f"--b\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n{status}"
        f"--b\nContent-Type: message/rfc822\n\n{RETURNED}\n--b--\n"
    )
    assert read(text) == STANDARD


@pytest.mark.parametrize(
    ("returned", "head", "expected"),
    [
        (f"Message-ID: {OURS}\nReferences: {EARLIER}\n", "", OURS),
        # Somebody else's mail came back: it answers a letter of ours, but it is none.
        (f"Message-ID: <2@citizens.example>\nReferences: {OURS}\n", "", ""),
        ("Subject: x\n", f"In-Reply-To: {OURS}\n", OURS),
        ("Subject: x\n", f"References: {EARLIER} {OURS}\n", OURS),
        (f"Message-ID:\n {OURS.upper().replace('YOUBAN', 'youban')}\n", "", OURS),
        (f"the letter {OURS.strip('<>')} came back\n", "", OURS),
        (f"{OURS} or {EARLIER}\n", "", ""),
        ("Message-ID: <youban.1234@agency.example>\n", "", ""),
        ("Message-ID: <reply.1@agency.example>\n", "", ""),
    ],
)
def test_only_a_letter_of_ours_is_named(returned: str, head: str, expected: str) -> None:
    found = read(report(NOTICE, ("message/delivery-status", FAILED), ("message/rfc822", returned), head=head + DAEMON))
    assert found is not None
    assert found.original_message_id == expected


PERSON = "From: wang@citizens.example\nTo: counter@agency.example\n"


@pytest.mark.parametrize(
    "mail",
    [
        text_mail(f"您好，我的邮件被退回了，怎么办？\n\n{QQ}", head=PERSON, subject="转发: 系统退信"),
        text_mail(QMAIL, head=PERSON, subject="Fwd: failure notice"),
        text_mail("材料请查收", head=PERSON, subject="退信后重新发送"),
        text_mail("我的邮件发送失败了，再发一次", head=POSTMASTER, subject="退信后重新发送"),
        report(("text/plain", "请看"), ("message/delivery-status", FAILED), head=PERSON, kind="multipart/mixed"),
        report(("text/plain", "请看"), ("message/rfc822", report(NOTICE)), head=PERSON, kind="multipart/mixed"),
        text_mail(
            "抱歉，您的邮件我暂时无法及时回复，我正在休假。",
            head=f"Return-Path: <>\nAuto-Submitted: auto-replied\nIn-Reply-To: {OURS}\n{PERSON}",
        ),
        report(
            ("text/plain", "read"),
            ("message/disposition-notification", f"Original-Message-ID: {OURS}\n"),
            kind="multipart/report; report-type=disposition-notification",
        ),
        report(
            ("text/plain", "spam"),
            ("message/feedback-report", "Feedback-Type: abuse\n"),
            kind="multipart/report; report-type=feedback-report",
        ),
    ],
    ids=[
        "forwards-words",
        "forwards-text",
        "resends",
        "postmaster",
        "forwards-report",
        "encloses",
        "vacation",
        "receipt",
        "complaint",
    ],
)
def test_what_is_no_bounce_is_not_read_as_one(mail: str) -> None:
    assert read(mail) is None


def test_a_clerk_reads_why_and_whom() -> None:
    found = DeliveryReport("failed", "5.1.1", "li@citizens.example", "550 unknown")
    assert describe_report(found) == "对方邮箱地址不存在（5.1.1），原文：550 unknown"
    assert describe_report(found, sent_to="LI@citizens.example") == describe_report(found)
    assert describe_report(found, sent_to=CITIZEN).endswith(
        "；退信所指的收件人是li@citizens.example，与去信地址wang@citizens.example不同"
    )
    assert describe_report(DeliveryReport("delayed", "4.2.2")) == "尚未送达，对方服务器还在重试：对方邮箱已满（4.2.2）"
    assert describe_report(DeliveryReport("failed")) == "原因未说明"


@pytest.mark.parametrize(
    "text",
    [
        "a@" * 60_000,
        "<a@b.c>:\n" * 30_000,
        "message-id:" + " " * 200_000,
        "收件人：" * 50_000,
        "5.1." * 60_000,
        "x" * 500_000,
    ],
    ids=["addresses", "reasons", "blanks", "labels", "codes", "letters"],
)
def test_a_hostile_notice_costs_little(text: str) -> None:
    started = time.process_time()
    assert read(text_mail(text)) is not None
    assert time.process_time() - started < 2


def test_the_corpus_is_read_as_it_was_looked_at_by_eye() -> None:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        expected = {row["file"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    found: dict[str, dict[str, str]] = {}
    for path in sorted(CORPUS.rglob("*")):
        if path.is_file() and (told := _read_file(path)) is not None:
            name = str(path.relative_to(CORPUS))
            found[name] = {"file": name, "action": told.action, "status": told.status, "recipient": told.recipient}
            assert told.original_message_id == ""
    assert found == expected


def _read_file(path: Path) -> DeliveryReport | None:
    try:
        return read_report(parse_parts(path.read_bytes())[0])
    except MessageError:
        return None
