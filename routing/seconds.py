"""Where a mail asks for a second thing: the words that part two requests (另外, 第二, 顺便, 2.) or join them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

Span = tuple[int, int]

_NEAR = 25
_CLOSE = 12
# So many signs of a second request may begin where none of them ends in time.
_MOST_INSIDE = 8
_SECOND = re.compile(
    r"另外|此外|同时|顺(?:便|带|路|手)|捎带|附带|连带|还(?:要|想|有|需|得|请|麻烦)|并(?:申请|办理|且|想|需)|以及|一并|一(?:起|块儿?)(?:办|问|弄)"
    r"|其次|其二|第二|头一|两(?:个|件|码|项)?事|[,。;!?:+](?:另|再|然后|接着)|再(?:问|请教|咨询|麻烦|帮|有|就是|把)|然后是|也(?:想|要|请)"
    r"|二[是来、]|[;。,!?:\n][^;。,!?\n]{0,2}[2二][.、)]|[(][2二][)]|(?<!\d)2[.、)](?!\d)"
)
_AND = re.compile(r"[和及与、+&/;]")


class Seconds:
    """The signs of a second request in a folded text, looked for when they are first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def has(self, span: Span, taken: Sequence[Span]) -> bool:
        """Return whether a request stands beside those taken; where papers alone told them, behind 另外 or 第二."""
        if taken:
            return any(self._is_joined(span, other) for other in taken)
        return self._has_sign(max(0, span[0] - _NEAR), span[0])

    @cached_property
    def _signs(self) -> list[Span]:
        """Each place once, also inside another."""
        found: list[Span] = []
        sign = _SECOND.search(self._text)
        while sign:
            found.append(sign.span())
            sign = _SECOND.search(self._text, sign.start() + 1)
        return found

    def _has_sign(self, start: int, end: int) -> bool:
        first = bisect_left(self._signs, (start, 0))
        return any(stop <= end for _, stop in self._signs[first : first + _MOST_INSIDE])

    def _is_joined(self, one: Span, other: Span) -> bool:
        """Return whether the words between two requests say that both are meant."""
        first, second = sorted((one, other))
        start, end = first[1], second[0]
        is_close = end - start < _CLOSE and bool(_AND.search(self._text, start, max(start, end)))
        return self._has_sign(start, end) or is_close


def overlap(one: Span, other: Span) -> bool:
    """Return whether two places share a character."""
    return one[0] < other[1] and other[0] < one[1]
