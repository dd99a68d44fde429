"""The vocabulary of printed words: found in a page's lines, with gaps, one wrong character forgiven."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from intake.papers.lines import Line
from intake.papers.printed import fold_word, strip_watermark

FUZZY_CHARS = 5  # in shorter words one character is too much: 姓名 and 户名 are different blanks
_GAP_CHARS = 6  # a lost or doubled character is forgiven from this length on
_SHORT_TITLE_CHARS = 3
_TAIL_CHARS = 2  # （电子）, 表, 证 behind a title
_MAX_LINE_CHARS = 400  # no printed line is longer; a text file's may be
_MAX_LINES = 400
GAP = "…"
"""In a word of the catalogue: up to ten characters may stand here. 岗位…聘用…表 is 岗位设置和人员聘用情况登记表 too."""
_GAP_PATTERN = ".{0,10}?"
_SYNTAX = re.compile(r"([…()\[\]|])")
_PATTERNS = {"(": "(?:", "[": "(?:", "]": ")?", GAP: f"){_GAP_PATTERN}("}
_SENTENCE = re.compile(r"[，。；？！,;?!□☑√《]")
_LISTED = "、：:"  # what stands before and behind a paper that is only named: 发票、诊断证明
_REFERENCE = re.compile(r"编码|编号|号码|(?:注册|许可|登记|副本)?号|专用|印章|章|复印件|原件|照片|扫描件|影印件")
# 减员申报表（花名册）: what stands in brackets behind a title is no part of it; how many copies are enclosed is a list.
_BRACKETS = re.compile(r"\s*[（(][^（()）份页张附一二三四五六七八九十\d]{1,12}[）)]?\s*$")
_ASKED = re.compile(r"(?:(?<![国所共私])有|[要把交带拍需缺])$")  # 还有参保凭证, 请带诊断证明: talk of a paper
_REMARK = re.compile(r"^\s*[（(]?(?:附|注|备注|说明|提示|温馨提示)[件:：]?")


@dataclass(frozen=True, slots=True)
class Seen:
    """A word in a line: its squeezed text, the line's place in the page, where it stands there, how well it matches.

    ``is_heading`` tells whether it stands as titles and labels do, not in the middle of a sentence. ``text`` is what
    was read there, ``chars`` how many characters of it are the word's own: less than its length where it has gaps.
    """

    word: str
    line: int
    start: int
    end: int
    is_exact: bool
    is_heading: bool
    text: str = ""
    chars: int = 0


def fold_title(word: str) -> str:
    """Return a word of the catalogue as ``fold_word`` does; one with gaps keeps its gaps and brackets."""
    if GAP not in word:
        return fold_word(word)
    return "".join(piece if _SYNTAX.fullmatch(piece) else fold_word(piece) for piece in _SYNTAX.split(word))


def _compile_gaps(word: str) -> re.Pattern[str]:
    pieces = (_PATTERNS.get(piece, piece) for piece in _SYNTAX.split(word))
    return re.compile(f"({''.join(pieces)})")


class Vocabulary:
    """All words of a catalogue's kinds, indexed so that a line is searched for all of them at once."""

    __slots__ = ("_exact", "_gapped", "_halves", "_lengths")

    def __init__(self, words: Iterable[str]) -> None:
        folded = sorted({w for w in words if w}, key=lambda w: (-len(w), w))
        exact: dict[str, list[str]] = defaultdict(list)
        # One wrong character leaves one half of a word whole: (half, is_second) -> words.
        halves: dict[tuple[str, bool], list[str]] = defaultdict(list)
        for word in folded:
            if GAP in word:
                continue
            exact[word[0]].append(word)
            if len(word) >= FUZZY_CHARS:
                middle = len(word) // 2
                halves[word[:middle], False].append(word)
                halves[word[middle:], True].append(word)
        self._exact: Mapping[str, Sequence[str]] = dict(exact)
        self._gapped = [(word, _compile_gaps(word)) for word in folded if GAP in word]
        self._halves: Mapping[tuple[str, bool], Sequence[str]] = dict(halves)
        self._lengths: Sequence[int] = sorted({len(half) for half, _ in halves})

    def find(self, lines: Sequence[Line]) -> tuple[Seen, ...]:
        """Return every word of every line, overlapping ones too; an exact word hides the similar ones at its place."""
        found: list[Seen] = []
        for number, line in enumerate(lines[:_MAX_LINES]):
            raw = strip_watermark(line.text[:_MAX_LINE_CHARS])
            text = fold_word(raw)
            exact = list(self._find_exact(text))
            taken = [(start, end) for _, start, end in exact if end - start >= FUZZY_CHARS - 1]
            sizes = {}
            for word, start, end, chars in self._find_gapped(text):
                exact.append((word, start, end))
                sizes[word, start] = chars
            similar = {
                hit
                for hit in self._find_similar(text)
                if not any(start < hit[2] and hit[1] < end for start, end in taken)
            }
            is_sentence = bool(_SENTENCE.search(raw) or _REMARK.match(raw))
            places = [at for at, letter in enumerate(raw) for _ in fold_word(letter)]
            hits = [(*hit, True) for hit in exact]
            hits += [(*hit, False) for hit in sorted(similar, key=lambda h: (h[1], h[0]))]
            for word, start, end, is_exact in hits:
                heads = not is_sentence and len(places) == len(text) and _is_heading(raw, places, start, end)
                chars = sizes.get((word, start), len(word))
                found.append(Seen(word, number, start, end, is_exact, heads, text[start:end], chars))
        return tuple(found)

    def _find_exact(self, text: str) -> Iterator[tuple[str, int, int]]:
        for at, letter in enumerate(text):
            for word in self._exact.get(letter, ()):
                if text.startswith(word, at) and _is_whole_number(text, word, at):
                    yield word, at, at + len(word)

    def _find_gapped(self, text: str) -> Iterator[tuple[str, int, int, int]]:
        for word, pattern in self._gapped:
            for match in pattern.finditer(text):
                yield word, match.start(), match.end(), sum(len(piece) for piece in match.groups())

    def _find_similar(self, text: str) -> Iterator[tuple[str, int, int]]:
        for at in range(len(text)):
            for length in self._lengths:
                half = text[at : at + length]
                for word in self._halves.get((half, False), ()):
                    yield from _match_around(text, word, at)
                for word in self._halves.get((half, True), ()):
                    yield from _match_around(text, word, at - len(word) // 2)


def _match_around(text: str, word: str, at: int) -> Iterator[tuple[str, int, int]]:
    """Yield the place near ``at`` where a word stands with exactly one character wrong, lost or doubled."""
    shifts = (0, 1, -1) if len(word) >= _GAP_CHARS else (0,)
    sizes = (0, -1, 1) if len(word) >= _GAP_CHARS else (0,)
    for shift in shifts:
        start = at + shift
        if start < 0:
            continue
        for size in sizes:
            end = start + len(word) + size
            if end <= len(text) and _is_one_off(text[start:end], word):
                yield word, start, end
                return


def _is_one_off(seen: str, word: str) -> bool:
    if len(seen) == len(word):
        return sum(a != b for a, b in zip(seen, word, strict=True)) == 1
    short, long = sorted((seen, word), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(1, len(long) - 1))


def _is_whole_number(text: str, word: str, at: int) -> bool:
    """Whether 12333 stands alone, not within a card's number."""
    if not word.isdigit():
        return True
    around = text[at - 1 : at] + text[at + len(word) : at + len(word) + 1]
    return not any(letter.isdigit() for letter in around)


def _is_heading(raw: str, places: Sequence[int], start: int, end: int) -> bool:
    """Whether a word of a line stands as a title does: first, last, or most of it, no item of a list.

    ``places`` are the letters' places in ``raw``. A title that names a number (资格证书编码) is its blank.
    """
    before = raw[places[start - 1] + 1 : places[start]].strip() if start else ""
    behind = raw[places[end - 1] + 1 :]
    if before[-1:] in tuple(_LISTED) or behind.lstrip()[:1] == "、" or _REFERENCE.match(behind):
        return False
    if start and _ASKED.search(raw[: places[start - 1] + 1]):
        return False
    length = len(places)
    if _BRACKETS.match(behind) and not _REFERENCE.search(behind):
        length = end
    if end - start <= _SHORT_TITLE_CHARS:
        return end == length and length <= 16
    return start == 0 or length - end <= _TAIL_CHARS or (end - start) >= 0.4 * length


def drop_overlaps(seen: Sequence[Seen]) -> tuple[Seen, ...]:
    """Return the longest words of one line's, exact ones first, none over another."""
    kept: list[Seen] = []
    for one in sorted(seen, key=lambda s: (not s.is_exact, s.start - s.end, s.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return tuple(kept)


@lru_cache(maxsize=8)
def build_vocabulary(words: frozenset[str]) -> Vocabulary:
    """Return the vocabulary of these folded words; the same words give the same one."""
    return Vocabulary(words)
