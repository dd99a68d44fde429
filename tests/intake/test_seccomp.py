"""The call filter in a forked child, and run by hand for both architectures."""

import errno
import os
import platform
import signal
import socket
import struct
from pathlib import Path

import pytest

from intake import seccomp
from intake.landlock import give_up_privileges
from intake.seccomp import build_call_filter, restrict_calls
from tests.intake.children import in_child

# By signal: the other method's thread would be there at each fork.
pytestmark = pytest.mark.timeout(60, method="signal")

ENOSYS, EPERM, ALLOWED, KILLED = 0x50000 | errno.ENOSYS, 0x50000 | errno.EPERM, 0x7FFF0000, 0x80000000


@pytest.fixture
def call_filter() -> bytes:
    call_filter = build_call_filter(allows_threads=False)
    if call_filter is None:
        pytest.skip("optional: this kernel has no seccomp")
    return call_filter


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
    program = seccomp._build_filter(column, (X86, ARM)[column], allows_threads=False)
    assert run_filter(program, architecture, number, *arguments) == verdict


@pytest.mark.parametrize(("column", "architecture", "clone"), [(0, X86, 56), (1, ARM, 220)])
def test_filter_lets_threads_be_started_but_no_process(column, architecture, clone):
    program = seccomp._build_filter(column, architecture, allows_threads=True)
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
    ours = {name: numbers[column] for name, numbers in seccomp._CALLS.items()}
    assert ours == {name: official[name] for name in ours}


def test_this_machine_is_known_where_it_should_be():
    if platform.machine() in {"x86_64", "aarch64"}:
        assert seccomp._ARCHITECTURES[platform.machine()]
