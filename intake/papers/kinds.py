"""Which papers a page shows, told by the words printed on them: a score for each kind, several papers on one page."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from domain.catalogue import DocumentKind
from intake.papers.lines import Line, Page
from intake.papers.printed import find_gaps, join_pieces, place_cut
from intake.papers.rosters import is_roster
from intake.papers.scores import (
    Evidence,
    Lexis,
    Refused,
    Score,
    are_mates,
    build_lexis,
    find_refused,
    is_like,
    mark_screen,
    score_kinds,
)
from intake.papers.vocabulary import Seen
from intake.papers.wordings import NONE_OF_OURS

_LEAST_GAP = 1.5  # heights of a line between two papers on a page; a form's rows stand closer
_WIDE_GAP = 4.0  # the sides of a card laid on one sheet stand further apart than the blanks of one form
_STRONG = 6.0  # each of two papers on a page must say more than a title
_MATES = 5.5  # less of the two sides of a card
_LIKE_POINTS = 5.5  # what a part counts that is told by its whole wording
_GAIN = 3.0  # and both together more than one paper would
_MOST_PAPERS = 4
_MOST_SLANT = 3.0  # heights from a line's upper to its lower edge; a page photographed askew has less


@dataclass(frozen=True, slots=True)
class Box:
    """A region of a page, in pixels from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper that a page shows: its kind ('' when it is none of ours) and why.

    ``score`` is a sum of points, ``confidence`` runs from 0 to 1; ``evidence`` says in Chinese which words tell it.
    ``lines`` are the page's lines within ``region``; ``fields`` the codes of what can be read there, ``has_rows`` that
    it lists several people. ``refused`` are the kinds it looks like and is not;
    of code '' what it is instead of any.
    """

    code: str
    score: float
    confidence: float
    evidence: tuple[str, ...]
    lines: tuple[Line, ...]
    region: Box
    fields: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    has_rows: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a page: its box, the words in it, and what they say for each kind."""

    box: Box
    seen: tuple[Seen, ...]
    scores: tuple[Score, ...]

    @property
    def best(self) -> Score | None:
        return next((s for s in self.scores if s.is_shown), None)


@dataclass(frozen=True, slots=True)
class _Halves:
    """A part cut in two, and how wide the gap between is in heights of a line."""

    one: _Part
    other: _Part
    gap: float


def find_kinds(page: Page, kinds: Mapping[str, DocumentKind]) -> tuple[Shown, ...]:
    """Return the papers on a page, from top to bottom and left to right.

    A page that is a known look-alike and nothing else gives one of code '' that names what it was refused as; a page
    that says nothing gives none.
    """
    lexis = build_lexis(kinds)
    lines = join_pieces(page.lines)
    seen = lexis.vocabulary.find(lines)
    lexis = mark_screen(page, seen, lexis)
    whole = _make_part(_bound(lines), seen, lexis, words=page.lines)
    parts = sorted(_split(whole, lines, lexis, most=_MOST_PAPERS), key=lambda p: (p.box.top, p.box.left))
    found = (_describe(part, page, lexis) for part in parts)
    return tuple(shown for shown in found if shown.code or shown.refused)


def _make_part(box: Box, seen: Sequence[Seen], lexis: Lexis, *, words: Sequence[Line] = (), mate: str = "") -> _Part:
    """Return a part; with the ``words`` on it, it is also judged by how they read as a whole."""
    likeness = lexis.wordings.compare(words) if words and lexis.wordings else None
    return _Part(box, tuple(seen), score_kinds(seen, lexis, likeness, mate=mate))


