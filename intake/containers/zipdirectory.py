"""The directory of a zip (APPNOTE.TXT 6.3), read without believing it.

Read by ourselves: zipfile loses the whole archive over one name that is not the UTF-8 it claims, or that differs from
its local header (both seen from Chinese programs), and builds an object for every row before any can be counted.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from domain.mail import Unopened
from intake.containers.files import OpeningError

SPLIT_WORDS = "分卷压缩，请不要分卷"
"""What is said of a piece of any archive: the other pieces may never come, and half a photograph is none."""

_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_ROW = b"PK\x01\x02"
_LOCAL = b"PK\x03\x04"
_SPANNED = b"PK\x07\x08"  # what the first of several segments starts with (APPNOTE 8.5.3)
_MAX_COMMENT = 65_535
_IS_ENCRYPTED = 0x0001
_HAS_DESCRIPTOR = 0x0008
_IS_UTF8 = 0x0800
_UNICODE_PATH = 0x7075
_ZIP64 = 0x0001
_AES = 99


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a zip: ``start`` and ``packed`` are where its packed bytes stand, ``size`` and ``crc`` are declared.

    ``raw_name`` is b'' when ``name`` is certain. ``start`` -1: there is no local header.
    """

    raw_name: bytes
    name: str
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    start: int
    is_locked: bool
    is_special: bool


def read_directory(data: bytes, *, max_entries: int) -> tuple[list[Entry], bool]:
    """Return a zip's entries, and whether its directory was there; without one the local headers are followed.

    Raises: OpeningError when it holds more entries than allowed, none can be found, or it is a segment of a split one.
    """
    if _is_segment(data):
        raise OpeningError(Unopened.UNSUPPORTED, SPLIT_WORDS)
    rows = _find_rows(data)
    entries: list[Entry] = []
    for entry in _read_rows(data, *rows) if rows is not None else _follow_headers(data):
        if len(entries) == max_entries:
            raise OpeningError(Unopened.TOO_LARGE, f"压缩包的目录超过 {max_entries} 项")
        entries.append(entry)
    if not entries and rows is None:
        raise OpeningError(Unopened.DAMAGED, "压缩包已损坏")
    return entries, rows is not None


def _is_segment(data: bytes) -> bool:
    """Return whether this is one of several segments: by its first bytes, or by the number of its disk at its end."""
    end = _find_end(data)
    return data.startswith(_SPANNED) or (end >= 0 and struct.unpack_from("<H", data, end + 4)[0] not in {0, 0xFFFF})


def _find_end(data: bytes) -> int:
    """Return where the record at the end stands, -1 when there is none."""
    end = data.rfind(_END, max(0, len(data) - _MAX_COMMENT - 22))
    return end if len(data) >= end + 22 else -1


def _find_rows(data: bytes) -> tuple[int, int] | None:
    """Return where the directory starts and what must be added to the offsets in it, None when there is none."""
    end = _find_end(data)
    if end < 0:
        return None
    count, size, offset = struct.unpack_from("<HII", data, end + 10)
    if size == 0 and count == 0:
        # An empty archive is nothing but this record.
        return None if data.startswith(_LOCAL) else (end, 0)
    before = end
    if 0xFFFFFFFF in {size, offset} or count == 0xFFFF:
        end64 = data.rfind(_END64, 0, end)
        if end64 >= 0 and len(data) >= end64 + 56:
            size, offset = struct.unpack_from("<QQ", data, end64 + 40)
            before = end64
    # Bytes in front of the archive (a self-extracting program) shift everything.
    for start, shift in ((before - size, before - size - offset), (offset, 0)):
        if start >= 0 and data.startswith(_ROW, start):
            return start, shift
    return None


