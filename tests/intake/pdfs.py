"""PDFs with Chinese words, and some that no program should be asked to read."""

from __future__ import annotations

import zlib


def cjk_pdf(lines: list[str], pages: int = 1, *, kids: bytes = b"") -> bytes:
    """Return a PDF with these lines on every page; ``kids`` replaces the page tree's."""
    kids = kids or b" ".join(b"%d 0 R" % (6 + 2 * i) for i in range(pages))
    show = b" ".join(b"<" + line.encode("utf-16-be").hex().encode() + b"> Tj T*" for line in lines)
    stream = zlib.compress(b"BT /F1 14 Tf 18 TL 60 780 Td " + show + b" ET")
    gb1 = b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >>"
    box = b"/FontBBox [0 -200 1000 900] /CapHeight 880 /StemV 80"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, pages),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /CIDSystemInfo %b >>"
        % gb1,
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /ItalicAngle 0 /Ascent 880 /Descent -120 %b >>"
        % box,
    ]
    for i in range(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (7 + 2 * i)
        )
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(stream), stream))
    return _write_pdf(objects)


def looping_pdf() -> bytes:
    """Return a PDF whose page tree contains itself."""
    return cjk_pdf(["参保凭证"], pages=3, kids=b"2 0 R 2 0 R 2 0 R")


def heavy_pdf() -> bytes:
    """Return a small PDF that takes many minutes to read: forms within forms, ten in each, a hundred million in all."""
    levels = 9
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>",
        b"<< /Length 4 >>\nstream\n/F Do\nendstream",
    ]
    for level in range(levels):
        draws = b"/F Do " * 10 if level < levels - 1 else b"0 0 1 1 re f "
        inner = b"/XObject << /F %d 0 R >>" % (6 + level) if level < levels - 1 else b""
        head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %b >> /Length %d >>"
        objects.append(head % (inner, len(draws)) + b"\nstream\n%b\nendstream" % draws)
    return _write_pdf(objects)


def _write_pdf(objects: list[bytes]) -> bytes:
    out = b"%PDF-1.5\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%btrailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        len(out),
    )
