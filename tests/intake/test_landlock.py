"""The kernel's fences one by one, each in a forked child."""

import os
import socket

import pytest

from intake.landlock import close_files_except, find_landlock_abi, give_up_privileges, restrict_files
from tests.intake.children import in_child, try_out

# By signal: the other method's thread would be there at each fork.
pytestmark = pytest.mark.timeout(60, method="signal")


@pytest.fixture
def abi() -> int:
    if not (abi := find_landlock_abi()):
        pytest.skip("optional: this kernel has no Landlock")
    return abi


def test_files_beyond_those_named_are_closed(abi, tmp_path):
    open_one, closed, scratch = (tmp_path / name for name in ("open", "closed", "scratch"))
    for place in (open_one, closed, scratch):
        place.mkdir()
        (place / "file").write_text("x")

    def fence():
        give_up_privileges()
        assert restrict_files(readable=[open_one, closed / "absent"], scratch=scratch)

    assert in_child(
        fence,
        (open_one / "file").read_text,
        lambda: (open_one / "file").write_text("y"),
        (open_one / "file").unlink,
        (closed / "file").read_text,
        lambda: list(closed.iterdir()),
        lambda: (scratch / "file").write_text("y"),
        (scratch / "file").unlink,
        lambda: (scratch / "link").symlink_to("/etc"),
        lambda: os.mkfifo(scratch / "pipe"),
        lambda: os.execv("/bin/true", ["true"]),
    ) == ["well", "EACCES", "EACCES", "EACCES", "EACCES", "well", "well", "EACCES", "EACCES", "EACCES"]


def test_single_file_can_be_named(abi, tmp_path):
    (tmp_path / "one").write_text("x")
    (tmp_path / "two").write_text("x")

    def fence():
        give_up_privileges()
        restrict_files(readable=[tmp_path / "one"], scratch=None)

    assert in_child(fence, (tmp_path / "one").read_text, (tmp_path / "two").read_text) == ["well", "EACCES"]


def test_network_and_signals_are_fenced_by_newer_kernels(abi):
    def fence():
        give_up_privileges()
        restrict_files(readable=[], scratch=None)

    def connect():
        with socket.socket() as sock:
            sock.connect(server.getsockname())

    def bind():
        with socket.socket() as sock:
            sock.bind(("127.0.0.1", 0))

    def datagram():
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()

    parent = os.getpid()
    with socket.create_server(("127.0.0.1", 0)) as server:
        told = in_child(fence, connect, bind, datagram, lambda: os.kill(parent, 0))
    network = "EACCES" if abi >= 4 else "well"
    # Datagrams pass: what the call filter is for.
    assert told == [network, network, "well", "EPERM" if abi >= 6 else "well"]


def test_privileges_are_gone_for_good():
    assert in_child(give_up_privileges, lambda: os.chroot("/"), lambda: os.nice(-1)) == ["EPERM", "EPERM"]


def test_all_descriptors_but_one_are_closed():
    read_end, write_end = os.pipe()
    kept = 900
    os.dup2(write_end, kept)

    def alive(number: int):
        return lambda: os.fstat(number)

    def prepare():
        close_files_except(kept)

    child = os.fork()
    if child == 0:
        try:
            prepare()
            told = [number for number in range(3, 1000) if try_out(alive(number)) == "well"]
            os.write(kept, repr(told).encode())
        finally:
            os._exit(0)
    for end in (write_end, kept):
        os.close(end)
    with os.fdopen(read_end, "rb") as pipe:
        assert pipe.read() == b"[900]"
    os.waitpid(child, 0)
