"""Asks ClamAV's daemon about files, over its socket: one file at a time, sent as a stream, never as a path.

Source: clamd(8), "Commands". Over TCP the files travel in the clear: clamd belongs on this machine.
"""

from __future__ import annotations

import re
import socket
import struct
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Self, assert_never

from domain.errors import YoubanError
from domain.mail import Unopened


class VirusPolicy(StrEnum):
    """What is asked of ClamAV: nothing; as much as it answers; or an answer before anything is read."""

    OFF = "off"
    WARN = "warn"
    """A clamd that does not answer is a defect of the message, which goes on."""
    REQUIRE = "require"
    """A clamd that does not answer holds the message for a day; then a clerk gets it, unopened."""


class ScanResult(StrEnum):
    """What clamd says of a file."""

    CLEAN = "clean"
    INFECTED = "infected"
    TOO_LARGE = "too-large"
    """Over clamd's own limits: it has not been scanned, or not to its end."""
    ENCRYPTED = "encrypted"
    """Under a password, where clamd is told to report that (AlertEncrypted)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What clamd says of a file; ``signature`` names what it found, '' when clean."""

    result: ScanResult
    signature: str = ""


class ClamdError(YoubanError):
    """Clamd gave no verdict. It says nothing about the file: hold the message and try again.

    Args:
        address: where clamd was asked.
        problem: one sentence that says what is wrong.
    """

    def __init__(self, address: str, problem: str) -> None:
        self.address = address
        self.problem = problem
        super().__init__(f"clamd at {address}: {problem}")


class ClamdRefusedError(ClamdError):
    """Clamd is there and gave no verdict on this one file: it could not scan it, or not in time."""


class _PipeBrokenError(Exception):
    """Clamd closed the connection while it was being sent a file, and did not say why."""


_CHUNK_BYTES = 256 * 1024
_MOST_ANSWER_BYTES = 4096
LONGEST_S = 120.0
"""After so long no further file of a message is shown to clamd: its handler is killed after five minutes."""

# What clamd can be told to report as if it were a virus: what its own limits, or a password, kept it from looking at.
_NO_VIRUS = {"Heuristics.Limits.Exceeded": ScanResult.TOO_LARGE, "Heuristics.Encrypted": ScanResult.ENCRYPTED}


class Clamd:
    """A clamd at a Unix socket ("/run/clamav/clamd.ctl") or at "host:port"; a new connection for each question.

    ``timeout_s`` is for one whole question, not for each packet.
    Raises: ValueError when the address is neither.
    """

    def __init__(self, address: str, timeout_s: float = 60.0) -> None:
        self.address = address
        self._place = read_clamd_address(address)
        self._timeout_s = timeout_s

    def scan(self, data: bytes) -> Verdict:
        """Return what clamd says of a file's bytes.

        Raises: ClamdError when clamd is not there, is silent, or says that it could not scan.
        """
        for _ in range(2):
            with suppress(_PipeBrokenError):
                return self._scan_once(data)
        # Twice the same. Over StreamMaxLength clamd answers and hangs up, and the answer may be lost with the rest of
        # what we sent; a clamd that is ill does not answer a ping.
        self.ping()
        return Verdict(ScanResult.TOO_LARGE)

    def ping(self) -> None:
        """Return when clamd is there. Raises: ClamdError."""
        answer = self._ask(b"PING")
        if answer != "PONG":
            raise ClamdError(self.address, f"it answered {answer[:80]!r} to a ping")

    def fetch_version(self) -> str:
        """Return what clamd says of itself and its signatures, "ClamAV 1.4.3/27800/…". Raises: ClamdError."""
        return self._ask(b"VERSION")

    def _ask(self, command: bytes) -> str:
        try:
            with _Conversation(self._place, self._timeout_s) as clamd:
                clamd.send(b"z" + command + b"\0")
                return clamd.read_answer()
        except OSError as error:
            raise self._translate(error) from error

    def _scan_once(self, data: bytes) -> Verdict:
        try:
            with _Conversation(self._place, self._timeout_s) as clamd:
                try:
                    clamd.send_stream(data)
                except (BrokenPipeError, ConnectionResetError):
                    answer = ""
                    with suppress(OSError):
                        answer = clamd.read_answer()
                    if not answer:
                        raise _PipeBrokenError from None
                else:
                    answer = clamd.read_answer()
        except ConnectionResetError:
            raise _PipeBrokenError from None
        except OSError as error:
            raise self._translate(error) from error
        return self._read_verdict(answer)

    def _read_verdict(self, answer: str) -> Verdict:
        said = answer.removeprefix("stream: ")
        if said == "OK":
            return Verdict(ScanResult.CLEAN)
        if said.endswith(" FOUND"):
            signature = re.sub(r"[^\w.:()/+-]", "?", said.removesuffix(" FOUND"))[:100]
            known = (result for start, result in _NO_VIRUS.items() if signature.startswith(start))
            return Verdict(next(known, ScanResult.INFECTED), signature)
        if "size limit exceeded" in said:
            return Verdict(ScanResult.TOO_LARGE)
        if not said:
            raise ClamdError(self.address, "it hung up without an answer")
        raise ClamdRefusedError(self.address, f"it could not scan: {said[:200]!r}")

    def _translate(self, error: OSError) -> ClamdError:
        if isinstance(error, TimeoutError):
            return ClamdError(self.address, f"no answer within {self._timeout_s:g} s")
        return ClamdError(self.address, f"{error.strerror or error}; is clamav-daemon running, and may we reach it?")


