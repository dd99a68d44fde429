"""The daemon is killed at twenty random moments while a hundred mails flow: no mail lost, none answered twice."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.acceptance.flow import Flow, open_flow, split, wait_for_progress, write_mails
from tests.acceptance.mails import Mail
from tests.acceptance.nursery import Nursery
from tests.servers.postgres import database_url, postgres
from youban.cli import EXIT_CONFIG

__all__ = ["database_url", "postgres"]

MAILS, KILLS = 100, 20
SEED = int(os.environ.get("YOUBAN_TEST_SEED", "20200210"))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_at_twenty_random_moments_each_mail_is_answered_once(
    tmp_path: Path, database_url: str, nursery: Nursery
) -> None:
    rng = random.Random(SEED)
    print(f"seed {SEED}")  # shown when the test fails; YOUBAN_TEST_SEED repeats it
    began = time.monotonic()
    with open_flow(tmp_path, database_url, nursery=nursery) as flow:
        for number, mails in enumerate(split(write_mails(MAILS), KILLS, rng)):
            if number % 4 == 3:
                _kill_during_start(flow, mails, rng)
            else:
                _kill_at_work(flow, mails, rng)
        flow.daemon.start()
        flow.wait_until_done()
        doubled = flow.check()
        flow.daemon.stop()
    print(f"{doubled} letters were sent twice under one Message-ID; {time.monotonic() - began:.0f} s")


def _kill_at_work(flow: Flow, mails: list[Mail], rng: random.Random) -> None:
    """Start, let mail come in, and kill after a random share of the steps that are to be taken."""
    flow.daemon.start()
    before = flow.progress()
    flow.send(mails)
    reached = before + rng.randint(0, max(1, 3 * len(flow.sent) - before))
    patience = time.monotonic() + 3.0
    wait_for_progress(flow, reached, gives_up=lambda: time.monotonic() > patience)
    time.sleep(rng.uniform(0.0, 0.05))  # the moment within a step
    print(f"killed at {flow.progress()} steps (meant {reached}) of {3 * len(flow.sent)}")
    flow.daemon.kill()


def _kill_during_start(flow: Flow, mails: list[Mail], rng: random.Random) -> None:
    """Kill while it starts and goes on with what its predecessor left: moments by the clock, for there are no steps."""
    flow.send(mails)
    flow.daemon.begin()
    time.sleep(rng.uniform(0.0, 1.5))  # the moment of the kill; undisturbed it is ready after half a second
    flow.daemon.kill()
    print(f"killed by the clock at {flow.progress()} steps of {3 * len(flow.sent)}")


@pytest.mark.slow
def test_a_second_daemon_on_the_same_database_is_refused_and_harms_nobody(
    tmp_path: Path, database_url: str, nursery: Nursery
) -> None:
    with open_flow(tmp_path, database_url, nursery=nursery) as flow:
        flow.daemon.start()
        second = subprocess.run(
            [sys.executable, "-m", "youban", "run", "--config", str(flow.daemon.settings_file)],
            env=flow.daemon.environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert second.returncode == EXIT_CONFIG
        assert "engine.executor: another process already runs as 'hub' on this database (stop it first" in second.stderr
        flow.send(write_mails(3))
        flow.wait_until_done()
        flow.check()
        flow.daemon.stop()
