"""What an IMAP server's answers say, as values; pure, and without imapclient."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.mail import MessageKey

# RFC 5530 3: what a refusal says when time alone may mend it.
_PASSING = ("[UNAVAILABLE", "[INUSE", "[LIMIT", "[SERVERBUG")
_UID = re.compile(rb"[ (]UID (\d+)", re.IGNORECASE)
_SIZE = re.compile(rb"[ (]RFC822\.SIZE (\d+)", re.IGNORECASE)
_FLAGS = re.compile(rb"[ (]FLAGS \(([^)]*)\)", re.IGNORECASE)
_DATE = re.compile(
    rb'[ (]INTERNALDATE "([ \d]\d)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([-+])(\d\d)(\d\d)"', re.IGNORECASE
)
_CONTENT = re.compile(rb"BODY\[\] ~?\{\d+\+?\}$", re.IGNORECASE)
_QUOTED_CONTENT = re.compile(rb'BODY\[\] "((?:[^"\\]|\\.)*)"', re.IGNORECASE | re.DOTALL)
_MONTHS = (b"JAN", b"FEB", b"MAR", b"APR", b"MAY", b"JUN", b"JUL", b"AUG", b"SEP", b"OCT", b"NOV", b"DEC")
_NUMBERS = re.compile(rb"(UIDNEXT|UIDVALIDITY|MESSAGES) (\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FolderState:
    """What a folder said of itself; ``uidnext`` is None where the server does not tell."""

    uidvalidity: int
    uidnext: int | None
    exists: int

    @property
    def mark(self) -> tuple[int, int]:
        """A value that changes when a message arrives."""
        return self.uidvalidity, self.exists if self.uidnext is None else self.uidnext


@dataclass(frozen=True, slots=True)
class Listed:
    """A message as listed, without its content. ``received_at`` is its INTERNALDATE, aware."""

    uid: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """One FETCH answer (RFC 3501 7.4.2): whatever of it came, in whatever order; ``data`` is the content."""

    uid: int
    size_bytes: int | None = None
    received_at: datetime | None = None
    is_seen: bool = False
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A message with its raw bytes, just as the server has them."""

    key: MessageKey
    data: bytes
    received_at: datetime
    is_seen: bool


def read_state(untagged: Mapping[str, Sequence[Any]]) -> FolderState:
    """Return a folder's state from the answers to SELECT or STATUS. Raises: ValueError without a UIDVALIDITY."""
    numbers: dict[bytes, int] = {}
    if "STATUS" in untagged:
        found = _NUMBERS.findall(_last_line(untagged["STATUS"]))
        numbers = {name.upper(): int(value) for name, value in found}
    else:
        for name, label in (("UIDVALIDITY", b"UIDVALIDITY"), ("UIDNEXT", b"UIDNEXT"), ("EXISTS", b"MESSAGES")):
            if name in untagged:
                numbers[label] = int(_last_line(untagged[name]))
    if b"UIDVALIDITY" not in numbers:
        raise ValueError("the server names no UIDVALIDITY, without which nothing can be remembered")
    return FolderState(numbers[b"UIDVALIDITY"], numbers.get(b"UIDNEXT"), numbers.get(b"MESSAGES", 0))


def tells_change(untagged: Mapping[str, Sequence[Any]], *, exists: int) -> bool:
    """Whether untagged answers tell of another number of messages than ``exists``, or that one went.

    Servers repeat the number unasked, so the number alone is no news (RFC 3501 7.3.1). Raises: ValueError.
    """
    return "EXPUNGE" in untagged or ("EXISTS" in untagged and int(_last_line(untagged["EXISTS"])) != exists)


def read_rows(answers: Iterable[Any]) -> dict[int, Row]:
    """Return imaplib's FETCH answers by UID; one without a UID is news about a flag that nobody asked for.

    A later answer about the same message adds to the earlier one.
    """
    rows: dict[int, Row] = {}
    for parts in split_answers(answers):
        head, data = _take_content(parts)
        found = _UID.search(head)
        if found is None:
            continue
        uid = int(found[1])
        old = rows.get(uid, Row(uid))
        size = _SIZE.search(head)
        flags = _FLAGS.search(head)
        rows[uid] = Row(
            uid,
            int(size[1]) if size else old.size_bytes,
            read_date(head) or old.received_at,
            rb"\SEEN" in flags[1].upper().split() if flags else old.is_seen,
            old.data if data is None else data,
        )
    return rows


def read_date(line: bytes) -> datetime | None:
    """Return a line's INTERNALDATE in UTC, None when it gives none or nonsense."""
    found = _DATE.search(line)
    if found is None:
        return None
    day, month, year, hour, minute, second, sign, zone_h, zone_m = found.groups()
    try:
        zone = timedelta(hours=int(zone_h), minutes=int(zone_m))
        local = datetime(
            int(year), _MONTHS.index(month.upper()) + 1, int(day), int(hour), int(minute), int(second), tzinfo=UTC
        )
        return local + zone if sign == b"-" else local - zone
    except (ValueError, OverflowError):
        return None


def is_passing(said: str) -> bool:
    """Whether a refusal tells by its code that the server may think better of it."""
    return any(code in said.upper() for code in _PASSING)


def split_answers(data: Iterable[Any]) -> Iterator[list[Any]]:
    """Split imaplib's flat list into single answers: some (head, literal) pairs, then one line that ends it."""
    parts: list[Any] = []
    for item in data:
        parts.append(item)
        if isinstance(item, bytes):
            yield parts
            parts = []


def join_uids(uids: Sequence[int]) -> str:
    """Return a UID set with runs written as ranges: 1,2,3,7 is ``1:3,7``."""
    runs: list[list[int]] = []
    for uid in sorted(uids):
        if runs and uid == runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(f"{first}:{last}" if first != last else str(first) for first, last in runs)


def _take_content(parts: Sequence[Any]) -> tuple[bytes, bytes | None]:
    """Split an answer into its line without the content, and the content (a literal or, if tiny, quoted)."""
    head = b""
    data: bytes | None = None
    for part in parts:
        line, literal = part if isinstance(part, tuple) else (part, None)
        if literal is not None and _CONTENT.search(line):
            data = literal
        elif quoted := _QUOTED_CONTENT.search(line):
            # Taken out before anything else is looked for: it is the sender's text, and might say "UID 7".
            data = re.sub(rb"\\(.)", rb"\1", quoted[1], flags=re.DOTALL)
            line = line[: quoted.start()] + line[quoted.end() :]
        head += line
    return head, data


def _last_line(items: Sequence[Any]) -> bytes:
    return items[-1] if isinstance(items[-1], bytes) else b""
