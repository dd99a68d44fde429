from __future__ import annotations

from datetime import date

import pytest

from domain.papers import Paper
from domain.persons import Consequence, Mark
from routing.terms import find_term_findings
from tests.routing.building import KINDS, paper
from youban.demo.people import make_person

ON = date(2020, 2, 10)


def back(start: str, until: str, kind: str = "id-back") -> Paper:
    return paper(kind, fields={k: v for k, v in (("valid_from", start), ("valid_until", until)) if v})


def front(birth: date) -> Paper:
    return paper("id-front", fields={"id_number": make_person(3, birth=birth).id_number})


def marks(*papers: Paper, on: date = ON) -> list[Mark]:
    return [f.mark for f in find_term_findings(papers, on=on, kinds=KINDS)]


@pytest.mark.parametrize(
    ("start", "until", "found"),
    [
        ("2010-02-10", "2020-02-10", []),  # the last day still counts
        ("2010-02-09", "2020-02-09", [Mark.EXPIRED]),
        ("", "2019-12-31", [Mark.EXPIRED]),
        ("2015-06-01", "长期", []),
        ("2015-06-01", "", []),
        ("", "", []),
        ("2020-02-11", "2030-02-11", [Mark.NOT_YET_VALID]),
        ("2010-02-10", "2018-02-10", [Mark.ODD_TERM]),  # no card is valid for eight years
        ("2020-01-01", "2019-01-01", [Mark.ODD_TERM]),
        ("2012-02-29", "2032-03-01", []),
        ("2019-11-20", "2020-02-20", []),  # 临时居民身份证
        ("2019-10-01", "2020-01-01", [Mark.EXPIRED]),
        ("2010-02", "2020-02", []),  # no dates, no accusation
    ],
)
def test_term_of_an_identity_card(start: str, until: str, found: list[Mark]) -> None:
    assert marks(back(start, until)) == found


def test_expired_paper_says_its_date_and_is_asked_for_again() -> None:
    (found,) = find_term_findings([back("2011-03-01", "2021-03-01")], on=date(2021, 3, 2), kinds=KINDS)
    assert found.words == "有效期至2021年3月1日,已过期,请寄现行有效的证件"
    assert found.consequence is Consequence.ASK


def test_other_papers_may_have_any_term() -> None:
    assert marks(back("2012-01-01", "2019-12-31", "licence")) == [Mark.EXPIRED]
    assert marks(back("2012-01-01", "2031-12-31", "licence")) == []


def test_unreadable_paper_is_not_looked_at() -> None:
    assert marks(paper("id-back", is_legible=False, fields={"valid_until": "2019-01-01"})) == []


@pytest.mark.parametrize(
    ("birth", "start", "until", "fits"),
    [
        (date(1960, 5, 1), "2010-01-01", "长期", True),
        (date(1960, 5, 1), "2010-01-01", "2030-01-01", False),  # at 49 a card has no end
        (date(1990, 5, 1), "2012-01-01", "2022-01-01", True),
        (date(1990, 5, 1), "2012-01-01", "长期", False),
        (date(1980, 5, 1), "2012-01-01", "2032-01-01", True),
        (date(1980, 5, 1), "2012-01-01", "2022-01-01", False),
        (date(1966, 1, 1), "2012-01-05", "2032-01-05", True),  # applied for at 45, valid from 46 on
        (date(2015, 5, 1), "2018-01-01", "2023-01-01", True),
        (date(2015, 5, 1), "2012-01-01", "2022-01-01", False),  # before the birth
        (date(1980, 5, 1), "2012-01-01", "2020-07-01", True),  # odd: misread, so nothing is known
    ],
)
def test_back_belongs_to_a_card_of_the_fronts_age(birth: date, start: str, until: str, fits: bool) -> None:
    assert (Mark.OTHER_BACK not in marks(front(birth), back(start, until))) is fits


def test_back_needs_every_fronts_birth_date_to_be_accused() -> None:
    old, young = front(date(1960, 5, 1)), front(date(1990, 5, 1))
    other = back("2012-01-01", "2022-01-01")
    assert marks(old, other) == [Mark.OTHER_BACK]
    assert marks(old, young, other) == []
    assert marks(old, paper("id-front", "b.jpg"), other) == []
    assert marks(other) == []
