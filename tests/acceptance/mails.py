"""Mails as citizens send them, and letters as they read them."""

from __future__ import annotations

import email
import email.policy
import io
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from functools import cache

from PIL import Image

from config.catalogue import load_catalogue
from youban.demo.mailers import Draft, compose
from youban.demo.people import DOMAIN

# Papers that nobody would name as the catalogue titles them.
_FILE_NAMES = {"stamped-form": "盖章的变更表", "application-form": "申请表", "parent-hukou-first": "妈妈户口本首页"}
_ASKED = re.compile(r"【还缺的材料】\n(.*?)\n【", re.DOTALL)
_NUMBER = re.compile(r"^\d+\. ", re.MULTILINE)
_CHOICE = re.compile(r"^ +○ (.+)$", re.MULTILINE)
_GAPS = re.compile(r"\s+")


@dataclass(frozen=True)
class Mail:
    """A mail ready to be sent. ``sender`` is a citizen of this mail alone, unless somebody writes twice."""

    sender: str
    mailbox: str
    raw: bytes

    @property
    def message_id(self) -> str:
        return read_header(self.raw, "Message-ID")


@dataclass(frozen=True)
class Letter:
    """One of our letters as it arrived: ``letter["Date"]`` is a header, ``text`` the plain part, ``html`` the other."""

    raw: bytes
    text: str
    html: str

    @property
    def subject(self) -> str:
        return self["Subject"]

    @property
    def case(self) -> str:
        return self["X-Youban-Case"]

    @property
    def asked(self) -> list[str]:
        """What stands below 还缺的材料, number by number; choices are joined by " | "."""
        found = _ASKED.search(self.text)
        numbers = _NUMBER.split(found[1])[1:] if found else []
        return [" | ".join(_CHOICE.findall(number)) or number.splitlines()[0] for number in numbers]

    def __getitem__(self, name: str) -> str:
        return read_header(self.raw, name)

    def says(self, words: str) -> bool:
        """Whether the plain text holds these words; white space does not count."""
        return _GAPS.sub("", words) in _GAPS.sub("", self.text)


def write_mail(
    name: str,
    *,
    mailbox: str,
    subject: str,
    text: str,
    papers: Iterable[str] = (),
    files: Iterable[tuple[str, bytes]] = (),
    shape: str = "163",
    sender: str = "",
    answers: Letter | None = None,
) -> Mail:
    """Return a citizen's mail.

    Args:
        name: tells this mail from every other; the sender's address is made of it.
        mailbox: where it goes.
        subject: '' with ``answers`` means "Re:" and that letter's subject.
        text: what is written.
        papers: document codes, each a picture whose file is named as people name it.
        files: further files, name and content.
        shape: the mail programme (youban.demo.shapes), or one of its machine mails.
        sender: another address.
        answers: the letter of ours that is answered: its Message-ID and text are quoted.
    """
    address = sender or f"{name}@{DOMAIN}"
    references = (*answers["References"].split(), answers["Message-ID"]) if answers else ()
    draft = Draft(
        name=name,
        shape=shape,
        sender=address,
        sender_name="王喆",
        mailbox=mailbox,
        subject=subject or (f"回复：{answers.subject}" if answers else ""),
        text=text,
        written_at=datetime.now().astimezone(),
        files=(*((f"{file_name(code)}.jpg", picture(f"{name} {code}")) for code in papers), *files),
        references=references,
        quoted=answers.text if answers else "",
    )
    raw = compose(draft)
    # SMTP ends every mail with a line end; so the bytes, and their digest, are the same on both sides.
    return Mail(address, mailbox, raw if raw.endswith(b"\r\n") else raw + b"\r\n")


def file_name(code: str) -> str:
    """Return how a citizen calls the picture of a paper: in this release its kind is read from there."""
    return _FILE_NAMES.get(code) or load_titles()[code]


@cache
def load_titles() -> dict[str, str]:
    """Return how letters call each paper and fact."""
    return {code: kind.title for code, kind in load_catalogue().kinds.items()}


@cache
def picture(seed: str) -> bytes:
    """Return a small JPEG, each seed another one, too large to be taken for a signature's logo."""
    size = (160, 120)
    noise = random.Random(seed).randbytes(size[0] * size[1])
    out = io.BytesIO()
    Image.frombytes("L", size, noise).save(out, "JPEG", quality=80)
    return out.getvalue()


def read_letter(raw: bytes) -> Letter:
    """Return a letter as a mail programme shows it."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    return Letter(raw, plain.get_content().replace("\r\n", "\n"), html.get_content())


@cache  # the same letters are looked at until the last has come
def read_header(raw: bytes, name: str) -> str:
    """Return a header, decoded as RFC 2047 6.2 has it: no gap between two encoded-words (email.policy leaves one)."""
    value = " ".join(str(email.message_from_bytes(raw)[name]).split())
    return str(make_header(decode_header(value)))
