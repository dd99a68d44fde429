"""A look at a file: each picture and each page of it as lines of words, from a confined child process.

What decodes pictures has had its holes, so files are looked at in a child, forked from a process that has loaded the
networks: it opens nothing, sends nothing, and is gone afterwards, with whatever a picture did to it. Pictures of one
mail may share a child, for they have one sender; a fifth of a picture's CPU is the child's fresh memory.

Facts: ``{"pages": [[number, width, height, turned, flaw, sealed, written, lines], …]}``, each line ``[text, score,
eight numbers of its box]``, or ``{"closed": reason, "told": words}``; blobs: a JPEG of each page with its lines marked,
when asked for.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from domain.mail import Unopened
from intake.confinedanswers import expect
from intake.confinement import Breach, ConfinedError, Confinement, Outcome
from intake.headers import clean_line
from intake.papers.detecting import Pixels
from intake.papers.handwriting import find_handwriting, measure_share
from intake.papers.legibility import Flaw, find_flaw, is_dark
from intake.papers.lines import Line, Page, lay_out
from intake.papers.models import Models
from intake.papers.pages import read_page_with_care, shrink, turn
from intake.papers.pictures import HEIC, PictureError, load_picture, open_pages
from intake.papers.questions import Questions
from intake.papers.seals import Sealed, tell_sealed
from intake.sandbox import run_confined

LOOKING = Confinement(memory_bytes=1024**3, cpu_s=60, wall_s=90.0, result_bytes=8 * 1024**2)
"""A page of small print takes five seconds of CPU, a PDF of twenty pages forty."""

PDF = "application/pdf"
_RED = (0, 0, 255)
_MOST_SIDE_PX = 100_000
_MOST_LINE_CHARS = 500


@dataclass(frozen=True, slots=True)
class Sight:
    """What a look at one page found. ``number`` counts from 1; ``flaw`` tells why it cannot be read, if so.

    ``sealed`` tells whether a seal is there, ``written`` the share of characters written by hand; None where the
    ``Questions`` did not ask. ``marked`` is a JPEG of the page with its lines framed and numbered from 1, when that was
    asked for.
    """

    number: int
    page: Page
    flaw: Flaw | None = None
    sealed: Sealed | None = None
    written: float | None = None
    marked: bytes = b""


def look(
    data: bytes,
    media_type: str,
    models: Models,
    questions: Questions,
    *,
    limits: Confinement = LOOKING,
    is_marked: bool = False,
) -> tuple[Sight, ...]:
    """Return what a picture, or each page of a PDF, shows; pages with a text layer are taken at their word.

    Only for a process with one thread (``intake.sandbox``).

    Raises:
        PictureError: the file cannot be opened; its reason is told.
        ConfinedError: it broke a limit, or the machine could not confine it.
    """
    return read_sights(run_look(data, media_type, models, questions, limits=limits, is_marked=is_marked), limits)


def run_look(
    data: bytes,
    media_type: str,
    models: Models,
    questions: Questions,
    *,
    limits: Confinement = LOOKING,
    is_marked: bool = False,
) -> Outcome:
    """Return what the child says it saw, for ``read_sights``; its facts may be kept. Raises: ConfinedError."""
    if media_type in HEIC:
        limits = replace(limits, allows_threads=True)  # libheif decodes in a thread of its own, or not at all
    questions.prepare()
    return run_confined(lambda: _look(data, media_type, models, questions, is_marked=is_marked), limits=limits)


def run_looks(
    files: Sequence[tuple[bytes, str]], models: Models, questions: Questions, *, limits: Confinement = LOOKING
) -> tuple[Outcome, ...]:
    """Return what one child says it saw in each of several pictures of one mail: bytes and media type, no HEIC.

    Raises: ConfinedError: nothing is known of any of them, each may be looked at by itself.
    """
    questions.prepare()
    answer = run_confined(
        lambda: Outcome([_look(data, kind, models, questions, is_marked=False).facts for data, kind in files]),
        limits=limits,
    )
    if not isinstance(answer.facts, list) or len(answer.facts) != len(files):
        raise ConfinedError(Breach.BROKEN_ANSWER, limits)
    return tuple(Outcome(facts) for facts in answer.facts)


# The child.


def _look(data: bytes, media_type: str, models: Models, questions: Questions, *, is_marked: bool) -> Outcome:
    cv2.setNumThreads(0)  # one thread: there are as many of us as cores
    pages: list[list[object]] = []
    blobs: list[bytes] = []
    try:
        for number, shown in _open_pictures(data, media_type):
            sight = Sight(number, lay_out(shown)) if isinstance(shown, str) else _see(number, shown, models, questions)
            pages.append(_write(sight))
            if is_marked:
                blobs.append(b"" if isinstance(shown, str) else _mark(shown, sight.page))
    except PictureError as error:
        return Outcome({"closed": error.reason, "told": str(error)})
    except MemoryError:
        return Outcome({"closed": Unopened.TOO_LARGE, "told": "打开图片所需内存过大"})
    return Outcome({"pages": pages}, tuple(blobs))


def _mark(pixels: Pixels, page: Page) -> bytes:
    upright = shrink(turn(pixels, page.turned) if page.turned else pixels, max(page.width, page.height)).copy()
    for number, line in enumerate(page.lines, 1):
        corners = np.array(line.box, np.int32)
        cv2.polylines(upright, [corners], isClosed=True, color=_RED, thickness=2)
        corner = (int(corners[0][0]), max(14, int(corners[0][1]) - 3))
        cv2.putText(upright, str(number), corner, cv2.FONT_HERSHEY_SIMPLEX, 0.6, _RED, 2)
    _, jpeg = cv2.imencode(".jpg", upright)
    return bytes(jpeg)


def _open_pictures(data: bytes, media_type: str) -> Iterator[tuple[int, Pixels | str]]:
    if media_type == PDF:
        yield from open_pages(data)
    else:
        yield 1, load_picture(data, media_type)


def _see(number: int, pixels: Pixels, models: Models, questions: Questions) -> Sight:
    if is_dark(pixels):
        height, width = pixels.shape[:2]
        return Sight(number, Page(width, height, ()), Flaw.DARK)
    page = read_page_with_care(pixels, models, questions.is_known)
    asks_seal, asks_hand = questions.ask(page)
    return Sight(
        number,
        page,
        find_flaw(pixels, page),
        tell_sealed(pixels) if asks_seal else None,
        round(measure_share(find_handwriting(pixels, page), page.lines), 3) if asks_hand else None,
    )


def _write(sight: Sight) -> list[object]:
    page = sight.page
    lines = [
        [line.text[:_MOST_LINE_CHARS], line.score, [round(side, 1) for corner in line.box for side in corner]]
        for line in page.lines
    ]
    return [sight.number, page.width, page.height, page.turned, sight.flaw, sight.sealed, sight.written, lines]


# The parent.


def read_sights(outcome: Outcome, limits: Confinement) -> tuple[Sight, ...]:
    """Return what the child saw. Raises: PictureError; ConfinedError when the answer is none that our code gives."""
    try:
        facts = expect(dict, outcome.facts)
        if "closed" not in facts:
            pages = expect(list, facts["pages"])
            marked = outcome.blobs or (b"",) * len(pages)
            return tuple(_read(one, blob) for one, blob in zip(pages, marked, strict=True))
        reason, told = Unopened(expect(str, facts["closed"])), clean_line(expect(str, facts["told"]))[:300]
    except (ValueError, TypeError, LookupError):
        raise ConfinedError(Breach.BROKEN_ANSWER, limits) from None
    raise PictureError(reason, told)


def _read(facts: object, marked: bytes) -> Sight:
    number, width, height, turned, flaw, sealed, written, lines = expect(list, facts)
    page = Page(
        _side(width), _side(height), tuple(_read_line(line) for line in expect(list, lines)), expect(int, turned)
    )
    if page.turned not in {0, 90, 180, 270} or not 1 <= expect(int, number) <= _MOST_SIDE_PX:
        raise ValueError("no such page")
    return Sight(
        number,
        page,
        None if flaw is None else Flaw(expect(str, flaw)),
        None if sealed is None else Sealed(expect(str, sealed)),
        None if written is None else _share(written),
        marked,
    )


def _read_line(facts: object) -> Line:
    text, score, sides = expect(list, facts)
    numbers = [float(side) for side in expect(list, sides) if type(side) in {int, float} and math.isfinite(side)]
    if len(numbers) != 8 or not 0.0 <= float(score) <= 1.0:
        raise ValueError("no line")
    box = ((numbers[0], numbers[1]), (numbers[2], numbers[3]), (numbers[4], numbers[5]), (numbers[6], numbers[7]))
    return Line(clean_line(expect(str, text))[:_MOST_LINE_CHARS], float(score), box)


def _share(value: object) -> float:
    share = expect(float, value)
    if not 0.0 <= share <= 1.0:
        raise ValueError("no share")
    return share


def _side(value: object) -> int:
    side = expect(int, value)
    if not 1 <= side <= _MOST_SIDE_PX:
        raise ValueError("no picture is so large")
    return side
