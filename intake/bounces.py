"""What a bounce or a delay warning says: RFC 3464 reports, and the notices of programs that send none.

A bounce proves nothing: whoever got a letter of ours can write one. What is read here marks that letter as
returned for a clerk to see, and nothing else is ever done because of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.errors import MessageError
from domain.mail import DeliveryReport
from intake.addresses import parse_addresses
from intake.bouncewords import (
    ADDRESS,
    MAX_NOTICE_CHARS,
    RETURNED,
    STATUS,
    begins_as_bounce,
    find_address,
    find_diagnostic,
    is_of_system,
    tell_action,
    tell_cause,
    tidy_words,
)
from intake.charsets import decode_text
from intake.headers import decode_header, decode_raw, parse_message_ids
from intake.htmltext import html_to_text
from intake.mime import Part, decode_payload, parse_parts
from intake.textlayer import tidy_text

_MAX_SEARCHED_BYTES = 256 * 1024
_MAX_WRAPPINGS = 2
_REPORT_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})
_NOTICE_TYPES = frozenset({"text/plain", "text/html"})
# A read receipt (RFC 8098) or a complaint by a provider (RFC 5965) is a report, but not about a delivery.
_OTHER_REPORT = re.compile(r"report-type\s*=\s*\"?(?:disposition-notification|feedback-report)", re.IGNORECASE)

# The form of our Message-IDs is fixed by responders/letter.py (``message_id_for``).
_OWN_ID = re.compile(rb"youban\.[0-9a-f]{32}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?", re.IGNORECASE)
_NAMED_ID = re.compile(
    rb"(?:^|[\n>])[ \t>|*]{0,20}(?:x-)?(?:original-)?message-id[ \t*]{0,4}:\s{0,20}<?([^<>\s]{1,990})", re.IGNORECASE
)

_DAEMON = re.compile(
    r"(?:mailer[-_.]?daemon|mail[-_.]delivery[-_.]system|microsoftexchange[0-9a-f]{32})(?:@.*)?", re.IGNORECASE
)
_DAEMON_NAME = re.compile(
    r"mail(?:er)?[- ](?:daemon|deliver(?:y|)(?: sub)?[- ]?(?:system|service)?)|系统退信|邮件系统", re.IGNORECASE
)
_POSTMASTER = re.compile(r"post[-_.]?master(?:@.*)?|系统邮件|系统管理员", re.IGNORECASE)
_AUTOMATIC = re.compile(r"(?!no\s*(?:;|\(|$))\S", re.IGNORECASE)
_FIELD = re.compile(
    r"(final-recipient|original-recipient|action|status|diagnostic-code)[ \t]*:[ \t]*(.*)", re.IGNORECASE
)
_ANY_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}[ \t]*:")
_HOLDS_REPORT = re.compile(rb"^(?:final|original)-recipient[ \t]*:", re.IGNORECASE | re.MULTILINE)
_CODE_IN_FRONT = re.compile(r"[a-z0-9-]{1,20}[ \t]*;[ \t]*", re.IGNORECASE)


def read_report(root: Part) -> DeliveryReport | None:
    """Return what a bounce or a delay warning reports, None when a message is neither.

    Of several recipients the one whose delivery failed is reported. ``original_message_id`` is '' unless it is of
    our own form. A citizen who forwards a bounce or tells of one has not sent a bounce: only a message whose own
    headers are a machine's is read as one.
    """
    return _read(root, depth=0)


def _read(root: Part, *, depth: int) -> DeliveryReport | None:
    declared = decode_raw(root.header("content-type")).lstrip().lower()
    is_report = declared.startswith("multipart/report") or root.media_type in _REPORT_TYPES
    is_system = is_report or _is_from_daemon(root) or _is_from(root, _POSTMASTER)
    if not (is_system or _is_automatic(root)):
        return None
    leaves = [(part, decode_payload(part)[0]) for part in root.walk() if not part.is_multipart]
    recipients = [r for part, payload in leaves if _holds_report(part, payload) for r in _read_recipients(payload)]
    if not recipients and is_system and depth < _MAX_WRAPPINGS:
        wrapped = next((i for part, payload in leaves if (i := _open_report(part, payload)) is not None), None)
        if wrapped is not None:
            return _read(wrapped, depth=depth + 1)
    if not recipients and _OTHER_REPORT.search(declared):
        return None
    notice, subject = _read_notice(leaves), decode_header(root.header("subject"))
    if not (recipients or is_report or _is_told(root, notice, subject)):
        return None
    announced = tell_action(notice, subject)
    if not announced and ("delivery-status" in declared or root.header("x-failed-recipients")):
        announced = "failed"  # in a language that nobody here reads, or cut off: a clerk shall see it
    action, fields = _choose(recipients, announced)
    if not action:
        return None
    answer = tidy_words(_CODE_IN_FRONT.sub("", fields.get("diagnostic-code", ""), count=1))
    diagnostic = answer or find_diagnostic(notice)
    return DeliveryReport(
        action=action,
        status=_find_status(fields.get("status", ""), diagnostic, notice),
        recipient=_find_recipient(root, fields, notice),
        diagnostic=diagnostic,
        original_message_id=_find_own_id(root, [payload for _, payload in leaves]),
    )


def _is_told(root: Part, notice: str, subject: str) -> bool:
    """Whether a notice without a report part is a mail system's word.

    The others are auto-replies of people's own mailboxes, and people who write as postmaster of a small firm.
    """
    if _is_from_daemon(root) or begins_as_bounce(notice):
        return True
    return _is_from(root, _POSTMASTER) and is_of_system(notice, subject)


def describe_report(report: DeliveryReport, *, sent_to: str = "") -> str:
    """Return a bounce in a sentence for a clerk; ``sent_to`` is where the letter went."""
    cause = tell_cause(report.status, report.diagnostic)
    text = ("尚未送达，对方服务器还在重试：" if report.action == "delayed" else "") + cause
    if report.status:
        text += f"（{report.status}）"
    if report.diagnostic:
        text += f"，原文：{report.diagnostic[:200]}"
    if report.recipient and sent_to and report.recipient != sent_to.lower():
        text += f"；退信所指的收件人是{report.recipient}，与去信地址{sent_to}不同"
    return text


def _is_from_daemon(root: Part) -> bool:
    """Whether the headers are those of a mail system that speaks for itself."""
    if root.header("x-failed-recipients"):
        return True
    return _is_from(root, _DAEMON) or _is_from(root, _DAEMON_NAME)


def _is_from(root: Part, pattern: re.Pattern[str]) -> bool:
    """Whether the sender's address, or name, is exactly so."""
    senders = parse_addresses(root.header("from"))[:1]
    return any(pattern.fullmatch(word.strip(" <>\"'")) for sender in senders for word in (sender.addr, sender.name))


