from datetime import date

import pytest

from responders.workdays import Closures, Promise, add_working_days

NONE = Closures()


def test_add_working_days_skips_the_spring_festival_of_2020_as_it_was_prolonged():
    assert add_working_days(date(2020, 1, 24), 2, calendar=NONE) == Promise(date(2020, 2, 4))


def test_add_working_days_counts_a_weekend_made_a_working_day():
    # 2020-01-19 was a working Sunday (调休), two days after Friday the 17th.
    assert add_working_days(date(2020, 1, 17), 1, calendar=NONE) == Promise(date(2020, 1, 19))


def test_add_working_days_does_not_count_the_day_of_receipt():
    assert add_working_days(date(2020, 2, 10), 2, calendar=NONE) == Promise(date(2020, 2, 12))
    assert add_working_days(date(2020, 2, 10), 0, calendar=NONE) == Promise(date(2020, 2, 10))


def test_add_working_days_obeys_the_operators_days_first():
    closed = Closures(closed=frozenset({date(2020, 2, 11)}), working=frozenset({date(2020, 2, 15)}))
    assert add_working_days(date(2020, 2, 10), 5, calendar=closed) == Promise(date(2020, 2, 17))
    assert add_working_days(date(2020, 2, 10), 4, calendar=closed) == Promise(date(2020, 2, 15))


def test_add_working_days_counts_weekdays_and_says_so_in_an_unknown_year():
    assert add_working_days(date(2090, 5, 5), 2, calendar=NONE) == Promise(date(2090, 5, 9), is_provisional=True)


def test_add_working_days_that_reach_into_an_unknown_year_are_provisional():
    known = Closures(working=frozenset({date(2090, 5, 8)}))
    assert not add_working_days(date(2090, 5, 7), 1, calendar=known).is_provisional


def test_add_working_days_refuses_a_negative_term():
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2020, 2, 10), -1, calendar=NONE)
