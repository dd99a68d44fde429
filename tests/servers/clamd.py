"""A scripted clamd on raw sockets, and Debian's own where it is installed."""

from __future__ import annotations

import os
import shutil
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers.scripted import ScriptedServer


@dataclass(frozen=True, slots=True)
class Script:
    """How one connection goes.

    ``answer`` replaces what an honest clamd would say, ``has_end`` False leaves out the NUL behind it.
    ``limit_bytes`` is StreamMaxLength: over it clamd says so (unless ``is_curt``) and hangs up with the rest unread.
    ``cuts``: it hangs up after the stream without a word; ``hangs``: it reads nothing and says nothing.
    """

    answer: bytes = b""
    has_end: bool = True
    limit_bytes: int | None = None
    is_curt: bool = False
    cuts: bool = False
    hangs: bool = False


class ScriptedClamd(ScriptedServer):
    """Answers its n-th connection by the n-th script, and every further one by the last (an honest one if none)."""

    def __init__(self, *scripts: Script, path: Path | None = None) -> None:
        self.taken: list[bytes] = []
        self.commands: list[bytes] = []
        self._scripts = scripts or (Script(),)
        if path is None:
            listener = socket.create_server(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{listener.getsockname()[1]}"
        else:
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(str(path))
            listener.listen()
            self.address = str(path)
        super().__init__(listener)

    def converse(self, sock: socket.socket, number: int) -> None:
        """Answer one command by the script of this connection."""
        script = self._scripts[min(number, len(self._scripts) - 1)]
        if script.hangs:
            self._stopping.wait()
            return
        command = _read_until_nul(sock)
        self.commands.append(command)
        answer = {b"zPING": b"PONG", b"zVERSION": b"ClamAV 1.4.3/27800/Sat Nov 21 08:00:00 2026"}.get(command, b"")
        if command == b"zINSTREAM":
            stream = _read_stream(sock, script.limit_bytes)
            if stream is not None:
                self.taken.append(stream)
                answer = b"stream: OK"
            elif script.is_curt:
                return
            else:
                answer = b"INSTREAM size limit exceeded. ERROR"
        if not script.cuts:
            sock.sendall((script.answer or answer) + (b"\0" if script.has_end else b""))


def _read_until_nul(sock: socket.socket) -> bytes:
    said = b""
    while (byte := sock.recv(1)) not in {b"", b"\0"}:
        said += byte
    return said


def _read_stream(sock: socket.socket, limit_bytes: int | None) -> bytes | None:
    """Return the whole stream; None when it goes over the limit."""
    stream = b""
    while size := struct.unpack("!I", _read_exactly(sock, 4))[0]:
        if limit_bytes is not None and len(stream) + size > limit_bytes:
            return None
        stream += _read_exactly(sock, size)
    return stream


def _read_exactly(sock: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = sock.recv(size - len(data))
        if not part:
            raise ConnectionResetError
        data += part
    return data


@contextmanager
def real_clamd(folder: Path, *, signature: str, stream_max_bytes: int) -> Iterator[str]:
    """Start Debian's clamd with one signature of our own, given as "Name:type:offset:hex"; give its socket's path."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if program is None:
        pytest.skip("optional: clamd is not installed")
    signatures = folder / "signatures"
    signatures.mkdir()
    (signatures / "youban.ndb").write_text(signature + "\n")
    sock = folder / "clamd.ctl"
    config = folder / "clamd.conf"
    config.write_text(
        f"LocalSocket {sock}\nDatabaseDirectory {signatures}\nForeground yes\nMaxThreads 2\n"
        f"StreamMaxLength {stream_max_bytes}\nTemporaryDirectory {folder}\n" + ("User root\n" * (os.getuid() == 0))
    )
    with (folder / "clamd.log").open("wb") as log:
        process = subprocess.Popen([program, f"--config-file={config}"], stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 60
        while not sock.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"clamd did not start: {(folder / 'clamd.log').read_text()}")
            time.sleep(0.05)
        yield str(sock)
    finally:
        process.terminate()
        process.wait(30)
