from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from config.calendar import CalendarDays, load_calendar
from domain.errors import ConfigError


def write_calendar(folder: Path, **years: str) -> Path:
    for name, text in years.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_calendar_changes_nothing() -> None:
    assert load_calendar() == CalendarDays()


def test_every_file_of_the_folder_is_read(tmp_path: Path) -> None:
    write_calendar(
        tmp_path,
        a='[[closure]]\ndate = 2020-06-24\nreason = "系统升级"\n[[workday]]\ndate = 2020-06-28\nreason = "调休"\n',
        b='[[closure]]\ndate = 2021-03-01\nreason = "搬迁"\n',
    )
    assert load_calendar(tmp_path) == CalendarDays(
        frozenset({date(2020, 6, 24), date(2021, 3, 1)}), frozenset({date(2020, 6, 28)})
    )


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        ('[[closed]]\ndate = 2020-06-24\nreason = "x"\n', "closed", "unknown key"),
        ('[[closure]]\nday = 2020-06-24\nreason = "x"\n', "closure[1].day", "unknown key"),
        ("[[closure]]\ndate = 2020-06-24\n", "closure[1].reason", "is missing"),
        (
            '[[closure]]\ndate = 2020-06-24\nreason = "x"\n[[workday]]\ndate = 2020-06-24\nreason = "y"\n',
            "workday[1].date",
            "2020-06-24 stands there twice",
        ),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, key: str, problem: str) -> None:
    write_calendar(tmp_path, a=text)
    with pytest.raises(ConfigError) as caught:
        load_calendar(tmp_path)
    assert (caught.value.key, caught.value.problem) == (key, problem)


def test_a_folder_that_is_absent_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such folder"):
        load_calendar(tmp_path / "absent")
