from __future__ import annotations

import pytest

from intake.containers.filekinds import tell_file_type
from intake.filetypes import tell_media_type

XLS, DOC = "application/vnd.ms-excel", "application/msword"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE = "<html><body><table><tr><td>社会保险人员变更表</td></tr></table></body></html>".encode("gb18030")
BOOK = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
ROWS = "姓名\t电话\n张三\t13900001234\n".encode("gb18030")
RUBBISH = bytes(range(256)) * 4


@pytest.mark.parametrize(
    ("data", "declared", "name", "kind"),
    [
        (PAGE, XLS, "变更表.xls", "text/html"),
        (PAGE, "", "变更表.xls", "text/html"),
        (PAGE, "application/octet-stream", "变更表.xls", "text/html"),
        (b"\xef\xbb\xbf\r\n" + PAGE, XLS, "变更表.XLS", "text/html"),
        (b'<?xml version="1.0"?>\n' + PAGE, DOC, "申请.doc", "text/html"),
        (BOOK, XLS, "变更表.xls", "text/xml"),
        (ROWS, XLS, "变更表.xls", "text/plain"),
        (b"\xff\xfe" + "姓名\t电话".encode("utf-16-le"), XLS, "变更表.xls", "text/plain"),
        (ROWS, XLS, "名单.csv", "text/csv"),
        (ROWS, XLS, "名单.txt", "text/plain"),
        (ROWS, XLS, "", "text/plain"),
        ("本人申请".encode("gb18030"), DOC, "说明.doc", "text/plain"),
        (b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>x", DOC, "申请.doc", "message/rfc822"),
        # What is neither signed nor text stays what it is called: damaged.
        (RUBBISH, XLS, "变更表.xls", XLS),
        (RUBBISH, DOCX, "申请.docx", DOCX),
        (ROWS, DOCX, "申请.docx", DOCX),
        (ROWS, "application/zip", "材料.zip", "application/zip"),
        (ROWS, "application/x-zip-compressed", "名单.csv", "text/csv"),
        # What is declared as something without a signature of its own is believed.
        (ROWS, "text/plain", "名单.xls", "text/plain"),
        (RUBBISH, "application/pkcs7-signature", "smime.p7s", "application/pkcs7-signature"),
    ],
)
def test_office_and_archive_types_need_their_signature(data: bytes, declared: str, name: str, kind: str) -> None:
    assert tell_media_type(data, declared, name) == kind
    assert tell_file_type(data, declared, name=name) == kind


@pytest.mark.parametrize("brand", [b"avif", b"avis"])
def test_avif_is_a_picture(brand: bytes) -> None:
    assert tell_media_type(b"\x00\x00\x00\x20ftyp" + brand + bytes(40)) == "image/avif"
