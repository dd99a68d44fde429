"""A mail's files looked into, in real children: what is in them, what stays closed, and what one bad file costs."""

from __future__ import annotations

import base64
import ctypes
import os
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
import pytest

from domain.mail import Attachment, Message, Unopened
from intake import opened
from intake.confinement import Breach, ConfinedError
from intake.containers.limits import Limits
from intake.containers.rars import NESTED_WORDS
from intake.opened import CONFINEMENT, open_attachments
from intake.reader import ReadMail, read_mail
from tests.intake.containers import samples
from tests.intake.containers.bombs import SIZE_BOMBS, size_bombs
from tests.intake.pdfs import cjk_pdf, heavy_pdf, looping_pdf

# By signal: the other method's thread would be there at each fork.
pytestmark = pytest.mark.timeout(120, method="signal")

QUICK = replace(CONFINEMENT, cpu_s=1)


def read(files: dict[str, bytes]) -> ReadMail:
    return read_mail(samples.make_mail("转出", "附件是材料。", files))


_BASE64 = b"Content-Transfer-Encoding: base64\r\n"


def look(files: dict[str, bytes], **options: object) -> Message:
    return open_attachments(read(files), **options).message  # type: ignore[arg-type]


def show(attachment: Attachment) -> tuple[str, int | None, Unopened | None]:
    return (attachment.name, attachment.container, attachment.unopened)


def test_files_in_files_become_attachments_behind_the_mails_own() -> None:
    inner = samples.make_mail("内", "里面的信", {"材料.zip": samples.zip_gbk()})
    mail = read(
        {"a.jpg": samples.photo(3), "信.eml": inner, "申请.docx": samples.make_docx(["申请书"], [samples.photo(4)])}
    )
    result = open_attachments(mail)
    assert [show(a) for a in result.message.attachments] == [
        ("a.jpg", None, None),
        ("信.eml", None, None),
        ("申请.docx", None, None),
        ("材料.zip", 2, None),
        (samples.FRONT, 4, None),
        (samples.BACK, 4, None),
        ("图片1.jpg", 3, None),
    ]
    assert [a.index for a in result.message.attachments] == [1, 2, 3, 4, 5, 6, 7]
    assert result.payloads[5] == samples.photo(1)
    assert set(result.payloads) == set(range(1, 8))
    assert [a.text for a in result.message.attachments[1:3]] == ["内\n\n里面的信", "申请书"]
    assert (result.message.identity, result.message.text) == (mail.message.identity, mail.message.text)
    assert mail.message.attachments == result.message.attachments[:1] + mail.message.attachments[1:]


@pytest.mark.parametrize("declared", ["text/plain", "application/octet-stream", "application/rfc822", "message/rfc822"])
def test_saved_mail_is_opened_whatever_it_is_called(declared: str) -> None:
    inner = samples.make_mail("内", "里面的信", {samples.FRONT: samples.photo(1)})
    encoded = base64.encodebytes(inner)
    part = b"Content-Type: %b; name=a.eml\r\nContent-Disposition: attachment; filename=a.eml\r\n" % declared.encode()
    raw = (
        b"From: a@shimin.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b\r\n"
        + (part + b"\r\n" + inner if declared == "message/rfc822" else part + _BASE64 + b"\r\n" + encoded)
        + b"\r\n--b--\r\n"
    )
    message = open_attachments(read_mail(raw)).message
    assert [(a.name, a.media_type) for a in message.attachments] == [
        ("a.eml", "message/rfc822"),
        (samples.FRONT, "image/jpeg"),
    ]


def test_words_named_as_a_mail_stay_words() -> None:
    mail = EmailMessage()
    mail.set_content("hi")
    mail.add_attachment("我的电话：10000000001\n", filename="a.eml")
    (attachment,) = open_attachments(read_mail(mail.as_bytes())).message.attachments
    assert (attachment.media_type, attachment.text.strip()) == ("text/plain", "我的电话：10000000001")


