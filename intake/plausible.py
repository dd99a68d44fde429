"""Whether bytes read as Chinese are Chinese: a success of gb18030 proves nothing, everyday characters do."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SAMPLE_CHARS = 500  # enough for statistics; a letter is judged by its beginning
_GB_PAIR = re.compile(rb"[\x81-\xfe](?:[\x40-\x7e\x80-\xfe]|[\x30-\x39][\x81-\xfe][\x30-\x39])")
_HAN = re.compile("[\u3400-\u9fff]")
_NOT_HAN = re.compile("[^\x00-\x7f\u3000-\u303f\u3400-\u9fff\uff00-\uff5e]")
# Letters of other scripts, private use, unassigned: what Chinese read with a wrong charset is full of.
_STRANGE = frozenset({"Co", "Cn", "Cc", "Lo", "Cs"})
KANA = re.compile("[\u3041-\u30ff]")

# The characters that make up most of any Chinese letter, simplified and traditional, and those of our
# subject. Korean, Russian or Japanese bytes read as GB give characters, but hardly ever these.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行"
    "学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然"
    "前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无"
    "系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组"
    "见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增"
    "争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八"
    "离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验"
    "连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯"
    "院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严您请谢附医疗险社卡户籍居户邮箱"
    "话联系缴费申请材料图片登备案报销退休职灵职姓名址码先女士贵司领导烦麻谢祝您附件网址发送回复主题"
    "這個國時來們為說對會發動過種產學經進電開當實現從業還點關無問題應與體間樣數線變條結解論運農區強戰則據處隊給門規熱領"
    "導壓爭濟階術極聯認權證轉單風帶場車務達報議聲員圖統計組見長沒兩類離華確張馬節話萬號歷習劃選標寫親養層狀廠識適屬價嚴您請謝"
)


def is_plausible_chinese(text: str) -> bool:
    """Return whether a text decoded as Chinese may be so: few letters of other scripts, enough everyday characters."""
    sample = text[:SAMPLE_CHARS]
    strange = sum(unicodedata.category(c) in _STRANGE for c in _NOT_HAN.findall(sample))
    share, han = common_share(sample)
    if han == 0:
        return strange == 0
    return strange <= 0.15 * (han + strange) and (han < 8 or share >= 0.2)


def common_share(text: str) -> tuple[float, int]:
    """Return how many of a text's Han characters are everyday ones (0 to 1), and how many Han it has."""
    han = _HAN.findall(text[:SAMPLE_CHARS])
    if not han:
        return 0.0, 0
    return len([c for c in han if c in _COMMON]) / len(han), len(han)


def share_of_level_one(raw: bytes, codec: str) -> float:
    """Return the share of multi-byte characters in the charset's everyday level (GB 2312 or Big5 level 1)."""
    try:
        raw.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    pairs: list[bytes] = _GB_PAIR.findall(raw)
    if not pairs or sum(map(len, pairs)) < sum(b > 0x7F for b in raw):
        return 0.0
    if codec == "gb18030":
        good = float(sum((0xB0 <= p[0] <= 0xD7 and p[1] >= 0xA1) or p[0] in {0xA1, 0xA3} for p in pairs))
        # GB 2312's second level holds rare names; half a point, so that Big5 cannot win by them.
        good += 0.75 * sum(0xD8 <= p[0] <= 0xF7 and p[1] >= 0xA1 for p in pairs)
    else:
        good = 0.9 * sum(0xA1 <= p[0] <= 0xC6 for p in pairs)
        common = common_share(raw.decode(codec))[0] - common_share(raw.decode("gb18030", "replace"))[0]
        good += common * len(pairs)
    return good / len(pairs)


def score_text(text: str) -> float:
    """Return how everyday the non-ASCII characters of a text are, 1 for the commonest Han, below 0 for no letter's.

    It compares readings of the same bytes, of a name as of a letter: a wrong one is full of rare characters.
    """
    sample = [c for c in text if c > "\x7f"][:SAMPLE_CHARS]
    if not sample:
        return 0.0
    letters = sum(_is_other_letter(c) for c in sample)
    # Cyrillic or kana among Han is a wrong reading; a text of them is a letter from abroad.
    worth = 0.6 if letters >= 0.35 * len(sample) else -0.3
    return sum(worth if _is_other_letter(c) else _score_character(c) for c in sample) / len(sample)


@lru_cache(maxsize=8192)
def _is_other_letter(character: str) -> bool:
    return not "\u3400" <= character <= "\u9fff" and unicodedata.category(character) in {"Lu", "Ll", "Lo", "Lm"}


@lru_cache(maxsize=8192)
def _score_character(character: str) -> float:
    if character in _COMMON:
        return 1.0
    if "\u3400" <= character <= "\u9fff":
        simplified = character.encode("gb2312", "ignore")
        if simplified:
            return 0.8 if simplified[0] <= 0xD7 else 0.5
        traditional = character.encode("big5", "ignore")
        return 0.2 if not traditional else 0.7 if traditional[0] <= 0xC6 else 0.3
    if "\u3000" <= character <= "\u301f" or "\uff00" <= character <= "\uff5e" or character in "“”‘’…—·\xa0":
        return 0.8
    return -1.0 if unicodedata.category(character) in {"Co", "Cn", "Cc", "Cs"} or character == "\ufffd" else -0.3
