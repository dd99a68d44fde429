"""From bytes to a message: nothing is lost, nothing but MessageError is raised."""

from __future__ import annotations

import base64
import hashlib
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import MessageError
from domain.mail import Address, CloudLink, Message
from intake.reader import ReadMail, read_mail
from tests.intake.pdfs import cjk_pdf

CORPUS = sorted(p for p in (Path(__file__).parents[1] / "corpus" / "mail").rglob("*") if p.is_file())

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4
PNG = b"\x89PNG\r\n\x1a\n" + bytes(300)
HEAD = (
    b"Return-Path: <a@qq.example>\r\nFrom: =?gb18030?B?1cXI/Q==?= <A@qq.example>\r\nTo: yb@x.example\r\n"
    b"Subject: =?gb18030?B?16qz9g==?=\r\nMessage-ID: <1@qq.example>\r\nDate: Mon, 03 Feb 2020 10:00:00 +0800\r\n"
    b"MIME-Version: 1.0\r\n"
)
BODY = "您好，附件是身份证照片，请查收。"


def part(payload: bytes, *headers: str) -> bytes:
    lines = "".join(f"{h}\r\n" for h in headers).encode("gb18030")
    return lines + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(payload).replace(b"\n", b"\r\n")


def mail(*parts: bytes, kind: str = "mixed", head: bytes = HEAD) -> bytes:
    body = b"".join(b"--=_b\r\n" + p + b"\r\n" for p in parts)
    return head + f'Content-Type: multipart/{kind}; boundary="=_b"\r\n\r\npreamble\r\n'.encode() + body + b"--=_b--\r\n"


def text(words: str = BODY, charset: str = "gb18030", subtype: str = "plain") -> bytes:
    return part(words.encode(charset), f"Content-Type: text/{subtype}; charset={charset}")


def read(raw: bytes) -> Message:
    return read_mail(raw).message


def test_message_is_read_whole() -> None:
    result = read_mail(mail(text(), part(JPEG, "Content-Type: image/jpeg; name=身份证正面.jpg")))
    message = result.message
    assert message.subject == "转出"
    assert message.sender == Address("a@qq.example", "张三")
    assert message.recipients == (Address("yb@x.example"),)
    assert message.message_id == "<1@qq.example>"
    assert message.date == datetime(2020, 2, 3, 10, tzinfo=timezone(timedelta(hours=8)))
    assert (message.text, message.quoted, message.defects) == (BODY, "", ())
    (attachment,) = message.attachments
    assert (attachment.name, attachment.media_type, attachment.size_bytes) == (
        "身份证正面.jpg",
        "image/jpeg",
        len(JPEG),
    )
    assert attachment.sha256 == hashlib.sha256(JPEG).hexdigest()
    assert result.payloads == {attachment.index: JPEG}


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize("line_end", [b"\r\n", b"\n"])
def test_text_survives_each_transfer_encoding(encoding: str, line_end: bytes) -> None:
    import quopri

    raw = BODY.encode("gb18030")
    encoded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes}[encoding](raw)
    head = HEAD + f"Content-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    assert read((head + encoded).replace(b"\r\n", b"\n").replace(b"\n", line_end)).text == BODY


def test_unnamed_and_mislabelled_files_are_attachments() -> None:
    message = read(
        mail(
            text(),
            part(JPEG, "Content-Type: image/jpeg"),
            part(b"%PDF-1.4 broken", "Content-Type: application/octet-stream"),
            part(PNG, "Content-Type: text/plain; name=1.txt"),
            part(JPEG, "Content-Type: text/plain"),
            part(
                "说明".encode("gbk"),
                "Content-Type: text/plain; charset=gbk",
                'Content-Disposition: attachment; filename="说明.txt"',
            ),
        )
    )
    assert [(a.name, a.media_type) for a in message.attachments] == [
        ("附件1.jpg", "image/jpeg"),
        ("附件2.pdf", "application/pdf"),
        ("1.txt", "image/png"),
        ("附件4.jpg", "image/jpeg"),
        ("说明.txt", "text/plain"),
    ]
    assert message.attachments[4].text == "说明"
    assert message.text == BODY


