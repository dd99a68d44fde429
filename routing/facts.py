"""What a mail states in words: telephones wherever they stand, the address to answer, the destination of a transfer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet

from domain.hanzi import SIMPLIFIED, TRADITIONAL
from domain.mail import Message
from domain.papers import Paper
from domain.routing import Facts
from domain.text import compose
from routing.words import find_forwarded

_SIMPLER = str.maketrans(TRADITIONAL, SIMPLIFIED)
# Who writes more than this leaves his number in the first pages.
_MAX_TEXT = 50_000
# 幺, 两, 洞, 拐 and 勾 are how numbers are read out; 参 is 參, simplified.
_CHINESE_DIGITS = str.maketrans("零〇○洞一二三四五六七八九幺两拐勾壹贰叁参肆伍陆柒捌玖", "000012345678912791233456789")
_CHINESE_DIGIT = r"[零〇○洞一二三四五六七八九幺两拐勾壹贰叁参肆伍陆柒捌玖\d]"
_CHINESE_RUN = re.compile(_CHINESE_DIGIT + r"(?:[ \-.·,、]{0,3}" + _CHINESE_DIGIT + r"){6,}")
# Bounded on both sides of the @ (RFC 5321 4.5.3.1), so that a megabyte of base64 costs no more than its length.
_MAIL_ADDRESS = re.compile(
    r"(?<![a-z0-9._%+\-])[a-z0-9][a-z0-9._%+\-]{0,63}@[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63}){1,8}", re.IGNORECASE
)
# A run of digits with a few separators between two of them: a whole number as people write it.
_DIGIT_RUN = re.compile(r"\d(?:[ \-.·_—–/,、()]{0,3}\d)*")
# The letter for the digit: 139OOOO1234.
_LETTER_ZEROS = re.compile(r"(?<=\d)[oO]{1,8}(?=\d)")
_DATE = re.compile(r"(?:19|20)\d\d[\-./]\d{1,2}[\-./]\d{1,2}(?!\d)")
_MOBILE = re.compile(r"(?:0{0,2}86)?(1[3-9]\d{9})")
_MOBILE_TOKEN = re.compile(
    r"(?:(?<![\dA-Za-z*])|(?<=tel)|(?<=phone)|(?<=mobile))(?:\+?(?:00)?86[ \-]?)?(1[3-9]\d{9})(?![\dXx*])",
    re.IGNORECASE,
)
# 010, 02x and 0xxx are the area codes of the national numbering plan; the number behind has 7 or 8 digits.
_LANDLINE = re.compile(r"(?<![\d\-])\(?(0(?:10|2\d|[3-9]\d{2}))\)?[ \-—–.转]{0,3}([2-8]\d{2,3})[ \-—–]?(\d{4})(?!\d)")
_BARE_LANDLINE = re.compile(
    r"(?:电话|[座坐]机|固话|tel|phone|致电|联系方式)[^\d\n]{0,8}([2-8]\d{2,3})[ \-—–]?(\d{4})(?!\d)", re.IGNORECASE
)
_ID_NUMBER = re.compile(r"(?<!\d)\d{6} ?\d{8} ?\d{3}[\dXx](?!\d)")

_BOX = r"(?:邮箱|信箱|邮件|邮址|电邮|箱子|e-?mail)(?:地址|号)?"
_THIS = r"(?:这一?个?|此|该|本|我这?个?|发件|来信|原)"
_DO_NOT = r"(?:勿|不要|不用|不能|不必|无需|无须|甭|莫|别(?![的人处家]))(?:再|直接)?"
_ANSWERS = r"(?:回[复信]?|答复|发|寄|写信|联系|通知)"
# Not to be answered there: said outright, or because nobody reads it.
_DO_NOT_ANSWER = re.compile(
    rf"{_DO_NOT}(?:[把将][^,。;!?\s]{{1,6}}?)?(?:往|向|给|在|用|到|朝|再|发到?|寄到?)*{_THIS}?(?:的|公司|单位)?{_BOX}[里上来]?(?:再|直接)?{_ANSWERS}"
    rf"|{_DO_NOT}[把将][^,。;!?\s]{{1,6}}?{_ANSWERS}[到至往给在]{_THIS}的?{_BOX}"
    rf"|{_DO_NOT}[往向给在到朝]这(?:里|儿|边)?(?:再|直接)?{_ANSWERS}"
    rf"|{_DO_NOT}{_ANSWERS}[到至往给在去]?{_THIS}?[边里]?(?:的|公司|单位)?{_BOX}"
    rf"|{_BOX}[^,。;!?\s]{{0,6}}不(?:经?常|怎么|太|大|咋|总|天天)[看用上登开查]"
    rf"|(?:这个?|此|该|本){_BOX}[^,。;!?\s]{{0,8}}(?:没人[看管]|[收看登]不[到了上]|不是(?:我|本人)的|不看|不用了|用不了|要?停用|要?注销)",
    re.IGNORECASE,
)
# A borrowed mailbox is as good as closed to the applicant, but for one borrowed within the family.
_BORROWED = re.compile(
    rf"[借蹭](?:用|了|的是|一下)*(?:[^,。;!?\s]{{0,12}}的)?[^,。;!?\s]{{0,6}}{_BOX}"
    rf"|{_BOX}[^,。;!?\s]{{0,4}}(?:借|(?:别人|人家|旁人|外人|网吧|网咖|打印[社店部]|图文店|公用|公共)的)"
    rf"|(?:别人|人家|旁人|外人|网吧|网咖|打印[社店部]|图文店|公用|公共)的?{_BOX}",
    re.IGNORECASE,
)
_KIN = re.compile(r"儿子|女儿|闺女|姑娘|孩子|孙|老公|老婆|爱人|对象|媳妇|丈夫|妻子|老伴|[爸妈爹娘父母哥姐弟妹]|女婿")
_ANSWER_HERE = re.compile(
    rf"(?:[回发寄][复信送]?[到至在给]?(?:这个?|此|本|该){_BOX}|{_BOX})(?:就|也|即)?(?:行|可以?|好|能|没问题|收得?到|能?收到)"
    r"|(?:会|能|帮我?|再)转(?:告|达|交|给)",
    re.IGNORECASE,
)
_ADDRESS_LABEL = re.compile(
    r"(?:邮箱|信箱|e-?mail|电子邮件|邮件|(?:回复|发送?|寄)(?:到|至|给))(?:地址|号)?(?:为|是|请)?[^\w@]{0,6}$",
    re.IGNORECASE,
)
_ANSWERING = re.compile(r"\s*(?:回复|答复|re\b|补)", re.IGNORECASE)

_UP_TO_NUMBER = re.compile(r".+?\d号")

# ── Where a transfer goes: an address is known by its road and number, or by a building and its floor.
_COUNT = r"(?:\d{1,5}|[一二三四五六七八九十百零〇]{1,5})"
_NO_COUNTER = r"(?!\s*(?:线|窗|柜|通告|文|之?[前后]|以[前后]|[上下]午|早|晚|出生|那天|当天))"
_HOUSE = re.compile(
    # 路9号, 街甲2号, 胡同里十五号, 镇政府街18-2号; no date (月…号) and no counter of a hall stands between.
    r"(?:路|街|道|巷|弄|胡同|里|村|屯|庄|镇|乡|段|条|园|苑|城|坊|桥)[^\s,。;:!?月日第\d]{0,8}?"
    rf"\s{{0,2}}{_COUNT}(?:[\-—–之]\d{{1,4}})?\s{{0,2}}(?:号{_NO_COUNTER}|弄|#|栋|幢|座)"
    r"|(?:路|街|大道|巷|弄)\d{1,5}(?:[\-—–]\d{1,4})?(?![\d号路年月日块元岁人个公])"
    r"|(?:路|街|大道)[^\s,。;:!?]{0,8}(?:路口|交[叉汇界][处口]?|对[面过]|[东西南北]侧)"
    rf"|(?:大厦|大楼|写字楼|广场|中心|之家|大厅|小区|园区?|大院)[^\s,。;:!?\d]{{0,4}}?(?:{_COUNT}(?:号楼|座|楼|层|室|栋)|[a-z东西南北]座)",
    re.IGNORECASE,
)
_STREET = re.compile(r"(?:路|街(?!道)|大道|巷|胡同|大厦|广场)|[镇乡](?:人民)?政府|村委")
_PLACE_LABEL = re.compile(r"地址(?:[是为在]|:|,|\s)*|[邮寄](?:寄|送|递)?[到至往给](?:[:,]|\s)*")
# Where an address begins: behind its label, the verb that posts something there, or "in".
_PLACE_LEAD = re.compile(
    r"地址(?:[是为在]|\s)*|(?:邮寄|寄[送往]?|邮递?|快递)(?![政电局编箱宿存])[到至往给去]?|[发送][到至往给]|[在到是]|转[往至入]?"
)
_PLACE_END = re.compile(
    r"[。;,!?\n]"
    r"|[、\s]*(?:联系|电话|手机|邮编|邮政编码|tel|收件|传真|他那|\(?[收转]\)?(?:$|\s)|\(?0\d{2,3}[)\- ]|1[3-9]\d{9})",
    re.IGNORECASE,
)
_PLACE_PART = re.compile(r"[省市区县州旗镇乡路街]$")
_NOT_POSTED = r"(?:(?![寄邮转]|接收)[^,。;!?\n]){0,30}$"
# The writer's own address, and what was posted to us.
_OWN_PLACE = re.compile(
    rf"(?:[我俺咱](?:们|家)?(?:现在?|目前|就|的)?(?:住|家|地址)|家住|[现居]住|住址|家庭[住地]址|户[口籍](?:所在|地|在|是)|身份证(?:上|的?[住地]址)|[寄发]件"
    rf"|(?:我|本|工作|现|新|原|所在)(?:们)?(?:单位|公司)|(?<!接收)(?<!收件)(?<!接受)单位[地在位]){_NOT_POSTED}"
)
# A block about the writer: 姓名, 身份证号, and then 地址 without a word of whose.
_OWN_BLOCK = re.compile(r"(?:姓名|申请人|参保人|身份证)[^\n]{0,30}\n(?:[^\n]{0,30}\n){0,2}[^\n转接收寄邮医社]{0,8}$")
_POSTED_TO_US = re.compile(
    r"(?:你们|您那?里?|贵(?![阳州港])|[你您]处|原件|纸质|材料|复印件|已经?|昨天|今[天早])"
    r"[^,。;!?\n请烦帮]{0,8}[寄邮][^,。;!?\n]{0,8}$"
    r"|(?:你们|贵(?:单位|中心|处)|你[处单]|咱们?中心)[^,。;!?\n]{0,6}$"
)
_TAKES_OVER = re.compile(
    r"转[入往到至去走回出]|接[收受]|收件|对方|[那哪](?:边|头|儿|里)|当地|新参保|经办|寄|邮|地址|凭证"
)
_AGENCY = re.compile(r"医保|社保|人社|社会保险|医疗保险|医疗?保障|参保|政务|市民|便民|行政服务")
# Whose telephone it is: the last of these words before it tells.
_THEIR_PHONE = re.compile(
    r"转[入往到至去]|接[收受]|收件|对方|[那](?:边|头|儿|里)|他那|他们|人家|当地|新参保|经办机构|医保|社保|人社"
    r"|社会保险|医疗保险|医疗?保障|服务[处所中]|中心|大厅|地址|[寄邮][到至往给]|#地"
)
_OWN_PHONE = re.compile(
    r"(?<![给跟])(?:[我俺咱](?:们|家|的|自己|个人|本人)*(?:的)?(?:联系|办公|单位|公司|座机|手机|电话|号)|[打找回叫]我|联系我)"
    r"|本人|申请人|参保人|[我本]单位|[我本]公司|家里|(?<!医保)(?<!保险)(?<!社保)办公室|有(?:事|问题|疑问|什么)|手机|组织部|人事"
)
_PHONE_LINE = re.compile(
    r"\s*(?:联系|办公|咨询|单位)?(?:电话|座机|固话|tel|联系方式|传真|邮编|邮政编码|收件人|联系人)", re.IGNORECASE
)
# The line of a block that the telephone below it belongs to: an address, or whom one reaches there.
_BLOCK_LINE = re.compile(
    r"#地|^\s*(?:转[入往到至去](?:地|的|机构|单位)|接[收受]|收件|对方|新参保)[^。;!?]*$"
    r"|^(?![^,。;!?]{0,16}(?:我|本人|转|要|申请|办))[^,。;!?]{0,16}(?:医保|社保|人社)[^,。;!?]{0,8}$"
)
# Behind an address these words call a mobile number the address's.
_BARE_LABEL = re.compile(r"\s*(?:(?:联系|收件|经办)人[^,]{0,8}|(?:联系)?电话\D{0,4})")
_SENTENCE_END = re.compile(r"[。;!?\n]")


def find_facts(
    message: Message,
    papers: Iterable[Paper],
    *,
    own_numbers: AbstractSet[str] = frozenset(),
    own_addresses: AbstractSet[str] = frozenset(),
    asked_numbers: AbstractSet[str] | None = None,
    asked_places: Iterable[str] = (),
) -> Facts:
    """Return what a message and its papers state, each in order of appearance.

    ``own_numbers`` (digits only) and ``own_addresses`` (lower-case) are the agencies' own: a
    citizen who writes "I rang 83709182 in vain" has left no telephone. Only ``asked_numbers``, those of the agency
    written to (default: all), are no destination's either, nor are its postal addresses (``asked_places``): people
    move from one of our agencies to another. A forwarded mail has no text of its own, so the text below counts;
    otherwise quoted history never does.
    """
    papers = tuple(papers)
    text = message.text if message.text.strip() else find_forwarded(message)
    body = _normalise(f"{message.subject}\n{text}"[:_MAX_TEXT])
    others = [a.name for a in message.attachments] + [p.attachment for p in papers]
    others += [value for p in papers for value in p.fields.values()]
    others += [a.text[:_MAX_TEXT] for a in message.attachments]
    texts = [_mask(body), *(_mask(_normalise(other)) for other in dict.fromkeys(others) if other)]
    mobiles = _find_each(_find_mobiles, texts, own_numbers)
    landlines = _find_each(_find_landlines, texts, own_numbers)
    asked = own_numbers if asked_numbers is None else asked_numbers
    places = tuple(filter(None, (_UP_TO_NUMBER.match(compose(place)) for place in asked_places)))
    address, phone = _find_destination(
        _mask(body), asked, own_places=[m.group() for m in places], is_answer=_is_answer(message)
    )
    return Facts(
        mobiles=mobiles,
        landlines=landlines,
        email=_find_email(message, body, own_addresses),
        destination_address=address,
        destination_phone=phone,
    )


def merge_facts(old: Facts, new: Facts) -> Facts:
    """Return the facts of a case after one more mail: the newer word wins, and nothing known is lost."""
    return Facts(
        mobiles=tuple(dict.fromkeys((*new.mobiles, *old.mobiles))),
        landlines=tuple(dict.fromkeys((*new.landlines, *old.landlines))),
        email=new.email or old.email,
        destination_address=new.destination_address or old.destination_address,
        destination_phone=new.destination_phone or old.destination_phone,
        conditions=tuple(dict.fromkeys((*old.conditions, *new.conditions))),
    )


def find_digits(text: str) -> str:
    """Return the digits of a telephone as printed, for comparing."""
    return "".join(c for c in text if c.isdigit())


def _normalise(text: str) -> str:
    """Return a text in NFKC and simplified, with Chinese numerals of telephone length as digits; lines stay."""
    text = compose(text).translate(_SIMPLER)

    def digits(run: re.Match[str]) -> str:
        return run.group().translate(_CHINESE_DIGITS)

    text = _LETTER_ZEROS.sub(lambda zeros: "0" * len(zeros.group()), text)
    return _CHINESE_RUN.sub(digits, text)


def _mask(text: str) -> str:
    """Return a text without mail addresses and identity numbers, whose digits are no telephones."""
    if "@" in text:
        text = _MAIL_ADDRESS.sub(" # ", text)
    return _ID_NUMBER.sub(" # ", text)


def _find_each(
    find: Callable[[str], list[str]], texts: Sequence[str], own_numbers: AbstractSet[str]
) -> tuple[str, ...]:
    found = dict.fromkeys(number for text in texts for number in find(text))
    return tuple(n for n in found if not _is_own(n, own_numbers))


def _is_own(number: str, own_numbers: AbstractSet[str]) -> bool:
    area, dash, rest = number.rpartition("-")
    return area + rest in own_numbers or (bool(dash) and rest in own_numbers)


def _find_mobiles(text: str) -> list[str]:
    return [number for _, number in _place_mobiles(text)]


def _place_mobiles(text: str) -> list[tuple[int, str]]:
    """Return the mobile numbers of a text, each with where it begins."""
    found: list[tuple[int, str]] = []
    for run in _DIGIT_RUN.finditer(text):
        start, end = run.span()
        if end - start < 11:
            continue
        numbers = [(m.start(1), m.group(1)) for m in _MOBILE_TOKEN.finditer(text, start, end + 1)]
        # Written with gaps, the whole run must be one number: eleven digits of an account number are none.
        whole = _MOBILE.fullmatch(find_digits(run.group()))
        if not numbers and whole and not run.group().isdigit() and not _DATE.match(run.group()):
            numbers.append((start, whole.group(1)))
        found += numbers
    return found


def _find_landlines(text: str) -> list[str]:
    return [number for _, number in _place_landlines(text)]


def _place_landlines(text: str) -> list[tuple[int, str]]:
    """Return the landline numbers of a text, each with where it begins."""
    found = [(m.start(), f"{m.group(1)}-{m.group(2)}{m.group(3)}") for m in _LANDLINE.finditer(text)]
    found += [(m.start(1), m.group(1) + m.group(2)) for m in _BARE_LANDLINE.finditer(text)]
    return sorted(found)


def _find_email(message: Message, body: str, own_addresses: AbstractSet[str]) -> str:
    """Return the address to answer: one named as such, else the sender's unless the mail says not to answer there."""
    sender = message.answer_to.addr
    others = own_addresses | {r.addr for r in message.recipients} | {sender}
    is_closed = _says_not_to_answer(body)
    for found in _MAIL_ADDRESS.finditer(body) if "@" in body else ():
        addr = found.group().lower()
        is_named = _ADDRESS_LABEL.search(body[max(0, found.start() - 20) : found.start()])
        # Who wants no answer here and writes another address wants it there, however it is labelled.
        if addr not in others and (is_named or is_closed):
            return addr
    return "" if is_closed else sender


