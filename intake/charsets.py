"""Bytes to text as Chinese mail needs it: labels are hints, supersets are tried, a bare success proves nothing."""

from __future__ import annotations

import re

from intake.charsetlabels import NO_LABELS, normalise_label
from intake.iso2022cn import decode_iso2022_cn, is_iso2022_cn
from intake.plausible import KANA, SAMPLE_CHARS, common_share, is_plausible_chinese, score_text, share_of_level_one

__all__ = ["decode_short", "decode_text", "decode_word", "normalise_label", "tell_codec"]

# A single-byte charset decodes anything; these labels are checked against Chinese all the same.
_ANYTHING_GOES = frozenset({"cp1252", "iso8859-15", "cp437", "mac-roman"})

_CN_LABEL = re.compile(r"\s*[\"']?(?:x-|cs)?iso-?2022-?cn", re.IGNORECASE)
_RIVALS = ("utf-8", "gb18030", "big5hkscs")
_TAKES_ALL = frozenset({"gb18030", "big5hkscs", *_ANYTHING_GOES})
_SHORT_CHARS = 24
_HIGH = bytes(range(0x80, 0x100))
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.+-]{2,40})", re.IGNORECASE)
_ESCAPED = re.compile("[\udc80-\udcff]+")
_HZ = re.compile(rb"~\{(?:[!-w][!-~])+~\}")

_LOST_SHARE = 0.05  # measured: a right label loses less, a wrong one far more
_HEADER_SAMPLE_BYTES = 4_096
_DETECT_BYTES = 8_000


def decode_text(raw: bytes, label: str = "", *, parent: str = "", is_html: bool = False) -> tuple[str, str]:
    """Return a body's text and, when something was wrong, a sentence that says so ('' otherwise).

    ``label`` is the part's own charset, ``parent`` the enclosing part's. Never raises.
    """
    if (text := _decode_hz(raw)) is not None:
        return text, ""
    if raw.isascii() and b"\x1b" not in raw:
        # UTF-7 and UTF-16 are the only ASCII-looking bytes that a label changes.
        codec = normalise_label(label)
        if codec != "utf-7" and not codec.startswith(("utf-16", "utf-32")):
            return raw.decode("ascii"), ""
    codec = normalise_label(label)
    if codec:
        return _decode_labelled(raw, codec, parent=parent, is_html=is_html)
    text = _decode_unlabelled(raw, parent=parent, is_html=is_html)
    if text is not None:
        known = label.strip().lower() in NO_LABELS or _CN_LABEL.match(label) is not None
        return text, "" if known else f"字符集名称“{label[:40]}”不可用，已按内容识别"
    return _decode_lossy(raw), "字符集无法识别，部分文字可能丢失"


def decode_short(raw: bytes, hint: str = "") -> str:
    """Return a header's or a file name's raw 8-bit bytes as text; ``hint`` is a charset seen in the same mail."""
    if (text := _decode_hz(raw)) is not None:
        return text
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


def decode_word(raw: bytes, label: str, hint: str = "") -> str:
    """Return the bytes of an encoded-word (RFC 2047) as text, by the same rules as a body; ``hint`` as above."""
    codec = normalise_label(label)
    if not codec or b"~{" in raw:
        return decode_short(raw, hint or label)
    text = _try_decode(raw, codec)
    if text is not None and "\x1b" not in text:
        return _weigh(raw, text, codec, hint)
    if codec != "utf-8":
        other = _try_decode(raw, "utf-8")
        if other is not None and not raw.isascii():
            return other
    lossy = raw.decode(codec, "replace")
    other = decode_short(raw, hint)
    is_worth = lossy.count("\ufffd") <= max(1, len(lossy) * _LOST_SHARE) and score_text(lossy) >= score_text(other)
    return lossy if is_worth else other


def tell_codec(raw: bytes, label: str = "", *, parent: str = "", is_html: bool = False) -> str:
    """Return the codec by which ``decode_text`` reads a body, '' when no Chinese one fits."""
    named = normalise_label(label)
    text = _try_decode(raw, named) if named in _RIVALS else None
    if text is not None and (named == "utf-8" or is_plausible_chinese(text)):
        return named
    text = decode_text(raw, label, parent=parent, is_html=is_html)[0]
    for codec in dict.fromkeys((named, *_RIVALS)):
        if codec and text == raw.decode(codec, "replace"):
            return codec
    return ""


