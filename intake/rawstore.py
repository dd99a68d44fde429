"""The store of raw bytes: content-addressed files that are on the disk before anybody is told about them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

from domain.errors import MessageError

_SHA256 = re.compile(r"[0-9a-f]{64}")


class RawStore:
    """Bytes under their SHA-256, as ``root/ab/abcd…``; directories 0700, files 0600.

    256 directories and not 65,536: making and flushing those cost a third of fetching light mail.

    The disk being full, or any other OSError of a ``put``, reaches the caller, and leaves nothing
    under the content's name: a file appears there by rename, whole and flushed, or not at all.
    Threads and processes may put the same content at once.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, data: bytes) -> str:
        """Keep bytes and return their SHA-256 in hex. Raises: OSError, for example ENOSPC."""
        return self.put_many([data])[0]

    def put_many(self, batch: Sequence[bytes]) -> list[str]:
        """Keep several contents and return their SHA-256 in order; each directory is flushed once.

        After an OSError some of them may be there: putting them again writes only the others.
        """
        touched: set[Path] = set()
        names = [self._put(data, touched) for data in batch]
        # Deepest first: an entry is worth something only when the way to it is on the disk as well.
        for directory in sorted(touched, key=lambda path: -len(path.parts)):
            _flush_directory(directory)
        return names

    def read(self, sha256: str) -> bytes:
        """Return the bytes kept under a digest. Raises: MessageError when they are gone or were changed."""
        try:
            data = self._path(sha256).read_bytes()
        except FileNotFoundError as exc:
            raise MessageError(f"the raw store has no {sha256}") from exc
        except OSError as exc:
            raise MessageError(f"the raw store cannot read {sha256}: {exc.strerror}") from exc
        if hashlib.sha256(data).hexdigest() != sha256:
            raise MessageError(f"the raw store's {sha256} was changed or damaged")
        return data

    def has(self, sha256: str) -> bool:
        """Whether something is kept under a digest; :meth:`read` alone tells whether it is sound."""
        return self._path(sha256).exists()

    def sizes(self) -> Iterator[tuple[str, int]]:
        """Yield the digest and the size in bytes of everything kept, in no order."""
        for path in self.root.glob("??/*"):
            if _SHA256.fullmatch(path.name):
                with contextlib.suppress(FileNotFoundError):
                    yield path.name, path.stat().st_size

    def _put(self, data: bytes, touched: set[Path]) -> str:
        name = hashlib.sha256(data).hexdigest()
        path = self._path(name)
        # Also for a file that is there: whoever put it may not have flushed the directory yet.
        touched.add(path.parent)
        if _size_bytes(path) == len(data):
            return name
        if not path.parent.is_dir():
            path.parent.mkdir(mode=0o700, exist_ok=True)
            touched.add(self.root)
        temporary = path.with_name(f".{name[:16]}.{secrets.token_hex(8)}")
        try:
            _write_flushed(temporary, data)
            temporary.rename(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return name

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise MessageError(f"not a SHA-256 in hex: {sha256[:80]!r}")
        return self.root / sha256[:2] / sha256


def _size_bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1


def _write_flushed(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
