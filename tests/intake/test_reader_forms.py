"""Mail as clients really write it: files inside texts, stubs, odd charsets, odd headers, odd names, and its limits."""

from __future__ import annotations

import base64
import binascii
import tracemalloc
from datetime import UTC, datetime, timedelta, timezone

import pytest

from domain.errors import MessageError
from domain.mail import Address, Message
from intake.embedded import take_data_pictures, take_uuencoded
from intake.headers import find_word_charset, parse_date
from intake.mime import parse_header_block
from intake.reader import read_mail
from tests.intake.test_reader import BODY, HEAD, JPEG, PNG, mail, part, text

BEIJING = timezone(timedelta(hours=8))
GB = bytes(byte & 0x7F for byte in "转送电话".encode("gb2312"))


def read(raw: bytes) -> Message:
    return read_mail(raw).message


def plain(body: bytes, headers: str = "Content-Type: text/plain; charset=utf-8") -> bytes:
    return HEAD + f"{headers}\r\n\r\n".encode() + body


def uuencode(payload: bytes, name: str) -> bytes:
    lines = [binascii.b2a_uu(payload[at : at + 45]) for at in range(0, len(payload), 45)]
    return f"begin 644 {name}\n".encode() + b"".join(lines) + b"`\nend\n"


def test_data_pictures_are_attachments_and_do_not_hide_the_text() -> None:
    photo = JPEG + bytes(900_000)
    page = f'<img src="data:image/jpeg;base64,{base64.b64encode(photo).decode()}"><p>{BODY}</p>'
    page += f"<img src='data:image/png;base64,\r\n{base64.encodebytes(PNG).decode()}'>"
    for raw in (
        mail(text(page, subtype="html")),
        mail(text(BODY * 4), text(page, subtype="html"), kind="alternative"),
    ):
        result = read_mail(raw)
        assert BODY in result.message.text
        assert [(a.name, a.media_type, a.is_inline) for a in result.message.attachments] == [
            ("附件1.jpg", "image/jpeg", True),
            ("附件2.png", "image/png", True),
        ]
        assert list(result.payloads.values()) == [photo, PNG]


@pytest.mark.parametrize("above", [b" \r\n", b"   \n\t\r\n", b"\r\n \n", b"\r\r"])
def test_line_of_blanks_above_the_headers_hides_no_file(above: bytes) -> None:
    raw = mail(text(), part(JPEG, "Content-Type: image/jpeg; name=a.jpg"))
    assert read_mail(above + raw).message == read_mail(raw).message
    assert parse_header_block(above + raw) == parse_header_block(raw)


def test_data_addresses_that_are_no_pictures_are_left_out() -> None:
    page = b"<style>@font-face{src:url(data:font/woff;base64,AAAA)}</style><img src='data:image/png;base64,%2F%2F'>x"
    assert take_data_pictures(page) == (b"<style>@font-face{src:url()}</style><img src=''>x", ())
    urlsafe = base64.urlsafe_b64encode(JPEG).rstrip(b"=").replace(b"_", b"%5F")
    assert take_data_pictures(b"<img src=data:;base64," + urlsafe + b">")[1] == (JPEG,)


def test_uuencoded_files_are_attachments() -> None:
    body = BODY.encode() + b"\n\n" + uuencode(JPEG, "身份证.jpg") + b"\n" + uuencode(PNG, "b.png") + "完".encode()
    result = read_mail(plain(body))
    assert result.message.text == f"{BODY}\n\n\n完"
    assert [a.name for a in result.message.attachments] == ["身份证.jpg", "b.png"]
    assert list(result.payloads.values()) == [JPEG, PNG]
    assert result.message.defects == ()


def test_sentence_that_begins_like_uuencode_stays() -> None:
    body = b"begin 644 words that somebody wrote\nand so on, in plain letters\nend\n"
    assert take_uuencoded(body) == (body, (), "")
    cut = uuencode(JPEG, "a.jpg")[:-5]
    rest, ((name, content),), defect = take_uuencoded(cut)
    assert (rest, name, content[:500], defect) == (b"", "a.jpg", JPEG[:500], "uuencode 内容不完整")


@pytest.mark.parametrize(
    "stub",
    [
        "您的邮件客户端不支持HTML格式，请使用支持HTML格式的邮件客户端查看本邮件的全部内容，谢谢您的理解。",
        "This message is in HTML format. If you cannot see it, please use a client which supports it.",
        "??????????????????????????????????????????????? 13900001234 ??????????",
    ],
)
def test_letter_in_html_beside_a_long_stub_is_read(stub: str) -> None:
    assert read(mail(text(stub), text("<p>请办理转出</p>", subtype="html"), kind="alternative")).text == "请办理转出"


def test_plain_part_with_questions_is_no_stub() -> None:
    words = "Did you get my papers?? I sent them on Monday, all of them, as I was told."
    assert read(mail(text(words), text(f"<p>{words}</p>", subtype="html"), kind="alternative")).text == words


@pytest.mark.parametrize(
    ("body", "label", "seen"),
    [
        (b"\x1b$)A\x0e" + GB + b"\x0f ok\n\x1b$)A\x0e" + GB + b"\x0f", "iso-2022-cn", "转送电话 ok\n转送电话"),
        (b"~{" + GB + b"~} ok", "hz-gb-2312", "转送电话 ok"),
        (b"~{" + GB + b"~} ok", "us-ascii", "转送电话 ok"),
        ("あけまして\u3000".encode("iso-2022-jp") + b"\x1b$By_\x1b(B", "iso-2022-jp", "あけまして\u3000\ufffd"),
        (
            "caf\u00e9 \u4e2d\u6587 \u4e2d\u6587".encode() + b" \xe9t\xe9 " + "病历\u6750\u6599".encode() * 9,
            "iso-8859-1",
            None,
        ),
    ],
)
def test_rare_charset_is_read(body: bytes, label: str, seen: str | None) -> None:
    message = read(plain(body, f"Content-Type: text/plain; charset={label}"))
    assert message.text == (seen or "caf\u00e9 中文 中文 \u00e9t\u00e9 " + "病历材料" * 9)


