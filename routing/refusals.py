"""What a mail says it is not about: "不是转出", "别给我开转出", "写成转出了", and what is another counter's matter."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from routing.words import Hit

_REFUSING = re.compile(
    # "是不是", "要不要", "要不" ask or propose; "别的", "非要" deny nothing.
    r"(?:(?:(?<![要是能用会行可办])不|并非|别(?![的人处])|(?<![并除莫])非(?![要得])|莫|甭)"
    r"(?:是|用|要|想|需要?|打算|办理?|属于?|再|给我?们?|帮我?们?|替我?|把我?|按|当|来|去|申请|开|弄|问|咨询|关于|为了|说|成|这次|我)*"
    # What somebody else understood, or the writer himself wrote by mistake.
    r"|(?:说|写|填|当|看|听|弄|开|选|办|归|搞|误)成(?:了|是)?)[“\"《「]?$"
)
_REFUSED_BEHIND = re.compile(
    r"[^,。;!?]{0,4},?是?(?:弄|搞|写|说|办|填|发|选)(?:错|拧|反|岔|混)|[^,。;!?]{0,3}(?:不办了|不要了|不用了|作废)"
)
_IS_QUESTION = re.compile(r"[^,。;!?]{0,8}(?:吗|么|\?)")
_NOT_YET = re.compile(r"(?:没有?|未)(?:能|办过?|办理|去|来|做|及时|提前|给|我)*$")
_CLAUSE = re.compile(r"[^,。;!?\n]*")
_OURS = re.compile(r"医保|医疗保险")
_SEEN, _SEEN_BEHIND = 14, 8
# Nothing is refused far from one of these.
_MARK = re.compile(r"[不非别莫甭成]|[弄搞写说办填发选][错拧反岔混]|作废")


def find_refused(text: str, hits: Iterable[Hit]) -> frozenset[Hit]:
    """Return the words of a folded text that it says it does not want."""
    marks = [mark.start() for mark in _MARK.finditer(text)]
    if not marks:
        return frozenset()
    near = (hit for hit in hits if _is_near(marks, hit))
    return frozenset(hit for hit in near if is_refused(text, hit))


def _is_near(marks: Sequence[int], hit: Hit) -> bool:
    first = bisect_left(marks, hit.start - _SEEN)
    return first < len(marks) and marks[first] <= hit.end + _SEEN_BEHIND


def is_refused(text: str, hit: Hit) -> bool:
    """Return whether a mail says that it does not want this: the business is denied, not just told as not yet done."""
    before = text[max(0, hit.start - _SEEN) : hit.start]
    if _REFUSED_BEHIND.match(text, hit.end):
        return True
    return bool(_REFUSING.search(before)) and not _IS_QUESTION.match(text, hit.end)


def is_not_yet(text: str, hit: Hit) -> bool:
    """Return whether a denied word only says that something is not done yet ("还没转入")."""
    return bool(_NOT_YET.search(text[max(0, hit.start - _SEEN) : hit.start]))


def find_uncovered(text: str, hits: Iterable[Hit]) -> list[tuple[int, int]]:
    """Return the clauses about matters that no notice covers (公积金, 补卡), unless they speak of 医保 as well.

    ``hits`` are where the text names such matters.
    """
    found: list[tuple[int, int]] = []
    reach = -1
    for hit in hits:
        # One look at each clause, however often it names them.
        if hit.start < reach:
            continue
        start = max(text.rfind(mark, 0, hit.start) for mark in ",。;!?\n") + 1
        clause = _CLAUSE.match(text, start)
        if clause:
            reach = clause.end()
            if not _OURS.search(clause.group()):
                found.append(clause.span())
    return found
