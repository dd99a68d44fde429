"""Bytes to text as Chinese mail needs it: labels are hints, supersets are tried, a bare success proves nothing."""

from __future__ import annotations

import codecs
import re

from intake.plausible import KANA, SAMPLE_CHARS, common_share, is_plausible_chinese, share_of_level_one

# A label that the sender's program wrote, and the superset that it really writes (FF, Outlook, QQ, 163:
# a "gb2312" body holds 喆 镕 堃, a "big5" body holds Hong Kong characters).
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "936": "gb18030",
    "ms936": "gb18030",
    "windows-936": "gb18030",
    "euc-cn": "gb18030",
    "euccn": "gb18030",
    "gb": "gb18030",
    "gb_2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gb2312-80": "gb18030",
    "chinese": "gb18030",
    "csgb2312": "gb18030",
    "hz-gb-2312": "hz",
    "hzgb2312": "hz",
    "big5": "big5hkscs",
    "big-5": "big5hkscs",
    "x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "utf8": "utf-8",
    "utf-8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "utf-7": "utf-7",
    "unicode-1-1-utf-7": "utf-7",
}
# Python's codecs by their own names. Everything else is refused: `zlib`, `idna` or `unicode_escape`
# in a mail's label would be a bomb or a trick, not a charset.
_ALLOWED = re.compile(
    r"utf-(7|8|16|16-[bl]e|32|32-[bl]e)|gb18030|hz|big5hkscs|cp950|big5|euc_(jp|jis_2004|jisx0213|kr)|cp949|johab"
    r"|cp932|shift_jis(x0213|_2004)?|iso2022_(jp(_1|_2|_3|_2004|_ext)?|kr)|iso8859-\d+|cp(125\d|437|720|737|775|85\d|86\d|874|866)"
    r"|koi8-[rut]|mac-\w+|tis-620|kz1048|ptcp154"
)
# ASCII says nothing: whoever wrote 8-bit bytes under it was wrong, so the bytes are judged unlabelled.
_NO_LABELS = frozenset(
    {"", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "unknown", "default", "default_charset", "none", "binary"}
    | {"8bit", "7bit", "ansi_x3.4-1968", "646", "x-user-defined", "user-defined", "_iso-2022-jp$esc"}
)
# A single-byte charset decodes anything; these labels are checked against Chinese all the same.
_ANYTHING_GOES = frozenset({"cp1252", "iso8859-15", "cp437", "mac-roman"})

_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.+-]{2,40})", re.IGNORECASE)
_HZ = re.compile(rb"~\{(?:[!-w][!-~])+~\}")

_LOST_SHARE = 0.05  # measured: a right label loses less, a wrong one far more
_HEADER_SAMPLE_BYTES = 4_096
_DETECT_BYTES = 8_000


def normalise_label(label: str) -> str:
    """Return the codec for a charset label, widened to its superset; '' when it says nothing or is not a charset."""
    name = label.strip().strip("\"'").strip().lower().replace(" ", "").removeprefix("charset=")
    if name in _NO_LABELS:
        return ""
    name = _SUPERSETS.get(name) or _SUPERSETS.get(name.replace("_", "-")) or name
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    codec = _SUPERSETS.get(codec, codec)
    return codec if _ALLOWED.fullmatch(codec) else ""


def decode_text(raw: bytes, label: str = "", *, parent: str = "", is_html: bool = False) -> tuple[str, str]:
    """Return a body's text and, when something was wrong, a sentence that says so ('' otherwise).

    ``label`` is the part's own charset, ``parent`` the enclosing part's. Never raises.
    """
    if raw.isascii() and b"\x1b" not in raw and b"~{" not in raw:
        # UTF-7 and UTF-16 are the only ASCII-looking bytes that a label changes.
        codec = normalise_label(label)
        if codec != "utf-7" and not codec.startswith(("utf-16", "utf-32")):
            return raw.decode("ascii"), ""
    codec = normalise_label(label)
    if codec:
        return _decode_labelled(raw, codec, parent=parent, is_html=is_html)
    text = _decode_unlabelled(raw, parent=parent, is_html=is_html)
    if text is not None:
        known = label.strip().lower() in _NO_LABELS
        return text, "" if known else f"字符集名称“{label[:40]}”不可用，已按内容识别"
    return _decode_lossy(raw), "字符集无法识别，部分文字可能丢失"


