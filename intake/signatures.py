"""DKIM signatures (RFC 6376) checked by ourselves, where the provider says nothing of the sender.

dkimpy does the checking; what it leaves open to a hostile mail is closed before it sees one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from domain.mail import Address, SenderProof
from intake.alignment import is_aligned
from intake.mime import parse_header_block
from intake.proof import domain_of, is_plain

MAX_SIGNATURES = 3
MAX_SIGNATURE_BYTES = 4_096
MAX_SIGNED_NAMES = 100

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LONG_BLANK = re.compile(rb"\s{80}")  # dkimpy's expressions take the square of it
_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){2,30}")
# RFC 5322 3.6: of two, one is signed and the other read (RFC 6376 8.15).
_SINGLE = frozenset(
    {
        *("from", "sender", "reply-to", "to", "subject", "date", "message-id", "in-reply-to", "references"),
        *("mime-version", "content-type", "content-transfer-encoding"),
    }
)

_silent = logging.getLogger(f"{__name__}.dkimpy")
_silent.disabled = True  # what it would log quotes the mail


def verify_dkim(raw: bytes, sender: Address, *, find_txt: Callable[[str], bytes | None]) -> SenderProof:
    """Return VERIFIED when a valid DKIM signature of the From domain is on a message, else UNVERIFIED.

    ``find_txt`` returns the TXT record of a name, None when there is none; only keys of the From domain's owner are
    asked for. A signature over a part of the body (``l=``), with SHA-1 (RFC 8301), under a key that is only being
    tested (``t=y``), or that leaves out a Reply-To, proves nothing. A broken one is no forgery: mailing lists break
    them.

    Raises: ImportError when the extra ``dkim`` is not installed; MessageError when there are too many headers.
    """
    import dkim  # type: ignore[import-untyped]

    def ask(name: bytes | str, timeout: int = 5) -> bytes | None:  # noqa: ARG001 - dkimpy's own call
        text = (name.decode("latin-1") if isinstance(name, bytes) else name).rstrip(".").lower()
        record = find_txt(text) if _NAME.fullmatch(text) and len(text) <= 253 else None
        return record if record and _is_key_for_mail(record) else None

    headers = parse_header_block(raw)
    names = [name for name, _ in headers]
    if "dkim-signature" not in names or not is_plain(headers, sender) or any(names.count(n) > 1 for n in _SINGLE):
        return SenderProof.UNVERIFIED
    head, body = _partition(raw)
    try:
        message = dkim.DKIM(head + b"\r\n\r\n", logger=_silent)
        if [bytes(name).decode("ascii").lower() for name, _ in message.headers] != names:
            return SenderProof.UNVERIFIED  # it sees other headers than our reader
    except (dkim.DKIMException, ValueError, LookupError):
        return SenderProof.UNVERIFIED
    candidates = _find_candidates(message.headers, domain_of(sender.addr), has_reply_to="reply-to" in names)
    for index, is_relaxed in candidates:
        message.body = _relax(body) if is_relaxed else body
        if _is_valid(message, index, ask):
            return SenderProof.VERIFIED
    return SenderProof.UNVERIFIED


def _partition(raw: bytes) -> tuple[bytes, bytes]:
    """Return headers and body, the body with CRLF at every line's end: dkimpy would hold each line for itself."""
    end = _HEAD_END.search(raw)
    if end is None:
        return raw.rstrip(b"\r\n"), b""
    body = raw[end.end() :]
    if body.count(b"\n") != body.count(b"\r\n"):
        body = re.sub(rb"\r?\n", b"\r\n", body)
    return raw[: end.start()], body


def _relax(body: bytes) -> bytes:
    """Return a body with its blanks as "relaxed" wants them (RFC 6376 3.4.4): in one pass, as dkimpy's own is not."""
    return re.sub(rb"[ \t]+", b" ", body).replace(b" \r\n", b"\r\n")


def _find_candidates(
    headers: Iterable[tuple[bytes, bytes]], domain: str, *, has_reply_to: bool
) -> Iterator[tuple[int, bool]]:
    """Yield the number of each signature that could prove a domain, the topmost is 0, and whether its body is relaxed.

    Nothing is asked and nothing computed for any other.
    """
    values = (value for name, value in headers if name.lower() == b"dkim-signature")
    found = 0
    for index, value in enumerate(values):
        if len(value) > MAX_SIGNATURE_BYTES or _LONG_BLANK.search(value):
            continue
        pairs = (part.partition(b"=") for part in value.split(b";"))
        tags = {name.strip(): text.strip() for name, _, text in pairs}
        signed = [name.strip().lower() for name in tags.get(b"h", b"").split(b":")]
        wanted = {b"from", b"reply-to"} if has_reply_to else {b"from"}
        if (
            tags.get(b"a") == b"rsa-sha256"
            and b"l" not in tags
            and wanted.issubset(signed)
            and len(signed) <= MAX_SIGNED_NAMES
            and is_aligned(tags.get(b"d", b"").decode("ascii", "replace"), domain)
        ):
            yield index, tags.get(b"c", b"").endswith(b"/relaxed")
            found += 1
            if found == MAX_SIGNATURES:
                return


def _is_valid(message: Any, index: int, ask: Callable[..., bytes | None]) -> bool:
    import dkim

    try:
        return bool(message.verify(index, dnsfunc=ask))
    except (dkim.DKIMException, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError):
        return False


def _is_key_for_mail(record: bytes) -> bool:
    """Return whether a key record (RFC 6376 3.6.1) speaks of mail, and is not only being tested."""
    pairs = (part.partition(b"=") for part in record.split(b";"))
    tags = {name.strip(): {word.strip() for word in text.split(b":")} for name, _, text in pairs}
    return b"y" not in tags.get(b"t", ()) and not tags.get(b"s", {b"*"}).isdisjoint({b"*", b"email"})
