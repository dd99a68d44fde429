"""How well the words of a part of a page speak for each kind of paper, and which look-alike they refuse."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from domain.catalogue import FACT_CODES, DocumentKind
from intake.papers.lines import Page
from intake.papers.printed import fold_word
from intake.papers.vocabulary import FUZZY_CHARS, GAP, Seen, Vocabulary, build_vocabulary, drop_overlaps, fold_title
from intake.papers.wordings import NONE_OF_OURS, Likeness, Wordings, build_wordings

TITLE_POINTS = 4.5  # a printed word with as many points is a title
_LEAST = 4.0  # below this a kind is not shown: less than a title
_LEAST_LABELS = 5.0  # without a title, and nothing that must stand there: a cut-off photograph of a form
_LEAST_UNDER_GENERAL = 3.0  # the same under a heading such as 备案表, which any form may bear
_LEAST_UNTITLED = 6.0  # a letter without a title says much of what letters say; so does talk about letters
_OUTDONE = 20.0
_SHORT_TITLE = 3.0  # 病历, 申请, 居住证 stand on much else
_MUCH = 4.0  # points by which a short title's paper may outweigh a longer title around it
_MENTION = 0.5  # a title within a sentence: 本人提供的发票、费用清单
_MOST_LABELS = 9.0  # a long form has many blanks; they must not outweigh another's title
_SIMILAR = 0.8  # of its points, for a word with a wrong character
_REFERENCES = ("号", "号码", "编号", "编码")
_SCREEN_POINTS = 3.0  # from here on a page is a screen's picture
_LEAST_BESIDE = 3.0  # on which a paper says so much more than its title
_CLOCK_POINTS = 1.5
_TOP_SHARE = 0.06
SCREEN = "屏幕截图"
_SCREEN_KIND = NONE_OF_OURS  # whose words are those of screens
# How like the samples a page must be where no rule tells it - much, or a little where the rules lean the same way - and
# to be believed against a rule. Chosen by the open layouts and the held ones' totals; the samples' writers saw neither.
_LIKE, _LEAN, _MATE_LIKE = (0.4, 0.12), (0.25, 0.06), (0.35, 0.2)  # share, and lead on the next kind
_LEAN_POINTS = 1.5
_FEW_PAIRS, _FEW_LIKE = 22, (0.8, 0.6)  # a line of talk, the back of a ticket: by so few pairs only what is very like
_AGAINST_BLANKS, _AGAINST_TITLE = 0.2, 0.3
# Over a screen: the clock, the battery, the network; between messages: when each was sent.
_STATUS = re.compile(r"\d{1,2}:\d{2}|\d{1,3}\s?%|[2-5]G\+?|HD|中国(?:移动|联通|电信|广电)")
_SENT = re.compile(r"(?:上午|下午|早上|中午|晚上|凌晨|昨天|前天|今天|星期.)\s?\d{1,2}:\d{2}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A word that counts for a kind: as printed, its points here, and where it was seen."""

    word: str
    points: float
    seen: Seen


@dataclass(frozen=True, slots=True)
class Refused:
    """A kind that a page looks like and is not, and the word that says so; of code '' what the page is instead."""

    code: str
    word: str


@dataclass(frozen=True, slots=True)
class Score:
    """What a part of a page says for one kind; ``against`` is the word that refuses it, '' when none does."""

    kind: DocumentKind
    points: float
    title_seen: Seen | None
    has_needed: bool
    evidence: tuple[Evidence, ...]
    against: str = ""
    under_general: bool = False
    """Stands under a heading that any form may bear (备案表), and has none of its own."""
    is_outdone: bool = False
    """Has such a heading, while the blanks are those of a kind of their own; or the page reads like another kind."""
    likeness: Likeness | None = None
    """Told, or confirmed, by how the page reads as a whole."""

    @property
    def title(self) -> str:
        """The title as it was read, '' when there is none."""
        return self.title_seen.text if self.title_seen else ""

    @property
    def speaks(self) -> bool:
        """Whether the words suffice, look-alikes apart."""
        if self.likeness:
            return True
        if self.title or (self.kind.needs and self.has_needed):
            return self.points >= (_LEAST_UNTITLED if self.kind.handwritten and not self.title else _LEAST)
        if self.kind.needs:
            return False
        labels = [e for e in self.evidence if e.points >= 1.0]
        if self.under_general:
            return len(labels) >= 2 and self.points >= _LEAST_UNDER_GENERAL
        return len(labels) >= 3 and self.points >= _LEAST_LABELS

    @property
    def is_shown(self) -> bool:
        """Whether the part shows this kind."""
        return self.speaks and not self.against

    @property
    def rank(self) -> float:
        """What kinds are compared by: a title outweighs blanks, a longer one a shorter that stands within it."""
        bonus = 3.0 + 0.15 * (self.title_seen.chars - 4) if self.title_seen else 0.0
        return self.points + bonus - (_OUTDONE if self.is_outdone else 0.0)