def _weigh(raw: bytes, text: str, codec: str, hint: str = "") -> str:
    """Return the reading of a few words by their label, unless another is plainly the more everyday one.

    GB 18030 and Big5 take almost any bytes; a short text says little, so that the ``hint`` of the same mail wins early.
    """
    hinted = normalise_label(hint)
    high = len(raw) - len(raw.translate(None, _HIGH))
    # An accent here and there is no Chinese; in a Chinese letter two characters are enough.
    least, share = (2, 0.0) if hinted in {"gb18030", "big5hkscs"} else (4, 0.34)
    if codec not in _TAKES_ALL or not high or (codec in _ANYTHING_GOES and (high < least or high < share * len(raw))):
        return text
    # A right Latin label of a foreign name in a Chinese letter is not to be overruled.
    bonus = 0.2 if codec in _ANYTHING_GOES else 0.45
    score = score_text(text)
    best = text
    for rival in _RIVALS:
        other = _try_decode(raw, rival) if rival != codec else None
        if other is None or "\ufffd" in other:
            continue
        # What the rest of the mail is in speaks for itself, and UTF-8 does not come about by chance.
        ahead = score_text(other) + (bonus if rival == hinted else 0.0 if rival == "utf-8" else -0.45)
        if ahead > score:
            best, score = other, ahead
    return best


def _decode_labelled(raw: bytes, codec: str, *, parent: str, is_html: bool) -> tuple[str, str]:
    text = _try_decode(raw, codec)
    other: str | None
    if text is not None and codec in _TAKES_ALL and len(raw) <= 4 * _SHORT_CHARS:
        other = _weigh(raw, text, codec, parent)
    elif text is not None and not _is_suspect(raw, text, codec):
        return text, ""
    elif text is not None:
        other = _decode_unlabelled(raw, parent=parent, is_html=is_html, is_sure=True)
        other = _mend(raw, other, codec) if other is not None else text
    else:
        return _decode_lost(raw, codec, parent=parent, is_html=is_html)
    return other, "" if other == text else _say_wrong(codec)


def _decode_lost(raw: bytes, codec: str, *, parent: str, is_html: bool) -> tuple[str, str]:
    """Return the text of bytes that do not fit their label."""
    if not codec.startswith("utf") and not raw.isascii() and (text := _try_decode(raw, "utf-8")) is not None:
        return text, _say_wrong(codec)
    lossy = raw.decode(codec, "replace")
    if codec == "big5hkscs":
        lossy = min(lossy, raw.decode("cp950", "replace"), key=lambda t: t.count("\ufffd"))
    lost = lossy.count("\ufffd")
    is_kept = lost <= max(1, _LOST_SHARE * len(lossy)) and codec not in _ANYTHING_GOES
    if is_kept and (codec not in _TAKES_ALL or is_plausible_chinese(lossy)):
        return lossy, f"{lost} 个字符无法识别"
    other = _decode_unlabelled(raw, parent=parent, is_html=is_html)
    if other is not None and (codec in _TAKES_ALL or other.count("\ufffd") < lost):
        return _mend(raw, other, codec), _say_wrong(codec)
    return lossy, f"{lost} 个字符无法识别"


def _say_wrong(codec: str) -> str:
    return f"字符集标注为 {codec}，与内容不符，已按内容识别"


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
    if is_iso2022_cn(raw):
        return decode_iso2022_cn(raw)
    if b"\x1b$" in raw or b"\x1b(" in raw:
        for codec in ("iso2022_jp_ext", "iso2022_kr", "iso2022_jp_2"):
            text = _try_decode(raw, codec)
            if text is not None and "\x1b" not in text:
                return text
    return _decode_hz(raw)


def _decode_hz(raw: bytes) -> str | None:
    """Return HZ text (RFC 1843) whatever its label says: seven-bit bytes fit every label."""
    if b"~{" not in raw or not raw.isascii() or _HZ.search(raw) is None:
        return None
    text = _try_decode(raw, "hz")
    return text if text is not None and is_plausible_chinese(text) else None


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


def _mend(raw: bytes, text: str, codec: str) -> str:
    """Return UTF-8 text with the label's own single bytes in it read as such; any other text as it is."""
    if "\ufffd" not in text or codec not in _ANYTHING_GOES or text != raw.decode("utf-8", "replace"):
        return text
    out = raw.decode("utf-8", "surrogateescape")
    return _ESCAPED.sub(lambda run: bytes(ord(c) & 0xFF for c in run[0]).decode(codec, "replace"), out)


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
