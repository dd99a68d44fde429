"""Breaks mails at random but for ever the same: what networks, gateways, bad programmes and enemies do to them."""

from __future__ import annotations

import random
import re
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType

from domain.errors import MessageError
from intake.reader import read_mail
from tests.mailmaker.combine import covering_cases, make_mail

CORPUS = Path(__file__).parents[1] / "corpus" / "mail"
LIMIT_S = 5.0
"""CPU seconds that no mail may cost."""

_MAX_BYTES = 400_000
_MADE_MAILS = 300

_FRAGMENTS = (
    b"\r\n\r\n",
    b"\n",
    b"\r",
    b"\x00",
    b"\r\n--",
    b"--\r\n",
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n",
    b'Content-Type: multipart/alternative; boundary=""\r\n',
    b"Content-Type: message/rfc822\r\n\r\n",
    b"Content-Type: multipart/report\r\n",
    b"Content-Type: text/html; charset=",
    b"Content-Type: application/ms-tnef; name=winmail.dat\r\n",
    b"Content-Type: text/plain; format=flowed; delsp=yes; charset=utf-7\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: quoted-printable\r\n",
    b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a\r\n",
    b"Content-Disposition: attachment; filename*0*=gb18030''%",
    b"; filename*99999999999999999999*=x",
    b'; filename*1*=%FF; filename*0="',
    b"=?gb18030?B?",
    b"=?utf-8?Q?=",
    b"=?zlib?B?eJw=?=",
    b"?=",
    b"?= =?gb2312?B?1cXI?= =?gb2312?B?/Q==?=",
    b'From: "',
    b"From: (((((",
    b"To: a:b:c;<<@>,",
    b"Date: Mon, 99 Feb 99999 99:99:99 +9999\r\n",
    b"Date: Fri, 31 Dec 9999 23:59:59 -1200\r\n",
    b"Message-ID: <<<>>>\r\n",
    b"References: <a> <b\r\n",
    b"charset=unicode_escape",
    b'charset="utf-16"',
    b"charset=hz-gb-2312\r\n\r\n~{",
    b"<blockquote type=cite>",
    b'<div id="QQMailBigAttach"><span class="qqmailbgattach" downloadlink="',
    b"<meta charset=",
    b"<!--",
    b"<style>",
    b"&#1114112;&#xD800;&#0;",
    b"\r\n> > > >",
    "\r\n-------- 原始邮件 --------\r\n发件人：".encode("gb18030"),
    "在 2020年2月3日，a@b 写道：".encode(),
    "喆镕堃䶮𠮷".encode("gb18030"),
    "許功蓋".encode("big5"),
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x1b$B",
    b"~}",
    b"\x81\x30\x81\x30",
    b"%PDF-",
    b"PK\x03\x04",
)
_BOUNDARY = re.compile(rb"boundary=\"?([^\"\r\n;]{1,100})", re.IGNORECASE)


