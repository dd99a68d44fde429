"""What a mail states in words: telephones wherever they stand, the address to answer, the destination of a transfer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet

from domain.mail import Message
from domain.papers import Paper
from domain.routing import Facts
from domain.text import compose
from routing.words import find_forwarded

# Who writes more than this leaves his number in the first pages.
_MAX_TEXT = 50_000
_CHINESE_DIGITS = str.maketrans("零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖", "00012345678912123456789")
_CHINESE_DIGIT = r"[零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖\d]"
_CHINESE_RUN = re.compile(_CHINESE_DIGIT + r"(?:[ \-.·,、]?" + _CHINESE_DIGIT + r"){6,}")
# Bounded on both sides of the @ (RFC 5321 4.5.3.1), so that a megabyte of base64 costs no more than its length.
_MAIL_ADDRESS = re.compile(
    r"(?<![a-z0-9._%+\-])[a-z0-9][a-z0-9._%+\-]{0,63}@[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63}){1,8}", re.IGNORECASE
)
# A run of digits with at most one separator between two of them: a whole number as people write it.
_DIGIT_RUN = re.compile(r"\d(?:[ \-.·_—–]?\d)*")
_MOBILE = re.compile(r"(?:0{0,2}86)?(1[3-9]\d{9})")
_MOBILE_TOKEN = re.compile(
    r"(?:(?<![\dA-Za-z*])|(?<=tel)|(?<=phone)|(?<=mobile))(?:\+?(?:00)?86[ \-]?)?(1[3-9]\d{9})(?![\dXx*])",
    re.IGNORECASE,
)
# 010, 02x and 0xxx are the area codes of the national numbering plan; the number behind has 7 or 8 digits.
_LANDLINE = re.compile(r"(?<![\d\-])\(?(0(?:10|2\d|[3-9]\d{2}))\)?[ \-—–]{0,3}([2-8]\d{6,7})(?!\d)")
_BARE_LANDLINE = re.compile(
    r"(?:电话|座机|固话|tel|phone|致电|联系方式)[^\d\n]{0,8}([2-8]\d{6,7})(?![\d])", re.IGNORECASE
)
_ID_NUMBER = re.compile(r"(?<!\d)\d{6} ?\d{8} ?\d{3}[\dXx](?!\d)")

_DO_NOT_ANSWER = re.compile(
    r"(?:请勿|勿|不要|别|不用|无需)(?:直接)?(?:回复|回信|回)(?:到|至)?(?:此|这个|该|本)?(?:邮箱|邮件|地址|邮址)"
)
_ADDRESS_LABEL = re.compile(
    r"(?:邮箱|e-?mail|电子邮件|邮件|(?:回复|发送?|寄)(?:到|至|给))(?:地址|号)?(?:为|是|请)?[^\w@]{0,6}$", re.IGNORECASE
)

_DESTINATION = re.compile(
    r"转(?:入|往|到|至)(?:地|的)|接收(?:地|机构|单位)|(?:转入|对方|新参保地)[^。;\n]{0,6}(?:经办机构|医保局|医保中心|社保局)|经办机构"
)
_MAY_NAME_PLACE = re.compile(r"地址|寄[到至往]|转[入往到至]|接收|经办")
_PLACE_LABEL = re.compile(
    r"(?:通[讯信]|邮寄|收件|收信|联系|详细|经办机构|办公|单位|寄送)?地址(?:为|是|:|：|,|，|\s)*|(?:邮寄|寄)(?:到|至|往)\s*[:：]?\s*"
)
_PLACE_END = re.compile(
    r"[。;；\n]|[,，、\s]*(?:联系电话|联系人|电话|手机|邮编|邮政编码|tel|收件人|联系方式|传真)", re.IGNORECASE
)
# What makes a text an address: a road or number behind a city or district.
_PLACE = re.compile(
    r"[一-鿿]{2,8}?(?:省|市|区|县|州|旗)[一-鿿\d\-]{2,30}(?:路|街|道|巷|号|大厦|楼|室|镇|村|中心|大道)[一-鿿\d\-#()]{0,30}"
)
_PLACE_PHONE = re.compile(r"(?:电话|联系方式|座机|tel|致电)(?:号码)?(?:为|是|:|：|\s)*", re.IGNORECASE)
_OWN_PHONE = re.compile(r"(?:我的?|本人的?|个人|参保人|申请人|手机)(?:联系)?(?:电话|手机|号码|联系方式)?[^\d]{0,6}$")


def find_facts(
    message: Message,
    papers: Iterable[Paper],
    *,
    own_numbers: AbstractSet[str] = frozenset(),
    own_addresses: AbstractSet[str] = frozenset(),
    asked_numbers: AbstractSet[str] | None = None,
) -> Facts:
    """Return what a message and its papers state, each in order of appearance.

    ``own_numbers`` (digits only) and ``own_addresses`` (lower-case) are the agencies' own: a
    citizen who writes "I rang 83709182 in vain" has left no telephone. Only ``asked_numbers``, those of the agency
    written to (default: all), are no destination's either: people move from one of our agencies to another. A
    forwarded mail has no text of its own, so the text below counts; otherwise quoted history never does.
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
    address, phone = _find_destination(_mask(_normalise(text[:_MAX_TEXT])), asked)
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
    """Return a text in NFKC with Chinese numerals of telephone length as digits; lines and spaces stay."""
    text = compose(text)

    def digits(run: re.Match[str]) -> str:
        return run.group().translate(_CHINESE_DIGITS)

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
    found: list[str] = []
    for run in _DIGIT_RUN.finditer(text):
        start, end = run.span()
        if end - start < 11:
            continue
        numbers = [m.group(1) for m in _MOBILE_TOKEN.finditer(text, start, end + 1)]
        # Written with gaps, the whole run must be one number: eleven digits of an account number are none.
        whole = _MOBILE.fullmatch(find_digits(run.group()))
        if not numbers and whole and not run.group().isdigit():
            numbers.append(whole.group(1))
        found += numbers
    return found


