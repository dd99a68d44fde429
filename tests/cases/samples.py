"""Fictional mail and papers for the tests of the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from cases.events import record_event
from cases.ledger import record_fetched, settle
from cases.outbox import write_reply
from cases.store import (
    link_message,
    next_number,
    open_case,
    record_attachments,
    record_message,
    record_papers,
)
from domain.cases import Case, CaseStatus, Fate, Letter
from domain.mail import Address, Attachment, Message, MessageKey, RawMessage
from domain.papers import Paper, Source
from domain.routing import Facts

MAILBOX = "counter@agency.example"
DAY = date(2020, 2, 10)
NOW = datetime(2020, 2, 10, 1, 30, tzinfo=UTC)
FACTS = Facts(mobiles=("13900001234",), email="wang@citizen.example", destination_address="青岛市市南区")
LETTER = Letter("【办件号 DL-20200210-0001】死亡账户注销：已受理", "您好：\n材料齐全。", "<p>您好</p>", "acknowledge")


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def key(uid: int, mailbox: str = MAILBOX, uidvalidity: int = 7) -> MessageKey:
    return MessageKey(mailbox, "INBOX", uidvalidity, uid)


def raw(uid: int, mailbox: str = MAILBOX, uidvalidity: int = 7) -> RawMessage:
    return RawMessage(key(uid, mailbox, uidvalidity), f"{uid:064x}", 4096, NOW)


def message(uid: int = 1, *, sender: str = "wang@citizen.example", name: str = "王小明", **changes: object) -> Message:
    values: dict[str, object] = {
        "identity": f"identity-{uid}",
        "message_id": f"<{uid}@citizen.example>",
        "subject": "办理死亡账户注销",
        "sender": Address(sender, name),
        "reply_to": None,
        "recipients": (Address(MAILBOX),),
        "date": NOW,
        "text": "您好，申请办理死亡账户注销。电话13900001234。",
        "quoted": "",
        "in_reply_to": (),
        "references": (),
        "attachments": (
            Attachment(0, "死亡证明.jpg", "image/jpeg", 200_000, f"{uid * 10:064x}"),
            Attachment(1, "花名册.pdf", "application/pdf", 100_000, f"{uid * 10 + 1:064x}"),
        ),
    }
    return Message(**(values | changes))  # type: ignore[arg-type]


def papers(uid: int = 1) -> tuple[Paper, ...]:
    return (
        Paper(
            "死亡证明.jpg",
            f"{uid * 10:064x}",
            1,
            "death-cert",
            Source.FILE_NAME,
            0.6,
            ("文件名中有“死亡证明”",),
            fields={"name": "王小明"},
        ),
        Paper("花名册.pdf", f"{uid * 10 + 1:064x}", 1, "decrease-roster", Source.TEXT_LAYER, 0.9, is_legible=True),
        Paper("花名册.pdf", f"{uid * 10 + 1:064x}", 2, "", Source.NONE, 0.0, is_legible=False, problem="太暗"),
    )


def fetch(conn: sa.Connection, uids: Sequence[int], mailbox: str = MAILBOX) -> None:
    record_fetched(
        conn,
        mailbox=mailbox,
        folder="INBOX",
        uidvalidity=7,
        last_uid=max(uids),
        messages=[raw(uid, mailbox) for uid in uids],
        fates=[Fate.WAITING] * len(uids),
        at=NOW,
    )


def open_sample(conn: sa.Connection, *, sender: str = "wang@citizen.example", **changes: object) -> Case:
    values: dict[str, object] = {
        "agency": "dl",
        "office": "dl-zhongshan",
        "item": "dl-death",
        "scenario": "employee",
        "status": CaseStatus.MISSING,
        "facts": FACTS,
        "at": NOW,
        "due_on": date(2020, 2, 12),
    }
    return open_case(conn, next_number(conn, "DL", DAY), sender=sender, **(values | changes))  # type: ignore[arg-type]


def write_sample(conn: sa.Connection, case: str, **changes: object) -> int:
    values: dict[str, object] = {
        "decision_key": f"decision:{case}:1",
        "mailbox": MAILBOX,
        "recipient": "wang@citizen.example",
        "message_id": f"<reply.{case}.1@agency.example>",
        "in_reply_to": "<1@citizen.example>",
        "references": ("<0@citizen.example>", "<1@citizen.example>"),
        "letter": LETTER,
        "at": NOW,
    }
    return write_reply(conn, case=case, **(values | changes))  # type: ignore[arg-type]


def handle_sample(conn: sa.Connection, uid: int, *, mailbox: str = MAILBOX) -> str | None:
    """Handle a fetched message as the pipeline does: everything in one transaction; the case's number or None."""
    mail = message(uid)
    if not settle(conn, key(uid, mailbox), Fate.ANSWERED, at=NOW, identity=mail.identity):
        return None
    explanation = {"rule": "open_case", "margin": 0.6, "reasons": ["主题中有“死亡账户注销”"]}
    if not record_message(conn, key(uid, mailbox), mail, at=NOW, decision="ack", explanation=explanation):
        return None
    record_attachments(conn, mail)
    case = open_sample(conn, status=CaseStatus.COMPLETE)
    link_message(conn, mail, case=case.number)
    record_papers(conn, case.number, papers(uid), at=NOW)
    write_sample(conn, case.number)
    record_event(conn, case.number, at=NOW, what="opened", by="youban", details={"message": str(key(uid, mailbox))})
    return case.number