def test_unlabelled_body_follows_the_subject_s_charset() -> None:
    words = "Türkcellden tanıdık buldum alıyorum inşallah"
    head = b"From: a@x.example\r\nSubject: =?windows-1254?Q?=DEa?=\r\n\r\n"
    assert read(head + words.encode("cp1254")).text == words
    assert find_word_charset([b"a", b"=?GBK*zh?B?1eI=?="]) == "GBK"


def test_calendar_card_and_attached_texts_are_files_that_can_be_read() -> None:
    card = "BEGIN:VCARD\r\nFN:张三\r\nTEL:13900001234\r\nEND:VCARD\r\n".encode()
    page = f"<html><body><p>{BODY}</p></body></html>".encode("gbk")
    message = read(
        mail(
            text(),
            part(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "Content-Type: text/calendar; charset=utf-8"),
            part(card, "Content-Type: text/x-vcard; charset=utf-8"),
            part(page, "Content-Type: text/html; charset=gb2312", "Content-Disposition: attachment; filename=a.html"),
        )
    )
    assert message.text == BODY
    assert [(a.name, a.text.partition("\n")[0]) for a in message.attachments] == [
        ("附件1.ics", "BEGIN:VCALENDAR"),
        ("附件2.vcf", "BEGIN:VCARD"),
        ("a.html", BODY),
    ]


def test_repeated_headers_and_several_authors_are_told() -> None:
    message = read(b"From: a@x.example, b@x.example\r\nSubject: one\r\nSubject: two\r\nFrom: c@x.example\r\n\r\nx")
    assert (message.subject, message.sender) == ("one", Address("a@x.example"))
    assert message.defects == ("邮件头 from 重复", "邮件头 subject 重复", "发件人有多个地址，只认第一个")


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2020年2月3日 10:00", datetime(2020, 2, 3, 10, tzinfo=BEIJING)),
        ("2020年2月3日(星期一) 下午3:05", datetime(2020, 2, 3, 15, 5, tzinfo=BEIJING)),
        ("周一, 03 二月 2020 10:00:00 +0900", datetime(2020, 2, 3, 10, tzinfo=timezone(timedelta(hours=9)))),
        ("星期一, 3 12月 2020 10:00:00", datetime(2020, 12, 3, 10, tzinfo=BEIJING)),
        ("2020-02-03 10:00:00", datetime(2020, 2, 3, 10, tzinfo=BEIJING)),
        ("2020-02-03T10:00:00Z", datetime(2020, 2, 3, 10, tzinfo=UTC)),
        ("2020/2/3 凌晨12:10", datetime(2020, 2, 3, 0, 10, tzinfo=BEIJING)),
        ("Mon, 03 Feb 2020 10:00:00 +0800 (中国标准时间)", datetime(2020, 2, 3, 10, tzinfo=BEIJING)),
        ("2020年13月3日", None),
        ("十三月", None),
        ("2020-02-03 10:00 +9900", None),
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_chinese_date_is_read(value: str, date: datetime | None, charset: str) -> None:
    assert parse_date(value.encode(charset)) == date


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("name*=utf-8''=%3Futf-8%3FB%3F6Lqr5Lu96K+B%3F=.jpg", "身份证.jpg"),
        ("name*0==?utf-8?B?6Lqr5Lu9; name*1=6K+B?=.jpg", "身份证.jpg"),
        ('name="../../身份证\x00.jpg"', "身份证 .jpg"),
        ('name="C:\\\\Users\\\\a\\\\身份证\u202egpj.exe"', "身份证gpj.exe"),
        (f'name="{"身" * 4000}.jpg"', "身" * 146 + ".jpg"),
        ('name=".."', "附件1.jpg"),
    ],
)
def test_hostile_or_nested_name_is_a_name(header: str, name: str) -> None:
    raw = mail(f"Content-Type: image/jpeg; {header}\r\n\r\n".encode() + JPEG)
    assert [a.name for a in read(raw).attachments] == [name]


def nested(depth: int) -> bytes:
    head = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level) for level in range(depth)
    )
    return HEAD + head + b"Content-Type: text/plain\r\n\r\nx"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (HEAD + b"X-A: " + b"a" * 1_000_000 + b"\r\n\r\nx", "64 KB"),
        (HEAD + b"X-A: a\r\n" * 130_000 + b"\r\nx", "64 KB"),
        (mail(*[b"Content-Type: text/plain\r\n\r\nx"] * 10_000), "500 个部分"),
        (mail(*[b"\r\nx"] * 501), "500 个部分"),
        (nested(200), "20 层"),
        (nested(21), "20 层"),
    ],
    ids=["one-header", "many-headers", "10000-parts", "501-parts", "200-deep", "21-deep"],
)
@pytest.mark.timeout(10)
def test_mail_over_a_bound_is_refused_with_little_memory(raw: bytes, reason: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(MessageError, match=reason):
            read_mail(raw)
        assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_mail_at_the_bounds_is_read() -> None:
    assert read(nested(19)).text == "x"
    assert len(read(mail(*[text("a")] * 490)).text) > 490
