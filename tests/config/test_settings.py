from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

import config.settings
from config.mailboxes import read_password
from config.settings import (
    DkimSettings,
    LogSettings,
    PictureSettings,
    PollSettings,
    ReplySettings,
    Settings,
    WorkSettings,
    load_settings,
)
from domain.accounts import Account, Endpoint, Tls
from domain.errors import ConfigError
from tests.config.test_catalogue import THIRD

Load = Callable[..., Settings]
MAILBOX = '[[mailbox]]\naddress = "dlybzxcbb@163.com"\n'
NOON = datetime(2020, 2, 3, 12, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def write_and_load(text: str, **environ: str) -> Settings:
        file = tmp_path / "youban.toml"
        file.write_text(text, encoding="utf-8")
        return load_settings(file, environ)

    return write_and_load


@pytest.fixture
def refuse(load: Load) -> Callable[..., ConfigError]:
    def find_error(text: str, **environ: str) -> ConfigError:
        with pytest.raises(ConfigError) as caught:
            load(text, **environ)
        return caught.value

    return find_error


def test_an_empty_file_has_careful_defaults(load: Load, tmp_path: Path) -> None:
    settings = load("")
    assert settings.database == f"sqlite:///{tmp_path}/var/youban.db"
    assert settings.is_sqlite
    assert settings.data_dir == tmp_path / "var"
    assert settings.poll == PollSettings(20.0, 8, True)
    assert settings.engine == WorkSettings(min(len(os.sched_getaffinity(0)), 8), 0.5, 16)
    assert settings.replies == ReplySettings(10)
    assert settings.log == LogSettings("console", "info")
    assert str(settings.timezone) == "Asia/Shanghai"
    assert len(settings.catalogue.mailboxes) == 21
    assert settings.mailboxes == ()


def test_the_example_is_right_and_shows_every_table(tmp_path: Path) -> None:
    example = Path(config.settings.__file__).parent / "youban.example.toml"
    settings = load_settings(example, {})
    assert [m.address for m in settings.mailboxes] == ["dlybzxcbb@163.com", "zgerst@shandong.cn"]
    assert all(
        f"[{name}]" in example.read_text(encoding="utf-8") for name in ("poll", "send", "engine", "replies", "log")
    )


def test_every_default_that_the_example_shows_is_one(tmp_path: Path) -> None:
    example = Path(config.settings.__file__).parent / "youban.example.toml"
    lines = example.read_text(encoding="utf-8").partition("[[mailbox]]")[0].splitlines()
    shown = [
        line.removeprefix("# ") for line in lines if line.startswith(("# ", "[")) and ("= " in line or line[0] == "[")
    ]
    alternatives = ("database", "calendar")
    file = tmp_path / "youban.toml"
    file.write_text("\n".join(line for line in shown if not line.startswith(alternatives)), encoding="utf-8")
    told = load_settings(file, {})
    file.write_text("", encoding="utf-8")
    assert told == load_settings(file, {})


def test_a_mailbox_knows_its_provider_and_its_place(load: Load) -> None:
    (mailbox,) = load(MAILBOX + 'password_env = "SECRET"\n').mailboxes
    account = mailbox.account(starts_at=NOON, password="hidden")
    assert account == Account(
        mailbox="dlybzxcbb@163.com",
        login="dlybzxcbb@163.com",
        imap=Endpoint("imap.163.com", 993),
        smtp=Endpoint("smtp.163.com", 465),
        provider=mailbox.provider,
        starts_at=NOON,
        password="hidden",
    )
    assert mailbox.provider.code == "163"
    assert mailbox.starts_at is None
    assert "hidden" not in repr(account)


def test_every_key_of_a_mailbox_is_heard(load: Load, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("", encoding="utf-8")
    (mailbox,) = load(
        '[[mailbox]]\naddress = "DLYBZXCBB@163.com"\nprovider = "exmail"\nlogin = "me"\npassword_file = "secret"\n'
        'starts_at = 2020-02-03T12:00:00+08:00\nimap_host = "127.0.0.1"\nimap_port = 1143\nimap_tls = "none"\n'
        'smtp_host = "smtp.example"\nsmtp_tls = "starttls"\nca_file = "ca.pem"\ninbox_folder = "In"\n'
        'junk_folder = "Junk"\nsent_folder = "Sent"\nkeeps_sent_copy = false\nuses_idle = false\npace_s = 0\n'
        "letters_per_session = 7\ndaily_letters = 9\n"
    ).mailboxes
    assert (mailbox.address, mailbox.login) == ("dlybzxcbb@163.com", "me")
    assert mailbox.imap == Endpoint("127.0.0.1", 1143, Tls.NONE, str(tmp_path / "ca.pem"))
    assert mailbox.smtp == Endpoint("smtp.example", 587, Tls.STARTTLS, str(tmp_path / "ca.pem"))
    assert mailbox.password_file == tmp_path / "secret"
    assert mailbox.starts_at == NOON
    assert (mailbox.inbox_folder, mailbox.junk_folder, mailbox.sent_folder) == ("In", "Junk", "Sent")
    assert mailbox.keeps_sent_copy is False
    habits = mailbox.provider
    assert (habits.code, habits.uses_idle, habits.pace_s) == ("exmail", False, 0.0)
    assert (habits.letters_per_session, habits.daily_letters) == (7, 9)


@pytest.mark.parametrize("value", ['"2020-02-03T12:00:00"', "2020-02-03T12:00:00", "2020-02-03T04:00:00Z"])
def test_a_start_without_an_offset_is_in_the_settings_time_zone(load: Load, value: str) -> None:
    assert load(f"{MAILBOX}starts_at = {value}\n").mailboxes[0].starts_at == NOON


def test_a_database_can_come_from_the_environment_with_its_password(load: Load) -> None:
    settings = load("", YOUBAN_DATABASE="postgresql://youban:hidden@db.example/youban")
    assert settings.database == "postgresql+psycopg://youban:hidden@db.example/youban"
    assert not settings.is_sqlite
    assert "hidden" not in repr(settings)


def test_postgresql_may_work_on_more_at_once(load: Load) -> None:
    settings = load('database = "postgresql+psycopg://db.example/youban"\n[engine]\nhandlers = 32\n')
    assert settings.engine == WorkSettings(32, 0.5, 16)


def test_the_sweep_can_be_made_quicker_and_a_second_daemon_has_a_name(load: Load) -> None:
    cores = len(os.sched_getaffinity(0))
    settings = load('[engine]\nsweep_s = 1\nstale_s = 3.5\nexecutor = "hub-2"\n')
    assert settings.engine == WorkSettings(min(cores, 8), 0.5, 16, sweep_s=1.0, stale_s=3.5, executor="hub-2")


def test_agencies_are_names_or_files(load: Load, tmp_path: Path) -> None:
    (tmp_path / "third.toml").write_text(THIRD, encoding="utf-8")
    settings = load(
        'agencies = ["dalian", "third.toml"]\n[[mailbox]]\naddress = "window@ys.example"\n'
        'imap_host = "imap.example"\nsmtp_host = "smtp.example"\n'
    )
    assert [a.code for a in settings.catalogue.agencies] == ["dl", "ys"]
    assert settings.mailboxes[0].provider.code == "generic"


def test_the_calendar_can_be_the_agencys_own(load: Load, tmp_path: Path) -> None:
    (tmp_path / "days").mkdir()
    (tmp_path / "days" / "2020.toml").write_text('[[closure]]\ndate = 2020-06-24\nreason = "x"\n', encoding="utf-8")
    assert len(load('calendar = "days"').calendar.closed) == 1


@pytest.mark.parametrize(
    ("text", "key", "problem", "hint"),
    [
        ("databse = 1", "databse", "unknown key", 'did you mean "database"?'),
        ("[poll]\nintervals = 1", "poll.intervals", "unknown key", 'did you mean "interval_s"?'),
        ("[send]\ndata = 1", "send.data", "unknown key", 'did you mean "data_s"?'),
        ("[engine]\npool = 1", "engine.pool", "unknown key", 'did you mean "pool_size"?'),
        ("[replies]\ncap = 1", "replies.cap", "unknown key", "cap_per_sender_and_day"),
        ('[log]\nformat = "jsn"', "log.format", '"jsn" is not known here', 'did you mean "json"?'),
        ("[engine]\nhandlers = 9", "engine.handlers", "9 is too many for SQLite", "PostgreSQL"),
        ("[engine]\nhandlers = 0", "engine.handlers", "must be at least 1, not 0", ""),
        ("[engine]\npool_size = 3", "engine.pool_size", "must be at least 4, not 3", ""),
        ('[engine]\nexecutor = "hub 2"', "engine.executor", '"hub 2" will not do', "hub-2"),
        ("[engine]\nsweep_s = 0", "engine.sweep_s", "must be at least 0.1, not 0", ""),
        ("[engine]\nstale_s = 0", "engine.stale_s", "must be at least 1, not 0", ""),
        ("[poll]\nthreads = 0", "poll.threads", "must be at least 1, not 0", ""),
        ('timezone = "Asia/Shanghigh"', "timezone", '"Asia/Shanghigh" is no time zone', "Asia/Shanghai"),
        ('agencies = ["dalien"]', "agencies", '"dalien" is no shipped agency and no file', 'did you mean "dalian"?'),
        ("agencies = []", "agencies", "must name at least one agency", "shandong, dalian"),
        ('database = "mysql://db.example/x"', "database", "is no database address", "postgresql+psycopg://"),
        ('database = "sqlite:///:memory:"', "database", "a database in memory forgets everything", "var/youban.db"),
        (
            'password = "x"',
            "password",
            "a secret must not stand in this file: it is copied, mailed and committed",
            "password_env",
        ),
        (
            'database = "postgresql+psycopg://me:hidden@db.example/x"',
            "database",
            "a password must not stand in this file: it is copied, mailed and committed",
            "PGPASSWORD",
        ),
        (
            'database = "postgresql://db.example/x?password=hidden"',
            "database",
            "a password must not stand in this file: it is copied, mailed and committed",
            "YOUBAN_DATABASE",
        ),
    ],
)
def test_a_mistake_is_named_with_its_cure(
    refuse: Callable[..., ConfigError], tmp_path: Path, text: str, key: str, problem: str, hint: str
) -> None:
    error = refuse(text)
    assert (error.file, error.key, error.problem) == (str(tmp_path / "youban.toml"), key, problem)
    assert hint in error.hint
    assert "hidden" not in str(error)


PLACE = "mailbox.dlybzxcbb@163.com"


@pytest.mark.parametrize(
    ("text", "key", "problem", "hint"),
    [
        ("adress = 1", f"{PLACE}.adress", "unknown key", 'did you mean "address"?'),
        (
            'password = "hidden"',
            f"{PLACE}.password",
            "a secret must not stand in this file: it is copied, mailed and committed",
            "password_file",
        ),
        (
            'secret = "hidden"',
            f"{PLACE}.secret",
            "a secret must not stand in this file: it is copied, mailed and committed",
            "password_env",
        ),
        (
            'password_env = "A"\npassword_file = "b"',
            f"{PLACE}.password_file",
            "stands beside password_env",
            "one of the two",
        ),
        ('provider = "163.com"', f"{PLACE}.provider", '"163.com" is not known here', 'did you mean "163"?'),
        ('provider = "generic"', f"{PLACE}.imap_host", "is missing: the server of 163.com is not known", "exmail"),
        ('imap_tls = "ssl"', f"{PLACE}.imap_tls", '"ssl" is not known here', "implicit, none, starttls"),
        (
            'smtp_tls = "none"',
            f"{PLACE}.smtp_tls",
            '"none" would send the secret to smtp.163.com in the clear',
            "starttls",
        ),
        ("imap_port = 70000", f"{PLACE}.imap_port", "must be at most 65535, not 70000", ""),
        ('ca_file = "absent.pem"', f"{PLACE}.ca_file", "there is no file", ""),
        ('starts_at = "today"', f"{PLACE}.starts_at", '"today" is no moment', '"now"'),
        ("starts_at = 2020-02-03", f"{PLACE}.starts_at", "must be a moment with a time of day", '"now"'),
    ],
)
def test_a_mistake_in_a_mailbox_is_named(
    refuse: Callable[..., ConfigError], text: str, key: str, problem: str, hint: str
) -> None:
    error = refuse(MAILBOX + text + "\n")
    assert error.key == key
    assert error.problem.startswith(problem)
    assert hint in error.hint
    assert "hidden" not in str(error)


def test_an_unpublished_mailbox_names_the_nearest_one(refuse: Callable[..., ConfigError]) -> None:
    error = refuse('[[mailbox]]\naddress = "dlybzxcb@163.com"\n')
    assert error.problem == "dlybzxcb@163.com is published by no agency"
    assert error.hint == 'did you mean "dlybzxcbb@163.com"?'


def test_a_mailbox_twice_is_refused_whatever_its_case(refuse: Callable[..., ConfigError]) -> None:
    error = refuse(MAILBOX + MAILBOX.replace("dlybzxcbb", "DLYBZXCBB"))
    assert error.problem == "dlybzxcbb@163.com stands there twice"


def test_a_password_comes_from_a_variable_or_a_file(load: Load, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from-file\n", encoding="utf-8")
    settings = load(MAILBOX + 'password_env = "A"\n[[mailbox]]\naddress = "zhybcw@163.com"\npassword_file = "secret"\n')
    assert [read_password(m, {"A": "from-variable"}) for m in settings.mailboxes] == ["from-variable", "from-file"]


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        ('password_env = "A"', f"{PLACE}.password_env", "the environment variable A is not set"),
        ('password_file = "absent"', f"{PLACE}.password_file", "cannot be read: No such file or directory"),
        ('password_file = "empty"', f"{PLACE}.password_file", "is empty"),
        ('password_file = "gbk"', f"{PLACE}.password_file", "cannot be read: it is not UTF-8"),
        ("", PLACE, "no secret is named for dlybzxcbb@163.com"),
    ],
)
def test_a_missing_secret_says_what_to_do(load: Load, tmp_path: Path, text: str, key: str, problem: str) -> None:
    (tmp_path / "empty").write_text("\n", encoding="utf-8")
    (tmp_path / "gbk").write_bytes("密码".encode("gbk"))
    (mailbox,) = load(MAILBOX + text + "\n").mailboxes
    with pytest.raises(ConfigError) as caught:
        read_password(mailbox, {})
    assert (caught.value.file, caught.value.key) == (str(tmp_path / "youban.toml"), key)
    assert caught.value.problem.endswith(problem)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "key", "hint"),
    [
        ('[virus]\npolicy = "on"\n', "virus.policy", "off, require, warn"),
        ('[virus]\naddress = "clamd"\n', "virus.address", "/run/clamav/clamd.ctl"),
        ('[virus]\naddress = "127.0.0.1:99999"\n', "virus.address", "127.0.0.1:3310"),
        ("[virus]\ntimeout = 3\n", "virus.timeout", 'did you mean "timeout_s"?'),
        (MAILBOX + 'authserv_ids = ["a b"]\n', f"{PLACE}.authserv_ids", "mx.qq.com"),
    ],
)
def test_mistakes_about_viruses_and_proof_name_the_key(
    refuse: Callable[..., ConfigError], text: str, key: str, hint: str
) -> None:
    error = refuse(text)
    assert error.key == key
    assert hint in error.hint


