"""The machine-mail gate: a table of rules that tell bounces, auto-replies, lists and our own mail (RFC 3834).

Two promises pull at it: no machine is answered, and no citizen's mail is lost. So a rule may be sure, or may have a
doubt: then nothing is answered and a clerk looks.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from domain.mail import Message
from domain.routing import MachineMark
from routing.machinesigns import (
    Sign,
    answers_us,
    asks_for_something,
    both,
    brings_documents,
    brings_none,
    either,
    has_header,
    has_header_starting,
    has_report,
    has_sender,
    has_subject,
    has_text,
    is_from_us,
    is_our_letter,
    lacks,
    read_clues,
    speaks_as_person,
)

OWN_HEADER = "x-youban"
"""The header that every letter of ours carries."""


@dataclass(frozen=True, slots=True)
class MachineRule:
    """One row: a name, the kind it tells, the words for a clerk, the sign, and what casts doubt on it."""

    name: str
    kind: str
    says: str
    sign: Sign
    doubt: Sign = lambda _: ""


# A word of the subject ends the subject, or is followed by a mark or by what the machine says next. Without
# this, a citizen's "退信后重新发送" or "发送失败，再发一次" would be silenced.
_END = r"\s*(?:$|[:\-—(\[【]|通知|提醒|报告|信息)"
_DAEMON = has_sender(
    r"mailer[-_.]?daemon|mail[-_. ]delivery[-_. ](?:system|subsystem)|microsoftexchange[0-9a-f]{32}|邮件系统|系统退信"
)
_POSTMASTER = has_sender(r"post[-_.]?master|系统管理员|系统邮件")
_EMPTY_PATH = has_header("return-path", r"<\s*>|$")
_AUTOMATIC = has_header("auto-submitted", r"(?!no\s*(?:;|\(|$))\S")
# What a server passed on by a rule, a person may have written.
_FORWARDED_BY_US = both(is_from_us, has_header("auto-submitted", r"auto-forwarded"))
# Some programs write the header into every mail, and whether it holds into its value.
_UNLESS_NO = r"(?!(?:no|none|false|off|0)\s*(?:[;(]|$))"
_DELAY_SUBJECT = has_subject(
    r".*(?:delivery.*delay|delayed|warning: (?:message|could not send)|still (?:being )?retr|延迟|推迟)"
)
_AUTO_REPLY_SUBJECT = has_subject(
    r"[\[【(]?(?:自[动動](?:回复|回覆|回復|答复|答覆|应答)|(?:外出|休假|离岗)自动回复"
    r"|auto(?:matic)?[- ]?(?:reply|respons)|autoreply|out of (?:the )?office|ooo:|vacation (?:reply|notice))"
)
# What auto-replies say, folded: received, away, will answer, do not answer.
_STOCK_TEXT = has_text(
    r"(?:已经?|己)收到|收到(?:了)?(?:您|你|贵|来|该)|(?:来信|邮件)(?:已|我已)?收|不在(?:办公室|单位|岗|公司)|休假|请假|出差|外出|放假"
    r"|假期|(?:尽快|尽早|及时|第一时间)(?:给?您?|与您|予以|进行)?(?:回复|处理|答复|联系|查看|阅读)|稍后(?:回复|联系|处理)"
    r"|系统自动|自动(?:回复|发送|答复)|(?:请勿|无需|不要|请不要)(?:直接)?回(?:复|信)|outoftheoffice|outofoffice|onleave"
    r"|onvacation|onholiday|awayfrom|limitedaccess|(?:will|shall)(?:reply|respond|getback|answer)|automatic|auto-?reply"
    r"|autorespon|donotreply|willbe(?:back|away|out)|receivedyour"
)
_BOUNCE_SUBJECT = has_subject(
    r"undeliver|returned mail|mail delivery (?:fail|system|subsystem|status)|delivery status notification"
    r"|(?:delivery|mail|message) (?:failure|failed)|failure notice|message (?:could not be|not) delivered|non-?delivery"
    r"|(?:系统)?退信"
    + _END
    + r"|(?:邮件)?(?:投递|发送|投送|传输|传递)失败(?:\s*[!。]?$|[:\[【(]|通知|报告|提醒)|失败通知"
    r"|来自postmaster|邮件(?:被)?退回(?:\s*$|[:\[【(]|通知)|[无無]法投[递遞]|(?:邮件)?(?:无法|未|未能)送达(?:\s*$|[:\[【(]|通知)"
)
_BOUNCE_TEXT = has_text(
    r"undeliver|deliver|bounce|mailer-?daemon|postmaster|returnedto|recipient|smtp|(?<!\d)55[0-4](?!\d)|[45]\.\d\.\d"
    r"|退信|退回|送达|投递|未能?发送|发送失败|传输失败|收件人|邮箱(?:地址)?不存在|(?:邮箱|空间|容量)(?:已满|不足)|拒收"
)
_BOUNCE_SIGNS = either(_BOUNCE_SUBJECT, _BOUNCE_TEXT)
# Feedback-ID is no sign: QQ's and Foxmail's web mail write it on people's letters ("webmail:foxmail.com:...").
_NEWSLETTER = either(
    both(has_header("list-unsubscribe"), lacks(has_header("list-post", r"<"), "无法投稿")),
    has_header("list-post", r"no\b"),
    has_header("x-campaign"),
)

RULES: tuple[MachineRule, ...] = (
    # Our own letters come back by forwarding and by Bcc; answering one would be talking to ourselves.
    MachineRule("own-header", "own", "我方发出的信", has_header_starting(OWN_HEADER)),
    MachineRule("own-message-id", "own", "我方发出的信", is_our_letter),
    # A clerk forwards a citizen's letter from one of our mailboxes to another: it bears our address, and none of our
    # marks. What a machine sends from our address (a holiday notice of the provider's) the rules below tell.
    MachineRule(
        "own-address",
        "own",
        "发件人是我方邮箱",
        is_from_us,
        lambda _: "没有我方系统发信的标记，可能是工作人员转来的来信",
    ),
    # "Still trying" says nothing has happened yet. It must stand before the bounces, which it resembles.
    MachineRule("delay-report", "delay", "投递延迟通知", has_report("delayed")),
    MachineRule(
        "delay-subject",
        "delay",
        "投递延迟通知",
        both(_DELAY_SUBJECT, either(_DAEMON, _POSTMASTER, _EMPTY_PATH, _AUTOMATIC)),
    ),
    # A delivery report (RFC 3464), a read receipt (RFC 8098), or a provider's complaint (RFC 5965).
    MachineRule("failure-report", "bounce", "退信", has_report("failed")),
    MachineRule("failed-recipients", "bounce", "退信，列有失败的收件人", has_header("x-failed-recipients")),
    MachineRule(
        "read-receipt",
        "auto-reply",
        "已读回执",
        has_header("content-type", r"multipart/report.*disposition-notification"),
    ),
    MachineRule(
        "feedback-report", "bulk", "服务商的投诉反馈", has_header("content-type", r"multipart/report.*feedback-report")
    ),
    MachineRule(
        "dmarc-report", "bulk", "DMARC 统计报告", has_subject(r"report domain: ?\S+ +submitter:")
    ),  # RFC 7489 7.2.1.1
    MachineRule("report", "bounce", "投递报告", has_header("content-type", r"multipart/report")),
    # Exim's bounces say auto-replied without being multipart/report: the sender decides before the header does.
    MachineRule("daemon-sender", "bounce", "发件人是邮件系统", _DAEMON),
    # People of a small firm write as postmaster (RFC 5321 4.5.1 wants a person there): one more sign is needed.
    MachineRule(
        "postmaster-sender",
        "bounce",
        "发件人是邮件系统管理员",
        _POSTMASTER,
        lacks(either(_BOUNCE_SIGNS, _EMPTY_PATH, _AUTOMATIC), "内容不像退信"),
    ),
    # RFC 3834 5: anything other than "no" was not written by a person. But scanners and forwarding rules of Exchange
    # send people's papers as auto-generated or auto-forwarded.
    MachineRule("auto-replied", "auto-reply", "自动回复", has_header("auto-submitted", r"auto-(?:replied|notified)")),
    MachineRule(
        "auto-submitted", "auto-reply", "自动发送的邮件", _AUTOMATIC, either(brings_documents, _FORWARDED_BY_US)
    ),
    MachineRule(
        "auto-reply-header",
        "auto-reply",
        "自动回复",
        either(
            has_header("x-autoreply", _UNLESS_NO),
            has_header_starting("x-autorespon", _UNLESS_NO),
            has_header("x-mail-autoreply", _UNLESS_NO),
        ),
    ),
    MachineRule("auto-respond-header", "auto-reply", "自动回复", has_header_starting("x-auto-reply", _UNLESS_NO)),
    MachineRule("apple-vacation", "auto-reply", "自动回复", has_header("x-apple-action", "vacation")),
    MachineRule("precedence-auto-reply", "auto-reply", "自动回复", has_header("precedence", r"auto[-_]?reply")),
    # [MS-OXCMAIL] 2.1.3.2.20: All, OOF and AutoReply *ask for* no automatic answer; they do not say that a machine
    # wrote. Exchange's auto-replies carry it, and so do notices of ticket systems (answering would loop), but also
    # people's mail: transport rules and clients add "DR, OOF, AutoReply". So nothing is answered, and without the
    # subject of an auto-reply a clerk looks. DR, NDR, RN and NRN speak of receipts only and tell nothing.
    MachineRule(
        "auto-response-suppress",
        "auto-reply",
        "来信要求不要自动回复",
        has_header("x-auto-response-suppress", r"(?:.*[,\s])?(?:all|oof|autoreply)\s*(?:,|$)"),
        lacks(_AUTO_REPLY_SUBJECT, "没有其他自动回复的迹象"),
    ),
    # Nobody posts to a newsletter (RFC 2369 3.4). But mailing services and firms' systems write its header on whatever
    # goes through them, a citizen's papers as well. A discussion list or a group address may pass on a citizen's mail.
    MachineRule("newsletter", "list", "订阅的邮件", _NEWSLETTER, either(answers_us, brings_documents)),
    MachineRule(
        "list",
        "list",
        "邮件列表",
        has_header_starting("list-"),
        either(answers_us, brings_documents, asks_for_something),
    ),
    MachineRule(
        "precedence",
        "bulk",
        "群发邮件",
        has_header("precedence", r"(?:bulk|junk|list)\b"),
        either(answers_us, brings_documents, asks_for_something),
    ),
    # An auto-reply's empty path was told above; what is left is a bounce (RFC 5321 4.5.5).
    MachineRule("empty-return-path", "bounce", "退信，没有退信地址", _EMPTY_PATH, brings_documents),
    # Copiers send what people scan from such an address.
    MachineRule(
        "no-reply-sender",
        "bulk",
        "发件人不收信",
        has_sender(r"(?:.*[-_.+])?(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|donotreply|bounces?)(?:[-_.+].*)?"),
        brings_documents,
    ),
    # Some 4 % of real bounces show themselves in the subject alone. People keep such a subject when they write
    # back, so the text must say it too; with neither the text nor a document, a clerk looks.
    MachineRule(
        "auto-reply-subject",
        "auto-reply",
        "自动回复",
        both(_AUTO_REPLY_SUBJECT, _STOCK_TEXT),
        either(brings_documents, asks_for_something),
    ),
    MachineRule(
        "auto-reply-subject-alone",
        "auto-reply",
        "主题像自动回复",
        both(_AUTO_REPLY_SUBJECT, brings_none),
        lambda _: "正文不像自动回复",
    ),
    MachineRule(
        "bounce-subject",
        "bounce",
        "退信",
        both(_BOUNCE_SUBJECT, _BOUNCE_TEXT),
        either(brings_documents, speaks_as_person),
    ),
    MachineRule(
        "bounce-subject-alone", "bounce", "主题像退信", both(_BOUNCE_SUBJECT, brings_none), lambda _: "正文不像退信"
    ),
)
"""Read top to bottom: the first row that matches without a doubt names the mark, or else the first that matches."""


def find_machine_mark(message: Message, *, own_addresses: AbstractSet[str]) -> MachineMark | None:
    """Return why a message is machine mail, or None when a person seems to have written it.

    A mark with a ``doubt`` is neither to be answered nor to be dropped. ``own_addresses`` are lower-case. A mail
    without any sender is *not* machine mail by that alone: it cannot be answered, but a clerk may know the writer.
    """
    clues = read_clues(message, own_addresses)
    doubtful: MachineMark | None = None
    for rule in RULES:
        what = rule.sign(clues)
        if not what:
            continue
        mark = MachineMark(rule.kind, rule.name, f"{rule.says}（{what[:200]}）", rule.doubt(clues))
        if not mark.doubt:
            return mark
        doubtful = doubtful or mark
    return doubtful
