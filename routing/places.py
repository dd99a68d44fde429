"""Places in words: which of an agency's districts a mail states as the writer's own, and where somebody's 户口 is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from domain.catalogue import Agency, Office
from routing.words import fold_word

_LEADING_PLACE = re.compile(r"(.{2,6}?)(省|自治区|市|县|区|州)")
# 中山路 is a street and 中山市 another city: a district's short name counts only when nothing of this follows.
_NO_DISTRICT = re.compile(r"(?:[东西南北中]?(?:路|街|大街|大道|巷)|广场|公园|大学|学院|医院|酒店|市(?!区)|陵|装|先生)")
_OTHER_CITY = re.compile(r"([一-鿿]{2,4})[市省州]$")
_HOUSE_NUMBER = re.compile(r".+?\d号")
_MOVES_THERE = re.compile(r"[转迁调](?:出|移|走)?[到往至去回][^,。;!?]{0,8}$")
# What is posted somewhere says nothing about where the writer lives.
_POSTED_THERE = re.compile(r"(?:邮?寄|汇|快递|送)(?:出|送|了)?(?:到|往|至|去)?[^,。;!?]{0,6}$")
# Nor does whom the mail is addressed to ("沙区办事处的老师", "就近发你们沙河口了"), unless the writer belongs there.
_SPOKEN_TO = re.compile(r"(?:你们|您们?|恁|贵)(?:那|这)?[边里儿]?$|(?:发|投|传)(?:邮件)?(?:到|给|至|去)?$")
_DESK = re.compile(r"(?:医疗?保险?|社保)?(?:办事处|分中心|中心|经办|办公室)|的?(?:老师|领导|同志|工作人员)")
_BELONGS = re.compile(r"(?:归|属于?|在|是)$")

# Where a 户口 may be, other than where the agency is: the provinces (辽宁 excepted: it says nothing about 大连),
# the larger cities, and what people call home.
_ELSEWHERE = re.compile(
    "外地|外省|外市|外县|异地|老家|娘家|婆家|原籍|乡下"
    "|北京|天津|上海|重庆|河北|山西|内蒙|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南"
    "|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|香港|澳门|台湾"
    "|沈阳|鞍山|抚顺|本溪|丹东|锦州|营口|阜新|辽阳|盘锦|铁岭|朝阳|葫芦岛|凤城|盖州|岫岩"
    "|哈尔滨|齐齐哈尔|牡丹江|佳木斯|大庆|绥化|鸡西|鹤岗|伊春|黑河|长春|四平|通化|松原|白城|延边|赤峰|通辽|呼伦贝尔|呼和浩特|包头"
    "|石家庄|唐山|秦皇岛|承德|太原|大同|济南|青岛|烟台|威海|潍坊|临沂|菏泽|济宁|德州|聊城|泰安|日照|淄博|滨州|东营|枣庄"
    "|郑州|洛阳|信阳|商丘|周口|南阳|驻马店|开封|安阳|新乡|武汉|长沙|广州|深圳|成都|达州|西安|兰州|合肥|阜阳|亳州|宿州"
    "|南京|苏州|徐州|连云港|宁波|杭州|温州|福州|厦门|南昌|九江|昆明|贵阳|南宁|海口|三亚|乌鲁木齐|伊宁"
)
_HUKOU = re.compile(r"户[口籍](?![本簿页])|落户")
_SETTLED = re.compile(r"(?P<no>)[到在于了至]*(?P<at>[一-鿿]{0,10})")
# No word of the first group may be made of others of it, or a mail of 早就早就… would be tried in every way there is.
_HUKOU_AT = re.compile(
    r"(?:所在地|地址|地)?(?:[我他她它]|孩子|一直|就|还|也|都|是|分别|现在?|目前|[前去今]年|已经?|早|年前|年后|刚|全|又|仍|(?>[跟随]着?(?:[我他她]|[父母爸妈爷奶姥]{1,2})?(?:一起|一块)?))*"
    r"(?P<no>没有?|不是?|未)?(?:在|是|落户?|迁|转|办|上|属于?|归|为|:|挂|报|回|动|过)(?:在|到|进|了|入|着|回|往|去|过|来)*"
    r"(?P<at>[一-鿿]{0,10})"
)
_NOT_BEFORE = re.compile(r"(?:没有?|不是|非|无|不算)[^,。;!?]{0,3}$")
_FROM = re.compile(
    r"(?:^|[,。;!?:])(?:我|俺|本人|咱|我们|俺们)?(?:家|都)*是(?P<is>[一-鿿]{2,8}?)(?:本地|当地)?(?:人(?![员才事社])|的(?=[,。;!?]|$))"
    r"|(?:^|[,。;!?:])(?P<from>[一-鿿]{2,8}?)(?:本地|当地)?人(?=[,。;!?]|$)"
    r"|老家(?:就|是|在)*(?P<home>[一-鿿]{2,6})"
)
# "我是大连退休的" tells an employment, no origin.
_NO_ORIGIN = re.compile(r"退休|参保|职工|单位|公司|厂|局|直|医|院")


def find_own_place(agency: Agency) -> str:
    """Return the place an agency's name begins with, folded (大连), '' when it begins with none."""
    leading = _LEADING_PLACE.match(fold_word(agency.name))
    return leading.group(1) if leading else ""


