"""Small mails of one invented citizen, and the command line run in this process."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from hashlib import sha256
from types import MappingProxyType

import pytest

from youban.cli import main

MAILBOX = "dlybzxgqbsc@163.com"
SENDER = "liu@citizen.example"
COMPLETE = ("身份证正面.jpg", "身份证反面.jpg", "社保卡正面.jpg", "手写申请.jpg")
LACKING = ("身份证正面.jpg", "社保卡正面.jpg", "手写申请.jpg")


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def make_runner(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs ``youban`` with arguments, as the installed script does."""

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["youban", *map(str, arguments)])
        capsys.readouterr()
        try:
            main()
            code: object = 0
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return Ran(int(str(code or 0)), said.out, said.err)

    return run


def write_request(
    number: int = 1,
    *,
    files: Sequence[str] = COMPLETE,
    photographs: Mapping[str, bytes] = MappingProxyType({}),
    subject: str = "申请办理医保关系转出",
    text: str = "我是大连本市户籍灵活就业人员，申请医保关系转移接续（转出）。联系电话13900001234。",
    answers: int = 0,
    to: str = MAILBOX,
) -> bytes:
    """Return a request to move one's insurance elsewhere; ``answers`` makes it a reply to request of that number.

    ``files`` are names of files that hold noise, ``photographs`` names and contents.
    """
    mail = EmailMessage()
    mail["From"] = f"刘文静 <{SENDER}>"
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = f"Wed, 05 Feb 2020 10:{number:02}:00 +0800"
    mail["Message-ID"] = f"<request-{number}@citizen.example>"
    if answers:
        mail["In-Reply-To"] = f"<request-{answers}@citizen.example>"
    mail.set_content(text)
    for name in files:
        noise = b"".join(sha256(f"{number} {name} {turn}".encode()).digest() for turn in range(200))
        mail.add_attachment(b"\xff\xd8\xff\xe0" + noise, maintype="image", subtype="jpeg", filename=name)
    for name, data in photographs.items():
        mail.add_attachment(data, maintype="image", subtype="jpeg", filename=name)
    return mail.as_bytes()


NOISE = (
    b"From: MAILER-DAEMON\r\nTo: %s\r\nSubject: Undelivered Mail\r\nAuto-Submitted: auto-replied\r\n\r\nlost\r\n"
    % (MAILBOX.encode())
)
