"""Fixtures: one running counter for each pair of IMAP server and database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from config.catalogue import load_catalogue
from tests.acceptance.house import House, open_house
from tests.servers.imap import SERVERS
from tests.servers.postgres import postgres

__all__ = ["postgres"]

_PAIRS = [
    pytest.param((server, database), id=f"{server}-{database}", marks=[pytest.mark.dovecot] * (server == "dovecot"))
    for server in ("pymap", "dovecot")
    for database in ("sqlite", "postgresql")
]
OpenHouse = Callable[..., House]


@pytest.fixture(scope="session", params=_PAIRS)
def pair(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The kind of IMAP server and of database; tests of one pair run together."""
    server, database = request.param
    return server, database


@pytest.fixture(scope="session")
def house(
    pair: tuple[str, str], request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """The counter that all but the stopping tests share: all 21 mailboxes."""
    with ExitStack() as stack:
        yield _open(stack, pair, request, folder=tmp_path_factory.mktemp("house"))


@pytest.fixture
def own_house(pair: tuple[str, str], request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenHouse]:
    """Opens a counter of the test's own, with the mailboxes it names."""
    with ExitStack() as stack:
        yield lambda *mailboxes: _open(stack, pair, request, folder=tmp_path, mailboxes=mailboxes)


def _open(
    stack: ExitStack,
    pair: tuple[str, str],
    request: pytest.FixtureRequest,
    *,
    folder: Path,
    mailboxes: tuple[str, ...] = (),
) -> House:
    server, database = pair
    served = mailboxes or load_catalogue().mailboxes
    imap: Any = stack.enter_context(SERVERS[server](served))
    url = ""
    if database == "postgresql":
        cluster = request.getfixturevalue("postgres")
        url = cluster.fresh_database()
        stack.callback(cluster.drop_database, url)
    house = stack.enter_context(open_house(folder, imap=imap, database=url, mailboxes=served))
    house.wait_until_connected()
    return house
