"""Header values from raw bytes, as QQ, 163, Foxmail, Outlook and telephones write them."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, timedelta, timezone

import pytest

from domain.mail import Address
from intake.addresses import parse_addresses
from intake.headers import clean_file_name, decode_header, decode_raw, parse_date, parse_message_ids, parse_parameters


def word(text: str, charset: str = "gb18030") -> str:
    return f"=?{charset}?B?{b64encode(text.encode(charset)).decode()}?="


def test_encoded_words_cut_inside_a_character_are_joined() -> None:
    raw = "医疗保险关系转出".encode("gb18030")
    halves = [f"=?gb2312?B?{b64encode(part).decode()}?=" for part in (raw[:5], raw[5:])]
    assert decode_header(" \t".join(halves).encode()) == "医疗保险关系转出"


def test_base64_cut_between_words_is_joined() -> None:
    text = b64encode("医保转出".encode()).decode()
    assert decode_header(f"=?utf-8?B?{text[:6]}?= =?utf-8?B?{text[6:]}?=".encode()) == "医保转出"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (b"=?utf-8?Q?=E8=BD=AC=E5=87=BA_ok?=", "转出 ok"),
        (b"Re: =?GBK?Q?=D7=AA=B3=F6?= (2)", "Re: 转出 (2)"),
        ("转出申请".encode("gbk"), "转出申请"),
        ("转出申请".encode(), "转出申请"),
        (b"=?utf-8?B?////?= tail", "\u00ff\u00ff\u00ff tail"),
        (b"=?x-none?B?!!!?=", ""),
        ("e\u0301".encode(), "\u00e9"),
        ("a\u202eb\x00c".encode(), "ab c"),
    ],
)
def test_header_is_decoded(value: bytes, shown: str) -> None:
    assert decode_header(value).replace("\ufffd", "").strip() == shown


@pytest.mark.parametrize(
    ("value", "address"),
    [
        (f'"{word("张三")}" <A@QQ.example>'.encode(), Address("a@qq.example", "张三")),
        (f"{word('张三')} <a@qq.example>".encode(), Address("a@qq.example", "张三")),
        (f"{word('张三')}<a@qq.example>".encode(), Address("a@qq.example", "张三")),
        (f"{word('张三')}a@qq.example".encode(), Address("a@qq.example", "张三")),
        (word("张三 <a@qq.example>").encode(), Address("a@qq.example", "张三")),
        ('"张三" <a@163.example>'.encode("gbk"), Address("a@163.example", "张三")),
        ("李喆 <a@163.example>".encode("gb18030"), Address("a@163.example", "李喆")),
        (b"a@163.example (Zhang San)", Address("a@163.example", "Zhang San")),
        (b"a@163.example", Address("a@163.example")),
        (b'"O\\"Neil, A" <o@x.example>', Address("o@x.example", 'O"Neil, A')),
        (b"<@relay.example:a@x.example>", Address("a@x.example")),
        (b'"boss@gov.example" <thief@x.example>', Address("thief@x.example", "boss@gov.example")),
        (b"MAILER-DAEMON", Address("", "MAILER-DAEMON")),
        (b"Mail Delivery System <>", Address("", "Mail Delivery System")),
        (b"<>", Address("", "<>")),
    ],
)
def test_address_is_read(value: bytes, address: Address) -> None:
    assert parse_addresses(value) == (address,)


def test_many_addresses_and_groups_are_read() -> None:
    value = f'"{word("张,三")}" <a@x.example>, b@x.example;\r\n =?utf-8?B?5p2O?= <c@x.example>'.encode()
    assert [a.addr for a in parse_addresses(value)] == ["a@x.example", "b@x.example", "c@x.example"]
    assert parse_addresses(b"undisclosed-recipients:;") == ()
    assert parse_addresses(b"office: a@x.example, b@x.example;") == (Address("a@x.example"), Address("b@x.example"))
    assert parse_addresses(b"") == ()


@pytest.mark.parametrize(
    "value",
    [
        f'attachment; filename="{word("身份证 正面.jpg")}"'.encode(),
        f"attachment; filename={word('身份证 正面.jpg')}".encode(),
        b"attachment; filename*=UTF-8''%E8%BA%AB%E4%BB%BD%E8%AF%81%20%E6%AD%A3%E9%9D%A2.jpg",
        b"attachment; filename*=gb2312''%C9%ED%B7%DD%D6%A4%20%D5%FD%C3%E6.jpg",
        b"inline; filename*0*=UTF-8''%E8%BA%AB%E4%BB%BD%E8%AF%81%20%E6; filename*1*=%AD%A3%E9%9D%A2; filename*2=.jpg",
        b"attachment; filename*1*=%D6%A4%20%D5%FD%C3%E6.jpg; filename*0*=gbk''%C9%ED%B7%DD",
        'attachment; filename="身份证 正面.jpg"'.encode("gbk"),
        'attachment; filename="身份证 正面.jpg"'.encode(),
        "attachment; filename=身份证 正面.jpg; size=1".encode("gbk"),
        b'attachment; filename="%E8%BA%AB%E4%BB%BD%E8%AF%81%20%E6%AD%A3%E9%9D%A2.jpg"',
        b'attachment; FileName = "=?UTF-8?B?6Lqr5Lu96K+B?=\r\n =?UTF-8?B?IOato+mdoi5qcGc=?="',
    ],
)
def test_file_name_is_read(value: bytes) -> None:
    kind, parameters = parse_parameters(decode_raw(value))
    assert kind in {"attachment", "inline"}
    assert parameters["filename"] == "身份证 正面.jpg"


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\照片\\身份证.jpg", "身份证.jpg"),
        ("a\x00b\r\n.jpg", "a b .jpg"),
        ("照片\u202egpj.exe", "照片gpj.exe"),
        ("  .hidden. ", "hidden"),
        ("2020:02:03?.jpg", "2020_02_03_.jpg"),
        ("身" * 4096 + ".jpg", "身" * 146 + ".jpg"),
        ("..", ""),
    ],
)
def test_file_name_is_only_a_name(name: str, clean: str) -> None:
    assert clean_file_name(name) == clean


def test_unclosed_quote_does_not_swallow_the_rest() -> None:
    assert parse_parameters('multipart/mixed; name="x; boundary=abc')[1]["boundary"] == "abc"


def test_message_ids_are_read_in_order() -> None:
    assert parse_message_ids(b"<a@x> junk\r\n <b@y> <a@x>") == ("<a@x>", "<b@y>")


@pytest.mark.parametrize(
    ("value", "date"),
    [
        (b"Mon, 03 Feb 2020 10:00:00 +0800", datetime(2020, 2, 3, 10, tzinfo=timezone(timedelta(hours=8)))),
        (b"3 Feb 2020 10:00:00", datetime(2020, 2, 3, 10, tzinfo=UTC)),
        (b"Mon, 03 Feb 2020 10:00:00 +9999", None),
        (b"Mon, 99 Feb 2020 10:00:00 +0800", None),
        (b"Fri, 31 Dec 9999 23:59:59 -1200", None),
        (b"soon", None),
        (b"", None),
    ],
)
def test_date_is_aware_or_absent(value: bytes, date: datetime | None) -> None:
    assert parse_date(value) == date
