"""Which kind of applicant (情形) writes: told by words, by telling papers, or left open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from domain.catalogue import Scenario, ServiceItem
from domain.papers import Paper
from domain.text import fold
from routing.persons import is_for_minor
from routing.places import find_hukou
from routing.words import WordIndex, drop_contained

# A paper that came weighs more than a word: people name papers and relatives that are not their own case.
_PAPER_WEIGHT = 3

# What the catalogue's words for a 户口 come down to, however a mail puts it ("户口在中山区", "老家河南的").
_LOCAL, _ELSEWHERE = "本地户口", "外地户口"
_RESPECT = re.compile(r"户[口籍]|外地|外省|外市|外来|农民工|[地省连村]人$")

_ADULT_YEARS = 18
_COUNT = r"\d{1,3}|[一两二三四五六七八九十]{1,3}"
_AGE = re.compile(rf"({_COUNT})(?:周|虚)?岁(?!数)")
_BABY = re.compile(rf"(?:{_COUNT}|几)个?多?月(?:大|了|的|时)|俩月|满月|刚出生|新生儿|未成年|宝宝|婴儿|幼儿")
_KID = r"(?:孩[子儿]|孙[子女儿]|外孙女?|儿子|女儿|闺女|姑娘|丫头|小子|侄[子女儿]|外甥女?|娃|小儿|小女|老[大二])"
# A child is to be insured: named as such, or as whom it is done for. Grown children write for their parents.
_CHILD = re.compile(
    rf"小孩|宝宝|婴儿|新生儿|幼儿|儿童|小孙[子女]|小外孙|娃娃|头胎|二胎|双胞胎|未成年|刚出生|出生医学|出生证"
    rf"|[给为替帮](?:我|俺|咱)?(?:们)?(?:家)?的?(?:大|小)?{_KID}(?:们|俩|也)*(?:[上办入参交缴买弄报加投新建]|医保|居民)"
    rf"|{_KID}(?:们|俩|两个|一块|一起|也|的)*(?:户[口籍]|参保|医保|居民|入|上(?!班)|没参|还没|今年|现在|刚|才|满|出生|随|跟|是外地|(?:{_COUNT})(?:周|虚)?岁|(?:{_COUNT})个?月)"
)

_DEATH = re.compile(
    r"去世|过世|病故|离世|逝世|身故|亡故|死亡|死了|没了|没的|走了|走的|不在了|不在人世|老了|没救|没抢救|没挺|咽气|牺牲"
)
_PERSON = re.compile(
    r"(?P<child>儿子|女儿|闺女|姑娘|孩子|儿媳|女婿)|(?P<wifes>岳父|岳母|老?丈人|丈母娘|公公|婆婆|公爹)"
    r"|(?P<grand>爷爷|奶奶|姥姥|姥爷|外公|外婆|外祖)|(?P<aunt>[大二三四小]?[姑姨婶嫂]|侄|外甥|[大二三四小]?[叔伯舅]|大爷|大娘)"
    r"|(?P<spouse>老伴|丈夫|妻子|老公|老婆|爱人|对象|媳妇)|(?P<father>[爸爹]|父亲)|(?P<mother>[妈娘]|母亲)|(?P<brother>[哥弟])|(?P<sister>[姐妹])"
)
# Clauses in which the writer, or the office, is spoken of.
_WRITER = re.compile(
    r"(?:我|俺|本人)(?:也|还|自己|现在|都|早就?|本来|今年)*(?:是(?!我|俺|给)|退休|在|有工作|上班|没退|下岗|灵活|个体|开店)|你们|您"
)
# In a letter of the family "我单位" is where the writer works; a unit's own letter knows no kin.
_WRITERS_WORK = re.compile(r"(?:我|俺)们?(?:单位|公司|厂)")
_SAYS_WRITER = re.compile(r"我是(?:[他她死逝]|我|俺|家属|代)|[替代帮](?:我|俺)|念给|打的字|给我打")


def find_later_scenario(item: ServiceItem, text: str, papers: Sequence[Paper], *, before: str) -> str:
    """Return the scenario of a case after one more mail; ``before`` is what the earlier ones told, ``papers`` are all.

    What they told stands where this one tells nothing, and where only a paper tells another that asks the same:
    the roster that a pensioner's family was asked for does not make him an employee.
    """
    found = find_scenario(item, text, papers)
    earlier, told = item.scenario(before), item.scenario(found)
    if earlier is None or told is None:
        return found or before
    is_same = told.requires == earlier.requires and not find_scenario(item, text, ())
    return before if is_same else found


def find_scenario(item: ServiceItem, text: str, papers: Sequence[Paper]) -> str:
    """Return the code of the scenario that a mail tells, '' while it is open or contradictory.

    ``text`` is the subject and what the sender wrote. An item with a single scenario has it always.
    The catalogue lists the most telling scenario first, which settles a tie between two that ask the same.
    """
    if len(item.scenarios) == 1:
        return item.scenarios[0].code
    kinds = {paper.kind for paper in papers if paper.counts}
    text = fold(text)
    if any("death-cert" in requirement.codes for requirement in item.requires):
        text = _drop_living(text)
    words = _count_words(item.scenarios, text)
    scores = {s.code: words[s.code] + _weigh_papers(s, kinds, is_said=words[s.code] > 0) for s in item.scenarios}
    top = max(scores.values(), default=0)
    best = [s for s in item.scenarios if scores[s.code] == top]
    if not top:
        return ""
    if len(best) == 1:
        return best[0].code
    for scenario in best:
        if scenario.requires and _is_met(scenario, kinds):
            return scenario.code
    # Who says two things at once gets the stricter list only if it holds all of the other: 低保 beside 本地户口.
    first = best[0]
    if all(other.requires and set(other.requires) <= set(first.requires) for other in best[1:]):
        return first.code
    return ""


def _count_words(scenarios: tuple[Scenario, ...], text: str) -> dict[str, int]:
    """Return how much a text says for each scenario; what stands inside a longer word is not said.

    Where scenarios differ by 户口 as well, each respect counts once: who says 离职 twice is no less a local by it.
    """
    owners, index, places = _index_words(scenarios)
    said = {hit.word for hit in drop_contained(index.find(text)) if not hit.is_denied}
    if places:
        said |= {_LOCAL if is_local else _ELSEWHERE for is_local in find_hukou(text, places)}
    heirs = _find_heirs(scenarios, text)
    respects: dict[str, set[str]] = {s.code: set() for s in scenarios}
    for word in said:
        for code in owners.get(word, ()):
            respects[heirs.get(code, code)].add(_tell_respect(word) if places else word)
    return {code: len(told) for code, told in respects.items()}


def _find_heirs(scenarios: tuple[Scenario, ...], text: str) -> dict[str, str]:
    """Return whose words count for whom: what an adult's 户口 tells is a child's where a child is insured."""
    minors = [s.code for s in scenarios if is_for_minor(s)]
    if not minors or not (_CHILD.search(text) and not _is_grown(text)):
        return {}
    return {s.code: minors[0] for s in scenarios if is_for_minor(s) is False}


def _is_grown(text: str) -> bool:
    """Return whether the only ages that a text tells are adults'."""
    ages = [_read_count(m.group(1)) for m in _AGE.finditer(text)]
    return bool(ages) and min(ages) >= _ADULT_YEARS and not _BABY.search(text)


