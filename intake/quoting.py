"""What a sender wrote now, told apart from the history below it: the classifier must not match our own letter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.cases import CaseNumber

# QQ writes 原始邮件 between dashes, Outlook 邮件原件 or Original Message, 163 on telephones 回复的原邮件.
_SEPARATOR = re.compile(
    r"[\s>]*[-_=—─*]{2,}\s*(?:原始邮件|原始郵件|原邮件|邮件原件|原始信息|原始訊息|回复的原邮件|回复的邮件|答复的邮件|"
    r"original(?:\s*(?:message|email|mail))?|replied\s*message|reply\s*message|转发(?:的)?邮件(?:信息)?|轉寄郵件|轉寄(?:的)?信件|"
    r"forwarded\s*message|forwarded\s*mail|转发信息|转发原邮件)\s*[-_=—─*]*\s*",
    re.IGNORECASE,
)
_BARE_SEPARATOR = re.compile(
    r"[\s>]*(?:begin forwarded message|开始转发(?:的)?(?:邮件|信息)|下面是被转发的邮件)\s*[:：]?\s*", re.IGNORECASE
)
# Blanks are taken once and for all (*+): tried again from each of them, a line of blanks would cost its square.
_RULE_LINE = re.compile(r"\s*+(?:[-_=*—─~]\s?){3,}\s*")
_FROM_LINE = re.compile(r"[\s>|*]*+(?:发件人|寄件者|寄件人|發件人|from)\s*+[*|]*\s*+[:：|]", re.IGNORECASE)
_SENT_LINE = re.compile(
    r"[\s>|*]*+(?:发送时间|发送日期|发件时间|日期|时间|傳送時間|寄件日期|日期时间|sent(?:\s*time)?|date)\s*+[*|]*\s*+[:：|]",
    re.IGNORECASE,
)
_TO_LINE = re.compile(
    r"[\s>|*]*+(?:收件人|收件者|抄送|副本|主题|主旨|主題|to|cc|subject)\s*+[*|]*\s*+[:：|]", re.IGNORECASE
)
_WROTE = re.compile(r"(?:写道|寫道|的原始邮件|wrote|writes|schrieb)\s*[:：]?\s*$", re.IGNORECASE)
_WROTE_START = re.compile(
    r"[\s>]*+(?:-{2,}+\s*+)?(?:在|于|於|on\s|at\s|\d{4}\s*[-年/.]|\d{1,2}/\d{1,2}/\d{2,4}|(?:\"|“)?[^\s<>]{0,60}(?:\"|”)?\s*+<[^<>\s]+@[^<>\s@]++>)",
    re.IGNORECASE,
)
# "2020/2/3 张三 <a@qq.example>:" counts only right above quoted lines.
_BARE_ATTRIBUTION = re.compile(r"\s*\d{4}\s*[-年/.].{0,200}<[^<>\s]+@[^<>\s]+>\s*[:：]?\s*")
_ADDRESS = re.compile(r"[\w.+-]@[\w-]+\.\w")
_TELLS_WHO = re.compile(r"@|<[^>]+>|\d{1,2}:\d{2}|\d{4}\s*年|\d{4}-\d{1,2}-\d{1,2}")
# What telephones and programs add by themselves. A signature that a person wrote stays: it may hold the telephone.
_DEVICE = (
    r"(?:iphone|ipad|安卓|android|手机|手機|手提电话|客户端|foxmail|outlook|windows|邮箱(?:大师)?|邮件应用|mail|gmail|小米|"
    r"华为|荣耀|huawei|oppo|vivo|samsung|galaxy|honor|redmi|oneplus|一加|realme|魅族|xiaomi|平板(?:电脑)?|移动设备)"
)
_CLIENT_LINE = re.compile(
    rf"[\s>|]*(?:(?:该邮件|此邮件|本邮件)?(?:发自|來自|来自|從|从|發自|寄自|傳送自|发送自)(?:于)?\s*(?:我的|我)?\s*"
    rf"[^，,。；;：:？?！!\d]{{0,16}}{_DEVICE}[ \w.+-]{{0,24}}(?:发送|發送|寄出|发出)?"
    rf"|(?:sent|get|sent via|sent with) (?:from|outlook|by|via)\b.{{0,60}}|获取\s*.{{0,10}}outlook.{{0,30}}"
    rf"|下载\s*outlook.{{0,30}}|签名由.{{0,30}}定制|.{{0,20}}网易邮箱(?:大师)?(?:发送|定制)?|由\s*.{{0,12}}大师\s*(?:发送|定制))"
    rf"[\s。.|]*",
    re.IGNORECASE,
)
# Whoever asks for something in such a line is a person.
_ASKS = re.compile(
    "请|办|申请|咨询|查|转[出入移]|报销|参保|注销|缴|费|医保|社保|保险|材料|附件|电话|联系|证|照片|打|收|给|吗|怎"
)
# The notice that an employer's server puts below everything; it would read as a request for secrecy at most.
_NOTICE_START = re.compile(
    r"[\s>*]*(?:(?:重要)?(?:声明|提示|免责声明|保密(?:声明|提示|须知))\s*[:：]\s*)?(?:本(?:邮件|电子邮件|信息|邮件信息)|此(?:邮件|电子邮件))"
    r"(?:及(?:其)?(?:任何|所有|所附)?附件)?[^\n]{0,30}(?:保密|机密|仅供|仅发送给|特定收件人)"
    r"|[\s>*]*(?:this|the information (?:contained )?in this) (?:e-?mail|message|communication)\b[^\n]{0,120}"
    r"(?:confidential|privileged|intended (?:only|solely))",
    re.IGNORECASE,
)
_FORWARD = re.compile(r"\s*(?:转发|轉寄|轉發|fwd?|fw)\s*[:：]", re.IGNORECASE)
_REPLY = re.compile(r"\s*(?:回复|回覆|答复|re|aw)\s*[:：]", re.IGNORECASE)
_QUOTED_LINE = re.compile(r"\s{0,3}[>＞]")


@dataclass(frozen=True, slots=True)
class Split:
    """A body in three: what is new, what programs and servers add by themselves, and the history; all stripped."""

    new: str
    stock: str
    history: str


def split_quoted(text: str, subject: str = "") -> tuple[str, str]:
    """Return what is new in a body and what is not: stock lines of programs, and the quoted history below them."""
    letter = split_letter(text, subject)
    return letter.new, "\n\n".join(filter(None, (letter.stock, letter.history)))


def split_letter(text: str, subject: str = "") -> Split:
    """Return what is new in a body, what programs added, and the quoted history; no line is lost.

    From a separator or a header block on, all is history; of ``>`` lines only they and the line that
    announces them, so that an answer below is kept. A forwarded mail (told by ``subject``) without
    words of its own keeps the forwarded ones as its text, unless they are a letter of ours.
    """
    lines = text.split("\n")
    cut = _find_cut(lines)
    kept: list[str] = []
    quoted: list[str] = []
    index = 0
    while index < cut:
        span = _attribution_span(lines, index)
        if span and _quotes_follow(lines, index + span, cut):
            quoted += lines[index : index + span]
            index += span
        elif _QUOTED_LINE.match(lines[index]):
            quoted.append(lines[index])
            index += 1
        else:
            kept.append(lines[index])
            index += 1
    quoted += lines[cut:]
    new, stock = _part_stock(kept)
    history = "\n".join(quoted).strip()
    if not new and history and _FORWARD.match(subject) and not CaseNumber.find_all(history):
        new, more = _part_stock(re.sub(r"(?m)^[ \t]*[>＞] ?", "", history).split("\n"))
        return Split(new, "\n".join(filter(None, (stock, more))), "")
    return Split(new, stock, history)


def _find_cut(lines: list[str]) -> int:
    """Return the index of the line from which everything is history."""
    for index, line in enumerate(lines):
        stripped = line.strip()
        if not stripped:
            continue
        if len(stripped) < 120 and (_SEPARATOR.fullmatch(stripped) or _BARE_SEPARATOR.fullmatch(stripped)):
            return index
        if _FROM_LINE.match(line) and _is_header_block(lines, index):
            return index - 1 if index and _RULE_LINE.fullmatch(lines[index - 1]) else index
        span = _attribution_span(lines, index)
        if span and not _quotes_follow(lines, index + span, len(lines)):
            return index
    return len(lines)


def _is_header_block(lines: list[str], index: int) -> bool:
    """Whether 发件人 is followed by when and to whom: a person's own 收件人 line of a postal address is not."""
    following = [line for line in lines[index : index + 14] if line.strip()][:7]
    if _ADDRESS.search(following[0]) and any(p.match(line) for line in following[1:2] for p in (_SENT_LINE, _TO_LINE)):
        return True
    following[0] = _FROM_LINE.sub("", following[0], count=1)
    joined = "\n".join(following)
    has_sent = any(_SENT_LINE.match(line) for line in following)
    others = sum(bool(_TO_LINE.match(line)) for line in following)
    # Turned from a table, the header may stand in one line.
    in_line = len(re.findall(r"(?:发送时间|日期|收件人|主题|Sent|Date|To|Subject)\s*[:：|]", joined))
    return (has_sent and others >= 1) or others >= 2 or in_line >= 3


