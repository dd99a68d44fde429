"""Header values from raw bytes: encoded-words, RFC 2231, raw 8-bit, file names, message ids, dates."""

from __future__ import annotations

import binascii
import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from urllib.parse import unquote_to_bytes

from intake.charsets import decode_short, decode_word, normalise_label

MAX_NAME_CHARS = 150

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\r\n]*)\?=")
# Between two encoded-words white space is not shown (RFC 2047 6.2).
_GAP = re.compile(r"(\?=)[ \t\r\n]+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
FOLD = re.compile(r"\r?\n[ \t]*|\r")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]+")
# Bidi controls and invisible marks turn "gpj.exe" into "exe.jpg" on screen; a lone surrogate cannot be stored.
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c\ud800-\udfff]")
_PATH = re.compile(r'[\\/:*?"<>|]+')
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,990}>")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}){3}")
_NAME_SECTION = re.compile(r"(.+?)\*(\d{1,4})?(\*)?")


def decode_raw(value: bytes, hint: str = "") -> str:
    """Return a raw header value as text; encoded-words stay as they are."""
    return decode_short(value, hint)


def decode_header(value: bytes, hint: str = "") -> str:
    """Return a header's words as shown: decoded, one line, NFC, without control characters."""
    return clean_line(decode_words(decode_raw(value, hint)))


def decode_words(text: str) -> str:
    """Return a text with its encoded-words (RFC 2047) decoded, wherever they stand - QQ puts them inside quotes.

    Neighbours of one charset are joined *before* decoding: senders cut in the middle of a character.
    """
    if "=?" not in text:
        return text
    text = _GAP.sub(r"\1", FOLD.sub(" ", text))
    out: list[str] = []
    pending: list[tuple[str, str, str]] = []
    end = 0
    for match in _WORD.finditer(text):
        if match.start() != end:
            out += (_join_words(pending), text[end : match.start()])
            pending = []
        charset, encoding, payload = match[1].partition("*")[0], match[2].lower(), match[3]
        if pending and pending[-1][:2] != (charset.lower(), encoding):
            out.append(_join_words(pending))
            pending = []
        pending.append((charset.lower(), encoding, payload))
        end = match.end()
    out += (_join_words(pending), text[end:])
    return "".join(out)


def _join_words(words: list[tuple[str, str, str]]) -> str:
    if not words:
        return ""
    charset, encoding, _ = words[0]
    payloads = [payload for _, _, payload in words]
    if not all(p.isascii() for p in payloads):
        return "".join(payloads)  # raw 8-bit inside an encoded-word: it has been read already
    raw = b"".join(_decode_q(p) for p in payloads) if encoding == "q" else _decode_b(payloads)
    return decode_word(raw, charset)


def _decode_q(payload: str) -> bytes:
    return unquote_to_bytes(payload.replace("%", "%25").replace("=", "%").replace("_", " "))


def _decode_b(payloads: list[str]) -> bytes:
    raw = b""
    carry = ""
    for payload in payloads:
        carry += re.sub(r"[^A-Za-z0-9+/=]", "", payload)
        # A word without padding whose length is no multiple of four goes on in the next one.
        if len(carry.rstrip("=")) % 4 == 0 or carry.endswith("="):
            raw += _decode_quads(carry)
            carry = ""
    return raw + _decode_quads(carry)


def _decode_quads(text: str) -> bytes:
    raw = b""
    for run in re.findall(r"[^=]+", text):
        usable = run[:-1] if len(run) % 4 == 1 else run
        raw += binascii.a2b_base64(usable + "=" * (-len(usable) % 4))
    return raw


def clean_line(text: str) -> str:
    """Return a text as one line: NFC, no control characters, no invisible marks, single blanks at folds."""
    if not text.isascii():
        text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return CONTROL.sub(" ", text).strip()


def clean_file_name(name: str) -> str:
    """Return a file name that is only a name: no path, no control or bidi characters, at most 150 characters."""
    name = clean_line(name)
    name = re.split(r"[\\/]", name)[-1] or name
    name = _PATH.sub("_", name).strip(" .\u3000")
    if len(name) > MAX_NAME_CHARS:
        stem, dot, suffix = name.rpartition(".")
        keep = f"{dot}{suffix}" if stem and len(suffix) <= 10 else ""
        name = name[: MAX_NAME_CHARS - len(keep)] + keep
    return name


