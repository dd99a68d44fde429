"""Archives in pieces, and archives that say of files that do not come out."""

from __future__ import annotations

import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.mail import Unopened
from intake.containers.rarheaders import RAR4, summarise_rar
from tests.intake.containers.asking import ask, held
from tests.intake.containers.samples import FRONT, make_7z, make_rar5, make_zip, photo
from tests.intake.containers.test_rars import install

__all__ = ["install"]  # a fixture
WORDS = ("分卷压缩，请不要分卷",)
PHOTO = photo(1, 160)
WHOLE_ZIP = make_zip([(b"a.jpg", PHOTO), (b"b.jpg", photo(2, 160)), (b"c.jpg", photo(3, 160))], method=0)
WHOLE_7Z = make_7z({"a.jpg": PHOTO, "b.jpg": photo(2, 160)})
HALF = len(WHOLE_ZIP) // 2
ZIP_FLAGS = WHOLE_ZIP.rindex(b"PK\x05\x06") + 4


def spanned_zip() -> tuple[bytes, bytes]:
    """Return the two segments of a zip as ``zip -s`` writes them (APPNOTE 8.5): .z01 and .zip."""
    first = b"PK\x07\x08" + WHOLE_ZIP[:HALF]
    last = bytearray(WHOLE_ZIP[HALF:])
    struct.pack_into("<HH", last, ZIP_FLAGS - HALF, 1, 1)
    return first, bytes(last)


def block(*numbers: int, more: bytes = b"", data: bytes = b"") -> bytes:
    body = b"".join(vint(number) for number in numbers) + more
    sized = vint(len(body)) + body
    return struct.pack("<I", zlib.crc32(sized)) + sized + data


def vint(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def rar5_volume(number: int, *, is_last: bool, data: bytes = PHOTO) -> bytes:
    """Return one of the volumes of a RAR 5 with a part of a photo in it."""
    flags = (0x10 if not is_last else 0) | (0x08 if number else 0)
    name = b"photo.jpg"
    head = block(1, 0, 3, number) if number else block(1, 0, 1)
    more = struct.pack("<I", zlib.crc32(data)) + vint(0) + vint(1) + vint(len(name)) + name
    file = block(2, 2 | flags, len(data), 4, len(data), 0o644, more=more, data=data)
    return b"Rar!\x1a\x07\x01\x00" + head + file + block(5, 0, 0 if is_last else 1)


def rar4_volume(flags: int, end_flags: int) -> bytes:
    main = struct.pack("<HBHH", 0, 0x73, flags, 13) + bytes(6)
    return RAR4 + main + struct.pack("<HBHH", 0, 0x7B, end_flags, 7)


PIECES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip-first": ("材料.z01", lambda: spanned_zip()[0]),
    "zip-last": ("材料.zip", lambda: spanned_zip()[1]),
    "zip-middle": ("材料.z02", lambda: PHOTO[300:2000]),
    "zip.001": ("材料.zip.001", lambda: WHOLE_ZIP[:HALF]),
    "zip.002": ("材料.zip.002", lambda: WHOLE_ZIP[HALF:]),
    "7z.001": ("材料.7z.001", lambda: WHOLE_7Z[:5000]),
    "7z.002": ("材料.7z.002", lambda: WHOLE_7Z[5000:]),
    "part1.rar": ("材料.part1.rar", lambda: rar5_volume(0, is_last=False, data=PHOTO[:3000])),
    "part2.rar": ("材料.part2.rar", lambda: rar5_volume(1, is_last=True, data=PHOTO[3000:])),
    "renamed": ("材料.rar", lambda: rar5_volume(1, is_last=True, data=PHOTO[3000:])),
    "r00": ("材料.r00", lambda: rar4_volume(0x0001, 0x0000)),
    "rar4": ("材料.rar", lambda: rar4_volume(0x0101, 0x0001)),
    "raw.r01": ("材料.r01", lambda: PHOTO[300:2000]),
}


@pytest.mark.parametrize("kind", PIECES)
@pytest.mark.parametrize("media_type", ["", "application/octet-stream", "application/zip"])
def test_pieces_are_told_as_such_and_give_nothing(kind: str, media_type: str) -> None:
    name, make = PIECES[kind]
    opened = ask(make(), name, media_type=media_type)
    assert (opened.unopened, opened.defects, opened.members) == (Unopened.UNSUPPORTED, WORDS, ())


def test_last_segment_of_the_real_zip_is_told(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.jpg").write_bytes(photo(number, 200))
    command = ["zip", "-q", "-0", "-s", "64k", "all.zip", "0.jpg", "1.jpg", "2.jpg"]
    try:
        subprocess.run(command, cwd=tmp_path, check=True)
    except FileNotFoundError:
        pytest.skip("needs zip")
    pieces = sorted(tmp_path.glob("all.z*"))
    assert len(pieces) > 1
    assert {ask(piece.read_bytes(), piece.name).defects for piece in pieces} == {WORDS}


def test_only_volume_is_a_whole_archive() -> None:
    summary = summarise_rar(rar5_volume(0, is_last=True))
    assert summary is not None
    assert (summary.is_split, summary.files) == (False, 1)
    assert ask(WHOLE_7Z, "材料.7z.001").unopened is None
    assert len(ask(WHOLE_ZIP, "材料.zip.001").members) == 3
    assert summarise_rar(rar4_volume(0x0101, 0)) == summarise_rar(rar4_volume(0, 0))


def test_name_of_a_piece_does_not_hide_a_picture() -> None:
    assert ask(PHOTO, "照片.z01").unopened is None


def test_archive_that_gives_none_of_its_files_is_damaged(install: Callable[[str], None]) -> None:
    install("exit 0")
    assert ask(make_rar5({FRONT: PHOTO})).unopened is Unopened.DAMAGED
    install("printf x > Thumbs.db")
    assert ask(make_rar5({"Thumbs.db": b"x"})).unopened is None
    install("mkdir 空")
    folder = block(2, 0, 1, 0, 0, 0, 0, 1, 3, more="空".encode())
    rar = make_rar5({})
    opened = ask(rar[:-8] + folder + rar[-8:])
    assert (opened.unopened, opened.defects) == (None, ())


def test_zip_whose_directory_lost_its_rows_gives_its_files() -> None:
    data = bytearray(WHOLE_ZIP)
    struct.pack_into("<HHI", data, ZIP_FLAGS + 4, 0, 0, 0)
    opened = ask(bytes(data), "材料.zip")
    assert held(opened)["a.jpg"] == PHOTO
    assert "不完整" in opened.defects[0]
