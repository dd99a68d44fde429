"""Files as citizens send them, one of each kind, made in memory; the people are invented."""

from __future__ import annotations

import io
import random
import struct
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

from PIL import Image

from tests.intake.containers.olefiles import make_ole, make_xls

FRONT, BACK = "身份证正面.jpg", "身份证反面.jpg"
BIT_11 = 0x0800


@cache
def photo(seed: int = 1, side: int = 64) -> bytes:
    """Return a small JPEG that no packer makes smaller."""
    picture = Image.frombytes("RGB", (side, side), random.Random(seed).randbytes(side * side * 3))
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=85)
    return stream.getvalue()


def make_zip(
    entries: list[tuple[bytes, bytes]],
    *,
    flags: int = 0,
    method: int = 8,
    extras: dict[bytes, bytes] | None = None,
    sizes: dict[bytes, int] | None = None,
    modes: dict[bytes, int] | None = None,
) -> bytes:
    """Return a zip with exactly these raw names, flags, extra fields, declared sizes and Unix modes."""
    body, rows = b"", b""
    for name, data in entries:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(data) + packer.flush() if method == 8 else data
        size = (sizes or {}).get(name, len(data))
        extra = (extras or {}).get(name, b"")
        common = struct.pack(
            "<HHHHHIIIHH", 20, flags, method, 0, 0, zlib.crc32(data), len(packed), size, len(name), len(extra)
        )
        mode = (modes or {}).get(name, 0) << 16
        rows += b"PK\x01\x02" + struct.pack("<BB", 20, 3) + common + struct.pack("<HHHII", 0, 0, 0, mode, len(body))
        rows += name + extra
        body += b"PK\x03\x04" + common + name + extra + packed
    return (
        body + rows + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(rows), len(body), 0)
    )


def unicode_path(raw_name: bytes, name: str) -> bytes:
    """Return the extra field that holds a name in UTF-8 (APPNOTE 4.6.9)."""
    field = b"\x01" + struct.pack("<I", zlib.crc32(raw_name)) + name.encode()
    return struct.pack("<HH", 0x7075, len(field)) + field


def zip_gbk() -> bytes:
    return make_zip([(FRONT.encode("gbk"), photo(1)), (BACK.encode("gbk"), photo(2))])


def make_7z(files: dict[str, bytes], *, password: str | None = None, hides_names: bool = False) -> bytes:
    import py7zr

    stream = io.BytesIO()
    with py7zr.SevenZipFile(stream, "w", password=password, header_encryption=hides_names) as archive:
        for name, data in files.items():
            archive.writestr(data, name)
    return stream.getvalue()


def make_tar(
    files: dict[str, bytes], *, mode: str = "w", encoding: str = "utf-8", format_: int = tarfile.GNU_FORMAT
) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode, encoding=encoding, format=format_) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def make_tnef(files: dict[str, bytes], *, body: str = "", codepage: int = 936, codec: str = "gbk") -> bytes:
    """Return a winmail.dat: short names as Outlook cuts them, long ones as MAPI properties."""

    def attribute(level: int, name: int, kind: int, data: bytes) -> bytes:
        return struct.pack("<BHHI", level, name, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    out = b"\x78\x9f\x3e\x22\x01\x00" + attribute(1, 0x9006, 8, struct.pack("<I", 0x10000))
    out += attribute(1, 0x9007, 6, struct.pack("<II", codepage, 0))
    if body:
        out += attribute(1, 0x800C, 2, body.encode(codec) + b"\0")
    for name, data in files.items():
        out += attribute(2, 0x9002, 6, bytes(14))
        out += attribute(2, 0x8010, 1, name[:4].encode(codec) + b"~1.JPG\0")
        out += attribute(2, 0x800F, 6, data)
        raw = name.encode(codec) + b"\0"
        long_name = struct.pack("<HHII", 0x1E, 0x3707, 1, len(raw)) + raw + bytes(-len(raw) % 4)
        number = struct.pack("<HHI", 3, 0x0E21, 7)
        out += attribute(2, 0x9005, 6, struct.pack("<I", 2) + number + long_name)
    return out


def make_docx(paragraphs: list[str], pictures: list[bytes], *, cells: list[str] | None = None) -> bytes:
    import docx

    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    for cell, text in zip(document.add_table(1, len(cells)).rows[0].cells if cells else (), cells or (), strict=True):
        cell.text = text
    for picture in pictures:
        document.add_picture(io.BytesIO(picture))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def make_xlsx(sheets: dict[str, list[list[object]]], *, picture: bytes = b"") -> bytes:
    import openpyxl
    from openpyxl.drawing.image import Image as SheetImage

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if picture:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                sheet.add_image(SheetImage(io.BytesIO(picture)), "D4")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_OFD_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def make_ofd(pages: list[list[tuple[float, float, str]]], *, picture: bytes = b"", prolog: str = "") -> bytes:
    """Return an OFD with words at (left, top) in millimetres on each page, and a printed form under all of them."""
    head = f'<?xml version="1.0" encoding="UTF-8"?>{prolog}'

    def content(words: list[tuple[float, float, str]], template: str = "") -> str:
        objects = "".join(
            f'<ofd:TextObject ID="{n}" Boundary="{x} {y} 90 5">'
            f'<ofd:TextCode X="0" Y="4">{text}</ofd:TextCode></ofd:TextObject>'
            for n, (x, y, text) in enumerate(words)
        )
        layer = f"<ofd:Content><ofd:Layer ID='1'>{objects}</ofd:Layer></ofd:Content>"
        return f"{head}<ofd:Page {_OFD_NS}>{template}{layer}</ofd:Page>"

    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    form = '<ofd:TemplatePage ID="T1" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    parts = {
        "OFD.xml": f"{head}<ofd:OFD {_OFD_NS}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"{head}<ofd:Document {_OFD_NS}><ofd:CommonData>{form}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/Tpls/Tpl_0/Content.xml": content([(80, 10, "电子票据"), (10, 30, "交款人：")]),
    }
    for n, words in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = content(words, '<ofd:Template TemplateID="T1"/>')
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        if picture:
            archive.writestr("Doc_0/Res/image_1.jpg", picture)
    return stream.getvalue()


