"""One handler's loop body: what our own code fails on is a clerk's, and its traceback the operator's."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import structlog

from cases import quarantine
from cases.database import Database
from domain.cases import Fate
from tests.youban.window import Window, open_window, transfer_out
from youban import handler
from youban.logs import configure_logs


@pytest.fixture
def window(database: Database, tmp_path: Path) -> Window:
    return open_window(tmp_path, database)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the daemon would write to its log; what was configured before comes back afterwards."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level = list(root.handlers), root.level
    configure_logs(as_json=True, stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_a_clerk_reads_words_and_the_log_the_errors_name(window: Window, log: io.StringIO) -> None:
    def fail(_mail: object) -> object:
        raise ZeroDivisionError

    key = window.receive(transfer_out("a").raw)
    counter = replace(window.counter, check_viruses=fail)  # type: ignore[arg-type]
    assert handler._handle(counter, key, None, ahead=1) == {}
    assert window.entry(key).fate is Fate.QUARANTINED
    with window.database.read() as connection:
        (one,) = quarantine.find_quarantined(connection)
    assert one.reason == "系统处理时出错，请人工查看原始邮件"
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    (failed,) = [line for line in lines if line["event"] == "message_failed"]
    assert (failed["error"], failed["folder"], failed["uid"]) == ("ZeroDivisionError", key.folder, key.uid)
    assert "in fail" in failed["exception"]
