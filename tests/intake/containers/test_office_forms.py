"""Documents that are sound, but not as the library's authors expected them: no citizen may be told they are damaged."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from domain.mail import Unopened
from tests.intake.containers.asking import ask, held
from tests.intake.containers.samples import make_docx, make_xlsx, photo, rewrite_parts

TEXT = "本人申请医保关系转出"
DOCUMENT = make_docx([TEXT], [photo(1)])
BOOK = make_xlsx({"减少人员花名册": [["姓名", "张三"]]}, picture=photo(1))
RELATIONS, TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(500)
STRICT = {
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    ),
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
}


def relate(target: str) -> bytes:
    """Return the document with one more picture related, an icon's part if the target is one."""

    def change(name: str, part: bytes) -> bytes:
        if name == RELATIONS:
            relation = f'<Relationship Id="rId99" Type="{IMAGE}" Target="{target}"/></Relationships>'
            return part.replace(b"</Relationships>", relation.encode())
        return part.replace(b"</Types>", b'<Default Extension="svg" ContentType="image/svg+xml"/></Types>')

    icon = {"word/media/image9.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>'} if target.endswith("svg") else {}
    return rewrite_parts(DOCUMENT, change, more=icon)


def retype(kind: bytes) -> bytes:
    return rewrite_parts(DOCUMENT, lambda name, part: part.replace(MAIN, kind) if name == TYPES else part)


def make_strict(document: bytes) -> bytes:
    def change(name: str, part: bytes) -> bytes:
        for old, new in STRICT.items():
            part = part.replace(old, new) if name.endswith((".xml", ".rels")) else part
        return part

    return rewrite_parts(document, change)


def swap_pictures(picture: bytes | None) -> bytes:
    return rewrite_parts(DOCUMENT, lambda name, part: picture if name.startswith("word/media/") else part)


def make_xlsb() -> bytes:
    def change(name: str, part: bytes) -> bytes | None:
        return None if name == "xl/workbook.xml" else part.replace(b"workbook.xml", b"workbook.bin")

    return rewrite_parts(BOOK, change, more={"xl/workbook.bin": b"\x83\x01\x00"})


READ: Mapping[str, Callable[[], bytes]] = {
    "申请.docx": lambda: relate("media/image9.svg"),
    "空.docx": lambda: relate("../NULL"),
    "书签.docx": lambda: relate("#_Toc1"),
    "申请.docm": lambda: retype(b"application/vnd.ms-word.document.macroEnabled.main+xml"),
    "申请.dotx": lambda: retype(MAIN.replace(b"document.main", b"template.main")),
    "申请.dotm": lambda: retype(b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
}


@pytest.mark.parametrize("name", READ)
def test_unusual_documents_are_read_whole(name: str) -> None:
    opened = ask(READ[name](), name)
    assert (opened.text, opened.unopened, opened.defects) == (TEXT, None, ())
    assert list(held(opened).values()) == [photo(1)]


def test_document_without_its_picture_is_read() -> None:
    opened = ask(swap_pictures(None), "申请.docx")
    assert (opened.text, opened.unopened, opened.members) == (TEXT, None, ())


def test_heic_in_a_document_is_a_picture() -> None:
    opened = ask(swap_pictures(HEIC), "申请.docx")
    assert (opened.text, opened.unopened, held(opened)) == (TEXT, None, {"图片1.heic": HEIC})


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("申请.docx", lambda: make_strict(DOCUMENT)),
        ("花名册.xlsx", lambda: make_strict(BOOK)),
        ("花名册.xlsb", make_xlsb),
    ],
)
def test_forms_that_no_library_reads_are_unsupported_and_give_their_pictures(
    name: str, make: Callable[[], bytes]
) -> None:
    opened = ask(make(), name)
    assert (opened.unopened, opened.text) == (Unopened.UNSUPPORTED, "")
    assert len(opened.members) == 1
    assert opened.members[0].file.data == photo(1)
    assert len(opened.defects) == 1


def test_document_with_a_damaged_part_is_damaged_and_gives_its_pictures() -> None:
    data = bytearray(DOCUMENT)
    # Its directory row says another checksum than its bytes have.
    at = data.rindex(b"word/document.xml")
    data[at - 46 + 16] ^= 0xFF
    opened = ask(bytes(data), "申请.docx")
    assert opened.unopened is Unopened.DAMAGED
    assert list(held(opened).values()) == [photo(1)]
    assert "document.xml" in opened.defects[0]
