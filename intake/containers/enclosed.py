"""A mail in a mail (message/rfc822), kept as a unit: its own words, and the files that came with it."""

from __future__ import annotations

from domain.errors import MessageError
from domain.mail import Unopened
from intake.charsets import decode_text
from intake.containers.filekinds import tell_file_type
from intake.containers.files import Contents, File, OpeningError
from intake.containers.limits import Budget
from intake.containers.names import name_unnamed
from intake.headers import clean_file_name, decode_header
from intake.htmltext import html_to_text
from intake.mime import Part, decode_payload, parse_parts
from intake.textlayer import MAX_TEXT_CHARS, tidy_text

_TEXTS = ("text/plain", "text/html")
_PICTURE_LIKE = ("image/", "application/")


def open_mail(data: bytes, budget: Budget) -> Contents:
    """Return the subject and words of an enclosed mail, and its attachments.

    A bounce inside gives no files: what it returns was sent by us. Raises: OpeningError over the limits of a
    mail, or when the bytes are none.
    """
    try:
        root, defects = parse_parts(data)
    except MessageError as error:
        raise OpeningError(Unopened.TOO_LARGE, str(error)) from error
    if not root.headers:
        raise OpeningError(Unopened.DAMAGED, "内含邮件没有邮件头，无法读取")
    hint = next((p.parameters["charset"] for p in root.walk() if p.parameters.get("charset")), "")
    reading = _Reading(budget, defects)
    body = reading.read(root, parent="", is_report=False)
    subject = decode_header(root.header("subject"), hint)
    text = "\n\n".join(part for part in (subject, body.strip()) if part)
    budget.take_members(len(reading.files))
    return Contents(name_unnamed(reading.files), text[:MAX_TEXT_CHARS], defects=tuple(dict.fromkeys(defects)))


class _Reading:
    """The walk over the parts: words are returned, everything else is collected."""

    def __init__(self, budget: Budget, defects: list[str]) -> None:
        self._budget = budget
        self._defects = defects
        self.files: list[File] = []

    def read(self, part: Part, *, parent: str, is_report: bool) -> str:
        """Return the words of a part; a leaf that is no text is kept as a file."""
        if part.is_multipart:
            return self._read_multipart(part, parent=parent, is_report=is_report)
        payload, defect = decode_payload(part)
        if defect:
            self._defects.append(defect)
        kind = tell_file_type(payload, part.media_type, name=part.name)
        is_body = part.media_type in _TEXTS and not part.disposition.startswith("attachment") and not part.name
        if is_body and not kind.startswith(_PICTURE_LIKE):
            return _read_text(part, payload, parent)
        if payload and not is_report:
            self._budget.take_bytes(len(payload))
            self.files.append(File(clean_file_name(part.name), kind, payload, part.parameters.get("charset", "")))
        return ""

    def _read_multipart(self, part: Part, *, parent: str, is_report: bool) -> str:
        charset = part.parameters.get("charset", parent)
        is_report = is_report or part.media_type == "multipart/report"
        texts = [self.read(child, parent=charset, is_report=is_report) for child in part.children]
        filled = [text for text in texts if text.strip()]
        if part.media_type == "multipart/alternative" and filled:
            return filled[0] if len(filled[0]) * 2 + 20 >= max(map(len, filled)) else max(filled, key=len)
        return "\n\n".join(filled)


def _read_text(part: Part, payload: bytes, parent: str) -> str:
    is_html = part.media_type == "text/html"
    text, _ = decode_text(payload, part.parameters.get("charset", ""), parent=parent, is_html=is_html)
    return tidy_text(html_to_text(text) if is_html else text.removeprefix("\ufeff"))
