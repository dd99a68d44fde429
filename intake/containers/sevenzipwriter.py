"""Where py7zr writes: into memory, counted piece by piece. Imported only when a 7z came (py7zr costs 60 ms)."""

from __future__ import annotations

from py7zr.io import Py7zIO, WriterFactory

from intake.containers.limits import Budget


class CountingFactory(WriterFactory):
    """Makes a writer for each file; ``finished`` holds the files that came out whole, by their name."""

    def __init__(self, budget: Budget, *, packed: int) -> None:
        self.finished: dict[str, bytes] = {}
        self._budget = budget
        self._packed = packed
        self._size = 0

    def create(self, filename: str) -> Py7zIO:
        """Return the writer of one file."""
        return _Writer(filename, self)

    def count(self, size: int) -> None:
        """Count bytes that came out. Raises: OpeningError over the limits."""
        self._budget.take_bytes(size)
        self._size += size
        self._budget.refuse_ratio(self._size, self._packed)


class _Writer(Py7zIO):
    def __init__(self, name: str, factory: CountingFactory) -> None:
        self._name = name
        self._factory = factory
        self._pieces: list[bytes] = []

    def write(self, s: bytes | bytearray) -> int:
        self._factory.count(len(s))
        self._pieces.append(bytes(s))
        return len(s)

    def read(self, size: int | None = None) -> bytes:  # noqa: ARG002 - py7zr's signature
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:  # noqa: ARG002 - as above
        return 0

    def flush(self) -> None:
        """Nothing waits."""

    def size(self) -> int:
        return sum(map(len, self._pieces))

    def close(self) -> None:
        """Keep the file: py7zr closes it only when its CRC was right."""
        self._factory.finished[self._name] = b"".join(self._pieces)
        self._pieces.clear()
