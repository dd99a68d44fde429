from __future__ import annotations

import logging
import threading
import time
from dataclasses import replace

import pytest
import sqlalchemy as sa

from cases.database import Database, open_database
from domain.errors import ConfigError
from tests.acceptance.waiting import wait_until
from tests.youban.work import KEY, QUICK, Bench, open_enqueuer, run_engine, status_table, workflow_rows
from youban.engine import EngineSettings, check_settings


@pytest.mark.parametrize("handlers", [0, 9, 64])
def test_a_number_that_sqlite_cannot_bear_is_refused(tmp_path, handlers: int) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'youban.db'}", pool_size=2)
    with pytest.raises(ConfigError) as caught:
        check_settings(EngineSettings(handlers=handlers), database)
    assert (caught.value.file, caught.value.key) == ("youban.toml", "engine.handlers")
    assert caught.value.problem == f"{handlers} handler processes will not do on sqlite"
    assert caught.value.hint == "1 to 8"
    database.close()


def test_postgresql_bears_more(database: Database) -> None:
    if database.is_sqlite:
        check_settings(EngineSettings(handlers=8), database)
        return
    check_settings(EngineSettings(handlers=64), database)
    with pytest.raises(ConfigError, match="1 to 64"):
        check_settings(EngineSettings(handlers=65), database)


def test_all_three_kinds_of_work_are_done_and_nothing_of_the_engine_is_left(engine_database: Database) -> None:
    bench = Bench()
    threads = set(threading.enumerate())
    with run_engine(engine_database, bench), open_enqueuer(engine_database) as enqueuer:
        with engine_database.write() as connection:
            enqueuer.enqueue_mails(connection, [KEY])
            enqueuer.enqueue_replies(connection, [5], mailbox="counter@agency.example", attempt=1)
        enqueuer.enqueue_poll("counter@agency.example", "1")
        bench.wait_for(("handle", KEY), ("send", 5, 1), ("poll", "counter@agency.example"))
        assert set(workflow_rows(engine_database)) == {f"mail:{KEY}", "reply:5:1", "poll:counter@agency.example:1"}
    wait_until(lambda: set(threading.enumerate()) == threads, "no thread of the engine left")


def test_what_was_enqueued_in_a_transaction_rolled_back_is_never_done(engine_database: Database) -> None:
    bench = Bench()
    with open_enqueuer(engine_database) as enqueuer:
        with engine_database.engine.connect() as connection:
            enqueuer.enqueue_mails(connection, [KEY])
            connection.rollback()
        assert workflow_rows(engine_database) == {}
        assert not enqueuer.find_alive().has_mail(KEY)
        with engine_database.write() as connection:
            enqueuer.enqueue_mails(connection, [KEY])
        assert enqueuer.find_alive().has_mail(KEY)
        with run_engine(engine_database, bench):
            bench.wait_for(("handle", KEY))


def test_the_same_work_enqueued_twice_is_done_once(engine_database: Database) -> None:
    bench = Bench()
    with open_enqueuer(engine_database) as enqueuer:
        for _ in range(2):
            with engine_database.write() as connection:
                enqueuer.enqueue_mails(connection, [KEY])
                enqueuer.enqueue_replies(connection, [5], mailbox="a@x.example", attempt=1)
        with run_engine(engine_database, bench):
            bench.wait_for(("handle", KEY), ("send", 5, 1))
            wait_until(lambda: not enqueuer.find_alive().has_mail(KEY), "the mail's workflow ended")
            with engine_database.write() as connection:
                enqueuer.enqueue_mails(connection, [KEY])
            assert not enqueuer.find_alive().has_mail(KEY), "what ended does not begin again under its own id"


def test_a_poll_that_waits_is_enough(engine_database: Database) -> None:
    bench = Bench()
    with open_enqueuer(engine_database) as enqueuer:
        for tick in ("1", "2", "3"):
            enqueuer.enqueue_poll("a@x.example", tick)
        enqueuer.enqueue_poll("b@x.example", "1")
        assert set(workflow_rows(engine_database)) == {"poll:a@x.example:1", "poll:b@x.example:1"}
        with run_engine(engine_database, bench):
            bench.wait_for(("poll", "a@x.example"), ("poll", "b@x.example"))
            wait_until(lambda: set(workflow_rows(engine_database).values()) == {"SUCCESS"}, "the polls ended")
            enqueuer.enqueue_poll("a@x.example", "4")
            wait_until(lambda: len(bench.done) == 3, "the next poll")


def test_a_letter_with_a_delay_waits_for_it(engine_database: Database) -> None:
    bench = Bench()
    with run_engine(engine_database, bench), open_enqueuer(engine_database) as enqueuer:
        began = time.monotonic()
        with engine_database.write() as connection:
            enqueuer.enqueue_replies(connection, [5], mailbox="a@x.example", attempt=2, delay_s=1.5)
        assert enqueuer.find_alive().has_reply(5)
        bench.wait_for(("send", 5, 2))
        assert time.monotonic() - began >= 1.5


