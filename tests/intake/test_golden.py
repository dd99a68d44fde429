"""Every mail of the corpus is read as it was when somebody looked at it, and no worse than MailCore reads it."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest

from intake.reader import read_mail
from tests.intake.golden import GOLDEN, MAIL, ROOT, describe_folder, find_mails, list_folders

EXPECTED = sorted((ROOT / "expected" / "mailcore2").iterdir())
_LINK = re.compile(
    r"\(#\w+\)|\(?(?:https?|mailto|ftp):\S*|\S*\ufffd\s?\ufffd?\S*|^- (?=.*, \d+ (?:KB|MB|bytes)$)", re.MULTILINE
)
_SIZE = re.compile(r", \d+ (?:KB|MB|bytes)$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+")
WORSE = {
    "2113-formatting": "a feedback report: the letter it returns is nobody's text",
    "6144-russian": "it believes the subject's wrong label",
    "2765-korean": "it shows names encoded beside the address as they stand",
    "5231-emoji": "it shows a Chinese character for a vendor's star",
}
"""Where MailCore's summary is the worse of the two, and why."""


@pytest.mark.parametrize("folder", list_folders())
def test_mails_are_read_as_before(folder: str) -> None:
    golden = (GOLDEN / f"{folder}.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in describe_folder(folder)] == [json.loads(line) for line in golden]


def test_whole_corpus_is_there_and_none_is_refused() -> None:
    lines = [json.loads(line) for path in GOLDEN.iterdir() for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == sum(len(find_mails(folder)) for folder in list_folders()) == 674
    assert [line["file"] for line in lines if "refused" in line] == []


def squeeze(text: str) -> str:
    """Return only letters: lines are broken inside words, and dashes and blanks look different."""
    return "".join(_WORD.findall(unicodedata.normalize("NFKC", text).lower()))


@pytest.mark.parametrize("path", [p for p in EXPECTED if p.stem not in WORSE], ids=lambda p: p.stem)
def test_mailcore_reads_nothing_that_we_lose(path: Path) -> None:
    (mail,) = [p for p in (MAIL / "mailcore2").iterdir() if p.stem.endswith(f"_{path.stem}")]
    message = read_mail(mail.read_bytes()).message
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    shown = dict(line.split(": ", 1) for line in head.split("\n") if ": " in line)
    ours = squeeze("\n".join([message.text, message.quoted, *(a.name + a.text for a in message.attachments)]))
    theirs = _LINK.sub(" ", _SIZE.sub("", body))
    assert [word for word in _WORD.findall(unicodedata.normalize("NFKC", theirs).lower()) if word not in ours] == []
    assert squeeze(shown["Subject"]) in squeeze(message.subject or "No Subject")
    assert squeeze(shown["From"]) == squeeze(str(message.sender))
    assert [squeeze(str(r)) for r in message.recipients if squeeze(r.addr) not in squeeze(head)] == []