def test_whose_word_on_a_sender_counts_is_the_providers_unless_told(load: Load) -> None:
    assert load(MAILBOX).mailboxes[0].authserv_ids == ("coremail",)
    assert load(MAILBOX + 'provider = "qq"\n').mailboxes[0].authserv_ids == ("mx.qq.com",)
    assert load(MAILBOX + 'authserv_ids = ["MX.gov.example"]\n').mailboxes[0].authserv_ids == ("mx.gov.example",)
    assert load(MAILBOX + "authserv_ids = []\n").mailboxes[0].authserv_ids == ()


@pytest.mark.parametrize(
    ("text", "key", "hint"),
    [
        ('[dkim]\ncheck = "yes"\n', "dkim.check", ""),
        ("[dkim]\nchecks = true\n", "dkim.checks", 'did you mean "check"?'),
        ("[dkim]\ntimeout_s = 0\n", "dkim.timeout_s", ""),
        ("[dkim]\ntimeout_s = 61\n", "dkim.timeout_s", ""),
        ('[dkim]\nnameservers = "127.0.0.1"\n', "dkim.nameservers", ""),
        *(
            (f'[dkim]\nnameservers = ["{text}"]\n', "dkim.nameservers", '"192.0.2.53", "127.0.0.1:5353"')
            for text in (
                "dns.example",
                "127.0.0.1:0",
                "127.0.0.1:99999",
                "127.0.0.1:",
                "[::1]:x",
                "1.2.3",
                ":53",
                "a\\nb",
            )
        ),
    ],
)
def test_mistakes_about_dkim_name_the_key(refuse: Callable[..., ConfigError], text: str, key: str, hint: str) -> None:
    error = refuse(text)
    assert error.key == key
    assert hint in error.hint


