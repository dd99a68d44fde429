"""For each service item of both notices: a mail in, the right letter out."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from config.calendar import SHIPPED_CALENDAR, load_calendar
from config.catalogue import load_catalogue
from responders.workdays import Closures, add_working_days
from tests.acceptance.asks import BY_MAIL, CODES, Ask, ask_lacking, ask_whole, is_guidance
from tests.acceptance.house import House
from tests.acceptance.mails import Letter
from tests.acceptance.waiting import wait_until

CATALOGUE = load_catalogue()


@pytest.fixture(scope="module")
def asked(house: House) -> Mapping[str, Ask]:
    """Everything sent at once, as on a full morning. A letter that does not come fails its own item's test alone."""
    asks = [*map(ask_whole, CODES), *map(ask_lacking, BY_MAIL)]
    for ask in asks:
        house.post(ask.mail)
    with suppress(TimeoutError):
        wait_until(lambda: all(house.box.letters(ask.mail.sender) for ask in asks), "all letters")
    return {f"{ask.item} {'lacking' if ask.is_lacking else 'whole'}": ask for ask in asks}


@pytest.mark.parametrize("item", CODES)
def test_whole_application_or_question_is_answered(house: House, asked: Mapping[str, Ask], item: str) -> None:
    ask = asked[f"{item} whole"]
    letter = check_letter(house, ask)
    assert [words for words in ask.says if not letter.says(words)] == []
    listed = house.listed(letter.case)
    assert (listed["item"], listed["status"]) == (item, "guided" if is_guidance(item) else "complete")
    assert listed["scenario"] == ask.scenario
    assert ("办理指引" if is_guidance(item) else "已受理") in letter.subject
    assert letter.asked == []


@pytest.mark.parametrize("item", BY_MAIL)
def test_lacking_application_is_told_exactly_what_lacks(house: House, asked: Mapping[str, Ask], item: str) -> None:
    ask = asked[f"{item} lacking"]
    letter = check_letter(house, ask)
    assert letter.asked == list(ask.asks)
    listed = house.listed(letter.case)
    assert (listed["item"], listed["status"], listed["due_on"]) == (item, "missing", None)
    (message,) = house.view(letter.case).messages
    assert sorted(message.explanation["missing"]) == sorted(ask.missing)


@pytest.mark.parametrize("item", [i.code for i in CATALOGUE.items if i.working_days])
def test_promised_day_is_named(house: House, asked: Mapping[str, Ask], item: str) -> None:
    letter = check_letter(house, asked[f"{item} whole"])
    due_on = promised_on(house, letter)
    assert house.listed(letter.case)["due_on"] == due_on.isoformat()
    assert letter.says(f"按2个工作日计算，就是{due_on.year}年{due_on.month}月{due_on.day}日")


def check_letter(house: House, ask: Ask) -> Letter:
    """Return the only letter about a mail, after looking at what every letter must have."""
    letters = house.letters(ask.mail)
    assert len(letters) == 1, house.find_lines(ask.mail)
    (letter,) = letters
    office = CATALOGUE.find_office(ask.mail.mailbox)
    assert office is not None
    item = CATALOGUE.item(ask.item)
    assert letter.subject.startswith(f"[{letter.case}] {item.title}：")
    assert letter["From"] == f"{office.name} <{ask.mail.mailbox}>"
    assert letter["To"] == f"<{ask.mail.sender}>"
    assert letter["In-Reply-To"] == ask.mail.message_id
    assert letter["References"] == ask.mail.message_id
    assert letter["Auto-Submitted"] == "auto-replied"
    assert letter.says(letter.case)
    assert letter.case in letter.html
    listed = house.listed(letter.case)
    assert (listed["office"], listed["agency"], listed["sender"]) == (office.code, office.agency, ask.mail.sender)
    return letter


def promised_on(house: House, letter: Letter) -> date:
    """Return the second working day after the mail reached the agency."""
    (message,) = house.view(letter.case).messages
    received_on = message.received_at.astimezone(ZoneInfo("Asia/Shanghai")).date()
    days = load_calendar(SHIPPED_CALENDAR)
    return add_working_days(received_on, 2, calendar=Closures(days.closed, days.working)).on
