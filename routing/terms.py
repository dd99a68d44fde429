"""Terms of validity (有效期限): expired papers, papers of tomorrow, and backs that cannot belong to a card's front."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from domain.catalogue import DocumentKind
from domain.papers import Paper
from domain.persons import Mark, PersonFinding, age_on
from routing.claims import prove_birth, read_day, title_of

_FOR_EVER = "长期"
_ID_FRONT, _ID_BACK = "id-front", "id-back"
_TERMS_YEARS = (5, 10, 20)
_TEMPORARY_DAYS = 100  # 临时居民身份证: three months


def say_expired(until: date) -> str:
    """Return why an expired paper does not count, as the citizen reads it."""
    return f"有效期至{until.year}年{until.month}月{until.day}日,已过期,请寄现行有效的证件"


def find_term_findings(
    papers: Iterable[Paper], *, on: date, kinds: Mapping[str, DocumentKind]
) -> tuple[PersonFinding, ...]:
    """Return what is wrong with the terms of papers on the day the mail was received.

    The last day still counts. A term that no identity card has (居民身份证法 第五条: 5, 10 or 20 years) is misread: it
    is told, and accuses nobody.
    """
    papers = tuple(p for p in papers if p.counts)
    return (*(f for p in papers if (f := _check_term(p, on, kinds))), *_find_other_backs(papers))


def _check_term(paper: Paper, on: date, kinds: Mapping[str, DocumentKind]) -> PersonFinding | None:
    start, end = _read_term(paper)
    title = title_of(paper, kinds)
    if _is_odd(paper):
        return PersonFinding(Mark.ODD_TERM, f"{title}的有效期限不合常理,可能没有读对,请核对", (paper,))
    if end is not None and end < on:
        return PersonFinding(Mark.EXPIRED, say_expired(end), (paper,))
    if start is not None and start > on:
        begins = f"{start.year}年{start.month}月{start.day}日"
        return PersonFinding(Mark.NOT_YET_VALID, f"{title}的有效期限自{begins}起,收到来信时尚未生效", (paper,))
    return None


def _read_term(paper: Paper) -> tuple[date | None, date | None]:
    return read_day(paper.fields.get("valid_from", "")), read_day(paper.fields.get("valid_until", ""))


def _is_odd(paper: Paper) -> bool:
    start, end = _read_term(paper)
    if start is None or end is None:
        return False
    if end <= start:
        return True
    return paper.kind == _ID_BACK and _count_years(start, end) is None and (end - start).days > _TEMPORARY_DAYS


def _count_years(start: date, end: date) -> int | None:
    """Return the years of a card's term, None when no card has such a term; 29 February may end on either side."""
    for years in _TERMS_YEARS:
        day = date(start.year + years, start.month, min(start.day, 28) if start.month == 2 else start.day)
        if abs((end - day).days) <= 2:
            return years
    return None


def _find_other_backs(papers: Sequence[Paper]) -> Iterable[PersonFinding]:
    """Yield the backs of identity cards that fit none of the fronts: the term is given by the holder's age.

    Place and authority cannot tell it, since people move. Without every front's birth date nothing is said.
    """
    fronts = [p for p in papers if p.kind == _ID_FRONT]
    births = [birth for p in fronts if (birth := prove_birth(p))]
    if not fronts or len(births) < len(fronts):
        return
    for back in papers:
        start, end = _read_term(back)
        is_for_ever = back.fields.get("valid_until", "") == _FOR_EVER
        if back.kind != _ID_BACK or start is None or _is_odd(back):
            continue
        years = 0 if is_for_ever else _count_years(start, end) if end else None
        if years is not None and not any(_fits(birth, start, years) for birth in births):
            words = "身份证国徽面的有效期限与人像面的年龄不符,像是另一张身份证的"
            yield PersonFinding(Mark.OTHER_BACK, words, (*fronts, back))


def _fits(birth: date, start: date, years: int) -> bool:
    """Return whether a card of this term (0 = 长期) was issued to somebody born then (居民身份证法 第五条).

    Between applying and the first day of the term a birthday may pass.
    """
    age = age_on(birth, start)
    return age >= 0 and years in {_term_at(age), _term_at(age - 1)}


def _term_at(age: int) -> int:
    if age < 16:
        return 5
    return 10 if age <= 25 else 20 if age <= 45 else 0
