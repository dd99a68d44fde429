"""What is done with a message: a closed union. A new kind of decision is a type error until every place knows it."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.persons import People
from domain.routing import Checklist, Classification, Facts, Intent, Opinion


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Nothing lacks (受理): open or complete the case and say so; see ``Decided.is_news``."""

    checklist: Checklist


@dataclass(frozen=True, slots=True)
class AskForMaterials:
    """Something lacks (补正): open or keep the case and name exactly what."""

    checklist: Checklist


@dataclass(frozen=True, slots=True)
class Guide:
    """Not by this way (指引): say where to go instead.

    ``reason`` is one of ``item`` (not handled by e-mail), ``other-agency``, ``wrong-office``,
    ``elsewhere`` (the notice sends this applicant elsewhere; ``elsewhere`` has its code),
    ``inquiry``.
    """

    reason: str
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Triage:
    """A person looks (人工分拣). ``reason`` is a sentence in Chinese for the clerk.

    ``checklist`` is there where the papers were checked and a doubt about them is the reason.
    """

    reason: str
    checklist: Checklist = field(default_factory=Checklist)


@dataclass(frozen=True, slots=True)
class Ignore:
    """Nothing is answered (不回复): machine mail, advertising, or our own. ``reason`` as for Triage."""

    reason: str


Decision = Acknowledge | AskForMaterials | Guide | Triage | Ignore


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision and everything that explains it.

    ``rule`` is the name of the rule of the chain that decided; ``joins`` the number of the open
    case that the message belongs to ('' for a new one); ``office`` the office that works the case;
    ``wrong_mailbox`` with ``right_mailboxes`` as the notices' reading defines them. ``people`` are those whom the
    case's papers name, with what does not fit. ``opinion`` is the second opinion, where one was asked for.
    """

    decision: Decision
    rule: str
    classification: Classification
    facts: Facts
    agency: str
    office: str
    joins: str = ""
    wrong_mailbox: bool = False
    right_mailboxes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    people: People = field(default_factory=People)
    opinion: Opinion | None = None

    @property
    def is_news(self) -> bool:
        """Whether a mail is acknowledged that only informs (告知): nothing was asked for, so nothing is promised."""
        return isinstance(self.decision, Acknowledge) and self.classification.intent is Intent.NOTICE

    @property
    def is_status(self) -> bool:
        """Whether it answers a question how far an open case has come (办理进度)."""
        return bool(self.joins) and self.classification.intent is Intent.INQUIRY

    @property
    def word(self) -> str:
        """The decision in one word, as ``explain --json`` prints it: ack, missing, guidance, triage, none."""
        match self.decision:
            case Acknowledge():
                return "ack"
            case AskForMaterials():
                return "missing"
            case Guide():
                return "guidance"
            case Triage():
                return "triage"
            case Ignore():
                return "none"