def test_inline_pictures_are_marked() -> None:
    related = mail(
        text("<p>您好<img src='cid:1'></p>", subtype="html"),
        part(PNG, "Content-Type: image/png; name=logo.png", "Content-ID: <1>"),
        part(JPEG, "Content-Type: image/jpeg; name=a.jpg", "Content-Disposition: inline; filename=a.jpg"),
        part(JPEG + b"2", "Content-Type: image/jpeg; name=b.jpg", "Content-ID: <2>", "Content-Disposition: attachment"),
        kind="related",
    )
    message = read(related)
    assert message.text == "您好"
    assert [(a.name, a.is_inline) for a in message.attachments] == [
        ("logo.png", True),
        ("a.jpg", True),
        ("b.jpg", False),
    ]


@pytest.mark.parametrize(
    ("plain", "page", "seen"),
    [
        (BODY, f"<p>{BODY}</p>", BODY),
        ("请查看HTML", f"<p>{BODY * 3}</p>", BODY * 3),
        (" \r\n", f"<div>{BODY}</div>", BODY),
    ],
)
def test_plain_text_is_preferred_unless_it_is_a_stub(plain: str, page: str, seen: str) -> None:
    assert read(mail(text(plain), text(page, subtype="html"), kind="alternative")).text == seen


def test_texts_around_pictures_are_joined() -> None:
    assert read(mail(text("前"), part(JPEG, "Content-Type: image/jpeg"), text("后"))).text == "前\n\n后"


def test_inner_mail_is_one_attachment() -> None:
    inner = mail(text("里面"), part(JPEG, "Content-Type: image/jpeg; name=inner.jpg"))
    message = read(mail(text(), b"Content-Type: message/rfc822\r\n\r\n" + inner.replace(b"=_b", b"=_c")))
    assert message.text == BODY
    ((name, media_type),) = [(a.name, a.media_type) for a in message.attachments]
    assert (name.endswith(".eml"), media_type) == (True, "message/rfc822")


def test_bounce_has_no_attachments_and_shows_its_headers() -> None:
    ours = b"Content-Type: message/rfc822\r\n\r\n" + mail(
        text("我们的信"), part(JPEG, "Content-Type: image/jpeg")
    ).replace(b"=_b", b"=_c")
    status = b"Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@qq.example\r\nStatus: 5.1.1\r\n"
    head = b"Return-Path: <>\r\nFrom: MAILER-DAEMON\r\nAuto-Submitted: auto-replied\r\n"
    head += b"X-Failed-Recipients: a@qq.example\r\nX-Youban: 1\r\n"
    message = read(mail(text("退信"), status, ours, kind="report; report-type=delivery-status", head=head))
    assert message.sender == Address("", "MAILER-DAEMON")
    assert (message.text, message.attachments) == ("退信", ())
    headers = dict(message.machine_headers)
    assert headers["return-path"] == "<>"
    assert headers["auto-submitted"] == "auto-replied"
    assert headers["x-failed-recipients"] == "a@qq.example"
    assert headers["x-youban"] == "1"
    assert headers["content-type"].startswith("multipart/report")


def test_identity_is_one_for_copies_and_differs_for_forgeries() -> None:
    raw = mail(text(), part(JPEG, "Content-Type: image/jpeg"))
    one = read(raw).identity
    copy = b"Delivered-To: other@x.example\r\nReceived: from mx\r\n\tby other; today\r\n" + raw
    assert read(copy).identity == one
    assert read(raw.replace(b"<1@", b"<2@")).identity != one
    assert read(raw.replace(b"10:00:00", b"10:00:01")).identity != one
    assert read(raw.replace(b"A@qq", b"B@qq")).identity != one
    assert read(mail(text(), part(JPEG + b"x", "Content-Type: image/jpeg"))).identity != one
    assert read(mail(text("别的"), part(JPEG, "Content-Type: image/jpeg"))).identity != one
    assert read(raw.replace(b"Message-ID", b"X-No-ID")).message_id == ""