def find_hukou(text: str, own_places: Collection[str]) -> frozenset[bool]:
    """Return whether a folded text says of a 户口 that it is in one of ``own_places`` (True), or elsewhere (False).

    Both where it speaks of two people's, nothing where it is left open. Where somebody comes from counts only in a text
    that tells no 户口: people move.
    """
    told: set[bool] = set()
    for hukou in _HUKOU.finditer(text):
        behind = (_SETTLED if hukou.group() == "落户" else _HUKOU_AT).match(text, hukou.end())
        found = _is_own_place(behind.group("at")[:6], own_places) if behind else None
        if behind and behind.group("no"):
            # "户口不在大连" and "户口没迁过来" tell it, "户口没在老家" and "户口不在手边" leave it open.
            is_moved = any(verb in behind.group()[: -len(behind.group("at")) or None] for verb in "迁落转动过")
            found = False if found or (found is None and is_moved) else None
        if found is None:
            before = re.split(r"[^一-鿿]", text[max(0, hukou.start() - 10) : hukou.start()])[-1]
            found = _is_own_place(before, own_places, is_last=True)
            if found and _NOT_BEFORE.search(before[: _last_end(before, own_places)]):
                found = False
        if found is not None:
            told.add(found)
    if not told:
        for origin in _FROM.finditer(text):
            place = origin.group("is") or origin.group("from") or origin.group("home")
            if not _NO_ORIGIN.search(place) and (found := _is_own_place(place, own_places)) is not None:
                told.add(found)
    return frozenset(told)


def _is_own_place(words: str, own_places: Collection[str], *, is_last: bool = False) -> bool | None:
    """Return whether the place in some words is an own one, None without any; of two the first or last counts."""
    found = [(m.start(), False) for m in _ELSEWHERE.finditer(words)]
    found += [(words.rfind(p) if is_last else words.find(p), True) for p in own_places if p in words]
    return (max(found) if is_last else min(found, key=lambda at: (at[0], not at[1])))[1] if found else None


def _last_end(words: str, own_places: Collection[str]) -> int:
    return max((words.rfind(p) for p in own_places if p in words), default=len(words))


def find_districts(
    text: str, offices: Iterable[Office], *, own_place: str = "", leaves: bool = False
) -> tuple[Office, ...]:
    """Return the offices whose districts a folded text states, in order of mention, each once.

    Several offices may serve one district. Where something is posted to, a street ("中山路"), a
    district of another city ("济南市高新区") and an office's own postal address are no statement about the writer;
    for one who ``leaves``, neither is where he moves to ("转到济南高新区").
    """
    unlike = (_POSTED_THERE, _MOVES_THERE) if leaves else (_POSTED_THERE,)
    offices = tuple(offices)
    text = _mask_addresses(text, offices, own_place)
    names: dict[str, list[Office]] = {}
    for office in offices:
        for district in office.districts:
            names.setdefault(fold_word(district), []).append(office)
    found: list[tuple[int, list[Office]]] = []
    spoken_to: list[tuple[int, list[Office]]] = []
    taken = bytearray(len(text))
    # The longest first: 金普新区 before 金普.
    for name in sorted(filter(None, names), key=lambda n: (-len(n), n)):
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if not any(taken[at:end]):
                taken[at:end] = b"\x01" * len(name)
                if _is_stated(text, at, end, own_place=own_place, unlike=unlike):
                    (spoken_to if _is_spoken_to(text, at, end) else found).append((at, names[name]))
            at = text.find(name, end)
    # Who states no district of his own means the office he speaks to.
    found = sorted(found or spoken_to, key=lambda pair: pair[0])
    return tuple(dict.fromkeys(office for _, group in found for office in group))


def _is_spoken_to(text: str, at: int, end: int) -> bool:
    before = text[max(0, at - 8) : at]
    return bool(_SPOKEN_TO.search(before) or (_DESK.match(text, end) and not _BELONGS.search(before)))


def _mask_addresses(text: str, offices: Iterable[Office], own_place: str) -> str:
    """Return a text without the postal addresses of the offices, whole or up to the house number."""
    for office in offices:
        address = fold_word(office.postal_address)
        number = _HOUSE_NUMBER.match(address)
        for form in (address, number.group() if number else ""):
            for masked in (form, form.removeprefix(f"{own_place}市")):
                if masked:
                    text = text.replace(masked, "#")
    return text


def _is_stated(text: str, at: int, end: int, *, own_place: str, unlike: Sequence[re.Pattern[str]]) -> bool:
    before = text[max(0, at - 16) : at]
    other_city = _OTHER_CITY.search(before)
    if other_city and not (own_place and other_city.group(1).endswith(own_place)):
        return False
    is_full_name = text[end - 1] in "区市县处"
    return not (any(sign.search(before) for sign in unlike) or (not is_full_name and _NO_DISTRICT.match(text, end)))
