"""The signs that the machine-mail rules are made of: what is looked at, and how signs are put together."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from domain.cases import CaseNumber
from domain.mail import Attachment, DeliveryReport, Message
from domain.text import compose, fold
from routing.intents import REQUESTING

_INLINE_BYTES = 20_000
"""An inline picture below it is a signature's; telephones send photographed papers inline as well."""

# The form of our Message-IDs is fixed by responders/letter.py (``message_id_for``).
_OWN_ID = re.compile(r"<youban\.[0-9a-f]{32}@", re.IGNORECASE)
_NO_DOCUMENTS = (
    "text/",
    "message/",
    "application/pkcs7-",
    "application/x-pkcs7-",
    "application/pgp-",
    "application/ics",
)
_ASKING = re.compile(r"请问|请教|想问|咨询|我想|我要|(?:吗|么|呢)(?:[?。!]|$)")
# A notice of a machine speaks of "you" and of "us"; only a person says "I".
_FIRST_PERSON = re.compile(r"我(?!们|方|司)|本人|请问|请教|\bi (?:sent|tried|want|am|have)\b")


@dataclass(frozen=True, slots=True)
class Clues:
    """What the rules look at.

    Raw headers by lower-case name, the Message-ID, the sender, the subject in NFKC, the new text folded, the report
    that was read.
    """

    headers: dict[str, tuple[str, ...]]
    message_id: str
    sender: str
    sender_name: str
    subject: str
    text: str
    has_documents: bool
    answers_us: bool
    report: DeliveryReport | None
    own_addresses: AbstractSet[str]


Sign = Callable[[Clues], str]
"""Returns what matched, '' when the sign is absent."""


def read_clues(message: Message, own_addresses: AbstractSet[str]) -> Clues:
    """Return what the rules look at in a message."""
    headers: dict[str, tuple[str, ...]] = {}
    for name, value in message.machine_headers:
        key = name.lower()
        headers[key] = (*headers.get(key, ()), value)
    named = bool(CaseNumber.find_all(f"{message.subject}\n{message.text}"))
    return Clues(
        headers=headers,
        message_id=message.message_id,
        sender=message.sender.addr.lower(),
        sender_name=message.sender.name,
        subject=compose(message.subject).strip(),
        text=fold(message.text),
        has_documents=bool(message.cloud_links) or any(_is_document(a) for a in message.attachments),
        answers_us=named or any(_OWN_ID.match(i) for i in (*message.in_reply_to, *message.references)),
        report=message.report,
        own_addresses=own_addresses,
    )


def _is_document(attachment: Attachment) -> bool:
    # What came out of a returned letter is as little a document of the sender's as the letter itself.
    is_seen = attachment.container is None and (not attachment.is_inline or attachment.size_bytes >= _INLINE_BYTES)
    return is_seen and not attachment.media_type.startswith(_NO_DOCUMENTS)


def has_header(name: str, pattern: str = "") -> Sign:
    """Return the sign "header ``name`` stands there and matches ``pattern``" (anchored at its beginning)."""
    compiled = re.compile(pattern, re.IGNORECASE)

    def sign(clues: Clues) -> str:
        values = (value.strip() for value in clues.headers.get(name, ()))
        return next((f"{name}: {value}" for value in values if compiled.match(value)), "")

    return sign


def has_header_starting(prefix: str, pattern: str = "") -> Sign:
    """Return the sign "a header whose name starts so stands there and matches ``pattern``" (as ``has_header``)."""
    compiled = re.compile(pattern, re.IGNORECASE)

    def sign(clues: Clues) -> str:
        found = ((n, value.strip()) for n, v in clues.headers.items() if n.startswith(prefix) for value in v)
        return next((f"{name}: {value}" for name, value in found if compiled.match(value)), "")

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
        return f"主题“{found.group()}”" if found else ""

    return sign


def has_text(pattern: str) -> Sign:
    """Return the sign "the new text says so, or says nothing at all"; the pattern is of folded words."""
    compiled = re.compile(pattern)

    def sign(clues: Clues) -> str:
        found = compiled.search(clues.text)
        return found.group() if found else "" if clues.text else "正文为空"

    return sign


def has_report(action: str) -> Sign:
    """Return the sign "the reader found a report of this action in it"."""

    def sign(clues: Clues) -> str:
        report = clues.report
        if report is None or report.action != action:
            return ""
        return " ".join(word for word in (report.status, report.recipient, report.diagnostic[:80]) if word) or action

    return sign


def both(first: Sign, second: Sign) -> Sign:
    """Return the sign that holds when both do."""

    def sign(clues: Clues) -> str:
        return (first(clues) and second(clues) and first(clues)) or ""

    return sign


def either(*signs: Sign) -> Sign:
    """Return the sign that holds when any of these does."""

    def sign(clues: Clues) -> str:
        return next((what for s in signs if (what := s(clues))), "")

    return sign


def lacks(wanted: Sign, doubt: str) -> Sign:
    """Return the doubt that holds while a second sign is absent."""

    def sign(clues: Clues) -> str:
        return "" if wanted(clues) else doubt

    return sign


def is_from_us(clues: Clues) -> str:
    """The sender is one of our own mailboxes."""
    return clues.sender if clues.sender in clues.own_addresses else ""


def is_our_letter(clues: Clues) -> str:
    """It has the Message-ID of a letter that we wrote."""
    return clues.message_id if _OWN_ID.match(clues.message_id) else ""


def brings_documents(clues: Clues) -> str:
    """Files came along that are neither a signature nor a returned letter."""
    return "来信带有附件" if clues.has_documents else ""


def brings_none(clues: Clues) -> str:
    """No files came along."""
    return "" if clues.has_documents else "没有附件"


def answers_us(clues: Clues) -> str:
    """It replies to a letter of ours or names a case."""
    return "来信回复了我方的信或写有办件号" if clues.answers_us else ""


def asks_for_something(clues: Clues) -> str:
    """It asks or applies in words of its own."""
    found = REQUESTING.search(clues.text) or _ASKING.search(clues.text)
    return f"正文写有“{found.group()}”" if found else ""


def speaks_as_person(clues: Clues) -> str:
    """It says "I" or asks."""
    found = _FIRST_PERSON.search(clues.text)
    return f"正文写有“{found.group()}”" if found else ""
