"""What the templates are given: a decision and the catalogue turned into the few values that a letter names.

Prose stays in the templates; here are only names, numbers, dates and choices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.catalogue import FACT_CODES, Agency, Catalogue, Office, Requirement, Scenario, ServiceItem
from domain.errors import ReplyError
from domain.mail import Message
from domain.routing import Checklist, ChecklistLine, Facts, Finding
from domain.text import fold
from responders.dialling import dial_all, dial_text
from responders.masking import mask_numbers, quote_line

_MOST_HINTS = 4
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Contact:
    """Where to reach an office; telephones with their area code, so that they can be dialled as they stand."""

    name: str
    telephones: tuple[str, ...]
    faxes: tuple[str, ...]
    mailboxes: tuple[str, ...]
    postal_address: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to send: a paper, or with ``is_fact`` something to write in the answer."""

    title: str
    hint: str
    is_fact: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to meet a requirement: everything in ``wanted`` together. ``who`` says for whom, if not for all."""

    wanted: tuple[Wanted, ...]
    who: str = ""

    @property
    def words(self) -> str:
        """The papers as a letter lists them."""
        return "和".join(w.title for w in self.wanted)


@dataclass(frozen=True, slots=True)
class Lack:
    """One number of the list of what is missing: any one of ``choices``, and why what came does not count."""

    choices: tuple[Choice, ...]
    remarks: tuple[str, ...] = ()
    is_unclear: bool = False

    @property
    def is_fact(self) -> bool:
        """Whether words in the answer are all that lacks here: nobody shall photograph a telephone number."""
        return all(w.is_fact for c in self.choices for w in c.wanted)

    @property
    def words(self) -> str:
        """The choices in one line."""
        return "，或者".join(c.words for c in self.choices)

    @property
    def hints(self) -> tuple[Wanted, ...]:
        """What has a hint how to photograph it, each once; none when there are too many to read."""
        hinted = tuple(dict.fromkeys(w for c in self.choices for w in c.wanted if w.hint))
        return hinted if len(hinted) <= _MOST_HINTS else ()


@dataclass(frozen=True, slots=True)
class Also:
    """A further request in the same mail: with guidance where it is not handled by e-mail."""

    title: str
    guidance: str
    appointments: tuple[tuple[str, str], ...]
    telephones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extra:
    """What some scenarios ask besides, while the mail does not tell which scenario it is."""

    titles: tuple[str, ...]
    wanted: tuple[str, ...]


def write_date(day: date, *, has_weekday: bool = True) -> str:
    """Return a date as a letter says it: 2020年2月4日（星期二）."""
    weekday = f"（星期{_WEEKDAYS[day.weekday()]}）" if has_weekday else ""
    return f"{day.year}年{day.month}月{day.day}日{weekday}"


def view_contact(office: Office | None, agency: Agency, telephones: Sequence[str] = ()) -> Contact:
    """Return an office's contact, with only those of its telephones that are the item's own, if any are.

    Without an office it is the agency's: the item's telephones, else those of the first office.
    """
    if office is None:
        numbers = telephones or tuple(t for o in agency.offices[:1] for t in o.telephones)
        return Contact(agency.name, dial_all(numbers, agency), (), (), "")
    own = [t for t in telephones if t in office.telephones]
    return Contact(
        name=office.name,
        telephones=dial_all(own or office.telephones, agency),
        faxes=dial_all(office.faxes, agency),
        mailboxes=office.mailboxes,
        postal_address=office.postal_address,
    )


def view_targets(mailboxes: Iterable[str], catalogue: Catalogue) -> tuple[Contact, ...]:
    """Return the offices behind addresses that a letter sends people to, each once."""
    offices = dict.fromkeys(o for o in map(catalogue.find_office, mailboxes) if o is not None)
    return tuple(view_contact(o, catalogue.agency(o.agency)) for o in offices)


def view_lacks(checklist: Checklist, item: ServiceItem, catalogue: Catalogue) -> tuple[Lack, ...]:
    """Return what to ask for, in the notice's order. A remark stands with the paper it names, else with the last."""
    lacks: dict[tuple[Choice, ...], Lack] = {}
    for line in checklist.lines:
        if line.finding is Finding.FOUND:
            continue
        asked = _view_line(line, item, catalogue)
        remarks = list(line.remarks)
        for nth, choices in enumerate(asked):
            titles = [w.title for choice in choices for w in choice.wanted]
            is_last = nth == len(asked) - 1
            own = [r for r in remarks if is_last or any(t in r for t in titles)]
            remarks = [r for r in remarks if r not in own]
            shown = tuple(quote_line(r, longest=160) for r in own)
            lacks.setdefault(choices, Lack(choices, shown, line.finding is Finding.UNCLEAR))
    return tuple(lacks.values())


def _view_line(line: ChecklistLine, item: ServiceItem, catalogue: Catalogue) -> list[tuple[Choice, ...]]:
    """Return what one requirement still lacks, each entry a number of the list with its choices.

    While nothing tells the scenario, each scenario's own list is offered, so that people send
    everything at once. Of groups such as two cards with two sides, whole groups are offered: side by
    side codes (``id-front|ss-card-front``) would invite one side of each.
    """
    if line.requirement in item.open_requires and not line.met_by and all(s.requires for s in item.scenarios):
        return [tuple(_view_scenario(s, item, catalogue) for s in item.scenarios)]
    if not any("|" in code for code in line.missing):
        return [(_view_group([code], item, catalogue),) for code in line.missing or sorted(line.requirement.codes)]
    groups = [[c for c in group if c not in line.met_by] for group in line.requirement.alternatives]
    fewest = min(map(len, groups))
    return [tuple(_view_group(group, item, catalogue) for group in groups if len(group) == fewest)]