def _find_landlines(text: str) -> list[str]:
    found = [(m.start(), f"{m.group(1)}-{m.group(2)}") for m in _LANDLINE.finditer(text)]
    found += [(m.start(1), m.group(1)) for m in _BARE_LANDLINE.finditer(text)]
    return [number for _, number in sorted(found)]


def _find_email(message: Message, body: str, own_addresses: AbstractSet[str]) -> str:
    """Return the address to answer: one named as such, else the sender's unless the mail says not to answer there."""
    sender = message.answer_to.addr
    others = own_addresses | {r.addr for r in message.recipients} | {sender}
    for found in _MAIL_ADDRESS.finditer(body) if "@" in body else ():
        addr = found.group().lower()
        if addr not in others and _ADDRESS_LABEL.search(body[max(0, found.start() - 20) : found.start()]):
            return addr
    return "" if _DO_NOT_ANSWER.search(body) else sender


def _find_destination(text: str, own_numbers: AbstractSet[str]) -> tuple[str, str]:
    """Return address and telephone of the agency that takes over (山东通知一(四)), '' where not stated."""
    if not _MAY_NAME_PLACE.search(text):
        return "", ""
    label = _DESTINATION.search(text)
    tail = text[label.start() :] if label else text
    address = _find_place(tail)
    if not address and label:
        address = _find_place(text)
    if not label and not address:
        return "", ""
    return address, _find_place_phone(tail, own_numbers) or _find_place_phone(text, own_numbers)


def _find_place(text: str) -> str:
    for label in _PLACE_LABEL.finditer(text):
        rest = text[label.end() : label.end() + 80]
        end = _PLACE_END.search(rest)
        place = (rest[: end.start()] if end else rest).strip(" ,，、:：")
        # "地址如下" and "地址和电话见附件" are no addresses.
        if len(place) >= 6 and re.search(r"[省市区县路街道号镇村楼]", place):
            return place
    found = _PLACE.search(text)
    return found.group() if found else ""


def _find_place_phone(text: str, own_numbers: AbstractSet[str]) -> str:
    """Return the first telephone that is not called the writer's own: behind a label, else any landline."""
    for label in _PLACE_PHONE.finditer(text):
        if _OWN_PHONE.search(text[max(0, label.start() - 8) : label.start()] + "电话"):
            continue
        rest = text[label.end() : label.end() + 24]
        numbers = _find_landlines(f"电话{rest}") or _find_mobiles(rest)
        numbers = [n for n in numbers if not _is_own(n, own_numbers)]
        if numbers:
            return numbers[0]
    return next((n for n in _find_landlines(text) if not _is_own(n, own_numbers)), "")
