"""The checklist: every requirement of an item, what met it, and exactly what still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from domain.catalogue import FACT_CODES, DocumentKind, Requirement, ServiceItem
from domain.papers import Paper, Source
from domain.persons import PersonFinding
from domain.routing import Checklist, ChecklistLine, Facts, Finding
from domain.text import fold
from routing.words import says_any

_NO_KINDS: Mapping[str, DocumentKind] = {}


def check(
    item: ServiceItem,
    scenario: str,
    *,
    papers: Iterable[Paper],
    facts: Facts,
    text: str,
    kinds: Mapping[str, DocumentKind] = _NO_KINDS,
    leaves_open: bool = False,
    warnings: Sequence[PersonFinding] = (),
) -> Checklist:
    """Return the checklist of an item and scenario ('' = open), in the notice's order.

    The order of the papers never matters, a side sent twice counts once, and one more paper never
    makes more missing. ``text`` is the subject and what the sender wrote: it tells whether a
    conditional requirement holds, besides those that ``facts`` remember of earlier mails. ``kinds``
    gives titles for the remarks and tells which papers must be handwritten. ``leaves_open``: something came along
    that nobody could look into, so that no paper is said to be missing. ``warnings`` are named where the papers
    concerned are asked for; they meet or lack nothing, a clerk decides.
    """
    papers = sorted(set_aside_copies(papers), key=lambda p: (p.attachment, p.page, p.sha256))
    counted: dict[str, list[Paper]] = {}
    for paper in papers:
        if paper.counts and not _is_typed(paper, kinds):
            counted.setdefault(paper.kind, []).append(paper)
    stated = _state_facts(item, facts)
    found = {code: _name(seen[0]) for code, seen in counted.items()} | stated
    # What a picture nobody looked at shows may be the very thing: then the finding is open, not "missing".
    unseen = leaves_open or bool(find_unseen(papers))
    lines = tuple(
        _check_line(requirement, found, papers=papers, counted=counted, facts=facts, kinds=kinds, is_unseen=unseen)
        for requirement in list_requirements(item, scenario, (*facts.conditions, *find_conditions(item, text)))
    )
    return Checklist(_remark_warnings(_remark_unknown(lines, papers, kinds), warnings))


def list_requirements(item: ServiceItem, scenario: str, conditions: Iterable[str]) -> tuple[Requirement, ...]:
    """Return what an item asks for in a scenario ('' = open) under some conditions, each requirement once."""
    told = item.scenario(scenario)
    held = frozenset(conditions)
    asked = [*item.requires, *(told.requires if told else item.open_requires)]
    asked += [c.requires for c in item.conditions if str(c.requires) in held]
    return tuple(dict.fromkeys(asked))


def find_conditions(item: ServiceItem, text: str) -> tuple[str, ...]:
    """Return the conditional requirements of an item that a text calls for, as text (变更开户信息: ``bank-info``)."""
    folded = fold(text)
    return tuple(str(c.requires) for c in item.conditions if says_any(folded, c.when))


def find_lacking(requirement: Requirement, found: Iterable[str]) -> tuple[str, ...]:
    """Return the codes to ask for, () when the requirement is met.

    The alternative that is nearest to complete is asked for. Where several are equally near, their
    codes are named side by side: ``id-front|ss-card-front``, ``id-back|ss-card-back``.
    """
    have = set(found)
    lacking = [tuple(code for code in group if code not in have) for group in requirement.alternatives]
    least = min(map(len, lacking))
    nearest = [codes for codes in lacking if len(codes) == least]
    return tuple("|".join(dict.fromkeys(position)) for position in zip(*nearest, strict=True))


def set_aside_copies(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Return the papers with each page of each file once: the same photograph attached twice is one.

    Where two readings of one page differ, the one that counts stays.
    """
    kept: dict[tuple[str, int, str], Paper] = {}
    for paper in papers:
        key = (paper.sha256, paper.page, paper.kind)
        if key not in kept or (paper.counts and not kept[key].counts):
            kept[key] = paper
    return tuple(kept.values())


