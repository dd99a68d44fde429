"""Examples: nobody's data in them, and what the rules make of them."""

from __future__ import annotations

import pytest

from domain.routing import Intent
from routing import Classifier
from routing.examples import Example, list_words, mask_persons, try_examples, write_example
from tests.routing.building import CATALOGUE, mail
from tests.routing.learned import make_model

WORDS = list_words(CATALOGUE)
CLASSIFIER = Classifier(CATALOGUE)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证21020419550312456X", "身份证***"),
        ("身份证 210204 19550312 456x。", "身份证 ***。"),
        ("电话13900001234,139-0000-1234,139 0000 1234", "电话***,***,***"),
        ("手机１３９００００１２３４", "手机***"),
        ("电话一三九零零零零一二三四", "电话***"),
        ("座机0411-83709172转2", "座机***转2"),
        ("护照E12345678", "护照***"),
        ("发到zhang_san@citizen.example吧", "发到***吧"),
        ("见https://pan.example/s/1abc?pwd=xy1z", "见***"),
        ("微信号:abc_12345", "微信号:***"),
        ("住长街12号3单元401室", "住长街***号***单元***室"),
        ("2020年2月3日,3个月,2月18号", "2020年2月3日,3个月,2月18号"),
    ],
)
def test_numbers_and_addresses_are_masked(text: str, masked: str) -> None:
    assert mask_persons(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("姓名:王建国", "姓名:某某"),
        ("我叫李娜,申请迁出", "我叫某某,申请迁出"),
        ("我母亲张桂芳去世了", "我母亲某某去世了"),
        ("王建国申请迁出,王建国的卡", "某某申请迁出,某某的卡"),
        ("职工杨帆于2月病故", "职工某某于2月病故"),
        ("附赵丽华身份证", "附某某身份证"),
        ("迁出 欧阳建国", "迁出 某某"),
        ("联系人赵有粮", "联系人某某"),
        ("请查收\n刘洋\n2月3日", "请查收\n某某\n2月3日"),
        ("请王主任批一下", "请某主任批一下"),
        ("谢谢,毕业,书店", "谢谢,毕业,书店"),
    ],
)
def test_names_of_persons_are_masked(text: str, masked: str) -> None:
    assert mask_persons(text, words=WORDS) == masked


def test_names_of_sender_and_files_are_masked_wherever_they_stand() -> None:
    message = mail("迁出", "本次由我和孙小美、周大海一起办", sender_name="孙小美", files=("周大海身份证正面.jpg",))
    assert write_example(message, "xx-move", Intent.APPLY, CATALOGUE) == Example(
        "xx-move", "迁出\n本次由我和某某、某某一起办", Intent.APPLY
    )


def test_words_of_the_catalogue_are_no_names() -> None:
    assert mask_persons("康复、图书卡", words="图书卡\n康复") == "康复、图书卡"
    assert mask_persons("康复、图书卡") == "某某、图书卡"


def test_example_is_the_mail_again() -> None:
    for message in (mail("迁出", "第一行\n\n  第二 行"), mail("", "一行"), mail("只有主题", "")):
        example = write_example(message, "xx-move", None, CATALOGUE)
        assert example.message.subject == message.subject
        assert example.message.text.split() == message.text.split()
    assert Example("xx-move", "没有主题").message.text == "没有主题"


def test_control_characters_do_not_stay() -> None:
    assert write_example(mail("迁\x1b出", "a\x7fb"), "xx-move", None, CATALOGUE).text == "迁 出\na b"


def test_forwarded_mail_is_told_by_what_is_forwarded() -> None:
    message = mail("转发", "", quoted="发件人: a@citizen.example\n主题: 卡\n\n我要迁出图书卡")
    assert "我要迁出图书卡" in write_example(message, "xx-move", None, CATALOGUE).text


def test_rules_are_tried_on_each_example() -> None:
    right = Example("xx-move", "申请读者迁出\n我要迁出", Intent.APPLY)
    other_item = Example("xx-permit", "申请读者迁出\n我要迁出")
    other_intent = Example("xx-move", "申请读者迁出\n我要迁出", Intent.COMPLAINT)
    nothing = Example("none", "口罩厂家直销,退订回T", Intent.NOISE)
    tried = try_examples([right, other_item, other_intent, nothing], CLASSIFIER)
    assert [one.is_told_otherwise for one in tried] == [False, True, True, False]
    assert [one.item for one in tried] == ["xx-move", "xx-move", "xx-move", "none"]


def test_model_is_tried_where_there_is_one() -> None:
    example = Example("xx-move", "申请读者迁出\n我要迁出", Intent.APPLY)
    (tried,) = try_examples([example], CLASSIFIER, model=make_model([("xx-permit", "迁出"), ("xx-move", "书店")]))
    assert tried.opinion is not None
    assert (tried.item, tried.opinion.item) == ("xx-move", "xx-permit")
    assert tried.is_opinion_other
    assert tried.is_told_otherwise