def _view_scenario(scenario: Scenario, item: ServiceItem, catalogue: Catalogue) -> Choice:
    """Return a scenario's list as one choice; a requirement with alternatives becomes one entry of it."""
    wanted = []
    for requirement in scenario.requires:
        if len(requirement.alternatives) == 1:
            wanted += [_view_wanted(code, item, catalogue) for code in requirement.alternatives[0]]
        else:
            wanted.append(Wanted(_write_requirement(requirement, catalogue), "", is_fact=False))
    return Choice(tuple(wanted), who=scenario.title)


def _view_group(codes: Iterable[str], item: ServiceItem, catalogue: Catalogue) -> Choice:
    return Choice(tuple(_view_wanted(code, item, catalogue) for code in codes))


def view_requirements(item: ServiceItem, catalogue: Catalogue) -> tuple[Lack, ...]:
    """Return all that an item asks of everybody, as a list of what to send."""
    asked = (*item.requires, *item.open_requires)
    return tuple(Lack(tuple(_view_group(g, item, catalogue) for g in r.alternatives)) for r in asked)


def _view_wanted(code: str, item: ServiceItem, catalogue: Catalogue) -> Wanted:
    is_fact = code in FACT_CODES
    kind = catalogue.kinds.get(code)
    title = title_of(code, catalogue)
    if code == "phone" and item.accepts_landline:
        title = "联系电话（手机或固定电话）"
    return Wanted(title, kind.photo_hint if kind and not is_fact else "", is_fact)


def view_extras(checklist: Checklist, item: ServiceItem, *, scenario: str, catalogue: Catalogue) -> tuple[Extra, ...]:
    """Return what the scenarios ask besides, while none is told; scenarios that ask the same stand together.

    Empty when an open requirement was asked: then the scenarios have been offered as choices.
    """
    if scenario or any(line.requirement in item.open_requires for line in checklist.lines):
        return ()
    asked = {code for line in checklist.lines for code in line.requirement.codes}
    extras: dict[tuple[str, ...], list[str]] = {}
    for told in item.scenarios:
        more = tuple(_write_requirement(r, catalogue) for r in told.requires if not r.codes <= asked)
        if more:
            extras.setdefault(more, []).append(told.title)
    return tuple(Extra(tuple(titles), more) for more, titles in extras.items())


def _write_requirement(requirement: Requirement, catalogue: Catalogue) -> str:
    groups = ("和".join(title_of(c, catalogue) for c in group) for group in requirement.alternatives)
    return "，或者".join(groups)


def title_of(code: str, catalogue: Catalogue) -> str:
    """Return how a letter calls a paper or fact. Raises: ReplyError when the catalogue has no such code."""
    kind = catalogue.kinds.get(code)
    if kind is None:
        raise ReplyError(f"the catalogue has no title for {code!r}")
    return kind.title


def view_facts(facts: Facts, item: ServiceItem, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """Return what the mail states of those facts that the item asks for, masked: (title, value)."""
    asked = {code for r in (*item.requires, *item.open_requires) for code in r.codes}
    asked |= {code for s in item.scenarios for r in s.requires for code in r.codes}
    phones = (*facts.mobiles, *(facts.landlines if item.accepts_landline else ()))
    stated = {
        "phone": "、".join(mask_numbers(p) for p in phones),
        "email": facts.email,
        "destination-address": quote_line(facts.destination_address, longest=100),
        "destination-phone": mask_numbers(facts.destination_phone),
    }
    # "手机号码" above a landline would contradict what stands below it.
    titles = {"phone": "联系电话"} if item.accepts_landline else {}
    return tuple(
        (titles.get(code) or title_of(code, catalogue), value)
        for code, value in stated.items()
        if code in asked and value
    )


def view_also(item: ServiceItem, catalogue: Catalogue, *, message: Message, office: Office | None) -> Also:
    """Return a further request as a letter names it."""
    agency = catalogue.agency(item.agency)
    return Also(
        title=item.title,
        guidance=dial_text(item.guidance, agency) if item.is_guidance else "",
        appointments=find_appointments(item, agency, message=message, office=office),
        telephones=dial_all(item.telephones, agency),
    )


def find_appointments(
    item: ServiceItem, agency: Agency, *, message: Message, office: Office | None
) -> tuple[tuple[str, str], ...]:
    """Return (place, telephone) of the district the mail names, or was sent to; else the whole table (大连通告三)."""
    table: Mapping[str, str] = agency.appointments.get(item.appointment, {})
    text = fold(message.subject + "\n" + message.text)
    rows = tuple((place, dial_all([telephone], agency)[0]) for place, telephone in table.items())
    named = tuple(row for row in rows if any(name in text for name in _names_of(row[0], agency)))
    if not named and office is not None:
        named = tuple(row for row in rows if office.code == _office_of(row[0], agency))
    return named or rows


def _names_of(place: str, agency: Agency) -> tuple[str, ...]:
    code = _office_of(place, agency)
    return (fold(place), *(fold(d) for o in agency.offices if o.code == code for d in o.districts))


def _office_of(place: str, agency: Agency) -> str:
    """Return the code of the office whose own district a place is: of several, the one that serves the fewest."""
    serving = sorted((o for o in agency.offices if place in o.districts), key=lambda o: len(o.districts))
    return serving[0].code if serving else ""
