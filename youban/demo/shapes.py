"""The habits of Chinese mail programmes: header order, charsets, transfer encodings, how files are named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """A mail programme's habits.

    ``headers`` are templates in the programme's order; ``label`` is the charset as it writes it,
    ``codec`` what it really encodes with. ``words`` says how Chinese stands in headers: ``B`` or ``Q``
    encoded-words (RFC 2047) or ``raw`` bytes. ``file_names`` likewise, or ``2231`` (RFC 2231).
    """

    codec: str
    label: str
    headers: tuple[str, ...]
    boundary: str
    quote_head: str
    words: str = "B"
    file_names: str = "word"
    transfer: str = "base64"
    has_html: bool = True
    names_media: bool = True
    quote_mark: str = ""
    disposition: str = "attachment"


REPLY_HEADERS = ("In-Reply-To: {answered}", "References: {references}")
"""Left out of a mail that answers nothing."""

SHAPES: Mapping[str, Shape] = {
    "qq": Shape(
        codec="gb18030",
        label="gb18030",
        headers=(
            'From: "{from_name}" <{sender}>',
            'To: "{to_name}" <{mailbox}>',
            *REPLY_HEADERS,
            "Subject: {subject}",
            "Mime-Version: 1.0",
            'Content-Type: {multipart};\r\n\tboundary="{boundary}"',
            "Content-Transfer-Encoding: 8Bit",
            "Date: {date}",
            "X-Priority: 3",
            "Message-ID: <tencent_{token}@{domain}>",
            "X-QQ-MIME: TCMime 1.0 by Tencent",
            "X-Mailer: QQMail 2.x",
            "X-QQ-Mailer: QQMail 2.x",
        ),
        boundary="----=_NextPart_{short}_{depth}9A6F8B0_{token:.8}",
        quote_head="------------------ 原始邮件 ------------------\n发件人: {mailbox}\n",
        names_media=False,
    ),
    "163": Shape(
        codec="gb18030",
        label="GBK",
        headers=(
            "Date: {date} (CST)",
            "From: {from_name} <{sender}>",
            "To: {mailbox}",
            "Subject: {subject}",
            "X-Priority: 3",
            "X-Mailer: Coremail Webmail Server Version XT5.0.10",
            *REPLY_HEADERS,
            'Content-Type: {multipart}; \r\n\tboundary="{boundary}"',
            "MIME-Version: 1.0",
            "Message-ID: <{token:.8}.2d3a.17008.Coremail.{local}@{domain}>",
        ),
        boundary="----=_Part_{depth}4682_{short}.1580866212",
        quote_head="在 2020-02-05 10:12:40，{mailbox} 写道：\n",
        quote_mark=">",
    ),
    "foxmail": Shape(
        codec="gb18030",
        label="GB2312",
        headers=(
            "Date: {date}",
            'From: "{from_name}" <{sender}>',
            "To: {mailbox} <{mailbox}>",
            "Subject: {subject}",
            *REPLY_HEADERS,
            "X-Priority: 3",
            "X-GUID: {token}",
            "X-Has-Attach: yes",
            "X-Mailer: Foxmail 7.2.15.80[cn]",
            "Mime-Version: 1.0",
            "Message-ID: <{stamp}{short}@{domain}>",
            'Content-Type: {multipart};\r\n\tboundary="{boundary}"',
        ),
        boundary="----=_00{depth}_NextPart{short}_=----",
        quote_head="发件人： {mailbox}\n收件人： {sender}\n",
        names_media=False,
    ),
    "iphone": Shape(
        codec="utf-8",
        label="utf-8",
        headers=(
            "Content-Type: {multipart}; boundary={boundary}",
            "Content-Transfer-Encoding: 7bit",
            "From: {from_name} <{sender}>",
            "Mime-Version: 1.0 (1.0)",
            "Date: {date}",
            "Subject: {subject}",
            "Message-Id: <{token:.8}-0B1C-4F6E-9D2A-{short}@{domain}>",
            *REPLY_HEADERS,
            "To: {mailbox}",
            "X-Mailer: iPhone Mail (17D50)",
        ),
        boundary="Apple-Mail-{depth}{token:.8}-3C51-4B0F-8A7E-{short}",
        quote_head="> 在 2020年2月5日，上午10:12，{mailbox} 写道：\n",
        words="Q",
        file_names="2231",
        transfer="quoted-printable",
        has_html=False,
        quote_mark="> ",
        disposition="inline",
    ),
    "outlook": Shape(
        codec="gb18030",
        label="gb2312",
        headers=(
            "From: {from_name} <{sender}>",
            "To: <{mailbox}>",
            *REPLY_HEADERS,
            "Subject: {subject}",
            "Date: {date}",
            "Message-ID: <{token:.12}$00c1$4f2a$@{domain}>",
            "MIME-Version: 1.0",
            'Content-Type: {multipart};\r\n\tboundary="{boundary}"',
            "X-Mailer: Microsoft Outlook 16.0",
            "Thread-Index: AdXb{token:.16}==",
            "Content-Language: zh-cn",
        ),
        boundary="----=_NextPart_00{depth}_01D5DB5A.{short}",
        quote_head="-----邮件原件-----\n发件人: {mailbox}\n",
        transfer="quoted-printable",
    ),
    "mailmaster": Shape(
        codec="utf-8",
        label="UTF-8",
        headers=(
            "Date: {date}",
            "From: {from_name} <{sender}>",
            "To: {mailbox}",
            "Message-ID: <{token}@{domain}>",
            *REPLY_HEADERS,
            "Subject: {subject}",
            "X-CUSTOM-MAIL-MASTER-SENT-ID: {token:.16}",
            "MIME-Version: 1.0",
            'Content-Type: {multipart}; boundary="{boundary}"',
        ),
        boundary="{short}_{depth}_mailmaster",
        quote_head="---- 回复的原邮件 ----\n发件人 <{mailbox}>\n",
    ),
    "raw-gbk": Shape(
        codec="gbk",
        label="",  # this programme names no charset at all
        headers=(
            "From: {from_name} <{sender}>",
            "To: {mailbox}",
            "Subject: {subject}",
            "Date: {date}",
            "Message-ID: <{token:.20}@{domain}>",
            *REPLY_HEADERS,
            "MIME-Version: 1.0",
            'Content-Type: {multipart}; boundary="{boundary}"',
        ),
        boundary="=====00{depth}_Dragon{short}_=====",
        quote_head="======= {mailbox} =======\n",
        words="raw",
        file_names="raw",
        transfer="8bit",
        has_html=False,
        quote_mark=">",
    ),
}
