"""Case numbers: dictated by telephone, so the two mistakes of dictating must show."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases import CaseNumber

NUMBERS = st.builds(
    CaseNumber,
    st.sampled_from(["DL", "SD", "ABCD"]),
    st.dates(date(2020, 1, 1), date(2039, 12, 31)),
    st.integers(1, 99_999),
)


def test_number_reads_as_agency_day_serial_and_check_digit() -> None:
    assert str(CaseNumber("DL", date(2020, 2, 10), 42)) == "DL-20200210-0042-4"


@given(NUMBERS)
def test_number_is_found_again_in_a_sentence(number: CaseNumber) -> None:
    assert CaseNumber.parse(str(number)) == number
    assert CaseNumber.find_all(f"回复：[{str(number).lower()}] 补充材料") == (number,)


@given(NUMBERS, st.data())
def test_number_with_one_wrong_digit_is_none(number: CaseNumber, data: st.DataObject) -> None:
    text = str(number)
    place = data.draw(st.sampled_from([i for i, c in enumerate(text) if c.isdigit()]))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != text[place]]))
    assert CaseNumber.find_all(text[:place] + wrong + text[place + 1 :]) == ()


@given(NUMBERS, st.data())
def test_number_with_neighbours_swapped_is_none(number: CaseNumber, data: st.DataObject) -> None:
    text = str(number)
    pairs = [i for i in range(len(text) - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1]]
    place = data.draw(st.sampled_from(pairs))
    assert CaseNumber.find_all(text[:place] + text[place + 1] + text[place] + text[place + 2 :]) == ()


@pytest.mark.parametrize("text", ["", "DL-20200210-0042", "DL-20201310-0042-4", "DL-20200210-0042-44", "0411-83709182"])
def test_anything_else_is_no_number(text: str) -> None:
    assert CaseNumber.find_all(text) == ()
    with pytest.raises(ValueError, match="not a case number"):
        CaseNumber.parse(text)