def read_clamd_address(text: str) -> str | tuple[str, int]:
    """Return a Unix socket's path, or host and port. Raises: ValueError with what an address looks like."""
    if text.startswith("/"):
        return text
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError(f'{text!r} is no address of clamd: "/run/clamav/clamd.ctl" or "127.0.0.1:3310"')
    return host, int(port)


class _Conversation:
    """One connection, one question; every step within what is left of the time."""

    def __init__(self, place: str | tuple[str, int], timeout_s: float) -> None:
        self._deadline = time.monotonic() + timeout_s
        if isinstance(place, tuple):
            self._socket = socket.create_connection(place, timeout_s)
            return
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._socket.settimeout(timeout_s)
            self._socket.connect(place)
        except OSError:
            self._socket.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, data: bytes | memoryview) -> None:
        self._socket.settimeout(self._left_s())
        self._socket.sendall(data)

    def send_stream(self, data: bytes) -> None:
        """Send a file: chunks with their length in network order, an empty one at the end."""
        self.send(b"zINSTREAM\0")
        view = memoryview(data)
        for start in range(0, len(data), _CHUNK_BYTES):
            chunk = view[start : start + _CHUNK_BYTES]
            self.send(struct.pack("!I", len(chunk)))
            self.send(chunk)
        self.send(struct.pack("!I", 0))

    def read_answer(self) -> str:
        """Return what is said up to the NUL; '' when clamd hangs up before it."""
        said = b""
        while b"\0" not in said and len(said) < _MOST_ANSWER_BYTES:
            self._socket.settimeout(self._left_s())
            part = self._socket.recv(_MOST_ANSWER_BYTES)
            if not part:
                return ""
            said += part
        return said.partition(b"\0")[0].decode("utf-8", "replace").strip()

    def _left_s(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@dataclass(frozen=True, slots=True)
class Finding:
    """A file that clamd did not call clean; ``index`` None means clamd itself: no further file was looked at.

    ``words`` are for a clerk, and stand among the message's defects.
    """

    index: int | None
    words: str
    unopened: Unopened | None = None
    """What it says about the file; None when it says nothing."""


def check_files(policy: VirusPolicy, clamd: Clamd | None, files: Iterable[tuple[int, bytes]]) -> tuple[Finding, ...]:
    """Return what ClamAV has against these files, given as index and bytes; nothing when all are clean.

    Raises: ClamdError under ``require`` when clamd gives no verdict (hold the message, try again); ValueError when the
    policy asks for a clamd and there is none.
    """
    if policy is VirusPolicy.OFF:
        return ()
    if clamd is None:
        raise ValueError(f"virus = {policy.value!r} needs the address of clamd")
    findings: list[Finding] = []
    until = time.monotonic() + LONGEST_S
    for index, data in files:
        try:
            if time.monotonic() > until:
                raise ClamdRefusedError(clamd.address, f"the files of one message took more than {LONGEST_S:g} s")
            verdict = clamd.scan(data)
        except ClamdRefusedError:
            if policy is VirusPolicy.REQUIRE:
                raise
            findings.append(Finding(index, "病毒检查服务未能检查这个附件"))
            continue
        except ClamdError:
            if policy is VirusPolicy.REQUIRE:
                raise
            # One silence is enough: each further file would wait as long.
            return (*findings, Finding(None, "病毒检查服务没有应答，附件未经病毒检查"))
        if finding := _tell(index, verdict, policy):
            findings.append(finding)
    return tuple(findings)


def _tell(index: int, verdict: Verdict, policy: VirusPolicy) -> Finding | None:
    match verdict.result:
        case ScanResult.CLEAN:
            return None
        case ScanResult.INFECTED:
            return Finding(index, f"附件含有病毒（{verdict.signature}），请勿打开", Unopened.HOSTILE)
        case ScanResult.ENCRYPTED:
            return Finding(index, "附件加了密码，无法检查病毒", Unopened.ENCRYPTED)
        case ScanResult.TOO_LARGE:
            # Under ``require`` nothing is opened that has not been scanned.
            closed = Unopened.TOO_LARGE if policy is VirusPolicy.REQUIRE else None
            return Finding(index, "附件过大，未经病毒检查", closed)
        case _:
            assert_never(verdict.result)
