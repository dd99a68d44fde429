"""``youban check`` against real servers: what an operator gets wrong is named, with the key and what to do."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cases.database import open_database
from cases.upgrade import upgrade_database
from config.catalogue import load_catalogue
from config.settings import load_settings
from intake.confinementreport import describe_confinement
from responders.answers import RULES, AnswerRule
from tests.servers.clamd import ScriptedClamd
from tests.servers.dns import DnsServer, say
from youban.cli.check import run_check
from youban.cli.check_mailboxes import say_in_english
from youban.cli.heartbeat import run_heartbeat
from youban.demo.imap_server import SAMPLE_PASSWORD
from youban.demo.sandbox import Sandbox, open_sample_imap
from youban.heartbeat import write_heartbeat

FIRST, SECOND = "dlybzxcbb@163.com", "zgerst@shandong.cn"
FENCES = ("sandbox", "virus check", "sender proof")
Check = Callable[..., tuple[int, str]]


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Sandbox]:
    """A provider with two of our mailboxes, and the settings for them."""
    with (
        open_sample_imap([FIRST, SECOND]) as imap,
        Sandbox(tmp_path, mailboxes=[FIRST, SECOND], imap=imap) as sandbox,
    ):
        yield sandbox


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Check:
    """Run the check on a settings file and return the exit code and the table, folded lines joined."""

    def run(config: Path, *, offline: bool = False, columns: int = 400) -> tuple[int, str]:
        monkeypatch.setenv("COLUMNS", str(columns))
        code = run_check(config, offline=offline)
        shown = capsys.readouterr().out
        assert SAMPLE_PASSWORD not in shown
        return code, shown

    return run


def edit(box: Sandbox, old: str, new: str) -> Path:
    """Change the first place of the settings where ``old`` stands: the first mailbox's, for its keys."""
    text = box.settings_file.read_text(encoding="utf-8")
    assert old in text
    box.settings_file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return box.settings_file


def rows(shown: str, mark: str) -> list[str]:
    """Return what stands in the second column of the rows with this mark."""
    return re.findall(rf"^{mark} +(\S.*?)(?:  |$)", shown, re.MULTILINE)


def test_check_of_good_settings_is_zero_and_one_line_for_each_mailbox(box: Sandbox, check: Check) -> None:
    code, shown = check(box.settings_file)
    assert code == 0
    assert rows(shown, "WRONG") == []
    assert rows(shown, "ok") == ["settings", "calendar", "data folder", "database", *FENCES, FIRST, SECOND]
    assert "secret, IMAP (INBOX, 垃圾邮件; Sent: 已发送); SMTP" in shown
    assert shown.strip().endswith("every mailbox can be read and answered from")


def test_check_makes_nothing(box: Sandbox, check: Check) -> None:
    before = sorted(box.folder.rglob("*"))
    check(box.settings_file)
    assert sorted(box.folder.rglob("*")) == before


def test_check_of_all_published_mailboxes_fits_on_a_screen(tmp_path: Path, check: Check) -> None:
    mailboxes = load_catalogue().mailboxes
    with open_sample_imap(mailboxes) as imap, Sandbox(tmp_path, mailboxes=mailboxes, imap=imap) as box:
        code, shown = check(box.settings_file, columns=100)
    assert code == 0
    assert len(shown.splitlines()) <= len(mailboxes) + 15
    assert "look" not in shown


def test_check_names_the_mailbox_nobody_watches(box: Sandbox, check: Check) -> None:
    code, shown = check(box.settings_file)
    assert code == 0
    assert rows(shown, "look") == ["catalogue"]
    assert "nobody watches sdybgrzh@163.com, zyprst@shandong.cn, 919444279@qq.com and 16 more" in shown


def test_check_with_a_wrong_password_names_both_servers_and_the_secret(box: Sandbox, check: Check) -> None:
    (box.folder / "other").write_text("guessed-wrongly", encoding="ascii")
    code, shown = check(edit(box, 'password_file = "secret"', 'password_file = "other"'))
    assert code == 1
    assert rows(shown, "WRONG") == [FIRST]
    assert f"IMAP 127.0.0.1:{box.imap.port}: the server refuses the login ([AUTHENTICATIONFAILED]" in shown
    assert "→ check the login and the authorization code (授权码, not the web password)" in shown
    assert f"SMTP 127.0.0.1:{box.smtp.port}: the server refuses: 535" in shown
    assert "→ check login, and the authorization code (授权码, not the web password)" in shown
    assert str(box.folder / "other") in shown
    assert f"in youban.toml: mailbox.{FIRST}" in shown
    assert "guessed-wrongly" not in shown
    assert SECOND in rows(shown, "ok")


@pytest.mark.parametrize("rule", RULES, ids=lambda r: f"{r.code} {r.outcome}")
def test_what_the_post_office_says_in_chinese_is_said_in_english(rule: AnswerRule) -> None:
    assert say_in_english(f"{rule.hint}（{rule.code} no; 不）") == f"the server refuses: {rule.code} no; 不"


