"""OLE files and old workbooks ([MS-CFB], [MS-XLS]) as small as they can be: nothing installed writes them."""

from __future__ import annotations

import struct

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def make_ole(streams: dict[str, bytes]) -> bytes:
    """Return an OLE file with these streams in its root, each padded to 4,096 bytes: then no mini stream is needed."""
    padded = {
        name: data.ljust(4096, b"\0") + bytes(-len(data.ljust(4096, b"\0")) % _SECTOR) for name, data in streams.items()
    }
    fat: list[int] = []
    starts: dict[str, int] = {}
    body = b""
    for name, data in padded.items():
        count = len(data) // _SECTOR
        starts[name] = len(fat)
        fat += [*range(len(fat) + 1, len(fat) + count), _END]
        body += data
    directory_start = len(fat)
    names = list(padded)
    directory = _entry("Root Entry", 5, child=1, start=_END, size=0)
    for index, name in enumerate(names, start=1):
        right = index + 1 if index < len(names) else _FREE
        directory += _entry(name, 2, right=right, start=starts[name], size=len(padded[name]))
    directory += bytes(-len(directory) % _SECTOR)
    count = len(directory) // _SECTOR
    fat += [*range(len(fat) + 1, len(fat) + count), _END]
    fat_sectors = -(-(len(fat) + 8) * 4 // _SECTOR)
    fat_start = len(fat)
    fat += [_FAT] * fat_sectors
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_sectors * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, fat_sectors, directory_start, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *[fat_start + i for i in range(fat_sectors)], *[_FREE] * (109 - fat_sectors))
    return header + body + directory + table


def _entry(name: str, kind: int, *, right: int = _FREE, child: int = _FREE, start: int = 0, size: int = 0) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    entry = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, _FREE, right, child)
    return entry + bytes(36) + struct.pack("<IQ", start, size)


def make_xls(title: str, rows: list[list[str | float]], *, picture: bytes = b"", is_locked: bool = False) -> bytes:
    """Return an old workbook (BIFF8) with one sheet, with a picture in its drawing group if given."""
    words = [value for row in rows for value in row if isinstance(value, str)]
    shared = struct.pack("<II", len(words), len(words)) + b"".join(
        struct.pack("<HB", len(word), 1) + word.encode("utf-16-le") for word in words
    )
    bof = struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)
    head = _record(0x809, bof)
    if is_locked:
        head += _record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    drawing = b""
    if picture:
        blip = struct.pack("<HHI", 0x46A0, 0xF01D, 17 + len(picture)) + bytes(17) + picture
        entry = struct.pack("<HHI", 0x0002, 0xF007, 36 + len(blip)) + bytes(36) + blip
        store = struct.pack("<HHI", 0x001F, 0xF001, len(entry)) + entry
        group = struct.pack("<HHI", 0x000F, 0xF000, len(store)) + store
        pieces = [group[i : i + 8224] for i in range(0, len(group), 8224)]
        drawing = _record(0xEB, pieces[0]) + b"".join(_record(0x3C, piece) for piece in pieces[1:])
    name = struct.pack("<BB", len(title), 1) + title.encode("utf-16-le")
    tail = drawing + _record(0xFC, shared) + _record(0x0A, b"")
    sheet_at = len(head) + 4 + 6 + len(name) + len(tail)
    globals_ = head + _record(0x85, struct.pack("<IBB", sheet_at, 0, 0) + name) + tail
    cells = b""
    index = 0
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                cells += _record(0xFD, struct.pack("<HHHI", r, c, 0, index))
                index += 1
            else:
                cells += _record(0x203, struct.pack("<HHHd", r, c, 0, value))
    sheet = _record(0x809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0)) + cells + _record(0x0A, b"")
    return make_ole({"Workbook": globals_ + sheet})


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data
