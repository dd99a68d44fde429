"""What a 7z holds, by py7zr, into memory and never onto the disk."""

from __future__ import annotations

import io
import lzma
import zlib
from typing import Any

from domain.mail import Unopened
from intake.containers.files import Contents, OpeningError
from intake.containers.limits import Budget
from intake.containers.members import Gathering
from intake.containers.memory import bounded_memory
from intake.containers.names import is_rubbish

# What py7zr and the decoders below it raise on broken bytes (tried with mutated archives).
_BROKEN = (
    lzma.LZMAError,
    zlib.error,
    ValueError,
    TypeError,
    EOFError,
    OSError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,
)


def open_7z(data: bytes, budget: Budget) -> Contents:
    """Return the files of a 7z. Raises: OpeningError when it is encrypted, over the limits or wholly broken.

    Memory is bounded from outside: a header of 40 bytes may ask for a dictionary of 4 GB.
    """
    # Imported late: 60 ms, and few mails hold one.
    import py7zr
    from py7zr.exceptions import ArchiveError, PasswordRequired, UnsupportedCompressionMethodError

    try:
        with bounded_memory(budget.limits.max_memory_bytes):
            return _open(py7zr.SevenZipFile(io.BytesIO(data)), data, budget)
    except PasswordRequired as error:
        raise OpeningError(Unopened.ENCRYPTED, "压缩包已加密") from error
    except UnsupportedCompressionMethodError as error:
        raise OpeningError(Unopened.UNSUPPORTED, "7z 的压缩方式不支持") from error
    except MemoryError as error:
        raise OpeningError(Unopened.TOO_LARGE, "解压所需内存过大") from error
    except (ArchiveError, *_BROKEN) as error:
        raise OpeningError(Unopened.DAMAGED, "压缩包已损坏") from error


def _open(archive: Any, data: bytes, budget: Budget) -> Contents:
    if archive.needs_password():
        raise OpeningError(Unopened.ENCRYPTED, "压缩包已加密")
    entries: list[Any] = list(archive.files)
    if len(entries) > budget.limits.max_entries:
        raise OpeningError(Unopened.TOO_LARGE, f"压缩包的目录超过 {budget.limits.max_entries} 项")
    gathering = Gathering(budget)
    names: dict[str, str] = {}
    for index, entry in enumerate(entries):
        number = str(index)
        path = str(entry.filename)
        # Under a number of ours, so that no name can lead anywhere or stand for two files.
        archive.files.files_list[index]["filename"] = number
        if entry.is_directory or is_rubbish(path):
            continue
        if entry.is_symlink or entry.is_junction or entry.is_socket:
            gathering.refuse_special(path)
        else:
            names[number] = path
    budget.refuse_declared(sum(int(entry.uncompressed or 0) for entry in entries), len(data))
    budget.take_members(len(names))
    try:
        finished = _extract(archive, list(names), budget, packed=len(data))
    finally:
        archive.close()
    for number, path in names.items():
        if number in finished:
            gathering.add(path, finished[number])
        else:
            gathering.lose(path)
    return gathering.finish()


def _extract(archive: Any, targets: list[str], budget: Budget, *, packed: int) -> dict[str, bytes]:
    """Return the files that came out, by their number; those behind the first damage are left out."""
    from intake.containers.sevenzipwriter import CountingFactory

    writers = CountingFactory(budget, packed=packed)
    try:
        archive.extract(targets=targets, factory=writers)
    except _BROKEN:
        if not writers.finished:
            raise
    return writers.finished