@dataclass(frozen=True, slots=True)
class _Words:
    """A kind's words, folded."""

    kind: DocumentKind
    printed: Mapping[str, tuple[str, float]]
    against: Mapping[str, str]
    denied: Mapping[str, str]
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Lexis:
    """The printed words of all kinds, and the vocabulary to find them with.

    ``wordings`` are the samples to compare a page with, None where there are none. ``screen`` are the words of screens
    with their points; ``is_screen`` tells that the page at hand shows one.
    """

    words: tuple[_Words, ...]
    vocabulary: Vocabulary
    screen: Mapping[str, float]
    wordings: Wordings | None = None
    is_screen: bool = False


def build_lexis(kinds: Mapping[str, DocumentKind]) -> Lexis:
    """Return the printed words of a catalogue's kinds; the same kinds give the same without building it again."""
    return _build(tuple(k for k in kinds.values() if k.code not in FACT_CODES))


@lru_cache(maxsize=8)
def _build(kinds: tuple[DocumentKind, ...]) -> Lexis:
    words = tuple(
        _Words(
            kind,
            {fold_title(k.word): (k.word, k.weight) for k in kind.printed},
            {fold_word(w): w for w in kind.against},
            {fold_word(w): w for w in kind.not_names},
            tuple(frozenset(fold_title(w) for w in group) for group in kind.needs),
        )
        for kind in kinds
        if kind.code != _SCREEN_KIND
    )
    screen = {fold_word(k.word): k.weight for kind in kinds if kind.code == _SCREEN_KIND for k in kind.printed}
    every = frozenset(w for one in words for table in (one.printed, one.against, one.denied) for w in table)
    return Lexis(words, build_vocabulary(every | frozenset(screen)), screen, build_wordings(kinds))


def mark_screen(page: Page, seen: Sequence[Seen], lexis: Lexis) -> Lexis:
    """Return the words to judge a page by: on a screen's picture, a talk above all, a paper's title alone says little.

    A photograph of a paper within it is still one.
    """
    words = {s.word for s in seen if s.is_exact and s.word in lexis.screen}
    points = sum(lexis.screen[word] for word in words)
    texts = [(line, line.text.strip().replace("：", ":")) for line in page.lines]
    has_status = any(line.top < _TOP_SHARE * page.height and _STATUS.fullmatch(text) for line, text in texts)
    points += _CLOCK_POINTS * (has_status + any(_SENT.fullmatch(text) for _, text in texts))
    return replace(lexis, is_screen=points >= _SCREEN_POINTS)


def score_kinds(
    seen: Sequence[Seen], lexis: Lexis, likeness: Likeness | None = None, *, mate: str = ""
) -> tuple[Score, ...]:
    """Return the scores of all kinds that a part's words say anything for, the best first.

    ``likeness`` is what the part reads like as a whole, where that is known; ``mate`` the kind that stands beside it:
    where one side of a card lies, the other is likely.
    """
    covers = [s for s in seen if s.is_exact]
    hidden = {
        (s.word, s.line, s.start)
        for s in seen
        if any(c.line == s.line and c.start <= s.start and s.end <= c.end and c.chars > s.chars for c in covers)
    }
    scores = _heed([_score(one, seen, hidden) for one in lexis.words], likeness, mate)
    if lexis.is_screen:
        scores = [replace(s, against=SCREEN) if s.is_shown and _is_thin(s) else s for s in scores]
    scores = _yield_to_longer(_yield_to_special(scores))
    return tuple(sorted((s for s in scores if s.evidence or s.likeness), key=lambda s: -s.rank))


def are_mates(one: str, other: str) -> bool:
    """Return whether two kinds are the sides of one card, or pages of one booklet: id-front and id-back."""
    return one != other and one.rpartition("-")[0] == other.rpartition("-")[0] != ""


def is_like(likeness: Likeness) -> bool:
    """Return whether a page reads so plainly like a kind that nothing else need say so."""
    share, lead = _LIKE if likeness.pairs >= _FEW_PAIRS else _FEW_LIKE
    return likeness.share >= share and likeness.lead >= lead


def _heed(scores: list[Score], likeness: Likeness | None, mate: str) -> list[Score]:
    """Let the page's whole wording tell its kind where no rule does, or where it plainly contradicts the rules."""
    liked = next((s for s in scores if likeness and s.kind.code == likeness.code), None)
    if likeness is None or liked is None or liked.against:
        return scores
    if likeness.pairs < _FEW_PAIRS and not is_like(likeness):
        return scores
    shown = max((s for s in scores if s.is_shown), key=lambda s: s.rank, default=None)
    if shown is None:
        most = max((s.points for s in scores if not s.against), default=0.0)
        leans = liked.points >= max(_LEAN_POINTS, most)
        least = next(
            limits
            for holds, limits in ((are_mates(likeness.code, mate), _MATE_LIKE), (leans, _LEAN), (True, _LIKE))
            if holds
        )
        heeds = likeness.share >= least[0] and likeness.lead >= least[1]
    else:
        ahead = likeness.share - likeness.shares.get(shown.kind.code, 0.0)
        heeds = min(ahead, likeness.lead) >= (_AGAINST_TITLE if shown.title else _AGAINST_BLANKS)
    if not heeds:
        return scores
    return [replace(s, likeness=likeness) if s is liked else replace(s, is_outdone=True) for s in scores]


