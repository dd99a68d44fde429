"""What lies over a paper and is no part of it: the pieces of an owner's watermark that a recogniser reads as lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.papers.lines import Line
from intake.papers.printed import fold_word

# 仅供办理医保业务使用 is what the notices ask for; a photograph shows it cut into pieces (办理医保, 业务使用).
_USUAL = ("仅供办理医保业务使用", "仅供办理医疗保险业务使用", "仅供办理社保业务使用", "再次复印无效", "他用无效")
_WHOLE = re.compile(r"仅(?:供|限|用于|用作).{2,24}?使用")
_STARTS = re.compile(r"^.?仅[供限用]|办理.{0,4}(?:业务|使用)|业务使用")
_LEAST_FUZZY = 4
_MOST_CHARS = 24
_LEAST_PIECES = 2


def drop_watermarks(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines without those that are only a piece of a watermark, where the page shows that it has one."""
    folded = {line: fold_word(line.text) for line in lines if len(line.text) <= _MOST_CHARS}
    phrases = {*_USUAL, *(found[0] for word in folded.values() if (found := _WHOLE.search(word)))}
    pieces = {line for line, word in folded.items() if any(_is_piece(word, phrase) for phrase in phrases)}
    is_marked = len(pieces) >= _LEAST_PIECES or any(_STARTS.search(folded[piece]) for piece in pieces)
    return tuple(line for line in lines if line not in pieces) if is_marked else tuple(lines)


def _is_piece(word: str, phrase: str) -> bool:
    """Whether a word is cut out of a phrase; a longer one may have one wrong character."""
    if len(word) < 2 or len(word) > len(phrase):
        return False
    if len(word) < _LEAST_FUZZY:
        return word in phrase
    parts = (phrase[at : at + len(word)] for at in range(len(phrase) - len(word) + 1))
    return any(sum(a != b for a, b in zip(part, word, strict=True)) <= 1 for part in parts)
