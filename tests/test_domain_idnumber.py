from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.idnumber import IdNumber, check_character, mask_id_number, parse_id_number

# The two worked examples of GB 11643-1999, annex A: printed in the standard, nobody's own.
STANDARD = ("11010519491231002X", "440524188001010014")
FICTIONAL = "99010119900307" + "123" + check_character("99010119900307123")


@pytest.mark.parametrize("number", STANDARD)
def test_check_character_agrees_with_the_standards_own_examples(number):
    assert check_character(number[:17]) == number[17]


def test_parse_reads_birth_sex_and_division():
    assert parse_id_number(STANDARD[0]) == IdNumber(STANDARD[0], date(1949, 12, 31), is_female=True, division="110105")
    assert parse_id_number(STANDARD[0]).province == "北京"
    assert parse_id_number(STANDARD[0]).is_allocated


def test_parse_accepts_an_unallocated_division_and_says_so():
    found = parse_id_number(FICTIONAL)
    assert (found.birth, found.is_female, found.is_allocated) == (date(1990, 3, 7), False, False)


@pytest.mark.parametrize(
    "written",
    ["11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002X", " 110105-19491231-002X\n"],
)
def test_parse_folds_the_ways_of_writing(written):
    assert parse_id_number(written).number == STANDARD[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "17 digits"),
        ("110105491231002", "17 digits"),
        ("11010519491231002XX", "17 digits"),
        ("1101051949123100२2", "17 digits"),
        ("110105194902300021", "birth date does not exist"),
        ("110105194912310020", "last character"),
    ],
)
def test_parse_refuses_with_a_clear_sentence(text, says):
    with pytest.raises(ValueError, match=says):
        parse_id_number(text)


def test_parse_refuses_a_birth_after_today_when_told_the_day():
    with pytest.raises(ValueError, match="future"):
        parse_id_number(FICTIONAL, today=date(1990, 3, 6))


@given(st.dates(min_value=date(1900, 1, 1)), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(birth, order, place, step):
    body = f"990101{birth:%Y%m%d}{order:03d}"
    number = body + check_character(body)
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    with pytest.raises(ValueError):
        parse_id_number(wrong)


def test_mask_keeps_three_and_four_characters_and_leaves_other_numbers():
    assert mask_id_number(f"身份证{STANDARD[0]}，手机13900001234") == "身份证110***********002X，手机13900001234"
