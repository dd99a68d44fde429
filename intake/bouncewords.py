"""The words of bounces: how programs say that a letter did not arrive, why, and to whom.

The English ones are those of Exim, qmail, Postfix, sendmail, Exchange and the large providers; the Chinese ones
those of QQ, exmail, 163, 126, 阿里, 新浪 and Exchange in Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Collection

MAX_NOTICE_CHARS = 20_000
MAX_DIAGNOSTIC_CHARS = 500

RETURNED = re.compile(
    r"^[ \t>*]*(?:-+ *(?:below this line is a copy|this is a copy of (?:the|your) message|the body of the message"
    r"|the header of the original|a copy of the message|attachment is a copy|original message|returned message"
    r"|undelivered message|附件中的内容是原信件|以下是原(?:邮件|信)|原(?:始)?邮件)"
    r"|original message(?: headers| follows)?[:.]|\[附件是您所发送信件的原件"
    r"|原(?:始)?邮件(?:内容|正文|头)(?:如下)?[:：])",
    re.IGNORECASE | re.MULTILINE,
)
"""Where a bounce without parts ends and the letter that it returns begins."""

_OPENING = re.compile(
    r"this message was created automatically by (?:the )?mail delivery software"
    r"|hi\. this is the [\w .-]{1,40} program at"
    r"|this is the (?:postfix program|mail system|mail delivery (?:system|agent)) at host"
    r"|i'?m (?:sorry to have to inform you that|afraid i wasn'?t able to deliver)"
    r"|(?:did not reach|has failed to|wasn'?t delivered to|couldn'?t be delivered to) (?:the following|these|this)? ?"
    r"(?:recipient|address|group)"
    r"|delivery to the following recipients? (?:has )?(?:been )?(?:failed|delayed)"
    r"|delivery has failed to these recipients"
    r"|(?:message|mail|email)(?: below)? could not be delivered to"
    r"|could not be delivered to one or more|message could not be delivered to mobile"
    r"|your message\s+(?:to:|subject:)[^\0]{1,500}(?:was not delivered|did not reach)"
    r"|(?:向|传递到)以下(?:收件人|组|通讯组|邮箱)[^。\n]{0,20}(?:传递|投递|发送)?失败"
    r"|(?:您|你)(?:所?发送?(?:给[^。\n]{1,80})?)?的(?:邮件|信件)[^。\n]{0,60}(?:被退回|退信|(?:投递|发送|传递)失败"
    r"|(?:未能|无法|不能|没有)(?:成功|正常|及时)?(?:送达|投递|发送|到达|传递))"
    r"|到下列地址的信件投递失败|邮件无法发送到您指定的地址",
    re.IGNORECASE,
)
"""How a program begins: enough by itself to tell a bounce from an auto-reply, whose sender is a person's address."""

_FAILED = re.compile(
    r"undeliver|not (?:be )?(?:deliver|sent)|(?:delivery|deliver|sending|mail|message)[^.\n]{0,30}\bfail|failure notice"
    r"|returned mail|return(?:ed|ing) (?:message |mail )?to sender|(?:unable|wasn'?t able|trouble|problem|error)"
    r"[^.\n]{0,20} (?:to )?(?:deliver|sending)|wasn'?t delivered|couldn'?t be delivered|given up|giving up"
    r"|permanent (?:fatal )?error|(?:was|has been) (?:rejected|blocked|bounced|returned)|refused to accept"
    r"|non-?delivery|failed:|(?:user|recipient|mailbox|address)[^.\n]{0,40}"
    r"(?:unknown|not found|doesn'?t exist|does not exist|not listed)"
    r"|(?:unknown|no such|invalid) (?:user|recipient|address|mailbox)|(?<!\d)55[0-4][ -]"
    r"|退信|退回|(?:未能|无法|不能|没有)(?:成功|正常)?(?:送达|投递|发送|到达|传递)|(?:投递|发送|传输|传递|投送|送达)失败|被拒收",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"warning: (?:message|could not send)|this is (?:only )?a warning|warning (?:message )?only|only a notification"
    r"|message[^.\n]{0,40} delayed|delivery[^.\n]{0,40}\bdelay|delayed mail|action: delayed"
    r"|(?:will|is) (?:be )?(?:still )?(?:being )?(?:retr(?:y|ied)|continue(?: to)? (?:try|attempt)|keep trying)"
    r"|still (?:being )?(?:retr|trying)|has not (?:yet )?been (?:delivered|collected)|hasn'?t been delivered yet"
    r"|transient (?:non-fatal )?error|temporar(?:y|ily)[^.\n]{0,20}(?:problem|fail|unable|defer)"
    r"|延迟|延误|推迟|延时|尚未(?:能)?送达|暂(?:时|未)(?:无法|未能|不能|送达)|继续(?:尝试|重试|投递)|稍后(?:会)?(?:再次|重新|自动)",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"我(?!们|方|司)|本人|请问")  # a machine speaks of 您 and 我们