@cache
def find_seeds() -> tuple[bytes, ...]:
    """Return the mails that are broken: the corpus, and some of each combination that we make."""
    corpus = [path.read_bytes() for path in sorted(CORPUS.rglob("*")) if path.is_file()]
    cases = list(covering_cases())
    made = [make_mail(case)[1].raw for case in cases[:: max(1, len(cases) // _MADE_MAILS)]]
    return tuple(raw for raw in (*corpus, *made) if len(raw) <= _MAX_BYTES)


def make_mutant(number: int) -> bytes:
    """Return the mutant of a number, always the same one while the corpus is the same."""
    rng = random.Random(number)
    seeds = find_seeds()
    raw: bytes = rng.choice(seeds)
    for _ in range(rng.choice((1, 1, 2, 3, 5, 8))):
        mutate = rng.choice(_MUTATIONS)
        raw = mutate(raw, rng, seeds)[:_MAX_BYTES]
    return raw


def _flip(raw: bytes, rng: random.Random, _seeds: Sequence[bytes]) -> bytes:
    out = bytearray(raw)
    for _ in range(rng.choice((1, 1, 4, 16, 64)) if raw else 0):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def _delete(raw: bytes, rng: random.Random, _seeds: Sequence[bytes]) -> bytes:
    start, stop = _span(raw, rng)
    return raw[:start] + raw[stop:]


def _duplicate(raw: bytes, rng: random.Random, _seeds: Sequence[bytes]) -> bytes:
    start, stop = _span(raw, rng)
    return raw[:stop] + raw[start:stop] + raw[stop:]


def _repeat(raw: bytes, rng: random.Random, _seeds: Sequence[bytes]) -> bytes:
    """A short stretch very often: finds what costs more than the length."""
    start = rng.randrange(len(raw) + 1)
    stop = start + rng.randrange(1, 60)
    times = rng.choice((50, 500, 5_000))
    return raw[:stop] + raw[start:stop] * min(times, _MAX_BYTES // max(1, stop - start)) + raw[stop:]


def _splice(raw: bytes, rng: random.Random, seeds: Sequence[bytes]) -> bytes:
    other = rng.choice(seeds)
    return raw[: rng.randrange(len(raw) + 1)] + other[rng.randrange(len(other) + 1) :]


def _truncate(raw: bytes, rng: random.Random, _seeds: Sequence[bytes]) -> bytes:
    return raw[: rng.randrange(len(raw) + 1)]


def _insert(raw: bytes, rng: random.Random, _seeds: Sequence[bytes]) -> bytes:
    at = rng.randrange(len(raw) + 1)
    if rng.random() < 0.5:
        # At the beginning of a line, where headers and delimiters stand.
        at = raw.find(b"\n", at) + 1
    return raw[:at] + rng.choice(_FRAGMENTS) * rng.choice((1, 1, 1, 2, 200)) + raw[at:]


def _insert_boundary(raw: bytes, rng: random.Random, _seeds: Sequence[bytes]) -> bytes:
    boundaries = _BOUNDARY.findall(raw)
    if not boundaries:
        return _insert(raw, rng, _seeds)
    mark: bytes = b"\r\n--" + rng.choice(boundaries) + rng.choice((b"\r\n", b"--\r\n", b" \r\n\r\n", b""))
    at = rng.randrange(len(raw) + 1)
    return raw[:at] + mark * rng.choice((1, 1, 1, 3, 300)) + raw[at:]


def _swap_lines(raw: bytes, rng: random.Random, _seeds: Sequence[bytes]) -> bytes:
    lines = raw.split(b"\n")
    first, second = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return b"\n".join(lines)


def _change_line_ends(raw: bytes, rng: random.Random, _seeds: Sequence[bytes]) -> bytes:
    return raw.replace(b"\r\n", rng.choice((b"\n", b"\r", b"\r\r\n", b"\n\r")))


def _span(raw: bytes, rng: random.Random) -> tuple[int, int]:
    start = rng.randrange(len(raw) + 1)
    return start, min(len(raw), start + int(rng.choice((4, 40, 400, 4_000)) * rng.random()) + 1)


_MUTATIONS: tuple[Callable[[bytes, random.Random, Sequence[bytes]], bytes], ...] = (
    _flip,
    _delete,
    _duplicate,
    _repeat,
    _splice,
    _truncate,
    _insert,
    _insert,
    _insert_boundary,
    _swap_lines,
    _change_line_ends,
)


class OverTimeError(BaseException):
    """A mail took more CPU than any may; no handler inside the reader must catch it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mutant: ``complaint`` is '' unless something happened that never may."""

    number: int
    size_bytes: int
    cpu_s: float
    is_refused: bool
    complaint: str


def try_mutant(number: int) -> Outcome:
    """Read the mutant of a number and return what came of it. To be called in a process's main thread."""
    raw = make_mutant(number)
    started = time.process_time()
    is_refused = False
    try:
        with _cpu_limit():
            message = read_mail(raw).message
            # Whatever was read can be stored.
            repr(message).encode("utf-8")
        complaint = ""
    except MessageError as error:
        is_refused = True
        # The reader turns every exception into MessageError: what it did not foresee is a fault all the same.
        complaint = f"unforeseen {error.__cause__!r}" if error.__cause__ is not None else ""
    except OverTimeError:
        complaint = f"over {LIMIT_S:g} s"
    except Exception as error:
        complaint = f"raised {error!r}"
    return Outcome(number, len(raw), time.process_time() - started, is_refused, complaint)


@contextmanager
def _cpu_limit() -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise OverTimeError

    old = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, old)