def test_letters_of_one_mailbox_go_one_at_a_time(engine_database: Database) -> None:
    bench = Bench()
    at_once: list[int] = []
    running: list[object] = []
    lock = threading.Lock()

    def watch(what: tuple[object, ...]) -> None:
        with lock:
            running.append(what)
            at_once.append(len(running))
        time.sleep(0.03)
        with lock:
            running.remove(what)

    bench.before = watch
    with open_enqueuer(engine_database) as enqueuer:
        with engine_database.write() as connection:
            for reply in range(6):
                enqueuer.enqueue_replies(connection, [reply], mailbox="a@x.example", attempt=1)
        with run_engine(engine_database, bench):
            bench.wait_for(*[("send", reply, 1) for reply in range(6)])
    assert set(at_once) == {1}


def test_servers_that_hang_keep_no_other_letter_and_no_mail_waiting(engine_database: Database) -> None:
    bench = Bench()
    hanging = threading.Event()
    bench.before = lambda what: what[0] == "send" and what[1] < 100 and not hanging.wait(30)  # type: ignore[operator]
    with run_engine(engine_database, bench) as _, open_enqueuer(engine_database) as enqueuer:
        with engine_database.write() as connection:
            for number in range(12):
                enqueuer.enqueue_replies(connection, [number], mailbox=f"slow{number}@agency.example", attempt=1)
            enqueuer.enqueue_replies(connection, [100], mailbox="quick@agency.example", attempt=1)
            enqueuer.enqueue_mails(connection, [KEY])
        enqueuer.enqueue_poll("counter@agency.example", "1")
        bench.wait_for(("handle", KEY), ("send", 100, 1), ("poll", "counter@agency.example"))
        hanging.set()
        wait_until(lambda: len(bench.done) == 15, "the slow letters")


def test_alive_are_later_attempts_and_revivals_and_whole_batches_and_no_other_number(engine_database: Database) -> None:
    first, last = (replace(KEY, uid=uid) for uid in (10, 25))
    with open_enqueuer(engine_database) as enqueuer:
        assert not enqueuer.find_alive().has_mail(KEY)
        with engine_database.write() as connection:
            enqueuer.enqueue_replies(connection, [12], mailbox="a@x.example", attempt=3, again=9)
            enqueuer.enqueue_replies(connection, [20, 23], mailbox="a@x.example", attempt=1)
            enqueuer.enqueue_mails(connection, [KEY], again=9)
            enqueuer.enqueue_mails(connection, [first, last])
        alive = enqueuer.find_alive()
        assert [number for number in range(1, 30) if alive.has_reply(number)] == [12, 20, 21, 22, 23]
        assert [uid for uid in range(1, 30) if alive.has_mail(replace(KEY, uid=uid))] == [KEY.uid, *range(10, 26)]
        assert not alive.has_mail(replace(first, folder="Junk"))
        assert not alive.has_mail(replace(first, uidvalidity=first.uidvalidity + 1))


def test_a_folder_may_be_called_anything(engine_database: Database) -> None:
    odd = replace(KEY, folder="a:b-c#1:2")
    with open_enqueuer(engine_database) as enqueuer:
        with engine_database.write() as connection:
            enqueuer.enqueue_mails(connection, [odd, replace(odd, uid=9)], again=3)
        alive = enqueuer.find_alive()
    assert (alive.has_mail(replace(odd, uid=5)), alive.has_mail(replace(odd, uid=10))) == (True, False)


def test_work_that_fails_is_not_tried_for_ever(engine_database: Database, caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench()

    def fail(_: object) -> None:
        raise ZeroDivisionError

    bench.before = fail
    with run_engine(engine_database, bench), open_enqueuer(engine_database) as enqueuer:
        with caplog.at_level(logging.CRITICAL, "dbos"), engine_database.write() as connection:
            enqueuer.enqueue_mails(connection, [KEY])
        wait_until(lambda: workflow_rows(engine_database).get(f"mail:{KEY}") == "ERROR", "the workflow failed")
        assert not enqueuer.find_alive().has_mail(KEY)
    assert bench.done == []


def test_a_restart_under_the_same_name_does_what_was_begun(engine_database: Database) -> None:
    bench = Bench()
    with open_enqueuer(engine_database) as enqueuer:
        with engine_database.write() as connection:
            enqueuer.enqueue_mails(connection, [KEY])
        # As a predecessor leaves it that was killed in the midst of its work.
        status = status_table(engine_database)
        with engine_database.write() as connection:
            connection.execute(
                sa.update(status).values(status="PENDING", executor_id=QUICK.executor, queue_name="mail")
            )
        with run_engine(engine_database, bench):
            bench.wait_for(("handle", KEY))


def test_finished_rows_are_deleted_and_waiting_ones_are_kept(engine_database: Database) -> None:
    bench = Bench()
    with run_engine(engine_database, bench) as engine, open_enqueuer(engine_database) as enqueuer:
        with engine_database.write() as connection:
            enqueuer.enqueue_mails(connection, [KEY])
            enqueuer.enqueue_replies(connection, [5], mailbox="a@x.example", attempt=2, delay_s=3600)
        wait_until(lambda: workflow_rows(engine_database).get(f"mail:{KEY}") == "SUCCESS", "the mail is done")
        assert engine.delete_finished(before_ms=0) == 0
        assert engine.delete_finished(before_ms=int(time.time() * 1000) + 60_000) == 1
        assert set(workflow_rows(engine_database)) == {"reply:5:2"}