def test_history_is_apart_and_flowed_lines_are_joined() -> None:
    body = "Please find \nmy papers.\n\nOn Mon, Feb 10, 2020 at 9:00, A <a@x.example> wrote:\n> Old\n"
    message = read(HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\n" + body.encode())
    assert message.text == "Please find my papers."
    assert message.quoted.endswith("> Old")


def test_raw_8bit_header_follows_the_body_charset() -> None:
    head = "From: 李喆 <a@x.example>\r\nSubject: 医保转出\r\nContent-Type: text/plain; charset=gb2312\r\n\r\n".encode(
        "gb18030"
    )
    message = read(head + BODY.encode("gb18030"))
    assert (message.sender.name, message.subject, message.text) == ("李喆", "医保转出", BODY)


@pytest.mark.parametrize(
    "break_it",
    [
        lambda raw: raw[:-8],
        lambda raw: raw.replace(b'; boundary="=_b"', b""),
        lambda raw: raw.replace(b'boundary="=_b"', b'boundary="other"'),
        lambda raw: raw.replace(b"multipart/mixed", b"multipart"),
        lambda raw: raw.replace(b"--=_b\r\n", b"--=_b  \r\n"),
        lambda raw: raw.replace(b"\r\n", b"\n"),
        lambda raw: b"From someone Mon Feb  3 10:00:00 2020\r\n" + raw,
        lambda raw: b"\r\n\r\n" + raw,
        lambda raw: raw.replace(b"--=_b--", b"--=_b--\r\n--=_b--"),
        lambda raw: raw.replace(b"MIME-Version: 1.0", b"garbage without colon"),
    ],
)
def test_broken_structure_loses_nothing(break_it) -> None:
    result = read_mail(break_it(mail(text(), part(JPEG, "Content-Type: image/jpeg; name=a.jpg"))))
    assert result.message.text == BODY
    assert list(result.payloads.values()) == [JPEG]


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-3], lambda b: b + b"=\r\n", lambda b: b"!" + b, lambda b: b.replace(b"\r\n", b"")]
)
def test_damaged_base64_keeps_what_is_there(damage) -> None:
    encoded = damage(base64.encodebytes(JPEG).replace(b"\n", b"\r\n"))
    raw = mail(text(), b"Content-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n" + encoded)
    (payload,) = read_mail(raw).payloads.values()
    assert payload[:1000] == JPEG[:1000]


def test_joined_base64_and_footer_are_told_apart() -> None:
    head = HEAD + b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    joined = base64.encodebytes("甲".encode() + b"1") + base64.encodebytes("乙".encode())
    assert read(head + joined).text == "甲1乙"
    footer = b"\r\n_______________________\r\nlist footer, not base64 at all\r\n"
    message = read(head + base64.encodebytes(BODY.encode()) + footer)
    assert (message.text, message.defects) == (BODY, ("base64 之后另有文字",))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "空"),
        (b"\r\n \r\n", "空"),
        (b"Subject: " + b"a" * 1_000_000 + b"\r\n\r\nx", "邮件头超过 64 KB"),
        (mail(*[b"Content-Type: text/plain\r\n\r\nx"] * 10_000), "500 个部分"),
        (
            b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(100)),
            "嵌套",
        ),
    ],
)
def test_mail_over_the_limits_is_refused_in_words(raw: bytes, reason: str) -> None:
    with pytest.raises(MessageError, match=reason):
        read_mail(raw)


def test_no_file_is_looked_into() -> None:
    pdf = part(cjk_pdf(["参保凭证"]), "Content-Type: application/pdf; name=a.pdf")
    message = read(mail(pdf, part(b"%PDF-1.7\ngarbage", "Content-Type: application/pdf; name=b.pdf")))
    assert [(a.text, a.unopened) for a in message.attachments] == [("", None)] * 2
    assert message.defects == ()


