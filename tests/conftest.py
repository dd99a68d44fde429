"""How the tests are spread over processes: those that share servers stay together, and the longest begin first."""

from __future__ import annotations

import gc
import os
import re
from typing import Any

import pytest

# The programs that the tests start - some hundred - must not each compile the sources anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Until all tests are collected nothing is garbage; looking for it takes seconds.
gc.disable()

# What takes longest, in this order, before the rest in its own order: what begins last must be short, or one of the
# two processes waits for the other.
_LONGEST = (
    "kill-postgresql",
    # It computes while the first one mostly waits.
    "tests/youban/test_demo_show.py",
    "kill-sqlite",
    "house-dovecot-postgresql",
    "house-pymap-sqlite",
    "tests/acceptance/test_cuts.py",
    "tests/test_docker.py",
    # They fork by the hundred, which costs the more the more memory a process has come to hold.
    "tests/youban/test_opening.py",
    "tests/intake/test_confinedanswers.py",
    "tests/intake/test_opened.py",
    "tests/intake/papers/test_looking.py",
    "tests/youban/test_handlers.py",
)
_RANKS = {group: rank for rank, group in enumerate(_LONGEST)}
# Each of their tests stands for itself, and they take long: any process may take any of them.
_LOOSE = re.compile(r"tests/intake/test_(mutants|survival|golden|sandbox)\.py::")
_HOUSE = re.compile(r"tests/acceptance/.*\[((?:pymap|dovecot)-(?:sqlite|postgresql))\b")
_KILL = re.compile(r"tests/acceptance/test_kill\.py::.*\[(\w+)\]")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first."""
    items.sort(key=lambda item: _RANKS.get(_group_of(item.nodeid), len(_RANKS)))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Let the garbage collector forget five thousand tests and what they import, and every child forked from here.

    They stay to the end. Looked through again and again they cost seconds, in a child also the copy of each page.
    """
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep each file's tests in one process, as their fixtures expect; a running house and its tests likewise.

    xdist's own ``--dist=loadgroup`` does nothing under pytest 9.2 (pytest-xdist#1386).
    """
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return _group_of(nodeid)

    config.option.loadscopereorder = False  # our order, not that of the number of tests
    return Scheduling(config, log)


def _group_of(nodeid: str) -> str:
    """Return what a test shares servers with."""
    if house := _HOUSE.match(nodeid):
        return f"house-{house[1]}"
    if kill := _KILL.match(nodeid):
        return f"kill-{kill[1]}"
    return nodeid if _LOOSE.match(nodeid) else nodeid.partition("::")[0]
