"""Which open case a message belongs to, among the candidates that the store found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import Enum, auto

from domain.cases import Case, CaseStatus
from domain.catalogue import FACT_CODES
from domain.mail import Message
from domain.papers import Paper
from domain.persons import Role
from domain.routing import Classification, Facts, Intent
from routing.claims import WRITER_KINDS, Claim, read_claims
from routing.classify import STRONG_WORD
from routing.identity import Account, Match, compare_accounts

OPEN = frozenset({CaseStatus.MISSING, CaseStatus.COMPLETE, CaseStatus.TRIAGE})
"""A guided, closed or void case takes nothing more: what comes is a new request."""
_ENDED = frozenset({CaseStatus.CLOSED, CaseStatus.VOID})

# So much surer than its rival must another item be, and named by a strong word, to be what the sender means.
_PLAIN_MARGIN = 0.12


@dataclass(frozen=True, slots=True)
class Related:
    """A case that a message may belong to, and how it was found.

    ``by`` is ``reply`` (it answers a letter of ours, or the sender's own earlier mail), ``number``
    (subject or text name the case number), ``sender`` (the same sender's case that waits for materials) or ``person``
    (a case that waits for materials and holds a paper of somebody whom the mail's papers name).
    """

    case: Case
    by: str


@dataclass(frozen=True, slots=True)
class Brought:
    """What a mail brings that answers no letter and names no case: all that may tell where it belongs.

    ``agency`` is whose mailbox it reached ('' = unknown); ``has_files``: anything came along, known or not;
    ``is_whole``: it is a whole request by itself. ``lacking`` are the codes that each waiting case lacks, by number.
    """

    message: Message
    papers: tuple[Paper, ...]
    facts: Facts
    classification: Classification
    agency: str = ""
    has_files: bool = False
    is_whole: bool = False
    lacking: Mapping[str, AbstractSet[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Supplemented:
    """The case that a mail adds to; or those that it may add to, when a clerk must tell."""

    thread: Related | None = None
    may_join: tuple[Case, ...] = ()


class Bond(Enum):
    """How the people on a mail's papers fit those on a case's."""

    PROVEN = auto()  # one id number, or one name and birth date
    NAMED = auto()  # one name, nothing more
    UNKNOWN = auto()  # one side names nobody
    OTHER = auto()  # a paper is somebody else's


def find_thread(message: Message, related: Iterable[Related]) -> Related | None:
    """Return the open case that a message names by its threading headers or by its number, None when none.

    A number can be guessed and overheard: it joins only for the sender of the case. Who answers our
    letter has seen it, but may be somebody else: the caller compares the senders before it tells anything.
    """
    candidates = [r for r in related if r.case.status in OPEN]
    for one in candidates:
        if one.by == "reply" and is_same_sender(message, one.case):
            return one
    for one in candidates:
        if one.by == "number" and is_same_sender(message, one.case):
            return one
    return next((r for r in candidates if r.by == "reply"), None)


def find_supplemented(brought: Brought, related: Iterable[Related]) -> Supplemented:
    """Return the case that a mail adds to by what it brings: the sender's own, or that of the person on its papers.

    Who only asks, tells, complains or advertises adds to nothing.
    """
    if brought.classification.intent not in (Intent.SUPPLEMENT, Intent.APPLY):
        return Supplemented()
    related = tuple(related)
    if ended := _find_ended(brought, related):
        return Supplemented(may_join=ended)
    waiting = [r for r in related if r.case.status is CaseStatus.MISSING and brought.agency in ("", r.case.agency)]
    own = [r for r in waiting if is_same_sender(brought.message, r.case)]
    return _choose(own, brought) or _find_of_person([r for r in waiting if r not in own], brought) or Supplemented()


def is_same_sender(message: Message, case: Case) -> bool:
    """Return whether a message comes from the address that opened a case."""
    return bool(message.sender.addr) and message.sender.addr.lower() == case.sender.lower()


def adds_to(message: Message, thread: Related | None) -> bool:
    """Return whether what a mail brings belongs into the case that it joins, whoever sent it.

    The applicant's own address proves it, and so do the very person's papers (``find_supplemented``). Knowing our
    letter or a number does not.
    """
    return thread is not None and (thread.by == "person" or is_same_sender(message, thread.case))


def compare_holders(papers: Iterable[Paper], others: Iterable[Paper]) -> Bond:
    """Return how the people on a mail's papers fit those on a case's; their parents prove nothing."""
    claims, known = _list_claims(papers), [claim.account for claim in _list_claims(others)]
    if any(_is_somebody_else(claim, known) for claim in claims):
        return Bond.OTHER
    pairs = [(claim.account, account) for claim in claims for account in known]
    if any(_is_proof(one, other) for one, other in pairs):
        return Bond.PROVEN
    if any(compare_accounts(one, other).is_one_person for one, other in pairs):
        return Bond.NAMED
    return Bond.UNKNOWN


def _list_claims(papers: Iterable[Paper]) -> list[Claim]:
    return [claim for paper in papers for claim in read_claims(paper) if claim.role is not Role.PARENT]


def _is_somebody_else(claim: Claim, known: Sequence[Account]) -> bool:
    """Whether a paper that must be its bearer's own is nobody's whom the case knows; who asks may do so for others."""
    if not claim.is_bearer or claim.kind in WRITER_KINDS or not known:
        return False
    matches = [compare_accounts(claim.account, account) for account in known]
    return not any(match.is_one_person or match is Match.UNKNOWN for match in matches)


def _is_proof(one: Account, other: Account) -> bool:
    match = compare_accounts(one, other)
    if match not in (Match.SAME, Match.VARIANT):
        return False
    if one.proved is not None and one.number == other.number:
        return True
    return bool(one.name) and one.birth is not None and one.birth == other.birth


def _find_ended(brought: Brought, related: Sequence[Related]) -> tuple[Case, ...]:
    """Return the sender's closed case that a supplement answers or names: whether it opens again, a clerk decides."""
    if brought.classification.intent is not Intent.SUPPLEMENT:
        return ()
    return tuple(
        r.case
        for r in related
        if r.by in ("reply", "number") and r.case.status in _ENDED and is_same_sender(brought.message, r.case)
    )[:1]


def _choose(own: Sequence[Related], brought: Brought) -> Supplemented | None:
    """Return which of the sender's waiting cases a mail adds to, None when it is a request of its own.

    An employer sends one mail for each employee, and the second person's photographs must not complete the first
    person's case: so the people on the papers are asked first, then what lacks.
    """
    is_said = brought.classification.intent is Intent.SUPPLEMENT
    fits = {r.case.number: _fits(brought, r.case) for r in own}
    bonds = {r.case.number: compare_holders(brought.papers, r.case.papers) for r in own}
    adding = _may_add if is_said else _is_added
    able = [r for r in own if adding(brought, r.case, bonds[r.case.number])]
    for wanted in ({Bond.PROVEN, Bond.NAMED}, {Bond.UNKNOWN}, {Bond.OTHER}):
        alike = [r for r in able if bonds[r.case.number] in wanted]
        best = [r for r in alike if fits[r.case.number]] or alike
        if len(best) == 1:
            return Supplemented(best[0])
        if best:
            return Supplemented(may_join=tuple(r.case for r in best))
    return None


def _may_add(brought: Brought, case: Case, bond: Bond) -> bool:
    """Whether what is called a supplement may be one of this case."""
    if brought.classification.item in ("", case.item):
        # All of somebody else's papers are that person's request, whatever it is called.
        return not (bond is Bond.OTHER and brought.is_whole)
    # Weak words such as 手写申请 stand for several items: what lacks tells more.
    return bond is not Bond.OTHER and _fits(brought, case) and not _names_other_item(brought, case)


def _is_added(brought: Brought, case: Case, bond: Bond) -> bool:
    """Whether a mail without a word such as 补充 adds to this case all the same."""
    if bond is Bond.OTHER or _names_other_item(brought, case):
        return False
    if bond is Bond.PROVEN and brought.classification.item == case.item:
        # Everything sent once more.
        return True
    return _fits_only(brought, case) and (bond is not Bond.UNKNOWN or not brought.is_whole)


def _find_of_person(others: Sequence[Related], brought: Brought) -> Supplemented | None:
    """Return the case of the very person on a mail's papers, sent by somebody else for them: a daughter, a ward.

    A name has many bearers: with nothing but a name a clerk looks.
    """
    is_said = brought.classification.intent is Intent.SUPPLEMENT
    fitting = [
        r
        for r in others
        if not _names_other_item(brought, r.case)
        and (_fits(brought, r.case) if is_said else _fits_only(brought, r.case) and not brought.is_whole)
    ]
    bonds = {r.case.number: compare_holders(brought.papers, r.case.papers) for r in fitting}
    proven = [r.case for r in fitting if bonds[r.case.number] is Bond.PROVEN]
    if len(proven) == 1:
        # However it was found: a number or an answer from another address proves nothing, the papers do.
        return Supplemented(Related(proven[0], "person"))
    unsure = proven or [r.case for r in fitting if bonds[r.case.number] is Bond.NAMED]
    return Supplemented(may_join=tuple(unsure)) if unsure else None


def _names_other_item(brought: Brought, case: Case) -> bool:
    found = brought.classification
    if found.item in ("", case.item) or found.margin < _PLAIN_MARGIN:
        return False
    return any(e.where in ("subject", "text") and e.weight >= STRONG_WORD for e in found.evidence)


def _fits(brought: Brought, case: Case) -> bool:
    """Whether a mail brings something of what a case lacks, even if it cannot be read this time either."""
    return bool((_list_kinds(brought) | _list_facts(brought)) & brought.lacking.get(case.number, frozenset()))


def _fits_only(brought: Brought, case: Case) -> bool:
    """Whether a mail brings papers that a case lacks and no other; or no file at all, but a fact that it lacks."""
    lacking, kinds = brought.lacking.get(case.number, frozenset()), _list_kinds(brought)
    if brought.has_files:
        return bool(kinds) and kinds <= lacking
    return bool(_list_facts(brought) & lacking)


def _list_kinds(brought: Brought) -> AbstractSet[str]:
    return {paper.kind for paper in brought.papers if paper.kind}


def _list_facts(brought: Brought) -> AbstractSet[str]:
    facts = brought.facts
    stated = {
        "phone": facts.mobiles or facts.landlines,
        "email": facts.email != brought.message.sender.addr and facts.email,
        "destination-address": facts.destination_address,
        "destination-phone": facts.destination_phone,
    }
    return {code for code in FACT_CODES if stated.get(code)}