def make_mail(subject: str, text: str, files: dict[str, bytes]) -> bytes:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"] = "zhang@citizen.example"
    mail["Subject"] = subject
    mail.set_content(text)
    for name, data in files.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def make_pdf(*, is_locked: bool = False) -> bytes:
    """Return a PDF of one page with a few words, locked by a password that is not known if asked."""
    stream = b"BT /F1 12 Tf 10 50 Td (Certificate 2020) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    trailer = b"/Root 1 0 R"
    if is_locked:
        objects.append(b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"ab" * 32, b"cd" * 32))
        trailer += b"/Encrypt 6 0 R/ID[<00><00>]"
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer<</Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)


def make_rar5(files: dict[str, bytes], *, is_locked: bool = False) -> bytes:
    """Return a RAR 5 with its files stored, not packed; ``is_locked`` writes an encryption header before them."""

    def vint(value: int) -> bytes:
        out = b""
        while value > 0x7F:
            out += bytes([value & 0x7F | 0x80])
            value >>= 7
        return out + bytes([value])

    def block(body: bytes, data: bytes = b"") -> bytes:
        sized = vint(len(body)) + body
        return struct.pack("<I", zlib.crc32(sized)) + sized + data

    out = b"Rar!\x1a\x07\x01\x00"
    if is_locked:
        out += block(vint(4) + vint(0) + vint(0) + vint(0) + bytes(17))
    out += block(vint(1) + vint(0) + vint(0))
    for name, data in files.items():
        raw = name.encode()
        body = vint(2) + vint(2) + vint(len(data)) + vint(4) + vint(len(data)) + vint(0o644)
        out += block(body + struct.pack("<I", zlib.crc32(data)) + vint(0) + vint(1) + vint(len(raw)) + raw, data)
    return out + block(vint(5) + vint(0) + vint(0))


@cache
def one_of_each() -> dict[str, bytes]:
    """Return a good file of every kind, by name: what truncation and mutation start from."""
    photos = {FRONT: photo(1), BACK: photo(2)}
    return {
        "材料.zip": zip_gbk(),
        "材料.7z": make_7z(photos),
        "材料.tar": make_tar(photos),
        "材料.tar.gz": make_tar(photos, mode="w:gz"),
        "材料.tar.bz2": make_tar(photos, mode="w:bz2"),
        "材料.tar.xz": make_tar(photos, mode="w:xz"),
        "winmail.dat": make_tnef(photos, body="材料见附件"),
        "转发.eml": make_mail("转出申请", "材料见附件", photos),
        "申请.docx": make_docx(["转出申请"], [photo(1)]),
        "花名册.xlsx": make_xlsx({"减少人员花名册": [["姓名", "张三"]]}, picture=photo(1)),
        "花名册.xls": make_xls("减少人员花名册", [["姓名", "张三"]], picture=photo(1)),
        "票据.ofd": make_ofd([[(30, 30, "张三")]], picture=photo(1)),
        "证明.pdf": make_pdf(),
        "旧.doc": make_ole({"WordDocument": struct.pack("<6H", 0xA5EC, 193, 0, 0, 0, 0)}),
        "材料.rar": make_rar5(photos),
    }


def make_plain_7z(files: dict[str, bytes], replaced: dict[bytes, bytes]) -> bytes:
    """Return a 7z whose header is readable, with bytes of it replaced by as many others and its checksums mended."""
    import py7zr

    stream = io.BytesIO()
    with py7zr.SevenZipFile(stream, "w") as archive:
        archive.set_encoded_header_mode(False)
        for name, data in files.items():
            archive.writestr(data, name)
    data = bytearray(stream.getvalue())
    offset, size = struct.unpack_from("<QQ", data, 12)
    header = bytes(data[32 + offset : 32 + offset + size])
    for old, new in replaced.items():
        assert len(old) == len(new)
        assert old in header
        header = header.replace(old, new)
    data[32 + offset : 32 + offset + size] = header
    struct.pack_into("<I", data, 28, zlib.crc32(header))
    struct.pack_into("<I", data, 8, zlib.crc32(data[12:32]))
    return bytes(data)


def replace_part(document: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a document with one of its parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            new.writestr(info.filename, change(part) if info.filename == name else part)
    return stream.getvalue()


def make_shared_xlsx(words: list[str]) -> bytes:
    """Return a workbook as Excel writes it: one column of words, each kept once in a part of its own."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    strings = f"<sst {main}>{''.join(f'<si><t>{word}</t></si>' for word in words)}</sst>".encode()
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 1}</v></c></row>' for n in range(1, len(words) + 1))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    book = make_xlsx({"表": [["x"]]})
    sheet = f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>".encode()
    book = replace_part(book, "xl/worksheets/sheet1.xml", lambda _: sheet)
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    book = replace_part(book, "[Content_Types].xml", lambda part: part.replace(b"</Types>", override))
    stream = io.BytesIO(book)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", strings)
    return stream.getvalue()


def rewrite_parts(
    document: bytes, change: Callable[[str, bytes], bytes | None], *, more: dict[str, bytes] | None = None
) -> bytes:
    """Return a document with its parts changed, without those for which None comes back, with ``more`` behind them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (part := change(name, old.read(name))) is not None:
                new.writestr(name, part)
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return stream.getvalue()
