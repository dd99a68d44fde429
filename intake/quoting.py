"""What a sender wrote now, told apart from the history below it: the classifier must not match our own letter."""

from __future__ import annotations

import re

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
_RULE_LINE = re.compile(r"\s*(?:[-_=*—─~]\s?){3,}\s*")
_FROM_LINE = re.compile(r"[\s>|*]*(?:发件人|寄件者|寄件人|發件人|from)\s*[*|]*\s*[:：|]", re.IGNORECASE)
_SENT_LINE = re.compile(
    r"[\s>|*]*(?:发送时间|发送日期|发件时间|日期|时间|傳送時間|寄件日期|日期时间|sent(?:\s*time)?|date)\s*[*|]*\s*[:：|]",
    re.IGNORECASE,
)
_TO_LINE = re.compile(
    r"[\s>|*]*(?:收件人|收件者|抄送|副本|主题|主旨|主題|to|cc|subject)\s*[*|]*\s*[:：|]", re.IGNORECASE
)
_WROTE = re.compile(r"(?:写道|寫道|的原始邮件|wrote|writes|schrieb)\s*[:：]?\s*$", re.IGNORECASE)
_WROTE_START = re.compile(
    r"[\s>]*(?:-{2,}\s*)?(?:在|于|於|on\s|at\s|\d{4}\s*[-年/.]|\d{1,2}/\d{1,2}/\d{2,4}|(?:\"|“)?[^\s<>]{0,60}(?:\"|”)?\s*<[^<>\s]+@[^<>\s]+>)",
    re.IGNORECASE,
)
# "2020/2/3 张三 <a@qq.example>:" counts only right above quoted lines.
_BARE_ATTRIBUTION = re.compile(r"\s*\d{4}\s*[-年/.].{0,200}<[^<>\s]+@[^<>\s]+>\s*[:：]?\s*")
_TELLS_WHO = re.compile(r"@|<[^>]+>|\d{1,2}:\d{2}|\d{4}\s*年|\d{4}-\d{1,2}-\d{1,2}")
# What telephones and programs add by themselves. A signature that a person wrote stays: it may hold the telephone.
_CLIENT_LINE = re.compile(
    r"[\s>|]*(?:(?:发自|來自|来自|從|从|發自|寄自|傳送自|发送自)(?:于)?\s*(?:我的|我)?\s*.{0,24}"
    r"(?:iphone|ipad|安卓|android|手机|手機|发送|發送|客户端|windows.{0,20}|outlook.{0,20}|邮箱.{0,10}|mail.{0,10}|小米|华为|荣耀|oppo|vivo|samsung|galaxy.{0,12}|honor|redmi.{0,12}|mate.{0,12})"
    r"|(?:sent|get|sent via) (?:from|outlook|by)\b.{0,60}|获取\s*outlook.{0,30}|下载\s*outlook.{0,30}"
    r"|签名由.{0,30}定制|.{0,20}网易邮箱(?:大师)?(?:发送|定制)?|由\s*.{0,12}大师\s*(?:发送|定制))[\s。.|]*",
    re.IGNORECASE,
)
_FORWARD = re.compile(r"\s*(?:转发|轉寄|轉發|fwd?|fw)\s*[:：]", re.IGNORECASE)
_REPLY = re.compile(r"\s*(?:回复|回覆|答复|re|aw)\s*[:：]", re.IGNORECASE)
_QUOTED_LINE = re.compile(r"\s{0,3}[>＞]")


def split_quoted(text: str, subject: str = "") -> tuple[str, str]:
    """Return what is new in a body and the quoted history (both stripped, lines kept).

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
    new = _tidy(kept)
    old = "\n".join(quoted).strip()
    if not new and old and _FORWARD.match(subject) and not CaseNumber.find_all(old):
        return _tidy(re.sub(r"(?m)^[ \t]*[>＞] ?", "", old).split("\n")), ""
    return new, old


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
    following[0] = _FROM_LINE.sub("", following[0])
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


def _tidy(lines: list[str]) -> str:
    kept = [line for line in lines if not _CLIENT_LINE.fullmatch(line)]
    while kept and (not kept[-1].strip() or _RULE_LINE.fullmatch(kept[-1])):
        kept.pop()
    return "\n".join(line.rstrip() for line in kept).strip("\n")