def test_check_with_a_wrong_smtp_password_alone_leaves_imap_unmentioned(box: Sandbox, check: Check) -> None:
    box.smtp._logins[FIRST] = "another"
    code, shown = check(box.settings_file)
    assert (code, rows(shown, "WRONG")) == (1, [FIRST])
    assert "SMTP 127.0.0.1" in shown
    assert "IMAP 127.0.0.1" not in shown


def test_check_of_a_closed_port_names_the_server_once(box: Sandbox, check: Check) -> None:
    code, shown = check(edit(box, f"imap_port = {box.imap.port}", "imap_port = 1"))
    assert (code, rows(shown, "WRONG")) == (1, ["127.0.0.1:1"])
    assert "nobody listens at port 1 of 127.0.0.1 (Connection refused)" in shown
    assert "→ is the port right?" in shown
    assert f"in youban.toml: mailbox.{FIRST}.imap_host" in shown
    assert "IMAP was not tried: 127.0.0.1:1 is out of reach" in shown


def test_check_of_an_unknown_host_says_so(box: Sandbox, check: Check) -> None:
    edit(box, 'smtp_host = "127.0.0.1"', 'smtp_host = "smtp.nowhere.invalid"')
    at = box.settings_file.read_text(encoding="utf-8").index("smtp_tls")
    text = box.settings_file.read_text(encoding="utf-8")
    box.settings_file.write_text(text[:at] + text[at:].replace('"none"', '"implicit"', 1), encoding="utf-8")
    code, shown = check(box.settings_file)
    assert (code, rows(shown, "WRONG")) == (1, [f"smtp.nowhere.invalid:{box.smtp.port}"])
    assert "no server is called smtp.nowhere.invalid" in shown


def test_check_of_tls_at_a_plain_port_names_the_key(box: Sandbox, check: Check) -> None:
    code, shown = check(edit(box, 'imap_tls = "none"', 'imap_tls = "implicit"'))
    assert (code, rows(shown, "WRONG")) == (1, [FIRST])
    assert '→ imap_port speaks no TLS at once: another port, or imap_tls = "starttls"' in shown


def test_check_of_a_missing_variable_says_how_to_set_it(box: Sandbox, check: Check) -> None:
    code, shown = check(edit(box, 'password_file = "secret"', 'password_env = "YOUBAN_NOT_SET"'))
    assert (code, rows(shown, "WRONG")) == (1, [FIRST])
    assert f"mailbox.{FIRST}.password_env: the environment variable YOUBAN_NOT_SET is not set" in shown
    assert 'export YOUBAN_NOT_SET="…"' in shown


@pytest.mark.parametrize(("name", "why"), [("nowhere", "No such file"), ("folder", "Is a directory")])
def test_check_of_an_unreadable_secret_file_names_it(box: Sandbox, check: Check, name: str, why: str) -> None:
    (box.folder / "folder").mkdir()
    code, shown = check(edit(box, 'password_file = "secret"', f'password_file = "{name}"'))
    assert (code, rows(shown, "WRONG")) == (1, [FIRST])
    assert f"{box.folder / name} cannot be read: {why}" in shown


def test_check_of_a_secret_that_others_may_read_says_look(box: Sandbox, check: Check) -> None:
    (box.folder / "secret").chmod(0o644)
    code, shown = check(box.settings_file, offline=True)
    assert (code, rows(shown, "look")) == (0, ["catalogue", FIRST, SECOND])
    assert f"→ chmod 600 {box.folder / 'secret'}" in shown


def test_check_of_a_typo_names_the_nearest_key_and_ends_with_3(box: Sandbox, check: Check) -> None:
    code, shown = check(edit(box, "imap_host", "imap_hots"))
    assert (code, rows(shown, "WRONG")) == (3, ["settings"])
    assert f"mailbox.{FIRST}.imap_hots: unknown key" in shown
    assert '→ did you mean "imap_host"?' in shown
    assert str(box.settings_file) in shown


def test_check_of_bad_toml_names_line_and_column(box: Sandbox, check: Check) -> None:
    code, shown = check(edit(box, 'imap_host = "127.0.0.1"', "imap_host = 127.0.0.1"))
    assert (code, rows(shown, "WRONG")) == (3, ["settings"])
    assert re.search(r"not TOML at line \d+, column \d+", shown)


def test_check_without_a_settings_file_says_where_to_get_one(tmp_path: Path, check: Check) -> None:
    code, shown = check(tmp_path / "youban.toml")
    assert code == 3
    assert "→ copy config/youban.example.toml and edit it, or name yours with --config or YOUBAN_CONFIG" in shown


def test_check_without_any_mailbox_is_wrong(tmp_path: Path, check: Check) -> None:
    (tmp_path / "youban.toml").write_text("", encoding="utf-8")
    code, shown = check(tmp_path / "youban.toml")
    assert (code, rows(shown, "WRONG")) == (1, ["mailboxes"])


def test_check_of_a_data_dir_below_a_file_is_wrong(box: Sandbox, check: Check) -> None:
    code, shown = check(edit(box, 'data_dir = "var"', 'data_dir = "secret/var"'), offline=True)
    assert (code, rows(shown, "WRONG")) == (1, ["data folder"])
    assert f"data_dir: {box.folder / 'secret/var'} cannot be made: {box.folder / 'secret'} is no folder" in shown


