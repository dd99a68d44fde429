from __future__ import annotations

import datetime as dt
import struct

import pytest

from domain.mail import Unopened
from intake.containers.filekinds import tell_file_type
from tests.intake.containers.asking import ask, held
from tests.intake.containers.olefiles import make_ole, make_xls
from tests.intake.containers.samples import (
    BIT_11,
    FRONT,
    make_7z,
    make_docx,
    make_mail,
    make_ofd,
    make_pdf,
    make_rar5,
    make_shared_xlsx,
    make_tnef,
    make_xlsx,
    make_zip,
    photo,
    zip_gbk,
)


def test_docx_gives_words_cells_and_pictures_in_order() -> None:
    opened = ask(
        make_docx(["医疗保险关系转出申请", "联系方式见表"], [photo(1), photo(2)], cells=["电话", "13900001234"])
    )
    assert opened.text == "医疗保险关系转出申请\n联系方式见表\n电话\n13900001234"
    assert list(held(opened).values()) == [photo(1), photo(2)]
    assert list(held(opened)) == ["图片1.jpg", "图片2.jpg"]


def test_xlsx_gives_a_page_for_each_sheet() -> None:
    sheets = {"减少人员花名册": [["姓名", "日期"], ["张三", dt.date(2020, 2, 10)]], "空": [], "二": [[37, 1.5]]}
    opened = ask(make_xlsx(sheets, picture=photo(1)))
    assert opened.text == "减少人员花名册\n姓名\t日期\n张三\t2020-02-10\f二\n37\t1.5"
    assert photo(1) in held(opened).values()


def test_xlsx_with_shared_words_is_read() -> None:
    assert ask(make_shared_xlsx(["姓名", "喆镕"])).text == "表\n姓名\n喆镕"


def test_xls_gives_words_and_pictures() -> None:
    opened = ask(make_xls("花名册", [["姓名", "人数"], ["喆镕", 2.0]], picture=photo(1, 160)), "花名册.xls")
    assert opened.text == "花名册\n姓名\t人数\n喆镕\t2"
    assert held(opened) == {"图片1.jpg": photo(1, 160)}


def test_ofd_gives_form_and_values_line_by_line() -> None:
    opened = ask(make_ofd([[(30, 30.5, "张三")], [(10, 50, "第二页")]], picture=photo(1)))
    assert opened.text == "电子票据\n交款人： 张三\f电子票据\n交款人：\n第二页"
    assert held(opened) == {"图片1.jpg": photo(1)}


def test_enclosed_mail_gives_its_words_and_files() -> None:
    opened = ask(make_mail("转出申请", "请办理转出。", {FRONT: photo(1), "材料.zip": zip_gbk()}), "转发.eml")
    assert opened.text == "转出申请\n\n请办理转出。"
    assert held(opened) == {FRONT: photo(1), "材料.zip": zip_gbk()}
    assert len(opened.members[1].opened.members) == 2


def test_mail_enclosed_in_a_mail_stays_a_unit() -> None:
    inner = make_mail("内", "内层", {FRONT: photo(1)})
    outer = ask(make_mail("外", "外层", {"内.eml": inner}), "外.eml")
    assert (outer.text, list(held(outer))) == ("外\n\n外层", ["内.eml"])
    assert (outer.members[0].opened.text, list(held(outer.members[0].opened))) == ("内\n\n内层", [FRONT])


def test_documents_in_archives_are_read_at_the_last_level() -> None:
    document = make_docx(["转出申请"], [photo(1)])
    opened = ask(make_zip([(b"a.zip", make_zip([("申请.docx".encode(), document)], flags=BIT_11, method=0))], method=0))
    member = opened.members[0].opened.members[0]
    assert (member.file.name, member.opened.text, len(member.opened.members)) == ("申请.docx", "转出申请", 1)


def test_archive_of_documents_is_no_document() -> None:
    opened = ask(make_zip([("申请.docx".encode(), make_docx(["转出"], []))], flags=BIT_11, method=0))
    assert list(held(opened)) == ["申请.docx"]


def test_words_of_pdf_and_plain_files() -> None:
    assert ask(make_pdf()).text == "Certificate 2020"
    assert ask("转出申请，电话13900001234".encode("gb18030"), "申请.txt").text == "转出申请，电话13900001234"
    assert ask("<p>转出<b>申请</b></p>".encode(), "申请.html").text == "转出申请"


