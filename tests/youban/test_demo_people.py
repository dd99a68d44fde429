from __future__ import annotations

import re
from datetime import date

from domain.idnumber import parse_id_number
from youban.demo.people import make_person

PEOPLE = [make_person(seed) for seed in range(200)]


def test_a_seed_always_makes_the_same_person():
    assert make_person(7) == make_person(7)
    assert make_person(7) != make_person(8)


def test_id_numbers_are_right_and_nobodys():
    for person in PEOPLE:
        number = parse_id_number(person.id_number)
        assert not number.is_allocated
        assert (number.birth, number.is_female) == (person.birth, person.is_female)


def test_telephones_and_addresses_belong_to_nobody_and_are_distinct():
    assert all(re.fullmatch(r"1\d\d0000\d{4}", p.phone) and p.email.endswith(".example") for p in PEOPLE)
    assert len({p.phone for p in PEOPLE}) == len({p.email for p in PEOPLE}) == len(PEOPLE)


def test_birth_sex_and_place_can_be_chosen():
    child = make_person(3, birth=date(2019, 11, 2), is_female=True, place="sd", district="历下区")
    assert child.birth == date(2019, 11, 2)
    assert child.sex == "女"
    assert child.address.startswith("山东省济南市历下区")
