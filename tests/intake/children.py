"""Forked children that try things out, for the tests of the kernel's fences."""

import errno
import gc
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from intake.confinement import Breach, ConfinedError, Confinement
from intake.sandbox import run_confined

QUICK = Confinement(memory_bytes=200 * 2**20, cpu_s=1, wall_s=10, result_bytes=2**20)


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


def apart(function) -> None:
    """Call it in a child process and fail with what it raised there.

    A broken PDF may spoil PDFium's process-wide cache of fonts: texts read later in the same process lose lines.
    """
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            function()
        except BaseException:
            os.write(write_end, traceback.format_exc()[-4000:].encode())
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        told = pipe.read().decode(errors="replace")
    _, status = os.waitpid(child, 0)
    assert not told, told
    assert status == 0


def try_out(attempt) -> str:
    try:
        attempt()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "well"


@pytest.fixture(autouse=True)
def nothing_is_left():
    before, children = set(Path("/proc/self/fd").iterdir()), set(psutil.Process().children())
    yield
    gc.collect()
    assert set(Path("/proc/self/fd").iterdir()) == before
    # Neither a child nor a zombie; the servers of other tests may be children of this process as well.
    assert set(psutil.Process().children()) <= children


def breach_of(function, limits: Confinement = QUICK) -> Breach:
    with pytest.raises(ConfinedError) as caught:
        run_confined(function, limits=limits)
    return caught.value.breach


def open_descriptors() -> list[int]:
    found = []
    for number in range(3, 1000):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(number)
    return found


_KILL = """
import os, sys, time
number, parent, known = int(sys.argv[1]), int(sys.argv[2]), set(sys.argv[3:])
print(flush=True)
while True:
    for name in {name for name in os.listdir("/proc") if name.isdigit()} - known:
        try:
            fields = open(f"/proc/{name}/stat").read().rpartition(")")[2].split()
        except OSError:
            continue
        # Only once it leads a session of its own: then it is our confined child.
        if int(fields[1]) == parent and fields[3] == name:
            os.kill(int(name), number)
            sys.exit()
    time.sleep(0.01)
"""


@contextmanager
def killer_of_next_child(number: int = signal.SIGKILL) -> Iterator[None]:
    """Send a signal to the next confined child.

    SIGKILL is what the kernel sends when the machine has no memory left, SIGSEGV what a hostile file does to a decoder.
    """
    known = [str(one.pid) for one in psutil.Process().children()]
    command = [sys.executable, "-c", _KILL, str(int(number)), str(os.getpid()), *known]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as killer:
        try:
            assert killer.stdout is not None
            killer.stdout.readline()
            yield
            killer.wait(timeout=30)
        finally:
            killer.kill()