def test_check_of_a_data_dir_of_somebody_else_names_user_and_mode(
    box: Sandbox, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write anywhere, so the system's answer is told here instead of asked for.
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != box.folder)
    code, shown = check(box.settings_file, offline=True)
    assert (code, rows(shown, "WRONG")) == (1, ["data folder", "database"])
    assert f"{box.folder} may not be written by user {os.getuid()} (owner" in shown


def test_check_of_a_database_that_is_none_leaves_the_file_alone(box: Sandbox, check: Check) -> None:
    (box.folder / "var").mkdir()
    (box.folder / "var/youban.db").write_text("a letter, not a database\n" * 100, encoding="ascii")
    code, shown = check(box.settings_file, offline=True)
    assert (code, rows(shown, "WRONG")) == (1, ["database"])
    assert "database: cannot be opened: file is not a database" in shown


def test_check_of_postgresql_that_nobody_runs_is_wrong_and_keeps_its_password(
    box: Sandbox, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUBAN_DATABASE", "postgresql+psycopg://youban:swordfish@127.0.0.1:1/youban")
    code, shown = check(box.settings_file, offline=True)
    assert (code, rows(shown, "WRONG")) == (1, ["database"])
    assert "Connection refused" in shown
    assert "here or in YOUBAN_DATABASE?" in shown
    assert "swordfish" not in shown


def test_check_of_a_newer_database_is_wrong(box: Sandbox, check: Check) -> None:
    database = open_database(load_settings(box.settings_file, {}).database, pool_size=1)
    upgrade_database(database)
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    code, shown = check(box.settings_file, offline=True)
    assert (code, rows(shown, "WRONG")) == (1, ["database"])
    assert "a newer release has brought its tables to 9999" in shown


def test_check_shows_what_confines_files(box: Sandbox, check: Check) -> None:
    report = describe_confinement()
    _, shown = check(box.settings_file, offline=True)
    mark = "look" if report.missing else "ok"
    assert "sandbox" in rows(shown, mark)
    assert f"resource limits, {'' if report.landlock_abi else 'no '}Landlock" in shown


@pytest.mark.parametrize(("policy", "mark", "code"), [("warn", "look", 0), ("require", "WRONG", 1)])
def test_check_asks_clamd(box: Sandbox, check: Check, policy: str, mark: str, code: int) -> None:
    with ScriptedClamd() as clamd, box.settings_file.open("a", encoding="utf-8") as file:
        file.write(f'\n[virus]\npolicy = "{policy}"\naddress = "{clamd.address}"\n')
        file.flush()
        _, shown = check(box.settings_file, offline=True)
        assert f"{policy}: ClamAV 1.4.3" in shown
    found, shown = check(box.settings_file, offline=True)
    assert (found, "virus check" in rows(shown, mark)) == (code, True)
    assert "is clamav-daemon running" in shown


def test_check_asks_the_dns_server(box: Sandbox, check: Check) -> None:
    with DnsServer(otherwise=say()) as server, box.settings_file.open("a", encoding="utf-8") as file:
        file.write(f'\n[dkim]\ncheck = true\ntimeout_s = 0.5\nnameservers = ["127.0.0.1:{server.port}"]\n')
        file.flush()
        _, shown = check(box.settings_file, offline=True)
        assert (server.asked, "(not asked)" in shown) == ([], True)
        _, shown = check(box.settings_file)
        assert "sender proof" in rows(shown, "ok")
        assert f"DNS: 127.0.0.1:{server.port}" in shown
        assert server.asked == [""]
    code, shown = check(box.settings_file)
    assert (code, "sender proof" in rows(shown, "look")) == (0, True)
    assert "no DNS server answered in time; senders stay unverified" in shown
    assert "nameservers = [...] in [dkim]" in shown


def test_check_offline_asks_no_server(box: Sandbox, check: Check) -> None:
    box.smtp.stop()
    code, shown = check(box.settings_file, offline=True)
    assert code == 0
    assert "the secret is there; no server was asked" in shown
    assert box.smtp.connections == 0


@pytest.mark.parametrize("columns", [80, 150])
def test_check_keeps_within_the_terminal(box: Sandbox, check: Check, columns: int) -> None:
    _, shown = check(edit(box, f"imap_port = {box.imap.port}", "imap_port = 1"), columns=columns)
    assert max(len(line) for line in shown.splitlines()) <= columns


def test_heartbeat_is_alive_only_while_it_is_recent(box: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    settings = load_settings(box.settings_file, {})
    assert run_heartbeat(box.settings_file) == 1
    assert "the daemon has not started" in capsys.readouterr().out
    settings.data_dir.mkdir()
    write_heartbeat(settings, datetime.now(UTC))
    assert run_heartbeat(box.settings_file) == 0
    write_heartbeat(settings, datetime.now(UTC) - timedelta(minutes=5))
    assert run_heartbeat(box.settings_file) == 1
    assert "dead or stuck" in capsys.readouterr().out
