"""The network is cut, or the database goes away, again and again while mails flow: none lost, none answered twice."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.acceptance.flow import open_flow, split, write_mails
from tests.acceptance.nursery import Nursery
from tests.servers.postgres import Postgres, database_url, postgres

__all__ = ["database_url", "postgres"]

MAILS, CUTS = 50, 15
SEED = 20200303


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_connections_cut_again_and_again_lose_and_double_nothing(
    tmp_path: Path, database_url: str, nursery: Nursery
) -> None:
    rng = random.Random(SEED)
    with open_flow(tmp_path, database_url, nursery=nursery) as flow:
        flow.daemon.start()
        for number, mails in enumerate(split(write_mails(MAILS), CUTS, rng)):
            flow.send(mails)
            time.sleep(rng.uniform(0.0, 0.6))  # the moment of the cut
            if number % 3 != 1:
                flow.box.smtp.drop_sessions()
            if number % 3 != 2:
                flow.imap.drop_connections()
        flow.wait_until_done()
        doubled = flow.check()
        flow.daemon.stop()
    print(f"{doubled} letters were sent twice under one Message-ID")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_database_that_goes_away_for_some_seconds_costs_no_mail(
    tmp_path: Path, postgres: Postgres, nursery: Nursery
) -> None:
    rng = random.Random(SEED)
    url = postgres.fresh_database()
    with open_flow(tmp_path, url, nursery=nursery) as flow:
        flow.daemon.start()
        for mails in split(write_mails(MAILS), 5, rng):
            flow.send(mails)
            time.sleep(rng.uniform(0.2, 1.0))  # the moment of the cut
            _take_away(postgres, url, for_s=rng.uniform(0.0, 2.0))
        flow.wait_until_done()
        doubled = flow.check()
        assert flow.daemon.is_running
    postgres.drop_database(url)
    print(f"{doubled} letters were sent twice under one Message-ID")


def _take_away(server: Postgres, url: str, *, for_s: float) -> None:
    """End every connection to a database, and let nobody connect for a while."""
    name = sa.make_url(url).database
    server.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
    server.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    time.sleep(for_s)
    server.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")
