"""Hostile functions run for real: each costs its child, and the parent hears how it ended."""

import ctypes
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
import structlog

from domain.errors import MessageError
from domain.mail import Unopened
from intake import sandbox
from intake.confinement import Breach, ConfinedError, Confinement, Outcome
from intake.landlock import find_landlock_abi
from intake.sandbox import DYING_S, run_confined
from intake.seccomp import build_call_filter
from tests.intake.children import (
    QUICK,
    breach_of,
    killer_of_next_child,
    nothing_is_left,  # noqa: F401 - for all
    open_descriptors,
)

# By signal: the other method's thread would be there at each fork.
pytestmark = pytest.mark.timeout(60, method="signal")

ROOT = Path(__file__).parents[2]


@pytest.fixture
def landlock() -> None:
    if not find_landlock_abi():
        pytest.skip("optional: this kernel has no Landlock")


@pytest.fixture
def seccomp() -> None:
    if build_call_filter(allows_threads=False) is None:
        pytest.skip("optional: this kernel has no seccomp")


def test_outcome_comes_back_whole():
    sent = Outcome(
        {"页": [1, -2.5, None, True, "喆𠮷\0\\ud800"], "": {}}, (b"", bytes(range(256)) * 1000, "中".encode())
    )
    assert run_confined(lambda: sent) == sent
    assert run_confined(Outcome) == Outcome()


def test_large_outcome_comes_back_whole():
    blob = os.urandom(30 * 2**20)
    assert run_confined(lambda: Outcome(None, (blob, blob))).blobs == (blob, blob)


# Memory, time, and ways to die


def take_3_gib():
    bytearray(3 * 2**30)


def take_more_and_more():
    held = []
    while True:
        held.append(bytearray(2**20))


def loop():
    while True:
        pass


def loop_deaf():
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    loop()


def recurse():
    recurse()


def raise_interrupt():
    raise KeyboardInterrupt


def close_everything_and_sleep():
    os.closerange(0, 1000)
    time.sleep(60)


class UnspeakableError(Exception):
    def __str__(self):
        raise SystemExit


def raise_unspeakable():
    raise UnspeakableError


@pytest.mark.parametrize(
    ("function", "breach"),
    [
        (take_3_gib, Breach.MEMORY),
        (take_more_and_more, Breach.MEMORY),
        (loop, Breach.CPU_TIME),
        (loop_deaf, Breach.CPU_TIME),
        (lambda: ctypes.string_at(0), Breach.CRASH),
        (os.abort, Breach.CRASH),
        (lambda: signal.raise_signal(40), Breach.FORBIDDEN),
        (lambda: os._exit(0), Breach.BROKEN_ANSWER),
        (sys.exit, Breach.FAILED),
        (raise_interrupt, Breach.FAILED),
        (raise_unspeakable, Breach.FAILED),
        (recurse, Breach.FAILED),
        (lambda: 1 / 0, Breach.FAILED),
        (lambda: None, Breach.FAILED),
        (lambda: Outcome({1, 2}), Breach.FAILED),
        (lambda: Outcome(float("nan")), Breach.FAILED),
        (lambda: Outcome("\ud800"), Breach.FAILED),
        (lambda: Outcome(None, (bytes(2**21),)), Breach.RESULT_TOO_LARGE),
        (lambda: Outcome(None, (b"",) * 2000), Breach.RESULT_TOO_LARGE),
        (lambda: __import__("no_such_module"), Breach.UNAVAILABLE),
    ],
)
def test_function_that_does_not_answer_is_told_by_its_end(function, breach):
    assert breach_of(function) == breach


def test_sleeper_is_stopped_at_the_wall_limit():
    begun = time.monotonic()
    assert breach_of(lambda: time.sleep(60), Confinement(wall_s=0.3)) == Breach.WALL_TIME
    assert time.monotonic() - begun < 5


def test_child_that_closes_the_pipe_is_not_waited_for():
    begun = time.monotonic()
    assert breach_of(close_everything_and_sleep) == Breach.BROKEN_ANSWER
    assert time.monotonic() - begun < DYING_S + 5


def fill_and_sleep():
    held = bytearray(50 * 2**20)
    time.sleep(60)
    return Outcome(len(held))


def test_kill_by_the_machine_is_no_fault_of_the_file():
    with killer_of_next_child(), pytest.raises(ConfinedError) as caught:
        run_confined(fill_and_sleep, limits=Confinement(wall_s=60))
    assert (caught.value.breach, caught.value.unopened) == (Breach.KILLED, None)
    assert "有害" not in str(caught.value)


def test_memory_over_its_own_limit_is_still_the_fault_of_the_file():
    # Through the C library as well: the allocation fails, nobody kills.
    assert breach_of(take_more_and_more) == Breach.MEMORY
    assert run_confined(lambda: Outcome(ctypes.CDLL(None).malloc(2**31 - 1)), limits=QUICK).facts == 0


def test_recursion_in_c_costs_the_child_alone():
    def recurse_in_c(_=0):
        list(map(recurse_in_c, [0]))

    def dive():
        sys.setrecursionlimit(10**9)
        recurse_in_c()

    assert breach_of(dive) in {Breach.CRASH, Breach.FAILED, Breach.MEMORY}


