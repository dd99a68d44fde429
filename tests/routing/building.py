"""Builders: a mail, a paper and a small invented agency, each in one line."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from domain.cases import Case, CaseStatus
from domain.catalogue import (
    Agency,
    Catalogue,
    Condition,
    DocumentKind,
    Elsewhere,
    Keyword,
    Office,
    Requirement,
    Scenario,
    ServiceItem,
)
from domain.mail import Address, Attachment, CloudLink, Message
from domain.papers import Paper, Source
from domain.routing import Facts

CITIZEN = "zhang@citizens.example"


def mail(
    subject: str = "",
    text: str = "",
    *,
    sender: str = CITIZEN,
    sender_name: str = "",
    to: str = "counter@agency.example",
    quoted: str = "",
    files: tuple[str, ...] = (),
    attachments: tuple[Attachment, ...] = (),
    headers: tuple[tuple[str, str], ...] = (),
    in_reply_to: tuple[str, ...] = (),
    reply_to: Address | None = None,
    cloud_links: tuple[CloudLink, ...] = (),
) -> Message:
    """Return a message as the reader would give it; ``files`` are names of photographs."""
    named = tuple(attachment(name, index=i) for i, name in enumerate(files))
    return Message(
        identity=hashlib.sha256(f"{sender}{subject}{text}".encode()).hexdigest(),
        message_id="<1@citizens.example>",
        subject=subject,
        sender=Address(sender, sender_name),
        reply_to=reply_to,
        recipients=(Address(to),),
        date=None,
        text=text,
        quoted=quoted,
        in_reply_to=in_reply_to,
        references=in_reply_to,
        attachments=named + attachments,
        machine_headers=headers,
        cloud_links=cloud_links,
    )


def attachment(
    name: str, *, index: int = 0, text: str = "", size_bytes: int = 400_000, is_inline: bool = False
) -> Attachment:
    """Return a photograph of this name."""
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return Attachment(index, name, "image/jpeg", size_bytes, sha256, is_inline, text)


def paper(
    kind: str,
    name: str = "",
    *,
    source: Source = Source.FILE_NAME,
    is_legible: bool | None = None,
    problem: str = "",
    fields: dict[str, str] | None = None,
    page: int = 1,
) -> Paper:
    """Return a paper of a kind ('' = nobody knows)."""
    name = name or f"{kind or 'IMG_0001'}.jpg"
    return Paper(
        attachment=name,
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        page=page,
        kind=kind,
        source=source if kind else Source.NONE,
        confidence=0.8 if kind else 0.0,
        is_legible=is_legible,
        problem=problem,
        fields=fields or {},
    )


def papers(*kinds: str) -> tuple[Paper, ...]:
    """Return one paper of each kind."""
    return tuple(paper(kind) for kind in kinds)


def need(text: str) -> Requirement:
    """Return a requirement from its short form, ``a+b|c+d``."""
    return Requirement(tuple(tuple(group.split("+")) for group in text.split("|")))


def words(**weights: float) -> tuple[Keyword, ...]:
    """Return keywords by weight."""
    return tuple(Keyword(word, weight) for word, weight in weights.items())


KINDS = {
    kind.code: kind
    for kind in (
        DocumentKind("id-front", "身份证人像面", ("身份证正面", "身份证")),
        DocumentKind("id-back", "身份证国徽面", ("身份证反面",)),
        DocumentKind("card-front", "图书卡正面", ("图书卡",)),
        DocumentKind("card-back", "图书卡背面", ("图书卡反面",)),
        DocumentKind("proof", "结业证明", ("结业证明",)),
        DocumentKind("licence", "许可证", ("许可证",)),
        DocumentKind("letter", "手写申请", ("手写申请",), handwritten=True),
        DocumentKind("bank-slip", "账户单", ("账户单",)),
    )
}

MOVE = ServiceItem(
    code="xx-move",
    agency="xx",
    title="读者迁出",
    plain_title="迁出图书卡",
    notice_clause="一",
    is_guidance=False,
    offices=("xx-main", "xx-north", "xx-south"),
    citywide_offices=("xx-main",),
    requires=(need("letter"), need("phone"), need("email")),
    open_requires=(need("id-front+id-back|card-front+card-back"),),
    scenarios=(
        Scenario(
            "graduate", "结业读者", (need("id-front"), need("id-back"), need("proof")), ("结业", "毕业"), ("proof",)
        ),
        Scenario(
            "local", "本地读者", (need("card-front"), need("card-back")), ("本地读者",), ("card-front", "card-back")
        ),
    ),
    conditions=(Condition(need("bank-slip"), ("退押金",)),),
    elsewhere=(Elsewhere("school", "学校统一办理", ("我校", "学校统一"), "请到总馆", ("毕业",)),),
    keywords=words(读者迁出=5, 迁出=5, 转走=3, 图书卡=1),
    not_keywords=words(迁入=4),
)
JOIN = ServiceItem(
    code="xx-join",
    agency="xx",
    title="读者迁入",
    plain_title="迁入图书卡",
    notice_clause="二",
    is_guidance=False,
    offices=("xx-main", "xx-north", "xx-south"),
    citywide_offices=("xx-main",),
    requires=(need("id-front"), need("phone")),
    accepts_landline=True,
    keywords=words(读者迁入=5, 迁入=5, 图书卡=1),
    not_keywords=words(迁出=4, 迁入地=6),
)
PERMIT = ServiceItem(
    code="xx-permit",
    agency="xx",
    title="书店备案",
    plain_title="书店备案",
    notice_clause="三",
    is_guidance=False,
    offices=("xx-permits",),
    requires=(need("licence"),),
    keywords=words(书店备案=5, 书店=3),
)
HOURS = ServiceItem(
    code="xx-hours",
    agency="xx",
    title="延长借期",
    plain_title="延长借期",
    notice_clause="四",
    is_guidance=True,
    keywords=words(延长借期=5, 借期=3),
    guidance="借期自动延长。",
)
OTHER_MOVE = ServiceItem(
    code="yy-move",
    agency="yy",
    title="读者迁出",
    plain_title="迁出图书卡",
    notice_clause="一",
    is_guidance=False,
    offices=("yy-main",),
    requires=(need("id-front"),),
    keywords=words(读者迁出=5, 迁出=5),
)

LIBRARY = Agency(
    code="xx",
    name="云海市图书事务中心",
    short_name="云海图书中心",
    prefix="XX",
    notice="通告",
    area_code="0999",
    website="",
    offices=(
        Office("xx-main", "xx", "读者部", ("main@library.example",), ("0999-81110001",)),
        Office(
            "xx-north", "xx", "北区办", ("north@library.example",), ("0999-81110002",), districts=("北山区", "北山")
        ),
        Office(
            "xx-south",
            "xx",
            "南区办",
            ("south@library.example",),
            postal_address="云海市南川区长街12号2楼",
            districts=("南川区",),
        ),
        Office("xx-permits", "xx", "备案部", ("permits@library.example",)),
    ),
    items=(MOVE, JOIN, PERMIT, HOURS),
)
OTHER_LIBRARY = Agency(
    code="yy",
    name="石原省图书馆",
    short_name="省图书馆",
    prefix="YY",
    notice="通知",
    area_code="0998",
    website="",
    offices=(Office("yy-main", "yy", "省馆", ("main@province.example",)),),
    items=(OTHER_MOVE,),
)
CATALOGUE = Catalogue((LIBRARY, OTHER_LIBRARY), KINDS)


CASE = Case(
    number="XX-20200210-0001-4",
    agency="xx",
    office="xx-north",
    item="xx-move",
    scenario="graduate",
    status=CaseStatus.MISSING,
    sender=CITIZEN,
    opened_at=datetime(2020, 2, 10, tzinfo=UTC),
    version=1,
    papers=papers("letter", "id-front", "proof"),
    facts=Facts(mobiles=("13900001234",), email=CITIZEN),
)
"""An open case of this citizen, in which the back of the identity card is missing."""
