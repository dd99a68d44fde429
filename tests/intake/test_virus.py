"""Against a clamd that keeps to a script, and a real one where it is installed."""

import socket
import time

import pytest

from domain.mail import Unopened
from intake import virus
from intake.virus import (
    Clamd,
    ClamdError,
    ClamdRefusedError,
    Finding,
    ScanResult,
    Verdict,
    VirusPolicy,
    check_files,
    read_clamd_address,
)
from tests.servers.clamd import Script, ScriptedClamd, real_clamd

# The test file of EICAR, in two halves so that no scanner takes this file for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"

CLEAN, TOO_LARGE = Verdict(ScanResult.CLEAN), Verdict(ScanResult.TOO_LARGE)
FOUND = Script(b"stream: Win.Test.EICAR_HDB-1 FOUND")


def ask(*scripts: Script, data: bytes = b"data", timeout_s: float = 10) -> Verdict:
    with ScriptedClamd(*scripts) as clamd:
        return Clamd(clamd.address, timeout_s).scan(data)


@pytest.mark.parametrize("data", [b"", b"x", bytes(range(256)) * 10_000])
def test_file_arrives_whole(data):
    with ScriptedClamd() as clamd:
        assert Clamd(clamd.address).scan(data) == CLEAN
    assert clamd.taken == [data]


def test_clamd_may_be_at_a_unix_socket(tmp_path):
    with ScriptedClamd(path=tmp_path / "clamd.ctl") as clamd:
        assert Clamd(str(tmp_path / "clamd.ctl")).scan(b"x") == CLEAN
    assert clamd.taken == [b"x"]


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b"stream: OK", CLEAN),
        (b"stream: Win.Test.EICAR_HDB-1 FOUND", Verdict(ScanResult.INFECTED, "Win.Test.EICAR_HDB-1")),
        (b"stream: A <b> \xff FOUND", Verdict(ScanResult.INFECTED, "A??b???")),
        (b"INSTREAM size limit exceeded. ERROR", TOO_LARGE),
        (
            b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND",
            Verdict(ScanResult.TOO_LARGE, "Heuristics.Limits.Exceeded.MaxFileSize"),
        ),
    ],
)
def test_answer_is_read(answer, verdict):
    assert ask(Script(answer)) == verdict


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        (Script(b"stream: Can't allocate memory ERROR"), "it could not scan"),
        (Script(b"UNKNOWN COMMAND"), "it could not scan"),
        (Script(b"stream: OK", has_end=False), "hung up"),
        (Script(b"stre", has_end=False), "hung up"),
        (Script(cuts=True, has_end=False), "hung up"),
    ],
)
def test_answer_that_is_no_verdict_is_an_error(script, problem):
    with pytest.raises(ClamdError, match=problem):
        ask(script)


@pytest.mark.parametrize("is_curt", [False, True])
def test_broken_pipe_over_the_limit_is_told_as_too_large(is_curt):
    script = Script(limit_bytes=300_000, is_curt=is_curt)
    assert ask(script, data=bytes(20 * 2**20)) == TOO_LARGE
    assert ask(script, data=bytes(300_001)) == TOO_LARGE
    assert ask(script, data=bytes(300_000)) == CLEAN


def test_pipe_that_breaks_once_is_tried_again():
    broken = Script(limit_bytes=0, is_curt=True)
    assert ask(broken, Script(), data=bytes(20 * 2**20)) == CLEAN


def test_pipe_that_breaks_while_clamd_is_ill_is_an_error():
    broken = Script(limit_bytes=0, is_curt=True)
    with pytest.raises(ClamdError):
        ask(broken, broken, Script(b"nonsense"), data=bytes(20 * 2**20))


@pytest.mark.parametrize("data", [b"x", bytes(20 * 2**20)])
def test_clamd_that_hangs_is_given_up_in_time(data):
    begun = time.monotonic()
    with pytest.raises(ClamdError, match=r"no answer within 0\.3 s"):
        ask(Script(hangs=True), data=data, timeout_s=0.3)
    assert time.monotonic() - begun < 5


def test_clamd_that_is_not_there_is_an_error(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    for address in (f"127.0.0.1:{port}", str(tmp_path / "absent.ctl")):
        with pytest.raises(ClamdError, match="is clamav-daemon running"):
            Clamd(address).scan(b"x")


def test_clamd_can_be_checked():
    with ScriptedClamd() as clamd:
        Clamd(clamd.address).ping()
        assert Clamd(clamd.address).fetch_version().startswith("ClamAV 1.4.3/")
    with ScriptedClamd(Script(b"nonsense")) as clamd, pytest.raises(ClamdError, match="nonsense"):
        Clamd(clamd.address).ping()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("/run/clamav/clamd.ctl", "/run/clamav/clamd.ctl"),
        ("localhost:3310", ("localhost", 3310)),
        ("[::1]:3310", ("::1", 3310)),
    ],
)
def test_address_is_read(text, place):
    assert read_clamd_address(text) == place


