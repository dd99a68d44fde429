"""Files made to hurt: each small, each asking for more memory, time or trust than it deserves."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import zipfile
import zlib
from functools import cache

from tests.intake.containers.samples import (
    make_7z,
    make_docx,
    make_mail,
    make_ofd,
    make_plain_7z,
    make_tar,
    make_xlsx,
    make_zip,
    photo,
    replace_part,
)

MIB = 2**20
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "laughs">'
    + "".join(f'<!ENTITY {c} "{f"&{p};" * 10}">' for p, c in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'


def overlapping_zip(count: int, size: int) -> bytes:
    """Return a zip of many files that all share the packed bytes of one."""
    one = make_zip([(b"a", bytes(size))])
    end = one.index(b"PK\x01\x02")
    row = one[end : one.rindex(b"PK\x05\x06")]
    rows = b"".join(row[:-1] + b"%c" % (97 + n % 26) for n in range(count))
    return one[:end] + rows + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(rows), end, 0)


def quoted_zip() -> bytes:
    """Return a zip whose every file holds, as packed bytes, all that follow it (D. Fifield, 2019)."""
    body = zlib.compress(bytes(MIB), 9)[2:-4]
    names = [b"%04d" % n for n in range(100)]
    heads: list[bytes] = []
    tail = b""
    crc, size = zlib.crc32(bytes(MIB)), MIB
    packed = body
    for name in reversed(names):
        common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, crc, len(packed), size, len(name), 0)
        heads.append(common)
        tail = b"PK\x03\x04" + common + name + packed
        packed = b"\x00" + struct.pack("<HH", len(tail) - len(packed), (len(tail) - len(packed)) ^ 0xFFFF) + tail
        size += 34
    offset, rows = 0, b""
    for name, common in zip(names, reversed(heads), strict=True):
        rows += b"PK\x01\x02" + struct.pack("<BB", 20, 3) + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + name
        offset += 39
    return tail + rows + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 100, 100, len(rows), len(tail), 0)


def xz_with_dictionary(size_code: int) -> bytes:
    """Return an xz that claims to need a dictionary of (2 | code & 1) << (code / 2 + 11) bytes."""
    data = bytearray(lzma.compress(bytes(1000), lzma.FORMAT_XZ))
    length = (data[12] + 1) * 4
    data[data.index(b"\x21\x01", 12) + 2] = size_code
    struct.pack_into("<I", data, 12 + length - 4, zlib.crc32(data[12 : 12 + length - 4]))
    return bytes(data)


def _with_prolog(part: bytes, prolog: str, encoding: str = "utf-8") -> bytes:
    text = part.decode()
    text = text[text.index("?>") + 2 :] if text.startswith("<?xml") else text
    return f'<?xml version="1.0" encoding="{encoding}"?>{prolog}{text.replace("LAUGH", "&i;")}'.encode(encoding)


def _wide_sheet(part: bytes) -> bytes:
    row = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    return part.replace(b"</sheetData>", row).replace(b'ref="A1"', b'ref="A1:XFD1048576"')


@cache
def entity_bombs() -> dict[str, bytes]:
    """Return documents with entities that unfold to gigabytes, or that ask for a file of this machine."""
    docx = make_docx(["LAUGH"], [])
    xlsx = make_xlsx({"LAUGH": [["LAUGH"]]})
    return {
        "docx": replace_part(docx, "word/document.xml", lambda p: _with_prolog(p, LAUGHS)),
        "docx-utf16": replace_part(docx, "word/document.xml", lambda p: _with_prolog(p, LAUGHS, "utf-16")),
        "docx-outside": replace_part(docx, "word/document.xml", lambda p: _with_prolog(p, OUTSIDE)),
        "docx-relations": replace_part(docx, "word/_rels/document.xml.rels", lambda p: _with_prolog(p, LAUGHS)),
        "docx-types": replace_part(docx, "[Content_Types].xml", lambda p: _with_prolog(p, OUTSIDE)),
        "xlsx": replace_part(xlsx, "xl/worksheets/sheet1.xml", lambda p: _with_prolog(p, LAUGHS)),
        "xlsx-book": replace_part(xlsx, "xl/workbook.xml", lambda p: _with_prolog(p, LAUGHS)),
        "ofd": make_ofd([[(1, 1, "&i;")]], prolog=LAUGHS),
        "ofd-outside": make_ofd([[(1, 1, "&i;")]], prolog=OUTSIDE),
    }


def _deep_ofd() -> bytes:
    deep = b"<a>" * 300_000 + b"</a>" * 300_000 + b"</ofd:Document>"
    ofd = make_ofd([[(1, 1, "x")]])
    return replace_part(ofd, "Doc_0/Document.xml", lambda p: p.replace(b"</ofd:Document>", deep))


def _zip_of(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


SIZE_BOMBS = (
    "zip-ratio",
    "zip-lie",
    "zip-claim",
    "zip-overlap",
    "zip-overlap-large",
    "zip-quoted",
    "zip-many",
    "zip-some-too-many",
    "zip-nested",
    "7z-ratio",
    "7z-dictionary",
    "tar.gz",
    "gz",
    "bz2",
    "xz",
    "xz-dictionary",
    "tnef-counts",
    "xlsx-wide",
    "docx-large",
    "ofd-deep",
    "mail-parts",
)


@cache
def size_bombs() -> dict[str, bytes]:
    """Return files that unfold, or make a parser unfold, to far more than they are: two seconds of work."""
    zeros = bytes(24 * MIB)
    nested = _zip_of({f"{n}.bin": bytes(9 * MIB) for n in range(1)})
    tnef_props = struct.pack("<IHHI", 0xFFFFFFFF, 0x1002, 0x0E21, 0xFFFFFFFF)
    files = {
        "zip-ratio": make_zip([(b"a.bin", zeros)]),
        "zip-lie": make_zip([(b"a.bin", zeros)], sizes={b"a.bin": 10}),
        "zip-claim": make_zip([(b"a.bin", b"x")], sizes={b"a.bin": 0xFFFFFFF0}),
        "zip-overlap": overlapping_zip(50, 100_000),
        "zip-overlap-large": overlapping_zip(2000, 8 * MIB),
        "zip-quoted": quoted_zip(),
        "zip-many": _zip_of({f"{n}.jpg": b"" for n in range(10_000)}),
        "zip-some-too-many": _zip_of({f"{n}.jpg": b"x" for n in range(201)}),
        "zip-nested": _zip_of({f"{n}.zip": nested for n in range(40)}),
        "7z-ratio": make_7z({"a.bin": zeros}),
        "7z-dictionary": make_plain_7z({"a.jpg": photo(1)}, {b"\x21\x21\x01\x18": b"\x21\x21\x01\x28"}),
        "tar.gz": gzip.compress(make_tar({"a.bin": zeros}), 9),
        "gz": gzip.compress(zeros, 9),
        "bz2": bz2.compress(zeros),
        "xz": lzma.compress(zeros, preset=1),
        "xz-dictionary": xz_with_dictionary(40),
        "tnef-counts": b"\x78\x9f\x3e\x22\x01\x00\x01"
        + struct.pack("<II", 0x00069003, len(tnef_props))
        + tnef_props
        + bytes(2),
        "xlsx-wide": replace_part(make_xlsx({"a": [[1]]}), "xl/worksheets/sheet1.xml", _wide_sheet),
        "docx-large": replace_part(make_docx(["a"], []), "word/document.xml", lambda p: p + b" " * (21 * MIB)),
        "ofd-deep": _deep_ofd(),
        "mail-parts": make_mail("x", "y", {f"{n}": b"z" for n in range(600)}),
    }
    assert tuple(files) == SIZE_BOMBS
    return files
