"""The people that the papers of one case name, and what does not fit together: a closed set of findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.papers import Paper

ADULT_AGE = 18
"""民法总则 第十七条 (2017): from this birthday on somebody is grown up."""


class Consequence(StrEnum):
    """What follows from a finding."""

    WARN = "warn"  # a clerk looks; nothing is completed by itself
    ASK = "ask"  # the paper does not count and is asked for again
    TELL = "tell"  # the clerk reads it, nothing else changes


class Mark(StrEnum):
    """What the papers and the mail of a case say that does not fit together."""

    OTHER_PERSON = "other-person"
    OTHER_NAME = "other-name"
    OTHER_NUMBER = "other-number"
    OTHER_BIRTH = "other-birth"
    TWO_CARDS = "two-cards"
    OTHER_BACK = "other-back"
    NOT_MINOR = "not-minor"
    NOT_ADULT = "not-adult"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"
    ODD_TERM = "odd-term"
    VARIANT_NAME = "variant-name"
    MISREAD_NUMBER = "misread-number"
    NO_AGENT_CARD = "no-agent-card"

    @property
    def consequence(self) -> Consequence:
        """What follows from it."""
        return _CONSEQUENCES.get(self, Consequence.WARN)


_CONSEQUENCES: Mapping[Mark, Consequence] = {
    Mark.EXPIRED: Consequence.ASK,
    Mark.ODD_TERM: Consequence.TELL,
    Mark.VARIANT_NAME: Consequence.TELL,
    Mark.MISREAD_NUMBER: Consequence.TELL,
    Mark.NO_AGENT_CARD: Consequence.TELL,
}


class Role(StrEnum):
    """What somebody has to do with a case."""

    SUBJECT = "subject"  # whose case it is (本人)
    PARENT = "parent"  # 父母
    AGENT = "agent"  # 代办人
    OTHER = "other"  # named somewhere: a householder, an owner, somebody else


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named by papers: ``papers`` are those, ``is_in_mail`` tells that the mail's words name them too.

    ``name`` and ``number`` are '' and ``birth`` is None where nothing says them. Whole values: show them masked.
    """

    role: Role
    name: str = ""
    number: str = ""
    birth: date | None = None
    papers: tuple[Paper, ...] = ()
    is_in_mail: bool = False


@dataclass(frozen=True, slots=True)
class PersonFinding:
    """One thing that does not fit, the papers concerned, and the words for it (Chinese, numbers and names masked)."""

    mark: Mark
    words: str
    papers: tuple[Paper, ...] = ()

    @property
    def consequence(self) -> Consequence:
        """What follows from it."""
        return self.mark.consequence


@dataclass(frozen=True, slots=True)
class People:
    """Everybody whom the papers and the mail of one case name, and what does not fit."""

    persons: tuple[Person, ...] = ()
    findings: tuple[PersonFinding, ...] = ()

    @property
    def warnings(self) -> tuple[PersonFinding, ...]:
        """The findings that a clerk must look at before anything is completed."""
        return tuple(f for f in self.findings if f.consequence is Consequence.WARN)

    def find_person(self, paper: Paper) -> Person | None:
        """Return whose paper it is; of several whom it names the first, None when it names nobody."""
        return next((p for p in self.persons if any(is_same_paper(paper, mine) for mine in p.papers)), None)

    def list_findings(self, paper: Paper) -> tuple[PersonFinding, ...]:
        """Return the findings that concern a paper."""
        return tuple(f for f in self.findings if any(is_same_paper(paper, mine) for mine in f.papers))

    def note_problem(self, paper: Paper) -> Paper:
        """Return the paper with why it must be asked for again, if it must: it has expired."""
        asked = next((f for f in self.list_findings(paper) if f.consequence is Consequence.ASK), None)
        return replace(paper, problem=asked.words) if asked else paper


def is_same_paper(one: Paper, other: Paper) -> bool:
    """Return whether two are the same place of the same file: one page may show several papers."""
    return (one.attachment, one.sha256, one.page, one.kind) == (other.attachment, other.sha256, other.page, other.kind)


def is_adult(birth: date, on: date) -> bool:
    """Return whether somebody is grown up on a day."""
    return age_on(birth, on) >= ADULT_AGE


def age_on(birth: date, on: date) -> int:
    """Return the age in whole years (周岁) on a day; negative before the birth."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def mask_name(name: str) -> str:
    """Return a name of which only the first and, of three and more characters, the last one can be read.

    >>> mask_name("张三"), mask_name("欧阳建国")
    ('张*', '欧**国')
    """
    return name[:1] + "*" * (len(name) - 2) + name[-1] if len(name) > 2 else name[:1] + "*" * (len(name) - 1)
