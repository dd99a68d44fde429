from __future__ import annotations

import pytest

from domain.text import fold
from routing.noise import find_offer, find_private


@pytest.mark.parametrize(
    "text",
    [
        "KN95现货秒发 一手货源 量大从优 加薇 可开票",
        "厂家直供！额温枪 260/把，支持医保中心集中采购，量大从优，先款后货。加微 13800002020",
        "公司注册 代理记账 低税点 欢迎来电13900009999",
        "凭社保最高贷30万，当天放款，低息",
        "2020企业社保筹划公开课，限时优惠，报名扫码",
        "各类发票代开，点数优惠，加Q详谈",
        "硒鼓墨盒厂家直供，满百包邮，欢迎选购",
    ],
)
def test_offers(text: str) -> None:
    assert find_offer(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "我是做口罩批发的，想给工人上医保",
        "买房贷款要用，优惠期快过了，帮我开个证明，手机13900001234",
        "单位报名参加医保培训",
        "口罩就一个戴了四天",
        "",
    ],
)
def test_citizens_offer_nothing(text: str) -> None:
    assert find_offer(fold(text)) == ""


@pytest.mark.parametrize(
    ("subject", "text", "documents"),
    [
        ("老班长，见信如面", "去年聚会照的那张相挂墙上了。春暖花开咱们再聚，我做东。你的兵 老宁", False),
        ("小宝收", "小宝,姥爷学会发电子邮件了,你收着了给姥爷打个电话.", False),
        ("在家憋坏了吧", "强子，还在办事处值班呢？嫂子包的饺子给你冻了，保重身体，等好了咱几个喝一顿。", False),
        ("妈", "别给我寄腊肉了，吃不完，你注意身体", False),
        ("老李", "明晚老地方喝两杯？嫂子包饺子", False),
        ("婚礼请柬", "老同学，五一我结婚，来喝喜酒", False),
        ("语文作业第5课", "", True),
        ("二年级3班作业", "王小明 数学练习册，请批改", True),
        ("班级合影", "老同学，毕业照找着了，老战友都在上面，想你了", True),
    ],
)
def test_private_letters(subject: str, text: str, documents: bool) -> None:
    assert find_private(fold(subject), fold(text), has_documents=documents)


@pytest.mark.parametrize(
    ("subject", "text", "documents"),
    [
        ("新年快乐", "", False),  # one weak sign
        ("", "保重身体，多穿点", True),  # something came along
        ("爸妈的", "新年快乐，保重身体", True),
        ("我妈", "老妈的医保，麻烦您给弄一下，新年快乐", False),
        ("年夜饭", "饺子都没吃上就住院了", False),
        ("", "我爸的事麻烦帮我办了，过年好，改天喝两杯，手机13900001234", False),
        ("作业", "作业本上写的申请，拍给您", True),
        ("照片", "", True),
        ("", "", False),
    ],
)
def test_doubtful_letters_are_not_private(subject: str, text: str, documents: bool) -> None:
    assert find_private(fold(subject), fold(text), has_documents=documents) == ""
