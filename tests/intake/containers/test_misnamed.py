"""Web pages and tables of words that their programs called workbooks and letters."""

from __future__ import annotations

import pytest

from tests.intake.containers.asking import ask
from tests.intake.containers.samples import make_mail, make_zip

TABLE = "<table><tr><td>姓名</td><td>电话</td></tr><tr><td>张三</td><td>13900001234</td></tr></table>"
PAGE = f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><meta charset="gb2312"><body>{TABLE}</body></html>'
SHEET = "".join(
    f"<Row><Cell><Data>{first}</Data></Cell><Cell><Data>{second}</Data></Cell></Row>"
    for first, second in (("姓名", "电话"), ("张三", "13900001234"))
)
BOOK = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:'
    'spreadsheet"><DocumentProperties><Author>Administrator</Author></DocumentProperties>'
    f'<Worksheet ss:Name="表"><Table>{SHEET}</Table></Worksheet></Workbook>'
)
LETTER = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument '
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>姓名 电话</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>张三</w:t></w:r><w:r><w:t> 13900001234</w:t></w:r></w:p></w:body></w:wordDocument>"
)
FILES = {
    "unmarked.xls": BOOK.replace('<?mso-application progid="Excel.Sheet"?>', "").encode(),
    "page.xls": PAGE.encode("gb18030"),
    "book.xls": BOOK.encode(),
    "rows.xls": "姓名 电话\n张三 13900001234\n".encode("gb18030"),
    "letter.doc": LETTER.encode(),
    "page.doc": PAGE.encode("gb18030"),
    "wide.xls": b"\xff\xfe" + "姓名 电话\n张三 13900001234\n".encode("utf-16-le"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("media_type", ["", "application/vnd.ms-excel", "application/msword"])
def test_misnamed_files_give_their_words(name: str, media_type: str) -> None:
    opened = ask(FILES[name], name, media_type=media_type)
    assert opened.text.strip().split("\n") == ["姓名 电话", "张三 13900001234"]
    assert (opened.unopened, opened.defects) == (None, ())


def test_misnamed_files_are_told_in_an_archive() -> None:
    opened = ask(make_zip([(name.encode(), data) for name, data in FILES.items()]))
    assert [bool(m.opened.text) and m.opened.unopened is None for m in opened.members] == [True] * len(FILES)


def test_page_saved_with_its_pictures_as_a_letter_is_read() -> None:
    opened = ask(make_mail("网页", "正文", {}).replace(b"From:", b"MIME-Version: 1.0\nFrom:", 1), "申请.doc")
    assert opened.text == "网页\n\n正文"
