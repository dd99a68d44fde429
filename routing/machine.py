"""The machine-mail gate: a table of signs that tell bounces, auto-replies, lists and our own mail (RFC 3834)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from domain.mail import Message
from domain.routing import MachineMark

OWN_HEADER = "x-youban"
"""The header that every letter of ours carries."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What the rules look at: raw headers by lower-case name, the sender, the subject in NFKC."""

    headers: dict[str, tuple[str, ...]]
    sender: str
    sender_name: str
    subject: str
    own_addresses: AbstractSet[str]


Sign = Callable[[Clues], str]
"""Returns what matched, '' when the sign is absent."""


@dataclass(frozen=True, slots=True)
class MachineRule:
    """One row: a name, the kind of machine mail it tells, and the sign."""

    name: str
    kind: str
    sign: Sign


def has_header(name: str, pattern: str = "") -> Sign:
    """Return the sign "header ``name`` stands there and matches ``pattern``" (anchored at its beginning)."""
    compiled = re.compile(pattern, re.IGNORECASE)

    def sign(clues: Clues) -> str:
        values = (value.strip() for value in clues.headers.get(name, ()))
        return next((f"{name}: {value}" for value in values if compiled.match(value)), "")

    return sign


def has_header_starting(prefix: str) -> Sign:
    """Return the sign "a header whose name starts so stands there"."""

    def sign(clues: Clues) -> str:
        return next((f"{n}: {v[0]}" for n, v in clues.headers.items() if n.startswith(prefix)), "")

    return sign


def has_sender(pattern: str) -> Sign:
    """Return the sign "the local part of the sender, or the name of a sender without address, is exactly this"."""
    compiled = re.compile(pattern, re.IGNORECASE)

    def sign(clues: Clues) -> str:
        local = clues.sender.partition("@")[0] or clues.sender_name
        return (clues.sender or clues.sender_name) if compiled.fullmatch(local.strip(" <>\"'")) else ""

    return sign


def has_subject(pattern: str) -> Sign:
    """Return the sign "the subject begins so": not in the middle, nor behind Re: or 转发:, which people write."""
    compiled = re.compile(pattern, re.IGNORECASE)

    def sign(clues: Clues) -> str:
        found = compiled.match(clues.subject)
        return f"subject: {found.group()}" if found else ""

    return sign


def both(first: Sign, second: Sign) -> Sign:
    """Return the sign that holds when both do."""

    def sign(clues: Clues) -> str:
        return (first(clues) and second(clues)) or ""

    return sign


def either(*signs: Sign) -> Sign:
    """Return the sign that holds when any of these does."""

    def sign(clues: Clues) -> str:
        return next((what for s in signs if (what := s(clues))), "")

    return sign


def is_from_us(clues: Clues) -> str:
    """The sender is one of our own mailboxes."""
    return clues.sender if clues.sender in clues.own_addresses else ""


# A word of the subject ends the subject, or is followed by a mark or by what the machine says next. Without
# this, a citizen's "退信后重新发送" or "发送失败，再发一次" would be silenced.
_END = r"\s*(?:$|[:\-—(\[【]|通知|提醒|报告|信息)"
_DAEMON = has_sender(r"mailer[-_.]?daemon|mail delivery (?:system|subsystem)|postmaster|邮件系统|系统管理员")
_EMPTY_PATH = has_header("return-path", r"<\s*>|$")

