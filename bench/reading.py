"""The same mails through three readers, side by side: ours, mail-parser alone, the standard library's usual loop.

Han characters and payloads kept, exceptions, CPU. **What all three together can see** is, for each
message and each field (subject, sender's name, body, file names), the union of the three readings
as multisets: of each character as often as that reading has it that has it most often. A reading
counts only when it is Chinese (``is_chinese``): bytes read with a wrong charset are full of Han
characters as well, and a character that stands there by accident is not one that was kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import logging
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import mailparser

from bench.house import MAILBOXES
from bench.mails import LIGHT, REAL, make_mails
from bench.measuring import Options, median, print_table
from bench.readers import FIELDS, HAN, READERS, View, is_chinese, read_ours, read_stdlib
from tests.mailmaker.combine import all_cases, make_mail
from tests.mailmaker.survival import find_losses

CORPUS = Path(__file__).parents[1] / "tests" / "corpus" / "mail"


def count_han(view: View) -> dict[str, Counter[str]]:
    """Return the Han characters of each field that is Chinese."""
    return {name: Counter(HAN.findall(text)) if is_chinese(text) else Counter() for name, text in view.words.items()}


@dataclass(slots=True)
class Tally:
    """What one reader kept of a set of mails, of ``seen`` characters and ``files`` that all together see."""

    kept: int = 0
    payloads: int = 0
    payload_bytes: int = 0
    exceptions: int = 0


@dataclass(frozen=True, slots=True)
class Behind:
    """A mail of which another reader keeps more than ours: by how many characters or files."""

    mail: str
    field: str
    missing: str
    by: str


@dataclass(slots=True)
class Comparison:
    """The three readers over one set of mails."""

    seen: int = 0
    files: int = 0
    file_bytes: int = 0
    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in READERS})
    behind: list[Behind] = field(default_factory=list)

    @property
    def kept_share(self) -> float:
        """Our share of the Han characters that all three together see (1 when there are none)."""
        return self.tallies["ours"].kept / self.seen if self.seen else 1.0


def compare_readers(mails: Mapping[str, bytes]) -> Comparison:
    """Return what each reader keeps of mails by name, and where ours is behind."""
    found = Comparison()
    for mail, raw in mails.items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            views = {name: read(raw) for name, read in READERS.items()}
        _compare_words(mail, views, found)
        if b"multipart/report" not in raw:
            # What a bounce brings back is nobody's material: ours leaves it alone on purpose.
            _compare_payloads(mail, views, found)
        for name, view in views.items():
            found.tallies[name].exceptions += bool(view.error)
    return found


def _compare_words(mail: str, views: Mapping[str, View], found: Comparison) -> None:
    han = {name: count_han(view) for name, view in views.items()}
    for place in FIELDS:
        counts = {name: counted.get(place, Counter()) for name, counted in han.items()}
        union: Counter[str] = Counter()
        for counted in counts.values():
            union |= counted
        found.seen += union.total()
        for name, counted in counts.items():
            found.tallies[name].kept += counted.total()
        missing = union - counts["ours"]
        if missing:
            by = max(counts, key=lambda name: (counts[name] & missing).total())
            found.behind.append(Behind(mail, place, "".join(missing.elements()), by))


def _compare_payloads(mail: str, views: Mapping[str, View], found: Comparison) -> None:
    """Files are the same when their bytes are, line ends aside; one that a reader shows as words is kept as well.

    What mail-parser decoded into text is no file by itself: it counts where its bytes can be had back.
    """
    digests = {name: Counter(map(_digest, view.payloads)) for name, view in views.items()}
    union: Counter[tuple[bytes, int]] = Counter()
    for name, view in views.items():
        union |= Counter(_digest(p) for p in view.payloads if p.strip() and not view.is_text(p))
        if name != "ours":
            shown = "".join(views["ours"].words.get("body", "").split())
            digests["ours"] |= Counter(_digest(p) for p in view.payloads if _squeeze_text(p) in shown)
    found.files += union.total()
    found.file_bytes += sum(size for _, size in union.elements())
    for name, counted in digests.items():
        kept = counted & union
        found.tallies[name].payloads += kept.total()
        found.tallies[name].payload_bytes += sum(size for _, size in kept.elements())
    missing = union - digests["ours"]
    if missing:
        by = max(digests, key=lambda name: (digests[name] & missing).total())
        found.behind.append(Behind(mail, "files", " ".join(f"{size} B" for _, size in missing.elements()), by))


def _digest(payload: bytes) -> tuple[bytes, int]:
    plain = payload if b"\x00" in payload else b"".join(payload.split())
    return hashlib.sha256(plain).digest(), len(plain)


def _squeeze_text(payload: bytes) -> str:
    return "".join(payload.decode("utf-8", "replace").split()) if len(payload) < 10_000 else "\x00"


def measure_cpu(mails: Sequence[bytes], *, runs: int) -> Mapping[str, float]:
    """Return CPU milliseconds for one mail by reader: medians over rounds in which the readers take turns."""
    spent: dict[str, list[float]] = {name: [] for name in READERS}
    for _ in range(runs):
        for name, read in _TIMED.items():
            start = time.process_time()
            for raw in mails:
                read(raw)
            spent[name].append((time.process_time() - start) * 1000 / len(mails))
    return {name: median(found) for name, found in spent.items()}


def _time_mailparser(raw: bytes) -> None:
    """Read what a counter needs; mail-parser's files stay in base64, which is to its favour."""
    with contextlib.suppress(Exception):
        parsed = mailparser.parse_from_bytes(raw)
        _ = parsed.subject, parsed.from_, parsed.text_plain, parsed.text_html, parsed.attachments


