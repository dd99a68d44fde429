"""A few threads for work that waits for servers."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable


class Workers:
    """A few daemon threads that take jobs in order: a server that hangs must not keep the process from ending."""

    def __init__(self, name: str, count: int) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=self._work, name=f"{name}-{n}", daemon=True) for n in range(count)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def submit(self, job: Callable[[], None]) -> None:
        """Hand over a job, which must catch its own errors."""
        self._jobs.put(job)

    def stop(self, until: float) -> None:
        """Let the jobs in line be done, and wait for that until a monotonic time at most."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