RULES: tuple[MachineRule, ...] = (
    # Our own letters come back by forwarding and by Bcc; answering one would be talking to ourselves.
    MachineRule("own-header", "own", has_header_starting(OWN_HEADER)),
    MachineRule("own-address", "own", is_from_us),
    # "Still trying" says nothing has happened yet. It must stand before the bounces, which it resembles.
    MachineRule(
        "delay-subject",
        "delay",
        both(
            either(_DAEMON, _EMPTY_PATH, has_header("auto-submitted", r"(?!no\b)")),
            has_subject(
                r".*(?:delivery.*delay|delayed|warning: (?:message|could not send)|still (?:being )?retr|延迟|推迟)"
            ),
        ),
    ),
    # A delivery report (RFC 3464) or a read receipt (RFC 8098).
    MachineRule("failed-recipients", "bounce", has_header("x-failed-recipients")),
    MachineRule(
        "read-receipt",
        "auto-reply",
        has_header("content-type", r"multipart/report.*disposition-notification"),
    ),
    MachineRule("report", "bounce", has_header("content-type", r"multipart/report")),
    # Exim's bounces say auto-replied without being multipart/report: the sender decides before the header does.
    MachineRule("daemon-sender", "bounce", _DAEMON),
    # RFC 3834 5: anything other than "no" was not written by a person.
    MachineRule("auto-submitted", "auto-reply", has_header("auto-submitted", r"(?!no\s*(?:;|\(|$))\S")),
    MachineRule("auto-reply-header", "auto-reply", has_header_starting("x-autore")),
    MachineRule("auto-respond-header", "auto-reply", has_header_starting("x-auto-reply")),
    # [MS-OXCMAIL] 2.1.3.2.20: All, OOF and AutoReply ask for no automatic answer. DR, NDR, RN and NRN speak of
    # receipts only and Outlook sets them for people, so they tell nothing.
    MachineRule(
        "auto-response-suppress",
        "auto-reply",
        has_header("x-auto-response-suppress", r"(?:.*[,\s])?(?:all|oof|autoreply)\s*(?:,|$)"),
    ),
    MachineRule("list-id", "list", has_header("list-id")),
    MachineRule("list-unsubscribe", "list", has_header("list-unsubscribe")),
    MachineRule("precedence-auto-reply", "auto-reply", has_header("precedence", r"auto[-_]?reply")),
    MachineRule("precedence", "bulk", has_header("precedence", r"(?:bulk|junk|list)\b")),
    # An auto-reply's empty path was told above; what is left is a bounce (RFC 5321 4.5.5).
    MachineRule("empty-return-path", "bounce", _EMPTY_PATH),
    MachineRule(
        "no-reply-sender",
        "bulk",
        has_sender(r"(?:.*[-_.+])?(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|donotreply|bounces?)(?:[-_.+].*)?"),
    ),
    # Some 4 % of real bounces show themselves in the subject alone.
    MachineRule(
        "auto-reply-subject",
        "auto-reply",
        has_subject(
            r"[\[【(]?(?:自动(?:回复|答复|应答)|(?:外出|休假|离岗)自动回复|auto(?:matic)?[- ]?(?:reply|respons)"
            r"|autoreply|out of (?:the )?office|ooo:|vacation (?:reply|notice))"
        ),
    ),
    MachineRule(
        "bounce-subject",
        "bounce",
        has_subject(
            r"undeliver|returned mail|mail delivery (?:fail|system|subsystem|status)|delivery status notification"
            r"|(?:delivery|mail|message) (?:failure|failed)|failure notice|message (?:could not be|not) delivered"
            r"|(?:系统)?退信" + _END + r"|(?:邮件)?(?:投递|发送|投送)失败(?:\s*$|[:\[【(]|通知|报告|提醒)|失败通知"
            r"|来自postmaster|邮件(?:被)?退回(?:\s*$|[:\[【(]|通知)|无法投递"
        ),
    ),
)
"""Read top to bottom; the first row that matches names the mark. The kind decides nothing but the record."""


def find_machine_mark(message: Message, *, own_addresses: AbstractSet[str]) -> MachineMark | None:
    """Return why a message is machine mail, or None when a person seems to have written it.

    ``own_addresses`` are lower-case. A message without any sender is *not* machine mail by that
    alone: it cannot be answered, but a clerk may still know the writer.
    """
    headers: dict[str, tuple[str, ...]] = {}
    for name, value in message.machine_headers:
        key = name.lower()
        headers[key] = (*headers.get(key, ()), value)
    clues = Clues(
        headers=headers,
        sender=message.sender.addr.lower(),
        sender_name=message.sender.name,
        subject=unicodedata.normalize("NFKC", message.subject).strip(),
        own_addresses=own_addresses,
    )
    for rule in RULES:
        what = rule.sign(clues)
        if what:
            return MachineMark(rule.kind, rule.name, what)
    return None
