"""Composing: from a decision to the words of the letter. Pure: values in, a Letter out.

There is one template for each form of letter. It is printed twice, with the macros of
``blocks.txt.j2`` and of ``blocks.html.j2``, so that the two parts of a mail never say different things.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, assert_never

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from domain.cases import Letter
from domain.catalogue import Agency, Catalogue, Office, ServiceItem
from domain.decisions import Acknowledge, AskForMaterials, Decided, Guide, Ignore, Triage
from domain.errors import ReplyError
from domain.mail import Message
from domain.papers import Paper
from domain.routing import Checklist
from responders import views
from responders.dialling import dial_text
from responders.fileviews import view_came, view_closed, view_links
from responders.masking import quote_line
from responders.typesetting import set_type
from responders.workdays import Closures, add_working_days

_TEMPLATES = Path(__file__).parent / "templates"
_OUTCOMES = {
    "ack": "已受理",
    "notice": "已收到",
    "missing": "需补充材料",
    "guidance": "办理指引",
    "received": "已收到",
}
_LINE_END = re.compile(r"\s*\n\s*")
_GAP = "¶"  # a line of its own in blocks.txt.j2: one blank line goes here, and nowhere else


class Composer:
    """Writes letters about a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._templates = compile_templates()

    def compose(
        self,
        decided: Decided,
        *,
        number: str,
        message: Message,
        papers: tuple[Paper, ...],
        mailbox: str,
        received_on: date,
        closures: Closures,
        due_on: date | None = None,
    ) -> Letter | None:
        """Return the letter that a decision asks for, or None when nothing is answered (Ignore).

        A message that waits for a clerk (Triage) is answered too, with a plain receipt: a citizen who
        hears nothing writes again, and telephones.

        Args:
            decided: the decision with its evidence.
            number: the case number, '' when no case was opened.
            message: the message answered.
            papers: what the case holds, this message's papers included.
            mailbox: the address that received the message and sends the letter.
            received_on: the day of receipt; working days count from the day after.
            closures: the operator's calendar.
            due_on: the day that the case was promised; without one it is counted from ``received_on``.

        Raises: ReplyError when the catalogue cannot say what the letter must say.
        """
        decision = decided.decision
        if isinstance(decision, Ignore):
            return None
        try:
            sheet = self._open_sheet(decided, message, mailbox)
        except KeyError as exc:
            raise ReplyError(f"the catalogue has no {exc}") from exc
        values = self._common_values(sheet)
        values |= {
            "number": number,
            "received": views.write_date(received_on),
            "received_short": views.write_date(received_on, has_weekday=False),
            "came": view_came(map(decided.people.note_problem, papers), message, self._catalogue),
            "closed": view_closed(message, papers),
            "links": view_links(message.cloud_links),
        }
        match decision:
            case Acknowledge() if decided.is_news:
                form = "notice"
            case Acknowledge(checklist=checklist):
                form = "ack"
                values |= _view_outcome(sheet)
                values |= self._checklist_values(sheet, checklist)
                values["promise"] = _view_promise(sheet.item, received_on, closures, due_on=due_on)
            case AskForMaterials(checklist=checklist):
                form = "missing"
                values |= self._checklist_values(sheet, checklist)
            case Guide():
                form = "guidance"
                values |= self._guidance_values(sheet, decision)
            case Triage():
                form = "received"
            case _:
                assert_never(decision)
        return self._print(form, values, item=sheet.item)

    def _print(self, form: str, values: dict[str, Any], *, item: ServiceItem | None) -> Letter:
        outcome = _OUTCOMES[form]
        if item and form == "ack" and "受理" in item.title:
            outcome = f"材料已收到，{outcome}"  # 申请受理：已受理 would read like a slip
        about = f"{set_type(item.title)}：{outcome}" if item else f"来信：{outcome}"
        subject = f"[{values['number']}] {about}" if values["number"] else about
        values["title"] = subject
        text, html = (template.render(values) for template in self._templates[form])
        return Letter(subject, _set_lines(text), html, form)

    def _open_sheet(self, decided: Decided, message: Message, mailbox: str) -> _Sheet:
        """Raises: KeyError for a code that the catalogue does not have."""
        code = decided.classification.item
        item = self._catalogue.item(code) if code and code != "none" else None
        own_office = self._catalogue.find_office(mailbox)
        signing = self._catalogue.agency(own_office.agency if own_office else decided.agency)
        responsible = self._catalogue.agency(item.agency) if item else signing
        return _Sheet(decided, message, item, own_office, signing, responsible)

    def _common_values(self, sheet: _Sheet) -> dict[str, Any]:
        decided = sheet.decided
        return {
            "agency": sheet.signing,
            "closing": dial_text(sheet.signing.closing, sheet.signing),
            "item": sheet.item,
            "contact": sheet.view_contact(),
            "subject": quote_line(sheet.message.subject),
            "is_supplement": bool(decided.joins) and not decided.is_status,
            "is_status": decided.is_status,
            "transferred_to": decided.right_mailboxes if decided.wrong_mailbox else (),
            "also": tuple(
                views.view_also(self._catalogue.item(code), self._catalogue, message=sheet.message, office=sheet.own)
                for code in decided.classification.also_items
            ),
        }

    def _checklist_values(self, sheet: _Sheet, checklist: Checklist) -> dict[str, Any]:
        if sheet.item is None:
            raise ReplyError("a checklist without a service item")
        scenario = sheet.decided.classification.scenario
        return {
            "lacks": views.view_lacks(checklist, sheet.item, self._catalogue),
            "extras": views.view_extras(checklist, sheet.item, scenario=scenario, catalogue=self._catalogue),
            "facts": views.view_facts(sheet.decided.facts, sheet.item, self._catalogue),
        }

    def _guidance_values(self, sheet: _Sheet, guide: Guide) -> dict[str, Any]:
        item = sheet.item
        if item is None:
            raise ReplyError("guidance without a service item")
        elsewhere = next((e for e in item.elsewhere if e.code == guide.elsewhere), None)
        guidance = elsewhere.guidance if elsewhere else item.guidance
        targets = views.view_targets(sheet.decided.right_mailboxes, self._catalogue) if sheet.sends_away else ()
        if sheet.sends_away and not targets:
            targets = (views.view_contact(sheet.working, sheet.responsible, item.telephones),)
        return {
            "reason": "other-agency" if sheet.is_foreign else guide.reason,
            "responsible": sheet.responsible,
            "paragraphs": tuple(p for p in dial_text(guidance, sheet.responsible).splitlines() if p.strip()),
            "appointments": views.find_appointments(item, sheet.responsible, message=sheet.message, office=sheet.own),
            "targets": targets,
            "wanted": () if guidance else views.view_requirements(item, self._catalogue),
        }


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Who writes to whom: ``own`` is the office written to, ``signing`` its agency, ``responsible`` the item's."""

    decided: Decided
    message: Message
    item: ServiceItem | None
    own: Office | None
    signing: Agency
    responsible: Agency

    @property
    def is_foreign(self) -> bool:
        return self.signing.code != self.responsible.code

    @property
    def sends_away(self) -> bool:
        """Whether the letter names another counter instead of our own."""
        decision = self.decided.decision
        return self.is_foreign or (isinstance(decision, Guide) and decision.reason in {"other-agency", "wrong-office"})

    @property
    def working(self) -> Office | None:
        """The office that works the case, else the one that the item's telephones lead to."""
        telephones = frozenset(self.item.telephones if self.item else ())
        for office in self.responsible.offices:
            if office.code == self.decided.office:
                return office
        for office in self.responsible.offices:
            if telephones and telephones <= set(office.telephones):
                return office
        return None

    def view_contact(self) -> views.Contact:
        """Return whom to ask about this letter."""
        telephones = self.item.telephones if self.item else ()
        if self.sends_away:
            return views.view_contact(self.own, self.signing)
        return views.view_contact(self.working or self.own, self.signing, telephones)