def decode_short(raw: bytes, hint: str = "") -> str:
    """Return a header's or a file name's raw 8-bit bytes as text; ``hint`` is a charset seen in the same mail."""
    if raw.isascii() and b"\x1b" not in raw:
        return raw.decode("ascii")
    text = _try_decode(raw, "utf-8") if not raw.isascii() else None
    codec = normalise_label(hint)
    if text is None and codec and codec != "utf-8" and codec not in _ANYTHING_GOES:
        text = _try_decode(raw, codec)
    if text is None:
        text = _decode_seven_bit(raw)
    return text if text is not None else _guess_short(raw)


def _guess_short(raw: bytes) -> str:
    # A name is too short for statistics: the share of everyday characters decides between GB and Big5.
    share, codec = max((share_of_level_one(raw, codec), codec) for codec in ("gb18030", "big5hkscs"))
    if share >= 0.5:
        return raw.decode(codec, "replace")
    text = _try_decode(raw, "cp1252")
    return text if text is not None else raw.decode("utf-8", "replace")


def decode_word(raw: bytes, label: str) -> str:
    """Return the bytes of an encoded-word (RFC 2047) as text, by the same rules as a body."""
    codec = normalise_label(label)
    if not codec:
        return decode_short(raw)
    text = _try_decode(raw, codec)
    if text is not None and "\x1b" not in text:
        return text
    if codec != "utf-8":
        other = _try_decode(raw, "utf-8")
        if other is not None and not raw.isascii():
            return other
    lossy = raw.decode(codec, "replace")
    if lossy.count("\ufffd") <= max(1, len(lossy) * _LOST_SHARE):
        return lossy
    return decode_short(raw)


def _decode_labelled(raw: bytes, codec: str, *, parent: str, is_html: bool) -> tuple[str, str]:
    text = _try_decode(raw, codec)
    if text is not None and not _is_suspect(raw, text, codec):
        return text, ""
    wrong = f"字符集标注为 {codec}，与内容不符，已按内容识别"
    if text is not None:
        other = _decode_unlabelled(raw, parent=parent, is_html=is_html, is_sure=True)
        return (text, "") if other is None or other == text else (other, wrong)
    if not codec.startswith("utf") and (other := _try_decode(raw, "utf-8")) is not None:
        return other, wrong
    lossy = raw.decode(codec, "replace")
    if codec == "big5hkscs":
        lossy = min(lossy, raw.decode("cp950", "replace"), key=lambda t: t.count("\ufffd"))
    lost = lossy.count("\ufffd")
    if lost <= max(1, _LOST_SHARE * len(lossy)) and codec not in _ANYTHING_GOES:
        return lossy, f"{lost} 个字符无法识别"
    other = _decode_unlabelled(raw, parent=parent, is_html=is_html)
    if other is not None and other.count("\ufffd") < lost:
        return other, wrong
    return lossy, f"{lost} 个字符无法识别"


def _is_suspect(raw: bytes, text: str, codec: str) -> bool:
    """Whether a decoding that succeeded may still be wrong: it is then compared with the unlabelled reading."""
    if codec in _ANYTHING_GOES or codec in {"hz", "iso2022_jp_ext"}:
        return not raw.isascii()
    if codec in {"gb18030", "big5hkscs"}:
        return not is_plausible_chinese(text)
    return codec == "utf-7"


