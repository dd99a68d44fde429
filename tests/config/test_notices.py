"""The data against the notices themselves: a wrong digit sends a citizen to a stranger."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from config.catalogue import load_catalogue
from domain.catalogue import Agency
from domain.text import fold

NOTICES = {"sd": "shandong-2020-3.txt", "dl": "dalian-2020.txt"}
ADDRESS = re.compile(r"[A-Za-z0-9_.]+@[a-z0-9.]+[a-z]")
# Seven digits and more, perhaps behind an area code, and part of no address or host.
NUMBER = re.compile(r"(?<![A-Za-z0-9_.@-])(?:0\d{2,3}-)?\d{7,11}(?![A-Za-z0-9_.@-])")
CATALOGUE = load_catalogue()
AGENCIES = pytest.mark.parametrize("agency", CATALOGUE.agencies, ids=lambda a: a.code)


def read_notice(agency: Agency) -> str:
    return (Path(__file__).parent / "notices" / NOTICES[agency.code]).read_text(encoding="utf-8")


def walk_texts(value: object) -> Iterator[str]:
    """Every text anywhere inside a value of the catalogue."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from walk_texts(key)
            yield from walk_texts(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from walk_texts(inner)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from walk_texts(getattr(value, field.name))


def find_all(pattern: re.Pattern[str], text: str) -> set[str]:
    return set(pattern.findall(text))


@AGENCIES
def test_every_number_of_the_notice_is_in_the_data_and_no_other(agency: Agency) -> None:
    assert find_all(NUMBER, "\n".join(walk_texts(agency))) == find_all(NUMBER, read_notice(agency))


@AGENCIES
def test_every_address_of_the_notice_is_in_the_data_and_no_other(agency: Agency) -> None:
    assert find_all(ADDRESS, "\n".join(walk_texts(agency))) == find_all(ADDRESS, read_notice(agency))


@AGENCIES
def test_every_address_of_the_notice_is_a_mailbox(agency: Agency) -> None:
    mailboxes = [m for office in agency.offices for m in office.mailboxes]
    assert sorted(mailboxes) == sorted(find_all(ADDRESS, read_notice(agency)))


def test_there_are_21_mailboxes() -> None:
    assert [len([m for o in a.offices for m in o.mailboxes]) for a in CATALOGUE.agencies] == [5, 16]
    assert len(CATALOGUE.mailboxes) == 21


def test_the_notices_numbers_are_found_at_all() -> None:
    found = {a.code: find_all(NUMBER, read_notice(a)) for a in CATALOGUE.agencies}
    assert {"81286763", "86198991", "86198985", "86188962"} <= found["sd"]
    assert {"0411-73709198", "15642355578", "39185571", "0411-85622579"} <= found["dl"]
    assert (len(found["sd"]), len(found["dl"])) == (13, 40)


@AGENCIES
def test_postal_addresses_stand_in_the_notice(agency: Agency) -> None:
    notice = fold(read_notice(agency))
    for office in agency.offices:
        assert fold(office.postal_address) in notice


def test_every_postal_address_of_dalian_is_an_offices() -> None:
    agency = CATALOGUE.agency("dl")
    printed = re.findall(r"邮寄地址:(.+?)。?$", read_notice(agency), re.MULTILINE)
    assert sorted(printed) == sorted(office.postal_address for office in agency.offices)


def read_printed_offices() -> list[tuple[str, ...]]:
    """What each contact line of the notice of 大连 prints: telephone, fax, address, postal address."""
    return re.findall(
        r"联系电话:?([\d-]+)(?:;传真号码:?([\d-]+))?;(?:电子)?邮箱:?\s*(\S+?@163\.com);邮寄地址:(.+?)。?$",
        read_notice(CATALOGUE.agency("dl")),
        re.MULTILINE,
    )


def test_each_office_of_dalian_has_the_contacts_of_its_own_line() -> None:
    offices = CATALOGUE.agency("dl").offices
    ours = [("".join(o.telephones), "".join(o.faxes), "".join(o.mailboxes), o.postal_address) for o in offices]
    assert ours == read_printed_offices()


def test_the_oddities_of_the_notice_are_kept() -> None:
    agency = CATALOGUE.agency("dl")
    assert agency.office("dl-clearing").faxes == ("0411-73709198",)
    assert agency.office("dl-contracts").telephones == agency.office("dl-contracts").faxes == ("0411-83709153",)
    assert agency.office("dl-changxingdao").faxes == ()


@pytest.mark.parametrize(
    ("table", "begins"),
    [("remote-claim", "异地就医报销业务预约电话"), ("account-pension", "退休金报盘业务预约电话")],
)
def test_appointment_telephones_are_those_of_the_notice(table: str, begins: str) -> None:
    agency = CATALOGUE.agency("dl")
    line = re.search(rf"{begins}\(区号0411\):(.+?)。", read_notice(agency))
    assert line is not None
    printed = dict(re.fullmatch(r"(\D+)(\d+)", part).groups() for part in line[1].split("、"))  # type: ignore[union-attr]
    assert agency.appointments[table] == printed


def test_maternity_appointments_are_the_offices_own_telephones() -> None:
    agency = CATALOGUE.agency("dl")
    owner = {district: office for office in agency.offices for district in office.districts}
    for place, telephone in agency.appointments["maternity"].items():
        assert owner[place].telephones == (telephone,)


@AGENCIES
def test_an_item_quotes_only_its_own_offices_telephones(agency: Agency) -> None:
    for item in agency.items:
        for telephone in item.telephones if item.offices else ():
            assert telephone in {t for code in item.offices for t in agency.office(code).telephones}, item.code