def test_dns_servers_are_addresses_with_or_without_a_port(load: Load) -> None:
    text = 'nameservers = ["192.0.2.53", "127.0.0.1:5353", "::1", "[::1]", "[::1]:5353"]'
    assert load(f"[dkim]\ncheck = true\ntimeout_s = 2\n{text}\n").dkim == DkimSettings(
        check=True,
        timeout_s=2.0,
        nameservers=(("192.0.2.53", 53), ("127.0.0.1", 5353), ("::1", 53), ("::1", 53), ("::1", 5353)),
    )


@pytest.mark.parametrize("package", ["dkim", "dns"])
def test_dkim_without_its_packages_says_what_to_install(
    load: Load, refuse: Callable[..., ConfigError], monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    assert not load("").dkim.check
    error = refuse("[dkim]\ncheck = true\n")
    assert (error.key, error.hint) == ("dkim.check", 'pip install "youban[dkim]", or false')


def test_pictures_are_looked_at_unless_told_otherwise(load: Load) -> None:
    assert load("").pictures == PictureSettings(looks=True, providers=("CPUExecutionProvider",), longest_s=90.0)
    text = '[pictures]\nlooks = false\nproviders = ["CUDAExecutionProvider", "CPUExecutionProvider"]\nlongest_s = 30\n'
    assert load(text).pictures == PictureSettings(
        looks=False, providers=("CUDAExecutionProvider", "CPUExecutionProvider"), longest_s=30.0
    )
    assert load("[pictures]\nproviders = []\n").pictures == PictureSettings()


@pytest.mark.parametrize(
    ("text", "key", "hint"),
    [
        ("[pictures]\nlook = true\n", "pictures.look", 'did you mean "looks"?'),
        ('[pictures]\nlooks = "no"\n', "pictures.looks", ""),
        ('[pictures]\nproviders = "CPUExecutionProvider"\n', "pictures.providers", ""),
        ("[pictures]\nlongest_s = 0\n", "pictures.longest_s", ""),
        ("[pictures]\nlongest_s = 111\n", "pictures.longest_s", ""),
    ],
)
def test_mistakes_about_pictures_name_the_key(
    refuse: Callable[..., ConfigError], text: str, key: str, hint: str
) -> None:
    error = refuse(text)
    assert error.key == key
    assert hint in error.hint
