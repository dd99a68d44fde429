from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.idnumber import check_character
from domain.persons import age_on, is_adult, mask_name
from routing.identity import Match, compare_accounts, is_slip, make_account
from youban.demo.people import make_person

ONE, OTHER = make_person(1).id_number, make_person(2).id_number
WRONG = ONE[:9] + str((int(ONE[9]) + 1) % 10) + ONE[10:]
SWAPPED = ONE[:6] + ONE[7] + ONE[6] + ONE[8:]


def compare(one: tuple[str, str], other: tuple[str, str], *births: date | None) -> Match:
    first, second = births or (None, None)
    return compare_accounts(make_account(*one, first), make_account(*other, second))


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        (("张三丰", ONE), ("张三丰", ONE), Match.SAME),
        (("张三丰", ONE), ("", ONE), Match.SAME),
        (("张三丰", ONE), ("张三丰", ""), Match.SAME),
        (("张三丰", ONE), ("张 三 丰", f"{ONE[:6]} {ONE[6:14]} {ONE[14:]}"), Match.SAME),
        (("阿依·古丽", ONE), ("阿依•古丽", ""), Match.SAME),
        (("王东升", ONE), ("王东昇", ""), Match.VARIANT),
        (("李喆", ""), ("李哲", ""), Match.VARIANT),
        (("张三丰", ONE), ("张三峰", ONE), Match.VARIANT),
        (("张三丰", ONE), ("张三丰", WRONG), Match.SLIP),
        (("张三丰", ONE), ("", WRONG), Match.SLIP),
        (("张三丰", ONE), ("李四光", WRONG), Match.NAME),
        (("张三丰", ONE), ("李四光", ONE), Match.NAME),
        (("王秀英", ""), ("王秀兰", ""), Match.NAME),
        (("张三丰", ONE), ("李四光", ""), Match.NAME),
        (("张三丰", ONE), ("张三丰", OTHER), Match.NUMBER),
        (("", ONE), ("张三丰", OTHER), Match.NUMBER),
        (("张三丰", ONE), ("李四光", OTHER), Match.BOTH),
        (("张三丰", ""), ("", ONE), Match.UNKNOWN),
        (("", ""), ("张三丰", ONE), Match.UNKNOWN),
        # What is misread in more than one place is no other person's number: the names decide.
        (("张三丰", ONE), ("张三丰", "9" * 18), Match.SAME),
        (("", ONE), ("", "9" * 18), Match.UNKNOWN),
    ],
)
def test_two_accounts_fit_or_differ(one: tuple[str, str], other: tuple[str, str], match: Match) -> None:
    assert compare(one, other) is match
    assert compare(other, one) is match


def test_birth_tells_where_no_number_does() -> None:
    day, later = date(1980, 1, 2), date(2010, 1, 2)
    assert compare(("张伟", ""), ("张伟", ""), day, later) is Match.BIRTH
    assert compare(("张三丰", ""), ("张三手", ""), day, day) is Match.VARIANT
    assert compare(("张伟", ""), ("张伟", ""), day, None) is Match.SAME


def test_birth_of_a_right_number_counts_before_the_printed_one() -> None:
    assert make_account("", ONE, date(1900, 1, 1)).birth == make_person(1).birth
    assert make_account("", WRONG, date(1900, 1, 1)).birth == date(1900, 1, 1)


def test_slip_is_one_character_or_two_swapped_neighbours() -> None:
    assert is_slip(ONE, WRONG)
    assert is_slip(ONE, SWAPPED) is (ONE[6] != ONE[7])
    assert not is_slip(ONE, ONE)
    assert not is_slip(ONE, OTHER)
    assert not is_slip(ONE, ONE[:17])


@given(st.integers(0, 17), st.integers(1, 9), st.integers(0, 9999))
def test_one_wrong_digit_is_always_a_slip_and_never_another_person(place: int, more: int, seed: int) -> None:
    number = make_person(seed).id_number
    if number[place] == "X":
        return
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert is_slip(number, wrong)
    assert compare(("", number), ("", wrong)).is_one_person


def test_check_character_tells_every_single_wrong_digit() -> None:
    assert check_character(WRONG[:17]) != WRONG[17]


def test_name_is_masked() -> None:
    assert [mask_name(name) for name in ("", "张", "张三", "张三丰", "欧阳建国")] == [
        "",
        "张",
        "张*",
        "张*丰",
        "欧**国",
    ]


def test_adult_from_the_eighteenth_birthday() -> None:
    born = date(2002, 2, 10)
    assert [is_adult(born, on) for on in (date(2020, 2, 9), date(2020, 2, 10))] == [False, True]
    assert age_on(born, date(2002, 2, 9)) == -1
