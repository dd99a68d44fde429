"""What a confined child says through its pipe: written by one that may have been taken over, and read as such.

Magic, how it ended (an index of Breach; 255 is well), bytes of JSON, number of blobs; then the blobs' sizes, the JSON,
the blobs. Never a pickle.
"""

from __future__ import annotations

import json
import math
import os
import re
import select
import struct
import time
from typing import NoReturn, TypeVar

from intake.confinement import Breach, ConfinedError, Confinement, Outcome

_HEADER = struct.Struct("<4sBII")
_MAGIC, _WELL = b"YBA1", 255
_ENDS = tuple(Breach)


T = TypeVar("T")


def expect(kind: type[T], value: object) -> T:
    """Return a fact of exactly this type. Raises: TypeError for any other: the child says what it likes."""
    if type(value) is not kind:
        raise TypeError(kind.__name__)
    return value


class NoAnswerError(Exception):
    """The pipe was closed before an answer was complete."""


class Answer:
    """What comes through the pipe, until a monotonic time."""

    def __init__(self, end: int, deadline: float, limits: Confinement) -> None:
        self._end = end
        self._deadline = deadline
        self._limits = limits
        self._poll = select.poll()
        self._poll.register(end, select.POLLIN)

    def take(self, size: int) -> bytes:
        """Return exactly so many bytes; memory is taken as they come, not as they are promised."""
        chunks: list[bytes] = []
        while size > 0:
            chunk = self._read(min(size, 2**20))
            if not chunk:
                raise NoAnswerError
            chunks.append(chunk)
            size -= len(chunk)
        return b"".join(chunks)

    def is_over(self) -> bool:
        return not self._read(1)

    def _read(self, size: int) -> bytes:
        left = self._deadline - time.monotonic()
        if left <= 0 or not self._poll.poll(math.ceil(left * 1000)):
            raise ConfinedError(Breach.WALL_TIME, self._limits)
        return os.read(self._end, size)


def read_answer(answer: Answer, limits: Confinement) -> tuple[Breach | None, Outcome]:
    """Return how the child says it ended (None is well) and its outcome.

    Raises: ConfinedError when it is no answer, too large or too late, NoAnswerError when it stops in between.
    """
    magic, end, facts_size, count = _HEADER.unpack(answer.take(_HEADER.size))
    if magic != _MAGIC or (end != _WELL and end >= len(_ENDS)):
        raise ConfinedError(Breach.BROKEN_ANSWER, limits)
    if facts_size > limits.facts_bytes or count > limits.blobs:
        raise ConfinedError(Breach.RESULT_TOO_LARGE, limits)
    sizes = struct.unpack(f"<{count}Q", answer.take(8 * count))
    if facts_size + sum(sizes) > limits.result_bytes:
        raise ConfinedError(Breach.RESULT_TOO_LARGE, limits)
    try:
        facts = _read_facts(answer.take(facts_size))
    except (ValueError, RecursionError):
        raise ConfinedError(Breach.BROKEN_ANSWER, limits) from None
    outcome = Outcome(facts, tuple(answer.take(size) for size in sizes))
    if not answer.is_over():
        raise ConfinedError(Breach.BROKEN_ANSWER, limits)
    return None if end == _WELL else _ENDS[end], outcome


def _read_facts(encoded: bytes) -> object:
    """Return strict JSON: no key twice, no NaN, whole numbers of 64 bits, no half of a surrogate pair.

    Raises: ValueError, RecursionError.
    """
    text = encoded.decode()
    facts: object = json.loads(
        text, object_pairs_hook=_read_object, parse_int=_read_int, parse_float=_read_float, parse_constant=_refuse
    )
    if re.search(r"\\u[dD][89a-fA-F]", text):  # rare: our own child does not escape
        json.dumps(facts, ensure_ascii=False).encode()
    return facts


def _read_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a key stands twice")
    return read


def _read_int(digits: str) -> int:
    if len(digits) > 20 or not -(2**63) <= int(digits) < 2**63:
        raise ValueError("a number has more than 64 bits")
    return int(digits)


def _read_float(digits: str) -> float:
    if not math.isfinite(number := float(digits)):
        raise ValueError("a number is infinite")
    return number


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def plain_name(facts: object) -> str:
    return facts if isinstance(facts, str) and re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,63}", facts) else ""


def encode_outcome(outcome: Outcome, limits: Confinement) -> list[bytes]:
    facts = json.dumps(outcome.facts, ensure_ascii=False, allow_nan=False).encode()
    size = len(facts) + sum(map(len, outcome.blobs))
    if len(facts) > limits.facts_bytes or size > limits.result_bytes or len(outcome.blobs) > limits.blobs:
        return encode_end(Breach.RESULT_TOO_LARGE)
    sizes = struct.pack(f"<{len(outcome.blobs)}Q", *map(len, outcome.blobs))
    return [_HEADER.pack(_MAGIC, _WELL, len(facts), len(outcome.blobs)) + sizes + facts, *outcome.blobs]


def encode_end(breach: Breach, error: BaseException | None = None) -> list[bytes]:
    # Only the kind of error: its text may hold what stands in the file.
    facts = json.dumps("" if error is None else type(error).__name__).encode()
    return [_HEADER.pack(_MAGIC, _ENDS.index(breach), len(facts), 0) + facts]
