"""Values as papers print them, read from text: dates, names, numbers, amounts. Each returns '' when it finds none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from domain.idnumber import parse_id_number
from intake.papers.people import read_name, read_named

_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[年.\-/．·]\s*(\d{1,2})\s*[月.\-/．·]\s*(\d{1,2})(?!\d)")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[年.\-/]?\s*(0?[1-9]|1[0-2])(?!\d)")
_PACKED_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_CHINESE_DATE = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日?"
)
_DIGITS = {char: str(number % 10) for number, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
# What a recogniser makes of digits.
_MISREAD = str.maketrans("OQD〇○IL|!ZSB×*", "000001111258XX")
_ID_DIGIT = r"[0-9OQDILZSB〇○|!]"
# Looked for at every place: what stands before a number may look like its first digit.
_ID_LIKE = re.compile(
    rf"(?=(?<![0-9A-Z])({_ID_DIGIT}(?:[ \-]{{0,2}}{_ID_DIGIT}){{16}}[ \-]{{0,2}}(?:[X×*]|{_ID_DIGIT}))(?![0-9A-Z]))"
)
_ID_GAP = re.compile(r"[ \-]")
_SOLE_DATE = re.compile(r"[\d年月日.\-/〇○零一二三四五六七八九十\s]+(?:签发|发证|填发)?")
_TITLE_NUMBER = re.compile(r"[\u3400-\u9fff]?\(\d{4}\)\S{0,14}第\d+号|[\u3400-\u9fff]{0,3}房权证\S{0,8}?第?\d{4,}号?")
_CAPITALS = re.compile(r"[零壹贰叁肆伍陆柒捌玖拾佰仟万圆元角分整正]{3,}")
_NOTHING = frozenset(("盖章", "签章", "公章", "签字", "章", "印章", "无变化", "不变", "无变更", "未变更", "同上"))
_OFFICE = re.compile(r".{2}(?:局|厅|部|委|会|中心|政府|院|所|处|办|站|队|科|公司)")
_SEAL_BLANK = re.compile(r"\((?:公|盖|签)?章\)")  # 医药机构（盖章）虚构市中心医院
_SEAL_PLACE = re.compile(r"\((?:公|盖|签|印|单位)?章\)?$|\((?:单位)?(?:盖章|公章)处?\)?$")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[ \-]?\d{7,8}(?!\d)")
_EMAIL = re.compile(r"[A-Za-z0-9._+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_AMOUNT = re.compile(r"(?<![\d.])(\d{1,3}(?:,\d{3})+|\d+)\.(\d{2})(?!\d)")
_WHOLE_AMOUNT = re.compile(r"(?<![\d.])(\d{1,3}(?:,\d{3})+|\d{1,8})(?![\d.%])")
_CODE = re.compile(r"[A-Za-z0-9\u3400-\u9fff()\-〔〕\[\]]*\d[A-Za-z0-9\-()\u3400-\u9fff〔〕\[\]]*")
_CREDIT = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NP-RTUW-Y]{18}(?![0-9A-Z])")
_ACCOUNT = re.compile(r"\d(?:[ \-]?\d){7,29}")
_CARD = re.compile(r"[A-Z]{0,2}\d(?:[ \-]?[0-9]){6,18}[A-Z0-9]?")
_LONG_TERM = "长期"
_HOSPITAL = re.compile(
    r"[\u3400-\u9fff（）()A-Za-z0-9]{2,28}?(?:医院|卫生院|卫生服务中心|卫生服务站|保健院|诊所"
    r"|卫生室|门诊部"
    r"|疗养院|医疗中心|防治所|防治院)"
    r"(?:[\u3400-\u9fff]{1,6}(?:分院|院区))?"
)


def normalise(text: str) -> str:
    """Return a text in NFKC: full-width digits and colons become plain ones."""
    return unicodedata.normalize("NFKC", text)


def read_date(text: str) -> str:
    """Return the first date as YYYY-MM-DD, whether printed 2020年1月5日, 2020.01.05, 20200105 or 二〇二〇年一月五日."""
    for pattern in (_DATE, _PACKED_DATE):
        if (found := pattern.search(text)) and (day := _make_date(*found.groups())):
            return day
    if found := _CHINESE_DATE.search(text):
        year = "".join(_DIGITS[char] for char in found[1])
        return _make_date(year, str(_read_ten(found[2])), str(_read_ten(found[3])))
    return ""


def _make_date(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _read_ten(text: str) -> int:
    """Return a number up to 39 in Chinese: 二十五, 十, 三."""
    tens, ten, ones = text.rpartition("十")
    units = int(_DIGITS.get(ones, "0")) if ones else 0
    return (int(_DIGITS.get(tens, "1")) if ten else 0) * 10 + units


def read_month(text: str) -> str:
    """Return the first month as YYYY-MM."""
    found = _MONTH.search(text)
    return f"{found[1]}-{int(found[2]):02d}" if found else ""


def read_span(text: str) -> tuple[str, str]:
    """Return from and until, as dates or 长期 (2015.06.01-长期, 自2018年5月1日至…). A lone date is the end."""
    days = [_make_date(*found.groups()) for found in (*_DATE.finditer(text), *_PACKED_DATE.finditer(text))]
    days = [day for day in days if day]
    if _LONG_TERM in text:
        return (days[0] if days else "", _LONG_TERM)
    if len(days) == 1 and re.search(r"[自起从]", text):
        return days[0], ""
    if len(days) >= 2:
        return days[0], days[1]
    return "", days[0] if days else ""


def read_id_number(text: str) -> str:
    """Return the first id number whose date and check character are right, letters misread for digits mended."""
    for found in _ID_LIKE.finditer(text.upper()):
        raw = _ID_GAP.sub("", found[1])
        for number in (raw, raw[:17].translate(_MISREAD) + raw[17].translate(_MISREAD)):
            try:
                return parse_id_number(number).number
            except ValueError:
                continue
    return ""


def read_id_shape(text: str) -> str:
    """Return the first 18 characters that look like an id number, right or not."""
    found = _ID_LIKE.search(text.upper())
    return _ID_GAP.sub("", found[1]) if found else ""


def read_sex(text: str) -> str:
    """Return 男 or 女."""
    found = re.match(r"\s*[男女]", text)
    return found[0].strip() if found else ""


def read_text(text: str) -> str:
    """Return words as they stand, without the blanks around them; the place for a seal is no value."""
    words = _SEAL_PLACE.sub("", text.strip()).strip(" :：，。,;；_-—()（）")
    return "" if words in _NOTHING else words


def read_phone(text: str) -> str:
    """Return the first telephone number, digits and the area code's hyphen only."""
    if found := _MOBILE.search(text):
        return re.sub(r"[ \-]", "", found[0])
    found = _LANDLINE.search(text)
    return found[0].replace(" ", "-") if found else ""


