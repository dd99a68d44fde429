"""Files that stand inside a text: pictures as data addresses in HTML (RFC 2397), uuencoded files in plain text."""

from __future__ import annotations

import binascii
import re
from urllib.parse import unquote_to_bytes

from intake.filetypes import tell_media_type
from intake.headers import clean_file_name, decode_header
from intake.mime import decode_uu

MAX_FILES = 100

_DATA = re.compile(
    rb"data:\s*(?:[a-z]{1,20}/[a-z0-9.+-]{1,60})?(?:;[a-z0-9=_.-]{1,60}){0,4};base64,([A-Za-z0-9+/=%\s_-]*)",
    re.IGNORECASE,
)
_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,300}?)[ \t]*\r?\n", re.MULTILINE)
_END = re.compile(rb"^end[ \t]*\r?(?:\n|\Z)", re.MULTILINE)


def take_data_pictures(payload: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    """Return an HTML body without its data addresses, and the pictures (or PDFs) that they held, in order.

    They are taken out before anything else looks at the body: a photograph is a million characters long.
    """
    if b";base64," not in payload:
        return payload, ()
    found: list[bytes] = []

    def take(match: re.Match[bytes]) -> bytes:
        if len(found) < MAX_FILES:
            picture = _decode(match[1])
            if tell_media_type(picture).startswith(("image/", "application/pdf")):
                found.append(picture)
        return b""

    return _DATA.sub(take, payload), tuple(found)


def _decode(text: bytes) -> bytes:
    if b"%" in text:
        text = unquote_to_bytes(text)
    # Letters alone count; the address form of base64 has - and _ (RFC 4648 5).
    text = re.sub(rb"[^A-Za-z0-9+/]", b"", text.translate(bytes.maketrans(b"-_", b"+/")))
    text = text[: len(text) - (len(text) % 4 == 1)]
    return binascii.a2b_base64(text + b"=" * (-len(text) % 4))


def take_uuencoded(payload: bytes) -> tuple[bytes, tuple[tuple[str, bytes], ...], str]:
    """Return a plain body without its uuencoded files, the files with their names, and a defect in words ('' if fine).

    A line "begin 644 name" counts only when what follows is encoded: a person may write such a sentence.
    """
    if b"begin " not in payload:
        return payload, (), ""
    files: list[tuple[str, bytes]] = []
    kept: list[bytes] = []
    end = 0
    problem = ""
    for match in _BEGIN.finditer(payload):
        if match.start() < end or not _is_encoded(payload, match.end()) or len(files) >= MAX_FILES:
            continue
        close = _END.search(payload, match.end())
        stop = close.end() if close is not None else len(payload)
        content, defect = decode_uu(payload[match.start() : stop])
        problem = problem or defect or ("" if close is not None else "uuencode 内容不完整")
        files.append((clean_file_name(decode_header(match[1])), content))
        kept.append(payload[end : match.start()])
        end = stop
    return b"".join([*kept, payload[end:]]), tuple(files), problem


def _is_encoded(payload: bytes, start: int) -> bool:
    line = payload[start : start + 100].partition(b"\n")[0].rstrip(b"\r")
    if not line or not all(32 <= byte <= 96 for byte in line):
        return False
    count = (line[0] - 32) & 63
    # Blanks at the end may have been cut, an encoder may add a check character.
    return 0 < count <= 45 and count <= 3 * len(line) and len(line) - 1 <= -(-count // 3) * 4 + 2
