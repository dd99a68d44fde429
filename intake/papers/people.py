"""Names of people as papers print them: told from other words, spaced, dotted, glued to what stands behind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_NAME = re.compile(r"^[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]{2,4}(?:·[\u3400-\u9fff]{1,10})*")
_LONG_NAME = re.compile(r"^[\u3400-\u9fff]{2,8}(?:·[\u3400-\u9fff]{1,10})+")
_DOT = re.compile(r"(?<=[\u3400-\u9fff])\s*[·•・‧∙⋅.]\s*(?=[\u3400-\u9fff])")  # 阿卜杜拉·买买提, whatever its dot
_NAME_CHARS = 5
# The head of the next column, sums, and what forms say in place of a name.
_NO_NAME = re.compile(
    r"[姓资称码别额类级期号务表职]|原因|时间|需要|本人|同志|单位|公司|签字|签名|签收|盖章|合计|小计|总计|空白|如下|同意|说明|备注|[变不]变|变化|变更|信息|内容|[有无]效|复印|提供|出生|生于|年龄|民族"
)
_LAST_WORD = re.compile(r"[\u3400-\u9fff·]{2,}$")  # who signed: 申请人：张三丰
_AFTER_NAME = re.compile(r"(?<=[\u3400-\u9fff]{2})(?:签字|签名|签章|盖章|同志|先生|女士)$")
# 张寒枝男60岁: a recogniser leaves out the blank before the sex. 张胜男 is a name.
_GLUED_SEX = re.compile(r"([\u3400-\u9fff]{2,4}?)[男女](?:$|[\d,、;(]|性别|民族|年龄|汉族?)")
_DOUBLE_SURNAMES = frozenset(
    re.findall("..", "欧阳司马上官诸葛司徒东方皇甫尉迟公孙慕容令狐长孙宇文夏侯端木南宫独孤呼延")
)
_LOOKALIKES = frozenset("龚")
_RESIDUE = frozenset("但供仅务的用使办者")  # never in a name: what a watermark's letter looks like
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


def read_name(text: str) -> str:
    """Return the name that a text begins with: two to four characters, longer ones with their middle dot."""
    cells = _DOT.sub("·", text).translate(_SIMPLIFIED).split()
    first = _unglue(_AFTER_NAME.sub("", _join_spaced(cells)))
    if found := _LONG_NAME.match(first):
        return found[0]
    found = _NAME.match(first)
    is_sentence = re.match(rf"[\u3400-\U0003ffff]{{{_NAME_CHARS}}}", first)
    return found[0] if found and not is_sentence and not _NO_NAME.search(found[0]) else ""


def _unglue(word: str) -> str:
    """Return a word without a sex or a watermark's letter that was read as its end."""
    found = _GLUED_SEX.match(word)
    if found and (len(found[0]) > len(found[1]) + 1 or (len(found[1]) == 3 and word[:2] not in _DOUBLE_SURNAMES)):
        return found[1]
    if len(word) == 4 and word[3] in _RESIDUE and word[:2] not in _DOUBLE_SURNAMES:
        return word[:3]
    return word


def has_lookalike(name: str) -> bool:
    """Whether a name holds a character that a recogniser reads for one it does not know: 龚, a surname, for 䶮."""
    return bool(_LOOKALIKES & set(name[1:]))


def is_cut_off(name: str, text: str) -> bool:
    """Whether a name was cut out of a longer word at a place that is not sure: 张胜|男60岁, 武可涛|但."""
    at = text.find(name)
    after = text[at + len(name) :][:1] if at >= 0 else ""
    is_short = len(name) == 2 or name[:2] in _DOUBLE_SURNAMES
    return after in _RESIDUE or (is_short and after in ("男", "女"))


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
    ends = [found[0] for text in texts if (found := _LAST_WORD.search(unicodedata.normalize("NFKC", text).strip()))]
    near = [end for end in ends if len(end) == len(name) > 2 and end[0] == name[0]]
    is_denied = any(sum(a != b for a, b in zip(end, name, strict=True)) == 1 for end in near)
    return name in ends, is_denied and name not in ends


def read_named(text: str) -> str:
    """Return the name that stands before an id number: 兹有张三丰，男，身份证号…"""
    found = _NAMED.search(text)
    return found[1] if found and not _NO_NAME.search(found[1]) else ""
