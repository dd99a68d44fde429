"""How long a mailbox is left alone after failures."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long to leave a failing mailbox alone: doubling from ``first_s`` to ``most_s``, give or take half.

    ``lasting_s`` is the first pause after an error that only a person can mend: whoever hammers a
    provider with a wrong password is locked out of the right one.
    """

    first_s: float = 5.0
    most_s: float = 300.0
    lasting_s: float = 600.0
    lasting_most_s: float = 3600.0

    def pause_s(self, failures: int, *, is_lasting: bool) -> float:
        """Return how many seconds to wait after this many failures in a row."""
        first, most = (self.lasting_s, self.lasting_most_s) if is_lasting else (self.first_s, self.most_s)
        return min(most, first * 2.0 ** min(failures - 1, 30)) * random.uniform(0.5, 1.5)  # noqa: S311 - jitter
