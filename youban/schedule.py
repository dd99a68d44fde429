"""The ticks: what happens every so many seconds. The only file that imports apscheduler."""

from __future__ import annotations

from collections.abc import Callable

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from youban.logs import get_log

log = get_log(__name__)


class Schedule:
    """A few named jobs in background threads. A job that is still running is not started again beside itself."""

    def __init__(self) -> None:
        self._scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(4)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600},
            timezone="UTC",
        )

    def every(self, seconds: float, name: str, job: Callable[[], object]) -> None:
        """Run a job every so many seconds; a failure is logged and the next tick comes all the same."""

        def run() -> None:
            try:
                job()
            except Exception:
                # A tick is a loop body: one bad turn must not end the ticking.
                log.exception("tick_failed", tick=name)

        self._scheduler.add_job(run, "interval", seconds=seconds, id=name, name=name)

    def start(self) -> None:
        """Start ticking."""
        self._scheduler.start()

    def stop(self) -> None:
        """Stop; a job that runs now is waited for."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