def _yield_to_special(scores: list[Score]) -> list[Score]:
    """Let a general form (申请表, 备案表) stand back where the title or the blanks are those of a special one."""
    if not any(s.kind.general and s.is_shown for s in scores):
        return scores
    if any(s.kind.general and s.title and not s.against for s in scores):
        scores = [replace(s, under_general=not s.title and not s.kind.general) for s in scores]
    if any((s.under_general or (s.title and not s.kind.general)) and s.is_shown for s in scores):
        scores = [replace(s, is_outdone=s.is_outdone or (s.kind.general and not s.likeness)) for s in scores]
    return scores


def _yield_to_longer(scores: list[Score]) -> list[Score]:
    """Let a title stand back that is only a part of another's: 招聘登记表 within 省属事业单位公开招聘登记表."""
    titled = [s for s in scores if s.title_seen and s.is_shown and not s.is_outdone]
    return [replace(s, is_outdone=s.is_outdone or any(_is_within(s, other) for other in titled)) for s in scores]


def _is_within(one: Score, other: Score) -> bool:
    inner, outer = one.title_seen, other.title_seen
    if inner is None or outer is None or inner.line != outer.line:
        return False
    is_longer = outer.end - outer.start > inner.end - inner.start and one.points < other.points + _MUCH
    return is_longer and outer.start <= inner.start and inner.end <= outer.end


def _score(words: _Words, seen: Sequence[Seen], hidden: set[tuple[str, int, int]]) -> Score:
    by_line: dict[int, list[Seen]] = {}
    for one in seen:
        if one.word in words.printed or one.word in words.against or one.word in words.denied:
            by_line.setdefault(one.line, []).append(one)
    best: dict[str, Evidence] = {}
    against = ""
    for line in by_line.values():
        for one in drop_overlaps([s for s in line if s.word in words.printed or s.word in words.denied]):
            if one.word not in words.printed:
                continue
            word, weight = words.printed[one.word]
            if weight < TITLE_POINTS and (one.word, one.line, one.start) in hidden:
                continue  # 姓名 within 户主姓名 is another blank
            points = _count_points(one, weight)
            if one.word not in best or best[one.word].points < points:
                best[one.word] = Evidence(one.text if GAP in word else word, points, one)
        against = against or next((words.against[s.word] for s in line if s.word in words.against and _denies(s)), "")
    return _sum_up(words, tuple(best.values()), against)


def _denies(seen: Seen) -> bool:
    return seen.is_heading and (seen.is_exact or seen.chars > FUZZY_CHARS)


def _is_thin(score: Score) -> bool:
    """Whether a kind is told by little more than its title."""
    if score.kind.needs and score.has_needed and not score.kind.handwritten:
        return False
    titles = {fold_title(k.word) for k in score.kind.printed if k.weight >= TITLE_POINTS}
    least = _LEAST_UNTITLED if score.kind.handwritten else _LEAST_BESIDE  # a talk asks for things as a letter does
    return sum(e.points for e in score.evidence if e.seen.word not in titles) < least


def _count_points(seen: Seen, weight: float) -> float:
    if weight >= TITLE_POINTS:
        if not seen.is_heading:
            return _MENTION
        weight = weight if seen.chars > 3 else _SHORT_TITLE
    return weight if seen.is_exact else weight * _SIMILAR


def _sum_up(words: _Words, evidence: tuple[Evidence, ...], against: str) -> Score:
    titles = sorted(
        (e for e in evidence if words.printed[e.seen.word][1] >= TITLE_POINTS and e.points > _MENTION),
        key=lambda e: (-e.points, -e.seen.chars),
    )
    labels = [e for e in evidence if e not in titles]
    points = min(sum(e.points for e in labels), _MOST_LABELS)
    points += titles[0].points + min(0.5 * len(titles[1:]), 1.0) if titles else 0.0
    found = {e.seen.word for e in evidence}
    return Score(
        words.kind,
        points,
        titles[0].seen if titles else None,
        all(group & found for group in words.needs),
        tuple(sorted(evidence, key=lambda e: (-e.points, e.seen.line, e.seen.start))),
        against,
    )


def find_refused(scores: Sequence[Score], seen: Sequence[Seen], lexis: Lexis) -> tuple[Refused, ...]:
    """Return the kinds that this part would be but for a look-alike's word, or whose look-alike it names as a title."""
    refused = {s.kind.code: Refused(s.kind.code, s.against) for s in scores if s.speaks and s.against}
    if any(s.is_shown for s in scores):
        return tuple(refused.values())
    for one in seen:
        if not one.is_heading or not one.is_exact or one.word.endswith(_REFERENCES):
            continue
        for words in lexis.words:
            if (denied := words.denied.get(one.word)) and len(one.word) >= 3:
                refused.setdefault(words.kind.code, Refused(words.kind.code, denied))
    return tuple(refused.values())