def _attribution_span(lines: list[str], index: int) -> int:
    """Return of how many lines "在 …写道：" or "On … wrote:" consists that starts here, 0 when none does."""
    if not _WROTE_START.match(lines[index]):
        return 0
    joined = ""
    for span, line in enumerate(lines[index : index + 3], start=1):
        joined += " " + line.strip()
        if len(joined) > 400 or not line.strip():
            break
        if _WROTE.search(joined):
            return span if _TELLS_WHO.search(joined) else 0
        if _BARE_ATTRIBUTION.fullmatch(joined) and _quotes_follow(lines, index + span, len(lines)):
            return span
    return 0


def _quotes_follow(lines: list[str], index: int, stop: int) -> bool:
    for line in lines[index:stop]:
        if line.strip():
            return bool(_QUOTED_LINE.match(line))
    return False


def _part_stock(lines: list[str]) -> tuple[str, str]:
    """Return what a person wrote, without empty lines and rules at its end, and the lines that programs add."""
    kept: list[str] = []
    stock: list[str] = []
    is_notice = False
    for line in lines:
        stripped = line.strip()
        # A notice ends with its paragraph: what stands below an empty line may be somebody's words.
        is_notice = bool(stripped) and (is_notice or bool(_NOTICE_START.match(line)))
        if is_notice or (len(stripped) < 120 and _CLIENT_LINE.fullmatch(line) and not _ASKS.search(line)):
            stock.append(stripped)
        else:
            kept.append(line)
    while kept and (not kept[-1].strip() or _RULE_LINE.fullmatch(kept[-1])):
        kept.pop()
    return "\n".join(line.rstrip() for line in kept).strip("\n"), "\n".join(stock)
