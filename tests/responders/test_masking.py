import pytest

from responders.masking import mask_numbers, quote_line
from responders.typesetting import set_type


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证990101199001011234正面", "身份证9901**********1234正面"),
        ("99010119900101123X", "9901**********123X"),
        ("990101 19900101 1234", "9901**********1234"),
        ("990101900101123", "9901********123"),
        ("电话13900001234.", "电话139****1234."),
        ("139-0000-1234", "139-****-1234"),
        ("139 0000 1234", "139 **** 1234"),
        ("１３９００００１２３４", "１３９****１２３４"),
        ("0411-80001234", "0411-****1234"),
        ("041180001234", "0411****1234"),
        ("DL-20200210-0042-4", "DL-20200210-0042-4"),
        ("mmexport1580000001234.jpg", "mmexport1580000001234.jpg"),
        ("2020年2月10日", "2020年2月10日"),
    ],
)
def test_mask_numbers_hides_the_middle(text, masked):
    assert mask_numbers(text) == masked


def test_quote_line_makes_one_short_line():
    assert quote_line(" a\r\nb\u202e\u2028c ") == "a b c"
    assert quote_line("长" * 100, longest=10) == "长" * 9 + "…"


@pytest.mark.parametrize(
    ("text", "typeset"),
    [
        ("请平放,人像朝上;谢谢:好", "请平放，人像朝上；谢谢：好"),
        ("传真(86198985)办理", "传真（86198985）办理"),
        ("网办系统(https://103.239.153.111:8001/hso)或传真", "网办系统(https://103.239.153.111:8001/hso)或传真"),
        ("a@b.example,传真 1,2", "a@b.example，传真 1,2"),
        ("Alipay(app), x:1", "Alipay(app), x:1"),
    ],
)
def test_set_type_widens_punctuation_by_chinese_only(text, typeset):
    assert set_type(text) == typeset
