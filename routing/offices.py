"""Which office is right for a request, and whether the mail went to a wrong mailbox."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.catalogue import Catalogue, Office, ServiceItem
from domain.papers import Paper
from domain.text import fold
from routing.agencies import Direction, find_direction
from routing.places import find_districts, find_own_place

# Where a paper shows where somebody lives.
_ADDRESS_FIELDS = ("address", "住址", "地址")


@dataclass(frozen=True, slots=True)
class Placement:
    """The office that works a request; ``right_mailboxes`` are named only when the mailbox was wrong."""

    office: Office | None
    wrong_mailbox: bool = False
    right_mailboxes: tuple[str, ...] = ()


def find_placement(
    item: ServiceItem, mailbox: str, *, text: str, papers: Iterable[Paper], catalogue: Catalogue
) -> Placement:
    """Return the right office for an item, by the rules of the notices' reading.

    A guidance item has no wrong mailbox. A district office is wrong only if the mail states another
    district; a citywide office is right whatever district it states. A request that names no
    district and reached an office that does not handle it goes to the citywide one, which is surely right.
    """
    here = catalogue.find_office(mailbox)
    if item.is_guidance or not item.offices:
        return Placement(here)
    agency = catalogue.agency(item.agency)
    handling = tuple(agency.office(code) for code in item.offices)
    citywide = tuple(agency.office(code) for code in item.citywide_offices)
    stated: tuple[Office, ...] = ()
    if len(handling) > 1:
        own_place = find_own_place(agency)
        leaves = find_direction(item) is Direction.LEAVES
        stated = find_districts(fold(text), agency.offices, own_place=own_place, leaves=leaves)
        stated = stated or find_districts(_list_addresses(papers), agency.offices, own_place=own_place)
    if here is not None and (here in citywide or (here in handling and not stated)):
        return Placement(here)
    # The district's own office is named rather than the citywide one that would do as well: one address, the nearest.
    right = tuple(o for o in stated if o in handling and o not in citywide) or citywide or handling[:1]
    if here is None:
        return Placement(right[0])
    if here in right:
        return Placement(here)
    return Placement(right[0], wrong_mailbox=True, right_mailboxes=tuple(m for o in right for m in o.mailboxes))


def _list_addresses(papers: Iterable[Paper]) -> str:
    """Return the folded addresses that papers show, read only when the mail itself states no district."""
    return fold("\n".join(p.fields[name] for p in papers for name in _ADDRESS_FIELDS if name in p.fields))