_SERVER_ANSWER = re.compile(r"(?<![\d.])55[0-4][ -]{1,3}(?:#?5\.\d\.\d|requested|<|user|mail|no such)", re.IGNORECASE)
_FINAL = re.compile(
    r"permanent (?:fatal )?errors?|given up|giving up|gave up|not be retried|被退回|(?<![将会再后])退信|永久"
    r"|已经?放弃|不再(?:尝试|投递)",
    re.IGNORECASE,
)

ADDRESS = re.compile(r"(?<![\w.%+-])[A-Za-z0-9_.%+=&'/-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_LABELLED_ADDRESS = re.compile(
    r"(?:(?:失败|无法送达|未送达)的?)?(?:收件人|收件地址|收信人|地址|recipients?|rcpt to|deliver(?:ed)? to|to)(?:地址)?"
    r"[ \t]{0,4}[:：(（][^\n@]{0,40}?" + ADDRESS.pattern.removeprefix(r"(?<![\w.%+-])"),
    re.IGNORECASE,
)
_LINE_ADDRESS = re.compile(
    r"^[ \t]{0,8}[<(\"]{0,2}" + ADDRESS.pattern + r"[>)\"]{0,2}[ \t]{0,4}(?::.*|$)", re.MULTILINE
)

# 192.0.2.5 and 4.72 (a version) are no status: three numbers, the class first, nothing of the kind around them.
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,2}\.\d{1,3})(?![\d]|\.\d)")
_REASON_LABEL = re.compile(
    r"(?:退信原因|失败原因|错误原因|错误信息|错误提示|原因|英文说明|诊断信息|diagnostic|reason"
    r"|error(?: message)?(?: below)?|because)[ \t]{0,4}[:：][ \t]{0,4}(?:\r?\n)?[ \t]{0,8}([^\n]{3,})",
    re.IGNORECASE,
)
_REASON_LINE = re.compile(
    r"^[^\n]{0,400}(?:(?<![\d.])[45]\d\d[ -#]|said:|smtp error|#[45]\.\d|unknown user|user unknown|no such user"
    r"|not exist|mailbox (?:is )?full|over quota|exceeded|disabled|不存在|已满|空间不足|拒收)[^\n]{0,400}$",
    re.IGNORECASE | re.MULTILINE,
)
# qmail, Exim, Postfix and Yahoo write the reason behind the address or on the lines below it.
_REASON_BELOW = re.compile(
    r"^[ \t]{0,8}<?" + ADDRESS.pattern + r">?[ \t]{0,4}(?::[ \t]*([^\n]*))?\n?((?:[ \t]*\S[^\n]*(?:\n|$)){0,5})",
    re.MULTILINE,
)

