"""Logs hold no personal data, wherever it stands; every kind of line goes the same way."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from youban.logs import Mask, configure_logs, get_log

OWN = "DLybzxcbb@163.com"
# An unallocated division, a right check character.
ID_NUMBER = "990101199001010015"
SECRETS = (ID_NUMBER, "13900001234", "wang.xiao@citizen.example")


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """A stream; what was configured before comes back afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield io.StringIO()
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def read_lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("13900001234", "139****1234"),
        ("+86 139-0000-1234", "+86 139****1234"),
        ("8613900001234", "86139****1234"),
        (ID_NUMBER, "990***********0015"),
        ("990101 19900101 001X", "990***********001X"),
        ("身份证号990101199001010015。", "身份证号990***********0015。"),
        ("wang.xiao@citizen.example", "w***@citizen.example"),
        ("<wang.xiao@citizen.example>, li@citizen.example", "<w***@citizen.example>, l***@citizen.example"),
        (OWN.lower(), OWN.lower()),
        ("DL-20200210-0042-4", "DL-20200210-0042-4"),
        ("1581400000000", "1581400000000"),
    ],
)
def test_mask_hides_people_and_keeps_what_is_ours(text: str, masked: str) -> None:
    assert Mask([OWN]).text(text) == masked


def test_mask_reaches_into_nested_values_and_their_keys() -> None:
    event = {"event": SECRETS[1], "a": {SECRETS[2]: [SECRETS[0], (SECRETS[1],)]}, "n": 7, "none": None, "yes": True}
    assert Mask()(None, "info", event) == {
        "event": "139****1234",
        "a": {"w***@citizen.example": ["990***********0015", ["139****1234"]]},
        "n": 7,
        "none": None,
        "yes": True,
    }


def test_mask_reads_what_other_objects_say() -> None:
    assert Mask()(None, "info", {"error": ValueError(f"no such: {SECRETS[2]}")}) == {
        "error": "no such: w***@citizen.example"
    }


@pytest.mark.parametrize("as_json", [True, False])
def test_log_masks_events_fields_and_tracebacks(stream: io.StringIO, *, as_json: bool) -> None:
    configure_logs(as_json=as_json, own_addresses=[OWN], stream=stream)
    log = get_log("tests.masking")
    log.info("mail_read", sender=SECRETS[2], mailbox=OWN, phones=[SECRETS[1]])
    try:
        raise ValueError(f"{SECRETS[0]} of {SECRETS[2]}")
    except ValueError:
        log.exception("mail_failed")
    written = stream.getvalue()
    assert "mail_read" in written
    assert OWN in written
    assert "Traceback" in written
    assert [secret for secret in SECRETS if secret in written] == []


def test_log_takes_the_standard_librarys_records_the_same_way(stream: io.StringIO) -> None:
    configure_logs(as_json=True, stream=stream)
    other = logging.getLogger("tests.other")
    try:
        raise OSError(SECRETS[1])
    except OSError:
        other.exception("mail from %s", SECRETS[2])
    (line,) = read_lines(stream)
    assert line["event"] == "mail from w***@citizen.example"
    assert line["level"] == "error"
    assert "139****1234" in line["exception"]
    assert set(line) == {"event", "level", "timestamp", "exception"}


def test_log_as_json_is_one_object_a_line_in_readable_chinese(stream: io.StringIO) -> None:
    configure_logs(as_json=True, stream=stream)
    get_log("tests.json").info("folder_renumbered", folder="垃圾邮件")
    assert '"垃圾邮件"' in stream.getvalue()
    (line,) = read_lines(stream)
    assert (line["event"], line["folder"], line["level"]) == ("folder_renumbered", "垃圾邮件", "info")
    assert line["timestamp"].endswith("Z")


def test_log_leaves_out_what_is_below_the_level(stream: io.StringIO) -> None:
    configure_logs(as_json=True, level="warning", stream=stream)
    get_log("tests.level").info("poll_done")
    get_log("tests.level").warning("poll_failed")
    assert [line["event"] for line in read_lines(stream)] == ["poll_failed"]


def test_log_keeps_talkative_libraries_quiet(stream: io.StringIO) -> None:
    configure_logs(as_json=True, level="debug", stream=stream)
    logging.getLogger("apscheduler").info("Running job")
    assert stream.getvalue() == ""


def test_log_refuses_an_unknown_level() -> None:
    with pytest.raises(ValueError, match="LOUD"):
        configure_logs(level="loud", stream=io.StringIO())