def _decode_unlabelled(raw: bytes, *, parent: str, is_html: bool, is_sure: bool = False) -> str | None:
    """Return the text by content alone, or None. ``is_sure`` asks for proof (a label must be overruled)."""
    text = _decode_marked(raw)
    if text is None:
        text = _decode_hinted(raw, (_find_meta_label(raw) if is_html else "", parent))
    if text is None:
        text = _decode_japanese(raw) or _decode_chinese(raw, is_sure=is_sure)
    if text is not None or is_sure:
        return text
    # UTF-8 with a few broken characters (a cut multi-byte sequence) is still UTF-8.
    lossy = raw.decode("utf-8", "replace")
    if lossy.count("\ufffd") <= _LOST_SHARE * len(lossy) and any(c > "\x7f" and c != "\ufffd" for c in lossy):
        return lossy
    return _detect(raw)


def _decode_marked(raw: bytes) -> str | None:
    """Return the text of bytes that tell their charset themselves: a byte order mark, UTF-8, escapes, ASCII."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _try_decode(raw, "utf-16")
        if text is not None:
            return text
    text = _try_decode(raw, "utf-8") if not raw.isascii() else None
    if text is None:
        text = _decode_seven_bit(raw)
    return raw.decode("ascii") if text is None and raw.isascii() else text


def _decode_hinted(raw: bytes, labels: tuple[str, ...]) -> str | None:
    for codec in map(normalise_label, labels):
        if codec:
            text = raw.decode(codec, "replace")
            if text.count("\ufffd") <= _LOST_SHARE * len(text) and not _is_suspect(raw, text, codec):
                return text
    return None


def _decode_seven_bit(raw: bytes) -> str | None:
    if b"\x1b$" in raw or b"\x1b(" in raw:
        for codec in ("iso2022_jp_ext", "iso2022_kr", "iso2022_jp_2"):
            text = _try_decode(raw, codec)
            if text is not None and "\x1b" not in text:
                return text
    if _HZ.search(raw):
        text = _try_decode(raw, "hz")
        if text is not None:
            return text
    return None


def _decode_japanese(raw: bytes) -> str | None:
    """Return a text full of kana; read as Big5 these give the simplest Chinese characters."""
    for codec in ("euc_jp", "cp932"):
        text = _try_decode(raw, codec)
        if text is not None:
            sample = text[:SAMPLE_CHARS]
            wide = sum(c > "\u2fff" for c in sample)
            if wide >= 6 and len(KANA.findall(sample)) >= 0.35 * wide:
                return text
    return None


def _decode_chinese(raw: bytes, *, is_sure: bool) -> str | None:
    best: tuple[float, str] | None = None
    for codec in ("gb18030", "big5hkscs"):
        text = raw.decode(codec, "replace")
        if text.count("\ufffd") > _LOST_SHARE * len(text):
            continue
        share, han = common_share(text)
        if han >= (6 if is_sure else 1) and (best is None or share > best[0]):
            best = (share, text)
    if best is None:
        return None
    share, text = best
    enough = 0.45 if is_sure else 0.3
    if share >= enough and is_plausible_chinese(text):
        return text
    han = common_share(text)[1]
    # Too few characters for statistics: then all must be of GB 2312's everyday level.
    if not is_sure and han < 6 and share_of_level_one(raw, "gb18030") >= 0.8:
        return raw.decode("gb18030", "replace")
    return None


def _find_meta_label(raw: bytes) -> str:
    found = _META.search(raw[:_HEADER_SAMPLE_BYTES])
    return found[1].decode("ascii") if found else ""


def _try_decode(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _detect(raw: bytes) -> str | None:
    # Imported late: it costs 30 ms and is needed for one mail in a hundred.
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:_DETECT_BYTES]).best()
    codec = normalise_label(best.encoding) if best is not None else ""
    if not codec:
        return None
    text = raw.decode(codec, "replace")
    return text if text.count("\ufffd") <= _LOST_SHARE * len(text) else None


def _decode_lossy(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
