"""Values as papers print them, read from text: dates, names, numbers, amounts. Each returns '' when it finds none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from domain.idnumber import parse_id_number

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
_NAME = re.compile(r"^[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]{2,4}(?:·[\u3400-\u9fff]{1,10})*")
_LONG_NAME = re.compile(r"^[\u3400-\u9fff]{2,8}(?:·[\u3400-\u9fff]{1,10})+")
_DOT = re.compile(r"(?<=[\u3400-\u9fff])\s*[·•・‧∙⋅.]\s*(?=[\u3400-\u9fff])")  # 阿卜杜拉·买买提, whatever its dot
_NAME_CHARS = 5
# The head of the next column, sums, and what forms say in place of a name.
_NO_NAME = re.compile(
    r"[姓资称码别额类级期号务表职]|原因|时间|需要|本人|同志|单位|公司|签字|签名|签收|盖章|合计|小计|总计|空白|如下|同意|说明|备注"
)
_LAST_WORD = re.compile(r"[\u3400-\u9fff·]{2,}$")  # who signed: 申请人：张三丰
_AFTER_NAME = re.compile(r"(?<=[\u3400-\u9fff]{2})(?:签字|签名|签章|盖章|同志|先生|女士)$")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞"
    "颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆路游辛靳管柴蒙鲍华喻祁蒲"
    "房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商"
    "刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海"
    "阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况"
    "那宿鲜印逯隆茹诺战慕危玉银亢嵇公上诸东西令皇尉澹轩长贡富幸尧沃蓟鄂逄呼延丘山肇冶么揭占户"
)
# A recogniser that knows both scripts now and then sees the traditional form of what is printed simplified.
_SIMPLIFIED = str.maketrans(
    "黃吳陳張劉楊趙孫馬蔣葉許鄭謝韓馮鄧蘇盧鐘譚陸賈韋鄒閻龍賀顧龔萬錢嚴莊貝呂溫關蘭駱簡連畢齊麥車華寧嬌蓮鳳麗強偉國紅軍濤剛"
    "蘊潔靜穎嬋瑩瓊艷貞榮環瑤蘿雲飛鵬輝東澤瑋曉顏傑義勝雙樂遠達運進鋼錦鈺鈴銘鎮",
    "黄吴陈张刘杨赵孙马蒋叶许郑谢韩冯邓苏卢钟谭陆贾韦邹阎龙贺顾龚万钱严庄贝吕温关兰骆简连毕齐麦车华宁娇莲凤丽强伟国红军涛刚"
    "蕴洁静颖婵莹琼艳贞荣环瑶萝云飞鹏辉东泽玮晓颜杰义胜双乐远达运进钢锦钰铃铭镇",
)
_NAMED = re.compile(
    r"(?:^|[^\u3400-\u9fff]|兹有|证明|本人|居民|同志|职工)\s?([\u3400-\u9fff]{2,4}?)\s*(?:同志|先生|女士)?\s*[(,，、]?\s*(?:[男女][,，]?\s*)?(?:公民身份|身份证)"
)
_SOLE_DATE = re.compile(r"[\d年月日.\-/〇○零一二三四五六七八九十\s]+(?:签发|发证|填发)?")
_TITLE_NUMBER = re.compile(r"[\u3400-\u9fff]?\(\d{4}\)\S{0,14}第\d+号|[\u3400-\u9fff]{0,3}房权证\S{0,8}?第?\d{4,}号?")
_CAPITALS = re.compile(r"[零壹贰叁肆伍陆柒捌玖拾佰仟万圆元角分整正]{3,}")
_NOTHING = frozenset(("盖章", "签章", "公章", "签字", "章", "印章"))
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


def read_name(text: str) -> str:
    """Return the name that a text begins with: two to four characters, longer ones with their middle dot."""
    cells = _DOT.sub("·", text).translate(_SIMPLIFIED).split()
    first = _AFTER_NAME.sub("", _join_spaced(cells))
    if found := _LONG_NAME.match(first):
        return found[0]
    found = _NAME.match(first)
    is_sentence = re.match(rf"[\u3400-\U0003ffff]{{{_NAME_CHARS}}}", first)
    return found[0] if found and not is_sentence and not _NO_NAME.search(found[0]) else ""


def _join_spaced(cells: Sequence[str]) -> str:
    """张 三 is spaced for looks; 张三丰 准考证号 is a name and the next blank."""
    name = "".join(cells[:1])
    for cell in cells[1:]:
        if len(name) > 2 or len(cells[0]) > 1 or len(cell) > (2 if len(name) == 1 else 1) or cell in ("男", "女"):
            break
        name += cell
    return name


def is_known_surname(name: str) -> bool:
    """Whether a name begins as names do; one with a middle dot may begin with anything."""
    return name[:1] in _SURNAMES or "·" in name


def compare_names(name: str, texts: Iterable[str]) -> tuple[bool, bool]:
    """Return whether a name ends one of the texts too, and whether only one that differs in one character does."""
    ends = [found[0] for text in texts if (found := _LAST_WORD.search(normalise(text).strip()))]
    near = [end for end in ends if len(end) == len(name) > 2 and end[0] == name[0]]
    is_denied = any(sum(a != b for a, b in zip(end, name, strict=True)) == 1 for end in near)
    return name in ends, is_denied and name not in ends


def read_named(text: str) -> str:
    """Return the name that stands before an id number: 兹有张三丰，男，身份证号…"""
    found = _NAMED.search(text)
    return found[1] if found and not _NO_NAME.search(found[1]) else ""


def read_sex(text: str) -> str:
    """Return 男 or 女."""
    found = re.match(r"\s*[男女]", text)
    return found[0].strip() if found else ""


def read_text(text: str) -> str:
    """Return words as they stand, without the blanks around them; the place for a seal is no value."""
    words = text.strip(" :：，。,;；_-—()（）")
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


def read_hospital(text: str) -> str:
    """Return the name of the first hospital, clinic or health centre; 综合医院 is a sort, not a name."""
    names = (found[0] for part in text.split() for found in _HOSPITAL.finditer(part))
    return next((name for name in names if not name.endswith(("类型综合医院", "类型专科医院")) and len(name) > 4), "")


def _read_by(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        found = pattern.search(text)
        return re.sub(r"[ \-]", "", found[0]) if found else ""

    return read


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
    "address": read_text,
    "phone": read_phone,
    "amount": read_amount,
    "code": read_code,
    "hospital": read_hospital,
    "from": lambda text: read_span(text)[0],
    "until": lambda text: read_span(text)[1],
    "credit": _read_by(_CREDIT),
    "account": _read_by(_ACCOUNT),
    "card": _read_by(_CARD),
    "count": _read_by(re.compile(r"\d{1,4}")),
    "email": lambda text: found[0] if (found := _EMAIL.search(text)) else "",
}
"""How the value of a field is read from the text that stands at its label."""
