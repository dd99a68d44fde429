from __future__ import annotations

import pytest

from domain.mail import Address
from domain.routing import Facts
from routing.facts import find_facts, merge_facts
from tests.routing.building import CITIZEN, attachment, mail, paper

M = "13900001234"


@pytest.mark.parametrize(
    "text",
    [
        "我的手机13900001234",
        "电话：１３９００００１２３４。",
        "139 0000 1234",
        "139-0000-1234",
        "+86 139 0000 1234",
        "008613900001234",
        "86-13900001234",
        "一三九零零零零一二三四",
        "幺三九〇〇〇〇幺二三四",
        "壹叁玖零零零零壹贰叁肆",
        "一三九 零零零零 一二三四",
        "tel13900001234 张",
        "1390 000 1234",
    ],
)
def test_mobile_is_found_as_people_write_it(text: str) -> None:
    assert find_facts(mail("转出", text), ()).mobiles == (M,)


@pytest.mark.parametrize(
    "text",
    [
        "身份证990101199001011234",
        "身份证 990101 19900101 123X",
        "卡号 6222 0213 9000 0123 456",
        "卡号62220213900001234567",
        "微信图片_20200210139000012345.jpg",
        "13900001234@citizens.example",
        "1390000123",
        "23900001234",
    ],
)
def test_longer_numbers_hold_no_mobile(text: str) -> None:
    assert find_facts(mail("转出", text), ()).mobiles == ()


def test_mobile_counts_wherever_it_stands() -> None:
    message = mail(
        "转出 13900000001",
        "电话13900000002",
        attachments=(attachment("13900000003.jpg"), attachment("a.pdf", index=1, text="手机 13900000005")),
    )
    found = find_facts(message, (paper("id-front", fields={"phone": "13900000004"}),))
    assert found.mobiles == ("13900000001", "13900000002", "13900000003", "13900000004", "13900000005")


def test_quoted_history_holds_no_telephone() -> None:
    assert find_facts(mail("回复", "见附件", quoted="电话13900001234"), ()).mobiles == ()


def test_forwarded_mail_speaks_by_its_quotation() -> None:
    assert find_facts(mail("转发", "", quoted="电话13900001234"), ()).mobiles == (M,)


@pytest.mark.parametrize(
    ("text", "landlines"),
    [
        ("家里电话028-85550001", ("028-85550001",)),
        ("(0411)85550001", ("0411-85550001",)),
        ("座机 85550001", ("85550001",)),
        ("2020年02月10日 20200210", ()),
        ("电话0411-81110001没人接", ()),
        ("电话81110001没人接", ()),
    ],
)
def test_landlines(text: str, landlines: tuple[str, ...]) -> None:
    own = frozenset({"041181110001", "81110001"})
    assert find_facts(mail("", text), (), own_numbers=own).landlines == landlines


def test_sender_is_the_email() -> None:
    assert find_facts(mail("", "你好"), ()).email == CITIZEN


def test_reply_to_of_the_same_domain_is_the_email() -> None:
    assert find_facts(mail("", "", reply_to=Address("li@citizens.example")), ()).email == "li@citizens.example"


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("请勿回复此邮箱", ""),
        ("请勿回复此邮箱，请发至 wang@elsewhere.example", "wang@elsewhere.example"),
        ("电子邮箱：Wang@elsewhere.example", "wang@elsewhere.example"),
        ("我发到 main@library.example 了", CITIZEN),
        ("同事 wang@elsewhere.example 介绍", CITIZEN),
    ],
)
def test_email_named_in_the_mail(text: str, email: str) -> None:
    assert find_facts(mail("", text), (), own_addresses=frozenset({"main@library.example"})).email == email


@pytest.mark.parametrize(
    ("text", "address", "phone"),
    [
        (
            "转入地经办机构：青岛市社保中心\n通讯地址：青岛市市南区示例路8号\n电话：0532-85550001\n我的手机13900001234",
            "青岛市市南区示例路8号",
            "0532-85550001",
        ),
        ("转入地:北京市朝阳区示例路1号,电话010-65550001", "北京市朝阳区示例路1号", "010-65550001"),
        ("请寄到上海市黄浦区示例街2号3楼，联系电话 021-65550001", "上海市黄浦区示例街2号3楼", "021-65550001"),
        ("转入地经办机构地址和电话见附件", "", ""),
        ("我的手机13900001234", "", ""),
        ("转入地经办机构地址：成都市示例大道5号。本人联系电话：13900001234", "成都市示例大道5号", ""),
    ],
)
def test_destination(text: str, address: str, phone: str) -> None:
    found = find_facts(mail("转出", text), ())
    assert (found.destination_address, found.destination_phone) == (address, phone)


def test_another_agency_of_ours_may_be_the_destination() -> None:
    text = "转入地经办机构：大连，地址：大连市西岗区示例路18号，电话：0411-85550001"
    asked, own = frozenset({"053185550002"}), frozenset({"053185550002", "041185550001"})
    found = find_facts(mail("转出", text), (), own_numbers=own, asked_numbers=asked)
    assert (found.destination_phone, found.landlines) == ("0411-85550001", ())
    assert find_facts(mail("转出", text), (), own_numbers=own).destination_phone == ""


def test_merging_loses_nothing() -> None:
    old = Facts(mobiles=("13900000001",), email="a@citizens.example", destination_address="某路1号")
    new = Facts(mobiles=("13900000002",), email="b@citizens.example", destination_phone="010-65550001")
    assert merge_facts(old, new) == Facts(
        mobiles=("13900000002", "13900000001"),
        email="b@citizens.example",
        destination_address="某路1号",
        destination_phone="010-65550001",
    )
