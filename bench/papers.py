"""What photographs show: kinds, fields and flaws told right, on fictional papers whose layouts the rules do not know.

Beside it, on a part of the same pictures, rapidocr as it is shipped and tesseract (where Debian's is installed), their
lines judged by the same rules. Then the speed: one process and two, ten times the pictures and a hundred times.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import cv2
import psutil

from bench.measuring import Options, measure_memory, print_table
from bench.otherreaders import Seen, read_as_shipped, read_with_tesseract
from config.catalogue import load_catalogue
from intake.papers.fields import Field, read_fields
from intake.papers.kinds import find_kinds
from intake.papers.legibility import find_flaw, is_dark
from intake.papers.lines import Page
from intake.papers.looking import run_looks
from intake.papers.models import Models, load_models
from intake.papers.pages import read_page_with_care
from intake.papers.pictures import load_picture
from intake.papers.questions import Questions
from intake.papers.seen import LEAST_TRUST
from tests.papers.samples import Sample, make_samples

COUNTS = {"easy": 200, "medium": 200, "hard": 200, "unreadable": 60}
SHIPPED = 20
"""Pictures that rapidocr as shipped reads, for it takes long."""
SEED = 11
_TO_A_MAIL = 4

# Only the letter tells a parent's page from the applicant's.
_ALIKE = {"parent-hukou-first": "hukou-first", "parent-hukou-self": "hukou-self"}
_KINDS = load_catalogue().kinds
# Cards and units' papers call a person's name and number otherwise.
_CALLED = {
    "social_security_number": "id_number",
    "representative_id_number": "id_number",
    "representative": "name",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one sample: codes and fields, whether it was flagged as unreadable, CPU seconds."""

    codes: tuple[str, ...]
    fields: Mapping[str, Field]
    is_flagged: bool
    cpu_s: float


@dataclass(slots=True)
class Tally:
    """What came of the samples of one row."""

    papers: int = 0
    kinds: int = 0
    others: int = 0
    accepted: int = 0
    flagged: int = 0
    mistrusted: int = 0
    pictures: int = 0
    cpu_s: float = 0.0
    asked: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, sample: Sample, read: Reading) -> None:
        """Count one sample in."""
        self.pictures += 1
        self.cpu_s += read.cpu_s
        wanted = [_ALIKE.get(code, code) for code, _ in sample.truth]
        if wanted == ["other"]:
            self.others += 1
            self.accepted += bool(read.codes)
            if read.codes:
                self.wrong.append(f"{sample.layouts[0]} -> {', '.join(read.codes)}")
            return
        self.papers += 1
        self.flagged += read.is_flagged
        is_right = Counter(wanted) == Counter(read.codes)
        self.kinds += is_right
        if not is_right:
            self.wrong.append(f"{' + '.join(sample.layouts)} -> {', '.join(read.codes) or 'nothing'}")
        for code, truth in sample.truth[:1]:
            for name, value in truth.items():
                called = _CALLED.get(name, name)
                field = read.fields.get(f"{_ALIKE.get(code, code)} {called}")
                self.asked[called] += 1
                self.exact[called] += field is not None and field.value == value
                self.mistrusted += field is not None and field.confidence >= LEAST_TRUST and field.value != value


def read_sample(jpeg: bytes, models: Models) -> Reading:
    """Return what our recogniser makes of a photograph."""
    start = time.process_time()
    pixels = load_picture(jpeg)
    page = Page(1, 1, ())
    is_flagged = is_dark(pixels)
    if not is_flagged:
        page = read_page_with_care(pixels, models, Questions(_KINDS).is_known)
        is_flagged = find_flaw(pixels, page) is not None
    codes, fields = _judge(page)
    return Reading(codes, fields, is_flagged, time.process_time() - start)


def _judge(page: Page) -> tuple[tuple[str, ...], dict[str, Field]]:
    found: dict[str, Field] = {}
    shown = [one for one in find_kinds(page, _KINDS) if one.code]
    for one in shown:
        for name, value in read_fields(one, page).items():
            found.setdefault(f"{_ALIKE.get(one.code, one.code)} {_CALLED.get(name, name)}", value)
    return tuple(_ALIKE.get(one.code, one.code) for one in shown), found