def _view_outcome(sheet: _Sheet) -> dict[str, str]:
    """Return what the citizen gets, and what is left for him to do."""
    texts = {"result": sheet.item.result, "afterwards": sheet.item.afterwards} if sheet.item else {}
    return {name: dial_text(text, sheet.responsible) for name, text in texts.items()}


def _view_promise(
    item: ServiceItem | None, received_on: date, closures: Closures, *, due_on: date | None
) -> dict[str, Any] | None:
    if item is None or item.working_days is None:
        return None
    promise = add_working_days(received_on, item.working_days, calendar=closures)
    if due_on is not None and due_on != promise.on:
        return {"by": views.write_date(due_on), "days": item.working_days, "is_provisional": False}
    return {"by": views.write_date(promise.on), "days": item.working_days, "is_provisional": promise.is_provisional}


def _set_lines(text: str) -> str:
    """Drop the blank lines that templates leave, and put one where they mark a gap."""
    lines: list[str] = []
    for line in map(str.rstrip, text.split("\n")):
        if line == _GAP:
            if lines and lines[-1] and not lines[-1].startswith("【"):  # a heading stays with its text
                lines.append("")
        elif line:
            lines.append(line)
    return "\n".join(lines) + "\n"


def _flow(text: str) -> str:
    """Join the lines of a template's paragraph: between Chinese characters a line end would show as a space."""
    joined = _LINE_END.sub("", text.strip())
    return Markup(joined) if isinstance(text, Markup) else joined  # noqa: S704 - escaped before it came here


@cache
def compile_templates() -> Mapping[str, tuple[Template, Template]]:
    """Return each form's templates for plain text and HTML. Once for a process: it takes a fifth of a second."""
    text, html = _build_environment("txt"), _build_environment("html")
    return {form: (text.get_template(f"{form}.j2"), html.get_template(f"{form}.j2")) for form in _OUTCOMES}


def _build_environment(kind: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=kind == "html",  # noqa: S701 - the other one prints text/plain
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals |= {"blocks": f"blocks.{kind}.j2", "frame": f"frame.{kind}.j2"}
    environment.filters |= {"flow": _flow, "typeset": set_type}
    return environment
