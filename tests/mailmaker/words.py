"""Chinese in headers, in every style met: RFC 2047 B and Q, quoted, raw bytes, cut characters, RFC 2231."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from urllib.parse import quote_from_bytes

STYLES = ("b", "q", "quoted", "raw", "cut", "2231", "2231-sections")
"""``quoted``: encoded-words inside quotes, as QQ writes them; ``cut``: adjacent encoded-words split inside a character;
the two of RFC 2231 concern file names, their subjects and senders are in B."""

_WORD_BYTES = 36
_CUT_BYTES = 17  # odd, and no multiple of three: cuts two-, three- and four-byte characters alike
_SECTION_BYTES = 19


def write_words(text: str, style: str, *, codec: str, label: str) -> bytes:
    """Return a header's words: folded encoded-words, or the bytes of the charset as they are."""
    if style == "raw":
        return text.encode(codec)
    if style == "cut":
        data = text.encode(codec)
        pieces = [data[start : start + _CUT_BYTES] for start in range(0, len(data), _CUT_BYTES)]
    else:
        pieces = list(_cut_between_characters(text, codec))
    write = _write_q if style == "q" else base64.b64encode
    kind = b"Q" if style == "q" else b"B"
    return b"\r\n ".join(b"=?%b?%b?%b?=" % (label.encode(), kind, write(piece)) for piece in pieces)


def write_name(name: str, sender: str, style: str, *, codec: str, label: str) -> bytes:
    """Return a From header's value."""
    words = write_words(name, style, codec=codec, label=label)
    mark = b'"' if style in {"quoted", "raw"} else b""
    return b"%b%b%b <%b>" % (mark, words, mark, sender.encode())


def write_file_name(key: str, name: str, style: str, *, codec: str, label: str) -> bytes:
    """Return a parameter that holds a file name (``key`` is name or filename)."""
    start = b";\r\n\t" + key.encode()
    if style == "2231":
        return start + b"*=%b''%b" % (label.encode(), _percent(name.encode(codec)))
    if style == "2231-sections":
        data = name.encode(codec)
        pieces = [data[at : at + _SECTION_BYTES] for at in range(0, len(data), _SECTION_BYTES)]
        out = b""
        for number, piece in enumerate(pieces):
            charset = b"%b''" % label.encode() if number == 0 else b""
            out += start + b"*%d*=%b%b" % (number, charset, _percent(piece))
        return out
    mark = b'"' if style != "b" else b""
    return start + b"=%b%b%b" % (mark, write_words(name, style, codec=codec, label=label), mark)


def _cut_between_characters(text: str, codec: str) -> Iterator[bytes]:
    piece = ""
    for character in text:
        if piece and len((piece + character).encode(codec)) > _WORD_BYTES:
            yield piece.encode(codec)
            piece = ""
        piece += character
    yield piece.encode(codec)


def _write_q(data: bytes) -> bytes:
    plain = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!*+/-"
    return b"".join(bytes([b]) if b in plain else b"_" if b == 0x20 else b"=%02X" % b for b in data)


def _percent(data: bytes) -> bytes:
    return quote_from_bytes(data, safe="").encode()
