"""Bad days of a counter of its own: mailboxes that fail, and a stop in the middle of the work."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from domain.cases import Fate
from tests.acceptance.asks import ask_whole
from tests.acceptance.conftest import OpenHouse
from tests.acceptance.house import House
from tests.acceptance.mails import Mail, write_mail
from tests.acceptance.waiting import wait_until

WORKING = ("dlybzxcbb@163.com", "dlybzxshk@163.com", "dlybzxgqbsc@163.com")
WRONG_PASSWORD, DEAD, SILENT = "dlybzxxgbsc@163.com", "dlybzxjpbsc@163.com", "dlybzxlsbsc@163.com"


@pytest.fixture(scope="module")
def silent(open_for_pair: OpenHouse) -> Iterator[socket.socket]:
    """A server that takes connections and never says a word; a new one for each pair."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.fixture(scope="module")
def hard_house(
    open_for_pair: OpenHouse, tmp_path_factory: pytest.TempPathFactory, silent: socket.socket
) -> Iterator[House]:
    """Three mailboxes that work, and three that do not."""
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))  # ours, and nobody listens there
        overrides = {
            WRONG_PASSWORD: {"password_env": "WRONG_SECRET", "password_file": None},
            DEAD: {"imap_port": unheard.getsockname()[1]},
            SILENT: {"imap_port": silent.getsockname()[1]},
        }
        with open_for_pair(
            tmp_path_factory.mktemp("hard"),
            (*WORKING, *overrides),
            overrides=overrides,
            environ={"WRONG_SECRET": "not-the-password"},
        ) as house:
            yield house


def test_broken_mailboxes_do_not_delay_the_others(hard_house: House, silent: socket.socket) -> None:
    mail = ask_whole("dl-death", by="undelayed").mail
    assert "已受理" in hard_house.answer_to(mail).subject
    hard_house.wait_until_connected({*hard_house.box.mailboxes} - {SILENT})
    failed = {line["mailbox"]: line["problem"] for line in hard_house.daemon.events("mailbox_failed")}
    # The silent one is still being waited for, and nobody waited with it.
    assert set(failed) == {WRONG_PASSWORD, DEAD}
    assert "password" in failed[WRONG_PASSWORD] or "login" in failed[WRONG_PASSWORD].lower()
    silent.close()  # a stop would wait for it
    wait_until(lambda: SILENT in {line["mailbox"] for line in hard_house.daemon.events("mailbox_failed")}, "it failed")


def test_stop_in_the_middle_loses_nothing_and_answers_nothing_twice(hard_house: House) -> None:
    house = hard_house
    before = [write_request(f"before-{number}", WORKING[number % len(WORKING)]) for number in range(24)]
    while_down = [write_request(f"while-down-{number}", mailbox) for number, mailbox in enumerate(WORKING)]
    house.box.is_open.clear()
    for mail in before:
        house.post(mail)
    wait_until(lambda: house.count_waiting_letters() >= len(before) // 2, "half of the letters written")
    house.daemon.terminate()
    wait_until(lambda: house.daemon.events("daemon_stopping"), "the stop begun")
    house.box.is_open.set()  # now the letters that were on their way arrive
    house.daemon.wait_until_stopped()
    assert not all(house.letters(mail) for mail in before), "nothing was interrupted"
    for mail in while_down:
        house.post(mail)
    house.daemon.start()
    for mail in (*before, *while_down):
        house.wait_for_letters(mail)
    wait_until(house.is_at_rest, "every letter recorded as sent")
    for mail in (*before, *while_down):
        assert [line.fate for line in house.find_lines(mail)] == [Fate.ANSWERED]
        assert len(house.letters(mail)) == 1
        assert (house.count_written(mail.sender), house.count_cases(mail.sender)) == (1, 1)


def write_request(name: str, mailbox: str) -> Mail:
    """Return a complete application of one citizen."""
    return write_mail(
        name,
        mailbox=mailbox,
        subject="死亡账户注销",
        text="我父亲是灵活就业人员，已去世，申请医保死亡账户注销。13900001234",
        papers=["death-cert", "written-request"],
    )
