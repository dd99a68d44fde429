from __future__ import annotations

import pytest

from domain.routing import Intent
from domain.text import fold
from routing.intents import find_intent

ROWS = [
    # text, documents, item, answers us -> intent
    ("请问转出要什么材料？", False, True, False, Intent.INQUIRY),
    ("我想办理转出，请问怎么办", False, True, False, Intent.INQUIRY),
    ("请问这样行吗？材料在附件", True, True, False, Intent.APPLY),
    ("本人申请办理转出，13900001234", False, True, False, Intent.APPLY),
    ("医保转出", False, True, False, Intent.APPLY),
    ("补发身份证反面", True, True, False, Intent.SUPPLEMENT),
    ("材料稍后补发", True, True, False, Intent.APPLY),
    ("见附件", True, False, True, Intent.SUPPLEMENT),
    ("手机13900001234", False, False, True, Intent.SUPPLEMENT),
    ("好的，收到，谢谢！", False, False, True, Intent.NOTICE),
    ("纸质材料已经邮寄，特此告知", False, True, False, Intent.NOTICE),
    ("材料发了三次没人理，我要投诉", True, True, False, Intent.COMPLAINT),
    ("电话打不通，态度差", False, True, False, Intent.COMPLAINT),
    ("我不是投诉，只想问一下怎么办", False, True, False, Intent.INQUIRY),
    ("投诉电话是多少？", False, False, False, Intent.INQUIRY),
    ("上周申请的转出办好了吗", False, True, False, Intent.INQUIRY),
    ("代开发票，加微信", False, False, False, Intent.NOISE),
    ("推广课程报名，培训班优惠价", True, False, False, Intent.NOISE),
    ("老同学聚会通知", False, False, False, Intent.NOISE),
    ("周末聚餐，你来吗？", False, False, False, Intent.NOISE),
    ("你们周末开门吗？", False, False, False, Intent.INQUIRY),
    ("新年快乐！社保卡丢了", False, False, False, Intent.APPLY),
    ("老妈的，您看行不行", True, False, False, Intent.APPLY),
    ("爸妈的重拍了，新年快乐", True, False, True, Intent.SUPPLEMENT),
    ("申请转出。贷款买房，需要优惠价", False, True, False, Intent.APPLY),
    ("欠费了现在补缴", False, True, False, Intent.APPLY),
]


@pytest.mark.parametrize(("text", "documents", "item", "answers", "intent"), ROWS, ids=[row[0] for row in ROWS])
def test_intent(text: str, documents: bool, item: bool, answers: bool, intent: Intent) -> None:
    found = find_intent("", fold(text), has_documents=documents, has_item=item, answers_us=answers)
    assert found.intent is intent


def test_progress_is_marked() -> None:
    assert find_intent("", "办好了吗?", has_documents=False, has_item=True, answers_us=False).is_progress


def test_subject_of_an_answer_does_not_ask() -> None:
    found = find_intent("回复:您要办转出吗?", "13900001234", has_documents=False, has_item=True, answers_us=True)
    assert found.intent is Intent.SUPPLEMENT
