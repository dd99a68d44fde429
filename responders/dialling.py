"""Telephones fit to be dialled as they stand: the notices print some without the area code."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.catalogue import Agency

_LOCAL_NUMBER = re.compile(r"(?<![0-9A-Za-z@.-])[0-9]{7,8}(?![0-9A-Za-z@.-])")


def dial_all(telephones: Iterable[str], agency: Agency) -> tuple[str, ...]:
    """Return telephones with the agency's area code where they are printed without one."""
    return tuple(
        f"{agency.area_code}-{t}" if agency.area_code and t.isdigit() and len(t) in {7, 8} else t for t in telephones
    )


def dial_text(text: str, agency: Agency) -> str:
    """Return an agency's prose with the area code before each of its own telephones that is printed without one.

    Only its own: a date or the number of a form may have eight digits too.
    """
    known = _list_numbers(agency)
    return _LOCAL_NUMBER.sub(lambda found: dial_all([found[0]], agency)[0] if found[0] in known else found[0], text)


def _list_numbers(agency: Agency) -> set[str]:
    known = {t for office in agency.offices for t in (*office.telephones, *office.faxes)}
    known.update(t for item in agency.items for t in item.telephones)
    known.update(t for table in agency.appointments.values() for t in table.values())
    return known
