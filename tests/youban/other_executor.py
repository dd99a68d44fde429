"""A process of its own that runs an engine under a name and never finishes what it begins; the tests kill it.

``python -m tests.youban.other_executor URL NAME`` prints ``ready``, and ``begun`` for each message it begins.
"""

from __future__ import annotations

import sys
import threading

from cases.database import open_database
from domain.mail import MessageKey
from youban.engine import Engine, EngineSettings, Work
from youban.executors import ExecutorLock


def main(url: str, name: str) -> None:
    database = open_database(url, pool_size=8)
    lock = ExecutorLock(database, name)
    lock.acquire()

    def begin(_key: MessageKey) -> None:
        print("begun", flush=True)
        threading.Event().wait()

    settings = EngineSettings(queue_poll_s=0.02, executor=name)
    Engine(database, settings).start(Work(handle=begin, send=lambda *_: None, poll=lambda _: None))
    print("ready", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
