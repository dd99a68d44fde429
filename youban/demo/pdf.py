"""A minimal PDF writer: pages of text with a text layer, pages that are a scanned picture."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image

_A4 = (595, 842)  # points
_FONT = (
    # A font of Adobe's Chinese collection that is never embedded: viewers bring one, and the text stays text.
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts ["
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> "
    "/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /ItalicAngle 0 /Ascent 880 "
    "/Descent -120 /CapHeight 700 /StemV 80 /FontBBox [-25 -254 1000 880] >> >>] >>"
)


def make_pdf(pages: Sequence[str | bytes]) -> bytes:
    """Return a PDF (ISO 32000-1) with one page for each entry: a JPEG fills its page, a text is set in lines."""
    objects: list[bytes] = [b"", b"", _FONT.encode()]  # 1 catalogue, 2 page tree, 3 font
    kids = []
    for page in pages:
        content, resources = _place_picture(page, objects) if isinstance(page, bytes) else _set_text(page)
        objects.append(_stream(content))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_A4[0]} {_A4[1]}] "
            f"/Resources << {resources} >> /Contents {len(objects)} 0 R >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    return _bind(objects)


def _stream(content: bytes, entries: str = "") -> bytes:
    return f"<< {entries} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _place_picture(jpeg: bytes, objects: list[bytes]) -> tuple[bytes, str]:
    with Image.open(BytesIO(jpeg)) as picture:
        width, height = picture.size
    entries = (
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} "
        "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
    )
    objects.append(_stream(jpeg, entries))
    scale = min((_A4[0] - 40) / width, (_A4[1] - 40) / height)
    w, h = width * scale, height * scale
    content = f"q {w:.2f} 0 0 {h:.2f} {(_A4[0] - w) / 2:.2f} {(_A4[1] - h) / 2:.2f} cm /P Do Q"
    return content.encode(), f"/XObject << /P {len(objects)} 0 R >>"


def _set_text(text: str) -> tuple[bytes, str]:
    lines = [f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in text.split("\n")]
    content = f"BT /F 12 Tf 20 TL 60 {_A4[1] - 80} Td " + " ".join(lines) + " ET"
    return content.encode(), "/Font << /F 3 0 R >>"


def _bind(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