def _says_not_to_answer(body: str) -> bool:
    if _DO_NOT_ANSWER.search(body):
        return True
    borrowed = _BORROWED.search(body)
    return borrowed is not None and not _KIN.search(borrowed.group()) and not _ANSWER_HERE.search(body)


def _is_answer(message: Message) -> bool:
    """Return whether a mail answers or supplements: a bare number in it is the one that was asked for."""
    return bool(message.in_reply_to) or _ANSWERING.match(message.subject) is not None


def _find_destination(
    text: str, own_numbers: AbstractSet[str], *, own_places: Sequence[str], is_answer: bool
) -> tuple[str, str]:
    """Return address and telephone of the agency that takes over (山东通知一(四)), '' where not stated."""
    for place in own_places:
        text = text.replace(place, "#")
    start, address = _find_place(text, is_answer=is_answer)
    phone = _find_place_phone(text, own_numbers, place=(start, address), is_answer=is_answer)
    return address, phone


def _find_place(text: str, *, is_answer: bool) -> tuple[int, str]:
    """Return where the destination's address begins in a text, and the address; (-1, '') when none is stated.

    The name of an agency, or of a city, is no address: a letter to "青岛市医保中心" comes back.
    """
    for house in _HOUSE.finditer(text):
        start = _find_place_start(text, house.start())
        if _is_destination(text, start, house.end(), is_answer=is_answer):
            return start, _cut_place(text, start, house.end())
    for label in _PLACE_LABEL.finditer(text):
        rest = _cut_place(text, label.end(), label.end())
        if _STREET.search(rest) and _is_destination(text, label.end(), label.end() + len(rest), is_answer=is_answer):
            return label.end(), rest
    return -1, ""


