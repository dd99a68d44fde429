"""What was seen is kept by content and version, and the newest look counts."""

from __future__ import annotations

import sqlalchemy as sa

from cases.database import Database
from cases.sights import find_sights, record_sight
from cases.tables import SIGHTS
from tests.cases.samples import NOW, later

FRONT, BACK = f"{1:064x}", f"{2:064x}"
FACTS = {
    "pages": [[1, 1600, 900, 180, None, [["公民身份号码 䶮", 0.97, [0.0, 0.5, 90.0, 0.5, 90.0, 20.0, 0.0, 20.0]]]]]
}


def test_nothing_is_known_of_a_content_that_nobody_looked_at(conn: sa.Connection) -> None:
    assert find_sights(conn, [FRONT, BACK], recogniser="1") == {}
    assert find_sights(conn, [], recogniser="1") == {}


def test_facts_come_back_as_they_were(conn: sa.Connection) -> None:
    record_sight(conn, FRONT, FACTS, recogniser="1", at=NOW)
    record_sight(conn, BACK, {"pages": []}, recogniser="1", at=NOW)
    assert find_sights(conn, [FRONT], recogniser="1") == {FRONT: FACTS}
    assert find_sights(conn, [BACK, FRONT, "another"], recogniser="1") == {FRONT: FACTS, BACK: {"pages": []}}


def test_another_version_looks_for_itself_and_its_word_replaces_the_old_one(conn: sa.Connection) -> None:
    record_sight(conn, FRONT, FACTS, recogniser="1", at=NOW)
    assert find_sights(conn, [FRONT], recogniser="2") == {}
    record_sight(conn, FRONT, {"pages": []}, recogniser="2", at=later(60))
    assert find_sights(conn, [FRONT], recogniser="1") == {}
    assert find_sights(conn, [FRONT], recogniser="2") == {FRONT: {"pages": []}}
    (row,) = conn.execute(sa.select(SIGHTS)).all()
    assert tuple(row) == (FRONT, "2", {"pages": []}, later(60))


def test_two_handlers_may_look_at_the_same_photograph(database: Database) -> None:
    for seconds in (0, 1):
        with database.write() as conn:
            record_sight(conn, FRONT, FACTS, recogniser="1", at=later(seconds))
    with database.read() as conn:
        assert find_sights(conn, [FRONT], recogniser="1") == {FRONT: FACTS}
