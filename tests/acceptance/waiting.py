"""Waiting for a condition, never for a time: the deadline only says when to give up."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
_STEP_S = 0.03


def wait_until(find: Callable[[], T | None], what: str, *, timeout_s: float = 45.0) -> T:
    """Return what ``find`` returns as soon as it is true. Raises: TimeoutError saying what was waited for."""
    deadline = time.monotonic() + timeout_s
    while not (found := find()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {timeout_s:g} s; last seen {found!r}")
        time.sleep(_STEP_S)
    return found
