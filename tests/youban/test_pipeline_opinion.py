"""The daemon asks the newest model: it is kept with the mail, and a strong other opinion is a clerk's."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from cases.database import Database
from cases.tables import MESSAGES
from domain.cases import Fate
from tests.routing.learned import make_model
from tests.youban.window import Window, open_window, transfer_out
from youban.examples import MODELS, keep_model


def find_explanation(window: Window) -> dict[str, object]:
    with window.database.read() as connection:
        return connection.execute(sa.select(MESSAGES.c.explanation)).scalar_one()  # type: ignore[no-any-return]


def test_daemon_takes_the_newest_model_and_keeps_its_opinion(database: Database, tmp_path: Path) -> None:
    examples = [("dl-transfer-out", "转出"), ("dl-death", "去世")]
    kept = keep_model(tmp_path / "var" / MODELS, make_model(examples))
    window = open_window(tmp_path, database)
    assert window.handle(transfer_out("one")).fate is Fate.ANSWERED
    opinion = find_explanation(window)["opinion"]
    assert (opinion["item"], opinion["version"]) == ("dl-transfer-out", kept.version)  # type: ignore[index]


def test_strong_other_opinion_is_a_clerks(database: Database, tmp_path: Path) -> None:
    keep_model(tmp_path / "var" / MODELS, make_model([("dl-death", "转出"), ("dl-transfer-out", "去世")]))
    window = open_window(tmp_path, database)
    entry = window.handle(transfer_out("one"))
    assert entry.fate is Fate.TRIAGE
    assert "学习模型认为更像" in entry.reason


def test_without_a_model_nothing_is_said(database: Database, tmp_path: Path) -> None:
    window = open_window(tmp_path, database)
    assert window.handle(transfer_out("one")).fate is Fate.ANSWERED
    assert "opinion" not in find_explanation(window)
