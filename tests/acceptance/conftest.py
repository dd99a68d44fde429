"""Fixtures: one running counter for each pair of IMAP server and database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from config.catalogue import load_catalogue
from tests.acceptance.house import House, open_house
from tests.acceptance.nursery import Nursery
from tests.servers.imap import SERVERS
from tests.servers.postgres import postgres

__all__ = ["postgres"]


def pair_of(server: str, database: str) -> Any:
    """Return a parameter of ``open_for_pair``."""
    marks = [pytest.mark.dovecot] * (server == "dovecot")
    return pytest.param((server, database), id=f"{server}-{database}", marks=marks)


# Each server and each database once: nothing depends on how the two are paired, and a counter takes its time to start.
PAIRS = [pair_of("pymap", "sqlite"), pair_of("dovecot", "postgresql")]
OpenHouse = Callable[..., AbstractContextManager[House]]


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where the daemons and commands of these tests are forked."""
    opened = Nursery()
    yield opened
    opened.close()


@pytest.fixture(scope="package", params=PAIRS)
def open_for_pair(request: pytest.FixtureRequest, nursery: Nursery) -> OpenHouse:
    """Opens a counter on the pair's servers: ``open_for_pair(folder, mailboxes, **options of open_house)``."""
    server, database = request.param

    @contextmanager
    def open_one(folder: Path, mailboxes: tuple[str, ...], **options: Any) -> Iterator[House]:
        options["nursery"] = nursery
        with SERVERS[server](mailboxes) as imap:
            if database == "sqlite":
                with open_house(folder, imap=imap, database="", mailboxes=mailboxes, **options) as house:
                    yield house
                return
            cluster = request.getfixturevalue("postgres")
            url = cluster.fresh_database()
            with open_house(folder, imap=imap, database=url, mailboxes=mailboxes, **options) as house:
                yield house
            cluster.drop_database(url)

    return open_one


@pytest.fixture(scope="package")
def house(open_for_pair: OpenHouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The counter that all tests of a pair share, but those of bad days: all 21 mailboxes.

    Closed when the tests of this folder are through: one that idles to the end of the run takes a third of a core.
    """
    with open_for_pair(tmp_path_factory.mktemp("house"), load_catalogue().mailboxes) as house:
        house.wait_until_connected()
        yield house
