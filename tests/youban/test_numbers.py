"""Case numbers set aside for a batch, on both databases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from cases.database import Database
from tests.youban.window import open_window, transfer_out
from youban.numbers import Numbers
from youban.pipeline import handle_message

DAY = date(2020, 2, 10)


def take(numbers: Numbers, *, ahead: int = 1, prefix: str = "DL", day: date = DAY) -> int:
    with numbers.reserve(prefix, day, ahead=ahead) as reserved:
        reserved.is_used = True
    return reserved.number.serial


def test_one_mail_at_a_time_takes_one_number_at_a_time(database: Database) -> None:
    mine, another = Numbers(database), Numbers(database)
    assert [take(n) for n in (mine, another, mine, another)] == [1, 2, 3, 4]


def test_a_batch_asks_once_and_leaves_none_out(database: Database) -> None:
    mine, another = Numbers(database), Numbers(database)
    assert [take(mine, ahead=3), take(another), take(mine, ahead=2), take(mine, ahead=1)] == [1, 4, 2, 3]
    assert take(mine) == 5


def test_a_number_that_was_not_used_is_the_next_cases(database: Database) -> None:
    numbers = Numbers(database)
    with numbers.reserve("DL", DAY, ahead=2) as reserved:
        pass
    assert [take(numbers), take(numbers)] == [reserved.number.serial, 2] == [1, 2]


def test_a_number_whose_transaction_failed_is_never_used_again(database: Database) -> None:
    numbers = Numbers(database)
    with pytest.raises(ConnectionError), numbers.reserve("DL", DAY, ahead=2):
        raise ConnectionError("during COMMIT")
    assert take(numbers) == 2


def test_each_agency_and_day_has_its_own_row(database: Database) -> None:
    numbers = Numbers(database)
    assert take(numbers, ahead=2) == take(numbers, prefix="SD") == take(numbers, day=date(2020, 2, 11)) == 1
    assert take(numbers) == 2


def test_a_year_of_days_is_not_kept(database: Database) -> None:
    numbers = Numbers(database)
    for month in range(1, 13):
        for day in range(1, 29):
            take(numbers, ahead=2, day=date(2020, month, day))
    assert len(numbers._kept) <= 32
    assert take(numbers, day=date(2020, 12, 28)) == 2


def test_no_transaction_holds_the_days_counter_while_it_opens_a_case(database: Database, tmp_path: Path) -> None:
    """On PostgreSQL every other handler would wait for its number until the letter is written."""
    window = open_window(tmp_path, database)
    keys = [window.receive(transfer_out(name).raw) for name in ("a", "b", "c")]
    steps: list[str] = []
    sa.event.listen(database.engine, "before_cursor_execute", lambda *args: steps.extend(_name_step(args[2])))
    sa.event.listen(database.engine, "commit", lambda _connection: steps.append("commit"))
    for position, key in enumerate(keys):
        handle_message(window.counter, key, ahead=len(keys) - position)
    assert [case.number[-6:-2] for case in window.cases()] == ["0001", "0002", "0003"]
    assert steps == ["number", "commit"] + 3 * ["case", "commit"]


def _name_step(statement: str) -> list[str]:
    tables = {"INSERT INTO case_serials": "number", "INSERT INTO cases": "case"}
    return [name for start, name in tables.items() if statement.startswith(start + " ")]