def _read_rows(data: bytes, start: int, shift: int) -> Iterator[Entry]:
    position = start
    while data.startswith(_ROW, position) and len(data) >= position + 46:
        flags, method = struct.unpack_from("<HH", data, position + 8)
        crc, packed, size, name_len, extra_len, comment_len = struct.unpack_from("<IIIHHH", data, position + 16)
        attributes, offset = struct.unpack_from("<II", data, position + 38)
        made_by = data[position + 5]
        name_end = position + 46 + name_len
        raw_name = data[position + 46 : name_end]
        extra = data[name_end : name_end + extra_len]
        position = name_end + extra_len + comment_len
        size, packed, offset = _read_zip64(extra, size, packed, offset)
        kind = stat.S_IFMT(attributes >> 16) if made_by in {3, 19} else 0  # Unix, macOS
        yield _make_entry(
            data,
            _Row(raw_name, flags, method, crc, packed, size, offset + shift, extra),
            is_special=kind not in {0, stat.S_IFREG, stat.S_IFDIR},
        )


@dataclass(frozen=True, slots=True)
class _Row:
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    extra: bytes


def _make_entry(data: bytes, row: _Row, *, is_special: bool = False) -> Entry:
    name = _read_unicode_path(row.extra, row.raw_name)
    if not name and row.flags & _IS_UTF8:
        try:
            name = row.raw_name.decode("utf-8")
        except UnicodeDecodeError:
            name = ""  # the flag lies: then the bytes decide
    start = -1
    local_flags = 0
    if 0 <= row.offset <= len(data) - 30 and data.startswith(_LOCAL, row.offset):
        (local_flags,) = struct.unpack_from("<H", data, row.offset + 6)
        start = row.offset + 30 + sum(struct.unpack_from("<HH", data, row.offset + 26))
    return Entry(
        raw_name=b"" if name else row.raw_name,
        name=name,
        method=row.method,
        crc=row.crc,
        packed=row.packed,
        size=row.size,
        offset=row.offset,
        start=start,
        is_locked=bool((row.flags | local_flags) & _IS_ENCRYPTED) or row.method == _AES,
        is_special=is_special,
    )


def _read_extras(extra: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, position)
        yield kind, extra[position + 4 : position + 4 + size]
        position += 4 + size


def _read_unicode_path(extra: bytes, raw_name: bytes) -> str:
    """Return the name of the unicode-path field (APPNOTE 4.6.9), '' when it is missing or about another name."""
    for kind, field in _read_extras(extra):
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            try:
                name = field[5:].decode("utf-8")
            except UnicodeDecodeError:
                continue
            if int.from_bytes(field[1:5], "little") == zlib.crc32(raw_name):
                return name
    return ""


def _read_zip64(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    wanted = [value == 0xFFFFFFFF for value in (size, packed, offset)]
    if not any(wanted):
        return size, packed, offset
    field = next((f for kind, f in _read_extras(extra) if kind == _ZIP64), b"")
    values = [size, packed, offset]
    at = 0
    for index, is_wanted in enumerate(wanted):
        if is_wanted and at + 8 <= len(field):
            (values[index],) = struct.unpack_from("<Q", field, at)
            at += 8
    return values[0], values[1], values[2]


def _follow_headers(data: bytes) -> Iterator[Entry]:
    """Yield what the local headers of a cut-off archive say, as far as they can be followed."""
    position = data.find(_LOCAL)
    while position >= 0 and len(data) >= position + 30:
        flags, method = struct.unpack_from("<HH", data, position + 6)
        crc, packed, size, name_len, extra_len = struct.unpack_from("<IIIHH", data, position + 14)
        name_end = position + 30 + name_len
        extra = data[name_end : name_end + extra_len]
        start = name_end + extra_len
        size, packed, _ = _read_zip64(extra, size, packed, 0)
        if flags & _HAS_DESCRIPTOR and packed == 0:
            # Sizes stand behind the data (phones write so): the next header's mark is the end.
            stop = data.find(b"PK", start)
            while stop >= 0 and data[stop : stop + 4] not in {b"PK\x07\x08", _LOCAL, _ROW}:
                stop = data.find(b"PK", stop + 2)
            if stop < 0 or len(data) < stop + 16:
                return
            crc, packed, size = struct.unpack_from("<III", data, stop + 4)
        yield _make_entry(data, _Row(data[position + 30 : name_end], flags, method, crc, packed, size, position, extra))
        position = data.find(_LOCAL, start + packed)
