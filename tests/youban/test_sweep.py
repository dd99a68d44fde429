"""The sweeps: what lost its workflow is started again once, what is finished is forgotten after an hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from cases import ledger, outbox
from cases.database import Database
from domain.cases import Fate, Letter
from domain.mail import MessageKey, RawMessage
from tests.acceptance.waiting import wait_until
from tests.youban.work import KEY, Bench, open_enqueuer, run_engine, status_table, workflow_rows
from youban.queues import Alive, Enqueuer
from youban.sweep import FINISHED_KEPT, delete_finished, revive_lost

NOW = datetime(2020, 2, 10, 9, 0, tzinfo=UTC)
STALE = timedelta(minutes=2)
LONG_AGO = NOW - STALE - timedelta(seconds=1)
LETTER = Letter("主题", "正文", "<p>正文</p>", "ack")


@pytest.fixture
def waiting(engine_database: Database) -> Database:
    """A message and a letter that have waited for long, and no workflow for either."""
    with engine_database.write() as connection:
        _fetch(connection, KEY, at=LONG_AGO)
        _write(connection, "a", at=LONG_AGO)
    return engine_database


def _fetch(connection: sa.Connection, key: MessageKey, *, at: datetime, sha256: str = "0" * 64) -> None:
    ledger.record_fetched(
        connection,
        mailbox=key.mailbox,
        folder=key.folder,
        uidvalidity=key.uidvalidity,
        last_uid=key.uid,
        messages=[RawMessage(key, sha256, 10, at)],
        fates=[Fate.WAITING],
        at=at,
    )


def _write(connection: sa.Connection, name: str, *, at: datetime) -> int:
    return outbox.write_reply(
        connection,
        decision_key=f"message:{name}",
        case="",
        mailbox=KEY.mailbox,
        recipient=f"{name}@citizen.example",
        message_id=f"<{name}@agency.example>",
        in_reply_to="",
        references=(),
        letter=LETTER,
        at=at,
    )


def test_what_lost_its_workflow_is_done_once(waiting: Database) -> None:
    bench = Bench()
    with open_enqueuer(waiting) as enqueuer, run_engine(waiting, bench):
        assert revive_lost(waiting, enqueuer, NOW, stale=STALE) == 2
        bench.wait_for(("handle", KEY), ("send", 1, 1))
        wait_until(lambda: set(workflow_rows(waiting).values()) == {"SUCCESS"}, "both done")
        with waiting.write() as connection:
            ledger.settle(connection, KEY, Fate.ANSWERED, at=NOW)
            outbox.record_sent(connection, 1, attempt=1, at=NOW)
        assert revive_lost(waiting, enqueuer, NOW + STALE, stale=STALE) == 0
    assert len(bench.done) == 2


def test_a_failed_workflow_is_revived_under_a_new_id(waiting: Database) -> None:
    status = status_table(waiting)
    with open_enqueuer(waiting) as enqueuer:
        with waiting.write() as connection:
            enqueuer.enqueue_mails(connection, [KEY])
            enqueuer.enqueue_replies(connection, [1], mailbox=KEY.mailbox, attempt=1)
            connection.execute(sa.update(status).values(status="ERROR"))
        assert revive_lost(waiting, enqueuer, NOW, stale=STALE) == 2
        stamp = int(NOW.timestamp())
        alive = {name for name, status in workflow_rows(waiting).items() if status == "ENQUEUED"}
        assert alive == {f"mail:{KEY}#{stamp}", f"reply:1:1#{stamp}"}
        assert revive_lost(waiting, enqueuer, NOW, stale=STALE) == 0


def test_what_waits_or_runs_in_the_engine_is_left_alone(waiting: Database) -> None:
    bench = Bench()
    bench.gate.clear()
    with open_enqueuer(waiting) as enqueuer, run_engine(waiting, bench):
        with waiting.write() as connection:
            enqueuer.enqueue_mails(connection, [KEY])
            enqueuer.enqueue_replies(connection, [1], mailbox=KEY.mailbox, attempt=2, delay_s=3600)
        wait_until(lambda: workflow_rows(waiting)[f"mail:{KEY}"] == "PENDING", "the mail is being handled")
        assert workflow_rows(waiting)["reply:1:2"] == "DELAYED"
        assert revive_lost(waiting, enqueuer, NOW, stale=STALE) == 0
        bench.gate.set()
        bench.wait_for(("handle", KEY))


def test_what_ended_well_while_the_sweep_looked_is_not_revived(waiting: Database) -> None:
    class Slow(Enqueuer):
        """Looks so slowly that meanwhile everything is done."""

        def find_alive(self) -> Alive:
            with waiting.write() as connection:
                ledger.settle(connection, KEY, Fate.ANSWERED, at=NOW)
                outbox.record_sent(connection, 1, attempt=1, at=NOW)
            return super().find_alive()

    enqueuer = Slow(waiting)
    assert revive_lost(waiting, enqueuer, NOW, stale=STALE) == 0
    enqueuer.close()


def test_what_came_just_now_is_given_time(engine_database: Database) -> None:
    with engine_database.write() as connection:
        _fetch(connection, KEY, at=NOW - STALE + timedelta(seconds=1))
        _write(connection, "a", at=NOW - STALE + timedelta(seconds=1))
    with open_enqueuer(engine_database) as enqueuer:
        assert revive_lost(engine_database, enqueuer, NOW, stale=STALE) == 0


def test_a_message_whose_bytes_never_came_is_not_worked(engine_database: Database) -> None:
    with engine_database.write() as connection:
        _fetch(connection, KEY, at=LONG_AGO, sha256="")
    with open_enqueuer(engine_database) as enqueuer:
        assert revive_lost(engine_database, enqueuer, NOW, stale=STALE) == 0


def test_finished_work_is_forgotten_after_an_hour(engine_database: Database) -> None:
    status = status_table(engine_database)
    ended_at = int(NOW.timestamp() * 1000)
    with open_enqueuer(engine_database) as enqueuer, engine_database.write() as connection:
        enqueuer.enqueue_mails(connection, [KEY])
        enqueuer.enqueue_replies(connection, [1], mailbox=KEY.mailbox, attempt=1)
        connection.execute(sa.update(status).values(updated_at=ended_at))
        connection.execute(sa.update(status).where(status.c.workflow_uuid == f"mail:{KEY}").values(status="SUCCESS"))
        connection.execute(sa.update(status).where(status.c.workflow_uuid != f"mail:{KEY}").values(status="DELAYED"))
    with run_engine(engine_database, Bench()) as engine:
        assert delete_finished(engine, NOW + FINISHED_KEPT) == 0
        assert delete_finished(engine, NOW + FINISHED_KEPT + timedelta(seconds=1)) == 1
        assert list(workflow_rows(engine_database)) == ["reply:1:1"]
