"""What routing finds out about a message: item, intent, scenario, checklist - each with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.catalogue import Requirement


class Intent(StrEnum):
    """What the sender wants of us (意图)."""

    APPLY = "apply"
    INQUIRY = "inquiry"
    SUPPLEMENT = "supplement"
    COMPLAINT = "complaint"
    NOTICE = "notice"
    NOISE = "noise"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for an item: the word, where it stood (subject, text, file-name, paper, mailbox), its weight."""

    what: str
    where: str
    weight: float


@dataclass(frozen=True, slots=True)
class Rival:
    """Another item that the mail might be about, and its score."""

    item: str
    score: float


@dataclass(frozen=True, slots=True)
class Classification:
    """Which item a mail is about (``item`` '' when none), with the evidence, the rivals and the margin.

    ``margin`` is the distance to the best rival as a share of the best score, 0 to 1. ``also_items``
    are further requests in the same mail. ``scenario`` is '' while open.
    """

    item: str
    intent: Intent
    scenario: str = ""
    also_items: tuple[str, ...] = ()
    score: float = 0.0
    margin: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class Opinion:
    """A learned second opinion: which item a mail looks like, how surely (0 to 1), and the n-grams that told it most.

    ``told_by`` weighs each n-gram for this item above the average item; ``version`` is the model's.
    """

    item: str
    probability: float
    told_by: tuple[Evidence, ...]
    version: str = ""


class Finding(StrEnum):
    """Whether a requirement is met."""

    FOUND = "found"
    MISSING = "missing"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """A requirement and what met it.

    ``missing`` are the codes to ask for, each a code or alternatives joined by ``|``; ``met_by`` maps
    a code to the name of the attachment (or, for a fact, to the value) that met it; ``remarks`` say
    why a paper that came does not count.
    """

    requirement: Requirement
    finding: Finding
    missing: tuple[str, ...] = ()
    met_by: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """Every requirement of an item and scenario, in the notice's order, and what met it."""

    lines: tuple[ChecklistLine, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The codes still lacking, in order, each once."""
        return tuple(dict.fromkeys(code for line in self.lines for code in line.missing))

    @property
    def is_complete(self) -> bool:
        """True when nothing is missing or unclear."""
        return all(line.finding is Finding.FOUND for line in self.lines)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the mail states: telephones in order of appearance, the address to answer, the destination.

    ``conditions`` are the conditional requirements that it calls for (``Condition.requires`` as text), so that a later
    mail of the same case does not drop them.
    """

    mobiles: tuple[str, ...] = ()
    landlines: tuple[str, ...] = ()
    email: str = ""
    destination_address: str = ""
    destination_phone: str = ""
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MachineMark:
    """Why a message is machine mail: the rule's name and what matched, in Chinese for a clerk.

    ``kind`` is bounce, delay, auto-reply, list, own or bulk. ``doubt`` says why a person may have written it all the
    same ('' when none may have): then it is neither answered nor dropped, a clerk looks.
    """

    kind: str
    rule: str
    what: str
    doubt: str = ""
