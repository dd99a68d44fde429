"""Charset labels as mail programs write them, and the codecs that they really mean."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

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
NO_LABELS = frozenset(
    {"", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "unknown", "default", "default_charset", "none", "binary"}
    | {"8bit", "7bit", "ansi_x3.4-1968", "646", "x-user-defined", "user-defined", "_iso-2022-jp$esc"}
)


@lru_cache(maxsize=256)
def normalise_label(label: str) -> str:
    """Return the codec for a charset label, widened to its superset; '' when it says nothing or is not a charset."""
    name = label.strip().strip("\"'").strip().lower().replace(" ", "").removeprefix("charset=")
    if name in NO_LABELS:
        return ""
    name = _SUPERSETS.get(name) or _SUPERSETS.get(name.replace("_", "-")) or name
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    codec = _SUPERSETS.get(codec, codec)
    return codec if _ALLOWED.fullmatch(codec) else ""
