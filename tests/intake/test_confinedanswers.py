"""What a child may answer: the format taken as it is meant, and refused where a taken-over child breaks it."""

import os
import struct
import time

import psutil
import pytest

from intake.confinement import Breach, ConfinedError, Confinement, Outcome
from intake.sandbox import run_confined
from tests.intake.children import QUICK, breach_of, nothing_is_left, open_descriptors  # noqa: F401 - for all

# By signal: the other method's thread would be there at each fork.
pytestmark = pytest.mark.timeout(60, method="signal")


def answer_raw(*chunks: bytes, sleep_s: float = 0):
    def answer():
        (pipe,) = open_descriptors()
        for chunk in chunks:
            os.write(pipe, chunk)
        time.sleep(sleep_s)
        os._exit(0)

    return answer


def header(facts: bytes = b"null", blobs: tuple[int, ...] = (), *, end: int = 255, count: int | None = None) -> bytes:
    count = len(blobs) if count is None else count
    return struct.pack(f"<4sBII{len(blobs)}Q", b"YBA1", end, len(facts), count, *blobs)


def test_answer_as_the_child_would_give_it_is_taken():
    assert run_confined(answer_raw(header(b"[1]", (2,)) + b"[1]ab")) == Outcome([1], (b"ab",))


@pytest.mark.parametrize(
    ("answer", "breach"),
    [
        (b"", Breach.BROKEN_ANSWER),
        (b"garbage" * 100, Breach.BROKEN_ANSWER),
        (b"\x80\x04\x95pickle", Breach.BROKEN_ANSWER),
        (header()[:7], Breach.BROKEN_ANSWER),
        (header(end=77) + b"null", Breach.BROKEN_ANSWER),
        (header(b"null", (5,)) + b"nullabc", Breach.BROKEN_ANSWER),
        (header() + b"null" + b"more", Breach.BROKEN_ANSWER),
        (header(b"x" * 2**23), Breach.RESULT_TOO_LARGE),
        (header(b"null", (2**63,)), Breach.RESULT_TOO_LARGE),
        (header(b"null", (2**19,) * 3), Breach.RESULT_TOO_LARGE),
        (header(count=2**32 - 1), Breach.RESULT_TOO_LARGE),
        *(
            (header(facts) + facts, Breach.BROKEN_ANSWER)
            for facts in (
                b"",
                b"nul",
                b"NaN",
                b"-Infinity",
                b"1e999",
                b"\xff",
                b'{"a": 1, "a": 2}',
                b'"\\ud800"',
                b'{"\\uDFFF": 1}',
                b"9" * 30,
                b"9223372036854775808",
                b"[" * 100_000,
                b"[" * 50_000 + b"]" * 50_000,
            )
        ),
    ],
)
def test_answer_that_breaks_the_format_is_refused(answer, breach):
    assert breach_of(answer_raw(answer)) == breach


def test_escaped_whole_character_is_taken():
    facts = b'"\\ud83d\\ude00 \\\\ud800"'
    assert run_confined(answer_raw(header(facts) + facts)).facts == "😀 \\ud800"


def test_end_told_by_a_liar_carries_no_text_of_his():
    facts = '"<b>请汇款到…</b>"'.encode()
    with pytest.raises(ConfinedError, match=r"^文件内容无法解析，可能已损坏$"):
        run_confined(answer_raw(header(facts, end=list(Breach).index(Breach.FAILED)) + facts))


def test_flood_does_not_fill_the_parent():
    def flood():
        (pipe,) = open_descriptors()
        while True:
            os.write(pipe, header(b"null", (2**20 - 4,)) + bytes(2**20))

    used = psutil.Process().memory_info().rss
    assert breach_of(flood) in {Breach.BROKEN_ANSWER, Breach.RESULT_TOO_LARGE}
    assert psutil.Process().memory_info().rss - used < 20 * 2**20


@pytest.mark.parametrize("answer", [header()[:5], header() + b"nu", header() + b"null"])
def test_answer_that_stops_halfway_is_given_up_at_the_wall_limit(answer):
    assert breach_of(answer_raw(answer, sleep_s=60), Confinement(wall_s=0.3)) == Breach.WALL_TIME