def test_error_speaks_to_a_clerk_and_says_what_it_means_for_the_file():
    with pytest.raises(ConfinedError) as caught:
        run_confined(lambda: int("张三 身份证"))
    assert isinstance(caught.value, MessageError)
    assert (str(caught.value), caught.value.detail) == ("文件内容无法解析，可能已损坏", "ValueError")
    assert caught.value.unopened == Unopened.DAMAGED
    assert ConfinedError(Breach.MEMORY, QUICK).unopened == Unopened.HOSTILE
    assert str(ConfinedError(Breach.MEMORY, QUICK)) == "打开文件所需内存超过 200 MB，已停止，文件可能有害"
    assert ConfinedError(Breach.RESULT_TOO_LARGE, QUICK).unopened == Unopened.TOO_LARGE
    assert ConfinedError(Breach.UNAVAILABLE, QUICK).unopened is None


def test_every_breach_has_words():
    assert all(str(ConfinedError(breach, QUICK)) for breach in Breach)


def as_words(_logger, _method, event):
    return f"{event['event']} {event['breach']} {event['detail']}"


def test_names_of_exceptions_and_signals_are_for_the_log_alone(caplog, monkeypatch):
    monkeypatch.setattr(sandbox, "log", structlog.wrap_logger(sandbox.logging.getLogger("intake.sandbox"), [as_words]))
    caplog.set_level("INFO", logger="intake.sandbox")
    for function in (lambda: int("张三 身份证"), lambda: ctypes.string_at(0), lambda: os._exit(0)):
        with pytest.raises(ConfinedError) as caught:
            run_confined(function, limits=QUICK)
        assert not re.search("[A-Za-z]", str(caught.value))
    assert caplog.messages == [
        "confined_ended failed ValueError",
        "confined_ended crash SIGSEGV",
        "confined_ended broken-answer ",
    ]


UNTOLD = """
import os
from intake.sandbox import ConfinedError, run_confined
try:
    run_confined(lambda: os._exit(0))
except ConfinedError:
    print("over")
"""


def test_log_stays_out_of_the_output_of_a_command_without_logs():
    run = subprocess.run([sys.executable, "-c", UNTOLD], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("over\n", "")


# What it may not do


def connect_tcp():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


def send_datagram():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.sendto(b"x", ("127.0.0.1", 9))


@pytest.mark.usefixtures("landlock", "seccomp")
@pytest.mark.parametrize(
    "function",
    [
        lambda: Path("/etc/passwd").read_text(),
        lambda: Path(f"/proc/{os.getppid()}/environ").read_bytes(),
        lambda: Path("/proc/self/environ").read_bytes(),
        lambda: list(ROOT.iterdir()),
        lambda: Path("/dev/shm/youban-test").write_text("x"),
        lambda: Path("/tmp/youban-test").write_text("x"),
        lambda: (ROOT / "intake" / "planted.py").write_text("x"),
        connect_tcp,
        send_datagram,
        lambda: socket.socket(socket.AF_UNIX),
        lambda: os.execv("/bin/true", ["true"]),
        lambda: subprocess.run(["/bin/true"], check=False),
        os.fork,
        lambda: os.kill(os.getppid(), signal.SIGTERM),
        lambda: os.kill(os.getppid(), 0),
        lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19),
        lambda: os.link("/etc/passwd", "/tmp/youban-test"),
    ],
)
def test_forbidden_act_is_refused_and_told(function):
    assert breach_of(function) == Breach.FORBIDDEN


@pytest.mark.usefixtures("landlock")
def test_settings_beside_the_code_cannot_be_read(tmp_path):
    (tmp_path / "youban.toml").write_text("secret")
    assert breach_of((tmp_path / "youban.toml").read_text) == Breach.FORBIDDEN
    assert breach_of((ROOT / "pyproject.toml").read_text) == Breach.FORBIDDEN


@pytest.mark.usefixtures("seccomp")
def test_limits_of_the_parent_are_out_of_reach():
    import resource

    parent = os.getpid()
    before = resource.prlimit(parent, resource.RLIMIT_CPU)
    assert breach_of(lambda: resource.prlimit(parent, resource.RLIMIT_CPU, (1, 1))) == Breach.FORBIDDEN
    assert resource.prlimit(parent, resource.RLIMIT_CPU) == before


def test_own_limits_cannot_be_raised_again_not_even_by_root():
    import resource

    def raise_limit():
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    assert breach_of(raise_limit) in {Breach.FORBIDDEN, Breach.FAILED}
    assert breach_of(lambda: resource.prlimit(0, resource.RLIMIT_CPU, (99, 99))) in {Breach.FORBIDDEN, Breach.FAILED}


def test_threads_are_a_matter_of_limits():
    def work_in_thread():
        done = []
        thread = threading.Thread(target=lambda: done.append(1))
        thread.start()
        thread.join()
        return Outcome(done)

    assert breach_of(work_in_thread) == Breach.FAILED
    assert run_confined(work_in_thread, limits=Confinement(allows_threads=True)).facts == [1]


