"""How a mailbox is reached: its servers, its provider's habits, its pace."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Tls(StrEnum):
    """How a connection is protected."""

    IMPLICIT = "implicit"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server: host, port, protection; ``ca_file`` names a PEM file to trust instead of the system's."""

    host: str
    port: int
    tls: Tls = Tls.IMPLICIT
    ca_file: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider's habits, as data: what it needs and what it forbids.

    ``sends_id``: send IMAP ID (RFC 2971) after login; ``uses_idle``: IDLE may be tried;
    ``pace_s``: least seconds between two letters; ``letters_per_session``: reconnect after so many;
    ``daily_letters``: stop for the day after so many.
    """

    code: str
    sends_id: bool = True
    uses_idle: bool = True
    pace_s: float = 1.0
    letters_per_session: int = 50
    daily_letters: int = 1000


@dataclass(frozen=True, slots=True)
class Account:
    """Everything needed to watch one mailbox and to send from it.

    ``starts_at``: messages received before it are recorded but never answered. ``password`` is
    never shown. ``junk_folder`` and ``sent_folder`` may be '' = found by SPECIAL-USE (RFC 6154).
    """

    mailbox: str
    login: str
    imap: Endpoint
    smtp: Endpoint
    provider: Provider
    starts_at: datetime
    password: str = field(default="", repr=False)
    inbox_folder: str = "INBOX"
    junk_folder: str = ""
    sent_folder: str = ""
    keeps_sent_copy: bool = True
