"""What fetching writes down: everything in one transaction, and the same a second time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from cases import ledger, quarantine
from cases.database import Database
from cases.ledger import Cursor
from domain.cases import Fate
from domain.mail import MessageKey, RawMessage
from intake.fetch import Unfetchable
from tests.youban.work import open_enqueuer, workflow_rows
from youban.arrivals import BYTES_TOGETHER, MAILS_TOGETHER, ArrivalLedger

MAILBOX = "counter@agency.example"
START = datetime(2020, 2, 10, 9, 0, 0, 500_000, tzinfo=UTC)
NOW = START + timedelta(hours=1)


def _key(uid: int) -> MessageKey:
    return MessageKey(MAILBOX, "INBOX", 7, uid)


def _message(uid: int, received_at: datetime = NOW, *, size_bytes: int = 10) -> RawMessage:
    return RawMessage(_key(uid), f"{uid:064x}", size_bytes, received_at)


def _open(database: Database, enqueue_mails) -> ArrivalLedger:
    return ArrivalLedger(database, starts={MAILBOX: START}, enqueue_mails=enqueue_mails, clock=lambda: NOW)


def _record(arrivals: ArrivalLedger, *messages: RawMessage, unfetchable=(), last_uid: int = 3) -> None:
    arrivals.record(MAILBOX, "INBOX", uidvalidity=7, last_uid=last_uid, messages=messages, unfetchable=unfetchable)


def _fates(database: Database) -> dict[int, Fate]:
    with database.read() as connection:
        entries = [ledger.find_entry(connection, _key(uid)) for uid in range(1, 10)]
    return {entry.key.uid: entry.fate for entry in entries if entry is not None}


def test_ledger_work_and_cursor_are_written_together(engine_database: Database) -> None:
    with open_enqueuer(engine_database) as enqueuer:
        arrivals = _open(engine_database, enqueuer.enqueue_mails)
        assert arrivals.cursor(MAILBOX, "INBOX") is None
        _record(arrivals, _message(1), _message(2))
    assert _fates(engine_database) == {1: Fate.WAITING, 2: Fate.WAITING}
    assert workflow_rows(engine_database) == {f"mail:{_key(1)}-2": "ENQUEUED"}
    assert arrivals.cursor(MAILBOX, "INBOX") == Cursor(7, 3)


def test_nothing_is_written_when_the_last_of_it_fails(engine_database: Database) -> None:
    with open_enqueuer(engine_database) as enqueuer:

        def enqueue_and_fail(connection: sa.Connection, keys: Sequence[MessageKey]) -> None:
            enqueuer.enqueue_mails(connection, keys)
            raise ZeroDivisionError

        arrivals = _open(engine_database, enqueue_and_fail)
        with pytest.raises(ZeroDivisionError):
            _record(arrivals, _message(1), _message(2))
    assert _fates(engine_database) == {}
    assert workflow_rows(engine_database) == {}
    assert arrivals.cursor(MAILBOX, "INBOX") is None


def test_fetching_the_same_again_changes_nothing(engine_database: Database) -> None:
    with open_enqueuer(engine_database) as enqueuer:
        arrivals = _open(engine_database, enqueuer.enqueue_mails)
        _record(arrivals, _message(1), _message(2))
        with engine_database.write() as connection:
            ledger.settle(connection, _key(1), Fate.ANSWERED, at=NOW)
        _record(arrivals, _message(1), _message(2), _message(3))
    assert _fates(engine_database) == {1: Fate.ANSWERED, 2: Fate.WAITING, 3: Fate.WAITING}
    assert sorted(workflow_rows(engine_database)) == [f"mail:{_key(1)}-2", f"mail:{_key(3)}"]


def test_what_is_older_than_the_mailbox_start_is_recorded_and_never_worked(database: Database) -> None:
    asked: list[MessageKey] = []
    arrivals = _open(database, lambda _, keys: asked.extend(keys))
    # INTERNALDATE knows no fractions: the second of the start itself counts as new.
    _record(arrivals, _message(1, START - timedelta(seconds=1)), _message(2, START.replace(microsecond=0)), _message(3))
    assert _fates(database) == {1: Fate.TOO_OLD, 2: Fate.WAITING, 3: Fate.WAITING}
    assert asked == [_key(2), _key(3)]


def test_what_the_server_would_not_give_is_set_aside_in_its_place(database: Database) -> None:
    asked: list[MessageKey] = []
    arrivals = _open(database, lambda _, keys: asked.extend(keys))
    _record(arrivals, _message(1), _message(3), unfetchable=[Unfetchable(_key(2), NOW, "it is said to have 9 bytes")])
    assert _fates(database) == {1: Fate.WAITING, 2: Fate.QUARANTINED, 3: Fate.WAITING}
    assert asked == [_key(1), _key(3)]
    with database.read() as connection:
        (row,) = quarantine.find_quarantined(connection)
    assert (row.key, row.sha256) == (_key(2), "")
    assert row.reason == "服务器未能给出此邮件：it is said to have 9 bytes"


def test_an_empty_look_only_moves_the_cursor_and_never_back(database: Database) -> None:
    arrivals = _open(database, lambda *_: None)
    _record(arrivals, last_uid=9)
    _record(arrivals, last_uid=4)
    assert arrivals.cursor(MAILBOX, "INBOX") == Cursor(7, 9)
    assert _fates(database) == {}


def test_short_mails_are_handled_together_and_one_with_photographs_alone(database: Database) -> None:
    batches: list[list[int]] = []
    arrivals = _open(database, lambda _, keys: batches.append([key.uid for key in keys]))
    photographs = {5: BYTES_TOGETHER, 6: BYTES_TOGETHER + 1}
    _record(arrivals, *(_message(uid, size_bytes=photographs.get(uid, 10)) for uid in range(1, 30)), last_uid=29)
    assert batches == [[1, 2, 3, 4], [5], [6], list(range(7, 7 + MAILS_TOGETHER)), list(range(7 + MAILS_TOGETHER, 30))]