@pytest.mark.usefixtures("seccomp")
def test_threads_do_not_bring_processes():
    assert breach_of(os.fork, Confinement(allows_threads=True)) == Breach.FORBIDDEN


def test_late_import_and_rare_codec_work():
    def read():
        import colorsys  # nobody has imported it yet

        return Outcome(
            [colorsys.__name__, "喆镕".encode("gb18030").decode("gb18030"), b"\x1b$B".decode("iso2022_jp_3")]
        )

    assert run_confined(read).facts == ["colorsys", "喆镕", ""]


@pytest.mark.usefixtures("landlock")
def test_scratch_folder_is_the_one_place_to_write(tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    limits = Confinement(scratch=scratch, scratch_file_bytes=1000)

    def unpack():
        Path("sub").mkdir()
        Path("sub/one").write_bytes(bytes(1000))
        return Outcome([place.name for place in scratch.iterdir()])

    assert run_confined(unpack, limits=limits).facts == ["sub"]
    assert (scratch / "sub/one").stat().st_size == 1000
    assert breach_of(lambda: Path("two").write_bytes(bytes(1001)), limits) == Breach.FORBIDDEN
    assert breach_of(lambda: (tmp_path / "out").write_text("x"), limits) == Breach.FORBIDDEN
    assert breach_of(lambda: Path("../out").write_text("x"), limits) == Breach.FORBIDDEN
    assert breach_of(lambda: Path("link").symlink_to("/etc/passwd"), limits) == Breach.FORBIDDEN
    assert list(tmp_path.iterdir()) == [scratch]


# What it inherits


def test_child_inherits_one_end_of_a_pipe_and_nothing_else(tmp_path):
    with (tmp_path / "parents").open("w"), socket.create_server(("127.0.0.1", 0)):
        assert len(run_confined(lambda: Outcome(open_descriptors())).facts) == 1


def test_what_the_parent_has_open_goes_on_working(tmp_path):
    database = sqlite3.connect(tmp_path / "db")
    database.execute("create table t (n)")
    database.execute("insert into t values (1)")
    with (tmp_path / "file").open("w") as file:
        file.write("once")
        run_confined(Outcome)
        breach_of(sys.exit)
        breach_of(lambda: ctypes.string_at(0))
    database.commit()
    assert database.execute("select n from t").fetchall() == [(1,)]
    database.close()
    assert (tmp_path / "file").read_text() == "once"


def test_what_the_child_prints_is_lost(capfd):
    def chatter():
        os.write(1, b"to the terminal")
        os.write(2, b"to the log")
        return Outcome()

    run_confined(chatter)
    breach_of(lambda: ctypes.string_at(0))  # nor does faulthandler write
    assert capfd.readouterr() == ("", "")


def test_signals_of_the_parent_are_the_parents():
    heard = []
    before = signal.signal(signal.SIGTERM, lambda *_: heard.append(1))
    try:
        run = run_confined(lambda: Outcome([signal.getsignal(signal.SIGTERM) == 0, len(signal.pthread_sigmask(0, ()))]))
        os.kill(os.getpid(), signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert run.facts == [True, 0]
    assert heard == [1]


def test_interrupted_parent_leaves_no_child():
    class InterruptedByTestError(Exception):
        pass

    def interrupt(*_):
        raise InterruptedByTestError

    before = signal.signal(signal.SIGUSR1, interrupt)
    with subprocess.Popen(["/bin/sh", "-c", f"sleep 0.3; kill -USR1 {os.getpid()}"]):
        try:
            with pytest.raises(InterruptedByTestError):
                run_confined(lambda: time.sleep(60))
        finally:
            signal.signal(signal.SIGUSR1, before)


AT_THE_LIMIT = """
import os, sys
from intake.sandbox import ConfinedError, Outcome, run_confined
run_confined(Outcome)
parent = os.getpid()
for room in range(2, 80):
    sys.setrecursionlimit(room + 1)
    try:
        run_confined(Outcome)
    except (ConfinedError, RecursionError):
        pass
    finally:
        sys.setrecursionlimit(1000)
    if os.getpid() != parent:
        print("escaped with room for", room)
        os._exit(0)
print("over")
"""


def test_parent_without_standard_files_gets_its_answer():
    code = """
import os, sys
from intake.sandbox import Outcome, run_confined
told = os.dup(1)
os.closerange(0, 3)
os.write(told, run_confined(lambda: Outcome("well")).facts.encode())
os._exit(0)
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, check=False)
    assert run.stdout == b"well"


def test_child_without_room_on_the_stack_does_not_come_back_either():
    run = subprocess.run([sys.executable, "-c", AT_THE_LIMIT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("over\n", "")


def test_child_ends_with_its_parent():
    code = (
        "import time; from intake.sandbox import *; run_confined(lambda: time.sleep(60), limits=Confinement(wall_s=60))"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT) as parent:
        while not (children := psutil.Process(parent.pid).children()):
            time.sleep(0.01)
        parent.kill()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []


# All together


def test_many_runs_leave_nothing():
    for n in range(60):
        assert run_confined(lambda n=n: Outcome(n)).facts == n
