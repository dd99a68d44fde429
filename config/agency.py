"""Reads one agency's file: its offices, its service items, its appointment telephones."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from config.toml import Table, hint_nearest
from domain.catalogue import (
    FACT_CODES,
    Agency,
    Condition,
    Elsewhere,
    Keyword,
    Office,
    Requirement,
    Scenario,
    ServiceItem,
)
from domain.phrases import spell_phrase

_AGENCY_KEYS = (
    *("code", "name", "short_name", "prefix", "notice", "area_code", "website", "wrong_mailbox", "closing"),
    *("office", "item", "appointments", "paper", "uncovered"),
)
_OFFICE_KEYS = ("code", "name", "mailboxes", "telephones", "faxes", "postal_address", "districts")
_ITEM_KEYS = (
    *("code", "title", "plain_title", "notice_clause", "is_guidance", "offices", "citywide_offices"),
    *("requires", "open_requires", "scenario", "condition", "elsewhere", "keywords", "not_keywords"),
    *("accepts_landline", "wants_all", "working_days", "result", "afterwards", "guidance", "telephones", "appointment"),
)
_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_PREFIX = re.compile(r"[A-Z]{2,4}")  # domain.cases.CaseNumber reads no other
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def read_agency(root: Table, kinds: Collection[str]) -> Agency:
    """Return the agency that a file describes; ``kinds`` are the codes that a requirement may name.

    Raises:
        ConfigError: an unknown key, a wrong value, a code twice, or a name that points nowhere.
    """
    root.expect(_AGENCY_KEYS)
    code = _read_code(root)
    prefix = root.text("prefix")
    if not _PREFIX.fullmatch(prefix):
        raise root.error("prefix", f'"{prefix}" cannot start a case number', "two to four capital letters, such as DL")
    appointments = _read_appointments(root.table("appointments"))
    offices = tuple(_read_office(t, code) for t in _list_tables(root, "office"))
    _check_districts(root, offices)
    items = tuple(
        _read_item(t, code, offices={o.code for o in offices}, kinds=kinds, appointments=appointments)
        for t in _list_tables(root, "item")
    )
    return Agency(
        code=code,
        name=root.text("name"),
        short_name=root.text("short_name"),
        prefix=prefix,
        notice=root.text("notice"),
        area_code=root.text("area_code", ""),
        website=root.text("website", ""),
        offices=offices,
        items=items,
        wrong_mailbox=root.choice("wrong_mailbox", ("transfer", "guide"), "transfer"),
        closing=root.text("closing", ""),
        appointments=appointments,
        uncovered=root.texts("uncovered"),
    )


def _list_tables(root: Table, key: str) -> tuple[Table, ...]:
    """Return the tables of an array. Raises: ConfigError when there is none, or a code stands there twice."""
    tables = root.tables(key, named_by="code")
    if not tables:
        raise root.error(key, "is missing", f"an agency needs at least one [[{key}]]")
    _check_codes(tables)
    return tables


def _check_codes(tables: tuple[Table, ...]) -> None:
    seen: set[str] = set()
    for table in tables:
        code = _read_code(table)
        if code in seen:
            raise table.error("code", f'"{code}" stands there twice')
        seen.add(code)


def _read_code(table: Table) -> str:
    code = table.text("code")
    if not _CODE.fullmatch(code):
        raise table.error(
            "code", f'"{code}" is not a code', "small letters, digits and single hyphens, such as dl-death"
        )
    return code


def _check_districts(root: Table, offices: tuple[Office, ...]) -> None:
    """Check that a place name leads to one office: a stated district must not be a toss-up."""
    owners: dict[str, str] = {}
    for office in offices:
        for district in office.districts:
            if district in owners:
                raise root.error(
                    f"office.{office.code}.districts", f'"{district}" already stands at office {owners[district]}'
                )
            owners[district] = office.code


def _read_office(table: Table, agency: str) -> Office:
    table.expect(_OFFICE_KEYS)
    mailboxes = table.texts("mailboxes")
    for address in mailboxes:
        if not _ADDRESS.fullmatch(address):
            raise table.error("mailboxes", f'"{address}" is not a mail address')
    return Office(
        code=table.text("code"),
        agency=agency,
        name=table.text("name"),
        mailboxes=mailboxes,
        telephones=table.texts("telephones"),
        faxes=table.texts("faxes"),
        postal_address=table.text("postal_address", ""),
        districts=table.texts("districts"),
    )


def _read_appointments(table: Table) -> Mapping[str, Mapping[str, str]]:
    tables = {name: table.table(name) for name in table.values}
    return {name: {place: inner.text(place) for place in inner.values} for name, inner in tables.items()}


def _read_item(
    table: Table, agency: str, *, offices: set[str], kinds: Collection[str], appointments: Mapping[str, object]
) -> ServiceItem:
    table.expect(_ITEM_KEYS)
    is_guidance = table.flag("is_guidance", default=False)
    handlers = _read_known(table, "offices", offices)
    if not handlers and not is_guidance:
        raise table.error("offices", "no office handles this item", "name an office, or say is_guidance = true")
    if handlers and is_guidance:
        raise table.error("offices", "an item that is only guidance is handled by no office")
    item = ServiceItem(
        code=table.text("code"),
        agency=agency,
        title=table.text("title"),
        plain_title=table.text("plain_title"),
        notice_clause=table.text("notice_clause"),
        is_guidance=is_guidance,
        offices=handlers,
        requires=_read_requirements(table, "requires", kinds),
        open_requires=_read_requirements(table, "open_requires", kinds),
        scenarios=_read_scenarios(table, kinds),
        conditions=tuple(_read_condition(t, kinds) for t in table.tables("condition", named_by="requires")),
        elsewhere=tuple(_read_elsewhere(t) for t in table.tables("elsewhere", named_by="code")),
        keywords=_read_keywords(table.table("keywords")),
        not_keywords=_read_keywords(table.table("not_keywords")),
        accepts_landline=table.flag("accepts_landline", default=False),
        wants_all=table.flag("wants_all", default=False),
        working_days=table.integer("working_days", least=1, most=365) if table.has("working_days") else None,
        result=table.text("result", ""),
        afterwards=table.text("afterwards", ""),
        guidance=table.text("guidance"),
        telephones=table.texts("telephones"),
        appointment=table.choice("appointment", appointments) if table.has("appointment") else "",
        citywide_offices=_read_known(table, "citywide_offices", handlers),
    )
    if is_guidance and (item.requires or item.open_requires or item.scenarios or item.conditions):
        raise table.error("is_guidance", "an item that is only guidance requires no papers")
    if item.open_requires and not item.scenarios:
        raise table.error("open_requires", "this item has no scenario that could be open", "write it into requires")
    return item


def _read_known(table: Table, key: str, right: Collection[str]) -> tuple[str, ...]:
    """Return a list of codes, all of them known. Raises: ConfigError naming the nearest right one."""
    codes = table.texts(key)
    for code in codes:
        if code not in right:
            raise table.error(key, f'"{code}" is not known here', hint_nearest(code, right))
    return codes


def _read_scenarios(item: Table, kinds: Collection[str]) -> tuple[Scenario, ...]:
    tables = item.tables("scenario", named_by="code")
    _check_codes(tables)
    found: list[Scenario] = []
    for table in tables:
        table.expect(("code", "title", "requires", "keywords", "papers"))
        found.append(
            Scenario(
                code=table.text("code"),
                title=table.text("title"),
                requires=_read_requirements(table, "requires", kinds),
                keywords=table.texts("keywords"),
                papers=_read_known(table, "papers", set(kinds) - FACT_CODES),
            )
        )
    return tuple(found)


def _read_condition(table: Table, kinds: Collection[str]) -> Condition:
    table.expect(("requires", "when"))
    return Condition(_parse_requirement(table, table.text("requires"), kinds=kinds), table.texts("when"))


def _read_elsewhere(table: Table) -> Elsewhere:
    table.expect(("code", "title", "keywords", "not_keywords", "guidance"))
    return Elsewhere(
        code=_read_code(table),
        title=table.text("title"),
        keywords=table.texts("keywords"),
        guidance=table.text("guidance"),
        not_keywords=table.texts("not_keywords"),
    )


def _read_keywords(table: Table) -> tuple[Keyword, ...]:
    """Return the words of ``weight = [words]``, the heaviest first. Raises: ConfigError, also on a word twice."""
    found: dict[str, Keyword] = {}
    for weight in table.values:
        if not weight.isdecimal() or not 1 <= int(weight) <= 9:
            raise table.error(
                weight, "is not a weight", "a whole number from 1 to 9: 1 a hint, 3 strong, 5 its own name"
            )
    for weight in sorted(table.values, reverse=True):
        for word in table.texts(weight):
            if word in found:
                raise table.error(weight, f'"{word}" already stands at weight {found[word].weight:g}')
            _check_phrase(table, weight, word)
            found[word] = Keyword(word, float(weight))
    return tuple(found.values())


def _check_phrase(table: Table, key: str, word: str) -> None:
    try:
        spell_phrase(word)
    except ValueError as exc:
        raise table.error(key, f'"{word}": {exc}', "write {爸,妈}…去世: choices, a gap") from exc


def _read_requirements(table: Table, key: str, kinds: Collection[str]) -> tuple[Requirement, ...]:
    return tuple(_parse_requirement(table, text, kinds=kinds, key=key) for text in table.texts(key))


def _parse_requirement(table: Table, text: str, *, kinds: Collection[str], key: str = "requires") -> Requirement:
    """Return the requirement that a text such as ``a+b|c+d`` spells. Raises: ConfigError naming the nearest code."""
    groups = tuple(tuple(code.strip() for code in group.split("+")) for group in text.split("|"))
    for code in (code for group in groups for code in group):
        if not code:
            raise table.error(key, f'"{text}" is not a requirement', 'write "a", "a|b" for either or "a+b|c+d"')
        if code not in kinds:
            raise table.error(key, f'"{code}" is no document kind or fact', hint_nearest(code, kinds))
    return Requirement(groups)