_TIMED: Mapping[str, Callable[[bytes], object]] = {
    "ours": read_ours,
    "mail-parser": _time_mailparser,
    "standard library": read_stdlib,
}


def find_corpus() -> dict[str, bytes]:
    """Return the corpus's mails by their paths."""
    return {str(path.relative_to(CORPUS)): path.read_bytes() for path in sorted(CORPUS.rglob("*")) if path.is_file()}


def run(options: Options) -> None:
    """Print what each reader keeps and what it costs, side by side, and where ours is behind."""
    corpus = find_corpus()
    photo = [mail.raw for mail in make_mails(REAL, MAILBOXES, count=options.count(40))]
    light = [mail.raw for mail in make_mails(LIGHT, MAILBOXES, count=options.count(200))]
    cases = list(itertools.islice(all_cases(), 0, None, max(1, round(1 / options.scale))))
    made = {str(case): make_mail(case)[1].raw for case in cases[:: max(1, len(cases) // 1000)]}
    with _silent():
        for title, mails in (("corpus", corpus), ("combinations of the generator", made)):
            _print_comparison(options, title, compare_readers(mails), len(mails))
        for title, raws in (("corpus", list(corpus.values())), ("light mails", light), ("photo mails", photo)):
            _print_cpu(options, title, raws)
    lost = Counter(loss.place for case in cases for loss in find_losses(case))
    rows = [("combinations read", len(cases)), *((f"{place} lost", count) for place, count in lost.items())]
    print_table(
        options, "Every character and byte of the generator's mails", ("", "mails"), [*rows, ("losses", lost.total())]
    )


@contextmanager
def _silent() -> Iterator[None]:
    """Keep mail-parser's complaints off the tables."""
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)


def _print_comparison(options: Options, title: str, found: Comparison, mails: int) -> None:
    rows: list[tuple[object, ...]] = [
        (
            name,
            t.kept,
            _share(t.kept, found.seen),
            t.payloads,
            _share(t.payloads, found.files),
            t.payload_bytes // 1000,
            t.exceptions,
        )
        for name, t in found.tallies.items()
    ]
    rows.append(("all together see", found.seen, "", found.files, "", found.file_bytes // 1000, ""))
    head = ("reader", "Han", "share", "files", "share", "KB", "exceptions")
    print_table(options, f"Kept of {mails:,} mails: {title}", head, rows)
    if found.behind and title == "corpus":
        behind = [(b.mail, b.field, b.missing[:30], b.by) for b in found.behind]
        print_table(options, "Where another reader keeps more than ours", ("mail", "of", "what", "kept by"), behind)


def _print_cpu(options: Options, title: str, raws: Sequence[bytes]) -> None:
    spent = measure_cpu(raws, runs=max(3, options.runs))
    mb = sum(map(len, raws)) / 1e6 / len(raws)
    rows = [(name, ms, ms / mb, ms / spent["ours"], ms / spent["mail-parser"]) for name, ms in spent.items()]
    head = ("reader", "CPU ms a mail", "CPU ms a MB", "to ours", "to mail-parser")
    print_table(options, f"CPU of {len(raws):,} {title}, {mb * 1000:,.0f} KB each", head, rows)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / max(1, whole):.1f} %"
