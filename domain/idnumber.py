"""The citizen identification number (公民身份号码, GB 11643-1999): 18 characters that check themselves."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")

PROVINCES = {
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古",
    "21": "辽宁", "22": "吉林", "23": "黑龙江",
    "31": "上海", "32": "江苏", "33": "浙江", "34": "安徽", "35": "福建", "36": "江西", "37": "山东",
    "41": "河南", "42": "湖北", "43": "湖南", "44": "广东", "45": "广西", "46": "海南",
    "50": "重庆", "51": "四川", "52": "贵州", "53": "云南", "54": "西藏",
    "61": "陕西", "62": "甘肃", "63": "青海", "64": "宁夏", "65": "新疆",
    "71": "台湾", "81": "香港", "82": "澳门", "83": "港澳台居民", "91": "外国人",
}  # fmt: skip
"""The first two digits and whom they name: GB/T 2260, and 83 and 91 of the residence cards."""


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number whose check character and birth date are right. ``division`` is its first six digits."""

    number: str
    birth: date
    is_female: bool
    division: str

    @property
    def province(self) -> str:
        """The province that issued it, '' when the first two digits name none."""
        return PROVINCES.get(self.division[:2], "")

    @property
    def is_allocated(self) -> bool:
        """False when no province has these first two digits: a clerk should look twice, or it is a specimen."""
        return bool(self.province)


def check_character(first17: str) -> str:
    """Return the 18th character for the first 17 digits (ISO 7064 MOD 11-2): 0 to 9 or X."""
    remainder = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(first17))
    return "10X98765432"[remainder % 11]


def parse_id_number(text: str, *, today: date | None = None) -> IdNumber:
    """Return the number that a text is, full-width or spaced digits included.

    An unknown province does not raise, see ``is_allocated``: the check character already proves that
    nothing was misread, and divisions come and go.

    Raises:
        ValueError: the text is not 18 characters long, its birth date does not exist (or lies after
            ``today``, when given), or its check character is wrong.
    """
    number = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()
    if not _NUMBER.fullmatch(number):
        raise ValueError(f"an id number is 17 digits and then a digit or X; this has {len(number)} characters")
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as exc:
        raise ValueError("the id number's birth date does not exist") from exc
    if today is not None and birth > today:
        raise ValueError("the id number's birth date lies in the future")
    if check_character(number[:17]) != number[17]:
        raise ValueError("the id number's last character does not fit the others: one of them is misread")
    return IdNumber(number, birth, is_female=int(number[16]) % 2 == 0, division=number[:6])


def mask_id_number(text: str) -> str:
    """Return a text in which every id number keeps only its first three and last four characters."""
    return _NUMBER.sub(lambda found: f"{found[0][:3]}{'*' * 11}{found[0][-4:]}", text)
