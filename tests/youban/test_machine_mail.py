"""Mail that a machine or a person may have written, through the whole way: to a clerk, and no letter goes out."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from cases.database import Database
from domain.cases import CaseStatus, Fate
from responders.letter import message_id_for
from tests.intake.containers.samples import photo
from tests.youban.window import MAILBOX, OTHER_MAILBOX, Window, open_window

WORDS = "沙河口区户籍，灵活就业，申请医保关系转出。电话10000000001。"


@pytest.fixture
def window(database: Database, tmp_path: Path) -> Window:
    return open_window(tmp_path, database)


def write(sender: str, subject: str, *, message_id: str = "<1@shimin.example>", **headers: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = sender, MAILBOX, subject, message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(WORDS)
    mail.add_attachment(photo(1), maintype="image", subtype="jpeg", filename="身份证人像面.jpg")
    return mail.as_bytes()


@pytest.mark.parametrize(
    "raw",
    [
        write(OTHER_MAILBOX, "转发: 医保关系转出"),
        write("hr@gongsi.example", "医保关系转出", List_Unsubscribe="<mailto:off@mailing.example>"),
    ],
    ids=["forwarded by a clerk", "sent through a mailing service"],
)
def test_a_citizens_papers_go_to_a_clerk_unanswered(window: Window, raw: bytes) -> None:
    assert window.handle_again(window.receive(raw)).fate is Fate.TRIAGE
    (case,) = window.cases()
    assert (case.status, [paper.kind for paper in case.papers]) == (CaseStatus.TRIAGE, ["id-front"])
    assert window.replies() == []


def test_our_own_letter_that_comes_back_is_silence(window: Window) -> None:
    raw = write(OTHER_MAILBOX, "转发: 医保关系转出", message_id=message_id_for("x", OTHER_MAILBOX))
    assert window.handle_again(window.receive(raw)).fate is Fate.IGNORED
    assert (window.cases(), window.replies()) == ([], [])


def test_a_header_that_says_no_keeps_nobody_from_an_answer(window: Window) -> None:
    raw = write("wang@shimin.example", "医保关系转出", X_Auto_Reply="no")
    assert window.handle_again(window.receive(raw)).fate is Fate.ANSWERED