def _find_place_start(text: str, at: int) -> int:
    """Return where the address begins whose road stands before ``at``: behind its label or what else parts it."""
    start = max((text.rfind(sign, 0, at) for sign in ",。;!?\n、:"), default=-1) + 1
    start = max(start, at - 40)
    for lead in _PLACE_LEAD.finditer(text, start, at):
        start = lead.end()
    # "张店医保 淄博市 张店区 云杉路18号": what ends in 市 or 区 is part of the address, another word is not.
    while (gap := text.rfind(" ", start, at)) >= 0 and _PLACE_PART.search(text[start:gap]):
        at = gap
    return gap + 1 if gap >= 0 else start


def _cut_place(text: str, start: int, end: int) -> str:
    stop = _PLACE_END.search(text, end, end + 40)
    return text[start : stop.start() if stop else end + 40].strip(" ,、:()").removesuffix("收")


def _is_destination(text: str, start: int, end: int, *, is_answer: bool) -> bool:
    """Return whether the address at this place is where the certificate goes, not the writer's or our own."""
    before = text[max(0, start - 60) : start]
    road = _STREET.search(text, start, end)
    if _OWN_PLACE.search(before + text[start : road.start() if road else end]):
        return False
    if _POSTED_TO_US.search(before) or _OWN_BLOCK.search(before):
        return False
    sentence = _SENTENCE_END.split(before)[-1]
    # A block of lines: the line above tells whose address this is.
    if not sentence.strip(" ,") or _PLACE_LABEL.match(sentence.strip()):
        sentence = before
    behind = _SENTENCE_END.split(text[end : end + 20])[0]
    return is_answer or any(sign.search(sentence) for sign in (_TAKES_OVER, _AGENCY)) or bool(_AGENCY.search(behind))


