"""How each mail programme builds a mail: headers, tree of parts, boundaries, inline pictures, quoted history."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.mailmaker.coding import Coding
from tests.mailmaker.letters import Letter, make_file
from tests.mailmaker.words import write_name

_CENTRE = "dlybzxcbb@centre.example"


@dataclass(frozen=True, slots=True)
class Made:
    """A mail's bytes and the files in it, the programme's own pictures included."""

    raw: bytes
    files: tuple[tuple[str, bytes], ...]


def _qq(letter: Letter, coding: Coding) -> Made:
    token = letter.token.upper()
    text, history = _say(
        letter,
        '------------------ {原始邮件} ------------------\n{发件人}: "centre"<{centre}>;\n'
        '{发送时间}: 2020年2月3日(星期一) 10:00\n{收件人}: "me"<{me}>;\n{主题}: yb\n\n{letter}',
    )
    body = _alternative(
        coding,
        text + "\n\n" + history,
        _divs(text) + "<div>&nbsp;</div>" + _divs(history),
        f"----=_NextPart_{token[:8]}_2A_{token[8:16]}",
    )
    picture = ("5A31.png", make_file("5A31.png", 1))
    body = _join(
        "related",
        f"----=_NextPart_{token[:8]}_3A_{token[8:16]}",
        [body, coding.file_part(*picture, cid="8B@0001.5A31", disposition="inline")],
        indent="\t",
        is_typed=True,
    )
    parts = [body]
    parts += [
        coding.file_part(*file, media=f'application/octet-stream;\r\n\tcharset="{coding.label or "gb18030"}"')
        for file in letter.files
    ]
    return _mail(
        letter,
        coding,
        parts,
        f"----=_NextPart_{token[:8]}_1A_{token[8:16]}",
        own=(picture,),
        extra=f"Content-Transfer-Encoding: 8Bit\r\nX-Priority: 3\r\nMessage-ID: <tencent_{token[:32]}@qq.example>\r\n"
        "X-QQ-MIME: TCMime 1.0 by Tencent\r\nX-Mailer: QQMail 2.x\r\n",
    )


def _netease(letter: Letter, coding: Coding) -> Made:
    token = letter.token
    text, history = _say(letter, '在 2020-02-03 10:00:00，"centre" <{centre}> {写道}：\n{letter}', mark=">")
    page = f'<div style="line-height:1.7;color:#000000">{_divs(text)}</div><br><blockquote id="isReplyContent">'
    page += _divs(history.replace("\n>", "\n")) + "</blockquote>" if history else ""
    body = _alternative(coding, text + "\n\n\n" + history, page, f"----=_Part_12_{token[:9]}.1580695200")
    parts = [body, *(coding.file_part(*file) for file in letter.files)]
    return _mail(
        letter,
        coding,
        parts,
        f"----=_Part_11_{token[:9]}.1580695200",
        own=(),
        extra=f"X-Priority: 3\r\nX-Mailer: Coremail Webmail Server Version XT5.0.10 build 20190724\r\n"
        f"X-CM-CTRLDATA: {token[:20]}\r\nMessage-ID: <{token[:8]}.2d3a.17008.Coremail@163.example>\r\n",
    )


def _outlook(letter: Letter, coding: Coding) -> Made:
    token = letter.token.upper()
    text, history = _say(
        letter,
        "-----{邮件原件}-----\n{发件人}: centre [mailto:{centre}] \n{发送时间}: 2020年2月3日 10:00\n"
        "{收件人}: {me}\n{主题}: yb\n\n{letter}",
    )
    charset = f'<meta http-equiv=Content-Type content="text/html; charset={coding.label}">' if coding.label else ""
    page = '<html xmlns:o="urn:schemas-microsoft-com:office:office">'
    page += f"<head>{charset}<style><!--@font-face{{}}--></style></head>"
    page += "<body lang=ZH-CN><div class=WordSection1>"
    page += "".join(
        f"<p class=MsoNormal><span>{html.escape(line)}<o:p></o:p></span></p>"
        for line in (text + "\n" + history).split("\n")
    )
    picture = ("image001.png", make_file("image001.png", 2))
    if int(token[8], 16) % 3 == 0:
        # As it sends rich text to strangers: the letter in plain, everything else in one TNEF file.
        own = ("winmail.dat", make_file("winmail.dat", 3))
        parts = [
            coding.text_part("plain", text + "\n\n" + history),
            coding.file_part(*own, media="application/ms-tnef"),
        ]
    else:
        own = picture
        body = _alternative(
            coding, text + "\n\n" + history, page + "</div></body></html>", f"----=_NextPart_002_01D5DA7B.{token[:8]}"
        )
        parts = [
            _join(
                "related",
                f"----=_NextPart_001_01D5DA7B.{token[:8]}",
                [body, coding.file_part(*picture, cid="image001.png@01D5DA7B", disposition="")],
                indent="\t",
            )
        ]
    parts += [coding.file_part(*file) for file in letter.files]
    return _mail(
        letter,
        coding,
        parts,
        f"----=_NextPart_000_01D5DA7B.{token[:8]}",
        own=(own,),
        extra=f"Message-ID: <{token[:12]}$00c1$4f2a$@pc.example>\r\nX-Mailer: Microsoft Outlook 16.0\r\n"
        f"Thread-Index: AdXb{token[:16]}==\r\nContent-Language: zh-cn\r\nX-MS-Has-Attach: yes\r\n",
    )


def _foxmail(letter: Letter, coding: Coding) -> Made:
    token = letter.token
    text, history = _say(
        letter, "{发件人}： centre\n{发送时间}： 2020-02-03 10:00\n{收件人}： me\n{主题}： yb\n{letter}"
    )
    page = (
        f"<html><head></head><body><div>{_divs(text)}</div><hr style='width: 210px;' align=left>"
        + _divs(history)
        + "</body></html>"
    )
    body = _alternative(coding, text + "\n\n\n \n" + history, page, f"----=_002_NextPart{token[:10]}_=----")
    picture = ("Catch5A31.jpg", make_file("Catch5A31.jpg", 4))
    parts = [
        _join(
            "related",
            f"----=_003_NextPart{token[:10]}_=----",
            [body, coding.file_part(*picture, cid="_Foxmail.1@5A31", disposition="")],
            indent="\t",
        )
    ]
    parts += [coding.file_part(*file, media="application/octet-stream") for file in letter.files]
    return _mail(
        letter,
        coding,
        parts,
        f"----=_001_NextPart{token[:10]}_=----",
        own=(picture,),
        extra=f"X-Priority: 3\r\nX-GUID: {token[:32]}\r\nX-Has-Attach: yes\r\nX-Mailer: Foxmail 7.2.15.80[cn]\r\n"
        f"Message-ID: <20200203100000{token[:8]}@foxmail.example>\r\n",
    )


def _iphone(letter: Letter, coding: Coding) -> Made:
    token = letter.token.upper()
    text, history = _say(
        letter, "在 2020年2月3日，10:00，centre <{centre}> {写道}：\n\n{letter}", mark="> ", marks_first=True
    )
    # Text, pictures, text: each stretch of words is a part of its own.
    first, _, rest = text.partition("\n")
    parts = [coding.text_part("plain", first + "\n\n")]
    parts += [coding.file_part(*file, disposition="inline") for file in letter.files]
    parts.append(
        coding.text_part("plain", f"\n{rest}\n\n" + ("" if letter.is_traditional else "发自我的iPhone\n\n") + history)
    )
    return _mail(
        letter,
        coding,
        parts,
        f"Apple-Mail-{token[:8]}-3C51-4B0F-8A7E-{token[8:20]}",
        own=(),
        extra=f"Content-Transfer-Encoding: 7bit\r\nMessage-Id: <{token[:8]}-0B1C-4F6E-9D2A@icloud.example>\r\n"
        "X-Mailer: iPhone Mail (17D50)\r\n",
    )


def _android(letter: Letter, coding: Coding) -> Made:
    """The only body is HTML, as the programmes of telephones' makers send it."""
    token = letter.token
    text, history = _say(
        letter,
        "-------- {原始邮件} --------\n{发件人}：centre <{centre}>\n{发送时间}：2020年2月3日 10:00\n"
        "{收件人}：me <{me}>\n{主题}：yb\n{letter}",
    )
    meta = f'<meta charset="{coding.label}">' if coding.label else ""
    page = f'<html>{meta}<body dir="auto"><div dir="auto">{_lines(text)}</div><div><br></div>'
    page += f"<div>{_lines(history)}</div></body></html>"
    parts = [coding.text_part("html", page), *(coding.file_part(*file) for file in letter.files)]
    return _mail(
        letter,
        coding,
        parts,
        f"--_com.android.email_{token[:15]}",
        own=(),
        extra=f"Message-ID: <{token[:20]}@email.android.example>\r\nX-Mailer: Android Email\r\n",
    )


