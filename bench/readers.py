"""Three readers and what each shows of a mail: ours, mail-parser alone, the standard library's usual loop."""

from __future__ import annotations

import base64
import email
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email import policy
from typing import Any

import mailparser

from domain.errors import MessageError
from intake.htmltext import html_to_text
from intake.plausible import common_share
from intake.reader import read_mail

FIELDS = ("subject", "sender", "body", "names")

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Private use, replacement, C1 controls, kana of half width: Chinese letters have none, wrong charsets give many.
_NEVER = re.compile("[\ue000-\uf8ff\ufffd\u0080-\u009f\uff61-\uff9f]")
_KANA = re.compile("[\u3041-\u30ff\uac00-\ud7a3]")


@dataclass(slots=True)
class View:
    """What a reader shows of one mail: words by field, the bytes of its files; ``error`` is what it raised."""

    words: dict[str, str] = field(default_factory=dict)
    payloads: list[bytes] = field(default_factory=list)
    error: str = ""
    texts: set[bytes] = field(default_factory=set)

    def is_text(self, payload: bytes) -> bool:
        """Return whether the reader gave this file as text and kept no bytes."""
        return payload in self.texts


def read_ours(raw: bytes) -> View:
    """Our reader; an enclosed mail, which it keeps as one file, is read by itself."""
    try:
        read = read_mail(raw)
    except MessageError as error:
        return View(error=str(error))
    message = read.message
    bodies = [message.text, message.quoted]
    names = [a.name for a in message.attachments]
    payloads = list(read.payloads.values())
    for attachment in message.attachments:
        if attachment.media_type == "message/rfc822":
            inner = read_ours(read.payloads[attachment.index])
            bodies += [inner.words.get("body", ""), inner.words.get("subject", "")]
            names.append(inner.words.get("names", ""))
            payloads += inner.payloads
        else:
            bodies.append(attachment.text)
    words = (message.subject, message.sender.name, "\n".join(bodies), "\n".join(names))
    return View(dict(zip(FIELDS, words, strict=True)), payloads)


def read_mailparser(raw: bytes) -> View:
    """mail-parser alone: its own properties, HTML only where it shows no plain text."""
    view = View()
    try:
        parsed = mailparser.parse_from_bytes(raw)
        subject: Any = parsed.subject
        view.words["subject"] = subject if isinstance(subject, str) else " ".join(map(str, subject or ()))
        view.words["sender"] = " ".join(str(name) for name, _ in parsed.from_[:1])
        plain = "\n".join(parsed.text_plain)
        view.words["body"] = plain if plain.strip() else html_to_text("\n".join(parsed.text_html))
        view.words["names"] = "\n".join(str(a["filename"]) for a in parsed.attachments)
        for attachment in parsed.attachments:
            if attachment["binary"]:
                view.payloads.append(base64.b64decode(attachment["payload"]))
            else:
                view.payloads.append(str(attachment["payload"]).encode("utf-8", "surrogateescape"))
                view.texts.add(view.payloads[-1])
    except Exception as error:  # noqa: BLE001 - a bench counts what a reader raises
        view.error = repr(error)
    return view


def read_stdlib(raw: bytes) -> View:
    """The loop of the manuals over ``email`` with ``policy.default``; a part that raises costs only itself."""
    view = View()
    plain: list[str] = []
    pages: list[str] = []
    names: list[str] = []

    def attempt(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - as above
            view.error = repr(error)

    def read_part(part: Any) -> None:
        if part.is_multipart():
            return
        name = part.get_filename()
        if name:
            names.append(name)
        is_file = name or part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text"
        if part.get_content_maintype() == "multipart":
            # Nothing could be told apart in it: its bytes are words, if anything.
            plain.append((part.get_payload(decode=True) or b"").decode("utf-8", "replace"))
        elif is_file:
            view.payloads.append(part.get_payload(decode=True) or b"")
        else:
            (pages if part.get_content_subtype() == "html" else plain).append(part.get_content())

    message = email.message_from_bytes(raw, policy=policy.default)
    attempt(lambda: view.words.__setitem__("subject", str(message["subject"] or "")))
    attempt(
        lambda: view.words.__setitem__("sender", message["from"].addresses[0].display_name if message["from"] else "")
    )
    for part in message.walk():
        attempt(lambda part=part: read_part(part))  # type: ignore[misc]
    body = "\n".join(plain)
    view.words["body"] = body if body.strip() else html_to_text("\n".join(pages))
    view.words["names"] = "\n".join(names)
    return view


READERS: Mapping[str, Callable[[bytes], View]] = {
    "ours": read_ours,
    "mail-parser": read_mailparser,
    "standard library": read_stdlib,
}


def is_chinese(text: str) -> bool:
    """Return whether a reading is Chinese, and not bytes read with a wrong charset.

    No private-use character, replacement or C1 control among ten Han; no Japanese or Korean (their
    kana come out right even where the kanji are wrong); half of the Han in the first level of GB 2312 or Big5
    (3,755 and 5,401 characters); and of eight or more, two fifths among the 650 everyday ones: Chinese
    letters have 46 % and more (measured on the corpus), Korean, Russian, Japanese, Thai and UTF-8 read as GBK or Big5
    0 to 35.
    """
    han = HAN.findall(text)
    if not han or len(_NEVER.findall(text)) * 10 > len(han) or len(_KANA.findall(text)) * 5 > len(han):
        return False
    if sum(map(_is_first_level, han)) * 2 < len(han):
        return False
    return len(han) < 8 or common_share(text)[0] >= 0.4


def _is_first_level(character: str) -> bool:
    for codec, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            if first <= character.encode(codec)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False
