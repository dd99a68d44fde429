"""Libraries that would print or log what citizens wrote are kept quiet while they read."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def silence() -> Iterator[None]:
    """Drop the warnings that a parser raises about a file: they quote it, and they are not about our code."""
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)


class Nowhere(io.TextIOBase):
    """A text stream that keeps nothing, for a library that insists on a log file."""

    def write(self, text: str, /) -> int:
        """Return the length, as a stream does."""
        return len(text)
