from __future__ import annotations

from pathlib import Path

import pytest

from cases.upgrade import upgrade_database
from domain.errors import ConfigError
from youban.wiring import find_sqlite_file, open_accounts, open_store, read_settings

MAILBOX = '[[mailbox]]\naddress = "919444279@qq.com"\npassword_env = "CODE"\n'


def write_settings(folder: Path, text: str) -> Path:
    path = folder / "youban.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("uses_idle", [True, False])
def test_idle_is_switched_off_for_all_mailboxes_by_one_key(tmp_path: Path, *, uses_idle: bool) -> None:
    text = f"[poll]\nuses_idle = {str(uses_idle).lower()}\n\n{MAILBOX}"
    settings = read_settings(write_settings(tmp_path, text), {})
    database = open_store(settings)
    upgrade_database(database)
    (account,) = open_accounts(settings, database, {"CODE": "one"}).values()
    database.close()
    assert account.provider.uses_idle is uses_idle


def test_start_of_a_mailbox_is_remembered_from_its_first_sight(tmp_path: Path) -> None:
    settings = read_settings(write_settings(tmp_path, MAILBOX), {})
    database = open_store(settings)
    upgrade_database(database)
    first, second = (open_accounts(settings, database, {"CODE": "one"}) for _ in range(2))
    database.close()
    assert [a.starts_at for a in first.values()] == [a.starts_at for a in second.values()]


def test_database_that_does_not_answer_is_a_config_error_without_its_password(tmp_path: Path) -> None:
    url = "postgresql+psycopg://youban:swordfish@127.0.0.1:1/youban"
    settings = read_settings(write_settings(tmp_path, ""), {"YOUBAN_DATABASE": url})
    assert find_sqlite_file(settings) is None
    with pytest.raises(ConfigError, match=r"database: cannot be opened: .*Connection refused") as caught:
        open_store(settings)
    assert "swordfish" not in str(caught.value)


def test_missing_settings_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"there is no such settings file \(copy config/youban\.example\.toml"):
        read_settings(tmp_path / "youban.toml", {})
