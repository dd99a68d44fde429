"""How characters and files become the parts of a mail, and what the mail says about it."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from tests.mailmaker.words import write_file_name, write_words

TRANSFERS = ("7bit", "8bit", "quoted-printable", "base64", "")
"""7bit is a lie for all charsets but HZ, as programmes tell it; '' stands for no header."""

_MEDIA = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "dat": "application/ms-tnef",
}


@dataclass(frozen=True, slots=True)
class Coding:
    """How the characters of one mail become bytes, and what the mail says about it (``label`` '' is no charset)."""

    codec: str
    label: str
    word_label: str
    transfer: str
    style: str

    def words(self, text: str) -> bytes:
        """Return a header's words."""
        return write_words(text, self.style, codec=self.codec, label=self.word_label)

    def text_part(self, kind: str, text: str) -> bytes:
        """Return a text part: its headers, an empty line, its body."""
        data = text.replace("\n", "\r\n").encode(self.codec)
        charset = f'; charset="{self.label}"' if self.label else ""
        transfer = f"Content-Transfer-Encoding: {self.transfer}\r\n" if self.transfer else ""
        head = f"Content-Type: text/{kind}{charset}\r\n{transfer}\r\n".encode()
        if self.transfer == "base64":
            return head + _wrap_base64(data)
        return head + (binascii.b2a_qp(data, istext=True) if self.transfer == "quoted-printable" else data)

    def file_part(
        self, name: str, content: bytes, *, media: str = "", disposition: str = "attachment", cid: str = ""
    ) -> bytes:
        """Return a file's part; encoded-words and raw names stand in both headers, RFC 2231 in one."""
        head = b"Content-Type: " + (media or _MEDIA[name.rpartition(".")[2]]).encode()
        is_2231 = self.style.startswith("2231")
        if not (is_2231 and disposition):
            head += self._name("name", name)
        head += b"\r\nContent-Transfer-Encoding: base64\r\n"
        if cid:
            head += f"Content-ID: <{cid}>\r\n".encode()
        if disposition:
            head += b"Content-Disposition: " + disposition.encode() + self._name("filename", name) + b"\r\n"
        return head + b"\r\n" + _wrap_base64(content)

    def _name(self, key: str, name: str) -> bytes:
        return write_file_name(key, name, self.style, codec=self.codec, label=self.word_label)


def _wrap_base64(data: bytes) -> bytes:
    return base64.encodebytes(data).replace(b"\n", b"\r\n")