def test_letter_that_is_in_winmail_alone_is_the_letter() -> None:
    mail = EmailMessage()
    mail["From"] = "a@shimin.example"
    winmail = samples.make_tnef({samples.FRONT: samples.photo(1)}, body="办理转出，电话10000000001")
    mail.set_content(winmail, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    message = open_attachments(read_mail(mail.as_bytes())).message
    assert message.text == "办理转出，电话10000000001"
    mail = EmailMessage()
    mail.set_content("见附件")
    mail.add_attachment(winmail, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    assert open_attachments(read_mail(mail.as_bytes())).message.text.strip() == "见附件"


@pytest.mark.parametrize(
    ("subtype", "unopened"), [("pkcs7-signature", None), ("pkcs7-mime", Unopened.UNSUPPORTED), ("pgp-signature", None)]
)
def test_sealed_letter_is_told_and_a_signature_is_not(subtype: str, unopened: Unopened | None) -> None:
    mail = EmailMessage()
    mail.set_content("见附件")
    mail.add_attachment(b"\x30\x80\x06\x09sealed", maintype="application", subtype=subtype, filename="smime.p7m")
    assert [a.unopened for a in open_attachments(read_mail(mail.as_bytes())).message.attachments] == [unopened]


def test_text_layer_of_a_pdf_is_read() -> None:
    (attachment,) = look({"凭证.pdf": cjk_pdf(["基本医疗保险参保凭证", "姓名：张三 喆镕堃"], pages=2)}).attachments
    assert attachment.text.replace("\n", " ").split("\f") == ["基本医疗保险参保凭证 姓名：张三 喆镕堃"] * 2


def test_long_pdf_is_read_in_part_and_broken_pdf_not_at_all() -> None:
    message = look({"a.pdf": cjk_pdf(["参保凭证"], pages=25), "b.pdf": b"%PDF-1.7\ngarbage"})
    assert [a.text.count("参保凭证") for a in message.attachments] == [20, 0]
    assert [a.unopened for a in message.attachments] == [None, Unopened.DAMAGED]
    assert message.defects == ("a.pdf：PDF 共 25 页，只读取前 20 页", "b.pdf：PDF 已损坏，无法读取")


def test_mail_of_text_and_pictures_starts_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", None)
    mail = read({"a.jpg": samples.photo(1)})
    assert open_attachments(mail) is mail
    unlabelled = look(
        {"a.bin": samples.photo(1), "说明.txt": "你好".encode("gb18030"), "录音.mp3": b"ID3xx", "空.pdf": b""}
    )
    assert [(a.text, a.unopened) for a in unlabelled.attachments[1:]] == [
        ("你好", None),
        ("", Unopened.UNSUPPORTED),
        ("", Unopened.DAMAGED),
    ]


@pytest.mark.parametrize("holder", ["材料.zip", "信.eml"])
def test_rar_in_another_file_stays_closed_with_a_true_reason(
    holder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unar = tmp_path / "unar"
    unar.write_text("#!/bin/sh\n", encoding="utf-8")
    unar.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    rar = samples.make_rar5({samples.FRONT: samples.photo(1)})
    packed = samples.make_zip([("照片.rar".encode(), rar)])
    message = look({holder: packed if holder.endswith("zip") else samples.make_mail("内", "信", {"照片.rar": rar})})
    assert [show(a) for a in message.attachments] == [(holder, None, None), ("照片.rar", 1, Unopened.TOO_DEEP)]
    assert message.defects == (f"照片.rar：{NESTED_WORDS}",)


def test_zip_that_holds_a_docx_is_no_document() -> None:
    docx = samples.make_docx(["申请书"], [])
    message = look({"材料.zip": samples.make_zip([("word/申请.docx".encode(), docx)], method=0)})
    assert [a.media_type.rpartition(".")[2] for a in message.attachments] == ["application/zip", "document"]
    assert message.attachments[1].text == "申请书"


def crash_on(mark: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the PDF library crash as a library in C does, at files that hold a mark."""
    document = pypdfium2.PdfDocument

    def open_or_crash(data: bytes) -> object:
        return ctypes.string_at(0) if mark in data else document(data)

    monkeypatch.setattr(pypdfium2, "PdfDocument", open_or_crash)


def test_file_that_crashes_its_reader_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    crash_on(b"CRASH", monkeypatch)
    files = {"a.pdf": cjk_pdf(["参保凭证"]), "b.pdf": b"%PDF-1.7 CRASH", "c.zip": samples.zip_gbk()}
    message = look(files)
    assert [show(a) for a in message.attachments] == [
        ("a.pdf", None, None),
        ("b.pdf", None, Unopened.HOSTILE),
        ("c.zip", None, None),
        (samples.FRONT, 3, None),
        (samples.BACK, 3, None),
    ]
    assert message.attachments[0].text == "参保凭证"
    assert message.defects == ("b.pdf：打开文件时程序崩溃，文件可能已损坏或有害",)


def test_file_that_takes_all_the_time_is_hostile_and_the_others_are_read() -> None:
    message = look({"a.pdf": heavy_pdf(), "b.pdf": cjk_pdf(["参保凭证"])}, confinement=QUICK)
    assert [(a.unopened, a.text) for a in message.attachments] == [(Unopened.HOSTILE, ""), (None, "参保凭证")]
    assert "计算时间超过 1 秒" in message.defects[0]


def test_when_the_time_is_up_no_further_file_is_begun() -> None:
    message = look({"a.pdf": cjk_pdf(["参保凭证"])}, longest_s=0.0)
    assert [a.unopened for a in message.attachments] == [Unopened.TOO_LARGE]
    assert message.defects == ("a.pdf：打开这封邮件的附件用时过长，未打开",)


def test_files_of_one_message_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "MAX_MEMBERS", 3)
    message = look({"a.zip": samples.zip_gbk(), "b.zip": samples.zip_gbk()})
    assert [show(a) for a in message.attachments] == [
        ("a.zip", None, None),
        ("b.zip", None, Unopened.TOO_LARGE),
        (samples.FRONT, 1, None),
        (samples.BACK, 1, None),
    ]


def test_answer_over_the_limit_is_asked_for_again_file_by_file() -> None:
    tight = replace(CONFINEMENT, result_bytes=12_000)
    message = look({"a.zip": samples.zip_gbk(), "b.zip": samples.zip_gbk()}, confinement=tight)
    assert [a.unopened for a in message.attachments[:2]] == [None, None]
    assert len(message.attachments) == 6


def test_machine_that_cannot_confine_is_no_fault_of_the_file() -> None:
    with pytest.raises(ConfinedError) as caught:
        look({"a.zip": samples.zip_gbk()}, confinement=replace(CONFINEMENT, scratch=Path("/no/such/folder")))
    assert (caught.value.breach, caught.value.unopened) == (Breach.UNAVAILABLE, None)


def test_limits_reach_the_child() -> None:
    message = look({"a.zip": samples.zip_gbk()}, limits=Limits(max_members=1))
    assert message.attachments[0].unopened is Unopened.TOO_LARGE


def test_file_that_was_closed_before_stays_closed() -> None:
    mail = read({"a.zip": samples.zip_gbk()})
    closed = replace(mail.message.attachments[0], unopened=Unopened.TOO_LARGE)
    mail = replace(mail, message=replace(mail.message, attachments=(closed,)))
    assert open_attachments(mail) is mail


@pytest.mark.parametrize("bomb", SIZE_BOMBS)
def test_bombs_end_as_files_that_stayed_closed(bomb: str) -> None:
    message = look({f"{bomb}.bin": size_bombs()[bomb], "好.pdf": cjk_pdf(["参保凭证"])})
    assert message.attachments[1].text == "参保凭证"
    assert sum(a.size_bytes for a in message.attachments) < 110 * 2**20


def test_looping_and_endless_pdfs_are_read_or_closed() -> None:
    message = look({"a.pdf": looping_pdf(), "b.pdf": cjk_pdf(["参保凭证"], pages=5_000)}, confinement=QUICK)
    assert message.attachments[1].text.count("参保凭证") == 20
    assert "5000 页" in message.defects[-1]


def test_pixels_of_a_bomb_are_not_counted_here() -> None:
    header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (60_000).to_bytes(4, "big") * 2
    mail = read({"a.png": header + bytes(1000)})
    assert open_attachments(mail) is mail


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\x00b.jpg", "\u202egpj.exe", "长" * 4096 + ".jpg", "..", "C:\\x.jpg"]
)
def test_odd_names_of_members_are_made_plain(name: str) -> None:
    message = look({"a.zip": samples.make_zip([(name.encode(), samples.photo(1))])})
    (member,) = message.attachments[1:]
    assert 0 < len(member.name) <= 150
    assert not set(member.name) & set("/\\\x00\u202e")