def find_unseen(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Return the papers of which nobody knows what they are: not looked at, or legible and not recognised.

    What cannot be read, or is a known look-alike, is not among them: it is asked for again.
    """
    return tuple(p for p in papers if not p.kind and p.is_legible is not False and not p.problem)


def _check_line(
    requirement: Requirement,
    found: Mapping[str, str],
    *,
    papers: Sequence[Paper],
    counted: Mapping[str, Sequence[Paper]],
    facts: Facts,
    kinds: Mapping[str, DocumentKind],
    is_unseen: bool,
) -> ChecklistLine:
    missing = find_lacking(requirement, found)
    if not missing:
        met = next(group for group in requirement.alternatives if set(group) <= set(found))
        return ChecklistLine(requirement, Finding.FOUND, met_by={code: found[code] for code in met})
    wanted = requirement.codes
    asked = {code for entry in missing for code in entry.split("|")}
    remarks = [remark for p in papers if p.kind in wanted and (remark := _explain(p, kinds))]
    remarks += _remark_doubles(asked, counted, kinds)
    if "phone" in asked and facts.landlines:
        remarks.append(f"来信留的是固定电话({facts.landlines[0]}),请留手机号码。")
    is_open = is_unseen and bool(asked - FACT_CODES)
    return ChecklistLine(
        requirement,
        Finding.UNCLEAR if is_open else Finding.MISSING,
        missing=missing,
        met_by={code: found[code] for code in sorted(wanted) if code in found},
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _state_facts(item: ServiceItem, facts: Facts) -> dict[str, str]:
    phones = (*facts.mobiles, *(facts.landlines if item.accepts_landline else ()))
    stated = {
        "phone": phones[0] if phones else "",
        "email": facts.email,
        "destination-address": facts.destination_address,
        "destination-phone": facts.destination_phone,
    }
    return {code: value for code, value in stated.items() if value}


def _is_typed(paper: Paper, kinds: Mapping[str, DocumentKind]) -> bool:
    """Return whether a paper that must be handwritten is letters typed into a mail or a file."""
    kind = kinds.get(paper.kind)
    if kind is None or not kind.handwritten:
        return False
    return paper.source is Source.TEXT_LAYER or (paper.source is Source.MAIL_TEXT and not paper.attachment)


def _explain(paper: Paper, kinds: Mapping[str, DocumentKind]) -> str:
    """Return why a paper of the right kind does not count, '' when it does."""
    if paper.problem:
        return f"“{_name(paper)}”未计入:{paper.problem.rstrip('。')}。"
    if paper.is_legible is False:
        return f"“{_name(paper)}”未计入:照片看不清,请重新拍摄。"
    if _is_typed(paper, kinds):
        where = f"“{_name(paper)}”" if paper.attachment else "邮件正文"
        return f"{where}未计入:是键入的文字,{_title(paper.kind, kinds)}须手写后拍照或扫描。"
    return ""


def _remark_doubles(
    asked: set[str], counted: Mapping[str, Sequence[Paper]], kinds: Mapping[str, DocumentKind]
) -> list[str]:
    """Say it when one side came twice and its other side lacks: the commonest slip of all."""
    remarks = []
    for code in sorted(asked):
        stem, _, side = code.rpartition("-")
        other = {"front": "back", "back": "front", "first": "self", "self": "first"}.get(side)
        twice = counted.get(f"{stem}-{other}", ()) if other else ()
        if len(twice) > 1:
            names = "、".join(_name(p) for p in twice)
            remarks.append(f"{_title(twice[0].kind, kinds)}收到{len(twice)}张({names}),同一面只计一次。")
    return remarks


def _remark_unknown(
    lines: tuple[ChecklistLine, ...], papers: Sequence[Paper], kinds: Mapping[str, DocumentKind]
) -> tuple[ChecklistLine, ...]:
    """Put the remark on a paper of no kind (租房合同, 电子社保卡) where it was meant, else at the first that lacks."""
    for paper in papers:
        if paper.kind or not (paper.problem or paper.is_legible is False):
            continue
        open_at = [i for i, line in enumerate(lines) if line.missing and set(line.requirement.codes) - FACT_CODES]
        if not open_at:
            break
        said = fold(paper.problem + "".join(paper.evidence))
        meant = (i for i in open_at if any(_is_named(code, said, kinds) for code in lines[i].requirement.codes))
        at = next(meant, open_at[0])
        line = lines[at]
        remark = _explain(paper, kinds)
        if remark not in line.remarks:
            changed = replace(line, remarks=(*line.remarks, remark))
            lines = (*lines[:at], changed, *lines[at + 1 :])
    return lines


def _remark_warnings(lines: tuple[ChecklistLine, ...], warnings: Sequence[PersonFinding]) -> tuple[ChecklistLine, ...]:
    """Put each warning on the lines that ask for its papers; what concerns none of them on the first for a paper."""
    for warning in warnings:
        shown = {paper.kind for paper in warning.papers}
        asking = [i for i, line in enumerate(lines) if shown & line.requirement.codes]
        asking = asking or [i for i, line in enumerate(lines) if line.requirement.codes - FACT_CODES][:1]
        remark = f"{warning.words},请核对。"
        lines = tuple(
            replace(line, remarks=(*line.remarks, remark)) if i in asking else line for i, line in enumerate(lines)
        )
    return lines


def _is_named(code: str, said: str, kinds: Mapping[str, DocumentKind]) -> bool:
    kind = kinds.get(code)
    return kind is not None and any(fold(name) in said for name in (kind.title, *kind.names))


def _title(code: str, kinds: Mapping[str, DocumentKind]) -> str:
    kind = kinds.get(code)
    return kind.title if kind else code


def _name(paper: Paper) -> str:
    name = paper.attachment or "邮件正文"
    return f"{name} 第{paper.page}页" if paper.page > 1 else name
