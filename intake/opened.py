"""From a mail as read to one whose files were looked into: all of them together in one confined child.

What was in a file becomes further attachments of the message. A file that breaks the child costs itself: the others are
looked into once more, each in a child of its own.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from domain.mail import Attachment, Unopened
from intake.collecting import READABLE
from intake.confinement import DEFAULT_CONFINEMENT, ConfinedError, Confinement
from intake.containers.filekinds import tell_file_type
from intake.containers.files import File, Member, Opened
from intake.containers.limits import Limits
from intake.containers.opening import (
    holds_something,
    is_text,
    load_libraries,
    open_file,
    opens_outside_sandbox,
    unpack_outside_sandbox,
)
from intake.openedanswers import Job, look_into, read_findings
from intake.reader import ReadMail
from intake.sandbox import run_confined

LONGEST_S = 90.0
"""After so long no further file of a message is begun: its handler is killed after five minutes."""
MAX_MEMBERS = 500
MAX_MEMBER_BYTES = 200 * 2**20
MAX_TEXT_CHARS = 200_000
"""What all the files of one message together may give, besides what each of them may (``Limits``)."""

CONFINEMENT = replace(DEFAULT_CONFINEMENT, wall_s=30.0)
"""On a busy machine ten seconds of CPU take longer."""

_MAX_DEFECTS = 50
# In the parent only what has no directory of its own to be read: a zip's and an OLE file's is read in the child.
_TOLD_INSIDE = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
# Beside the letter; S/MIME that the letter itself is in (pkcs7-mime) is not among them.
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-")
_WINMAIL = "application/ms-tnef"


def open_attachments(
    mail: ReadMail,
    *,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    confinement: Confinement = CONFINEMENT,
    longest_s: float = LONGEST_S,
) -> ReadMail:
    """Return the mail with what its files say and hold; its identity stays the same. Of pictures nothing is decoded.

    Only for a process without other threads. A mail of text and pictures starts no child. An attachment that has
    ``unopened`` already is left alone.

    Raises: ConfinedError whose ``unopened`` is None, when this machine could not start or confine the child: the mail
    should be tried again.
    """
    told = {a.index: _tell_kind(a, mail.payloads[a.index]) for a in mail.message.attachments if _is_unseen(a, mail)}
    if not told:
        return mail
    results: dict[int, Opened] = {}
    inside: list[Attachment] = []
    for attachment in mail.message.attachments:
        kind = told.get(attachment.index)
        if kind is None:
            continue
        data = mail.payloads[attachment.index]
        if holds_something(kind) and data:
            inside.append(attachment)
        elif not data or is_text(kind):
            results[attachment.index] = open_file(File(attachment.name, kind, data), limits)
        elif not kind.startswith(("image/", *_SIGNATURES)):
            results[attachment.index] = Opened(unopened=Unopened.UNSUPPORTED, defects=("这种文件系统无法读取",))
    if inside:
        load_libraries(told[a.index] for a in inside)
        opening = _Opening(limits, confinement, until=time.monotonic() + longest_s)
        opening.open_all([Job(a.index, File(a.name, told[a.index], mail.payloads[a.index])) for a in inside])
        results |= opening.results
        told |= opening.kinds
    return _join(mail, results, told)


def _is_unseen(attachment: Attachment, mail: ReadMail) -> bool:
    """Return whether a file is neither a picture nor was read as text already."""
    media_type = attachment.media_type
    if attachment.unopened is not None or attachment.index not in mail.payloads or attachment.container is not None:
        return False
    return not (media_type.startswith("image/") or media_type in READABLE or media_type == "text/html")


def _tell_kind(attachment: Attachment, data: bytes) -> str:
    if data.startswith(_TOLD_INSIDE):
        return attachment.media_type
    return tell_file_type(data, attachment.media_type, name=attachment.name)


@dataclass(slots=True)
class _Opening:
    """The files of one message while they are looked into."""

    limits: Limits
    confinement: Confinement
    until: float
    results: dict[int, Opened] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    members: int = 0
    size_bytes: int = 0

    def open_all(self, jobs: Sequence[Job]) -> None:
        """Look into files: together, and those of a RAR one after the other. Raises: ConfinedError, see above."""
        self._run([job for job in jobs if not opens_outside_sandbox(job.file.media_type)])
        for job in jobs:
            # A RAR is unpacked by a program that the child could not start.
            if opens_outside_sandbox(job.file.media_type) and not self._is_late(job):
                unpacked = unpack_outside_sandbox(job.file, self.limits)
                if unpacked.members:
                    self._run([replace(job, unpacked=unpacked)])
                else:
                    self.results[job.index] = unpacked

    def _run(self, jobs: Sequence[Job]) -> None:
        """Look into files in one child; should that fail, into each in its own."""
        jobs = [job for job in jobs if not self._is_late(job)]
        if not jobs:
            return
        try:
            outcome = run_confined(lambda: look_into(jobs, self.limits), limits=self.confinement)
            findings = read_findings(outcome, jobs, self.confinement)
        except ConfinedError as error:
            if error.unopened is None:
                raise
            if len(jobs) == 1:
                self.results[jobs[0].index] = Opened(unopened=error.unopened, defects=(str(error),))
                return
            findings = None
        if findings is None:
            for job in jobs:
                self._run([job])
        else:
            for job, (kind, opened) in zip(jobs, findings, strict=True):
                self.kinds[job.index] = kind
                self.results[job.index] = self._bound(opened)

    def _is_late(self, job: Job) -> bool:
        if time.monotonic() < self.until:
            return False
        self.results[job.index] = Opened(unopened=Unopened.TOO_LARGE, defects=("打开这封邮件的附件用时过长，未打开",))
        return True

    def _bound(self, opened: Opened) -> Opened:
        """Return what was found, without files once those of the message are too many or too large together."""
        members = sum(1 for _ in _walk(opened.members))
        size = sum(len(member.file.data) for member in _walk(opened.members))
        if self.members + members > MAX_MEMBERS or self.size_bytes + size > MAX_MEMBER_BYTES:
            words = "这封邮件的附件展开后过多或过大，其中的文件未采用"
            return Opened(opened.text, (), Unopened.TOO_LARGE, (*opened.defects, words))
        self.members += members
        self.size_bytes += size
        return opened


def _join(mail: ReadMail, results: Mapping[int, Opened], told: Mapping[int, str]) -> ReadMail:
    """Return the mail with what was found: the files that were in others stand behind its own."""
    joining = _Joining(mail)
    for attachment in mail.message.attachments:
        if (opened := results.get(attachment.index)) is None:
            joining.attachments.append(attachment)
        else:
            joining.add(replace(attachment, media_type=told[attachment.index]), opened)
    for index, opened in sorted(results.items()):
        joining.add_members(index, opened.members)
    return joining.finish()


def _walk(members: Sequence[Member]) -> Iterator[Member]:
    for member in members:
        yield member
        yield from _walk(member.opened.members)


class _Joining:
    """The message while it is put together again."""

    def __init__(self, mail: ReadMail) -> None:
        self._message = mail.message
        self._payloads = dict(mail.payloads)
        self._defects: list[str] = []
        self._next = max(a.index for a in mail.message.attachments) + 1
        self._chars_left = MAX_TEXT_CHARS
        self.attachments: list[Attachment] = []

    def add(self, attachment: Attachment, opened: Opened) -> None:
        """Add an attachment with its words and why it, or a part of it, stayed closed."""
        defects = opened.defects
        text = opened.text[: self._chars_left]
        if len(text) < len(opened.text):
            defects = (*defects, "这封邮件的附件文字过多，只读取开头")
        self._chars_left -= len(text)
        self._defects += [f"{attachment.name}：{defect}" for defect in defects]
        self.attachments.append(replace(attachment, text=text, unopened=opened.unopened))
        if attachment.media_type == _WINMAIL and attachment.container is None and not self._message.text.strip():
            # Outlook at its worst: the letter is nowhere else.
            self._message = replace(self._message, text=text)

    def add_members(self, container: int, members: Sequence[Member]) -> None:
        """Add the files that were in another, and behind them the files in these."""
        first = self._next
        for member in members:
            data = member.file.data
            attachment = Attachment(
                index=self._next,
                name=member.file.name,
                media_type=member.file.media_type,
                size_bytes=len(data),
                sha256=hashlib.sha256(data).hexdigest(),
                container=container,
            )
            self._payloads[self._next] = data
            self._next += 1
            self.add(attachment, member.opened)
        for index, member in enumerate(members, first):
            self.add_members(index, member.opened.members)

    def finish(self) -> ReadMail:
        """Return the whole."""
        defects = list(dict.fromkeys(self._defects))
        if len(defects) > _MAX_DEFECTS:
            defects[_MAX_DEFECTS:] = [f"附件另有 {len(defects) - _MAX_DEFECTS} 处问题"]
        message = replace(
            self._message,
            attachments=tuple(self.attachments),
            defects=tuple(dict.fromkeys((*self._message.defects, *defects))),
        )
        return ReadMail(message, MappingProxyType(self._payloads))
