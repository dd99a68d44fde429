"""Whether two accounts of a person - name, id number, birth date - are of one person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from domain.idnumber import IdNumber, parse_id_number
from domain.text import compose

# Each group is one character for comparing: registers, cards and keyboards know different forms of it.
_VARIANTS = (
    "升昇陞", "哲喆", "坤堃", "峰峯", "奔犇", "苏甦蘇", "国囯國", "耀燿", "浚濬", "采寀", "佩珮", "凌淩", "铁鉄鐵",
    "佑祐", "乃迺", "群羣", "村邨", "涂凃", "昆崑崐", "柏栢", "皎晈", "皓晧暠", "梅槑", "秘祕", "赟贇", "䶮龑",
    "侄姪", "俯頫", "绩勣", "果菓", "炯烱", "镕熔鎔", "肖萧蕭", "闫阎閻", "付傅", "丘邱", "于於", "仝同", "兰蓝蘭",
    "华華", "伟偉", "强強彊", "军軍", "丽麗", "刘劉", "陈陳", "张張", "杨楊", "赵趙", "孙孫", "吴吳", "马馬", "黄黃",
    "郑鄭", "谢謝", "韩韓", "冯馮", "许許", "邓鄧", "叶葉", "吕呂", "蒋蔣", "贾賈", "鲁魯", "龙龍", "凤鳳", "庆慶",
    "宝寶寳", "荣榮", "东東", "兴興", "义義", "云雲", "红紅", "权權", "乔喬", "达達", "宁寧甯", "静靜", "杰傑",
    "栋棟", "晓曉", "莲蓮", "辉輝煇", "鸿鴻", "尧堯", "彦彥", "真眞", "青靑",
)  # fmt: skip
_FOLDED = str.maketrans({char: group[0] for group in _VARIANTS for char in group[1:]})


class Match(Enum):
    """How two accounts of a person fit together."""

    SAME = auto()
    VARIANT = auto()  # one person, the name written another way
    SLIP = auto()  # one person, a character of the number misread
    UNKNOWN = auto()  # nothing that both say
    NAME = auto()  # the names differ
    NUMBER = auto()  # the numbers differ, the names do not
    BOTH = auto()  # names and numbers differ
    BIRTH = auto()  # the names fit, the birth dates do not

    @property
    def is_one_person(self) -> bool:
        """Whether both accounts are of one person."""
        return self in _ONE_PERSON


_ONE_PERSON = frozenset({Match.SAME, Match.VARIANT, Match.SLIP})


@dataclass(frozen=True, slots=True)
class Account:
    """What one place says about a person; '' and None where it says nothing."""

    name: str = ""
    number: str = ""
    birth: date | None = None

    @property
    def proved(self) -> IdNumber | None:
        """The id number, when its check character fits."""
        return prove_number(self.number)


class _Names(Enum):
    SAME = auto()
    VARIANT = auto()
    NEAR = auto()
    OTHER = auto()
    UNKNOWN = auto()


def make_account(name: str, number: str, birth: date | None = None) -> Account:
    """Return an account with its values folded; the birth date of a right id number counts before any other."""
    clean = re.sub(r"[\s-]", "", compose(number)).upper()
    proved = prove_number(clean)
    return Account(fold_name(name), clean, proved.birth if proved else birth)


def fold_name(name: str) -> str:
    """Return a name without spaces, its middle dot as ``·``."""
    return re.sub(r"[•・．.‧]", "·", re.sub(r"\s", "", compose(name)))


def prove_number(number: str) -> IdNumber | None:
    """Return the id number that a text is, None when it is none or one character must be misread."""
    try:
        return parse_id_number(number)
    except ValueError:
        return None


def compare_accounts(one: Account, other: Account) -> Match:
    """Return how two accounts fit together. What one of them does not say is no difference.

    A number with a wrong check character never tells two people apart; a single wrong or two swapped characters of it
    are a slip.
    """
    names = _compare_names(one.name, other.name)
    proved = one.proved is not None and other.proved is not None
    if one.number and one.number == other.number:
        match names:
            case _Names.OTHER:
                return Match.NAME
            case _Names.VARIANT | _Names.NEAR:
                return Match.VARIANT
            case _:
                return Match.SAME
    if proved:
        return Match.BOTH if names in {_Names.NEAR, _Names.OTHER} else Match.NUMBER
    if names is not _Names.OTHER and is_slip(one.number, other.number):
        return Match.SLIP
    return _compare_by_name(one, other, names)


def _compare_by_name(one: Account, other: Account, names: _Names) -> Match:
    births = (one.birth, other.birth)
    knows_births = None not in births
    match names:
        case _Names.UNKNOWN:
            return Match.UNKNOWN
        case _Names.OTHER:
            return Match.NAME
        case _Names.NEAR:
            return Match.VARIANT if knows_births and one.birth == other.birth else Match.NAME
        case _Names.SAME | _Names.VARIANT:
            if knows_births and one.birth != other.birth:
                return Match.BIRTH
            return Match.SAME if names is _Names.SAME else Match.VARIANT


def is_slip(one: str, other: str) -> bool:
    """Return whether two id numbers differ in one character or two swapped neighbours, and one has no right check.

    Two right numbers never differ so little: the check character shows each such slip (ISO 7064 MOD 11-2).
    """
    if len(one) != 18 or len(other) != 18 or (prove_number(one) and prove_number(other)):
        return False
    places = [n for n in range(18) if one[n] != other[n]]
    if len(places) == 2:
        first, second = places
        return second == first + 1 and one[first] == other[second] and one[second] == other[first]
    return len(places) == 1


def list_variants(one: str, other: str) -> tuple[tuple[str, str], ...]:
    """Return the characters in which two names of one length differ, pair by pair."""
    return tuple((a, b) for a, b in zip(one, other, strict=True) if a != b) if len(one) == len(other) else ()


def _compare_names(one: str, other: str) -> _Names:
    if not one or not other:
        return _Names.UNKNOWN
    if one == other:
        return _Names.SAME
    if one.translate(_FOLDED) == other.translate(_FOLDED):
        return _Names.VARIANT
    differing = list_variants(one.translate(_FOLDED), other.translate(_FOLDED))
    return _Names.NEAR if len(differing) == 1 and len(one) > 1 else _Names.OTHER
