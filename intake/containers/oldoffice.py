"""OLE files: old Excel by xlrd, and what can be told of the others - above all whether a password locks them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

from domain.mail import Unopened
from intake.containers.filekinds import DOC, XLS
from intake.containers.files import Contents, File, OpeningError
from intake.containers.limits import Budget
from intake.containers.office import Cells
from intake.containers.silence import Nowhere, silence
from intake.filetypes import SUFFIXES, tell_media_type

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORD_MAGIC = 0xA5EC
_WORD_IS_ENCRYPTED = 0x0100
_DRAWING_GROUP, _CONTINUE = 0x00EB, 0x003C
_BLIPS = {0xF01D: b"\xff\xd8\xff", 0xF01E: b"\x89PNG", 0xF02A: b"\xff\xd8\xff"}
_BLIP_ENTRY = 0xF007
_BLIP_ENTRY_BYTES = 36
_MAX_RECORDS = 1_000_000


def open_ole(data: bytes, budget: Budget, *, media_type: str) -> Contents:
    """Return the cells and pictures of an old workbook.

    Raises: OpeningError: ENCRYPTED for a locked document of any age (a locked docx is an OLE file), UNSUPPORTED for
    old Word and PowerPoint, whose readers nobody maintains.
    """
    if _ENCRYPTED_PACKAGE in data:
        raise OpeningError(Unopened.ENCRYPTED, "文档已加密")
    if media_type == XLS:
        return _open_xls(data, budget)
    if media_type == DOC and _is_locked_word(data):
        raise OpeningError(Unopened.ENCRYPTED, "文档已加密")
    raise OpeningError(Unopened.UNSUPPORTED, "旧版 Office 文档，系统无法读取")


def _is_locked_word(data: bytes) -> bool:
    """Return whether the flag fEncrypted of [MS-DOC] 2.5.2 is set; the stream starts at a sector of 512 bytes."""
    for start in range(512, min(len(data) - 12, 1 << 20), 512):
        magic, _, _, _, _, flags = struct.unpack_from("<6H", data, start)
        if magic == _WORD_MAGIC:
            return bool(flags & _WORD_IS_ENCRYPTED)
    return False


def _open_xls(data: bytes, budget: Budget) -> Contents:
    # Imported late: 40 ms.
    import xlrd  # type: ignore[import-untyped, unused-ignore]

    cells = Cells(budget.limits.max_cells)
    with silence():
        try:
            book: Any = xlrd.open_workbook(file_contents=data, logfile=Nowhere(), on_demand=True, ragged_rows=True)
        except xlrd.XLRDError as error:
            if "encrypted" in str(error).lower() or "password" in str(error).lower():
                raise OpeningError(Unopened.ENCRYPTED, "文档已加密") from error
            raise OpeningError(Unopened.DAMAGED, "表格已损坏") from error
        for number in range(book.nsheets):
            sheet = book.sheet_by_index(number)
            cells.start_sheet(sheet.name)
            for row in range(sheet.nrows):
                if not cells.add_row(_show_cell(cell, book) for cell in sheet.row(row)):
                    break
            book.unload_sheet(number)
        pictures = _read_pictures(bytes(book.mem or b""), book.base, budget)
    return Contents(pictures, cells.text(), defects=cells.defects())


def _show_cell(cell: Any, book: Any) -> object:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, book.datemode)
        except (ValueError, OverflowError):
            return cell.value
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return None
    return cell.value


def _read_pictures(stream: bytes, base: int, budget: Budget) -> tuple[File, ...]:
    """Return the pictures of a workbook stream ([MS-XLS] 2.4.171): JPEG and PNG, as they were put in."""
    files: list[File] = []
    for picture in _find_blips(_join_drawings(stream, base)):
        kind = tell_media_type(picture)
        if len(files) < budget.members_left:
            budget.take_bytes(len(picture))
            files.append(File(f"图片{len(files) + 1}.{SUFFIXES.get(kind, 'img')}", kind, picture))
    budget.take_members(len(files))
    return tuple(files)


def _join_drawings(stream: bytes, base: int) -> bytes:
    """Return the drawing group with its continuations joined: a record holds at most 8,224 bytes."""
    joined: list[bytes] = []
    position = base
    is_drawing = False
    for _ in range(_MAX_RECORDS):
        if position + 4 > len(stream):
            break
        kind, size = struct.unpack_from("<HH", stream, position)
        is_drawing = kind == _DRAWING_GROUP or (is_drawing and kind == _CONTINUE)
        if is_drawing:
            joined.append(stream[position + 4 : position + 4 + size])
        position += 4 + size
    return b"".join(joined)


def _find_blips(drawings: bytes) -> Iterator[bytes]:
    """Yield the bytes of each picture ([MS-ODRAW] 2.2.23); containers are walked into by skipping only their header."""
    position = 0
    while position + 8 <= len(drawings):
        version, kind, size = struct.unpack_from("<HHI", drawings, position)
        position += 8
        if kind in _BLIPS:
            body = drawings[position : position + size]
            start = body.find(_BLIPS[kind], 0, 64)
            if start >= 0:
                yield body[start:]
            position += size
        elif kind == _BLIP_ENTRY:
            position += _BLIP_ENTRY_BYTES
        elif version & 0xF != 0xF:
            position += size
