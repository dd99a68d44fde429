"""What a machine says of its fences: this one, and one with an older kernel."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from intake.confinementreport import describe_confinement
from intake.landlock import find_landlock_abi
from intake.seccomp import build_call_filter

# By signal: the other method's thread would be there at each fork.
pytestmark = pytest.mark.timeout(60, method="signal")

ROOT = Path(__file__).parents[2]


@pytest.fixture
def seccomp() -> None:
    if build_call_filter(allows_threads=False) is None:
        pytest.skip("optional: this kernel has no seccomp")


def test_description_is_tried_out():
    report = describe_confinement()
    assert report.landlock_abi == find_landlock_abi()
    if report.landlock_abi >= 4 and report.has_seccomp:
        assert report.missing == ()
        assert str(report) == f"resource limits, Landlock {report.landlock_abi}, seccomp"
    else:
        assert report.missing


# A kernel that refuses Landlock and call filters, as older ones and some containers do: made by a filter of this one.
OLD_KERNEL = """
import errno, os, platform, signal, struct, sys, time
from intake.confinement import Breach, ConfinedError, Confinement, Outcome
from intake.confinementreport import describe_confinement
from intake.landlock import give_up_privileges
from intake.sandbox import run_confined
from intake.seccomp import restrict_calls

prctl = {"x86_64": 157, "aarch64": 167}[platform.machine()]
answer = lambda number: (6, 0, 0, 0x50000 | number)
steps = [(32, 0, 0, 0), (21, 0, 1, 444), answer(errno.ENOSYS)]
steps += [(21, 0, 3, prctl), (32, 0, 0, 16), (21, 0, 1, 22), answer(errno.EINVAL), (6, 0, 0, 0x7FFF0000)]
give_up_privileges()
restrict_calls(b"".join(struct.pack("=HBBI", *step) for step in steps))

def breach_of(function):
    try:
        run_confined(function, limits=Confinement(cpu_s=1, wall_s=3))
    except ConfinedError as error:
        return error.breach

def die_of_a_signal_without_name():
    os.kill(os.getpid(), 40)

def leave_a_process():
    if os.fork() == 0:
        time.sleep(60)

report = describe_confinement()
print(report.landlock_abi, report.has_seccomp, len(report.missing), "datagrams" in str(report))
print(run_confined(lambda: Outcome("well")).facts, breach_of(lambda: bytearray(3 * 2**30)))
print(breach_of(lambda: [0 for _ in iter(int, 1)]), breach_of(lambda: open("planted", "w").write("x" * 9999)))
print(breach_of(die_of_a_signal_without_name))
breach_of(leave_a_process)
"""


@pytest.mark.usefixtures("seccomp")
def test_older_kernel_still_limits_memory_time_and_files_and_says_what_is_missing(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", OLD_KERNEL], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    described, *told = run.stdout.splitlines()
    # Root may still start processes, which end with their session; others may not.
    assert described in {"0 False 4 True", "0 False 3 True"}
    assert told == ["well memory", "cpu-time forbidden", "crash"]
    left = [process for process in psutil.process_iter(["cmdline"]) if OLD_KERNEL in (process.info["cmdline"] or ())]
    assert psutil.wait_procs(left, timeout=10)[1] == []
