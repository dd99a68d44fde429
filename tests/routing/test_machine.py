from __future__ import annotations

import pytest

from routing.machine import RULES, find_machine_mark
from tests.routing.building import mail

OWN = frozenset({"main@library.example"})

MACHINES = [
    ({"headers": (("Return-Path", "<>"),)}, "bounce", "empty-return-path"),
    ({"headers": (("auto-submitted", "auto-replied"),)}, "auto-reply", "auto-submitted"),
    ({"headers": (("auto-submitted", "auto-generated; owner=x"),)}, "auto-reply", "auto-submitted"),
    ({"headers": (("content-type", "multipart/report; report-type=delivery-status"),)}, "bounce", "report"),
    (
        {"headers": (("content-type", "multipart/report; report-type=disposition-notification"),)},
        "auto-reply",
        "read-receipt",
    ),
    ({"headers": (("x-failed-recipients", "a@b.example"),)}, "bounce", "failed-recipients"),
    ({"headers": (("precedence", "Bulk"),)}, "bulk", "precedence"),
    ({"headers": (("precedence", "auto_reply"),)}, "auto-reply", "precedence-auto-reply"),
    ({"headers": (("x-auto-response-suppress", "All"),)}, "auto-reply", "auto-response-suppress"),
    ({"headers": (("x-auto-response-suppress", "DR, RN, OOF, AutoReply"),)}, "auto-reply", "auto-response-suppress"),
    ({"headers": (("x-autoreply", "yes"),)}, "auto-reply", "auto-reply-header"),
    ({"headers": (("list-id", "<news.example>"),)}, "list", "list-id"),
    ({"sender": "MAILER-DAEMON@mx.example"}, "bounce", "daemon-sender"),
    ({"sender": "postmaster@mx.example"}, "bounce", "daemon-sender"),
    ({"sender": "", "sender_name": "MAILER-DAEMON"}, "bounce", "daemon-sender"),
    ({"sender": "service-noreply@bank.example"}, "bulk", "no-reply-sender"),
    ({"sender": "Main@library.example"}, "own", "own-address"),
    ({"headers": (("x-youban-reply", "7"),)}, "own", "own-header"),
    ({"subject": "自动回复: 转出"}, "auto-reply", "auto-reply-subject"),
    ({"subject": "Out of Office: 您好"}, "auto-reply", "auto-reply-subject"),
    ({"subject": "系统退信"}, "bounce", "bounce-subject"),
    ({"subject": "退信：转出"}, "bounce", "bounce-subject"),
    ({"subject": "Undelivered Mail Returned to Sender"}, "bounce", "bounce-subject"),
    ({"subject": "邮件发送失败通知"}, "bounce", "bounce-subject"),
    (
        {"subject": "Warning: message delayed 24 hours", "sender": "mailer-daemon@mx.example"},
        "delay",
        "delay-subject",
    ),
]


@pytest.mark.parametrize(("sign", "kind", "rule"), MACHINES, ids=lambda v: v if isinstance(v, str) else None)
def test_machine_mail_is_marked(sign: dict[str, object], kind: str, rule: str) -> None:
    mark = find_machine_mark(mail(**sign), own_addresses=OWN)
    assert mark is not None
    assert (mark.kind, mark.rule) == (kind, rule)
    assert mark.what


@pytest.mark.parametrize(
    "sign",
    [
        {"headers": (("return-path", "<zhang@citizens.example>"), ("auto-submitted", "no"))},
        {"headers": (("auto-submitted", "no (human)"),)},
        {"headers": (("x-auto-response-suppress", "DR, RN, NRN"),)},
        {"headers": (("x-auto-response-suppress", "None"),)},
        {"headers": (("precedence", "first-class"),)},
        {"headers": (("content-type", "multipart/mixed"),)},
        {"subject": "转发: 失败"},
        {"subject": "退信后重新发送材料"},
        {"subject": "发送失败，再发一次"},
        {"subject": "Re: 自动回复: 转出"},
        {"subject": "回复: 您的来信已收到（自动回复）"},
        {"subject": "异地就医备案延迟办理"},
        {"sender": "noreplyman@citizens.example"},
        {"sender": ""},
    ],
    ids=str,
)
def test_people_are_not_marked(sign: dict[str, object]) -> None:
    assert find_machine_mark(mail(**sign), own_addresses=OWN) is None


def test_rule_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
