"""Header values from raw bytes: encoded-words, RFC 2231, raw 8-bit, file names, message ids, dates."""

from __future__ import annotations

import binascii
import re
import unicodedata
from collections.abc import Iterable
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
_NUMERIC_DATE = re.compile(rb"\s*\d{4}[-/.]\d")
_BEIJING = timezone(timedelta(hours=8))
_WEEKDAY = re.compile(r"[(（]?(?:星期|周|週|礼拜)[一二三四五六日天][)）]?[,，]?")
_YEAR_FIRST = re.compile(
    r"(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*[日号]?\s*[T,，]?\s*"
    r"(?:(上午|下午|中午|晚上|凌晨|早上|傍晚|AM|PM)?\s*(\d{1,2})\s*[:：时点]\s*(\d{1,2})?(?:\s*[:：分]\s*(\d{1,2}))?)?"
    r"[.\d]*秒?\s*(AM|PM|Z|GMT|UTC|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_MONTH = re.compile(r"(十[一二]?|[一二三四五六七八九]|\d{1,2})\s*月")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ZONE = re.compile(r"[+-]\d{4}|\b(?:GMT|UTC?|Z)\b")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_NAME_SECTION = re.compile(r"(.+?)\*(\d{1,4})?(\*)?")


def decode_raw(value: bytes, hint: str = "") -> str:
    """Return a raw header value as text; encoded-words stay as they are."""
    return decode_short(value, hint)


def decode_header(value: bytes, hint: str = "") -> str:
    """Return a header's words as shown: decoded, one line, NFC, without control characters."""
    return clean_line(decode_words(decode_raw(value, hint), hint))


def decode_words(text: str, hint: str = "") -> str:
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
            out += (_join_words(pending, hint), text[end : match.start()])
            pending = []
        charset, encoding, payload = match[1].partition("*")[0], match[2].lower(), match[3]
        if pending and pending[-1][:2] != (charset.lower(), encoding):
            out.append(_join_words(pending, hint))
            pending = []
        pending.append((charset.lower(), encoding, payload))
        end = match.end()
    out += (_join_words(pending, hint), text[end:])
    return "".join(out)


def find_word_charset(values: Iterable[bytes]) -> str:
    """Return the charset of the first encoded-word in some headers: an unlabelled body is mostly in the same one."""
    for value in values:
        match = _WORD.search(value.decode("latin-1"))
        if match is not None:
            return match[1].partition("*")[0]
    return ""


def _join_words(words: list[tuple[str, str, str]], hint: str) -> str:
    if not words:
        return ""
    charset, encoding, _ = words[0]
    payloads = [payload for _, _, payload in words]
    if not all(p.isascii() for p in payloads):
        return "".join(payloads)  # raw 8-bit inside an encoded-word: it has been read already
    raw = b"".join(_decode_q(p) for p in payloads) if encoding == "q" else _decode_b(payloads)
    return decode_word(raw, charset, hint)


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
    """Return a text as one line: NFC, no control characters, no invisible marks, plain blanks, single ones at folds."""
    if not text.isascii():
        text = INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\xa0", " ")
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


def parse_parameters(value: str, hint: str = "") -> tuple[str, dict[str, str]]:
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
    parameters = {key: decode_words(_decode_percent(text, hint), hint) for key, text in plain.items()}
    for key, numbered in sections.items():
        parameters[key] = _join_sections(numbered, hint)
    return pieces[0].strip() if pieces else "", parameters


def _join_sections(numbered: dict[int, tuple[bool, str]], hint: str) -> str:
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
        return decode_words("".join(parts), hint)
    # What was raw 8-bit has become UTF-8 on the way; the label then no longer holds.
    if not all(p.isascii() for p in parts) or not normalise_label(charset):
        return decode_words(decode_short(raw, hint), hint)
    return decode_words(decode_word(raw, charset, hint), hint)


def _decode_percent(text: str, hint: str) -> str:
    if "%" not in text or not text.isascii() or not _PERCENT.search(text):
        return text
    raw = unquote_to_bytes(text)
    decoded = decode_short(raw, hint)
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

    A missing zone counts as UTC, in the Chinese forms ("2020年2月3日 上午10:00", "周一, 03 二月 2020 …") as Beijing's.
    """
    try:
        if not value.isascii() or b"=?" in value or _NUMERIC_DATE.match(value):
            moment = _parse_chinese_date(decode_words(decode_raw(value)))
            if moment is not None:
                return moment
        parsed = parsedate_tz(value.decode("latin-1"))
        if parsed is None:
            return None
        offset = parsed[9]
        zone = UTC if not offset else timezone(timedelta(seconds=offset))
        return _in_utc(datetime(*parsed[:6], tzinfo=zone))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _parse_chinese_date(text: str) -> datetime | None:
    """Return the moment of a Date header in Chinese or with the year first, as some programs write it.

    Raises: ValueError, OverflowError.
    """
    text = _WEEKDAY.sub(" ", text).strip()
    match = _YEAR_FIRST.match(text)
    if match is None:
        month = _MONTH.search(text)
        number = 0 if month is None else _NUMERALS.index(month[1]) + 1 if month[1] in _NUMERALS else int(month[1])
        if month is None or not 1 <= number <= 12:
            return None
        parsed = parsedate_tz(f"{text[: month.start()]} {_MONTHS[number - 1]} {text[month.end() :]}")
        if parsed is None:
            return None
        zone = timezone(timedelta(seconds=parsed[9] or 0)) if _ZONE.search(text) else _BEIJING
        return _in_utc(datetime(*parsed[:6], tzinfo=zone))
    year, month_number, day = int(match[1]), int(match[2]), int(match[3])
    hour, minute, second = (int(match[i] or 0) for i in (5, 6, 7))
    part = (match[4] or match[8] or "").upper()
    if part in {"下午", "晚上", "傍晚", "PM"} and hour < 12:
        hour += 12
    elif part in {"凌晨", "AM"} and hour == 12:
        hour = 0
    return _in_utc(datetime(year, month_number, day, hour, minute, second, tzinfo=_read_zone(match[8] or "")))


def _read_zone(text: str) -> timezone:
    if text.upper() in {"Z", "GMT", "UTC"}:
        return UTC
    if text[:1] in {"+", "-"}:
        digits = text[1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return timezone(offset if text[0] == "+" else -offset)
    return _BEIJING


def _in_utc(moment: datetime) -> datetime:
    """Return a moment that exists in UTC as well. Raises: OverflowError at the end of time."""
    moment.astimezone(UTC)
    return moment
