"""How like the words of a page are to those that papers of each kind are known to carry.

The rules of ``scores`` know the words that somebody thought of. Papers whose titles and blanks nobody thought of still
speak alike: here every pair of characters counts a little. A linear function for each kind is fitted to the catalogue's
samples by regularised least squares - ridge regression, solved in its dual form because there are fewer samples than
pairs (Saunders, Gammerman, Vovk: Ridge regression learning algorithm in dual variables, 1998). No chance is in it: the
same samples give the same answer.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from domain.catalogue import DocumentKind, Wording
from intake.papers.lines import Line

if TYPE_CHECKING:
    import numpy as np

NONE_OF_OURS = "other"
"""The kind whose samples are look-alikes, and what is no paper at all."""

_RIDGE = 0.1
_LEAST_SAMPLES = 2  # a pair that one sample alone has tells that sample, not its kind
_LEAST_PAIRS = 10
_NOT_HAN = re.compile(r"[^\u3400-\u9fff]+")
_START, _END = "^", "$"  # a title begins its line, a label may end it
# One printed thing, whose child it is told by the letter alone.
_ALIKE = "parent-"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a page is to the samples: ``code`` of the likest kind, its ``share`` of 1 and its ``lead`` on the next.

    ``shares`` has every kind's; ``what`` is the version that it is likest to; ``pairs`` of its pairs of characters are
    known from the samples: in few of them chance says much.
    """

    code: str
    share: float
    lead: float
    shares: Mapping[str, float]
    what: str
    pairs: int


@dataclass(frozen=True, slots=True)
class Wordings:
    """The fitted functions: a row of ``weights`` for each pair of characters, a column for each of ``codes``."""

    codes: tuple[str, ...]
    samples: tuple[tuple[str, Wording, Counter[str]], ...]
    places: Mapping[str, int]
    rarity: np.ndarray[Any, np.dtype[np.float32]]
    weights: np.ndarray[Any, np.dtype[np.float32]]

    def compare(self, lines: Iterable[Line]) -> Likeness | None:
        """Return what the lines are like, None where too few of their pairs of characters stand in any sample."""
        pairs = count_pairs(line.text for line in lines)
        found = [(self.places[pair], 1.0 + math.log(times)) for pair, times in pairs.items() if pair in self.places]
        if len(found) < _LEAST_PAIRS:
            return None
        rows = [place for place, _ in found]
        amounts = self.rarity[rows] * [amount for _, amount in found]
        amounts /= math.sqrt(float((amounts * amounts).sum()))
        # No matrix product: that may start threads, which a confined child may not have.
        scores = (self.weights[rows] * amounts[:, None]).sum(axis=0)
        shares = {code: round(float(score), 3) for code, score in zip(self.codes, scores, strict=True)}
        first, second = sorted(shares.values(), reverse=True)[:2] if len(shares) > 1 else (*shares.values(), 0.0)
        code = max(shares, key=shares.__getitem__)
        return Likeness(code, first, round(first - second, 3), shares, self._find_nearest(code, pairs), len(found))

    def _find_nearest(self, code: str, pairs: Counter[str]) -> str:
        """Return which version of a kind shares most pairs with a page, measured by the version's length."""

        def nearness(sample: tuple[str, Wording, Counter[str]]) -> float:
            own = sample[2]
            return sum(1 for pair in own if pair in pairs) / math.sqrt(len(own) + 1)

        return max((s for s in self.samples if s[0] == code), key=nearness)[1].what


def count_pairs(lines: Iterable[str]) -> Counter[str]:
    """Return how often each pair of neighbouring Chinese characters stands in the lines, their ends marked."""
    pairs: Counter[str] = Counter()
    for line in lines:
        if letters := _NOT_HAN.sub("", line):
            marked = f"{_START}{letters}{_END}"
            pairs.update(marked[at : at + 2] for at in range(len(marked) - 1))
    return pairs


def build_wordings(kinds: Iterable[DocumentKind]) -> Wordings | None:
    """Return the functions fitted to the kinds' samples, None where there are fewer than two kinds with any.

    Takes 0.7 CPU-s for nine hundred samples; the same kinds give the same without fitting anew.
    """
    return _build(tuple((kind.code.removeprefix(_ALIKE), kind.wordings) for kind in kinds if kind.wordings))


@lru_cache(maxsize=4)
def _build(samples_of: tuple[tuple[str, tuple[Wording, ...]], ...]) -> Wordings | None:
    samples = tuple(
        (code, wording, count_pairs(wording.text.splitlines())) for code, wordings in samples_of for wording in wordings
    )
    codes = tuple(sorted({code for code, _, _ in samples}))
    if len(codes) < 2:
        return None
    # Late: most commands and a daemon that looks at no picture compare nothing.
    import numpy as np

    held = Counter(pair for _, _, pairs in samples for pair in pairs)
    places = {pair: place for place, pair in enumerate(p for p, n in held.items() if n >= _LEAST_SAMPLES)}
    rarity = np.array([math.log(len(samples) / held[pair]) + 1.0 for pair in places], np.float32)
    rows = np.zeros((len(samples), len(places)), np.float32)
    for number, (_, _, pairs) in enumerate(samples):
        for pair, times in pairs.items():
            if pair in places:
                rows[number, places[pair]] = 1.0 + math.log(times)
    rows *= rarity
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    wanted = np.full((len(samples), len(codes)), -1.0 / len(codes), np.float32)
    for number, (code, _, _) in enumerate(samples):
        wanted[number, codes.index(code)] = 1.0
    duals = np.linalg.solve(rows @ rows.T + _RIDGE * np.eye(len(samples), dtype=np.float32), wanted)
    return Wordings(codes, samples, places, rarity, (rows.T @ duals).astype(np.float32))
