"""How far a confined function may go, what it brings back, and how it may end: the words of the sandbox."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from domain.errors import MessageError
from domain.mail import Unopened


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a confined function found: facts that JSON can say, and whole files or long texts as bytes.

    Whoever uses it must look at every type and size in ``facts``: a child that was taken over says what it likes.
    """

    facts: object = None
    blobs: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Confinement:
    """How far a confined function may go. ``memory_bytes`` is on top of what the parent has mapped already.

    A scratch folder is the only place it may write, files up to ``scratch_file_bytes`` each; the caller makes and
    removes it. ``facts_bytes`` is smaller than ``result_bytes`` because JSON takes up to 25 times its size in memory.
    """

    memory_bytes: int = 1024**3
    cpu_s: int = 10
    wall_s: float = 15.0
    result_bytes: int = 128 * 1024**2
    facts_bytes: int = 2 * 1024**2
    blobs: int = 1000
    open_files: int = 64
    scratch: Path | None = None
    scratch_file_bytes: int = 128 * 1024**2
    allows_threads: bool = False


class Breach(StrEnum):
    """How a confined function ended instead of answering."""

    WALL_TIME = "wall-time"
    CPU_TIME = "cpu-time"
    MEMORY = "memory"
    CRASH = "crash"
    FORBIDDEN = "forbidden"
    """It asked for a file, a connection or a call that it may not have."""
    FAILED = "failed"
    """It raised an exception."""
    RESULT_TOO_LARGE = "result-too-large"
    BROKEN_ANSWER = "broken-answer"
    UNAVAILABLE = "unavailable"
    """The machine could not start or confine it: the file has not been looked at."""
    KILLED = "killed-by-machine"
    """Somebody else's SIGKILL ended it: the machine had no memory left. The limit of its own would have told MEMORY."""


_WORDS = {
    Breach.WALL_TIME: "打开文件用时超过 {wall_s:.0f} 秒，已停止，文件可能有害",
    Breach.CPU_TIME: "打开文件的计算时间超过 {cpu_s} 秒，已停止，文件可能有害",
    Breach.MEMORY: "打开文件所需内存超过 {memory_mb} MB，已停止，文件可能有害",
    Breach.CRASH: "打开文件时程序崩溃，文件可能已损坏或有害",
    Breach.FORBIDDEN: "打开文件时有被禁止的操作，已停止，文件可能有害",
    Breach.FAILED: "文件内容无法解析，可能已损坏",
    Breach.RESULT_TOO_LARGE: "文件展开后超过 {result_mb} MB，未采用",
    Breach.BROKEN_ANSWER: "打开文件的程序没有给出可信的结果，文件可能有害",
    Breach.UNAVAILABLE: "本机暂时无法启动隔离程序，文件尚未打开，请稍后重试",
    Breach.KILLED: "打开文件的程序被本机系统终止（多因内存不足），文件没有打开完，请稍后重试",
}
_UNOPENED = {
    Breach.FAILED: Unopened.DAMAGED,
    Breach.RESULT_TOO_LARGE: Unopened.TOO_LARGE,
    Breach.UNAVAILABLE: None,
    Breach.KILLED: None,
}


class ConfinedError(MessageError):
    """A confined function gave no answer: caught, one file is marked unopened; not caught, one message is quarantined.

    Its words are a clerk's: the detail is for the log alone, where ``run_confined`` writes it.

    Args:
        breach: how it ended.
        limits: the limits that held.
        detail: the name of the exception or signal, '' when there is none.
    """

    def __init__(self, breach: Breach, limits: Confinement, *, detail: str = "") -> None:
        self.breach = breach
        self.detail = detail
        words = _WORDS[breach].format(
            wall_s=limits.wall_s,
            cpu_s=limits.cpu_s,
            memory_mb=limits.memory_bytes // 2**20,
            result_mb=limits.result_bytes // 2**20,
        )
        super().__init__(words)

    @property
    def unopened(self) -> Unopened | None:
        """What it says about the file; None when the machine is to blame and the message should be tried again."""
        return _UNOPENED.get(self.breach, Unopened.HOSTILE)


DEFAULT_CONFINEMENT = Confinement()
