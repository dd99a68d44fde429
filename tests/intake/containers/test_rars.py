"""RAR goes through another program: a script of ours stands in for it where the limits around it are tested."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from domain.mail import Unopened
from intake.containers.files import File
from intake.containers.limits import Limits
from intake.containers.opening import RAR, open_members, opens_outside_sandbox, unpack_outside_sandbox
from intake.containers.rarheaders import RAR4, RarSummary, summarise_rar
from intake.containers.rars import NESTED_WORDS
from tests.acceptance.waiting import wait_until
from tests.intake.containers.asking import ask, held
from tests.intake.containers.samples import BACK, FRONT, make_7z, make_rar5, make_tar, make_zip, photo

Install = Callable[[str], None]
PHOTOS = {FRONT: photo(1), BACK: photo(2)}
LIMITS = Limits(max_bytes=1_000_000, max_unar_s=1.0)


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a shell script in the place of ``unar``; $OUT is its output folder, $IN the archive."""

    def put(script: str) -> None:
        program = tmp_path / "unar"
        take = 'for a in "$@"; do OUT="$IN"; IN="$a"; done\n'
        program.write_text(f'#!/bin/sh\n{take}cd "$OUT"\n{script}\n', encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    return put


def test_only_rar_opens_outside() -> None:
    assert opens_outside_sandbox(RAR)
    assert not opens_outside_sandbox("application/zip")


def test_rar_gives_its_files_through_the_real_program() -> None:
    if shutil.which("unar") is None:
        pytest.skip("needs Debian's unar")
    assert held(ask(make_rar5(PHOTOS))) == PHOTOS


def test_rar_without_the_program_is_unsupported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ask(make_rar5(PHOTOS)).unopened is Unopened.UNSUPPORTED


@pytest.mark.parametrize(
    "hold",
    [
        lambda rar: make_zip([("照片.rar".encode(), rar)]),
        lambda rar: make_tar({"照片.rar": rar}),
        lambda rar: make_7z({"照片.rar": rar}),
    ],
    ids=["zip", "tar", "7z"],
)
def test_rar_in_another_file_is_told_as_such(install: Install, hold: Callable[[bytes], bytes]) -> None:
    install("printf x > ran.txt")
    (member,) = ask(hold(make_rar5(PHOTOS))).members
    assert (member.opened.unopened, member.opened.members) == (Unopened.TOO_DEEP, ())
    assert member.opened.defects == (NESTED_WORDS,)


def test_rar_in_another_file_is_told_what_it_is_guilty_of_itself(
    install: Install, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def reason(rar: bytes) -> Unopened | None:
        return ask(make_zip([("照片.rar".encode(), rar)])).members[0].opened.unopened

    install("printf x > ran.txt")
    assert reason(make_rar5(PHOTOS, is_locked=True)) is Unopened.ENCRYPTED
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert reason(make_rar5(PHOTOS)) is Unopened.UNSUPPORTED  # to send it alone would not help


def test_headers_of_both_versions_are_summarised() -> None:
    assert summarise_rar(make_rar5(PHOTOS)) == RarSummary(2, len(photo(1)) + len(photo(2)))
    assert summarise_rar(RAR4 + b"\0\0\x73\x80\0\x0d\0" + bytes(6)) == RarSummary(is_locked=True)
    locked = b"\0\0\x74\x04\x80\x20\0" + (5).to_bytes(4, "little") * 2 + bytes(17)
    assert summarise_rar(RAR4 + b"\0\0\x73\0\0\x0d\0" + bytes(6) + locked) == RarSummary(is_locked=True)
    assert summarise_rar(b"PK") is None


def test_members_are_opened_in_a_second_step(install: Install) -> None:
    install("mkdir 身份证; cp \"$IN\" 身份证/1.rar; printf 'hello' > a.txt; ln -s /etc/passwd link")
    data = make_rar5(PHOTOS)
    unpacked = unpack_outside_sandbox(File("材料.rar", RAR, data))
    assert held(unpacked) == {"a.txt": b"hello", "身份证／1.rar": data}
    assert [member.opened.text for member in unpacked.members] == ["", ""]
    assert unpacked.defects == ("“link”是链接或设备，不是文件，已忽略",)
    opened = open_members(unpacked)
    assert opened.members[0].opened.text == "hello"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("while :; do :; done", Unopened.TOO_LARGE),
        ("sleep 60", Unopened.TOO_LARGE),
        ("head -c 400000000 /dev/zero > a", Unopened.TOO_LARGE),
        ("for i in 1 2 3 4 5; do head -c 900000 /dev/zero > $i; done; sleep 60", Unopened.TOO_LARGE),
        ("i=0; while [ $i -lt 2500 ]; do : > $i; i=$((i+1)); done", Unopened.TOO_LARGE),
        ("exit 1", Unopened.DAMAGED),
        ("kill -9 $$", Unopened.DAMAGED),
    ],
)
def test_program_is_kept_within_its_limits(install: Install, script: str, reason: Unopened) -> None:
    install(script)
    started = time.monotonic()
    opened = ask(make_rar5({"a": b"x"}), limits=LIMITS)
    assert (opened.unopened, opened.members) == (reason, ())
    assert time.monotonic() - started < 10


def test_program_sees_nothing_of_ours(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUBAN_SECRET", "x")
    install("env > env.txt; ulimit -v > memory.txt; cat > input.txt")
    files = held(ask(make_rar5({"a": b"x"})))
    assert b"SECRET" not in files["env.txt"]
    assert files["memory.txt"] == b"1048576\n"
    assert files["input.txt"] == b""


def test_program_reaches_neither_our_files_nor_the_network(install: Install, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hush", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        tries = (
            f"cat {tmp_path}/secret > read.txt",
            f"echo x > {tmp_path}/written",
            f"echo x > /dev/shm/youban-{os.getpid()}",
            f"{sys.base_prefix}/bin/python3 -c 'import socket; socket.create_connection((\"127.0.0.1\", {port}), 1)'",
            f"bash -c 'echo x > /dev/tcp/127.0.0.1/{port}'",
        )
        install(
            "\n".join(f"{line} && echo done > {number}.txt" for number, line in enumerate(tries)) + "\necho x > end"
        )
        assert held(ask(make_rar5({"a": b"x"}))).keys() == {"read.txt", "end"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret", "unar"]


def test_program_ends_with_who_started_it(install: Install, tmp_path: Path) -> None:
    install("echo $$ > started; sleep 60")
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            ask(make_rar5({"a": b"x"}))
        os._exit(0)
    wait_until(lambda: len(psutil.Process(child).children()) == 1, "it runs")
    (program,) = psutil.Process(child).children()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    wait_until(lambda: not program.is_running(), "it has ended")


def test_what_came_out_before_a_failure_is_kept(install: Install) -> None:
    install("printf hello > a.txt; exit 1")
    opened = ask(make_rar5({"a": b"x"}))
    assert held(opened) == {"a.txt": b"hello"}
    assert "不完整" in opened.defects[0]


def test_locked_or_oversized_rar_never_reaches_the_program(install: Install) -> None:
    install("printf x > ran.txt")
    assert ask(make_rar5(PHOTOS, is_locked=True)).unopened is Unopened.ENCRYPTED
    assert ask(make_rar5({"a": bytes(2_000_000)}), limits=LIMITS).unopened is Unopened.TOO_LARGE
