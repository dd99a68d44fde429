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
        "139  0000  1234",
        "139 - 0000 - 1234",
        "139/0000/1234",
        "(139)0000-1234",
        "1 3 9 0 0 0 0 1 2 3 4",
        "139OOOO1234",
        "幺三九 洞洞洞洞 幺二三四",
        "聯絡手機：一三九零零零零一二三四",
        "壹叁玖零零零零壹貳參肆",
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
        "1992-01-01 123",
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
        ("家里坐机 8555 0001", ("85550001",)),
        ("0411 8555-0001", ("0411-85550001",)),
        ("零四一一 八五五五 零零零一", ("0411-85550001",)),
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
        ("千万别往这个信箱回,请发我 wang@elsewhere.example", "wang@elsewhere.example"),
    ],
)
def test_email_named_in_the_mail(text: str, email: str) -> None:
    assert find_facts(mail("", text), (), own_addresses=frozenset({"main@library.example"})).email == email


@pytest.mark.parametrize(
    "text",
    [
        "借我公司前台的信箱发一下，办好了千万别往这个信箱回",
        "以后我不一定在 别往这个箱子回信 打电话告诉他就行",
        "这邮箱是借的，结果请打电话",
        "这邮箱不常看，有事打电话",
        "邮箱我不怎么上",
        "这个邮箱是网吧的",
        "别回邮件，打电话",
        "不要用这个邮箱回我",
        "千万不要把凭证发到这个邮箱",
        "单位的邮箱，别往这里回",
        "此邮箱没人看",
    ],
)
def test_mail_says_not_to_answer_there(text: str) -> None:
    assert find_facts(mail("转出", text), ()).email == ""


@pytest.mark.parametrize(
    "text",
    [
        "邮箱就是这个，凭证发这里我能收到",
        "别的邮箱不知道，就还发这里了",
        "借我闺女邮箱发的",
        "借用同事邮箱，回这个邮箱就行",
        "原来的邮箱停用了，现在用这个",
        "别发错邮箱了",
        "就是告诉您一声，不用回",
        "请回复到此邮箱",
        "手机号是借的",
    ],
)
def test_sender_may_be_answered(text: str) -> None:
    assert find_facts(mail("转出", text), ()).email == CITIZEN


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
        ("接收的是西安市假定区医保中心,电话029-85550001。", "", "029-85550001"),
        (
            "身份证正反面 寄青岛市市南区示例路9号市南医保 0532-85550001",
            "青岛市市南区示例路9号市南医保",
            "0532-85550001",
        ),
        ("邮到莱阳市示例路22号，他那电话0535-85550001。", "莱阳市示例路22号", "0535-85550001"),
        (
            "邮给：淄博市 张店区 示例路 18 号 张店医保 0533-85550001",
            "淄博市 张店区 示例路 18 号 张店医保",
            "0533-85550001",
        ),
        ("转到济南,接收方电话0512-85550001，地址我回头再告诉您。\n王 13900001234", "", "0512-85550001"),
        ("转到苏州,苏州那边的座机是零五一二 八五五五 零零零一", "", "0512-85550001"),
        ("單位轉到廣州,寄到廣州市示例路12號醫保局,電話020-85550001", "广州市示例路12号医保局", "020-85550001"),
        ("转往临沂，临沂市政务服务中心二楼医保窗口，0539-85550001", "临沂市政务服务中心二楼医保窗口", "0539-85550001"),
        ("地址：菏泽市示例路与样张路路口医保局", "菏泽市示例路与样张路路口医保局", ""),
        (
            "转入地：苏州社保局\n地址：苏州市示例路乙3号\n联系人：小李\n电话：0512 8555 0001\n\n王\n13900001234",
            "苏州市示例路乙3号",
            "0512-85550001",
        ),
        ("转到日照,示例路86号便民中心,联系人王科长13900004321,我手机13900001234", "示例路86号便民中心", "13900004321"),
        (
            "身份证两面都拍了 青岛市市南区示例路9号市南医保 0532-85550001",
            "青岛市市南区示例路9号市南医保",
            "0532-85550001",
        ),
        ("转到贵阳请寄贵阳市示例路9号医保局", "贵阳市示例路9号医保局", ""),
        # An agency's name is no address, and a city none either.
        ("转到青岛,地址：青岛市市南区医保中心", "", ""),
        ("转到泰安,泰安医保的地址电话我都不知道", "", ""),
        ("转到临沂,医保中心5号窗口", "", ""),
        ("我3月2号从南京路过,转到聊城", "", ""),
        # The writer's own home, office and telephones, and what went to us.
        ("我现住济南市示例路5号3单元，转到烟台医保。电话13900001234", "", ""),
        ("姓名：王建国\n地址：济南市示例路5号\n电话：13900001234\n转到烟台", "", ""),
        ("单位地址济南市示例路88号，现调到枣庄", "", ""),
        ("请寄到我新单位：杭州市示例路100号人事部，13900001234", "", ""),
        ("原件我已经寄到济南市示例路16号了，转到潍坊", "", ""),
        ("有事打0531-85550009，转到东营市，寄东营市示例街77号", "东营市示例街77号", ""),
        ("转到烟台医保。\n联系人：祁\n电话：0531-85550009", "", ""),
        ("寄东营市示例街77号,我办公室0531-85550009", "东营市示例街77号", ""),
    ],
)
def test_destination(text: str, address: str, phone: str) -> None:
    found = find_facts(mail("转出", text), ())
    assert (found.destination_address, found.destination_phone) == (address, phone)


@pytest.mark.parametrize(
    ("text", "address", "phone"),
    [
        ("背面补上，烟台那边电话问到了：0535-85550001", "", "0535-85550001"),
        ("0535-85550001", "", "0535-85550001"),
        ("烟台市示例路66号", "烟台市示例路66号", ""),
        ("我办公室 0531-85550009", "", ""),
        ("背面补上，我手机13900001234", "", ""),
        ("我家住烟台市示例路66号", "", ""),
    ],
)
def test_answer_to_our_letter_brings_what_it_asked_for(text: str, address: str, phone: str) -> None:
    found = find_facts(mail("回复：转出", text, in_reply_to=("<1@agency.example>",)), ())
    assert (found.destination_address, found.destination_phone) == (address, phone)


def test_address_of_the_agency_asked_is_no_destination() -> None:
    ours = "云海市南川区长街12号2楼图书馆"
    text = "转出，寄到云海市南川区长街12号可以吗"
    assert find_facts(mail("", text), (), asked_places=(ours,)).destination_address == ""


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
