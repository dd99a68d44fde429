"""A third agency is nothing but a TOML file, and every mistake in one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.catalogue import SHIPPED_AGENCIES, load_catalogue
from domain.catalogue import (
    Condition,
    Elsewhere,
    Keyword,
    Requirement,
    Scenario,
)
from domain.errors import ConfigError

THIRD = """
code = "ys"
name = "云上市医疗保障服务中心"
short_name = "云上医保"
prefix = "YS"
notice = "《云上市医疗保障服务中心通告》"
area_code = "0999"
wrong_mailbox = "guide"

[[office]]
code = "ys-window"
name = "综合窗口"
mailboxes = ["window@ys.example"]
telephones = ["0999-0000001"]
districts = ["云东区"]

[[office]]
code = "ys-branch"
name = "云西分中心"
mailboxes = ["Branch@ys.example"]
districts = ["云西区"]

[[item]]
code = "ys-card"
title = "补办社保卡"
plain_title = "补办社保卡"
notice_clause = "云上通告一"
offices = ["ys-window", "ys-branch"]
citywide_offices = ["ys-window"]
requires = ["id-front+id-back|ys-permit", "phone"]
open_requires = ["hukou-first|residence-permit-front"]
working_days = 5
guidance = "请发送身份证照片。"

[[item.scenario]]
code = "local"
title = "本地户籍"
requires = ["hukou-first"]
keywords = ["本地户口"]
papers = ["hukou-first"]

[[item.condition]]
requires = "bank-info"
when = ["换银行"]

[[item.elsewhere]]
code = "student"
title = "学生"
keywords = ["学生"]
not_keywords = ["家长"]
guidance = "请向学校申请。"

[item.keywords]
5 = ["补办社保卡"]
1 = ["丢了"]

[item.not_keywords]
4 = ["注销"]

[[item]]
code = "ys-queue"
title = "现场取号"
plain_title = "现场取号"
notice_clause = "云上通告二"
is_guidance = true
appointment = "hall"
guidance = "请电话预约。"

[appointments.hall]
"云东区" = "0999-0000001"