# What a clerk is told, from the code or else from the words (RFC 3463; the providers' own sentences).
_CAUSES: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (cause, re.compile(status), re.compile(words, re.IGNORECASE))
    for cause, status, words in (
        (
            "对方邮箱已满",
            r"[45]\.2\.2",
            r"(?:mailbox|folder)[^.\n]{0,20}full|quota|over ?limit|insufficient|storage|已满|空间不足|容量|余量不足",
        ),
        (
            "对方邮箱地址不存在",
            r"5\.1\.(?:0|1|6|10)$|5\.5\.1",
            (
                r"(?:user|recipient|mailbox|address|account)[^.\n]{0,30}(?:unknown|not found|exist|not listed|unavail)"
                r"|(?:unknown|no such|invalid) (?:user|recipient|address|mailbox|e-?mail)|nosuchuser|no mailbox"
                r"|不存在|无此|没有此|未开通|未注册"
            ),
        ),
        ("对方邮箱已停用", r"5\.2\.1", r"disabled|suspend|discontinued|inactive|deactivat|冻结|禁用|停用|封禁|过期"),
        ("对方邮箱的域名找不到", r"[45]\.1\.2|[45]\.4\.4", r"host (?:unknown|not found)|domain|\bdns\b|no mx|域名"),
        (
            "信件太大，对方不收",
            r"5\.2\.3|5\.3\.4",
            r"too (?:large|big)|exceed[^.\n]{0,30}size|size[^.\n]{0,20}exceed|过大|超过大小",
        ),
        (
            "对方服务器拒收",
            r"5\.7\.\d+",
            r"spam|reject|block|blacklist|denied|refused|policy|frequency|拒|黑名单|垃圾|频率|屏蔽",
        ),
        ("对方服务器连接不上", r"[45]\.4\.\d+", r"timed? ?out|connect|unreachable|超时|连接|网络"),
    )
)


def begins_as_bounce(notice: str) -> bool:
    """Whether a notice is plainly a program's by its own first words."""
    return _OPENING.search(notice) is not None


def is_of_system(notice: str, subject: str) -> bool:
    """Whether what came from a postmaster is the system's notice: its subject tells it, or a server's answer in it.

    A person at that address would say "I".
    """
    tells = _FAILED.search(subject) or _DELAYED.search(subject) or _SERVER_ANSWER.search(notice)
    return tells is not None and _FIRST_PERSON.search(notice) is None


def tell_action(notice: str, subject: str) -> str:
    """Return what a notice without a report part announces: "failed", "delayed", or '' when it is none."""
    text = f"{subject}\n{notice}"
    if _DELAYED.search(text) and not (_FINAL.search(text) and not _DELAYED.search(subject)):
        return "delayed"
    return "failed" if _OPENING.search(text) or _FAILED.search(text) else ""


def find_address(notice: str, ignored: Collection[str]) -> str:
    """Return the address that a notice names as the failed one, lower-case, '' when it names none but ``ignored``."""
    for pattern in (_LINE_ADDRESS, _LABELLED_ADDRESS, ADDRESS):
        for match in pattern.finditer(notice):
            found = ADDRESS.findall(match[0])
            address = found[0].lower() if found else ""
            if address and address not in ignored and not address.startswith(("postmaster@", "mailer-daemon@")):
                return address
    return ""


def find_diagnostic(notice: str) -> str:
    """Return the sentence of a notice that says why, on one line, '' when none does."""
    for match in _REASON_BELOW.finditer(notice):
        words = tidy_words(" ".join(group for group in match.groups() if group))
        if len(words) > 2 and not ADDRESS.fullmatch(words.strip("<>: ")):
            return words
    for pattern in (_REASON_LABEL, _REASON_LINE):
        found = pattern.search(notice)
        if found is not None:
            return tidy_words(found[1] if pattern.groups else found[0])
    return ""


def tidy_words(text: str) -> str:
    """Return a text on one line, at most 500 characters."""
    return " ".join(text.split())[:MAX_DIAGNOSTIC_CHARS]


def tell_cause(status: str, diagnostic: str) -> str:
    """Return why a letter did not arrive, in Chinese words for a clerk."""
    for cause, code, _ in _CAUSES:
        if status and code.match(status):
            return cause
    return next((cause for cause, _, words in _CAUSES if words.search(diagnostic)), "原因未说明")
