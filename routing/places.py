"""Districts in folded text: which of an agency's areas a mail states as the writer's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.catalogue import Agency, Office
from routing.words import fold_word

_LEADING_PLACE = re.compile(r"(.{2,6}?)(省|自治区|市|县|区|州)")
# 中山路 is a street and 中山市 another city: a district's short name counts only when nothing of this follows.
_NO_DISTRICT = re.compile(r"(?:[东西南北中]?(?:路|街|大街|大道|巷)|广场|公园|大学|学院|医院|酒店|市(?!区)|陵|装|先生)")
_OTHER_CITY = re.compile(r"([一-鿿]{2,4})[市省州]$")
_HOUSE_NUMBER = re.compile(r".+?\d号")
_MOVES_THERE = re.compile(r"[转迁调](?:出|移|走)?[到往至去回][^,。;!?]{0,8}$")
# What is posted somewhere says nothing about where the writer lives.
_POSTED_THERE = re.compile(r"(?:邮?寄|汇|快递|送)(?:出|送|了)?(?:到|往|至|去)?[^,。;!?]{0,6}$")


def find_own_place(agency: Agency) -> str:
    """Return the place an agency's name begins with, folded (大连), '' when it begins with none."""
    leading = _LEADING_PLACE.match(fold_word(agency.name))
    return leading.group(1) if leading else ""


def find_districts(
    text: str, offices: Iterable[Office], *, own_place: str = "", leaves: bool = False
) -> tuple[Office, ...]:
    """Return the offices whose districts a folded text states, in order of mention, each once.

    Several offices may serve one district. Where something is posted to, a street ("中山路"), a
    district of another city ("济南市高新区") and an office's own postal address are no statement about the writer;
    for one who ``leaves``, neither is where he moves to ("转到济南高新区").
    """
    unlike = (_POSTED_THERE, _MOVES_THERE) if leaves else (_POSTED_THERE,)
    offices = tuple(offices)
    text = _mask_addresses(text, offices, own_place)
    names: dict[str, list[Office]] = {}
    for office in offices:
        for district in office.districts:
            names.setdefault(fold_word(district), []).append(office)
    found: list[tuple[int, list[Office]]] = []
    taken = bytearray(len(text))
    # The longest first: 金普新区 before 金普.
    for name in sorted(filter(None, names), key=lambda n: (-len(n), n)):
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if not any(taken[at:end]):
                taken[at:end] = b"\x01" * len(name)
                if _is_stated(text, at, end, own_place=own_place, unlike=unlike):
                    found.append((at, names[name]))
            at = text.find(name, end)
    found.sort(key=lambda pair: pair[0])
    return tuple(dict.fromkeys(office for _, group in found for office in group))


def _mask_addresses(text: str, offices: Iterable[Office], own_place: str) -> str:
    """Return a text without the postal addresses of the offices, whole or up to the house number."""
    for office in offices:
        address = fold_word(office.postal_address)
        number = _HOUSE_NUMBER.match(address)
        for form in (address, number.group() if number else ""):
            for masked in (form, form.removeprefix(f"{own_place}市")):
                if masked:
                    text = text.replace(masked, "#")
    return text


def _is_stated(text: str, at: int, end: int, *, own_place: str, unlike: Sequence[re.Pattern[str]]) -> bool:
    before = text[max(0, at - 16) : at]
    other_city = _OTHER_CITY.search(before)
    if other_city and not (own_place and other_city.group(1).endswith(own_place)):
        return False
    is_full_name = text[end - 1] in "区市县处"
    return not (any(sign.search(before) for sign in unlike) or (not is_full_name and _NO_DISTRICT.match(text, end)))
