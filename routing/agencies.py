"""Whose insured a writer is, and which way he moves: what tells twin businesses (转出, 转入, 报销) apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.catalogue import Agency, ServiceItem
from routing.places import find_own_place
from routing.words import fold_word

AGENCY_MAILBOX = 2.0  # Whoever writes to an agency is presumed to be its insured,
AGENCY_NAMED = 3.0  # unless the mail names the other one as theirs,
AGENCY_PLACE = 1.0  # or at least speaks of its place as well.
FOREIGN_FACTOR = 0.4  # What the words of a business weigh at the agency that is not the writer's.


class Direction(StrEnum):
    """How a place stands in a sentence, and which way a business moves people."""

    STAYS = "stays"
    LEAVES = "leaves"  # 从…转出
    COMES = "comes"  # 转到…


_LEAVES = re.compile(r"(?:从|由|自|原(?:来)?(?:参保地)?(?:在|为|是)?|以前在?|之前在?|曾在?)[^,。;:!?]{0,3}$")
_COMES = re.compile(r"(?:[转迁调](?:出|移|关系)?[到往至回入去进]|前往|去往|寄往|回|到|往|至|入)[^,。;:!?]{0,3}$")
_INSURED = (
    r"(?:省?市?直?(?:属|管)?|本级)(?:[这那][边儿头里]|当地)?(?:的|交的|缴的|上的)?"
    r"(?:城镇|城乡|职工|居民|企业|机关|灵活就业)*(?:基本)?(?:医疗?保|参保|社保|社会保险|缴费|缴纳|退休|离休)"
)
# "大连机车厂退休", but not "大连的女儿家,我退休了".
_RETIRED = r"[^,。;:!?的]{0,10}(?:退休|离休)"
# Before a place: "医保在大连", "关系一直在大连".
_INSURED_AT = re.compile(
    r"(?:医保|医疗保险|社保|保险|参保地?|关系|缴费地?)(?:关系)?(?:一直|都|还|仍|目前|现在)?(?:在|是|属于?|落在?|放在)$"
)
# Around it: "在大连交的医保".
_INSURED_THERE = re.compile(r"[^,。;:!?]{0,6}?(?:参保|参的保|退的?休|[交缴上]的?(?:医保|社保|保险))")
_LEVEL = re.compile(r".{2,6}?(省|自治区|市|县|区|州)")


@dataclass(frozen=True, slots=True)
class AgencySigns:
    """How a text names an agency: strongly (its name, "大连医保"), or only its place."""

    agency: str
    strong: re.Pattern[str]
    weak: re.Pattern[str]


def build_agency_signs(agency: Agency) -> AgencySigns:
    """Return the signs of an agency, from its names and the place its name begins with."""
    name = fold_word(agency.name)
    strong = [re.escape(fold_word(n)) for n in (agency.name, agency.short_name) if n]
    weak = list(strong)
    place, level = find_own_place(agency), _LEVEL.match(name)
    if place and level:
        there = re.escape(place)
        strong += [there + _INSURED, there + _RETIRED]
        weak.append(re.escape(place))
        if level.group(1) == "省":
            # A province's own insured say 省直 or 省本级 and leave the province's name out.
            strong.append(r"省直(?:属|管)?|省本级|省医保")
    return AgencySigns(agency.code, re.compile("|".join(strong) or r"(?!)"), re.compile("|".join(weak) or r"(?!)"))


def find_direction(item: ServiceItem) -> Direction:
    """Return which way an item moves the insured: its title says 转出, 转入 or neither."""
    if "转出" in item.title:
        return Direction.LEAVES
    return Direction.COMES if "转入" in item.title else Direction.STAYS


def weigh_agencies(
    text: str, signs: Sequence[AgencySigns], *, mailbox_agency: str
) -> Mapping[tuple[str, Direction], float]:
    """Return the factor of each agency's items, by the way they move people.

    The writer's agency has 1, the others FOREIGN_FACTOR. Who leaves is insured where he comes from
    ("从大连转到山东" is 大连's business), who comes where he goes.
    """
    named = {s.agency: (_find_insured(text, s), find_directions(text, s.weak)) for s in signs}
    factors: dict[tuple[str, Direction], float] = {}
    for way in Direction:
        counted = {Direction.STAYS, way}
        points = {
            agency: AGENCY_MAILBOX * (agency == mailbox_agency)
            + AGENCY_NAMED * bool(strong & counted or way in weak - {Direction.STAYS})
            + AGENCY_PLACE * bool(weak & counted)
            for agency, (strong, weak) in named.items()
        }
        best = max(points.values(), default=0.0)
        # When both are named alike, the mailbox tells.
        here = mailbox_agency if points.get(mailbox_agency) == best else ""
        for agency, point in points.items():
            is_writers = agency == here or (not here and point == best)
            factors[agency, way] = 1.0 if is_writers else FOREIGN_FACTOR
    return factors


def _find_insured(text: str, signs: AgencySigns) -> frozenset[Direction]:
    """Return how a text names an agency as somebody's own: by name, "大连医保", or "医保在大连"."""
    found = find_directions(text, signs.strong)
    for mention in signs.weak.finditer(text):
        before = text[max(0, mention.start() - 14) : mention.start()]
        if _INSURED_AT.search(before) or (before.endswith("在") and _INSURED_THERE.match(text, mention.end())):
            return found | {Direction.STAYS}
    return found


def find_directions(text: str, pattern: re.Pattern[str]) -> frozenset[Direction]:
    """Return how a folded text names an agency: as the writer's own, as origin, as destination."""
    found: set[Direction] = set()
    for mention in pattern.finditer(text):
        before = text[max(0, mention.start() - 8) : mention.start()]
        if mention.group().endswith(("退休", "离休")):
            # "从大连机车厂退休": a pensioner stays insured where he retired.
            found.add(Direction.STAYS)
        elif _LEAVES.search(before):
            found.add(Direction.LEAVES)
        elif _COMES.search(before):
            found.add(Direction.COMES)
        else:
            found.add(Direction.STAYS)
    return frozenset(found)