def _read_count(digits: str) -> int:
    if digits.isdigit():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    values = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "": 0}
    return values.get(ones, 0) + (10 * values.get(tens or "一", 1) if ten else 0)


def _tell_respect(word: str) -> str:
    return "户口" if _RESPECT.search(word) else "身份"


def _drop_living(text: str) -> str:
    """Return a text about somebody's death without what it says of the living: the widow is a pensioner, not he.

    The person whom a clause names is meant until the next person or the sentence's end, then the dead again.
    """
    clauses = re.split(r"(?<=[,。;!?:])", text)
    dead = {name for clause in clauses if (name := _find_dead(clause))}
    kept, current = [], ""
    for clause in clauses:
        person = _find_dead(clause) or _find_person(clause)
        current = person or current
        is_writer = _WRITER.search(clause) or (dead and _WRITERS_WORK.search(clause))
        if (person or not is_writer) and (not dead or not current or current in dead):
            kept.append(clause)
        if clause.endswith(("。", ";", "!", "?")):
            current = ""
    return "".join(kept)


def _find_dead(clause: str) -> str:
    """Return whose death a clause tells, '' for nobody's or a stranger's."""
    death = _DEATH.search(clause)
    return _name_kin([*_PERSON.finditer(clause, 0, death.start())][-1:]) if death else ""


def _find_person(clause: str) -> str:
    # "我是她女儿" and "我替我妈写的" say who writes.
    return "" if _SAYS_WRITER.search(clause) else _name_kin([*_PERSON.finditer(clause)][:1])


def _name_kin(found: Sequence[re.Match[str]]) -> str:
    return next((name for m in found for name, value in m.groupdict().items() if value), "")


@lru_cache(maxsize=256)
def _index_words(scenarios: tuple[Scenario, ...]) -> tuple[Mapping[str, frozenset[str]], WordIndex, tuple[str, ...]]:
    """Return the scenarios' words by owner, their index, and the places whose 户口 they name as local (大连户口)."""
    words = {fold(word) for s in scenarios for word in s.keywords}
    owners = {w: frozenset(s.code for s in scenarios if w in map(fold, s.keywords)) for w in words}
    local = {code for word, codes in owners.items() if word == _LOCAL for code in codes}
    places = {w.removesuffix("户口") for w in words if w.endswith("户口") and owners[w] & local and w != _LOCAL}
    return owners, WordIndex(words), tuple(sorted(places, key=lambda p: (-len(p), p)))


def _weigh_papers(scenario: Scenario, kinds: set[str], *, is_said: bool) -> int:
    """Return the weight of the papers that fit a scenario, 0 when neither words nor a telling paper speak for it."""
    if not is_said and not kinds & set(scenario.papers):
        return 0
    fitting = {code for r in scenario.requires for code in r.codes} | set(scenario.papers)
    return _PAPER_WEIGHT * len(kinds & fitting)


def _is_met(scenario: Scenario, kinds: set[str]) -> bool:
    return all(any(kinds >= set(group) for group in r.alternatives) for r in scenario.requires)
