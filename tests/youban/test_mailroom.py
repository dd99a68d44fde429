"""The mailroom's copies: for people, after the letters, and never instead of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cases.database import Database
from tests.youban.window import MAILBOX, OTHER_MAILBOX, Window, open_window, transfer_out
from youban import mailroom
from youban.mailroom import COPIES_TOGETHER, COPIES_TRIED, keep_copies


@pytest.fixture
def window(database: Database, tmp_path: Path) -> Window:
    return open_window(tmp_path, database)


def send_letters(window: Window, *names: str, mailbox: str = MAILBOX) -> None:
    for name in names:
        window.handle(transfer_out(name), mailbox)
        window.send_next()


def test_a_copy_that_could_not_be_kept_is_kept_later(window: Window) -> None:
    send_letters(window, "a", "b")
    assert window.copies == [], "sending waits for no copy"
    window.copy_fails = True
    assert keep_copies(window.room) == 0
    assert [reply.sent_copy_at for reply in window.replies()] == [None, None]
    window.copy_fails = False
    window.now += timedelta(minutes=1)
    assert keep_copies(window.room) == 2
    assert window.copies == [data for _, _, data in window.sent]
    assert [reply.sent_copy_at for reply in window.replies()] == [window.now] * 2
    assert keep_copies(window.room) == 0


def test_a_mailbox_that_takes_no_copy_delays_no_other(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    send_letters(window, "a", "b")
    send_letters(window, "c", mailbox=OTHER_MAILBOX)
    asked: list[str] = []

    def keep(account, data, when):
        asked.append(account.mailbox)
        window.copy_fails = account.mailbox == MAILBOX
        window.keep_copy(account, data, when)

    assert keep_copies(replace(window.room, keep_copy=keep)) == 1
    assert sorted(asked) == sorted([MAILBOX, OTHER_MAILBOX])


def test_many_copies_are_kept_in_one_go(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailroom, "COPIES_TOGETHER", 2)
    assert COPIES_TOGETHER > 2
    send_letters(window, *"abcde")
    assert keep_copies(window.room) == 5


def test_copies_stop_between_two_when_told_to_and_go_on_later(window: Window) -> None:
    send_letters(window, *"abcde")
    assert keep_copies(window.room, goes_on=lambda: len(window.copies) < 2) == 2
    assert keep_copies(window.room) == 3
    assert sorted(window.copies) == sorted(data for _, _, data in window.sent)


def test_a_copy_is_not_kept_for_who_wants_none_nor_after_a_day(window: Window) -> None:
    send_letters(window, "a")
    accounts = window.room.accounts
    none = {name: replace(account, keeps_sent_copy=False) for name, account in accounts.items()}
    assert keep_copies(replace(window.room, accounts=none)) == 0
    window.now += COPIES_TRIED + timedelta(seconds=1)
    assert keep_copies(window.room) == 0
    assert window.copies == []
