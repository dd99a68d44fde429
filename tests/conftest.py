"""How the tests are spread over processes: those that share servers stay together, and the longest begin first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

# The programs that the tests start - some hundred - must not each compile the sources anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# What takes longest, in this order, before the rest in its own order: what begins last must be short, or one of the
# two processes waits for the other. ``--no-loadscope-reorder`` keeps xdist from sorting by the number of tests.
_LONGEST = (
    "kill-postgresql",
    "kill-sqlite",
    "house-dovecot-postgresql",
    "house-pymap-postgresql",
    "house-dovecot-sqlite",
    "house-pymap-sqlite",
    "tests/acceptance/test_cuts.py",
    "tests/test_docker.py",
)
# Each of their tests stands for itself, and they take long: any process may take any of them.
_LOOSE = frozenset({"tests/intake/test_mutants.py", "tests/intake/test_survival.py", "tests/intake/test_golden.py"})


# Around the others: xdist reads the groups in its own hook, and a grouping after that goes unheard.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Keep each file's tests in one process, as their fixtures expect; a running house and its tests likewise."""
    groups = {item: _group_of(item) for item in items}
    for item, group in groups.items():
        if group not in _LOOSE:
            item.add_marker(pytest.mark.xdist_group(group))
    yield
    ranks = {name: rank for rank, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: ranks.get(groups[item], len(ranks)))


def _group_of(item: pytest.Item) -> str:
    file = Path(item.location[0]).as_posix()
    callspec = getattr(item, "callspec", None)
    params = callspec.params if callspec is not None else {}
    if "open_for_pair" in params:
        return "house-" + "-".join(params["open_for_pair"])
    if file == "tests/acceptance/test_kill.py":
        return f"kill-{params['database_url']}"
    return file