def _is_automatic(root: Part) -> bool:
    """Whether no person sent it: a bounce, but also a vacation notice."""
    names = {name for name, _ in root.headers}
    if "return-path" in names and root.header("return-path").strip() in {b"<>", b""}:
        return True
    return bool(_AUTOMATIC.match(decode_raw(root.header("auto-submitted")).strip()))


def _open_report(part: Part, payload: bytes) -> Part | None:
    """Return the report that a gateway wrapped into a mail of its own, to add a footer; None when there is none."""
    if part.media_type != "message/rfc822":
        return None
    try:
        root, _ = parse_parts(payload)
    except MessageError:
        return None
    return root if root.media_type == "multipart/report" else None


def _holds_report(part: Part, payload: bytes) -> bool:
    """Whether a leaf is the report, under its own type or mislabelled as text or as a file."""
    if part.media_type in _REPORT_TYPES:
        return True
    is_plain = part.media_type in {"text/plain", "application/octet-stream"}
    return is_plain and _HOLDS_REPORT.search(payload[:_MAX_SEARCHED_BYTES]) is not None


def _read_recipients(payload: bytes) -> Iterator[dict[str, str]]:
    """Yield the fields of each recipient (RFC 3464 2.3), whether blank lines between them are lost or too many."""
    text, _ = decode_text(payload[:_MAX_SEARCHED_BYTES])
    fields: dict[str, str] = {}
    name = ""
    is_apart = False
    for line in text.splitlines():
        match = _FIELD.match(line)
        if match is not None:
            name = match[1].lower()
            is_next = is_apart and name.endswith("-recipient") and "action" in fields
            if name in fields or is_next:
                yield fields
                fields = {}
            fields[name] = match[2].strip()
            is_apart = False
        elif not line.strip():
            is_apart, name = True, ""
        elif _ANY_FIELD.match(line):
            name = ""
        elif name:
            # A folded line; some programs forget to indent it.
            fields[name] += f" {line.strip()}"
    if fields.keys() & {"final-recipient", "original-recipient", "action"}:
        yield fields


