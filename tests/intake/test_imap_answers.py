"""A server's answers are read by what they say, not by where it stands, and nothing in them makes us stumble."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.imap_answers import (
    FolderState,
    Row,
    join_uids,
    read_date,
    read_rows,
    read_state,
    split_answers,
    tells_change,
)


@pytest.mark.parametrize(
    ("uids", "text"), [([3], "3"), ([1, 2, 3], "1:3"), ([9, 1, 2, 7, 4], "1:2,4,7,9"), ([5, 4], "4:5"), ([], "")]
)
def test_join_uids(uids, text):
    assert join_uids(uids) == text


@given(st.sets(st.integers(1, 200), min_size=1))
def test_join_uids_loses_none(uids):
    spans = [part.split(":") for part in join_uids(sorted(uids)).split(",")]
    assert {n for span in spans for n in range(int(span[0]), int(span[-1]) + 1)} == uids


def test_split_answers():
    data = [(b"1 (BODY[] {1}", b"a"), b")", b"2 (UID 3)", (b"x {1}", b"b"), (b"y {1}", b"c"), b")"]
    assert list(split_answers(data)) == [data[:2], data[2:3], data[3:]]


def test_later_answer_adds_to_the_earlier():
    when = datetime(2020, 2, 3, 2, 0, tzinfo=UTC)
    data = [
        b'1 (UID 5 INTERNALDATE "03-Feb-2020 10:00:00 +0800" RFC822.SIZE 9)',
        (b"1 (UID 5 BODY[] {4}", b"UID "),
        b")",
        b"1 (FLAGS (\\Seen) UID 5)",
    ]
    assert read_rows(data) == {5: Row(5, 9, when, True, b"UID ")}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (b'(INTERNALDATE " 3-Feb-2020 10:00:00 +0800")', datetime(2020, 2, 3, 2, tzinfo=UTC)),
        (b'(INTERNALDATE "03-feb-2020 23:30:00 -0100")', datetime(2020, 2, 4, 0, 30, tzinfo=UTC)),
        (b'(INTERNALDATE "31-Feb-2020 10:00:00 +0800")', None),
        (b'(INTERNALDATE "01-Jan-0001 00:00:00 +0800")', None),
        (b"(INTERNALDATE NIL)", None),
    ],
)
def test_read_date(text, wanted):
    assert read_date(text) == wanted


@given(st.lists(st.one_of(st.binary(), st.tuples(st.binary(), st.binary()))))
def test_no_answer_makes_read_rows_stumble(data):
    read_rows(data)


@given(st.binary(max_size=200))
def test_a_quoted_message_cannot_pass_for_the_servers_words(content):
    quoted = content.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    assert read_rows([b'1 (BODY[] "%s" UID 3)' % quoted]) == {3: Row(3, data=content)}


def test_read_state_of_select_and_of_status():
    select = {"EXISTS": [b"1", b"3"], "UIDVALIDITY": [b"7"], "UIDNEXT": [b"9"]}
    status = {"STATUS": [b'"INBOX" (MESSAGES 3 uidnext 9 UIDVALIDITY 7)']}
    assert read_state(select) == read_state(status) == FolderState(7, 9, 3)
    with pytest.raises(ValueError, match="UIDVALIDITY"):
        read_state({"EXISTS": [b"1"]})


@pytest.mark.parametrize(
    ("untagged", "wanted"),
    [
        ({}, False),
        ({"EXISTS": [b"3"], "RECENT": [b"0"], "STATUS": [b'"Junk" (MESSAGES 4)']}, False),
        ({"EXISTS": [b"3", b"4"]}, True),
        ({"EXPUNGE": [b"1"], "EXISTS": [b"3"]}, True),
    ],
)
def test_tells_change(untagged, wanted):
    assert tells_change(untagged, exists=3) is wanted
