"""``ingest``, ``cases`` and ``db`` on one settings file, as an operator uses them one after the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cases.database import open_database
from config.settings import load_settings
from tests.cases.samples import fetch, handle_sample
from tests.youban.requests import MAILBOX, Run, write_request


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings with one mailbox and nothing else yet."""
    path = tmp_path / "youban.toml"
    path.write_text(f'[[mailbox]]\naddress = "{MAILBOX}"\npassword_env = "YOUBAN_TEST"\n', encoding="utf-8")
    monkeypatch.setenv("YOUBAN_CONFIG", str(path))
    return path


def test_cases_before_any_run_says_so_and_makes_no_database(youban: Run, config: Path) -> None:
    ran = youban("cases", "list")
    assert (ran.code, ran.out) == (1, "")
    assert "there are no cases yet" in ran.err
    assert "`youban run` makes it" in ran.err
    assert list(config.parent.iterdir()) == [config]


def test_cases_on_a_database_without_tables_names_the_command(youban: Run, config: Path) -> None:
    open_database(load_settings(config, {}).database, pool_size=1).close()
    ran = youban("cases", "show", "DL-20200205-0001-0")
    assert ran.code == 1
    assert ran.err != ""
    ran = youban("cases", "list")
    assert ran.code == 1
    assert "`youban db upgrade`" in ran.err


def test_cases_on_a_database_that_does_not_answer_ends_with_3(
    youban: Run, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUBAN_DATABASE", "postgresql+psycopg://youban:swordfish@127.0.0.1:1/youban")
    ran = youban("cases", "list")
    assert ran.code == 3
    assert "database: cannot be opened" in ran.err
    assert "swordfish" not in ran.err
    assert len(ran.err.splitlines()) == 1


def test_db_upgrade_makes_the_tables_once(youban: Run, config: Path) -> None:
    assert youban("db", "upgrade").out.startswith("database: empty -> ")
    assert youban("db", "upgrade").out.endswith("nothing to do\n")
    assert youban("cases", "list").out.strip() == "no cases"


def test_ingest_takes_a_mail_in_once(youban: Run, config: Path) -> None:
    (config.parent / "1.eml").write_bytes(write_request(1))
    first = youban("ingest", "--mailbox", MAILBOX.upper(), config.parent / "1.eml")
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("1 taken in, 0 known already")
    again = youban("ingest", "-m", MAILBOX, config.parent / "1.eml")
    assert again.out.startswith("0 taken in, 1 known already")


@pytest.mark.parametrize(
    ("mailbox", "name", "words"),
    [
        (MAILBOX, "nowhere.eml", "there is no such file"),
        ("dlybzxcbb@163.com", "1.eml", "no [[mailbox]] has the address"),
    ],
)
def test_ingest_that_cannot_be_done_makes_no_database(
    youban: Run, config: Path, mailbox: str, name: str, words: str
) -> None:
    (config.parent / "1.eml").write_bytes(write_request(1))
    ran = youban("ingest", "-m", mailbox, config.parent / name)
    assert (ran.code, ran.out) == (3, "")
    assert words in ran.err
    assert not (config.parent / "var").exists()


def test_cases_list_and_show_print_what_is_stored(youban: Run, config: Path) -> None:
    youban("db", "upgrade")
    database = open_database(load_settings(config, {}).database, pool_size=2)
    with database.write() as connection:
        fetch(connection, [1])
        number = handle_sample(connection, 1)
    database.close()
    listed = youban("cases", "list", "--json")
    (line,) = (json.loads(text) for text in listed.out.splitlines())
    assert (line["case"], line["status"], line["sender"]) == (number, "complete", "wang@citizen.example")
    shown = youban("cases", "show", number)
    assert shown.code == 0
    assert number in shown.out
    for words in ("已受理", "附件1 死亡证明.jpg", "· 主题中有“死亡账户注销”", "回信 ", "经办记录"):
        assert words in shown.out
    assert json.loads(youban("cases", "show", number, "--json").out)["case"] == number
    assert number in youban("cases", "list", "--status", "complete", "--agency", "dl").out
    assert youban("cases", "list", "--status", "void").out.strip() == "no cases"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["list", "--status", "lost"], "no such status: lost (one of missing, complete"),
        (["show", "DL-20200205-0001-0"], "look at its check digit"),
        (["show", "hello"], "hello is not a case number"),
    ],
)
def test_cases_says_what_is_wrong_with_the_question(
    youban: Run, config: Path, arguments: list[str], words: str
) -> None:
    youban("db", "upgrade")
    ran = youban("cases", *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert words in ran.err


def test_cases_show_of_a_number_that_nobody_has(youban: Run, config: Path) -> None:
    youban("db", "upgrade")
    ran = youban("cases", "show", "DL-20200210-0042-4")
    assert (ran.code, ran.err) == (1, "youban: there is no case DL-20200210-0042-4\n")
