"""``youban cases``: lists and shows cases. Personal data appears: it is the clerk's own view."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cases.queries import CaseLine, CaseView, list_cases, show_case
from domain.cases import CaseNumber, CaseStatus
from domain.errors import CaseError
from domain.mail import Attachment, SenderProof, Unopened
from youban.cli.stored import open_stored
from youban.wiring import read_settings

STATUS_WORDS = {
    CaseStatus.MISSING: "待补正",
    CaseStatus.COMPLETE: "已受理",
    CaseStatus.TRIAGE: "待分拣",
    CaseStatus.GUIDED: "已指引",
    CaseStatus.CLOSED: "已办结",
    CaseStatus.VOID: "已撤销",
}

PROOF_WORDS = {
    SenderProof.VERIFIED: "已由邮件服务商证实",
    SenderProof.UNVERIFIED: "未经证实",
    SenderProof.FAILED: "可能是伪造的（邮件服务商验证未通过）",
}
UNOPENED_WORDS = {
    Unopened.ENCRYPTED: "有密码，未打开",
    Unopened.UNSUPPORTED: "格式不支持，未打开",
    Unopened.DAMAGED: "已损坏",
    Unopened.TOO_LARGE: "过大，未打开",
    Unopened.TOO_DEEP: "压缩层数过多，未打开",
    Unopened.HOSTILE: "可能有害，未打开",
}


def run_list(config: Path, *, status: str, agency: str, office: str, item: str, limit: int, as_json: bool) -> None:
    """Print cases, newest first. Raises: CaseError for a status that does not exist."""
    try:
        wanted = CaseStatus(status) if status else None
    except ValueError as exc:
        raise CaseError(f"no such status: {status} (one of {', '.join(CaseStatus)})") from exc
    with _reading(config) as connection:
        lines = list_cases(
            connection, status=wanted, agency=agency or None, office=office or None, item=item or None, limit=limit
        )
    if as_json:
        for line in lines:
            typer.echo(json.dumps(_line_values(line), ensure_ascii=False))
        return
    table = Table(show_edge=False, pad_edge=False)
    for heading in ("case", "status", "item", "office", "sender", "opened", "due"):
        table.add_column(heading, no_wrap=heading in {"case", "status"})
    for line in lines:
        table.add_row(
            line.case.number,
            STATUS_WORDS[line.case.status],
            line.case.item or "-",
            line.case.office,
            line.case.sender,
            f"{line.case.opened_at.astimezone():%m-%d %H:%M}",
            f"{line.due_on:%m-%d}" if line.due_on else "",
        )
    Console().print(table if lines else Text("no cases"))


def run_show(config: Path, number: str, *, as_json: bool) -> None:
    """Print one case with everything about it. Raises: CaseError when there is none of this number."""
    try:
        parsed = CaseNumber.parse(number)
    except ValueError as exc:
        raise CaseError(f"{number} is not a case number: look at its check digit, the last one") from exc
    with _reading(config) as connection:
        view = show_case(connection, parsed)
    if view is None:
        raise CaseError(f"there is no case {number}")
    if as_json:
        typer.echo(json.dumps(_view_values(view), ensure_ascii=False, default=str))
        return
    _print_case(view)


def _print_case(view: CaseView) -> None:
    console = Console()
    case = view.case
    console.print(Text(f"{case.number}  {STATUS_WORDS[case.status]}  {case.item or '-'} {case.scenario}", style="bold"))
    due = f", due {view.due_on}" if view.due_on else ""
    console.print(Text(f"{case.office} · {case.sender} · opened {case.opened_at.astimezone():%Y-%m-%d %H:%M}{due}"))
    for message in view.messages:
        console.rule(Text(f"来信 {message.subject}"), align="left")
        console.print(Text(message.text.strip()[:800] or "（无正文）"))
        if message.proof is not None:
            console.print(Text(f"  发件人 {message.sender.addr} {PROOF_WORDS[message.proof]}"))
        for attachment in message.attachments:
            console.print(Text(_describe_file(attachment)))
        for reason in message.explanation.get("reasons", []):
            console.print(Text(f"  · {reason}", style="dim"))
        for line in message.explanation.get("checklist", []):
            met = "，".join(f"{code}: {by}" for code, by in line["met_by"].items())
            lacks = "，".join(line["missing"])
            console.print(Text(f"  [{line['finding']}] {line['requires']} {met} {('缺 ' + lacks) if lacks else ''}"))
    for reply in view.replies:
        console.rule(Text(f"回信 {reply.reply.letter.subject} ({reply.reply.state.value})"), align="left")
        console.print(Text(reply.reply.letter.text.strip()))
        for delivery in reply.deliveries:
            console.print(
                Text(f"  {delivery.at.astimezone():%H:%M:%S} {delivery.outcome} {delivery.answer}", style="dim")
            )
    console.rule(Text("经办记录"), align="left")
    for event in view.events:
        console.print(Text(f"  {event.at.astimezone():%m-%d %H:%M:%S} {event.what} {event.by} {dict(event.details)}"))


def _describe_file(attachment: Attachment) -> str:
    said = f"{attachment.media_type}, {attachment.size_bytes} bytes"
    where = f"，在附件{attachment.container + 1}里" if attachment.container is not None else ""
    closed = f"，{UNOPENED_WORDS[attachment.unopened]}" if attachment.unopened else ""
    return f"  附件{attachment.index + 1} {attachment.name} ({said}){where}{closed}"


def _line_values(line: CaseLine) -> dict[str, Any]:
    case = line.case
    return {
        "case": case.number,
        "status": case.status.value,
        "agency": case.agency,
        "office": case.office,
        "item": case.item,
        "scenario": case.scenario,
        "sender": case.sender,
        "opened_at": case.opened_at.isoformat(),
        "due_on": line.due_on.isoformat() if line.due_on else None,
    }


def _view_values(view: CaseView) -> dict[str, Any]:
    return {
        **_line_values(CaseLine(view.case, view.updated_at, view.due_on)),
        "papers": [{"file": p.attachment, "page": p.page, "kind": p.kind} for p in view.case.papers],
        "messages": [
            {
                "message_id": m.message_id,
                "subject": m.subject,
                "key": str(m.key),
                "proof": m.proof,
                "explanation": m.explanation,
            }
            for m in view.messages
        ],
        "replies": [
            {
                "message_id": r.reply.message_id,
                "subject": r.reply.letter.subject,
                "state": r.reply.state.value,
                "attempts": r.reply.attempts,
            }
            for r in view.replies
        ],
        "events": [{"at": e.at.isoformat(), "what": e.what, "by": e.by, "details": e.details} for e in view.events],
    }


@contextmanager
def _reading(config: Path) -> Iterator[sa.Connection]:
    """Yield a connection to a database that is there already. Raises: CaseError, ConfigError."""
    with open_stored(read_settings(config)) as database, database.read() as connection:
        yield connection