LOCKED = {
    "zip": make_zip([(b"a.jpg", photo(1))], flags=1),
    "7z": make_7z({FRONT: photo(1)}, password="secret"),
    "7z-names": make_7z({FRONT: photo(1)}, password="secret", hides_names=True),
    "rar": make_rar5({FRONT: photo(1)}, is_locked=True),
    "docx": make_ole({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}),
    "xls": make_xls("表", [["张三"]], is_locked=True),
    "doc": make_ole({"WordDocument": struct.pack("<6H", 0xA5EC, 193, 0, 0, 0, 0x0100)}),
    "pdf": make_pdf(is_locked=True),
    # Locked by a certificate, or by a program for the protection of copyright: PDFium knows only passwords.
    "pdf-certificate": make_pdf(is_locked=True).replace(b"/Filter/Standard", b"/Filter/Adobe.PubSec"),
    "pdf-rights": make_pdf(is_locked=True).replace(b"/Filter/Standard/V 1", b"/Filter/FOPN_foweb/V 1"),
}


@pytest.mark.parametrize("kind", LOCKED)
def test_locked_files_are_told_as_such(kind: str) -> None:
    opened = ask(LOCKED[kind])
    assert (opened.unopened, opened.members, opened.text) == (Unopened.ENCRYPTED, (), "")
    assert "加密" in opened.defects[0]


def test_partly_locked_archive_keeps_the_rest_and_says_so() -> None:
    data = bytearray(make_zip([(b"a.jpg", photo(1)), (b"b.jpg", photo(2))]))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    opened = ask(bytes(data))
    assert (held(opened), opened.unopened) == ({"b.jpg": photo(2)}, Unopened.ENCRYPTED)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (make_ole({"WordDocument": struct.pack("<6H", 0xA5EC, 193, 0, 0, 0, 0)}), "申请.doc"),
        (make_ole({"PowerPoint Document": b"x"}), "介绍.ppt"),
        (b"{\\rtf1 x}", "a.rtf"),
        (b"MZ" + bytes(100), "身份证.jpg"),
        (b"#!AMR\n" + bytes(100), "语音.amr"),
    ],
)
def test_files_without_a_reader_are_unsupported(data: bytes, name: str) -> None:
    assert ask(data, name).unopened is Unopened.UNSUPPORTED


def make_bundle(*entries: tuple[str, bytes]) -> bytes:
    return make_zip([(name.encode(), data) for name, data in entries], method=0)


ODF = "application/vnd.oasis.opendocument."


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (make_bundle(("mimetype", f"{ODF}text".encode()), ("content.xml", b"<a/>")), "申请.odt", f"{ODF}text"),
        (make_bundle(("mimetype", f"{ODF}spreadsheet".encode()), ("content.xml", b"<a/>")), "x", f"{ODF}spreadsheet"),
        (
            make_bundle(("Index/Document.iwa", b"x"), ("preview.jpg", photo(1))),
            "申请.pages",
            "application/vnd.apple.pages",
        ),
        (
            make_bundle(
                ("Index/Slide.iwa", b"x"),
            ),
            "介绍.key",
            "application/vnd.apple.keynote",
        ),
        (
            make_bundle(
                ("Index/Tables/DataList.iwa", b"x"),
            ),
            "表.numbers",
            "application/vnd.apple.numbers",
        ),
        (
            make_bundle(
                ("Index/Document.iwa", b"x"),
            ),
            "附件",
            "application/vnd.apple.pages",
        ),
    ],
)
def test_documents_of_other_programs_are_no_archives(data: bytes, name: str, kind: str) -> None:
    assert tell_file_type(data, name=name) == kind
    for media_type in ("", "application/zip"):
        opened = ask(data, name, media_type=media_type)
        assert (opened.unopened, opened.members, len(opened.defects)) == (Unopened.UNSUPPORTED, (), 1)
        assert "文稿" in opened.defects[0]


def test_archive_with_a_file_called_mimetype_is_an_archive() -> None:
    assert len(ask(make_bundle(("mimetype", b"image/jpeg"), ("a.jpg", photo(1)))).members) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04rubbish",
        b"7z\xbc\xaf\x27\x1crubbish",
        b"\x1f\x8brubbish",
        b"%PDF-1.4 rubbish",
        b"\x78\x9f\x3e\x22xx",
        b"",
    ],
)
def test_rubbish_is_damaged(data: bytes) -> None:
    assert ask(data).unopened is Unopened.DAMAGED


def test_pictures_are_left_as_they_are() -> None:
    opened = ask(photo(1))
    assert (opened.text, opened.members, opened.unopened, opened.defects) == ("", (), None, ())


def test_mail_inside_winmail_is_a_file_in_it() -> None:
    inner = make_tnef({FRONT: photo(1)}, body="内层")
    opened = ask(make_tnef({"邮件.dat": inner}), "winmail.dat")
    assert opened.members[0].opened.text == "内层"


def test_what_a_mail_calls_a_mail_may_be_an_archive() -> None:
    assert len(ask(zip_gbk(), media_type="message/rfc822").members) == 2


def test_web_page_saved_with_its_pictures_is_read_like_a_mail() -> None:
    assert held(ask(make_mail("网页", "正文", {FRONT: photo(1)}), "网页.mht")) == {FRONT: photo(1)}
