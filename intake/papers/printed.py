"""Printed words found in a page's lines: letters and digits alone, no watermarks, one wrong character forgiven."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from intake.papers.lines import Line
from intake.papers.words import squeeze

FUZZY_CHARS = 5  # in shorter words one character is too much: 姓名 and 户名 are different blanks
_GAP_CHARS = 6  # a lost or doubled character is forgiven from this length on
_SHORT_TITLE_CHARS = 3
_TAIL_CHARS = 2  # （电子）, 表, 证 behind a title
_MAX_LINE_CHARS = 400  # no printed line is longer; a text file's may be
_MAX_LINES = 400
_MOST_HALF_CHARS = 8
GAP = "…"
"""In a word of the catalogue: up to ten characters may stand here. 岗位…聘用…表 is 岗位设置和人员聘用情况登记表 too."""
_GAP_PATTERN = ".{0,10}?"
_SYNTAX = re.compile(r"([…()\[\]|])")
_PATTERNS = {"(": "(?:", "[": "(?:", "]": ")?", GAP: f"){_GAP_PATTERN}("}
_LONG = 3.0  # heights: a shorter line's slope says nothing
_LEAST_TILT, _MOST_TILT = 0.01, 0.6

# 仅供办理医保业务使用, 此复印件仅用于…: what owners write across a photograph before they send it.
_WATERMARK = re.compile(
    r"(?:[本此该]?(?:复印件|扫描件|照片|证件|材料))?仅(?:供|限|用于|用做|用作|作为?|为)[^，。；,;]{0,24}?"
    r"(?:使用|专用|之用|有效|用途|$)"
    r"|(?:再次|二次)?(?:复印|打印|转借|他用|其他|其它|挪用)(?:用途)?无效|他用作废"
)
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


def fold_word(text: str) -> str:
    """Return a printed word as it is compared: letters and digits alone; 帐 and 账 are one."""
    return squeeze(text).replace("帐", "账")


def fold_title(word: str) -> str:
    """Return a word of the catalogue as ``fold_word`` does; one with gaps keeps its gaps and brackets."""
    if GAP not in word:
        return fold_word(word)
    return "".join(piece if _SYNTAX.fullmatch(piece) else fold_word(piece) for piece in _SYNTAX.split(word))


def _compile_gaps(word: str) -> re.Pattern[str]:
    pieces = (_PATTERNS.get(piece, piece) for piece in _SYNTAX.split(word))
    return re.compile(f"({''.join(pieces)})")


def strip_watermark(text: str) -> str:
    """Return a line without what its owner wrote across it (仅供办理医保业务使用)."""
    return _WATERMARK.sub("", text)


def join_pieces(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines, and those that wide spacing tore apart joined to one more: 营|业|执|照, 姓|名.

    Only single characters in a row are joined; the pieces stay.
    """
    pieces = sorted(
        (line for line in lines if len(w := squeeze(line.text)) == 1 and not w.isascii()), key=lambda line: line.left
    )
    joined: list[Line] = []
    rest = list(pieces)
    while rest:
        row = [rest.pop(0)]
        while (following := next((p for p in rest if _follows(row[-1], p)), None)) is not None:
            row.append(following)
            rest.remove(following)
        if len(row) > 1:
            joined.append(_join(row))
    return (*lines, *joined)


def _follows(left: Line, right: Line) -> bool:
    height = max(left.height_px, right.height_px, 1.0)
    gap = right.left - max(x for x, _ in left.box)
    is_like = min(left.height_px, right.height_px) > 0.6 * height
    return is_like and abs(left.top - right.top) < 0.5 * height and -0.3 * height < gap < 4 * height


def _join(row: Sequence[Line]) -> Line:
    first, last = row[0].box, row[-1].box
    return Line("".join(p.text for p in row), min(p.score for p in row), (first[0], last[1], last[2], first[3]))


def measure_tilt(lines: Sequence[Line]) -> float:
    """Return how far lines fall to the right, as a slope: the middle one of all that are long enough to tell."""
    slopes = sorted(
        (line.box[1][1] - line.box[0][1]) / (line.box[1][0] - line.box[0][0])
        for line in lines
        if line.box[1][0] - line.box[0][0] > _LONG * line.height_px > 0
    )
    slope = slopes[len(slopes) // 2] if slopes else 0.0
    return slope if _LEAST_TILT < abs(slope) < _MOST_TILT else 0.0


def level(line: Line, tilt: float) -> Line:
    """Return a line where it would stand were the page turned straight; what stood in a row does so again."""
    if not tilt:
        return line
    first, second, third, fourth = ((x + tilt * y, y - tilt * x) for x, y in line.box)
    return Line(line.text, line.score, (first, second, third, fourth))


def right_of(line: Line) -> float:
    """Return a line's right edge, in pixels from the page's left."""
    return max(x for x, _ in line.box)


def bottom_of(line: Line) -> float:
    """Return a line's lower edge, in pixels from the page's top."""
    return max(y for _, y in line.box)


def find_below(line: Line, lines: Sequence[Line]) -> Line | None:
    """Return the next line under this one, no further than two heights."""
    height = max(line.height_px, 1.0)
    under = [
        other
        for other in lines
        if other is not line
        and -0.3 * height < other.top - bottom_of(line) < 2 * height
        and other.left < right_of(line)
        and right_of(other) > line.left
    ]
    return min(under, key=lambda other: (other.top, other.left), default=None)


def join_halves(lines: Sequence[Line], words: AbstractSet[str]) -> tuple[Line, ...]:
    """Return the lines, those put together that are a label on two lines, as narrow cells have: 统一社会|信用代码."""
    folded = {line: fold_word(line.text) for line in lines if len(line.text) <= _MOST_HALF_CHARS}
    halves = [line for line, word in folded.items() if word]
    joined: list[Line] = []
    used: set[Line] = set()
    for upper in halves:
        lower = find_below(upper, [h for h in halves if h not in used])
        if upper in used or lower is None or folded[upper] + folded[lower] not in words:
            continue
        height = max(upper.height_px, lower.height_px)
        is_beneath = abs(upper.left + right_of(upper) - lower.left - right_of(lower)) < 3 * height
        if is_beneath and lower.top - bottom_of(upper) < 0.6 * height:
            used |= {upper, lower}
            left, right = min(upper.left, lower.left), max(right_of(upper), right_of(lower))
            box = ((left, upper.top), (right, upper.top), (right, bottom_of(lower)), (left, bottom_of(lower)))
            joined.append(Line(upper.text + lower.text, min(upper.score, lower.score), box))
    return (*(line for line in lines if line not in used), *joined)


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
            for word, pattern in self._gapped:
                for match in pattern.finditer(text):
                    exact.append((word, match.start(), match.end()))
                    sizes[word, match.start()] = sum(len(piece) for piece in match.groups())
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


def find_gaps(spans: Iterable[tuple[float, float]], *, least: float) -> tuple[tuple[float, float], ...]:
    """Return the gaps of at least ``least`` pixels that no span (from, to) covers, in order."""
    merged: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple((a[1], b[0]) for a, b in pairwise(merged) if b[0] - a[1] >= least)


def place_cut(gap: tuple[float, float], spans: Iterable[tuple[float, float]]) -> float:
    """Return where a gap is cut: in the middle of its widest stretch that no span covers, else in its own middle."""
    low, high = gap
    inside = [(max(start, low), min(end, high)) for start, end in spans if start < high and end > low]
    free = find_gaps([(low, low), *inside, (high, high)], least=1e-6) or (gap,)
    start, end = max(free, key=lambda g: g[1] - g[0])
    return (start + end) / 2
