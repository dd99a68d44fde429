"""The files that came with a mail, collected while its parts are walked; what is text in them is read here."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from domain.mail import Attachment, CloudLink
from intake.charsets import decode_text
from intake.filetypes import SUFFIXES, tell_media_type
from intake.headers import clean_file_name, decode_header
from intake.htmltext import html_to_text
from intake.mime import Part
from intake.textlayer import MAX_TEXT_CHARS, read_plain_text, tidy_text

# Two lines of headers at the least.
_SAVED_MAIL = re.compile(rb"(?:[!-9;-~]{1,80}[ \t]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*+){2}")
_CARDS = {"text/vcard": "vcf", "text/x-vcard": "vcf", "text/directory": "vcf"}
READABLE = frozenset({"text/plain", "text/csv", "text/calendar", *_CARDS})
"""What is read as text while the parts are walked, besides web pages."""


@dataclass(slots=True)
class Reading:
    """What is collected while the parts are walked."""

    subject: str
    defects: list[str]
    attachments: list[Attachment] = field(default_factory=list)
    payloads: dict[int, bytes] = field(default_factory=dict)
    cloud_links: list[CloudLink] = field(default_factory=list)
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)


def keep_part(part: Part, payload: bytes, sha256: str, reading: Reading) -> None:
    """Keep a leaf as an attachment."""
    declared = part.media_type
    is_mail = declared == "message/rfc822" or _is_saved_mail(part.name, payload)
    media_type = "message/rfc822" if is_mail else tell_media_type(payload, declared, part.name)
    name = part.name
    if not name:
        name = _name_inner_mail(payload) if media_type == "message/rfc822" else ""
    is_inline = part.disposition.startswith("inline") or (bool(part.header("content-id")) and not part.disposition)
    _keep(payload, name, media_type, sha256, reading, charset=part.parameters.get("charset", ""), is_inline=is_inline)


def _is_saved_mail(name: str, payload: bytes) -> bool:
    """Return whether a file is a mail that somebody saved and attached, whatever the program calls it."""
    return name.lower().endswith(".eml") and _SAVED_MAIL.match(payload) is not None


def keep_found(payload: bytes, name: str, reading: Reading, *, is_inline: bool = False) -> None:
    """Keep a file that stood inside a text."""
    sha256 = hashlib.sha256(payload).hexdigest()
    _keep(payload, name, tell_media_type(payload, "", name), sha256, reading, charset="", is_inline=is_inline)


def _keep(
    payload: bytes, name: str, media_type: str, sha256: str, reading: Reading, *, charset: str, is_inline: bool
) -> None:
    index = len(reading.attachments) + 1
    name = name or f"附件{index}.{SUFFIXES.get(media_type) or _CARDS.get(media_type) or 'bin'}"
    text = ""
    defect = ""
    if media_type in READABLE:
        text, defect = read_plain_text(payload, charset)
    elif media_type == "text/html":
        page, defect = decode_text(payload[: 20 * MAX_TEXT_CHARS], charset, is_html=True)
        text = tidy_text(html_to_text(page))[:MAX_TEXT_CHARS]
    if defect:
        reading.defects.append(f"{name}：{defect}")
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