CLIENTS: Mapping[str, Callable[[Letter, Coding], Made]] = {
    "qq": _qq,
    "163": _netease,
    "outlook": _outlook,
    "foxmail": _foxmail,
    "iphone": _iphone,
    "android": _android,
}

_WORDS = ("原始邮件", "发件人", "发送时间", "收件人", "主题", "写道", "邮件原件")
_TRADITIONAL_WORDS = ("原始郵件", "寄件者", "寄件日期", "收件者", "主旨", "寫道", "原始郵件")


def _say(letter: Letter, form: str, *, mark: str = "", marks_first: bool = False) -> tuple[str, str]:
    """Return what is new, and the history in the programme's form ('' when nothing is answered)."""
    if not letter.history:
        return letter.text, ""
    words = dict(zip(_WORDS, _TRADITIONAL_WORDS if letter.is_traditional else _WORDS, strict=True))
    lines = form.format(**words, centre=_CENTRE, me=letter.sender, letter=letter.history).split("\n")
    return letter.text, "\n".join((mark if number or marks_first else "") + line for number, line in enumerate(lines))


def _mail(
    letter: Letter, coding: Coding, parts: list[bytes], boundary: str, *, own: tuple[tuple[str, bytes], ...], extra: str
) -> Made:
    name = write_name(letter.sender_name, letter.sender, coding.style, codec=coding.codec, label=coding.word_label)
    head = b"From: " + name + b"\r\nTo: <" + _CENTRE.encode() + b">\r\nSubject: " + coding.words(letter.subject)
    head += b"\r\nDate: Mon, 3 Feb 2020 10:30:00 +0800\r\nMIME-Version: 1.0\r\n" + extra.encode()
    return Made(head + _join("mixed", boundary, parts, indent="\t"), (*own, *letter.files))


def _join(kind: str, boundary: str, parts: list[bytes], *, indent: str, is_typed: bool = False) -> bytes:
    typed = ' type="multipart/alternative";' if is_typed else ""
    head = f'Content-Type: multipart/{kind};{typed}\r\n{indent}boundary="{boundary}"\r\n\r\n'
    preamble = "This is a multi-part message in MIME format.\r\n\r\n"
    mark = b"--" + boundary.encode()
    return (
        (head + preamble).encode() + b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n\r\n"
    )


def _alternative(coding: Coding, text: str, page: str, boundary: str) -> bytes:
    return _join(
        "alternative", boundary, [coding.text_part("plain", text), coding.text_part("html", page)], indent="\t"
    )


def _divs(text: str) -> str:
    return "\n".join(f"<div>{html.escape(line) or '<br>'}</div>" for line in text.split("\n"))


def _lines(text: str) -> str:
    return "<br>\n".join(html.escape(line) for line in text.split("\n"))
