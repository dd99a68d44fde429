"""The labelled mails: what people wrote, what they enclosed, and what must come of it.

Each was written for itself, by those who did not know the rules. Files ``held_*`` are not to be read by whoever writes
rules; ``open_*`` may be. Format: README.md beside this file.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

from config.catalogue import load_catalogue
from tests.acceptance.mails import picture
from youban.demo.mailers import Draft, compose
from youban.demo.people import Person, make_person

Half = Literal["open", "held"]
HALVES: tuple[Half, ...] = ("open", "held")
SHAPES = ("163", "qq", "foxmail", "iphone", "outlook", "mailmaster")
_HERE = Path(__file__).parent
_START = datetime(2020, 2, 24, 9, 0, tzinfo=UTC)
_NUMBER_OF = re.compile(r"\{id:([^}]+)\}")
_NEXT_SHOWN = re.compile(r"\s+(?=other:|[a-z-]+(?:\s|$))")


def is_other(what: str) -> bool:
    """Return whether what a file shows is none of the papers that the notices ask for."""
    return what.partition(":")[0] == "other"


@dataclass(frozen=True, slots=True)
class File:
    """An enclosed file: its name and what it really shows.

    ``shows`` are document codes, ``other:`` and what it is for anything else; ``flaw`` is '' or why it cannot be read.
    """

    name: str
    shows: tuple[str, ...]
    of: str
    flaw: str = ""

    @property
    def is_other(self) -> bool:
        """Whether it shows look-alikes or no papers at all."""
        return all(is_other(what) for what in self.shows)


@dataclass(frozen=True, slots=True)
class LabelledMail:
    """A mail and its labels. ``missing`` are codes, ``a|b`` where either would do; ``right`` the right mailbox."""

    name: str
    mailbox: str
    sender: str
    subject: str
    text: str
    files: tuple[File, ...]
    people: Mapping[str, Person]
    headers: Mapping[str, str]
    after: str
    how: str
    item: str
    also: str
    intent: str
    scenario: str
    missing: frozenset[str]
    decision: str
    right: str
    written_at: datetime
    shape: str

    @property
    def address(self) -> str:
        """The sender's address."""
        return self.sender.rpartition("<")[2].rstrip("> ").strip()

    @property
    def message_id(self) -> str:
        """Its Message-ID, with brackets."""
        return _id_of(self.name)


@cache
def load_mails(half: Half) -> tuple[LabelledMail, ...]:
    """Return the mails of one half, each after the mail that it follows."""
    mails: list[LabelledMail] = []
    for path in sorted(_HERE.glob(f"{half}_*.toml")):
        for row in tomllib.loads(path.read_text("utf-8"))["mail"]:
            mails.append(_read_mail(row, place=len(mails)))
    by_name = {mail.name: mail for mail in mails}
    assert len(by_name) == len(mails), "two mails of one name"
    return tuple(replace(m, written_at=_after(m, by_name)) for m in sorted(mails, key=lambda m: _depth(m, by_name)))


def _depth(mail: LabelledMail, by_name: Mapping[str, LabelledMail]) -> int:
    return 1 + _depth(by_name[mail.after], by_name) if mail.after else 0


def _after(mail: LabelledMail, by_name: Mapping[str, LabelledMail]) -> datetime:
    return mail.written_at + timedelta(days=_depth(mail, by_name))


def _read_mail(row: Mapping[str, Any], *, place: int) -> LabelledMail:
    files = tuple(_read_file(file) for file in row.get("files", ()))
    known = row.get("people", {})
    live_in = _list_places()[row["mailbox"].lower()]
    names = dict.fromkeys((*known, *(f.of for f in files if f.of), *_NUMBER_OF.findall(row["text"])))
    return LabelledMail(
        name=row["name"],
        mailbox=row["mailbox"],
        sender=row["sender"],
        subject=row["subject"],
        text=row["text"],
        files=files,
        people={name: _make(name, known.get(name, {}), place=live_in) for name in names},
        headers=row.get("headers", {}),
        after=row.get("after", ""),
        how=row.get("how", ""),
        item=row["item"],
        also=row.get("also", ""),
        intent=row["intent"],
        scenario=row.get("scenario", ""),
        missing=frozenset(row.get("missing", "").split()),
        decision=row["decision"],
        right=row.get("right", ""),
        written_at=_START + timedelta(minutes=place),
        shape=SHAPES[place % len(SHAPES)],
    )


@cache
def _list_places() -> dict[str, str]:
    """Return by mailbox where those who write to it live: where its agency is."""
    agencies = load_catalogue().agencies
    return {m.lower(): agency.code for agency in agencies for office in agency.offices for m in office.mailboxes}


def _read_file(row: Mapping[str, Any]) -> File:
    return File(row["name"], tuple(_NEXT_SHOWN.split(row["shows"].strip())), row.get("of", ""), row.get("flaw", ""))


def _make(name: str, known: Mapping[str, str], *, place: str) -> Person:
    """Return the fictional person of a name: the same in a mail and in those that follow it."""
    seed = int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10_000
    born = date.fromisoformat(known["born"]) if "born" in known else None
    female = known["sex"] == "女" if "sex" in known else None
    return replace(make_person(seed, birth=born, is_female=female, place=place), name=name)


def write_raw(mail: LabelledMail, *, number: str, draw: Callable[[LabelledMail, File], bytes] | None = None) -> bytes:
    """Return a mail's bytes as a mail programme sends them.

    Args:
        mail: which.
        number: the case that the mail it follows opened, put in for ``{number}``.
        draw: returns what a file holds; without one each is a small picture of its own.
    """
    fill = partial(_fill, mail=mail, number=number)
    files = tuple(
        (_name(f, is_drawn=draw is not None), draw(mail, f) if draw else _stand_in(mail, f)) for f in mail.files
    )
    is_reply = mail.how == "reply"
    draft = Draft(
        name=mail.name,
        shape=mail.shape,
        sender=mail.address,
        sender_name=mail.sender.rpartition("<")[0].strip(),
        mailbox=mail.mailbox,
        subject=fill(mail.subject),
        text=fill(mail.text),
        written_at=mail.written_at,
        files=files,
        references=(_id_of(mail.after),) if is_reply else (),
        quoted=f"您的办件{number}还缺材料，请直接回复本邮件。" if is_reply else "",
    )
    try:
        raw = compose(draft)
    except UnicodeEncodeError:
        raw = compose(replace(draft, shape="iphone"))
    extra = "".join(f"{key}: {value}\r\n" for key, value in mail.headers.items())
    head, gap, body = raw.partition(b"\r\n\r\n")
    head = re.sub(rb"(?im)^Message-ID:.*$", f"Message-ID: {mail.message_id}\r".encode(), head)
    return extra.encode() + head.replace(b"\r\r", b"\r") + gap + body


def _id_of(name: str) -> str:
    return f"<{hashlib.sha256(name.encode()).hexdigest()[:20]}@shimin.example>"


def _fill(text: str, *, mail: LabelledMail, number: str) -> str:
    return _NUMBER_OF.sub(lambda found: mail.people[found[1]].id_number, text.replace("{number}", number))


def _stand_in(mail: LabelledMail, file: File) -> bytes:
    # Of the place too: people call two photographs alike, and neither is a copy of the other.
    return picture(f"{mail.name} {mail.files.index(file)} {file.name}")


def _name(file: File, *, is_drawn: bool) -> str:
    # Undrawn files are pictures, whatever they are called.
    return file.name if is_drawn else re.sub(r"(?i)\.pdf$", ".jpg", file.name)
