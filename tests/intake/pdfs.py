"""PDFs with Chinese words, and some that no program should be asked to read."""

from __future__ import annotations

import zlib


def cjk_pdf(lines: list[str], pages: int = 1, *, kids: bytes = b"", repeats: int = 1) -> bytes:
    """Return a PDF with these lines on every page; ``kids`` replaces the page tree's, ``repeats`` shows them again."""
    kids = kids or b" ".join(b"%d 0 R" % (6 + 2 * i) for i in range(pages))
    show = b" ".join(b"<" + line.encode("utf-16-be").hex().encode() + b"> Tj T*" for line in lines)
    show = b" ".join([show] * repeats)
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


def looping_pdf() -> bytes:
    """Return a PDF whose page tree contains itself."""
    return cjk_pdf(["参保凭证"], pages=3, kids=b"2 0 R 2 0 R 2 0 R")


def heavy_pdf() -> bytes:
    """Return a small PDF that takes many seconds to read: one page with millions of characters."""
    return cjk_pdf(["参保凭证缴费明细个人账户"], repeats=250_000)
