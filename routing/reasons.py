"""Why a mail was decided so, in sentences for a clerk."""

from __future__ import annotations

from domain.cases import Case
from domain.catalogue import Catalogue, ServiceItem
from domain.decisions import Acknowledge, AskForMaterials, Decision, Guide, Ignore, Triage
from domain.mail import CloudLink, Message
from domain.routing import Checklist, Classification
from routing.files import list_closed
from routing.offices import Placement

_PLACES = {
    "subject": "主题",
    "text": "正文",
    "quoted": "转发的原文",
    "file-name": "文件名",
    "attachment": "附件文字",
    "paper": "材料",
    "mailbox": "收件邮箱",
    "header": "信头",
}

_GUIDES = {
    "item": "通告规定此事项不通过邮件办理,答复办理途径。",
    "other-agency": "此事项由另一经办机构办理,答复其邮箱。",
    "wrong-office": "此事项由本机构其他办事处办理,答复其邮箱。",
    "elsewhere": "通告为这类申请人规定了其他办理途径。",
    "inquiry": "来信只是咨询,按通告答复。",
}


def list_reasons(
    decision: Decision,
    rule: str,
    *,
    message: Message,
    classification: Classification,
    item: ServiceItem | None,
    catalogue: Catalogue,
    placement: Placement,
    joins: Case | None,
) -> tuple[str, ...]:
    """Return the reasons in the order a clerk asks for them: what is done, which item and why, where, what lacks."""
    reasons = [_say_decision(decision), f"适用规则:{rule}。"]
    if joins is not None:
        reasons.append(f"来信属于办件{joins.number},与先前的材料合并审核。")
    if item is not None and joins is None:
        reasons += _say_item(item, classification, catalogue)
    reasons += [f"同一封来信还提到:{catalogue.item(code).title},请勿遗漏。" for code in classification.also_items]
    if item is not None and classification.scenario:
        told = item.scenario(classification.scenario)
        reasons.append(f"情形:{told.title if told else classification.scenario}。")
    if placement.wrong_mailbox:
        reasons.append(f"收件邮箱不对,应发至:{'、'.join(placement.right_mailboxes)}。")
    if isinstance(decision, AskForMaterials):
        reasons += _say_missing(decision.checklist, catalogue)
    reasons += [f"附件未打开:{closed}。" for closed in list_closed(message)]
    reasons += [_say_link(link) for link in message.cloud_links]
    reasons += [f"邮件有缺损:{defect}" for defect in message.defects]
    return tuple(reasons)


def _say_decision(decision: Decision) -> str:
    match decision:
        case Acknowledge(checklist):
            return "材料齐全,受理。" if checklist.lines else "来信只是告知情况,无需材料,登记并回复已收到。"
        case AskForMaterials():
            return "材料不齐,一次性告知需补正的内容。"
        case Guide(reason):
            return _GUIDES.get(reason, reason)
        case Triage(reason) | Ignore(reason):
            return reason


def _say_item(item: ServiceItem, classification: Classification, catalogue: Catalogue) -> list[str]:
    strongest = sorted(
        (e for e in classification.evidence if e.where in _PLACES and e.weight > 0), key=lambda e: -e.weight
    )
    because = ";".join(f"{_PLACES[e.where]}“{e.what}”({e.weight:+.1f})" for e in strongest[:4])
    said = [f"事项:{item.title}(得分{classification.score:.1f})。依据:{because}。"]
    if classification.rivals:
        rival = classification.rivals[0]
        said.append(
            f"其次可能:{catalogue.item(rival.item).title}(得分{rival.score:.1f},差距{classification.margin:.0%})。"
        )
    return said


def _say_link(link: CloudLink) -> str:
    expires = link.expires if link.expires in ("", "无限期", "永久有效") else f"{link.expires}到期"
    told = ",".join(filter(None, (link.size, expires)))
    return f"超大附件未下载:{link.name}{f'({told})' if told else ''} {link.url}".rstrip()


def _say_missing(checklist: Checklist, catalogue: Catalogue) -> list[str]:
    def title(entry: str) -> str:
        kinds = (catalogue.kinds.get(code) for code in entry.split("|"))
        return "或".join(k.title if k else code for k, code in zip(kinds, entry.split("|"), strict=True))

    said = [f"缺少:{'、'.join(title(entry) for entry in checklist.missing)}。"]
    said += [remark for line in checklist.lines for remark in line.remarks]
    return said
