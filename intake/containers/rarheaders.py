"""What a RAR says of itself in its headers: enough to tell a locked, split or too large one without unpacking it."""

from __future__ import annotations

import struct
from dataclasses import dataclass

RAR4 = b"Rar!\x1a\x07\x00"
RAR5 = b"Rar!\x1a\x07\x01\x00"
_MAX_BLOCKS = 5000


@dataclass(frozen=True, slots=True)
class RarSummary:
    """``files``, ``folders`` and ``size_bytes`` are as declared.

    ``is_locked``: some file, or the list of files, is encrypted. ``is_split``: it is one of several volumes.
    ``is_cut``: it ends within a block or, in version 5, without the block that ends an archive (version 4 may lack it).
    """

    files: int = 0
    size_bytes: int = 0
    is_locked: bool = False
    is_cut: bool = False
    folders: int = 0
    is_split: bool = False


def summarise_rar(data: bytes) -> RarSummary | None:
    """Return what the headers declare as far as they can be followed; None when the bytes are no RAR."""
    try:
        if data.startswith(RAR5):
            return _summarise_5(data)
        return _summarise_4(data) if data.startswith(RAR4) else None
    except (struct.error, IndexError):
        return RarSummary(is_cut=True)


def _summarise_4(data: bytes) -> RarSummary:
    position, files, folders, size = len(RAR4), 0, 0, 0
    is_volume = has_begin = has_end = False
    for _ in range(_MAX_BLOCKS):
        if position + 7 > len(data):
            break
        _, kind, flags, length = struct.unpack_from("<HBHH", data, position)
        packed = 0
        if kind == 0x73 and flags & 0x0080:  # MAIN_HEAD with encrypted headers
            return RarSummary(files, size, is_locked=True)
        if kind == 0x73:
            is_volume, has_begin = bool(flags & 0x0001), bool(flags & 0x0100)
        if kind == 0x7B:  # ENDARC_HEAD: is there a next volume?
            has_end = not flags & 0x0001
        if kind == 0x74:  # FILE_HEAD
            packed, unpacked = struct.unpack_from("<II", data, position + 7)
            if flags & 0x0100:
                high = struct.unpack_from("<II", data, position + 32)
                packed, unpacked = packed + (high[0] << 32), unpacked + (high[1] << 32)
            if flags & 0x0004:
                return RarSummary(files, size, is_locked=True)
            is_folder = flags & 0x00E0 == 0x00E0
            files, folders, size = files + (not is_folder), folders + is_folder, size + unpacked
        elif flags & 0x8000:
            (packed,) = struct.unpack_from("<I", data, position + 7)
        position += max(length, 7) + packed
    # An archive may fit into the first of its volumes: then it is whole.
    is_split = is_volume and not (has_begin and has_end)
    return RarSummary(files, size, is_cut=position > len(data), folders=folders, is_split=is_split)


def _summarise_5(data: bytes) -> RarSummary:
    position, files, folders, size = len(RAR5), 0, 0, 0
    is_volume = is_later_volume = False
    for _ in range(_MAX_BLOCKS):
        if position + 7 > len(data):
            break
        length, start = _read_vint(data, position + 4)
        kind, at = _read_vint(data, start)
        flags, at = _read_vint(data, at)
        extra = packed = 0
        if flags & 1:
            extra, at = _read_vint(data, at)
        if flags & 2:
            packed, at = _read_vint(data, at)
        if kind == 1:
            archive_flags, _ = _read_vint(data, at)
            is_volume, is_later_volume = bool(archive_flags & 1), bool(archive_flags & 2)
        if kind == 5:  # the end of the archive, or of a volume
            is_split = is_volume and (is_later_volume or bool(_read_vint(data, at)[0] & 1))
            return RarSummary(files, size, folders=folders, is_split=is_split)
        if kind == 4:  # the archive's encryption header
            return RarSummary(files, size, is_locked=True)
        if kind == 2:
            file_flags, at = _read_vint(data, at)
            unpacked, _ = _read_vint(data, at)
            if extra and _has_encryption(data[start + length - extra : start + length]):
                return RarSummary(files, size, is_locked=True)
            is_folder = file_flags & 1
            files, folders, size = files + (not is_folder), folders + is_folder, size + unpacked
        position = start + length + packed
    return RarSummary(files, size, is_cut=True, folders=folders, is_split=is_volume)


def _has_encryption(extra: bytes) -> bool:
    position = 0
    while position < len(extra):
        length, start = _read_vint(extra, position)
        kind, _ = _read_vint(extra, start)
        if kind == 1:
            return True
        position = start + max(length, 1)
    return False


def _read_vint(data: bytes, position: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if not byte & 0x80:
            break
    return value, position
