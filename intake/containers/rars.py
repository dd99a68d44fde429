"""What a RAR holds, by Debian's ``unar``: another program, watched from outside.

It cannot run in the sandbox (no exec there), so it is confined in its own way: no shell, an empty environment, nothing
on its input; by Landlock it writes to its scratch folder alone and reads the system's programs and the archive, by
seccomp it opens no socket; it ends with us. Memory, CPU time, file size and open files are bounded by ``prlimit``
(util-linux) before it starts; wall time, number and sum of the files in the scratch folder are watched while it runs.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from domain.mail import Unopened
from intake.containers.files import Contents, OpeningError
from intake.containers.limits import Budget, too_large
from intake.containers.members import Gathering
from intake.containers.names import is_rubbish
from intake.containers.rarheaders import RarSummary, summarise_rar
from intake.containers.zipdirectory import SPLIT_WORDS
from intake.landlock import give_up_privileges, restrict_files
from intake.seccomp import build_program_filter, restrict_calls

# Where programs and their libraries lie, and the little that they read beside.
_PROGRAMS = tuple(map(Path, ("/usr", "/bin", "/lib", "/lib64", "/opt")))
_READABLE = tuple(
    Path(place) for place in ("/etc/ld.so.cache", "/etc/GNUstep", "/dev/null", "/dev/zero", "/dev/urandom")
)
_WATCH_S = 0.02
_MEMORY_BYTES = 1024**3
_UNAR_OPTIONS = ("-quiet", "-no-directory", "-no-recursion", "-force-rename", "-forks", "skip", "-password", "-")


NESTED_WORDS = "这个 RAR 装在另一个文件里，系统只能展开单独发送的 RAR，请对方把其中的材料直接作为附件发送"


def open_rar(data: bytes, budget: Budget) -> Contents:
    """Return the files of a RAR.

    Raises: OpeningError: ENCRYPTED and TOO_LARGE by its headers, UNSUPPORTED for one of several volumes (``unar``
    gives the half of a photograph that is in it) and where ``unar`` or ``prlimit`` is not installed or may not be
    started, DAMAGED when nothing came out.
    """
    summary, prlimit, unar = _screen(data, budget)
    try:
        with tempfile.TemporaryDirectory(prefix="youban-rar-") as scratch:
            source, target = Path(scratch) / "in.rar", Path(scratch) / "out"
            source.write_bytes(data)
            target.mkdir()
            is_whole = _run(_command(prlimit, unar, source, target=target, budget=budget), target, budget)
            # unar takes an archive that ends between two files for a whole one.
            return _collect(target, budget, is_whole=is_whole and not summary.is_cut, declared=summary.files)
    except (OSError, subprocess.SubprocessError) as error:
        raise OpeningError(Unopened.UNSUPPORTED, "RAR 解压程序无法运行") from error


def refuse_enclosed_rar(data: bytes, budget: Budget) -> Contents:
    """Tell why a RAR that lies in another file stays closed: what holds it is opened where no program may start.

    Raises: OpeningError, always: for what the RAR itself is guilty of as ``open_rar`` does, else TOO_DEEP, for which
    the citizen is asked to pack once only, or to send the pictures as they are.
    """
    _screen(data, budget)
    raise OpeningError(Unopened.TOO_DEEP, NESTED_WORDS)


def _screen(data: bytes, budget: Budget) -> tuple[RarSummary, str, str]:
    """Return what a RAR's headers say, and the two programs. Raises: OpeningError when it cannot be unpacked here."""
    summary = summarise_rar(data)
    if summary is None:
        raise OpeningError(Unopened.DAMAGED, "压缩包已损坏")
    if summary.is_locked:
        raise OpeningError(Unopened.ENCRYPTED, "压缩包已加密")
    if summary.is_split:
        raise OpeningError(Unopened.UNSUPPORTED, SPLIT_WORDS)
    if summary.files + summary.folders > budget.limits.max_entries:
        raise OpeningError(Unopened.TOO_LARGE, f"压缩包的目录超过 {budget.limits.max_entries} 项")
    budget.refuse_declared(summary.size_bytes, len(data))
    prlimit, unar = shutil.which("prlimit"), shutil.which("unar")
    if prlimit is None or unar is None:
        raise OpeningError(Unopened.UNSUPPORTED, "系统没有安装 RAR 解压程序")
    return summary, prlimit, unar


def _command(prlimit: str, unar: str, source: Path, *, target: Path, budget: Budget) -> list[str]:
    limits = budget.limits
    return [
        prlimit,
        f"--as={_MEMORY_BYTES}",
        f"--cpu={int(limits.max_unar_s) + 1}",
        f"--fsize={limits.max_bytes + 1}",
        "--core=0",
        "--nofile=64",
        "--",
        unar,
        *_UNAR_OPTIONS,
        "-output-directory",
        str(target),
        str(source),
    ]


def _run(command: list[str], target: Path, budget: Budget) -> bool:
    """Run the program to its end and return whether it was content. Raises: OpeningError over the limits."""
    call_filter, parent = build_program_filter(), os.getpid()
    programs = [Path(word) for word in (command[0], command[command.index("--") + 1])]

    def confine() -> None:
        give_up_privileges()
        if os.getppid() != parent:  # it ended before we asked to end with it
            os._exit(1)
        restrict_files(
            readable=(target.parent, *_READABLE), scratch=target, executable=(*_PROGRAMS, *programs), may_link=True
        )
        if call_filter is not None:
            restrict_calls(call_filter)

    # A session of its own, so that whatever it starts ends with it.
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8", "HOME": str(target.parent), "PATH": os.defpath},
        cwd=target,
        start_new_session=True,
        preexec_fn=confine,  # noqa: PLW1509 - who opens files has one thread
    )
    deadline = time.monotonic() + budget.limits.max_unar_s
    try:
        while True:
            try:
                code = process.wait(_WATCH_S)
            except subprocess.TimeoutExpired:
                code = None
            _check_growth(target, budget)
            if code is not None:
                return code == 0
            if time.monotonic() > deadline:
                raise OpeningError(Unopened.TOO_LARGE, f"解压超过 {budget.limits.max_unar_s:g} 秒")
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _check_growth(target: Path, budget: Budget) -> None:
    size = count = 0
    for folder, _, names in os.walk(target):
        for name in names:
            count += 1
            try:
                size += os.lstat(os.path.join(folder, name)).st_size  # noqa: PTH118 - hot loop
            except FileNotFoundError:
                continue
            if count > budget.limits.max_entries:
                raise OpeningError(Unopened.TOO_LARGE, f"压缩包的目录超过 {budget.limits.max_entries} 项")
            if size > budget.bytes_left:
                raise too_large(budget.limits)


def _collect(target: Path, budget: Budget, *, is_whole: bool, declared: int) -> Contents:
    gathering = Gathering(budget)
    if not is_whole:
        gathering.break_off("压缩包不完整或部分已损坏，只取出其中完好的文件")
    wanted: list[tuple[str, Path]] = []
    found = 0
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target).as_posix()
        found += path.is_symlink() or not path.is_dir()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            gathering.refuse_special(name)
        elif path.is_file() and not is_rubbish(name):
            wanted.append((name, path))
    budget.take_members(len(wanted))
    for name, path in wanted:
        data = path.read_bytes()
        budget.take_bytes(len(data))
        gathering.add(name, data)
    if (declared and not found) or (not wanted and not is_whole):
        raise OpeningError(Unopened.DAMAGED, "压缩包已损坏")
    return gathering.finish()
