"""A message that cannot be read is set aside, and may be tried again."""

from __future__ import annotations

import sqlalchemy as sa

from cases.ledger import find_entry, find_waiting
from cases.quarantine import (
    Closing,
    Quarantined,
    close_quarantined,
    find_closing,
    find_quarantined,
    record_quarantine,
    release_quarantined,
)
from domain.cases import Fate
from tests.cases.samples import NOW, fetch, key, later

SHA = f"{1:064x}"


def test_a_message_set_aside_has_its_fate(conn: sa.Connection) -> None:
    fetch(conn, [1, 2])
    assert record_quarantine(conn, key(1), sha256=SHA, reason="multipart ends too early", at=NOW)
    assert not record_quarantine(conn, key(1), sha256=SHA, reason="again", at=NOW)
    assert find_quarantined(conn) == (Quarantined(key(1), SHA, "multipart ends too early", NOW, 0),)
    entry = find_entry(conn, key(1))
    assert entry is not None
    assert (entry.fate, entry.reason) == (Fate.QUARANTINED, "multipart ends too early")


def test_a_released_message_waits_again_and_may_come_back(conn: sa.Connection) -> None:
    fetch(conn, [1])
    assert not release_quarantined(conn, key(1), at=NOW)
    record_quarantine(conn, key(1), sha256=SHA, reason="first", at=NOW)
    assert release_quarantined(conn, key(1), at=later(60))
    assert not release_quarantined(conn, key(1), at=later(61))
    assert find_quarantined(conn) == ()
    assert [e.key for e in find_waiting(conn, NOW, limit=5)] == [key(1)]
    assert record_quarantine(conn, key(1), sha256=SHA, reason="second", at=later(70))
    assert find_quarantined(conn) == (Quarantined(key(1), SHA, "second", later(70), 1),)


BY_HAND = Closing(later(60), "李", "已电话答复")


def test_a_message_closed_by_hand_is_open_no_more(conn: sa.Connection) -> None:
    fetch(conn, [1, 2])
    assert not close_quarantined(conn, key(1), BY_HAND)
    for uid in (1, 2):
        record_quarantine(conn, key(uid), sha256=SHA, reason="why", at=NOW)
    assert find_closing(conn, key(1)) is None
    assert close_quarantined(conn, key(1), BY_HAND)
    assert not close_quarantined(conn, key(1), Closing(later(61), "王", "又一次"))
    assert find_closing(conn, key(1)) == BY_HAND
    assert [one.key for one in find_quarantined(conn)] == [key(2)]
    assert find_quarantined(conn, is_closed=True) == (Quarantined(key(1), SHA, "why", NOW, 0, BY_HAND),)
    entry = find_entry(conn, key(1))
    assert entry is not None
    assert entry.fate is Fate.QUARANTINED


def test_a_closed_message_is_released_only_on_purpose_and_comes_back_open(conn: sa.Connection) -> None:
    fetch(conn, [1])
    record_quarantine(conn, key(1), sha256=SHA, reason="why", at=NOW)
    close_quarantined(conn, key(1), BY_HAND)
    assert not release_quarantined(conn, key(1), at=later(70))
    assert find_waiting(conn, NOW, limit=5) == ()
    assert release_quarantined(conn, key(1), at=later(70), is_closed_too=True)
    assert [e.key for e in find_waiting(conn, NOW, limit=5)] == [key(1)]
    assert not close_quarantined(conn, key(1), BY_HAND)
    assert find_quarantined(conn, is_closed=True) == ()
    record_quarantine(conn, key(1), sha256=SHA, reason="again", at=later(80))
    assert find_quarantined(conn) == (Quarantined(key(1), SHA, "again", later(80), 1),)
