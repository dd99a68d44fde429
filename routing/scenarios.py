"""Which kind of applicant (情形) writes: told by words, by telling papers, or left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from domain.catalogue import Scenario, ServiceItem
from domain.papers import Paper
from domain.text import fold
from routing.words import WordIndex, drop_contained

# A paper that came weighs more than a word: people name papers and relatives that are not their own case.
_PAPER_WEIGHT = 3


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
    words = _count_words(item.scenarios, fold(text))
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
    """Return how many words of each scenario a text says; what stands inside a longer word is not said."""
    owners, index = _index_words(scenarios)
    counts = dict.fromkeys((s.code for s in scenarios), 0)
    for word in {hit.word for hit in drop_contained(index.find(text)) if not hit.is_denied}:
        for code in owners[word]:
            counts[code] += 1
    return counts


@lru_cache(maxsize=256)
def _index_words(scenarios: tuple[Scenario, ...]) -> tuple[Mapping[str, frozenset[str]], WordIndex]:
    words = {fold(word) for s in scenarios for word in s.keywords}
    owners = {w: frozenset(s.code for s in scenarios if w in map(fold, s.keywords)) for w in words}
    return owners, WordIndex(words)


def _weigh_papers(scenario: Scenario, kinds: set[str], *, is_said: bool) -> int:
    """Return the weight of the papers that fit a scenario, 0 when neither words nor a telling paper speak for it."""
    if not is_said and not kinds & set(scenario.papers):
        return 0
    fitting = {code for r in scenario.requires for code in r.codes} | set(scenario.papers)
    return _PAPER_WEIGHT * len(kinds & fitting)


def _is_met(scenario: Scenario, kinds: set[str]) -> bool:
    return all(any(kinds >= set(group) for group in r.alternatives) for r in scenario.requires)
