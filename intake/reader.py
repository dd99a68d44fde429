"""From the bytes of a mail to what it says and what came with it; raw bytes stop here.

Read with an own splitter instead of mail-parser or the standard library: both walk a mail line by
line (14 and 17 ms for 600 KB of photographs; this reader 4), and lose text and payloads on the way.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from domain.errors import MessageError
from domain.mail import Address, Attachment, CloudLink, Message
from intake.addresses import parse_addresses
from intake.charsets import decode_text
from intake.filetypes import SUFFIXES, tell_media_type
from intake.headers import clean_file_name, decode_header, parse_date, parse_message_ids
from intake.htmltext import find_cloud_links, html_to_text
from intake.mime import Part, decode_payload, parse_parts
from intake.quoting import split_quoted
from intake.textlayer import read_pdf_text, read_plain_text, tidy_text

MAX_BODY_CHARS = 200_000

MACHINE_HEADERS = frozenset(
    {
        "return-path",
        "auto-submitted",
        "precedence",
        "x-failed-recipients",
        "content-type",
        "feedback-id",
        "x-campaign",
        "x-mail-autoreply",
        "x-mailer-daemon",
        "x-ms-exchange-generated-message-source",
        "x-ms-exchange-inbox-rules-loop",
    }
)
"""The raw headers that tell machine mail (RFC 3834, RFC 3464), besides those of ``MACHINE_PREFIXES``."""

MACHINE_PREFIXES = ("x-youban", "x-auto", "x-loop", "list-")
"""Our own mark, the many spellings of auto-reply headers, and those of mailing lists (RFC 2919, RFC 2369)."""

_TEXT_TYPES = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext"})
_STUB_CHARS = 40
_PICTURE_MAGIC = ("image/", "application/pdf", "application/zip", "application/vnd.rar", "application/x-ole-storage")


@dataclass(frozen=True, slots=True)
class ReadMail:
    """A message and the bytes of its attachments, by their index."""

    message: Message
    payloads: Mapping[int, bytes]


@dataclass(slots=True)
class _Reading:
    """What is collected while the parts are walked."""

    reads_pdf_text: bool
    defects: list[str]
    attachments: list[Attachment] = field(default_factory=list)
    payloads: dict[int, bytes] = field(default_factory=dict)
    cloud_links: list[CloudLink] = field(default_factory=list)
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)


def read_mail(raw: bytes, *, reads_pdf_text: bool = True) -> ReadMail:
    """Return what a mail says and what came with it, whatever its bytes are.

    ``reads_pdf_text`` False leaves the text of PDF attachments '' (a page costs 5 to 30 ms).
    Raises: MessageError, and nothing else, when the mail is over the limits or cannot be read.
    """
    try:
        return _read_mail(raw, reads_pdf_text=reads_pdf_text)
    except MessageError:
        raise
    except Exception as exc:
        raise MessageError(f"邮件无法解析（{type(exc).__name__}）") from exc


def _read_mail(raw: bytes, *, reads_pdf_text: bool) -> ReadMail:
    if not raw.strip():
        raise MessageError("邮件是空的")
    root, defects = parse_parts(raw)
    reading = _Reading(reads_pdf_text, defects)
    hint = _find_charset(root)
    subject = decode_header(root.header("subject"), hint)
    body = _read_part(root, reading, parent="")
    text, quoted = split_quoted(body[:MAX_BODY_CHARS], subject)
    if len(body) > MAX_BODY_CHARS:
        reading.defects.append(f"正文超过 {MAX_BODY_CHARS} 字，只读取开头")
    sender = _read_sender(root, hint)
    raw_id = root.header("message-id")
    message_id = next(iter(parse_message_ids(raw_id)), "") or decode_header(raw_id)
    _note_headers(root, reading)
    message = Message(
        identity=_tell_identity(root, sender, message_id, subject, reading),
        message_id=message_id,
        subject=subject,
        sender=sender,
        reply_to=next((a for a in parse_addresses(root.header("reply-to"), hint) if a.addr), None),
        recipients=_read_recipients(root, hint),
        date=parse_date(root.header("date")),
        text=text,
        quoted=quoted,
        in_reply_to=parse_message_ids(root.header("in-reply-to")),
        references=parse_message_ids(root.header("references")),
        attachments=tuple(reading.attachments),
        machine_headers=tuple(
            (name, decode_header(value, hint))
            for name, value in root.headers
            if name in MACHINE_HEADERS or name.startswith(MACHINE_PREFIXES)
        ),
        cloud_links=tuple(dict.fromkeys(reading.cloud_links)),
        defects=tuple(dict.fromkeys(reading.defects)),
    )
    return ReadMail(message, MappingProxyType(reading.payloads))


def _find_charset(root: Part) -> str:
    """Return the first charset named in the mail: raw 8-bit headers are mostly in the same one."""
    return next((p.parameters["charset"] for p in root.walk() if p.parameters.get("charset")), "")


def _read_sender(root: Part, hint: str) -> Address:
    for name in ("from", "sender"):
        addresses = parse_addresses(root.header(name), hint)
        if addresses:
            return next((a for a in addresses if a.addr), addresses[0])
    return Address("", decode_header(root.header("from"), hint))


def _read_recipients(root: Part, hint: str) -> tuple[Address, ...]:
    found: dict[str, Address] = {}
    for name, value in root.headers:
        if name in {"to", "cc"}:
            for address in parse_addresses(value, hint):
                if address.addr:
                    found.setdefault(address.addr, address)
    return tuple(found.values())


def _note_headers(root: Part, reading: _Reading) -> None:
    names = [name for name, _ in root.headers]
    once = ("from", "subject", "date", "message-id")
    reading.defects += [f"邮件头 {name} 重复" for name in once if names.count(name) > 1]
    if "from" not in names:
        reading.defects.append("邮件没有发件人")


def _tell_identity(root: Part, sender: Address, message_id: str, subject: str, reading: _Reading) -> str:
    """Return the digest that is equal for copies in several mailboxes and differs when only a Message-ID is copied.

    Of the body, the decoded payloads count: a relay may recode them or change a boundary.
    """
    date = root.header("date").decode("latin-1").strip()
    digest = hashlib.sha256()
    for word in (sender.addr, message_id, date, subject, reading.digest.hexdigest()):
        digest.update(word.encode("utf-8", "replace") + b"\x00")
    return digest.hexdigest()


def _read_part(
    part: Part, reading: _Reading, *, parent: str, is_in_report: bool = False, skips_html: bool = False
) -> str:
    """Return the text that a part contributes to the body; leaves that are no text become attachments."""
    if part.is_multipart:
        return _read_multipart(part, reading, parent=parent, is_in_report=is_in_report)
    payload, defect = decode_payload(part)
    if defect:
        reading.defects.append(defect)
    if not _is_body_text(part, payload):
        digest = hashlib.sha256(payload).hexdigest()
        reading.digest.update(digest.encode())
        if not is_in_report and not _is_empty_shell(part, payload):
            _attach(part, payload, digest, reading)
        return ""
    reading.digest.update(payload)
    if skips_html and part.media_type == "text/html" and b"qqmailb" not in payload:
        return ""
    return _read_text(part, payload, reading, parent=parent)


def _read_multipart(part: Part, reading: _Reading, *, parent: str, is_in_report: bool) -> str:
    charset = part.parameters.get("charset", parent)
    # A bounce returns our own mail: its inner parts are nobody's materials (RFC 3462).
    is_in_report = is_in_report or part.media_type == "multipart/report"
    is_alternative = part.media_type == "multipart/alternative"
    texts: list[str] = []
    for child in part.children:
        # The same words twice: HTML is read only where the plain text may be a stub (half the time of a small mail).
        skips_html = is_alternative and any(len(text) >= _STUB_CHARS for text in texts)
        texts.append(_read_part(child, reading, parent=charset, is_in_report=is_in_report, skips_html=skips_html))
    if is_alternative:
        return _choose_alternative(part, texts)
    return "\n\n".join(text for text in texts if text.strip())


def _choose_alternative(part: Part, texts: list[str]) -> str:
    """Return the plain text, unless it is a stub beside a letter in HTML ("请用支持HTML的程序查看")."""
    filled = [(child, text) for child, text in zip(part.children, texts, strict=True) if text.strip()]
    if not filled:
        return ""
    plain = next((text for child, text in filled if child.media_type == "text/plain"), "")
    longest = max((text for _, text in filled), key=len)
    if not plain:
        return filled[0][1] if len(filled) == 1 else longest
    return longest if len(plain) < _STUB_CHARS and len(longest) > 2 * len(plain) + 20 else plain


def _is_body_text(part: Part, payload: bytes) -> bool:
    if part.media_type not in _TEXT_TYPES or part.disposition.startswith("attachment"):
        return False
    if part.name and not part.disposition.startswith("inline"):
        return False
    if part.name and part.media_type == "text/plain":
        return False
    # A photograph sent as text/plain, as broken programs do.
    return not tell_media_type(payload).startswith(_PICTURE_MAGIC)


def _is_empty_shell(part: Part, payload: bytes) -> bool:
    return not payload and not part.name and not part.disposition


def _read_text(part: Part, payload: bytes, reading: _Reading, *, parent: str) -> str:
    is_html = part.media_type == "text/html"
    text, defect = decode_text(payload, part.parameters.get("charset", ""), parent=parent, is_html=is_html)
    if defect:
        reading.defects.append(defect)
    if is_html or (part.media_type != "text/plain" and "<" in text):
        reading.cloud_links += find_cloud_links(text)
        return tidy_text(html_to_text(text))
    text = tidy_text(text.removeprefix("\ufeff"))
    if part.parameters.get("format", "").lower() == "flowed":
        text = _join_flowed(text, is_deleting=part.parameters.get("delsp", "").lower() == "yes")
    return text.strip("\n")


def _join_flowed(text: str, *, is_deleting: bool) -> str:
    """Return format=flowed text (RFC 3676) with its soft line breaks undone."""
    lines = text.split("\n")
    out: list[str] = []
    is_open = False
    for line in lines:
        body = line.removeprefix(" ") if not line.startswith(">") else line
        if is_open and not body.startswith(">"):
            out[-1] += body
        else:
            out.append(body)
        is_open = body.endswith(" ") and body != "-- " and not body.startswith(">")
        if is_open and is_deleting:
            out[-1] = out[-1][:-1]
    return "\n".join(out)


def _attach(part: Part, payload: bytes, sha256: str, reading: _Reading) -> None:
    index = len(reading.attachments) + 1
    declared = part.media_type
    media_type = declared if declared == "message/rfc822" else tell_media_type(payload, declared, part.name)
    name = part.name
    if not name:
        name = _name_inner_mail(payload) if media_type == "message/rfc822" else ""
        name = name or f"附件{index}.{SUFFIXES.get(media_type, 'bin')}"
    text = ""
    defect = ""
    if media_type == "application/pdf" and reading.reads_pdf_text:
        text, defect = read_pdf_text(payload)
    elif media_type == "text/plain":
        text, defect = read_plain_text(payload, part.parameters.get("charset", ""))
    if defect:
        reading.defects.append(f"{name}：{defect}")
    is_inline = part.disposition.startswith("inline") or (bool(part.header("content-id")) and not part.disposition)
    reading.attachments.append(
        Attachment(
            index=index,
            name=name,
            media_type=media_type,
            size_bytes=len(payload),
            sha256=sha256,
            is_inline=is_inline and media_type.startswith("image/"),
            text=text,
        )
    )
    reading.payloads[index] = payload


_INNER_SUBJECT = re.compile(rb"^subject:[ \t]*((?:[^\r\n]|\r?\n[ \t])*)", re.IGNORECASE | re.MULTILINE)


def _name_inner_mail(payload: bytes) -> str:
    head = re.split(rb"\r?\n\r?\n", payload[:16_384], maxsplit=1)[0]
    match = _INNER_SUBJECT.search(head)
    subject = clean_file_name(decode_header(match[1])) if match else ""
    return f"{subject[:60]}.eml" if subject else ""
