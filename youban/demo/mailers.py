"""Makes bytes of a mail as one of the programmes of ``shapes.py`` would; and the machine mails that nobody writes."""

from __future__ import annotations

import base64
import hashlib
import html
import quopri
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import PurePath
from urllib.parse import quote

from youban.demo.shapes import REPLY_HEADERS, SHAPES, Shape


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wrote, before a mail programme makes bytes of it.

    ``shape`` names the programme; ``files`` are name and content; ``references`` ends with the
    Message-ID that is answered, ``quoted`` is that letter's text; ``cloud_link`` is name and size of
    an oversized attachment left at the provider (超大附件).
    """

    name: str
    shape: str
    sender: str
    sender_name: str
    mailbox: str
    subject: str
    text: str
    written_at: datetime
    files: tuple[tuple[str, bytes], ...] = ()
    references: tuple[str, ...] = ()
    quoted: str = ""
    cloud_link: tuple[str, str] | None = None

    @property
    def token(self) -> str:
        """Thirty-two hex digits that belong to this mail alone: ids and boundaries are made of them."""
        return hashlib.sha256(f"{self.name} {self.written_at.isoformat()}".encode()).hexdigest()[:32].upper()


def compose(draft: Draft) -> bytes:
    """Return the bytes of a mail (RFC 5322, CRLF). Raises: KeyError for an unknown shape."""
    if draft.shape in _SPECIAL:
        return _SPECIAL[draft.shape](draft)
    shape = SHAPES[draft.shape]
    parts = [_write_body(draft, shape), *(_attach(name, content, shape) for name, content in draft.files)]
    boundary = _boundary(draft, shape, 1)
    kind = "multipart/mixed" if draft.files or shape.has_html else "multipart/alternative"
    head = _write_headers(draft, shape, f"{kind}", boundary)
    return head + b"\r\n" + _join(parts, boundary)


def _write_headers(draft: Draft, shape: Shape, multipart: str, boundary: str) -> bytes:
    values = _values(draft) | {
        "from_name": _word(draft.sender_name, shape),
        "to_name": _word(draft.mailbox.partition("@")[0], shape),
        "subject": _word(draft.subject, shape),
        "multipart": multipart,
        "boundary": boundary,
    }
    lines = [line for line in shape.headers if draft.references or line not in REPLY_HEADERS]
    return b"".join(line.format_map(values).encode(shape.codec) + b"\r\n" for line in lines)


def _values(draft: Draft) -> dict[str, str]:
    local, _, domain = draft.sender.partition("@")
    return {
        "sender": draft.sender,
        "local": local,
        "domain": domain,
        "mailbox": draft.mailbox,
        "date": format_datetime(draft.written_at),
        "stamp": f"{draft.written_at:%Y%m%d%H%M%S}",
        "token": draft.token,
        "short": draft.token[:8],
        "answered": draft.references[-1] if draft.references else "",
        "references": "\r\n\t".join(draft.references),
    }


def _boundary(draft: Draft, shape: Shape, depth: int) -> str:
    return shape.boundary.format(short=draft.token[:8], token=draft.token, depth=depth)


def _join(parts: list[bytes], boundary: str) -> bytes:
    mark = b"--" + boundary.encode()
    return b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"


def _word(text: str, shape: Shape) -> str:
    """Return a header's words, encoded as the programme does (RFC 2047: at most 75 characters each)."""
    if text.isascii() or shape.words == "raw":
        return text
    pieces = [text[start : start + 9] for start in range(0, len(text), 9)]
    words = []
    for piece in pieces:
        data = piece.encode(shape.codec)
        if shape.words == "Q":
            coded = "".join(chr(byte) if chr(byte).isalnum() and byte < 128 else f"={byte:02X}" for byte in data)
        else:
            coded = base64.b64encode(data).decode()
        words.append(f"=?{shape.label}?{shape.words}?{coded}?=")
    return "\r\n ".join(words)


def _write_body(draft: Draft, shape: Shape) -> bytes:
    text = draft.text.strip() + "\n"
    if draft.quoted:
        history = "\n".join(shape.quote_mark + line for line in draft.quoted.splitlines())
        text += "\n\n" + shape.quote_head.format_map(_values(draft)) + history + "\n"
    if not shape.has_html:
        return _text_part("plain", text, shape)
    page = f"<div>{html.escape(text, quote=False)}</div>".replace("\n", "<br>\n")
    if draft.cloud_link is not None:
        page += _cloud_link(*draft.cloud_link)
        text += "\n从QQ邮箱发来的超大附件\n{} ({})\n".format(*draft.cloud_link)
    boundary = _boundary(draft, shape, 2)
    head = f'Content-Type: multipart/alternative;\r\n\tboundary="{boundary}"\r\n\r\n'.encode()
    return head + _join([_text_part("plain", text, shape), _text_part("html", page, shape)], boundary)