def parse_parameters(value: str) -> tuple[str, dict[str, str]]:
    """Return a header's main value and its parameters (RFC 2045 5.1, RFC 2231), names lower-case, values decoded.

    Sections (``name*0*=``) are joined before decoding; a bare value may hold blanks, as many clients write them.
    """
    pieces = _split_outside_quotes(FOLD.sub(" ", value), ";")
    plain: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[bool, str]]] = {}
    for piece in pieces[1:]:
        key, equals, text = piece.partition("=")
        key = key.strip().lower()
        if not equals or not key:
            continue
        text = _unquote(text.strip())
        match = _NAME_SECTION.fullmatch(key)
        if match is None:
            plain.setdefault(key, text)
        else:
            number = int(match[2]) if match[2] else 0
            is_encoded = match[3] is not None or match[2] is None
            sections.setdefault(match[1], {}).setdefault(number, (is_encoded, text))
    parameters = {key: decode_words(_decode_percent(text)) for key, text in plain.items()}
    for key, numbered in sections.items():
        parameters[key] = _join_sections(numbered)
    return pieces[0].strip() if pieces else "", parameters


def _join_sections(numbered: dict[int, tuple[bool, str]]) -> str:
    charset = ""
    parts: list[str] = []
    raw = b""
    is_any_encoded = False
    for position, number in enumerate(sorted(numbered)):
        is_encoded, text = numbered[number]
        if is_encoded:
            if position == 0 and text.count("'") >= 2:
                charset, _, text = text.split("'", 2)
            is_any_encoded = True
            piece = unquote_to_bytes(text) if text.isascii() else text.encode("utf-8", "replace")
        else:
            piece = text.encode("utf-8", "replace")
        parts.append(text)
        raw += piece
    if not is_any_encoded:
        return decode_words("".join(parts))
    # What was raw 8-bit has become UTF-8 on the way; the label then no longer holds.
    if not all(p.isascii() for p in parts) or not normalise_label(charset):
        return decode_words(decode_short(raw))
    return decode_words(decode_word(raw, charset))


def _decode_percent(text: str) -> str:
    if "%" not in text or not text.isascii() or not _PERCENT.search(text):
        return text
    raw = unquote_to_bytes(text)
    decoded = decode_short(raw)
    return decoded if not raw.isascii() and "\ufffd" not in decoded else text


def _unquote(text: str) -> str:
    if len(text) >= 1 and text[0] == '"':
        end = text.rfind('"')
        inner = text[1:end] if end > 0 else text[1:]
        # A path of a Windows client is not a quoted-pair: only quotes and backslashes are unescaped.
        return re.sub(r'\\(["\\])', r"\1", inner)
    return text.strip("'") if text[:1] == "'" == text[-1:] else text


def _split_outside_quotes(text: str, separator: str) -> list[str]:
    if '"' not in text:
        return text.split(separator)
    pieces: list[str] = []
    start = 0
    is_quoted = False
    for match in re.finditer(r'\\.|["' + re.escape(separator) + "]", text):
        mark = match[0]
        if mark == '"':
            is_quoted = not is_quoted
        elif mark == separator and not is_quoted:
            pieces.append(text[start : match.start()])
            start = match.end()
    if is_quoted and separator in text[start:]:
        # An unclosed quote swallowed the rest: then quotes mean nothing here.
        pieces += text[start:].split(separator)
    else:
        pieces.append(text[start:])
    return pieces


def parse_message_ids(value: bytes) -> tuple[str, ...]:
    """Return the message ids of a header (RFC 5322 3.6.4) with their brackets, in order, each once."""
    return tuple(dict.fromkeys(_MESSAGE_ID.findall(decode_raw(value))))


def parse_date(value: bytes) -> datetime | None:
    """Return a Date header as an aware moment, None when it cannot be read or has none in UTC (the end of year 9999).

    A missing zone counts as UTC.
    """
    try:
        parsed = parsedate_tz(value.decode("latin-1"))
        if parsed is None:
            return None
        offset = parsed[9]
        zone = UTC if not offset else timezone(timedelta(seconds=offset))
        moment = datetime(*parsed[:6], tzinfo=zone)
        moment.astimezone(UTC)
        return moment
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