def _choose(recipients: Sequence[dict[str, str]], announced: str) -> tuple[str, dict[str, str]]:
    """Return what happened to the letter and the fields that say so: a failure before a delay, '' when it arrived."""
    told = [(_tell_action(fields) or announced or "failed", fields) for fields in recipients]
    for action in ("failed", "delayed"):
        for found, fields in told:
            if found == action:
                return action, fields
    return ("" if told else announced), {}


def _tell_action(fields: dict[str, str]) -> str:
    """Return what became of a recipient (RFC 3464 2.3.3): failed, delayed, arrived, '' when the fields do not say."""
    word = fields.get("action", "").strip().lower()
    for start, action in (("fail", "failed"), ("delay", "delayed"), ("deliver", "arrived"), ("relay", "arrived")):
        if word.startswith(start):
            return action
    if word.startswith("expand"):
        return "arrived"
    status = STATUS.search(fields.get("status", ""))
    return {"2": "arrived", "4": "delayed", "5": "failed"}[status[1][0]] if status else ""


def _find_status(status: str, diagnostic: str, notice: str) -> str:
    """Return the enhanced status code (RFC 3463); 5.0.0 says nothing: one in the server's words is taken instead."""
    told = STATUS.search(status)
    closer = STATUS.search(diagnostic) or (None if told else STATUS.search(notice))
    if told is None:
        return closer[1] if closer and closer[1][0] != "2" else ""
    is_vague = told[1].endswith(".0.0")
    return closer[1] if is_vague and closer and closer[1][0] == told[1][0] else told[1]


def _find_recipient(root: Part, fields: dict[str, str], notice: str) -> str:
    for text in (
        fields.get("final-recipient", ""),
        fields.get("original-recipient", ""),
        decode_raw(root.header("x-failed-recipients")),
    ):
        found = ADDRESS.search(text)
        if found is not None:
            return found[0].lower()
    ours = {a.addr for name in ("to", "from", "sender") for a in parse_addresses(root.header(name))}
    return find_address(notice, ours)


def _read_notice(leaves: Sequence[tuple[Part, bytes]]) -> str:
    """Return what a bounce says in words, without the letter that it returns."""
    texts: list[str] = []
    for part, payload in leaves:
        if part.media_type in _NOTICE_TYPES and not part.disposition.startswith("attachment"):
            is_html = part.media_type == "text/html"
            text, _ = decode_text(payload[:_MAX_SEARCHED_BYTES], part.parameters.get("charset", ""), is_html=is_html)
            texts.append(tidy_text(html_to_text(text) if is_html else text))
        if part.media_type.startswith("message/") and part.media_type not in _REPORT_TYPES:
            break  # what follows belongs to the returned letter
    notice = "\n".join(texts)[:MAX_NOTICE_CHARS]
    returned = RETURNED.search(notice)
    return notice[: returned.start()] if returned is not None and returned.start() > 0 else notice


def _find_own_id(root: Part, payloads: Sequence[bytes]) -> str:
    """Return the Message-ID of the letter of ours that a bounce is about, '' when it is about another's or unsaid.

    A returned letter's Message-ID line decides: its References may name earlier letters of ours.
    """
    searched = [payload[:_MAX_SEARCHED_BYTES] for payload in payloads]
    named = [match[1] for payload in searched for match in _NAMED_ID.finditer(payload)]
    own = [match[0] for name in named if (match := _OWN_ID.fullmatch(name)) is not None]
    if not own:
        # The first of In-Reply-To, but the last of References, is the letter itself (RFC 5322 3.6.4).
        answered = (*parse_message_ids(root.header("in-reply-to")), *parse_message_ids(root.header("references"))[::-1])
        own = [match[0] for i in answered if (match := _OWN_ID.fullmatch(i.strip("<>").encode())) is not None]
    if not own and not named:
        quoted = {match[0].lower() for payload in searched for match in _OWN_ID.finditer(payload)}
        own = list(quoted) if len(quoted) == 1 else []
    return f"<{own[0].decode('ascii').lower()}>" if own else ""
