"""What a tar holds, and what gzip, bzip2 and xz hold: a tar or one file."""

from __future__ import annotations

import io
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator

from domain.mail import Unopened
from intake.containers.files import Contents, OpeningError
from intake.containers.limits import Budget
from intake.containers.members import Gathering
from intake.containers.names import decode_names, is_rubbish
from intake.containers.unpacking import TruncatedError, inflate, unpack_bz2, unpack_xz
from intake.filetypes import tell_media_type

_SUFFIXES = (".gz", ".bz2", ".xz")
_UNPACKERS: dict[str, Callable[[memoryview], Iterator[bytes]]] = {
    "application/gzip": lambda packed: inflate(packed, wbits=31),
    "application/x-bzip2": unpack_bz2,
    "application/x-xz": unpack_xz,
}
COMPRESSED = frozenset(_UNPACKERS)


def open_compressed(data: bytes, budget: Budget, *, name: str, media_type: str) -> Contents:
    """Return what a gzip, bzip2 or xz file holds: the files of a tar, or the one file.

    Raises: OpeningError when it is over the limits or wholly broken.
    """
    pieces: list[bytes] = []
    size = 0
    is_cut = False
    try:
        for piece in _UNPACKERS[media_type](memoryview(data)):
            size += len(piece)
            budget.take_bytes(len(piece))
            budget.refuse_ratio(size, len(data))
            pieces.append(piece)
    except (zlib.error, OSError, EOFError, TruncatedError):
        is_cut = True
    except lzma.LZMAError as error:
        if "memory" in str(error).lower():
            raise OpeningError(Unopened.TOO_LARGE, "解压所需内存过大") from error
        is_cut = True
    plain = b"".join(pieces)
    pieces.clear()
    if tell_media_type(plain) == "application/x-tar":
        return open_tar(plain, budget, is_counted=True, is_cut=is_cut)
    if is_cut:
        raise OpeningError(Unopened.DAMAGED, "压缩文件已损坏")
    gathering = Gathering(budget)
    budget.take_members(1)
    gathering.add(_name_inner(name), plain)
    return gathering.finish()


def _name_inner(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.lower().endswith(suffix):
            return name[: -len(suffix)]
    return name


def open_tar(data: bytes, budget: Budget, *, is_counted: bool = False, is_cut: bool = False) -> Contents:
    """Return the files of a tar; links, devices and sparse files are refused, never followed.

    ``is_counted``: its bytes are already taken from the budget. Raises: OpeningError over the limits or wholly broken.
    """
    gathering = Gathering(budget)
    infos, is_broken = _list_members(data, budget)
    if is_cut or is_broken:
        gathering.break_off("压缩包不完整（可能没有传完），只取出其中完好的文件")
    names = decode_names([info.name.encode("utf-8", "surrogateescape") for info in infos])
    wanted = []
    for info, name in zip(infos, names, strict=True):
        if info.isdir() or is_rubbish(name):
            continue
        if not info.isreg() or info.sparse is not None:
            gathering.refuse_special(name)
        elif info.size < 0 or info.offset_data < 0 or info.offset_data + info.size > len(data):
            gathering.lose(name)
        else:
            wanted.append((info, name))
    budget.take_members(len(wanted))
    for info, name in wanted:
        if not is_counted:
            budget.take_bytes(info.size)
        gathering.add(name, data[info.offset_data : info.offset_data + info.size])
    return gathering.finish()


def _list_members(data: bytes, budget: Budget) -> tuple[list[tarfile.TarInfo], bool]:
    """Return the headers of a tar, and whether it broke off. Raises: OpeningError for none, or too many."""
    infos: list[tarfile.TarInfo] = []
    try:
        # Names as raw bytes: a Chinese Windows writes GBK into them.
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:", encoding="utf-8", errors="surrogateescape") as archive:
            while (info := archive.next()) is not None:
                if len(infos) == budget.limits.max_entries:
                    raise OpeningError(Unopened.TOO_LARGE, f"压缩包的目录超过 {budget.limits.max_entries} 项")
                infos.append(info)
            # Two blocks of zeros end a tar; without the first, it may have been cut between two files.
            is_cut = data[archive.offset : archive.offset + tarfile.BLOCKSIZE].strip(b"\0") != b"" or (
                archive.offset >= len(data)
            )
    except (tarfile.TarError, ValueError, OverflowError, RecursionError) as error:
        if not infos:
            raise OpeningError(Unopened.DAMAGED, "压缩包已损坏") from error
        return infos, True
    return infos, is_cut
