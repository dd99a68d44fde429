"""``quarantine``: a mail set aside is seen by people, written out as it came, and read again - and then answered."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from cases import ledger, quarantine
from cases.database import Database
from domain.cases import Fate
from domain.errors import CaseError
from domain.mail import MessageKey
from intake.fetch import Unfetchable
from tests.acceptance.waiting import wait_until
from tests.youban.requests import Run
from tests.youban.window import MAILBOX, START, UIDVALIDITY, Window, open_window, transfer_out
from tests.youban.work import Bench, open_enqueuer, run_engine, workflow_rows
from youban import pipeline
from youban.cli.quarantine import parse_key

GBK_MAIL = "From: a@shimin.example\r\nSubject: 医保\r\n\r\n医保关系转出\r\n".encode("gbk")


@pytest.fixture
def window(youban: Run, engine_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    """A counter, and the command line on its settings and database."""
    opened = open_window(tmp_path, engine_database)
    monkeypatch.setenv("YOUBAN_CONFIG", str(tmp_path / "youban.toml"))
    monkeypatch.setenv("YOUBAN_DATABASE", engine_database.url)
    return opened


def lose(window: Window, raw: bytes) -> tuple[MessageKey, Path]:
    """Receive a mail and take its file out of the raw store; return its key and where the file was."""
    key = window.receive(raw)
    with window.database.read() as connection:
        entry = ledger.find_entry(connection, key)
    assert entry is not None
    file = window.counter.raw.root / entry.raw.sha256[:2] / entry.raw.sha256
    file.unlink()
    return key, file


def set_aside(window: Window, raw: bytes) -> MessageKey:
    """Receive a mail at which our own code failed."""
    key = window.receive(raw)
    pipeline.quarantine_failed(window.counter, key, reason="系统处理时出错")
    return key


def withhold(window: Window, uid: int = 900) -> MessageKey:
    """Write down a mail that the server would not give."""
    key = MessageKey(MAILBOX, "INBOX", UIDVALIDITY, uid)
    absent = Unfetchable(key, START, "no body")
    window.arrivals.record(MAILBOX, "INBOX", uidvalidity=UIDVALIDITY, last_uid=uid, messages=[], unfetchable=[absent])
    return key


def find_fate(window: Window, key: MessageKey) -> Fate:
    with window.database.read() as connection:
        entry = ledger.find_entry(connection, key)
    assert entry is not None
    return entry.fate


def test_a_retried_mail_is_read_again_and_answered(window: Window, youban: Run) -> None:
    raw = transfer_out("retried").raw
    key, file = lose(window, raw)
    bench = Bench()
    bench.before = lambda what: pipeline.handle_message(window.counter, key)
    with run_engine(window.database, bench), open_enqueuer(window.database) as enqueuer:
        with window.database.write() as connection:
            enqueuer.enqueue_mails(connection, [key])
        wait_until(lambda: workflow_rows(window.database).get(f"mail:{key}") == "SUCCESS", "the first reading")
        assert find_fate(window, key) is Fate.QUARANTINED
        # Still lost: it comes back, and the retry is counted.
        assert youban("quarantine", "retry", key).out == "1 released; a running `youban run` reads them again\n"
        wait_until(lambda: "retries 1" in youban("quarantine", "list").out, "the second reading")
        file.write_bytes(raw)
        assert youban("quarantine", "retry", "--all").out.startswith("1 released")
        wait_until(lambda: find_fate(window, key) is Fate.ANSWERED, "the third reading")
        wait_until(lambda: set(workflow_rows(window.database).values()) == {"SUCCESS"}, "all three ended")
    assert len(workflow_rows(window.database)) == 3
    assert len(window.cases()) == len(window.replies()) == 1
    assert youban("quarantine", "list").out == "nothing is in quarantine\n"
    again = youban("quarantine", "retry", key)
    assert (again.code, again.out) == (1, "")
    assert f"{key} is not in quarantine, its fate is answered" in again.err


def test_list_says_which_when_and_why(window: Window, youban: Run) -> None:
    assert youban("quarantine", "list").out == "nothing is in quarantine\n"
    failed = set_aside(window, GBK_MAIL)
    window.now += timedelta(minutes=1)
    absent = withhold(window)
    listed = youban("quarantine", "list")
    assert (listed.code, listed.err) == (0, "")
    first, why, second, why_not = listed.out.splitlines()
    assert first.startswith(f"{failed}  {START.astimezone():%Y-%m-%d %H:%M}  retries 0  sha256 ")
    assert why == "    系统处理时出错，请人工查看原始邮件"
    assert second.startswith(f"{absent}  ")
    assert second.endswith("sha256 -")
    assert why_not == "    服务器未能给出此邮件：no body"
    (line,) = youban("quarantine", "list", "--json", "--limit", 1).out.splitlines()
    values = json.loads(line)
    assert len(values.pop("sha256")) == 64
    assert values == {
        "key": str(failed),
        "mailbox": MAILBOX,
        "folder": "INBOX",
        "uidvalidity": UIDVALIDITY,
        "uid": 1,
        "at": START.isoformat(),
        "reason": "系统处理时出错，请人工查看原始邮件",
        "retries": 0,
        "closed": None,
    }


def test_list_quotes_a_folder_for_the_shell_and_moves_no_cursor(window: Window, youban: Run) -> None:
    key = MessageKey(MAILBOX, "Junk E-mail", 1, 5)
    absent = Unfetchable(key, START, "\x1b[2Jno\nbody")
    window.arrivals.record(MAILBOX, key.folder, uidvalidity=1, last_uid=5, messages=[], unfetchable=[absent])
    first, why = youban("quarantine", "list").out.splitlines()
    assert first.startswith(f"'{key}'  ")
    assert why == "    服务器未能给出此邮件：\N{REPLACEMENT CHARACTER}[2Jno body"


def test_show_writes_the_bytes_as_they_came(window: Window) -> None:
    key = set_aside(window, GBK_MAIL)
    command = [sys.executable, "-W", "error", "-m", "youban", "quarantine", "show", str(key)]
    shown = subprocess.run(command, capture_output=True, check=True)
    assert shown.stdout == GBK_MAIL
    told = shown.stderr.decode()
    assert told.startswith(f"{key}: the mail as received ")
    assert f"{len(GBK_MAIL)} bytes" in told
    assert "系统处理时出错" in told


def test_show_of_what_is_not_there_says_what_to_do(window: Window, youban: Run) -> None:
    key, _ = lose(window, GBK_MAIL)
    waits = youban("quarantine", "show", key)
    assert (waits.code, waits.out) == (1, "")
    assert "its fate is waiting" in waits.err
    pipeline.handle_message(window.counter, key)
    gone = youban("quarantine", "show", key)
    assert (gone.code, gone.out) == (1, "")
    assert "put it back from the backup" in gone.err
    absent = youban("quarantine", "show", withhold(window))
    assert (absent.code, absent.out) == (1, "")
    assert "the server never gave this mail" in absent.err


def test_named_mails_are_released_all_or_none(window: Window, youban: Run) -> None:
    good, absent = set_aside(window, GBK_MAIL), withhold(window)
    for other, words in (
        (absent, f"{absent} cannot be retried, and none was: the server never gave this mail"),
        (f"{MAILBOX}:INBOX:{UIDVALIDITY}:77", "there is no mail"),
    ):
        ran = youban("quarantine", "retry", good, other)
        assert (ran.code, ran.out) == (1, "")
        assert words in ran.err
        assert find_fate(window, good) is Fate.QUARANTINED
    assert workflow_rows(window.database) == {}
    assert youban("quarantine", "retry", good, good).out.startswith("1 released")
    assert (find_fate(window, good), find_fate(window, absent)) == (Fate.WAITING, Fate.QUARANTINED)
    assert len(workflow_rows(window.database)) == 1


def test_retry_of_all_leaves_what_has_no_bytes_and_says_so(
    window: Window, youban: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("youban.cli.quarantine.MOST_AT_ONCE", 2)
    keys = [set_aside(window, GBK_MAIL + bytes([number])) for number in b"abc"]
    absent = withhold(window)
    ran = youban("quarantine", "retry", "--all")
    assert (ran.code, ran.out.split()[0]) == (0, "3")
    assert ran.err.startswith(f"{absent} cannot be retried: ")
    assert {find_fate(window, key) for key in keys} == {Fate.WAITING}
    assert set(workflow_rows(window.database).values()) == {"ENQUEUED"}
    with window.database.read() as connection:
        assert [one.key for one in quarantine.find_quarantined(connection)] == [absent]
    assert youban("quarantine", "retry", "--all").out.startswith("0 released")


def test_a_mail_answered_by_hand_is_closed_and_listed_no_more(window: Window, youban: Run) -> None:
    key, other = withhold(window), set_aside(window, GBK_MAIL)
    closed = youban("quarantine", "close", key, "--by", " 李 ", "--note", "已电话答复\x1b[2J")
    assert (closed.code, closed.err) == (0, "")
    assert closed.out == f"{key} is closed; `youban quarantine list --closed` shows it\n"
    assert (find_fate(window, key), find_fate(window, other)) == (Fate.QUARANTINED, Fate.QUARANTINED)
    assert [line.split()[0] for line in youban("quarantine", "list").out.splitlines()[::2]] == [str(other)]
    first, why, how = youban("quarantine", "list", "--closed").out.splitlines()
    assert first.startswith(f"{key}  ")
    assert why == "    服务器未能给出此邮件：no body"
    assert how.startswith("    closed 2")
    assert how.endswith(" by 李: 已电话答复\N{REPLACEMENT CHARACTER}[2J")
    (line,) = youban("quarantine", "list", "--closed", "--json").out.splitlines()
    told = json.loads(line)["closed"]
    assert (told.pop("at")[:2], told) == ("20", {"by": "李", "note": "已电话答复\x1b[2J"})
    again = youban("quarantine", "close", key, "--by", "王", "--note", "x")
    assert (again.code, again.out) == (1, "")
    assert f"{key} stays as it is: closed 2" in again.err
    assert " by 李" in again.err
    assert youban("quarantine", "close", other, "--by", "王", "--note", "x").code == 0
    assert youban("quarantine", "list").out == "nothing is in quarantine\n"


def test_closing_needs_who_and_how_and_a_mail_that_is_there(window: Window, youban: Run) -> None:
    key = set_aside(window, GBK_MAIL)
    assert youban("quarantine", "list", "--closed").out == "nothing in quarantine was closed by hand\n"
    for options in (("--by", "李"), ("--note", "x"), ("--by", "李", "--note", " "), ("--by", "", "--note", "x")):
        ran = youban("quarantine", "close", key, *options)
        assert (ran.code, ran.out) == (2, "")
    waiting = window.receive(GBK_MAIL + b"x")
    for other, words in (
        (waiting, "its fate is waiting"),
        (f"{MAILBOX}:INBOX:{UIDVALIDITY}:77", "there is no mail"),
    ):
        ran = youban("quarantine", "close", other, "--by", "李", "--note", "x")
        assert (ran.code, ran.out) == (1, "")
        assert words in ran.err
    assert youban("quarantine", "list", "--closed").out == "nothing in quarantine was closed by hand\n"


def test_a_closed_mail_is_retried_only_on_purpose(window: Window, youban: Run) -> None:
    key, other = set_aside(window, GBK_MAIL), set_aside(window, GBK_MAIL + b"x")
    youban("quarantine", "close", key, "--by", "李", "--note", "已电话答复")
    refused = youban("quarantine", "retry", other, key)
    assert (refused.code, refused.out) == (1, "")
    assert f"{key} was not retried, nor was any other: closed 2" in refused.err
    assert "--again" in refused.err
    assert find_fate(window, other) is Fate.QUARANTINED
    both = youban("quarantine", "retry", "--all", "--again")
    assert (both.code, both.out) == (2, "")
    assert youban("quarantine", "retry", "--all").out.startswith("1 released")
    assert (find_fate(window, key), find_fate(window, other)) == (Fate.QUARANTINED, Fate.WAITING)
    assert youban("quarantine", "retry", "--again", key).out.startswith("1 released")
    assert find_fate(window, key) is Fate.WAITING
    assert youban("quarantine", "list", "--closed").out == "nothing in quarantine was closed by hand\n"


def test_retry_of_nothing_or_of_both_is_a_wrong_command_line(window: Window, youban: Run) -> None:
    for arguments in ([], ["--all", f"{MAILBOX}:INBOX:1:1"]):
        ran = youban("quarantine", "retry", *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert "--all" in ran.err


def test_quarantine_before_any_run_makes_no_database(
    youban: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUBAN_CONFIG", str(tmp_path / "youban.toml"))
    (tmp_path / "youban.toml").write_text("", encoding="utf-8")
    ran = youban("quarantine", "retry", "--all")
    assert (ran.code, ran.out) == (1, "")
    assert "is not there; `youban run` makes it" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["youban.toml"]


@pytest.mark.parametrize("folder", ["INBOX", "Junk E-mail", "a:b:1:2", "垃圾邮件"])
def test_a_printed_key_is_read_back(folder: str) -> None:
    key = MessageKey(MAILBOX, folder, 2**32 - 1, 2**60 - 1)
    assert parse_key(str(key)) == key


@pytest.mark.parametrize("text", ["", "5", "INBOX:1:2", "a@b.example:INBOX:1", "a@b.example:INBOX:1:-2", "a:b:1:²"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(CaseError, match="copy it from `youban quarantine list`"):
        parse_key(text)


def test_a_number_that_no_database_holds_is_no_key() -> None:
    with pytest.raises(CaseError):
        parse_key(f"{MAILBOX}:INBOX:1:{2**63}")
