"""What the confined child says of the files it looked into: written there, read here as if it had been taken over.

Facts, a tree of one object for each file: ``type``, ``text`` (how many bytes of the last blob, which holds all the
words one after the other), ``unopened``, ``defects``, ``members``; a member has ``name`` too, and its bytes are the
next blob.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.mail import Unopened
from intake.confinedanswers import expect
from intake.confinement import Breach, ConfinedError, Confinement, Outcome
from intake.containers.filekinds import tell_file_type
from intake.containers.files import File, Member, Opened
from intake.containers.limits import Limits
from intake.containers.opening import open_file, open_members
from intake.filetypes import SUFFIXES
from intake.headers import clean_file_name, clean_line
from intake.textlayer import MAX_TEXT_CHARS, tidy_text

_MAX_DEFECTS = 30
_MAX_DEFECT_CHARS = 300
_MAX_DEPTH = 4
_MEDIA_TYPE = re.compile(r"[a-z]{1,20}/[a-z0-9][a-z0-9.+-]{0,99}")


@dataclass(frozen=True, slots=True)
class Job:
    """A file to look into; ``unpacked`` is what came out of it already, where another program unpacked it."""

    index: int
    file: File
    unpacked: Opened | None = None


# The child.


def look_into(jobs: Sequence[Job], limits: Limits) -> Outcome:
    """Return what is in each of these files, in their order. Never raises by what they hold."""
    writing = _Writing()
    facts = [writing.write(*_open(job, limits)) for job in jobs]
    return Outcome(facts, (*writing.blobs, b"".join(writing.texts)))


def _open(job: Job, limits: Limits) -> tuple[str, Opened]:
    kind = tell_file_type(job.file.data, job.file.media_type, name=job.file.name)
    if job.unpacked is not None:
        return kind, open_members(job.unpacked, limits)
    return kind, open_file(File(job.file.name, kind, job.file.data, job.file.charset), limits)


class _Writing:
    def __init__(self) -> None:
        self.blobs: list[bytes] = []
        self.texts: list[bytes] = []

    def write(self, kind: str, opened: Opened) -> dict[str, Any]:
        text = opened.text.encode("utf-8", "replace")
        self.texts.append(text)
        members = []
        for member in opened.members:
            self.blobs.append(member.file.data)
            found = self.write(member.file.media_type, member.opened)
            members.append({"name": member.file.name.encode("utf-8", "replace").decode(), **found})
        return {
            # What a mail declares may be anything.
            "type": kind if _MEDIA_TYPE.fullmatch(kind) else "application/octet-stream",
            "text": len(text),
            "unopened": opened.unopened,
            "defects": [clean_line(defect)[:_MAX_DEFECT_CHARS] for defect in opened.defects[:_MAX_DEFECTS]],
            "members": members,
        }


# The parent.


def read_findings(outcome: Outcome, jobs: Sequence[Job], limits: Confinement) -> list[tuple[str, Opened]]:
    """Return each file's type and what is in it. Raises: ConfinedError when the answer is none that our code gives."""
    try:
        return _Reading(outcome).read_all(jobs)
    except (ValueError, TypeError, LookupError):
        raise ConfinedError(Breach.BROKEN_ANSWER, limits) from None


class _Reading:
    """Raises ValueError, TypeError, LookupError on whatever ``_Writing`` does not write."""

    def __init__(self, outcome: Outcome) -> None:
        self._facts = outcome.facts
        *self._blobs, self._texts = outcome.blobs
        self._next_blob = self._next_char = 0

    def read_all(self, jobs: Sequence[Job]) -> list[tuple[str, Opened]]:
        facts = expect(list, self._facts)
        found = [self._read(one, depth=0) for one in facts]
        if len(found) != len(jobs) or self._next_blob != len(self._blobs) or self._next_char != len(self._texts):
            raise ValueError("there is more, or less, than was asked for")
        return found

    def _read(self, facts: object, *, depth: int) -> tuple[str, Opened]:
        one = expect(dict, facts)
        if depth > _MAX_DEPTH:
            raise ValueError("too deep")
        text = self._take_text(expect(int, one["text"]))
        unopened = None if one["unopened"] is None else Unopened(expect(str, one["unopened"]))
        defects = [clean_line(expect(str, defect))[:_MAX_DEFECT_CHARS] for defect in expect(list, one["defects"])]
        members = [self._read_member(member, depth=depth) for member in expect(list, one["members"])]
        return _read_type(one["type"]), Opened(text, tuple(members), unopened, tuple(defects[:_MAX_DEFECTS]))

    def _read_member(self, facts: object, *, depth: int) -> Member:
        data = self._blobs[self._next_blob]
        self._next_blob += 1
        number = self._next_blob
        kind, opened = self._read(facts, depth=depth + 1)
        name = clean_file_name(expect(str, expect(dict, facts)["name"])) or f"文件{number}.{SUFFIXES.get(kind, 'bin')}"
        return Member(File(name, kind, data), opened)

    def _take_text(self, size: int) -> str:
        start, self._next_char = self._next_char, self._next_char + size
        if size < 0 or self._next_char > len(self._texts):
            raise ValueError("no such text")
        return tidy_text(self._texts[start : self._next_char].decode())[:MAX_TEXT_CHARS]


def _read_type(found: object) -> str:
    if not _MEDIA_TYPE.fullmatch(expect(str, found)):
        raise ValueError("no media type")
    return expect(str, found)