def read_amount(text: str) -> str:
    """Return the first amount in yuan with two decimals, without thousands' commas."""
    if found := _AMOUNT.search(text):
        return f"{found[1].replace(',', '')}.{found[2]}"
    if found := _CAPITALS.search(text):
        return read_capitals(found[0])
    found = _WHOLE_AMOUNT.search(text) if "¥" in text or "元" in text else None
    return f"{found[1].replace(',', '')}.00" if found else ""


def read_capitals(text: str) -> str:
    """Return the amount that receipts spell in capitals: 壹佰贰拾元伍角 is 120.50."""
    total = section = digit = 0
    cents = 0
    for char in text:
        if char in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(char)
        elif char in "拾佰仟":
            section += (digit or 1) * {"拾": 10, "佰": 100, "仟": 1000}[char]
            digit = 0
        elif char == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        elif char in "圆元":
            total, section, digit = total + section + digit, 0, 0
        elif char in "角分":
            cents += digit * (10 if char == "角" else 1)
            digit = 0
    return f"{total}.{cents:02d}" if total or cents else ""


def read_code(text: str) -> str:
    """Return the first number of a certificate or document, letters and 字第…号 around it included."""
    for part in (*re.sub(r"([\u3400-\u9fff])\s+(?=[A-Z])", r"\1", text).split(), text.replace(" ", "")):
        if found := _CODE.search(part):
            return found[0].strip("-")
    return ""


def read_title_number(text: str) -> str:
    """Return the number of a title deed, which stands without a label: 辽(2018)大连市不动产权第00123456号."""
    found = _TITLE_NUMBER.search(text.replace(" ", ""))
    return found[0] if found else ""


def read_sole_date(text: str) -> str:
    """Return the date of a line that says nothing else, as the day below a seal does."""
    return read_date(text) if _SOLE_DATE.fullmatch(text.strip()) else ""


def read_authority(text: str) -> str:
    """Return the words that name an office; what a seal left of it is none."""
    words = read_text(text)
    return words if _OFFICE.search(words) else ""


def read_hospital(text: str) -> str:
    """Return the name of the first hospital, clinic or health centre; 综合医院 is a sort, not a name."""
    names = (found[0] for part in _SEAL_BLANK.sub(" ", text).split() for found in _HOSPITAL.finditer(part))
    return next((name for name in names if not name.endswith(("类型综合医院", "类型专科医院")) and len(name) > 4), "")


def _read_by(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        found = pattern.search(text)
        return re.sub(r"[ \-]", "", found[0]) if found else ""

    return read


def _read_credit(text: str) -> str:
    """Return the first credit code: 18 letters and digits that are no id number."""
    return next((found[0] for found in _CREDIT.finditer(text) if not read_id_number(found[0])), "")


READERS: Mapping[str, Callable[[str], str]] = {
    "date": read_date,
    "month": read_month,
    "id": read_id_number,
    "issued": lambda text: read_date(text) or read_month(text),
    "sole_date": read_sole_date,
    "named": read_named,
    "title_number": read_title_number,
    "name": read_name,
    "sex": read_sex,
    "text": read_text,
    "authority": read_authority,
    "address": read_text,
    "phone": read_phone,
    "amount": read_amount,
    "code": read_code,
    "hospital": read_hospital,
    "from": lambda text: read_span(text)[0],
    "until": lambda text: read_span(text)[1],
    "credit": _read_credit,
    "account": _read_by(_ACCOUNT),
    "card": _read_by(_CARD),
    "count": _read_by(re.compile(r"\d{1,4}")),
    "email": lambda text: found[0] if (found := _EMAIL.search(text)) else "",
}
"""How the value of a field is read from the text that stands at its label."""
