"""What the reader lost of a mail that we made ourselves: every character and every byte is compared."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass

from intake.reader import ReadMail, read_mail
from tests.mailmaker.combine import Case, make_mail


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of a mail that did not survive: where, what was written, what was read."""

    case: Case
    place: str
    wrote: str
    read: str

    def __str__(self) -> str:
        return f"{self.place} of {self.case}: wrote {self.wrote!r}, read {self.read!r}"


def find_losses(case: Case) -> tuple[Loss, ...]:
    """Return all that the reader lost of a case's mail: subject, sender, words, history, names and bytes of files.

    White space is not compared; of the words, all characters are, and nothing foreign may be among them.
    """
    letter, made = make_mail(case)
    read = read_mail(made.raw)
    message = read.message
    losses = [
        Loss(case, place, wrote, found)
        for place, wrote, found in (
            ("subject", letter.subject, message.subject),
            ("sender", letter.sender_name, message.sender.name),
            ("address", letter.sender, message.sender.addr),
            ("text", letter.text, message.text),
        )
        if _squeeze(wrote) != _squeeze(found)
    ]
    if _squeeze(letter.history) not in _squeeze(message.quoted):
        losses.append(Loss(case, "history", letter.history, message.quoted))
    return (*losses, *_compare_files(case, made.files, read))


def _compare_files(case: Case, files: tuple[tuple[str, bytes], ...], read: ReadMail) -> list[Loss]:
    # What archives hold comes besides the archive itself: only what was in the mail is compared.
    outer = [a for a in read.message.attachments if a.container is None]
    wanted = Counter((_squeeze(name), content) for name, content in files)
    found = Counter((_squeeze(a.name), read.payloads[a.index]) for a in outer)
    if wanted == found:
        return []
    names = sorted(name for name, _ in wanted.elements()), sorted(name for name, _ in found.elements())
    losses = [Loss(case, "file name", str(names[0]), str(names[1]))] if names[0] != names[1] else []
    if Counter(c for _, c in wanted.elements()) != Counter(c for _, c in found.elements()):
        losses.append(
            Loss(case, "file bytes", str(sorted(map(len, _bytes_of(wanted)))), str(sorted(map(len, _bytes_of(found)))))
        )
    return losses or [Loss(case, "file name", "each its own bytes", "names changed places")]


def _bytes_of(files: Counter[tuple[str, bytes]]) -> list[bytes]:
    return [content for _, content in files.elements()]


def _squeeze(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())