@pytest.mark.parametrize(
    "text", ["", "clamd.ctl", "localhost", "localhost:", ":3310", "localhost:0", "localhost:99999"]
)
def test_wrong_address_is_refused(text):
    with pytest.raises(ValueError, match=r"clamd\.ctl"):
        Clamd(text)


FILES = [(0, b"one"), (3, b"two")]


def test_policy_off_asks_nobody():
    assert check_files(VirusPolicy.OFF, None, FILES) == ()


@pytest.mark.parametrize("policy", [VirusPolicy.WARN, VirusPolicy.REQUIRE])
def test_policy_finds_what_clamd_finds(policy):
    with ScriptedClamd(Script(), FOUND) as clamd:
        findings = check_files(policy, Clamd(clamd.address), FILES)
    assert findings == (Finding(3, "附件含有病毒（Win.Test.EICAR_HDB-1），请勿打开", Unopened.HOSTILE),)
    with pytest.raises(ValueError, match="needs the address"):
        check_files(policy, None, FILES)


@pytest.mark.parametrize(("policy", "unopened"), [(VirusPolicy.WARN, None), (VirusPolicy.REQUIRE, Unopened.TOO_LARGE)])
def test_policy_says_what_becomes_of_a_file_too_large_to_scan(policy, unopened):
    with ScriptedClamd(Script(limit_bytes=2), Script()) as clamd:
        assert check_files(policy, Clamd(clamd.address), FILES) == (Finding(0, "附件过大，未经病毒检查", unopened),)


def test_policy_warn_goes_on_without_clamd_and_says_so():
    with ScriptedClamd(FOUND, Script(cuts=True, has_end=False)) as clamd:
        findings = check_files(VirusPolicy.WARN, Clamd(clamd.address), [*FILES, (4, b"three")])
    assert [f.index for f in findings] == [0, None]
    assert findings[1] == Finding(None, "病毒检查服务没有应答，附件未经病毒检查")
    assert clamd.taken == [b"one", b"two"]


def test_policy_warn_goes_on_after_a_file_that_cannot_be_scanned():
    refused = Script(answer=b"stream: Can't allocate memory ERROR")
    with ScriptedClamd(refused, FOUND) as clamd:
        findings = check_files(VirusPolicy.WARN, Clamd(clamd.address), FILES)
    assert [f.index for f in findings] == [0, 3]
    assert findings[0] == Finding(0, "病毒检查服务未能检查这个附件")
    assert findings[1].unopened is Unopened.HOSTILE
    with ScriptedClamd(refused) as clamd, pytest.raises(ClamdRefusedError):
        check_files(VirusPolicy.REQUIRE, Clamd(clamd.address), FILES)


def test_file_under_a_password_is_no_virus():
    with ScriptedClamd(Script(answer=b"stream: Heuristics.Encrypted.Zip FOUND")) as clamd:
        findings = check_files(VirusPolicy.WARN, Clamd(clamd.address), FILES[:1])
    assert findings == (Finding(0, "附件加了密码，无法检查病毒", Unopened.ENCRYPTED),)


def test_files_of_one_message_together_are_bounded(monkeypatch):
    monkeypatch.setattr(virus, "LONGEST_S", -1.0)
    with ScriptedClamd() as clamd:
        findings = check_files(VirusPolicy.WARN, Clamd(clamd.address), FILES)
        assert [f.index for f in findings] == [0, 3]
        with pytest.raises(ClamdRefusedError, match="took more than"):
            check_files(VirusPolicy.REQUIRE, Clamd(clamd.address), FILES)
        assert clamd.taken == []


def test_policy_require_holds_the_mail_without_clamd(tmp_path):
    with pytest.raises(ClamdError):
        check_files(VirusPolicy.REQUIRE, Clamd(str(tmp_path / "absent.ctl")), FILES)


def test_real_clamd_finds_the_test_file(tmp_path):
    signature = f"Youban.Test.Eicar:0:0:{EICAR.hex()}"
    with real_clamd(tmp_path, signature=signature, stream_max_bytes=1_000_000) as address:
        clamd = Clamd(address)
        clamd.ping()
        assert clamd.fetch_version().startswith("ClamAV ")
        assert clamd.scan(EICAR).result is ScanResult.INFECTED
        assert clamd.scan(b"a letter") == CLEAN
        assert clamd.scan(bytes(900_000)) == CLEAN
        assert clamd.scan(bytes(1_000_001)) == TOO_LARGE
        assert clamd.scan(bytes(30_000_000)) == TOO_LARGE
        clamd.ping()
