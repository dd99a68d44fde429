"""A reply as the bytes that leave the house: built by hand, so that one reply is always the same bytes.

Headers follow RFC 5322; RFC 2047 for Chinese; RFC 3834 so that no machine answers us. Everything in a
header that a citizen had a hand in (subject, Message-IDs, address) is stripped of line ends first.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

from domain.cases import Reply
from domain.errors import ReplyError
from domain.mail import Message

CHINA_TIME = timezone(timedelta(hours=8))
MOST_REFERENCES = 20
"""RFC 5322 sets no limit; a thread of years must not grow a header that servers refuse. First and last are kept."""

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,500}>")  # RFC 5322 wants an "@" inside, some senders do not
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_WORD_BYTES = 45
"""UTF-8 bytes in one encoded-word: 60 characters of base64 and 12 of frame stay below RFC 2047's 75.

An agency's name of 15 characters fits into one: some readers show a gap between two (Python's own does).
"""


def is_address(text: str) -> bool:
    """Whether a text is one plain address (RFC 5321 4.1.2, dot-atoms): what we write to, and nothing cleverer."""
    return _ADDRESS.fullmatch(text) is not None


def message_id_for(identity: str, mailbox: str) -> str:
    """Return the Message-ID of our answer to a message: a function of the message answered, never random.

    A sending repeated after a crash or a lost connection carries the same one, so that a mail
    program shows it once.
    """
    digest = hashlib.sha256(f"{mailbox.lower()}\n{identity}".encode()).hexdigest()[:32]
    return f"<youban.{digest}@{mailbox.rpartition('@')[2].lower()}>"


def references_for(message: Message) -> tuple[str, ...]:
    """Return the References of an answer: the parent's, or its In-Reply-To, then the parent itself (RFC 5322 3.6.4)."""
    parents = message.references or (message.in_reply_to if len(message.in_reply_to) == 1 else ())
    return cap_references((*parents, message.message_id))


def cap_references(ids: Iterable[str]) -> tuple[str, ...]:
    """Return the well-formed Message-IDs, each once, at most MOST_REFERENCES: the first and the latest."""
    found = tuple(dict.fromkeys(i for i in ids if _MESSAGE_ID.fullmatch(i)))
    if len(found) <= MOST_REFERENCES:
        return found
    return (found[0], *found[1 - MOST_REFERENCES :])


def build_message(reply: Reply, *, sender_name: str, written_at: datetime | None = None) -> bytes:
    """Return a reply as bytes ready for DATA: CRLF, 7 bit, lines far below 998.

    ``written_at`` (aware) is the Date header; by default the time at which the reply was written.

    Raises: ReplyError when an address is not one that a header can carry.
    """
    for address in (reply.mailbox, reply.recipient):
        if not is_address(address):
            raise ReplyError(f"not an address that a letter can go to: {address!r}")
    boundary = "=_youban_" + hashlib.sha256(reply.message_id.encode()).hexdigest()[:32]
    name = _encode_words(sender_name, used=0)
    headers = [
        f"From: {name}\r\n <{reply.mailbox}>" if name else f"From: <{reply.mailbox}>",
        f"To: <{reply.recipient}>",
        f"Subject: {_encode_words(reply.letter.subject, used=9)}",
        f"Date: {format_datetime((written_at or reply.written_at).astimezone(CHINA_TIME))}",
        f"Message-ID: {_own_id(reply.message_id)}",
    ]
    if _MESSAGE_ID.fullmatch(reply.in_reply_to):
        headers.append(f"In-Reply-To: {reply.in_reply_to}")
    if references := cap_references(reply.references):
        headers.append("References: " + "\r\n ".join(references))
    headers += [
        "Auto-Submitted: auto-replied",  # RFC 3834 5: tells other machines not to answer
        "X-Auto-Response-Suppress: All",  # Exchange reads this one instead
    ]
    if case := _CONTROLS.sub("", reply.case):
        headers.append(f"X-Youban-Case: {case}")
    headers += [
        "MIME-Version: 1.0",
        "Content-Language: zh-CN",
        f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"',
    ]
    lines = [*headers, "", f"--{boundary}", *_part("plain", reply.letter.text)]
    lines += [f"--{boundary}", *_part("html", reply.letter.html), f"--{boundary}--", ""]
    return "\r\n".join(lines).encode("ascii")


def _own_id(message_id: str) -> str:
    if not _MESSAGE_ID.fullmatch(message_id):
        raise ReplyError(f"not a Message-ID: {message_id!r}")
    return message_id


def _part(subtype: str, text: str) -> list[str]:
    content = text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8", "replace")
    encoded = base64.encodebytes(content).decode("ascii").splitlines()
    return [f"Content-Type: text/{subtype}; charset=utf-8", "Content-Transfer-Encoding: base64", "", *encoded]


def _encode_words(text: str, *, used: int) -> str:
    """Return a header value as encoded-words (RFC 2047), folded, never splitting a character.

    ``used`` is what must stay free on the first line. Plain ASCII of one line stays as it is.
    """
    text = " ".join(_CONTROLS.sub(" ", text).split())
    if text.isascii() and "=?" not in text and len(text) + used <= 76 and not set(text) & set('()<>@,;:\\".'):
        return text
    words, chunk, room = [], b"", _WORD_BYTES - used
    for char in text:
        encoded = char.encode("utf-8", "replace")
        if len(chunk) + len(encoded) > room:
            words.append(chunk)
            chunk, room = b"", _WORD_BYTES
        chunk += encoded
    words.append(chunk)
    return "\r\n ".join(f"=?utf-8?B?{base64.b64encode(w).decode('ascii')}?=" for w in words)
