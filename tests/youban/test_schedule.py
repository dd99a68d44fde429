"""Ticks come, go on after a failure, and never run beside themselves."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from youban.schedule import Schedule

WAIT_S = 10.0


@pytest.fixture
def schedule() -> Iterator[Schedule]:
    made = Schedule()
    yield made
    made.stop()


def test_tick_comes_again_after_a_failure(schedule: Schedule, caplog: pytest.LogCaptureFixture) -> None:
    came = threading.Semaphore(0)

    def fail() -> None:
        came.release()
        raise ValueError("a bad turn")

    schedule.every(0.02, "sweep", fail)
    schedule.start()
    assert came.acquire(timeout=WAIT_S)
    assert came.acquire(timeout=WAIT_S)


def test_tick_does_not_run_beside_itself(schedule: Schedule) -> None:
    running, most, turns = 0, 0, threading.Semaphore(0)
    lock, go_on = threading.Lock(), threading.Event()

    def job() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        go_on.wait(0.1)
        with lock:
            running -= 1
        turns.release()

    schedule.every(0.01, "slow", job)
    schedule.start()
    for _ in range(3):
        assert turns.acquire(timeout=WAIT_S)
    go_on.set()
    assert most == 1


def test_stop_waits_for_the_job_that_runs() -> None:
    schedule = Schedule()
    began, ended = threading.Event(), threading.Event()

    def job() -> None:
        began.set()
        threading.Event().wait(0.2)
        ended.set()

    schedule.every(0.01, "job", job)
    schedule.start()
    assert began.wait(WAIT_S)
    schedule.stop()
    assert ended.is_set()


def test_stop_before_the_start_is_nothing() -> None:
    Schedule().stop()
