"""The kernel's fences one by one, each in a forked child; the call filter also run by hand for both architectures."""

import errno
import os
import platform
import signal
import socket
import struct
from pathlib import Path

import pytest

from intake import landlock
from intake.landlock import (
    build_call_filter,
    close_files_except,
    find_landlock_abi,
    give_up_privileges,
    restrict_calls,
    restrict_files,
)

# By signal: the other method's thread would be there at each fork.
pytestmark = pytest.mark.timeout(60, method="signal")

ENOSYS, EPERM, ALLOWED, KILLED = 0x50000 | errno.ENOSYS, 0x50000 | errno.EPERM, 0x7FFF0000, 0x80000000


@pytest.fixture
def abi() -> int:
    if not (abi := find_landlock_abi()):
        pytest.skip("optional: this kernel has no Landlock")
    return abi


@pytest.fixture
def call_filter() -> bytes:
    call_filter = build_call_filter(allows_threads=False)
    if call_filter is None:
        pytest.skip("optional: this kernel has no seccomp")
    return call_filter


def in_child(prepare, *attempts) -> list[str]:
    """Return for each attempt the name of the error it ends in, 'well' for none."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            prepare()
            os.write(write_end, " ".join(try_out(attempt) for attempt in attempts).encode())
        except BaseException as error:
            os.write(write_end, repr(error).encode())
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        told = pipe.read().decode()
    os.waitpid(child, 0)
    return told.split()


def try_out(attempt) -> str:
    try:
        attempt()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "well"


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


def test_calls_beyond_reading_do_not_exist(call_filter):
    def fence():
        give_up_privileges()
        restrict_calls(call_filter)

    assert in_child(
        fence,
        lambda: Path("/etc/passwd").read_text(),  # files are Landlock's part
        socket.socket,
        socket.socketpair,
        os.fork,
        lambda: os.execv("/bin/true", ["true"]),
        lambda: os.kill(os.getpid(), 0),
        lambda: os.kill(os.getppid(), signal.SIGTERM),
        lambda: os.setpriority(os.PRIO_PROCESS, 0, 1),
        lambda: os.memfd_create("x"),
    ) == ["well", *["ENOSYS"] * 8]


def test_call_filter_without_giving_up_privileges_is_an_error(call_filter):
    if os.getuid() == 0:
        pytest.skip("optional: root may filter calls without that")
    assert in_child(lambda: None, lambda: restrict_calls(call_filter)) == ["EACCES"]


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


# The filter, run by hand


def run_filter(program: bytes, architecture: int, number: int, *arguments: int) -> int:
    """Return what the kernel would do with a call (linux/filter.h)."""
    call = struct.pack("<iIQ6Q", number, architecture, 0, *arguments, *(0,) * (6 - len(arguments)))
    steps = list(struct.iter_unpack("<HBBI", program))
    at = held = 0
    while True:
        code, yes, no, value = steps[at]
        at += 1
        if code == 0x20:
            (held,) = struct.unpack_from("<I", call, value)
        elif code == 0x06:
            return value
        else:
            at += yes if (held == value if code == 0x15 else held & value) else no


X86, ARM = 0xC000003E, 0xC00000B7


@pytest.mark.parametrize(
    ("architecture", "number", "arguments", "verdict"),
    [
        (X86, 0, (), ALLOWED),  # read
        (X86, 2, (), ALLOWED),  # open
        (X86, 290, (), ALLOWED),  # eventfd2, last of the table
        (X86, 232, (), ALLOWED),  # epoll_wait, last of the old ones
        (X86, 41, (), ENOSYS),  # socket
        (X86, 57, (), ENOSYS),  # fork
        (X86, 59, (), ENOSYS),  # execve
        (X86, 322, (), ENOSYS),  # execveat
        (X86, 62, (), ENOSYS),  # kill
        (X86, 101, (), ENOSYS),  # ptrace
        (X86, 157, (), ENOSYS),  # prctl
        (X86, 425, (), ENOSYS),  # io_uring_setup
        (X86, 435, (), ENOSYS),  # clone3
        (X86, 56, (0x10000,), ENOSYS),  # clone of a thread
        (X86, 0x40000000, (), ENOSYS),  # read, of the x32 numbering
        (X86, 0x4000002A, (), ENOSYS),
        (X86, 302, (0, 9), ALLOWED),  # prlimit64, own
        (X86, 302, (2**32, 9), ALLOWED),  # the kernel takes the lower half
        (X86, 302, (77, 9), EPERM),
        (X86, 72, (3, 1), ALLOWED),  # fcntl F_GETFD
        (X86, 72, (3, 8), EPERM),  # F_SETOWN
        (X86, 72, (3, 10), EPERM),  # F_SETSIG
        (X86, 72, (3, 15), EPERM),  # F_SETOWN_EX
        (0x40000003, 5, (), KILLED),  # a call of the 32-bit kind
        (ARM, 63, (), ALLOWED),  # read
        (ARM, 56, (), ALLOWED),  # openat
        (ARM, 2, (), ENOSYS),  # open elsewhere, io_submit here
        (ARM, 198, (), ENOSYS),  # socket
        (ARM, 221, (), ENOSYS),  # execve
        (ARM, 220, (17,), ENOSYS),  # clone
        (ARM, 129, (), ENOSYS),  # kill
        (ARM, 117, (), ENOSYS),  # ptrace
        (ARM, 261, (77, 9), EPERM),  # prlimit64
        (ARM, 25, (3, 10), EPERM),  # fcntl F_SETSIG
        (ARM, 25, (3, 3), ALLOWED),
        (X86 + 1, 63, (), KILLED),
    ],
)
def test_filter_tells_calls_apart(architecture, number, arguments, verdict):
    column = 0 if architecture & 0xFF in {0x3E, 0x3F, 0x03} else 1
    program = landlock._build_filter(column, (X86, ARM)[column], allows_threads=False)
    assert run_filter(program, architecture, number, *arguments) == verdict


@pytest.mark.parametrize(("column", "architecture", "clone"), [(0, X86, 56), (1, ARM, 220)])
def test_filter_lets_threads_be_started_but_no_process(column, architecture, clone):
    program = landlock._build_filter(column, architecture, allows_threads=True)
    assert run_filter(program, architecture, clone, 0x3D0F00) == ALLOWED  # as pthread_create asks
    assert run_filter(program, architecture, clone, 0x1200011) == EPERM  # as fork asks
    assert run_filter(program, architecture, clone, 0x4111) == EPERM  # as vfork asks
    assert run_filter(program, architecture, 435, 0) == ENOSYS  # clone3: its flags are out of sight


HEADERS = {
    0: ("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", r"#define __NR_(\w+) (\d+)"),
    1: ("/usr/include/asm-generic/unistd.h", r"#define __NR(?:3264)?_(\w+)\s+(\d+)"),
}


@pytest.mark.parametrize("column", [0, 1])
def test_numbers_are_those_of_the_kernels_headers(column):
    import re

    path, pattern = HEADERS[column]
    if not Path(path).exists():
        pytest.skip("optional: linux-libc-dev is not installed")
    official = {name: int(number) for name, number in re.findall(pattern, Path(path).read_text())}
    official.setdefault("newfstatat", official.get("fstatat", 0))
    ours = {name: numbers[column] for name, numbers in landlock._CALLS.items()}
    assert ours == {name: official[name] for name in ours}


def test_this_machine_is_known_where_it_should_be():
    if platform.machine() in {"x86_64", "aarch64"}:
        assert landlock._ARCHITECTURES[platform.machine()]
