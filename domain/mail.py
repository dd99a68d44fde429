"""A message on its way in: its key at the server, its raw bytes, and what was read from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class MessageKey:
    """Where a message stands at the server (RFC 3501 2.3.1.1): no two messages ever share one."""

    mailbox: str
    folder: str
    uidvalidity: int
    uid: int

    def __str__(self) -> str:
        return f"{self.mailbox}:{self.folder}:{self.uidvalidity}:{self.uid}"


@dataclass(frozen=True, slots=True)
class RawMessage:
    """A message as fetched: the bytes are in the store under ``sha256`` (hex)."""

    key: MessageKey
    sha256: str
    size_bytes: int
    received_at: datetime
    """INTERNALDATE (RFC 3501 2.3.3), aware."""
    is_seen: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """A name and an address (RFC 5322 3.4); ``addr`` is lower-case, '' when the header had none."""

    addr: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.name} <{self.addr}>" if self.name else self.addr


class Unopened(StrEnum):
    """Why nothing could look into a file: the citizen is told, and how to send it instead."""

    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported"
    DAMAGED = "damaged"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    HOSTILE = "hostile"
    """It broke the limits of the sandbox: memory, time, or a forbidden call."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message: every non-text leaf, named or not, and what archives held.

    ``media_type`` is told by the first bytes, not by the name; ``text`` is what a text layer says
    (text PDF, office document, plain text), '' for pictures. ``container`` is the index of the archive, document or
    enclosed mail that it came out of. ``unopened`` says why nothing could look into it.
    """

    index: int
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    is_inline: bool = False
    text: str = ""
    container: int | None = None
    unopened: Unopened | None = None


class SenderProof(StrEnum):
    """Whether the provider vouches for the From address (RFC 8601): what may be released depends on it."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a bounce or a delay warning says (RFC 3464, and the forms without a report part).

    ``action`` is "failed" or "delayed"; ``status`` an enhanced code such as "5.1.1" ('' when unsaid);
    ``original_message_id`` names the letter of ours that it is about, '' when the report does not say.
    """

    action: str
    status: str = ""
    recipient: str = ""
    diagnostic: str = ""
    original_message_id: str = ""


@dataclass(frozen=True, slots=True)
class CloudLink:
    """An oversized attachment left at the provider (超大附件): never fetched, shown to a clerk."""

    name: str
    size: str
    expires: str
    url: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message as read.

    ``text`` is what the sender wrote now, ``quoted`` the history below it. ``identity`` is a digest
    over sender, Message-ID, date, subject and body: the same mail copied into two mailboxes has
    one identity. ``machine_headers`` are the raw headers that tell machine mail (RFC 3834), names
    lower-case, in order. ``defects`` say in words what was broken. ``report`` is what a bounce reports.
    """

    identity: str
    message_id: str
    subject: str
    sender: Address
    reply_to: Address | None
    recipients: tuple[Address, ...]
    date: datetime | None
    text: str
    quoted: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    machine_headers: tuple[tuple[str, str], ...] = ()
    cloud_links: tuple[CloudLink, ...] = ()
    defects: tuple[str, ...] = ()
    report: DeliveryReport | None = None
    proof: SenderProof = SenderProof.UNVERIFIED

    @property
    def answer_to(self) -> Address:
        """Where an answer goes: Reply-To only within the sender's own domain, else From.

        A Reply-To elsewhere could make us write to a stranger.
        """
        answer = self.reply_to
        if answer is not None and answer.addr and _domain(answer.addr) == _domain(self.sender.addr):
            return answer
        return self.sender


def _domain(addr: str) -> str:
    return addr.rpartition("@")[2].lower()
