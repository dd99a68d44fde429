"""How mail comes in: every published mailbox, Junk, old mail, renumbered folders, files taken in by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from config.catalogue import load_catalogue
from domain.cases import Fate
from tests.acceptance.asks import ask_whole
from tests.acceptance.house import House
from tests.acceptance.mails import Mail, write_mail
from tests.acceptance.waiting import wait_until
from youban.demo.imap_server import JUNK_FOLDER

CATALOGUE = load_catalogue()
RENUMBERED = "dlybzxxgbsc@163.com"


def test_every_published_mailbox_answers_from_its_own_address(house: House) -> None:
    mails = [house.post(ask_about_first_item(mailbox, "published")) for mailbox in CATALOGUE.mailboxes]
    assert len(mails) == 21
    for mail in mails:
        (letter,) = house.wait_for_letters(mail)
        assert f"<{mail.mailbox}>" in letter["From"]
        assert "办理指引" in letter.subject
        assert letter.says(mail.mailbox)


def test_mail_in_the_junk_folder_is_answered(house: House) -> None:
    mail = ask_whole("sd-chronic", by="junk").mail
    house.imap.deliver(mail.mailbox, mail.raw, folder=JUNK_FOLDER)
    (letter,) = house.wait_for_letters(mail)
    assert "已受理" in letter.subject
    (line,) = house.wait_for_lines(mail)
    assert (line.folder, line.fate) == (JUNK_FOLDER, Fate.ANSWERED)
    wait_until(lambda: all(house.imap.seen(mail.mailbox, JUNK_FOLDER)), "the message seen")


def test_mail_older_than_the_start_is_never_answered(house: House) -> None:
    old = ask_whole("sd-chronic", by="too-old").mail
    new = ask_whole("sd-chronic", by="after-too-old").mail
    house.imap.deliver(old.mailbox, old.raw, when=datetime.now().astimezone() - timedelta(days=2))
    house.answer_to(new)
    (line,) = house.wait_for_lines(old)
    assert line.fate is Fate.TOO_OLD
    assert (house.count_written(old.sender), house.count_cases(old.sender)) == (0, 0)


def test_renumbered_folder_doubles_nothing(house: House) -> None:
    before = [house.post(ask_about_first_item(RENUMBERED, f"numbered-{number}")) for number in range(3)]
    for mail in before:
        house.wait_for_letters(mail)
    house.imap.change_uidvalidity(RENUMBERED)
    after = ask_about_first_item(RENUMBERED, "renumbered")
    house.answer_to(after)
    for mail in before:
        first, second = house.wait_for_lines(mail, 2)
        assert (first.fate, second.fate) == (Fate.ANSWERED, Fate.DUPLICATE)
        assert first.uidvalidity != second.uidvalidity
        assert (house.count_written(mail.sender), len(house.letters(mail))) == (1, 1)
    assert [line["mailbox"] for line in house.daemon.events("folder_renumbered")] == [RENUMBERED]


def test_file_taken_in_by_hand_is_answered_once(house: House, tmp_path: Path) -> None:
    mail = ask_whole("sd-claim-medical", by="ingested").mail
    file = tmp_path / "mail.eml"
    file.write_bytes(mail.raw)
    said = house.run_command("ingest", str(file), str(file), "--mailbox", mail.mailbox)
    assert "1 taken in, 1 known" in said
    (letter,) = house.wait_for_letters(mail)
    assert "已受理" in letter.subject
    # And the same mail by IMAP is the same mail.
    house.post(mail)
    assert sorted(line.fate for line in house.wait_for_lines(mail, 2)) == [Fate.ANSWERED, Fate.DUPLICATE]
    assert (house.count_written(mail.sender), house.count_cases(mail.sender)) == (1, 1)


def ask_about_first_item(mailbox: str, name: str) -> Mail:
    """Return a question about the first item that a mailbox's office handles."""
    office = CATALOGUE.find_office(mailbox)
    assert office is not None
    item = CATALOGUE.items_of(office)[0]
    text = f"您好，请问办理{item.title}需要什么材料？"
    return write_mail(f"{name}-{office.code}", mailbox=mailbox, subject=f"咨询{item.title}", text=text)