[[paper]]
code = "ys-permit"
title = "云上通行证"
names = ["通行证"]
"""


@pytest.fixture
def third(tmp_path: Path) -> Path:
    file = tmp_path / "third.toml"
    file.write_text(THIRD, encoding="utf-8")
    return file


def break_third(third: Path, old: str, new: str) -> ConfigError:
    """The error after one change of the invented agency's file."""
    assert old in THIRD
    third.write_text(THIRD.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_catalogue([*SHIPPED_AGENCIES, third])
    assert caught.value.file == str(third)
    return caught.value


def test_a_third_agency_is_one_more_file(third: Path) -> None:
    catalogue = load_catalogue([*SHIPPED_AGENCIES, third])
    assert [a.code for a in catalogue.agencies] == ["sd", "dl", "ys"]
    assert (len(catalogue.items), len(catalogue.mailboxes)) == (36, 23)
    office = catalogue.find_office("branch@YS.example")
    assert office is not None
    assert [i.code for i in catalogue.items_of(office)] == ["ys-card"]
    assert catalogue.agency("ys").wrong_mailbox == "guide"
    assert catalogue.kinds["ys-permit"].title == "云上通行证"


def test_an_item_is_read_whole(third: Path) -> None:
    item = load_catalogue([third]).item("ys-card")
    assert item.requires == (Requirement((("id-front", "id-back"), ("ys-permit",))), Requirement((("phone",),)))
    assert item.open_requires == (Requirement((("hukou-first",), ("residence-permit-front",))),)
    assert item.scenarios == (
        Scenario("local", "本地户籍", (Requirement((("hukou-first",),)),), ("本地户口",), ("hukou-first",)),
    )
    assert item.conditions == (Condition(Requirement((("bank-info",),)), ("换银行",)),)
    assert item.elsewhere == (Elsewhere("student", "学生", ("学生",), "请向学校申请。", ("家长",)),)
    assert item.keywords == (Keyword("补办社保卡", 5.0), Keyword("丢了", 1.0))
    assert item.not_keywords == (Keyword("注销", 4.0),)
    assert (item.working_days, item.citywide_offices, item.is_guidance) == (5, ("ys-window",), False)


def test_the_shipped_agencies_are_the_default() -> None:
    assert [a.code for a in load_catalogue().agencies] == ["sd", "dl"]


@pytest.mark.parametrize(
    ("old", "new", "key", "problem", "hint"),
    [
        ("short_name =", "shortname =", "shortname", "unknown key", 'did you mean "short_name"?'),
        ("telephones =", "telephone =", "office.ys-window.telephone", "unknown key", 'did you mean "telephones"?'),
        (
            'offices = ["ys-window"',
            'office = ["ys-window"',
            "item.ys-card.office",
            "unknown key",
            'did you mean "offices"?',
        ),
        ("papers = [", "paper = [", "item.ys-card.scenario.local.paper", "unknown key", 'did you mean "papers"?'),
        ("when =", "wenn =", "item.ys-card.condition.bank-info.wenn", "unknown key", 'did you mean "when"?'),
        ("names =", "name =", "paper.ys-permit.name", "unknown key", 'did you mean "names"?'),
        (
            "window@ys.example",
            "BRANCH@ys.example",
            "office.ys-branch.mailboxes",
            'the address "Branch@ys.example" stands there twice',
            "also at",
        ),
        (
            "window@ys.example",
            "DLYBZXCBB@163.com",
            "office.ys-window.mailboxes",
            'the address "DLYBZXCBB@163.com" stands there twice',
            "dalian.toml: office.dl-enrolment.mailboxes",
        ),
        (
            "window@ys.example",
            "window.ys.example",
            "office.ys-window.mailboxes",
            '"window.ys.example" is not a mail address',
            "",
        ),
        ('code = "ys-branch"', 'code = "ys-window"', "office.ys-window.code", '"ys-window" stands there twice', ""),
        ('code = "ys-queue"', 'code = "ys-card"', "item.ys-card.code", '"ys-card" stands there twice', ""),
        (
            'code = "ys-queue"',
            'code = "dl-death"',
            "item.dl-death.code",
            'the item code "dl-death" stands there twice',
            "dalian.toml",
        ),
        ('code = "ys"\n', 'code = "dl"\n', "code", 'the agency code "dl" stands there twice', "dalian.toml"),
        ('prefix = "YS"', 'prefix = "DL"', "prefix", 'the prefix "DL" stands there twice', "dalian.toml"),
        ('prefix = "YS"', 'prefix = "云上"', "prefix", '"云上" cannot start a case number', "capital letters"),
        (
            'code = "ys-permit"',
            'code = "id-front"',
            "paper.id-front.code",
            'the document code "id-front" stands there twice',
            "",
        ),
        ('code = "ys-queue"', 'code = "YS_Queue"', "item.YS_Queue.code", '"YS_Queue" is not a code', "small letters"),
        (
            '"ys-branch"]',
            '"ys-brunch"]',
            "item.ys-card.offices",
            '"ys-brunch" is not known here',
            'did you mean "ys-branch"?',
        ),
        (
            'citywide_offices = ["ys-window"]',
            'citywide_offices = ["dl-death"]',
            "item.ys-card.citywide_offices",
            '"dl-death" is not known here',
            "one of",
        ),
        (
            "id-front+id-back|",
            "id-frnt+id-back|",
            "item.ys-card.requires",
            '"id-frnt" is no document kind or fact',
            'did you mean "id-front"?',
        ),
        ('"phone"]', '"phne"]', "item.ys-card.requires", '"phne" is no document kind or fact', 'did you mean "phone"?'),
        (
            "id-front+id-back|ys",
            "id-front++id-back|ys",
            "item.ys-card.requires",
            '"id-front++id-back|ys-permit" is not a requirement',
            "a+b|c+d",
        ),
        (
            "hukou-first|res",
            "hukou-frist|res",
            "item.ys-card.open_requires",
            '"hukou-frist" is no document kind or fact',
            'did you mean "hukou-first"?',
        ),
        (
            'requires = ["hukou-first"]',
            'requires = ["hukou"]',
            "item.ys-card.scenario.local.requires",
            '"hukou" is no document kind or fact',
            "hukou-",
        ),
        (
            'papers = ["hukou-first"]',
            'papers = ["phone"]',
            "item.ys-card.scenario.local.papers",
            '"phone" is not known here',
            "",
        ),
        (
            'requires = "bank-info"',
            'requires = "bank"',
            "item.ys-card.condition.bank.requires",
            '"bank" is no document kind or fact',
            'did you mean "bank-info"?',
        ),
        (
            'appointment = "hall"',
            'appointment = "hal"',
            "item.ys-queue.appointment",
            '"hal" is not known here',
            'did you mean "hall"?',
        ),
        ("is_guidance = true\n", "", "item.ys-queue.offices", "no office handles this item", "is_guidance = true"),
        (
            "is_guidance = true\n",
            'is_guidance = true\noffices = ["ys-window"]\n',
            "item.ys-queue.offices",
            "an item that is only guidance is handled by no office",
            "",
        ),
        (
            "is_guidance = true\n",
            'is_guidance = true\nrequires = ["phone"]\n',
            "item.ys-queue.is_guidance",
            "an item that is only guidance requires no papers",
            "",
        ),
        (
            "is_guidance = true\n",
            'offices = ["ys-window"]\nopen_requires = ["phone"]\n',
            "item.ys-queue.open_requires",
            "this item has no scenario that could be open",
            "requires",
        ),
        (
            "working_days = 5",
            'working_days = "5"',
            "item.ys-card.working_days",
            "must be a whole number, not text in quotes '5'",
            "",
        ),
        ("5 = [", "five = [", "item.ys-card.keywords.five", "is not a weight", "1 to 9"),
        (
            '1 = ["丢了"]',
            '1 = ["补办社保卡"]',
            "item.ys-card.keywords.1",
            '"补办社保卡" already stands at weight 5',
            "",
        ),
        ('"云西区"', '"云东区"', "office.ys-branch.districts", '"云东区" already stands at office ys-window', ""),
        (
            'wrong_mailbox = "guide"',
            'wrong_mailbox = "guid"',
            "wrong_mailbox",
            '"guid" is not known here',
            'did you mean "guide"?',
        ),
        ('guidance = "请电话预约。"\n', "", "item.ys-queue.guidance", "is missing", "text in quotes"),
    ],
)
def test_a_mistake_is_named_with_its_file_key_and_cure(
    third: Path, old: str, new: str, key: str, problem: str, hint: str
) -> None:
    error = break_third(third, old, new)
    assert (error.key, error.problem) == (key, problem)
    assert hint in error.hint


def test_an_agency_without_offices_or_items_is_refused(third: Path) -> None:
    third.write_text(THIRD[: THIRD.index("[[office]]")], encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_catalogue([third])
    assert (caught.value.key, caught.value.problem) == ("office", "is missing")
