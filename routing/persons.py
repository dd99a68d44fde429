"""The same person across the papers and the mail of one case: who is who, and what does not fit. Pure.

Silence is no difference: a field that could not be read accuses nobody, and neither does a paper on which somebody
else may rightly stand - a parent, an agent with a card of their own, a householder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from domain.catalogue import DocumentKind, Scenario
from domain.papers import Paper
from domain.persons import Mark, People, Person, PersonFinding, Role, is_adult, is_same_paper, mask_name
from routing.claims import WRITER_KINDS, Claim, prove_birth, read_claims, title_of
from routing.identity import Account, Match, compare_accounts, fold_name, list_variants
from routing.stated import find_stated_account, says_agent
from routing.terms import find_term_findings

# A unit's papers name its people, each in another place.
_UNIT_KINDS = frozenset({
    "business-license", "medical-license", "drug-license", "stamped-form", "account-confirmation",
    "settlement-report", "registration-materials", "department-form",
})  # fmt: skip
_FRONTS = frozenset({"id-front", "ss-card-front", "residence-permit-front"})
_AGENT_KINDS = WRITER_KINDS | {"id-front", ""}
_CHILD_KINDS = frozenset({"id-front", "ss-card-front", "hukou-self", "birth-cert"})
_ADULT_KINDS = frozenset({"id-front", "ss-card-front", "hukou-self", "residence-permit-front"})
_MOST_TITLES = 3


@dataclass(frozen=True, slots=True)
class Question:
    """What the case is about: the codes it asks for, and for whom (``is_for_minor`` None: for anybody).

    ``on`` is the day the mail was received, None when nobody knows it: then nothing is said about age and validity.
    ``text`` is what the sender wrote.
    """

    asked: AbstractSet[str]
    is_for_minor: bool | None
    on: date | None
    text: str
    kinds: Mapping[str, DocumentKind]


@dataclass(frozen=True, slots=True)
class _Group:
    """The claims about one person, the surest first."""

    claims: tuple[Claim, ...]

    @property
    def account(self) -> Account:
        """All that is known of the person."""
        said = [c.account for c in self.claims]
        return Account(
            next((a.name for a in said if a.name), ""),
            next((a.number for a in said if a.number), ""),
            next((a.birth for a in said if a.birth), None),
        )

    @property
    def bearing(self) -> tuple[Claim, ...]:
        """What must be this person's own."""
        return tuple(c for c in self.claims if c.is_bearer)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of these papers; '' is the mail."""
        return frozenset(c.kind for c in self.bearing)

    def is_adult(self, on: date | None) -> bool | None:
        """Return whether the person is grown up, None when nothing tells."""
        birth = self.account.birth
        return is_adult(birth, on) if birth is not None and on is not None else None


def is_for_minor(scenario: Scenario | None) -> bool | None:
    """Return whether a scenario is for minors (its title says 未成年) or for adults (成年人), None for anybody."""
    title = scenario.title if scenario else ""
    if "未成年" in title:
        return True
    return False if "成年人" in title else None


def compare_people(papers: Iterable[Paper], question: Question) -> People:
    """Return whom the papers of one case and the mail name, and what does not fit; their order never matters."""
    counted = sorted((p for p in papers if p.counts), key=_order)
    terms = find_term_findings(counted, on=question.on, kinds=question.kinds) if question.on else ()
    claims = [claim for paper in counted for claim in read_claims(paper)]
    if not claims or question.asked & _UNIT_KINDS:
        return People(findings=terms)
    has_agent = says_agent(question.text)
    stated = find_stated_account(question.text)
    if stated is not None:
        claims.append(Claim(stated, Role.OTHER, None, is_bearer=not has_agent))
    groups, told = _group_claims(claims, question.kinds)
    subject = _find_subject(groups, question)
    roles = [_find_role(group, subject, question, has_agent=has_agent) for group in groups]
    accused = [group for group, role in zip(groups, roles, strict=True) if role is None]
    persons = tuple(_make_person(group, role or Role.OTHER) for group, role in zip(groups, roles, strict=True))
    findings = [f for group in accused if subject and (f := _accuse(group, subject, question.kinds))]
    findings += _check_ages(counted, question)
    findings += _miss_agent(counted, persons) if has_agent else ()
    return People(persons, (*findings, *told, *terms))


def _order(paper: Paper) -> tuple[str, int, str, str, list[tuple[str, str]]]:
    # Two people's cards on one page differ by nothing but what stands on them.
    return paper.attachment, paper.page, paper.sha256, paper.kind, sorted(paper.fields.items())


def _group_claims(
    claims: Iterable[Claim], kinds: Mapping[str, DocumentKind]
) -> tuple[list[_Group], list[PersonFinding]]:
    """Return the claims person by person, and the slips that were overlooked in doing so."""
    groups: list[_Group] = []
    told: list[PersonFinding] = []
    # Who is surely known gathers those of whom only the name is said.
    for claim in sorted(claims, key=lambda c: (c.account.proved is None, not c.account.number, not c.is_bearer)):
        fits = [(compare_accounts(claim.account, group.account), at) for at, group in enumerate(groups)]
        fits = sorted(((m, at) for m, at in fits if m.is_one_person), key=lambda fit: (fit[0].value, fit[1]))
        if not fits:
            groups.append(_Group((claim,)))
            continue
        match, at = fits[0]
        if match is not Match.SAME and claim.is_bearer:
            told.append(_tell_slip(match, claim, groups[at], kinds))
        groups[at] = _Group((*groups[at].claims, claim))
    return groups, told


def _find_subject(groups: Sequence[_Group], question: Question) -> _Group | None:
    """Return whose case it is: the dead, the child, whom the mail or the form names, or whom most papers name."""
    bearers = [g for g in groups if g.bearing]
    for kind in ("death-cert", "birth-cert", "physician-form"):
        if born := next((g for g in bearers if kind in g.kinds), None):
            return born
    if question.is_for_minor:
        return next((g for g in bearers if g.is_adult(question.on) is False), None)
    for kind in ("", "application-form"):
        if named := next((g for g in bearers if kind in g.kinds), None):
            return named
    return max(bearers, key=lambda g: (len(g.kinds), "id-front" in g.kinds), default=None)


def _find_role(group: _Group, subject: _Group | None, question: Question, *, has_agent: bool) -> Role | None:
    """Return what somebody has to do with the case, None when nothing explains their papers in it."""
    if group is subject or "physician-form" in group.kinds:
        return Role.SUBJECT
    if any(c.role is Role.PARENT for c in group.claims):
        return Role.PARENT
    if not group.bearing or subject is None or "death-cert" in subject.kinds:
        # Whoever writes after a death is not the one who died.
        return Role.PARENT if question.is_for_minor and group.is_adult(question.on) else Role.OTHER
    if (question.is_for_minor or subject.is_adult(question.on) is False) and group.is_adult(question.on) is not False:
        return Role.PARENT
    # A whole household book was photographed: the other pages are no mistake.
    own = group.kinds - ({"hukou-self"} & subject.kinds)
    if not own:
        return Role.OTHER
    is_card_there = "id-front" in subject.kinds or "id-front" not in question.asked
    return Role.AGENT if has_agent and is_card_there and own <= _AGENT_KINDS else None


def _accuse(group: _Group, subject: _Group, kinds: Mapping[str, DocumentKind]) -> PersonFinding | None:
    match = compare_accounts(group.account, subject.account)
    pair = f"{_list_titles(group, kinds)}与{_list_titles(subject, kinds)}上的"
    masks = (mask_name(group.account.name), mask_name(subject.account.name))
    names = f"({'、'.join(masks)})" if all(masks) and masks[0] != masks[1] else ""
    papers = tuple(c.paper for c in (*group.bearing, *subject.bearing) if c.paper)
    is_one_number = bool(group.account.number) and group.account.number == subject.account.number
    twice = sorted(group.kinds & subject.kinds & _FRONTS)
    mark, words = Mark.OTHER_PERSON, f"{pair}姓名和身份证号码都不一致{names}"
    match match:
        case Match.SAME | Match.VARIANT | Match.SLIP | Match.UNKNOWN:
            return None
        case Match.NUMBER:
            same_name = "姓名一致,但" if group.account.name and subject.account.name else ""
            mark, words = Mark.OTHER_NUMBER, f"{pair}{same_name}身份证号码不一致"
        case Match.NAME:
            same_number = "身份证号码相同,但" if is_one_number else ""
            mark, words = Mark.OTHER_NAME, f"{pair}{same_number}姓名不一致{names}"
        case Match.BIRTH:
            mark, words = Mark.OTHER_BIRTH, f"{pair}姓名一致,但出生日期不一致"
        case Match.BOTH:
            pass
    if twice and not is_one_number and match is not Match.BIRTH:
        titles = "、".join(_title(papers, kind, kinds) for kind in twice)
        mark, words = Mark.TWO_CARDS, f"收到两个人的{titles}{names}"
    return PersonFinding(mark, words, papers)


def _title(papers: Iterable[Paper], kind: str, kinds: Mapping[str, DocumentKind]) -> str:
    return title_of(next(p for p in papers if p.kind == kind), kinds)


def _list_titles(group: _Group, kinds: Mapping[str, DocumentKind]) -> str:
    titles = list(dict.fromkeys(title_of(c.paper, kinds) for c in group.bearing))
    return "、".join(titles[:_MOST_TITLES]) + ("等" if len(titles) > _MOST_TITLES else "")


def _tell_slip(match: Match, claim: Claim, group: _Group, kinds: Mapping[str, DocumentKind]) -> PersonFinding:
    papers = tuple(c.paper for c in (claim, *group.bearing[:1]) if c.paper)
    pair = f"{title_of(claim.paper, kinds)}与{_list_titles(group, kinds)}上的"
    if match is Match.SLIP:
        words = f"{pair}身份证号码只差一处,且有一个校验不符,按误读视为同一人,请核对"
        return PersonFinding(Mark.MISREAD_NUMBER, words, papers)
    chars = ",".join(f"{a}/{b}" for a, b in list_variants(claim.account.name, group.account.name))
    words = f"{pair}姓名用字不同{f'({chars})' if chars else ''},视为同一人,请核对"
    return PersonFinding(Mark.VARIANT_NAME, words, papers)


def _check_ages(papers: Sequence[Paper], question: Question) -> Iterator[PersonFinding]:
    """Yield the kinds of paper of which every one is of the wrong age for the scenario; an unknown age spares them."""
    if question.is_for_minor is None or question.on is None:
        return
    for kind in sorted(question.asked & (_CHILD_KINDS if question.is_for_minor else _ADULT_KINDS)):
        shown = [p for p in papers if p.kind == kind]
        births = [birth for p in shown if (birth := prove_birth(p))]
        wrong = [b for b in births if is_adult(b, question.on) is question.is_for_minor]
        # A grown-up's page among a child's papers is the parent's: it counts as that (``settle_papers``).
        is_parents = kind == "hukou-self" and "parent-hukou-self" in question.asked
        if not shown or len(wrong) < len(shown) or is_parents:
            continue
        title = title_of(shown[0], question.kinds)
        mark = Mark.NOT_MINOR if question.is_for_minor else Mark.NOT_ADULT
        words = "办理对象是未成年人,但{}上的人已成年" if question.is_for_minor else "办理对象是成年人,但{}上的人未成年"
        yield PersonFinding(mark, words.format(title), tuple(shown))


def _miss_agent(papers: Sequence[Paper], persons: Sequence[Person]) -> Iterator[PersonFinding]:
    """Yield the agent's card when it did not come: only where every card in the case is known to be another's."""
    fronts = [p for p in papers if p.kind == "id-front"]
    is_known = all(any(is_same_paper(p, mine) for person in persons for mine in person.papers) for p in fronts)
    if is_known and not any(person.role in {Role.AGENT, Role.PARENT} for person in persons):
        yield PersonFinding(Mark.NO_AGENT_CARD, "信中提到由他人代办,没有看到代办人的身份证")


def _make_person(group: _Group, role: Role) -> Person:
    account = group.account
    papers: list[Paper] = []
    for claim in group.claims:
        if claim.paper is not None and not any(is_same_paper(claim.paper, p) for p in papers):
            papers.append(claim.paper)
    is_in_mail = any(c.paper is None for c in group.claims)
    return Person(role, account.name, account.number, account.birth, tuple(papers), is_in_mail)


def settle_papers(papers: Iterable[Paper], people: People, question: Question) -> tuple[Paper, ...]:
    """Return the papers as they count: expired ones with their problem, a parent's page of the household book as such.

    Both pages of a household book are printed alike, whosesoever they are: the page of a grown-up beside a child's is
    the parent's, and so is the first page of which that parent is the householder (大连通告一.12).
    """
    papers = tuple(papers)
    tells_pages = question.is_for_minor and question.on is not None and "parent-hukou-self" in question.asked
    parents = _name_parents(papers, people, question.on) if tells_pages and question.on else frozenset()
    settled = []
    for paper in papers:
        noted = people.note_problem(paper)
        kind = _tell_page(paper, parents, question) if tells_pages else paper.kind
        settled.append(noted if kind == paper.kind else replace(noted, kind=kind))
    return tuple(settled)


def _name_parents(papers: Iterable[Paper], people: People, on: date) -> frozenset[str]:
    """Return the names of the grown-ups who are parents here: on a birth certificate or a page of their own."""
    pages = (p for p in papers if p.kind in {"hukou-self", "parent-hukou-self"} and p.counts)
    grown = {p.fields.get("name", "") for p in pages if (birth := prove_birth(p)) and is_adult(birth, on)}
    named = {p.name for p in people.persons if p.role is Role.PARENT}
    return frozenset(fold_name(name) for name in grown | named if name)


def _tell_page(paper: Paper, parents: AbstractSet[str], question: Question) -> str:
    birth = prove_birth(paper)
    assert question.on is not None
    if paper.kind in {"hukou-self", "parent-hukou-self"} and birth is not None:
        return "parent-hukou-self" if is_adult(birth, question.on) else "hukou-self"
    is_parents_book = fold_name(paper.fields.get("name", "")) in parents
    if paper.kind == "hukou-first" and "hukou-first" not in question.asked and is_parents_book:
        return "parent-hukou-first"
    return paper.kind