def _bound(lines: Sequence[Line]) -> Box:
    points = [point for line in lines for point in line.box] or [(0.0, 0.0)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _split(part: _Part, lines: Sequence[Line], lexis: Lexis, *, most: int) -> list[_Part]:
    """Return the papers of a part: itself, or those on both sides of the gap that parts two papers best."""
    whole = part.best
    best: tuple[float, _Part, _Part] | None = None
    for halves in _halve(part, lines, lexis) if most > 1 else ():
        is_wide = halves.gap >= _WIDE_GAP
        one, other = _read_mates(halves, lines, lexis) if is_wide else (halves.one, halves.other)
        first, second = one.best, other.best
        if first is None or second is None or not _are_two(first, second, is_wide=is_wide):
            continue
        gain = _points(first) + _points(second) - (_points(whole) if whole else 0.0)
        if gain >= _GAIN and (best is None or gain > best[0]):
            best = (gain, one, other)
    if best is None:
        return [part]
    _, one, other = best
    above = _split(one, lines, lexis, most=most - 1)
    return _drop_tails(above + _split(other, lines, lexis, most=most - len(above)))


def _read_mates(halves: _Halves, lines: Sequence[Line], lexis: Lexis) -> tuple[_Part, _Part]:
    one, other = halves.one, halves.other
    return _read_mate(one, other, lines, lexis), _read_mate(other, one, lines, lexis)


def _read_mate(part: _Part, beside: _Part, lines: Sequence[Line], lexis: Lexis) -> _Part:
    """Return a half that tells nothing by itself as the other side of the card beside it, where it reads like that."""
    if part.best or not beside.best:
        return part
    words = [line for line in lines if _is_within(line, part.box)]
    read = _make_part(part.box, part.seen, lexis, words=words, mate=beside.best.kind.code)
    return read if read.best and are_mates(read.best.kind.code, beside.best.kind.code) else part


def _points(score: Score) -> float:
    return max(score.points, _LIKE_POINTS) if score.likeness else score.points


def _drop_tails(parts: list[_Part]) -> list[_Part]:
    """Leave out the foot of a paper: without a title, or told by its wording, where one of its kind says more."""
    titled = {p.best.kind.code for p in parts if p.best and p.best.title}
    most: dict[str, float] = {}
    for best in (p.best for p in parts if p.best):
        most[best.kind.code] = max(best.points, most.get(best.kind.code, 0.0))

    def is_foot(best: Score) -> bool:
        is_less = bool(best.likeness) or (best.kind.code in titled and not best.title)
        return is_less and best.points < most[best.kind.code]

    return [p for p in parts if p.best is None or not is_foot(p.best)]


def _halve(part: _Part, lines: Sequence[Line], lexis: Lexis) -> Iterator[_Halves]:
    """Yield a part cut in two at each of its gaps.

    Only lines with a known word are looked at: a blot between two cards does not make them one.
    """
    numbers = sorted({s.line for s in part.seen})
    boxes = {n: _bound((lines[n],)) for n in numbers}
    usual = max(median([lines[n].height_px for n in numbers] or [0.0]), 1.0)
    # What its owner wrote aslant across the sheet stands on no paper, and would tie two cards together.
    boxes = {n: box for n, box in boxes.items() if box.bottom - box.top <= _MOST_SLANT * max(usual, lines[n].height_px)}
    if len(boxes) < 2:
        return
    least = _LEAST_GAP * usual
    every = [_bound((line,)) for line in lines]
    for gap in find_gaps(((b.top, b.bottom) for b in boxes.values()), least=least):
        cut = place_cut(gap, ((b.top, b.bottom) for b in every))
        upper = [s for s in part.seen if s.line in boxes and boxes[s.line].bottom <= gap[0]]
        lower = [s for s in part.seen if s.line in boxes and boxes[s.line].bottom > gap[0]]
        top = Box(part.box.left, part.box.top, part.box.right, cut)
        bottom = Box(part.box.left, cut, part.box.right, part.box.bottom)
        yield _Halves(_make_part(top, upper, lexis), _make_part(bottom, lower, lexis), (gap[1] - gap[0]) / usual)
    for gap in find_gaps(((b.left, b.right) for b in boxes.values()), least=least):
        cut = place_cut(gap, ((b.left, b.right) for b in every))
        before = [s for s in part.seen if s.line in boxes and boxes[s.line].right <= gap[0]]
        after = [s for s in part.seen if s.line in boxes and boxes[s.line].right > gap[0]]
        left = Box(part.box.left, part.box.top, cut, part.box.bottom)
        right = Box(cut, part.box.top, part.box.right, part.box.bottom)
        yield _Halves(_make_part(left, before, lexis), _make_part(right, after, lexis), (gap[1] - gap[0]) / usual)


def _are_two(one: Score, other: Score, *, is_wide: bool) -> bool:
    """Whether two halves are two papers, not the head and the foot of one."""
    least = _MATES if is_wide and are_mates(one.kind.code, other.kind.code) else _STRONG
    if min(_points(one), _points(other)) < least or not (_is_whole(one) and _is_whole(other)):
        return False
    if one.kind.code != other.kind.code:
        return True
    # Two cards of one sort repeat their blanks; a long form does not.
    first, second = ({e.seen.word for e in score.evidence} for score in (one, other))
    is_repeated = 2 * len(first & second) > max(len(first), len(second))
    return bool(one.kind.needs) and is_repeated and bool(one.title) == bool(other.title)


def _is_whole(score: Score) -> bool:
    if score.likeness:
        return True
    if score.kind.handwritten:
        return bool(score.title)  # the foot of a form speaks like a request
    return bool(score.title) or bool(score.kind.needs and score.has_needed)


def _describe(part: _Part, page: Page, lexis: Lexis) -> Shown:
    lines = tuple(line for line in page.lines if _is_within(line, part.box))
    refused = find_refused(part.scores, part.seen, lexis)
    best = part.best
    if best is None:
        refused = refused or _tell_other(lines, lexis)
        why = tuple(f"“{r.word}”不是所要的材料" for r in refused)
        return Shown("", 0.0, 0.6 if refused else 0.0, tuple(dict.fromkeys(why)), lines, part.box, refused=refused)
    return Shown(
        code=best.kind.code,
        score=round(best.points, 2),
        confidence=_judge(best, part.scores, page),
        evidence=(*(_explain(e) for e in best.evidence), *_explain_likeness(best)),
        lines=lines,
        region=part.box,
        fields=best.kind.fields,
        refused=tuple(r for r in refused if r.code != best.kind.code),
        has_rows=is_roster(best.kind),
    )


def _tell_other(lines: Sequence[Line], lexis: Lexis) -> tuple[Refused, ...]:
    """Return what else a page is that shows none of our papers, where it reads plainly like a sample of that."""
    likeness = lexis.wordings.compare(lines) if lexis.wordings else None
    if likeness is None or likeness.code != NONE_OF_OURS or not is_like(likeness):
        return ()
    return (Refused("", re.split("[（，]", likeness.what)[0]),)


def _is_within(line: Line, box: Box) -> bool:
    of = _bound((line,))
    x, y = (of.left + of.right) / 2, (of.top + of.bottom) / 2
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _judge(best: Score, scores: Sequence[Score], page: Page) -> float:
    """Return how sure the kind is: more points, well-read lines, and no other kind nearly as likely."""
    read = [page.lines[e.seen.line].score for e in best.evidence if e.seen.line < len(page.lines)]
    second = max((s.rank for s in scores if s.is_shown and s is not best), default=0.0)
    lead = min(1.0, max(0.0, (best.rank - second) / 3.0))
    sure = 1.0 - math.exp(-max(best.points - 1.0, 0.0) / 2.5)
    clear = 0.7 + 0.3 * (sum(read) / len(read) if read else 1.0)
    alike = best.likeness.share * clear if best.likeness else 0.0
    return round(min(0.99, max(alike, sure * clear * (0.8 + 0.2 * lead))), 2)


def _explain_likeness(best: Score) -> tuple[str, ...]:
    like = best.likeness
    return (f"整页用语与“{like.what}”的样本相近（{like.share:.0%}）",) if like else ()


def _explain(evidence: Evidence) -> str:
    like = "" if evidence.seen.is_exact else "（近似）"
    return f"印有“{evidence.word}”{like}，{evidence.points:g}分"
