"""Handler processes: real ones on a real database, killed and starved."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from cases.database import Database
from config.settings import load_settings
from domain.cases import Fate
from domain.errors import ConfigError
from domain.mail import MessageKey
from intake.containers.opening import load_libraries
from tests.acceptance.waiting import wait_until
from tests.youban.window import Window, open_window, transfer_out
from youban.handlers import DEATHS, Handlers, UnhandledError
from youban.pipeline import quarantine_failed

# By signal: the other method's thread would be there at each fork, and every foreman a Python of its own, which takes
# two seconds of CPU.
pytestmark = pytest.mark.timeout(120, method="signal")


@pytest.fixture
def window(database: Database, tmp_path: Path) -> Window:
    return open_window(tmp_path, database)


@contextmanager
def run_handlers(window: Window, folder: Path, *, count: int = 1) -> Iterator[Handlers]:
    """Run handlers on the window's database and mails."""
    load_libraries()  # once, or each foreman forked from here would do it again
    environ = {**os.environ, "YOUBAN_DATABASE": window.database.url}
    settings = load_settings(folder / "youban.toml", environ)
    handlers = Handlers(
        replace(settings, engine=replace(settings.engine, handlers=count)),
        environ=environ,
        give_up=lambda key: quarantine_failed(window.counter, key, reason="x"),
    )
    try:
        handlers.start()
        yield handlers
    finally:
        handlers.stop()
        assert (foremen(), children()) == ([], [])


def foremen() -> list[psutil.Process]:
    # Forked from this process, or a program of its own.
    ours = psutil.Process()
    return [one for one in ours.children() if "youban.foreman" in one.cmdline() or one.cmdline() == ours.cmdline()]


def children() -> list[psutil.Process]:
    return [handler for foreman in foremen() for handler in foreman.children() if _lives(handler)]


def _lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def open_for_reader(fifo: Path) -> int | None:
    """Open a pipe for writing, None as long as nobody reads it."""
    try:
        return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return None


def fate(window: Window, key: MessageKey) -> Fate:
    return window.entry(key).fate


def test_a_batch_is_handled_in_its_order_and_tells_its_letters(window: Window, tmp_path: Path) -> None:
    keys = [window.receive(transfer_out(name).raw) for name in "abc"]
    with run_handlers(window, tmp_path) as handlers:
        letters = list(handlers.handle(keys))
        assert letters == [reply.id for reply in window.replies()]
        assert len(letters) == 3
        # As after a kill between the handling and the sending.
        assert list(handlers.handle(keys)) == letters
    assert [fate(window, key) for key in keys] == [Fate.ANSWERED] * 3


def test_many_threads_share_a_few_handlers(window: Window, tmp_path: Path) -> None:
    keys = [window.receive(transfer_out(f"citizen{number}").raw) for number in range(12)]
    letters: list[int] = []
    with run_handlers(window, tmp_path, count=2) as handlers:
        threads = [
            threading.Thread(target=lambda key=key: letters.extend(handlers.handle([key])))  # type: ignore[misc]
            for key in keys
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(letters) == [reply.id for reply in window.replies()]
    assert len(letters) == 12


def test_a_handler_that_is_killed_is_replaced_and_nothing_is_lost(window: Window, tmp_path: Path) -> None:
    keys = [window.receive(transfer_out(f"citizen{number}").raw) for number in range(6)]
    with run_handlers(window, tmp_path) as handlers:
        answers = handlers.handle(keys)
        letters = [next(answers)]
        (process,) = children()
        process.kill()
        letters += answers
        assert children() != [process]
    assert letters == [reply.id for reply in window.replies()]
    assert len(letters) == 6


def test_a_mail_that_no_process_survives_is_set_aside_and_the_rest_goes_on(window: Window, tmp_path: Path) -> None:
    fatal, fine = window.receive(transfer_out("a").raw), window.receive(transfer_out("b").raw)
    digest = window.entry(fatal).raw.sha256
    raw = next((tmp_path / "var" / "raw").rglob(f"*{digest[4:]}*"))
    raw.unlink()
    os.mkfifo(raw)  # whoever reads this mail waits for us
    letters: list[int] = []
    with run_handlers(window, tmp_path) as handlers:
        thread = threading.Thread(target=lambda: letters.extend(handlers.handle([fatal, fine])))
        thread.start()
        for _ in range(DEATHS):
            reading = wait_until(lambda: open_for_reader(raw), "a handler reads the mail")
            (process,) = children()
            process.kill()
            wait_until(lambda p=process: not _lives(p), "it is dead, and reads no more")  # type: ignore[misc]
            os.close(reading)
        thread.join()
    assert (fate(window, fatal), fate(window, fine)) == (Fate.QUARANTINED, Fate.ANSWERED)
    assert letters == [reply.id for reply in window.replies()]


def test_a_stopped_process_group_leaves_its_end_to_the_hub(window: Window, tmp_path: Path) -> None:
    key = window.receive(transfer_out("a").raw)
    with run_handlers(window, tmp_path) as handlers:
        (process,) = children()
        for number in (signal.SIGINT, signal.SIGTERM):
            process.send_signal(number)
        assert len(list(handlers.handle([key]))) == 1
        assert children() == [process]


def test_a_database_that_is_away_is_told_at_the_start(window: Window, tmp_path: Path) -> None:
    away = replace(window.database, url=f"postgresql+psycopg://nobody@/none?host={tmp_path}")
    window.counter = replace(window.counter, database=away)
    with pytest.raises(ConfigError) as caught, run_handlers(window, tmp_path):
        pass
    assert caught.value.key == "engine.handlers"
    assert caught.value.problem == "no handler process: a handler process ended"


def test_when_the_foreman_is_killed_another_is_engaged(window: Window, tmp_path: Path) -> None:
    first, second = window.receive(transfer_out("a").raw), window.receive(transfer_out("b").raw)
    with run_handlers(window, tmp_path) as handlers:
        (foreman,), (orphan,) = foremen(), children()
        foreman.kill()
        # The handlers in place go on; when one is lost, the next has a new foreman.
        assert len(list(handlers.handle([first]))) == 1
        orphan.kill()
        wait_until(lambda: not _lives(orphan), "the orphan is dead")
        assert len(list(handlers.handle([second]))) == 1


def test_a_killed_hub_leaves_nobody_behind(window: Window, tmp_path: Path) -> None:
    hub = """
import sys, time
from dataclasses import replace
from pathlib import Path
from youban.handlers import Handlers
from youban.wiring import read_settings
import os
settings = read_settings(Path(sys.argv[1]))
handlers = Handlers(settings, environ=os.environ, give_up=print)
handlers.start()
print("ready", flush=True)
time.sleep(600)
"""
    environ = {**os.environ, "YOUBAN_DATABASE": window.database.url}
    command = [sys.executable, "-c", hub, str(tmp_path / "youban.toml")]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        family = psutil.Process(process.pid).children(recursive=True)
        assert len(family) >= 2
        process.kill()
        wait_until(lambda: not any(_lives(one) for one in family), "all of them ended")


def test_while_no_handler_can_be_started_mails_wait(window: Window, tmp_path: Path) -> None:
    key = window.receive(transfer_out("a").raw)
    with run_handlers(window, tmp_path) as handlers:
        settings = (tmp_path / "youban.toml").rename(tmp_path / "away.toml")
        for process in (*foremen(), *children()):
            process.kill()
        with pytest.raises(UnhandledError, match="no handler process could be started"):
            list(handlers.handle([key]))
        assert fate(window, key) is Fate.WAITING
        settings.rename(tmp_path / "youban.toml")
        assert len(list(handlers.handle([key]))) == 1