def _cloud_link(name: str, size: str) -> str:
    """Return QQ Mail's block for an oversized attachment, as its pages write it."""
    return (
        '<div id="QQMailBigAttach"><div>从QQ邮箱发来的超大附件</div>'
        '<span class="qqmailbgattach" expiretime="1583424000" downloadlink="https://mail.example/ftn/k-0000">'
        f"{name}</span> ({size}, 2020年03月06日 00:00 到期)</div>"
    )


def _text_part(kind: str, text: str, shape: Shape) -> bytes:
    data = text.replace("\n", "\r\n").encode(shape.codec)
    charset = f'; charset="{shape.label}"' if shape.label else ""
    head = f"Content-Type: text/{kind}{charset}\r\nContent-Transfer-Encoding: {shape.transfer}\r\n\r\n".encode()
    match shape.transfer:
        case "base64":
            return head + _wrap_base64(data)
        case "quoted-printable":
            return head + quopri.encodestring(data)
        case _:
            return head + data


def _attach(name: str, content: bytes, shape: Shape) -> bytes:
    suffix = PurePath(name).suffix.lower()
    media = {".jpg": "image/jpeg", ".pdf": "application/pdf"}.get(suffix, "application/octet-stream")
    if not shape.names_media:
        media = f'application/octet-stream;\r\n\tcharset="{shape.label}"'
    match shape.file_names:
        case "2231":
            coded = quote(name, safe="")
            named = f"filename*={shape.label}''{coded}"
            typed = f"name={suffix.removeprefix('.')}"
        case "raw":
            named, typed = f'filename="{name}"', f'name="{name}"'
        case _:
            word = _word(name, shape)
            named, typed = f'filename="{word}"', f'name="{word}"'
    head = (
        f"Content-Type: {media};\r\n\t{typed}\r\n"
        f"Content-Disposition: {shape.disposition};\r\n\t{named}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode(shape.codec) + _wrap_base64(content)


def _wrap_base64(data: bytes) -> bytes:
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


def _compose_bounce(draft: Draft) -> bytes:
    """A bounce (RFC 3464) that brings one of our own letters back."""
    shape = SHAPES["mailmaster"]
    values = _values(draft)
    boundary = _boundary(draft, shape, 1)
    report = (
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.{domain}\r\n\r\n"
        "Final-Recipient: rfc822; {sender}\r\nAction: failed\r\nStatus: 5.2.2\r\n"
        "Diagnostic-Code: smtp; 552 5.2.2 mailbox full\r\n"
    ).format_map(values)
    original = (
        "Content-Type: message/rfc822\r\n\r\nFrom: <{mailbox}>\r\nTo: <{sender}>\r\n"
        f"Subject: {_word('材料补正通知', shape)}\r\nDate: {{date}}\r\n"
        "Message-ID: <{token:.10}@mailbox.example>\r\n\r\n(original message)\r\n"
    ).format_map(values)
    head = (
        "Return-Path: <>\r\nFrom: Mail Delivery System <MAILER-DAEMON@{domain}>\r\nTo: {mailbox}\r\n"
        f"Subject: {_word(draft.subject, shape)}\r\nDate: {{date}}\r\nMessage-ID: <{{token:.16}}@mail.{{domain}}>\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary="{boundary}"\r\n\r\n'
    ).format_map(values)
    parts = [_text_part("plain", draft.text, shape), report.encode(), original.encode()]
    return head.encode() + _join(parts, boundary)


def _compose_auto_reply(draft: Draft) -> bytes:
    """An out-of-office answer (RFC 3834) as Chinese providers send it."""
    shape = SHAPES["163"]
    head = (
        f"From: {_word(draft.sender_name, shape)} <{{sender}}>\r\nTo: {{mailbox}}\r\n"
        f"Subject: {_word(draft.subject, shape)}\r\nDate: {{date}}\r\nMessage-ID: <{{token:.16}}@{{domain}}>\r\n"
        "Auto-Submitted: auto-replied\r\nX-Autoreply: yes\r\nPrecedence: auto_reply\r\nMIME-Version: 1.0\r\n"
    ).format_map(_values(draft))
    return head.encode() + _text_part("plain", draft.text, shape)


def _compose_broken(draft: Draft) -> bytes:
    """A mail cut off on its way: a boundary that never comes, base64 that is none, a nested part without an end."""
    head = (
        "From: <{sender}>\r\nTo: {mailbox}\r\nSubject: =?gb18030?B?uL28/\r\nDate: {date}\r\n"
        "Message-ID: <{token:.16}@{domain}>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="outer"\r\n\r\n--outer\r\n'
        'Content-Type: multipart/alternative; boundary="inner"\r\n\r\n--inner\r\n'
        'Content-Type: text/plain; charset="no-such-charset"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        "/////w=\r\n--inn"
    )
    return head.format_map(_values(draft)).encode()


_SPECIAL: Mapping[str, Callable[[Draft], bytes]] = {
    "bounce": _compose_bounce,
    "auto-reply": _compose_auto_reply,
    "broken": _compose_broken,
}
