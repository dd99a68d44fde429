"""What a zip holds, with the limits kept and whatever is still good."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from domain.mail import Unopened
from intake.containers.files import Contents, OpeningError
from intake.containers.limits import Budget
from intake.containers.members import Gathering
from intake.containers.names import decode_names, is_rubbish
from intake.containers.unpacking import TruncatedError, UnknownPackingError, collect, inflate, unpack_bz2
from intake.containers.zipdirectory import Entry, read_directory

STORED, DEFLATED, BZIP2 = 0, 8, 12


def open_zip(data: bytes, budget: Budget) -> Contents:
    """Return the files of a zip. Raises: OpeningError when it is over the limits, hostile or wholly broken."""
    entries, is_whole = read_directory(data, max_entries=budget.limits.max_entries)
    gathering = Gathering(budget)
    if not is_whole:
        gathering.break_off("压缩包不完整（可能没有传完），只取出其中完好的文件")
    wanted: list[tuple[Entry, str]] = []
    for entry, name in name_entries(entries):
        if is_rubbish(name):
            continue
        if entry.is_special:
            gathering.refuse_special(name)
        elif entry.is_locked:
            gathering.lock(name)
        else:
            wanted.append((entry, name))
    check_entries(data, [entry for entry, _ in wanted], budget)
    budget.take_members(len(wanted))
    view = memoryview(data)
    for entry, name in wanted:
        try:
            gathering.add(name, read_entry(view, entry, budget))
        except (zlib.error, TruncatedError, OSError, EOFError):
            gathering.lose(name)
        except UnknownPackingError:
            gathering.pass_over(name)
    return gathering.finish()


def name_entries(entries: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    """Yield each entry with its path as text; names of unknown charset are judged together."""
    decoded = iter(decode_names([entry.raw_name for entry in entries if not entry.name]))
    for entry in entries:
        yield entry, entry.name or next(decoded)


def check_entries(data: bytes, entries: Sequence[Entry], budget: Budget) -> None:
    """Refuse what no honest program writes, before anything is unpacked.

    Raises: OpeningError: HOSTILE when entries share packed bytes (14 KB that unfold to 1 GB), else TOO_LARGE.
    """
    budget.refuse_declared(sum(entry.size for entry in entries), len(data))
    for entry in entries:
        budget.refuse_ratio(entry.size, entry.packed)
    end = 0
    for entry in sorted((e for e in entries if e.start >= 0 and e.packed), key=lambda e: e.offset):
        if entry.offset < end:
            raise OpeningError(Unopened.HOSTILE, "压缩包内的文件互相重叠")
        end = entry.start + entry.packed


def read_entry(view: memoryview, entry: Entry, budget: Budget) -> bytes:
    """Return an entry's bytes, checked against its declared size and CRC.

    Raises: TruncatedError, zlib.error, OSError, EOFError when it is damaged; UnknownPackingError for a method that is
    not read; OpeningError over the limits.
    """
    packed = view[entry.start : entry.start + entry.packed]
    if entry.start < 0 or len(packed) < entry.packed:
        raise TruncatedError
    if entry.method == STORED:
        plain = collect([bytes(packed)], budget, packed=len(packed), expected=entry.size)
    elif entry.method == DEFLATED:
        plain = collect(inflate(packed), budget, packed=len(packed), expected=entry.size)
    elif entry.method == BZIP2:
        plain = collect(unpack_bz2(packed), budget, packed=len(packed), expected=entry.size)
    else:
        raise UnknownPackingError(f"zip method {entry.method}")
    if len(plain) != entry.size or zlib.crc32(plain) != entry.crc:
        raise TruncatedError
    return plain
