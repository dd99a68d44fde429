from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import VirusSettings
from domain.errors import MessageError
from intake.reader import ReadMail, read_mail
from tests.servers.clamd import Script, ScriptedClamd
from tests.youban.test_opening import write
from youban.viruscheck import build_virus_check, check_nothing

UNSCANNABLE = Script(answer=b"stream: Can't allocate memory ERROR")
FOUND = Script(answer=b"stream: Eicar-Test-Signature FOUND")


def mail(*names: str) -> ReadMail:
    return read_mail(write("a", dict.fromkeys(names, b"%PDF x")))


def test_no_check_is_none() -> None:
    assert build_virus_check(VirusSettings("off", "", 5.0)) is check_nothing


def test_one_file_that_cannot_be_scanned_keeps_no_other_from_being_scanned() -> None:
    with ScriptedClamd(UNSCANNABLE, FOUND) as clamd:
        check = build_virus_check(VirusSettings(policy="warn", address=clamd.address, timeout_s=5.0))
        assert check(mail("a.pdf")).message.defects == ("a.pdf：病毒检查服务未能检查这个附件",)
        with pytest.raises(MessageError, match="Eicar"):
            check(mail("b.pdf"))


def test_one_file_that_takes_too_long_keeps_no_other_from_being_scanned() -> None:
    with ScriptedClamd(Script(hangs=True), Script(), FOUND) as clamd:
        check = build_virus_check(VirusSettings(policy="warn", address=clamd.address, timeout_s=1.0))
        with pytest.raises(MessageError, match="第2个附件含有病毒"):
            check(mail("a.pdf", "b.pdf"))


def test_clamd_that_is_away_is_left_alone_for_a_while(tmp_path: Path) -> None:
    place = tmp_path / "clamd.ctl"
    check = build_virus_check(VirusSettings(policy="warn", address=str(place), timeout_s=5.0))
    assert check(mail("a.pdf")).message.defects == ("病毒检查服务没有应答，附件未经病毒检查",)
    with ScriptedClamd(path=place) as clamd:
        assert check(mail("a.pdf")).message.defects == ("病毒检查服务没有应答，附件未经病毒检查",)
        assert clamd.commands == []
