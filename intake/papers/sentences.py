"""Names that stand without a label: in a sentence (兹证明张三，男), glued to a sex, alone beside one on a card."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from intake.papers.lines import Line
from intake.papers.people import is_known_surname, read_name
from intake.papers.printed import find_below, fold_word, right_of
from intake.papers.views import View, find_right, text_of

_HAN = r"[\u3400-\u9fff]"
_WHO = (
    "兹有我单位职工|我单位职工|本单位职工|我公司员工|本公司员工|我公司职工|单位职工|参保人员|参保人|患者|病人|居民|市民|村民|"
    "同志|职工|员工|学生|医师|产妇|孕妇|新生儿|婴儿|兹有|兹证明|证明|本人|我叫|我是|申请人"
)
_SEX = r"[男女](?:性)?(?=$|[\s,，、;；。)）(\d]|汉|族|生于|出生)"
_NUMBER = r"(?:其)?(?:居民|公民)?(?:身份证|公民身份|社会保障号|社保号|证件号)"
_TOLD = rf"{_SEX}|性别|现年|年龄|\d{{1,3}}周?岁|\d{{4}}年|出生|生于|系{_HAN}|因{_HAN}"
# A name in a sentence, by who is said to follow, and what follows it.
_AFTER_WHO = re.compile(
    rf"(?:{_WHO})[\s:]*(?!{_WHO})({_HAN}{{2,4}}?)\s*"
    rf"(?:(?:同志|先生|女士)(?!们)|[(（,，、;\s]*(?:{_NUMBER}|{_SEX})|[(（,，、;\s]+(?:{_TOLD}))"
)
_ALONE = re.compile(
    rf"(?:^|[^\u3400-\u9fff])({_HAN}{{2,4}}?)\s*(?:(?:同志|先生|女士)\s*(?=[(（:：,，])|"
    rf"(?:同志|先生|女士)?[(（,，、;\s]*(?:[男女][,，、\s]*)?{_NUMBER})"
)
# 名称：张三 纳税人识别号: who buys is a person now and then.
_BUYER = re.compile(
    rf"(?:^|购买?方|买方|付款方|抬头)\s*(?:信息)?\s*名\s*称\s*:\s*({_HAN}{{2,4}})\s*(?=$|[(（]个人|纳税人|统一社会|身份证|电话)"
)
# 张三 男 45岁, 张三，女，1980年5月出生: at the head of a line.
_AT_HEAD = re.compile(
    rf"^[\s(（]*({_HAN}{{2,4}}?)[\s,，、]+[男女](?:性)?[\s,，、]+(?:\d{{1,3}}周?岁|\d{{4}}\s*[年.-]|{_HAN}{{1,4}}族|{_NUMBER}|生于)"
)
# 优秀职工张三同志（身份证…）: whatever stands before, the name ends where the honorific begins.
_HONOURED = re.compile(rf"({_HAN}{{2,3}})(?:同志|先生|女士)\s*[(（,，、]\s*(?:[男女]|{_NUMBER})")
# 我叫张三，住在…
_MYSELF = re.compile(rf"(?:我叫|我名叫|我是|本人叫)\s*({_HAN}{{2,4}}?)\s*[,，、。;]")
_NO_PERSON = re.compile(r"全体|各位|尊敬|[省市县区乡镇村路街族证卡局院厅所部]$|同志|职工|患者")
_SEX_LINE = re.compile(r"(?:性别:?)?[男女](?:\d{1,3}周?岁)?(?:(?:民族:?)?[\u3400-\u9fff]{1,4}族?)?")
_NUMBER_LINE = re.compile(r"(?:社会保障号码?|公民身份号码|身份证号码?):?(?:\d{17}[\dX])?|\d{17}[\dX]", re.IGNORECASE)
_WRAPPED_CHARS = 10  # a shorter line ends because its sentence does


def read_told_name(text: str) -> str:
    """Return the name that a sentence tells: 兹证明患者张三，男，45岁; 张三同志（身份证号…）; '' for none."""
    for pattern in (_AFTER_WHO, _ALONE, _BUYER, _MYSELF, _AT_HEAD, _HONOURED):
        for found in pattern.finditer(text):
            for word in (found[1], found[1][1:]) if pattern is _HONOURED else (found[1],):
                name = read_name(word)
                if len(name) > 1 and name == word and is_known_surname(name) and not _NO_PERSON.search(name):
                    return name
    return ""


def find_sentences(view: View) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """Yield a paper's lines as they read, then each of a sentence with the line in which it goes on."""
    for line in view.lines:
        yield text_of(line), (line,)
    for line in view.lines:
        if (text := text_of(line)) and len(text) >= _WRAPPED_CHARS and (more := _find_rest(line, view.lines)):
            yield text + text_of(more), (line, more)


def _find_rest(line: Line, lines: Sequence[Line]) -> Line | None:
    below = find_below(line, lines)
    height = max(line.height_px, 1.0)
    # The first line of a paragraph is indented, the others are not.
    return below if below is not None and -4 * height < below.left - line.left < height else None


def find_lone_name(view: View) -> tuple[str, Line] | None:
    """Return a name that stands alone on its line with a sex beside or below it, as on cards that name no blanks."""
    for line in view.lines:
        text = re.sub(r"\s", "", text_of(line))
        is_short = 2 <= len(text) <= 4 or "·" in text
        if is_short and read_name(text) == text and is_known_surname(text) and not _NO_PERSON.search(text):
            beside = next(find_right(line, view), None)
            below = find_below(line, view.lines)
            if beside is not None and _SEX_LINE.fullmatch(fold_word(beside.text)):
                return text, line
            if below is not None and abs(below.left - line.left) < 2 * line.height_px and _tells_person(below):
                return text, line
    return None


def _tells_person(line: Line) -> bool:
    text = re.sub(r"\s", "", text_of(line))
    is_sex = bool(_SEX_LINE.fullmatch(text)) and right_of(line) - line.left < 8 * max(line.height_px, 1.0)
    return is_sex or bool(_NUMBER_LINE.fullmatch(text))
