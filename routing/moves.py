"""Which way a mail moves somebody's insurance: from where to where, told by the places beside 转, 接, 挪, 整."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.catalogue import Agency
from routing.agencies import Direction
from routing.cities import CITIES, ELSEWHERE, PROVINCES
from routing.places import find_own_place
from routing.words import WordIndex, drop_contained, fold_word

# 转院, 转账, 转发 move no insurance, 调整 and 完整 nothing at all; 接到 receives a letter.
_VERB = (
    r"(?:转(?!院|诊|账|发|告|达|换|正|交|眼|化|氨)|迁|挪|移(?!动)|搬|接(?=过|回|续|来|进|入)|(?<![调完])整(?=过|到|回|来|去|走)"
    r"|弄(?=过|到|回|来|去|走)|划(?=到|转|过|回)|调(?=到|回|过|入|往|来|去|进)|[办拿带倒](?=过|回|走)|并(?=到|过|入))"
)
_MOVES = re.compile(rf"{_VERB}|→|>")
# What a verb of moving begins with: where none stands nearby, none of the signs below can show.
_MAY_MOVE = re.compile("[转迁挪移搬接整弄划调办拿带倒并]")
_OBJECT = re.compile(r"医保|医疗保险|社保|保险|关系|参保|缴费|凭证|转[出入移]")
_AT = r"(?:[市省县区]|[这那][边儿头里]|当地|的?单位|原来|以前)*"
_FROM_BEFORE = re.compile(r"(?:从|由|自|打)[^,。;:!?]{0,3}$")
_MOVED_BEHIND = re.compile(rf"[^。;!?]{{0,16}}?{_VERB}")
_OBJECT_MOVED_BEHIND = re.compile(
    rf"{_AT}(?:的|交的|缴的|上的)*(?:职工|居民|城镇|城乡|养老|医疗)*(?:医保|社保|保险|参保关系|关系)[^,。;:!?]{{0,10}}?"
    rf"{_VERB}(?:移|接)?(?:过来|过去|回来|回去|进来|出来|到|来|走|出|入)"
)
_TO_BEFORE = re.compile(
    rf"{_VERB}(?:移|接|出|走|入|回|过|划|续|个|下|关系|医保|保险|社保|的)*(?:到|回|往|至|入|进|来|去|给|在)?"
    r"(?:[我咱俺]们?|你们|户口所在地|户籍所在地|老家|原籍|的|,|:)*$"
)
_THERE_BEFORE = re.compile(r"(?:往|向|朝|到|去|回)$")
_MOVED_THERE = re.compile(rf"{_AT}[^,。;:!?]{{0,6}}?{_VERB}")
_ARROW_BEHIND = re.compile(rf"{_AT}(?:→|[-—=]*>|[-—~]+|至|转)")
_ARROW_BEFORE = re.compile(r"(?:→|[-—=]*>)$")
_SEEN_BEFORE, _SEEN_BEHIND = 16, 30


@dataclass(frozen=True, slots=True)
class Move:
    """Which way a mail moves the insured of an agency, and where the text says so."""

    agency: str
    direction: Direction
    start: int
    end: int
    has_object: bool


@dataclass(frozen=True, slots=True)
class _Mention:
    owners: frozenset[str]  # the agencies whose own place it is; none of a foreign one
    start: int
    end: int
    is_origin: bool
    is_target: bool


class MoveFinder:
    """Knows the agencies' own places; everything about them is worked out once."""

    def __init__(self, agencies: Sequence[Agency]) -> None:
        self._owners: dict[str, frozenset[str]] = {}
        self._neutral: dict[str, frozenset[str]] = {}
        for place in (*PROVINCES, *CITIES, *ELSEWHERE):
            self._owners[place] = frozenset()
        for agency in agencies:
            for place in _list_own_places(agency):
                self._owners[place] = self._owners.get(place, frozenset()) | {agency.code}
            for office in agency.offices:
                # 济南 is where the province's counter stands, and has an insurance of its own: it tells nothing.
                for place in CITIES:
                    if fold_word(office.postal_address).startswith(place) and not self._owners[place]:
                        self._neutral[place] = self._neutral.get(place, frozenset()) | {agency.code}
        self._index = WordIndex(self._owners)
        self._codes = frozenset(agency.code for agency in agencies)

    def find(self, text: str, *, mailbox_agency: str) -> Mapping[str, Move]:
        """Return the move of each agency's insured that a folded text tells, if it tells one way plainly."""
        if not _MOVES.search(text):
            return {}
        mentions = list(self._find_mentions(text))
        moves = (self._weigh(mentions, agency, text, is_asked=agency == mailbox_agency) for agency in self._codes)
        return {move.agency: move for move in moves if move}

    def _find_mentions(self, text: str) -> Iterator[_Mention]:
        for hit in drop_contained(self._index.find(text)):
            before, behind = text[max(0, hit.start - _SEEN_BEFORE) : hit.start], text[hit.end : hit.end + _SEEN_BEHIND]
            moves_behind = _MAY_MOVE.search(behind) is not None
            is_target = bool(
                (_MAY_MOVE.search(before) and _TO_BEFORE.search(before))
                or _ARROW_BEFORE.search(before)
                or (moves_behind and _THERE_BEFORE.search(before) and _MOVED_THERE.match(behind))
            )
            is_origin = not is_target and bool(
                (
                    moves_behind
                    and (
                        (_FROM_BEFORE.search(before) and _MOVED_BEHIND.match(behind))
                        or _OBJECT_MOVED_BEHIND.match(behind)
                    )
                )
                or _ARROW_BEHIND.match(behind)
            )
            if is_origin or is_target:
                yield _Mention(self._owners[hit.word], hit.start, hit.end, is_origin, is_target)

    def _weigh(self, mentions: Iterable[_Mention], agency: str, text: str, *, is_asked: bool) -> Move | None:
        """An agency's own place weighs double; of foreign ones only the agency that was asked can make anything."""
        points = {Direction.LEAVES: 0, Direction.COMES: 0}
        spans: dict[Direction, tuple[int, int]] = {}
        for mention in mentions:
            place = text[mention.start : mention.end]
            is_own = agency in mention.owners
            if not is_own and (not is_asked or agency in self._neutral.get(place, ())):
                continue
            way = Direction.LEAVES if is_own == mention.is_origin else Direction.COMES
            points[way] += 2 if is_own else 1
            spans.setdefault(way, (mention.start, mention.end))
        best = max(points, key=lambda way: points[way])
        if len(set(points.values())) == 1:
            return None
        start, end = spans[best]
        beside = text[max(0, start - _SEEN_BEFORE) : end + _SEEN_BEHIND]
        return Move(agency, best, start, end, bool(_OBJECT.search(beside)))


# Places of this name are everywhere: they tell no city.
_EVERYWHERE = frozenset({"开发区", "高新区", "高新园区", "高新园", "保税区", "机场前"})


def _list_own_places(agency: Agency) -> Iterator[str]:
    place = find_own_place(agency)
    if place:
        yield place
        if place in PROVINCES:
            # The province's own insured say 省直; its cities keep their own.
            yield from ("省直", "省本级", "省里")
    for office in agency.offices:
        yield from (d for d in map(fold_word, office.districts) if d not in _EVERYWHERE and d not in CITIES)
