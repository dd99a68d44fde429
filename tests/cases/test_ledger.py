"""The ledger keeps every message once, its cursor never falls back, and a fate is final."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from cases.database import Database, run_transaction
from cases.ledger import (
    Cursor,
    LedgerEntry,
    count_fates,
    find_cursor,
    find_entries,
    find_entry,
    find_start,
    find_waiting,
    record_fetched,
    record_start,
    settle,
)
from domain.cases import Fate
from domain.mail import RawMessage
from tests.cases.samples import MAILBOX, NOW, fetch, key, later, raw


def record(
    conn: sa.Connection, *uids: int, last_uid: int, uidvalidity: int = 7, fate: Fate = Fate.WAITING
) -> tuple[RawMessage, ...]:
    return record_fetched(
        conn,
        mailbox=MAILBOX,
        folder="INBOX",
        uidvalidity=uidvalidity,
        last_uid=last_uid,
        messages=[raw(uid, uidvalidity=uidvalidity) for uid in uids],
        fates=[fate] * len(uids),
        at=NOW,
    )


def test_a_fetched_message_waits_and_the_cursor_moves(conn: sa.Connection) -> None:
    assert find_cursor(conn, MAILBOX, "INBOX") is None
    assert record(conn, 3, 5, last_uid=5) == (raw(3), raw(5))
    assert find_cursor(conn, MAILBOX, "INBOX") == Cursor(7, 5)
    assert find_cursor(conn, MAILBOX, "Junk") is None
    assert find_entry(conn, key(3)) == LedgerEntry(raw(3), Fate.WAITING, "", "", NOW, None)
    assert find_entry(conn, key(4)) is None


def test_a_batch_is_looked_up_together(conn: sa.Connection) -> None:
    record(conn, 1, 2, 3, last_uid=3)
    settle(conn, key(2), Fate.ANSWERED, at=NOW)
    found = find_entries(conn, [key(3), key(2), key(9)])
    assert {entry_key: entry.fate for entry_key, entry in found.items()} == {
        key(2): Fate.ANSWERED,
        key(3): Fate.WAITING,
    }
    assert found[key(3)] == find_entry(conn, key(3))


def test_fetching_twice_records_once(conn: sa.Connection) -> None:
    record(conn, 1, 2, last_uid=2)
    settle(conn, key(1), Fate.ANSWERED, at=NOW)
    assert record(conn, 1, 2, 3, last_uid=3) == (raw(3),)
    assert record(conn, 1, 2, 3, last_uid=3) == ()
    assert count_fates(conn) == {Fate.ANSWERED: 1, Fate.WAITING: 2}


def test_the_cursor_never_moves_back_within_one_uidvalidity(conn: sa.Connection) -> None:
    record(conn, 9, last_uid=9)
    record(conn, 4, last_uid=4)
    assert find_cursor(conn, MAILBOX, "INBOX") == Cursor(7, 9)
    record(conn, last_uid=12)
    assert find_cursor(conn, MAILBOX, "INBOX") == Cursor(7, 12)


def test_a_new_uidvalidity_starts_afresh(conn: sa.Connection) -> None:
    record(conn, 9, last_uid=9)
    assert record(conn, 1, 2, last_uid=2, uidvalidity=8) == (raw(1, uidvalidity=8), raw(2, uidvalidity=8))
    assert find_cursor(conn, MAILBOX, "INBOX") == Cursor(8, 2)


def test_uids_use_all_32_bits(conn: sa.Connection) -> None:
    top = 2**32 - 1
    assert record(conn, top, last_uid=top, uidvalidity=top) == (raw(top, uidvalidity=top),)
    assert find_cursor(conn, MAILBOX, "INBOX") == Cursor(top, top)


def test_thousands_of_messages_are_one_call(conn: sa.Connection) -> None:
    uids = range(1, 5001)
    assert [m.key.uid for m in record(conn, *uids, last_uid=5000)] == list(uids)


def test_every_message_needs_a_fate(conn: sa.Connection) -> None:
    with pytest.raises(ValueError, match="zip"):
        record_fetched(
            conn, mailbox=MAILBOX, folder="INBOX", uidvalidity=7, last_uid=1, messages=[raw(1)], fates=[], at=NOW
        )


def test_old_mail_is_settled_from_the_start(conn: sa.Connection) -> None:
    record(conn, 1, last_uid=1, fate=Fate.TOO_OLD)
    assert find_entry(conn, key(1)) == LedgerEntry(raw(1), Fate.TOO_OLD, "", "", NOW, NOW)
    assert find_waiting(conn, NOW, limit=10) == ()


def test_a_fate_is_given_once(conn: sa.Connection) -> None:
    record(conn, 1, last_uid=1)
    assert settle(conn, key(1), Fate.IGNORED, at=later(5), reason="自动回复", identity="abc")
    assert not settle(conn, key(1), Fate.ANSWERED, at=later(9))
    assert not settle(conn, key(2), Fate.ANSWERED, at=later(9))
    assert find_entry(conn, key(1)) == LedgerEntry(raw(1), Fate.IGNORED, "自动回复", "abc", NOW, later(5))


def test_find_waiting_returns_the_oldest_that_still_wait(conn: sa.Connection) -> None:
    record(conn, 1, 2, 3, 4, last_uid=4)
    settle(conn, key(2), Fate.ANSWERED, at=NOW)
    assert [e.key.uid for e in find_waiting(conn, NOW, limit=2)] == [1, 3]
    assert find_waiting(conn, later(-1), limit=2) == ()


def test_count_fates_of_one_mailbox(conn: sa.Connection) -> None:
    record(conn, 1, 2, last_uid=2)
    fetch(conn, [1], mailbox="other@agency.example")
    assert count_fates(conn, MAILBOX) == {Fate.WAITING: 2}
    assert count_fates(conn) == {Fate.WAITING: 3}
    assert count_fates(conn, "nobody@agency.example") == {}


def test_the_first_start_of_a_mailbox_stays(conn: sa.Connection) -> None:
    assert find_start(conn, MAILBOX) is None
    assert record_start(conn, MAILBOX, starts_at=NOW) == NOW
    assert record_start(conn, MAILBOX, starts_at=later(60)) == NOW


def test_one_of_two_threads_settles(database: Database) -> None:
    with database.write() as conn:
        record(conn, *range(1, 51), last_uid=50)
    won: list[int] = []

    def settle_all() -> None:
        won.extend(
            uid
            for uid in range(1, 51)
            if run_transaction(database, lambda c, u=uid: settle(c, key(u), Fate.ANSWERED, at=NOW))
        )

    threads = [threading.Thread(target=settle_all) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == list(range(1, 51))