def run(options: Options) -> None:
    """Print what is told right by difficulty, at each turn, and beside rapidocr as shipped."""
    cv2.setNumThreads(0)
    _load()  # once, as what tells the kinds: the processes are forked with it
    Questions(_KINDS).prepare()
    tallies: dict[str, Tally] = defaultdict(Tally)
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        for row, sample, read in pool.imap_unordered(_read_one, _choose(options), chunksize=1):
            tallies[row].add(sample, read)
    _read_by_others(options, tallies)
    print_table(
        options,
        "Photographed papers of held-out layouts",
        (
            "",
            "papers",
            "kind right",
            "id number exact",
            "name exact",
            "others",
            "accepted",
            "flagged",
            "wrong but trusted",
            "CPU s",
        ),
        [_describe(row, tallies[row]) for row in tallies],
    )
    _measure_speed(options)
    wrong = [(row, what) for row, tally in tallies.items() for what in tally.wrong]
    print_table(options, "Told wrong", ("", "layout -> told as"), wrong[:60])


@cache
def _load() -> Models:
    return load_models()


def _choose(options: Options) -> Iterator[tuple[str, Sample]]:
    for difficulty, count in COUNTS.items():
        for sample in make_samples("held", options.count(count), seed=SEED, difficulty=difficulty):  # type: ignore[arg-type]
            yield difficulty, sample
    for turn in (0, 90, 180, 270):
        for sample in make_samples("held", options.count(50), seed=SEED + 1, difficulty="easy", turn=turn):
            yield f"easy, turned by {turn}", sample


def _read_one(job: tuple[str, Sample]) -> tuple[str, Sample, Reading]:
    row, sample = job
    return row, sample, read_sample(sample.jpeg, _load())


def _read_by_others(options: Options, tallies: dict[str, Tally]) -> None:
    """Read some of the pictures with each: in fresh processes, since how ours are loaded makes others faster."""
    samples = list(make_samples("held", options.count(SHIPPED), seed=SEED, difficulty="easy"))
    for sample in samples:
        tallies["ours, some of easy"].add(sample, read_sample(sample.jpeg, _load()))
    others: dict[str, Callable[[list[bytes]], list[Seen]]] = {"rapidocr as shipped, the same": read_as_shipped}
    if shutil.which("tesseract"):
        others["tesseract, the same"] = read_with_tesseract
    else:
        options.console.print("tesseract is left out: it needs Debian's tesseract-ocr and tesseract-ocr-chi-sim")
    for name, reader in others.items():
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            seen = pool.apply(reader, ([sample.jpeg for sample in samples],))
        for sample, (page, cpu_s) in zip(samples, seen, strict=True):
            codes, fields = _judge(page)
            tallies[name].add(sample, Reading(codes, fields, not page.lines, cpu_s))


def _measure_speed(options: Options) -> None:
    """Print what a picture costs as the handlers look at it: four of a mail in a confined child."""
    pool = [s.jpeg for s in make_samples("held", 20, seed=SEED, difficulty="easy")]
    rows: list[tuple[object, ...]] = []
    for count, processes in ((20, 1), (20, 2), (10, 2), (100, 2), (1000, 2)):
        count = options.count(count)  # noqa: PLW2901
        # Fresh processes: what this one holds is none of their memory.
        context = multiprocessing.get_context("spawn")
        ready, spent_s = context.Barrier(processes + 1), context.SimpleQueue()
        workers = [
            context.Process(
                target=_look_at_many,
                args=([pool[at % len(pool)] for at in range(first, count, processes)], ready, spent_s),
            )
            for first in range(processes)
        ]
        most = 0
        for worker in workers:
            worker.start()
        ready.wait()
        start = time.monotonic()
        while any(worker.is_alive() for worker in workers):
            most = max(most, *(measure_memory(psutil.Process(w.pid)) for w in workers if w.is_alive()), 0)
            time.sleep(0.1)
        for worker in workers:
            worker.join()
        wall, spent = time.monotonic() - start, sum(spent_s.get() for _ in workers)
        rows.append((count, processes, count / wall, spent / count, most / 1e6))
    head = ("pictures", "processes", "a second", "CPU s each", "MB, the largest process with its child")
    print_table(options, "Looking at pictures", head, rows)


def _look_at_many(jpegs: list[bytes], ready: Any, spent_s: Any) -> None:
    _load()
    ready.wait()
    before = sum(os.times()[:4])
    for first in range(0, len(jpegs), _TO_A_MAIL):
        files = [(jpeg, "image/jpeg") for jpeg in jpegs[first : first + _TO_A_MAIL]]
        run_looks(files, _load(), Questions(_KINDS))
    spent_s.put(sum(os.times()[:4]) - before)


def _describe(row: str, tally: Tally) -> tuple[object, ...]:
    return (
        row,
        tally.papers,
        _share(tally.kinds, tally.papers),
        _share(tally.exact["id_number"], tally.asked["id_number"]),
        _share(tally.exact["name"], tally.asked["name"]),
        tally.others,
        _share(tally.accepted, tally.others),
        _share(tally.flagged, tally.papers),
        tally.mistrusted,
        tally.cpu_s / tally.pictures,
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else ""
