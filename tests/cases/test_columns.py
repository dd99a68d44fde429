"""Moments keep their meaning, and no text that a stranger sends makes the database refuse."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from cases.columns import KEY_CHARACTERS, clean_text
from cases.ledger import find_start, record_start
from cases.related import find_case
from cases.store import record_attachments, record_message
from cases.tables import MESSAGES
from domain.mail import Attachment
from domain.routing import Facts
from tests.cases.samples import NOW, fetch, key, message, open_sample

BEIJING = timezone(timedelta(hours=8))
HOSTILE = "喆\x00\ud83d 𠮷😀"


@pytest.mark.parametrize(
    ("text", "clean"),
    [("", ""), ("plain", "plain"), ("a\x00b", "a\ufffdb"), ("喆\x00", "喆\ufffd"), (HOSTILE, "喆\ufffd\ufffd 𠮷😀")],
)
def test_clean_text(text: str, clean: str) -> None:
    assert clean_text(text) == clean


def test_a_moment_comes_back_aware_and_the_same(conn: sa.Connection) -> None:
    moment = datetime(2020, 2, 10, 9, 30, 0, 123456, tzinfo=BEIJING)
    assert record_start(conn, "a@agency.example", starts_at=moment) == moment
    found = find_start(conn, "a@agency.example")
    assert found is not None
    assert found.tzinfo is UTC


def test_a_naive_moment_is_an_error(conn: sa.Connection) -> None:
    with pytest.raises(sa.exc.StatementError, match="without a time zone"):
        record_start(conn, "a@agency.example", starts_at=datetime(2020, 2, 10))  # noqa: DTZ001


def test_hostile_text_is_stored_cleaned(conn: sa.Connection) -> None:
    fetch(conn, [1])
    mail = message(
        subject=HOSTILE,
        text=HOSTILE,
        name=HOSTILE,
        defects=(HOSTILE,),
        attachments=(Attachment(0, HOSTILE, "image/jpeg", 1, "0" * 64),),
    )
    assert record_message(conn, key(1), mail, at=NOW, explanation={"why": HOSTILE})
    record_attachments(conn, mail)
    row = conn.execute(sa.select(MESSAGES)).one()
    assert row.subject == row.text == row.sender_name == clean_text(HOSTILE)
    case = open_sample(conn, facts=Facts(destination_address=HOSTILE))
    found = find_case(conn, case.number)
    assert found is not None
    # JSON writes NUL as an escape, which is text; a lone surrogate cannot be written at all.
    assert found.facts.destination_address == "喆\x00\ufffd 𠮷😀"


def test_a_header_of_a_megabyte_is_cut_and_still_found(conn: sa.Connection) -> None:
    fetch(conn, [1, 2])
    huge = "<" + "喆" * 1_000_000 + "@citizen.example>"
    first = message(1, identity=huge, message_id=huge)
    assert record_message(conn, key(1), first, at=NOW)
    assert not record_message(conn, key(2), first, at=NOW)
    assert len(conn.execute(sa.select(MESSAGES.c.message_id)).scalar_one()) == KEY_CHARACTERS
