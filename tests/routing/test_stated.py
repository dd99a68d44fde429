from __future__ import annotations

import pytest

from routing.stated import find_stated_account, says_agent
from youban.demo.people import make_person

ONE, OTHER = make_person(1).id_number, make_person(2).id_number


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        (f"姓名：王建国\n身份证号：{ONE}\n电话13900001234", "王建国", ONE),
        (f"本人王建国，身份证号{ONE}，申请转出。", "王建国", ONE),
        ("我叫欧阳雪梅，请帮我办理。", "欧阳雪梅", ""),
        ("申请人：李喆\n2020年2月10日", "李喆", ""),
        ("参保人姓名：于洪波 男", "于洪波", ""),
        ("申请人：亓铁柱，电话见附件", "亓铁柱", ""),
        (f"身份证号 {ONE[:6]} {ONE[6:14]} {ONE[14:]}", "", ONE),
        (f"参保人身份证号{ONE}，代办人身份证号{OTHER}", "", ONE),
        (f"姓名：王建国，代办人姓名：李明远，电话13900001234，身份证号{ONE}", "王建国", ONE),
    ],
)
def test_mail_names_its_applicant(text: str, name: str, number: str) -> None:
    found = find_stated_account(text)
    assert found is not None
    assert (found.name, found.number) == (name, number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "请办理医保转出，材料见附件。",
        "姓名：见附件",
        "姓名：单位：电话：",
        "申请人：本人",
        "我是退休职工，本人自愿参加大连市城乡居民基本医疗保险",
        "我叫王建国，我叫李明远",  # two names tell nothing
        f"身份证号{ONE}和{OTHER}",
        f"代办人身份证号{OTHER}",
        "联系人姓名：王建国",
        "母亲姓名：王秀英",
        "银行账号 6222021234567890123",
    ],
)
def test_mail_names_nobody_for_sure(text: str) -> None:
    assert find_stated_account(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "由我儿子代办",
        "附授权委托书",
        "我想帮我妈妈办理转出",
        "替老人办理",
        "给孩子参保",
        "替叔转医保",
        "给俺老伴销户",
        "代同住室友发",
    ],
)
def test_somebody_acts_for_the_applicant(text: str) -> None:
    assert says_agent(text)


@pytest.mark.parametrize("text", ["", "本人办理转出", "没有委托他人", "请为我办理"])
def test_nobody_acts_for_the_applicant(text: str) -> None:
    assert not says_agent(text)