def _find_place_phone(text: str, own_numbers: AbstractSet[str], *, place: tuple[int, str], is_answer: bool) -> str:
    """Return the first telephone that is said to be the destination's, a landline rather than a mobile."""
    if place[1]:
        # What stands behind the address in its sentence is the address's, and no name in it is a label.
        at, end = place[0], place[0] + len(place[1])
        text = f"{text[:at]}#地{' ' * (end - at - 2)}{text[end:]}"
    for at, number in _place_landlines(text):
        if not _is_own(number, own_numbers) and _is_theirs(_tell_phone(text, at), is_answer=is_answer):
            return number
    for at, number in _place_mobiles(text):
        # An agency seldom has a mobile, the writer always: it must be called theirs next to the number.
        rest, _, clause = _tell_phone(text, at).rpartition(",")
        is_bare = "#地" in rest and _BARE_LABEL.fullmatch(clause) is not None
        if not _is_own(number, own_numbers) and _is_theirs(rest if is_bare else clause, is_answer=False):
            return number
    return ""


def _tell_phone(text: str, at: int) -> str:
    """Return what stands before a telephone in its sentence, with the lines above where it has a line of its own."""
    *above, line = text[max(0, at - 80) : at].split("\n")
    told = _SENTENCE_END.split(line)[-1]
    while above and (_PHONE_LINE.match(line) or not (line.strip() or told.strip(" ,"))):
        line = above.pop()
        if not (_PHONE_LINE.match(line) or _BLOCK_LINE.search(line)):
            break
        told = f"{line},{told}"
    return told


def _is_theirs(said: str, *, is_answer: bool) -> bool:
    """Return whether the last of the words before a telephone calls it the destination's."""
    own = max((m.end() for m in _OWN_PHONE.finditer(said)), default=-1)
    theirs = max((m.end() for m in _THEIR_PHONE.finditer(said)), default=-1)
    return theirs > own or (is_answer and own < 0)