def test_cloud_attachment_is_recorded_from_either_body() -> None:
    url = "https://mail.qq.com/cgi-bin/ftnExs_download?k=token.example&code=1"
    page = (
        '<div>您好</div><div id="QQMailBigAttach"><span class="qqmailbgattach" expiretime="1583000000" '
        f'downloadlink="{url}">身份证.rar (80M)</span></div>'
    )
    plain = f"{BODY * 4}\n\n从QQ邮箱发来的超大附件\n身份证.rar (80M, 2020年03月01日 02:13 到期)进入下载页面：{url}"
    link = CloudLink("身份证.rar", "80M", "2020-03-01 02:13", url)
    assert read(mail(text(page, subtype="html"))).cloud_links == (link,)
    assert read(mail(text(BODY * 4), text(page, subtype="html"), kind="alternative")).cloud_links == (link,)
    (both,) = read(mail(text(plain), text(page, subtype="html"), kind="alternative")).cloud_links
    assert (both.name, both.size, both.expires, both.url) == ("身份证.rar", "80M", "2020年03月01日 02:13", url)


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: f"{p.parent.name}/{p.name}")
@pytest.mark.timeout(5)
def test_corpus_is_read_without_exception(path: Path) -> None:
    result = read_mail(path.read_bytes())
    assert isinstance(result, ReadMail)
    assert set(result.payloads) == {a.index for a in result.message.attachments}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("demisto/*big5*", "圖形碼"),
        ("demisto/*gb2312*", "你好，我是程序员，很高兴认识你"),
        ("demisto/*gbk*", "你好，中国"),
        ("demisto/*2022_jp*", "中文字"),
        ("mailcore2/*4489-to-field-chinese*", "肖乃奇"),
        ("mailcore2/*1460-no-charset*", "ロイヤルウェディング"),
        ("mailcore2/*1640-no-charset*", "서비스 이용에 참고하시기 바랍니다"),
        ("spamassassin/*gb2312.1*", "全新原装进口，送货上门，货到付款"),
        ("spamassassin/*big5-base64*", "永久網址：gimit.cn.st或gimit99.iscool.net"),
        ("spamassassin/*spam_unicode1*", "電子繳費憑證"),
    ],
)
def test_chinese_of_the_corpus_is_kept(name: str, words: str) -> None:
    root = Path(__file__).parents[1] / "corpus" / "mail"
    (path,) = root.glob(name)
    message = read(path.read_bytes())
    assert words in message.text
    assert "\ufffd" not in message.text


WHOLE = mail(
    text(),
    text("<div>您好</div>", subtype="html"),
    part(JPEG, "Content-Type: image/jpeg; name*=gb2312''%C9%ED.jpg"),
    b"Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ny",
)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        read_mail(raw)
    except MessageError:
        return


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(min_size=0, max_size=20), st.integers(0, 40)), max_size=8
    )
)
def test_any_damage_is_read_or_refused(damage: list[tuple[int, bytes, int]]) -> None:
    raw = WHOLE
    for at, piece, width in damage:
        raw = raw[:at] + piece + raw[at + width :]
    try:
        message = read_mail(raw).message
    except MessageError:
        return
    # Whatever was read can be stored.
    repr(message).encode("utf-8")


@pytest.mark.parametrize(
    "unit",
    [
        b"=?gb2312?B?1cXI?= ",
        b"<a@b>,",
        b'"',
        b"(",
        b"=?utf-8?Q?=E8=BD?=",
        b";a*0*=x",
        b"From: a:",
        b":",
        b"\\",
        b"\xd7\xaa",
    ],
)
def test_long_header_costs_little(unit: bytes) -> None:
    value = unit * (60_000 // len(unit))
    started = time.process_time()
    for name in (b"From", b"To", b"Subject", b"Content-Type", b"References"):
        read_mail(name + b": " + value + b"\r\n\r\nx")
    assert time.process_time() - started < 3


def test_headers_of_all_parts_are_bounded() -> None:
    heavy = b"Content-Type: text/plain\r\n" + b"X-A: b\r\n" * 7_000 + b"\r\nx"
    with pytest.raises(MessageError, match="1024 KB"):
        read_mail(mail(*[heavy] * 30))
