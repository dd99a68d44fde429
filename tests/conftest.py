"""How the tests are spread over processes: those that share servers stay together."""

from __future__ import annotations

from pathlib import Path

import pytest


# Last, because a conftest below may have grouped its tests more finely.
@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep each file's tests in one process, as their fixtures expect; a running house and its tests likewise."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(_group_of(item)))


def _group_of(item: pytest.Item) -> str:
    callspec = getattr(item, "callspec", None)
    if callspec is not None and "open_for_pair" in callspec.params:
        return "house-" + "-".join(callspec.params["open_for_pair"])
    return str(Path(item.location[0]))
