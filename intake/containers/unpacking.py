"""Compressed bytes to plain ones, a piece at a time, so that a bomb is noticed before it has exploded."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from intake.containers.limits import Budget

_IN_BYTES = 64 * 1024
_OUT_BYTES = 1024 * 1024
_MAX_XZ_MEMORY = 128 * 1024 * 1024  # xz -9 needs 65 MB


class UnknownPackingError(Exception):
    """A file is packed in a way that is not read here."""


class TruncatedError(Exception):
    """A stream ended before its end mark."""


class _BlockDecompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


def inflate(packed: memoryview, *, wbits: int = -15) -> Iterator[bytes]:
    """Yield a deflate stream's bytes (RFC 1951; ``wbits`` 31 for gzip, RFC 1952), all members of it.

    Raises: zlib.error; TruncatedError at a missing end.
    """
    position = 0
    while position < len(packed):
        stream = zlib.decompressobj(wbits)
        while not stream.eof:
            pending = stream.unconsumed_tail
            if not pending:
                # Fed in small pieces: the unconsumed tail is copied at every call.
                pending = bytes(packed[position : position + _IN_BYTES])
                position += len(pending)
            if not pending:
                raise TruncatedError
            if piece := stream.decompress(pending, _OUT_BYTES):
                yield piece
        position -= len(stream.unused_data)
        if wbits != 31 or bytes(packed[position : position + 2]) != b"\x1f\x8b":
            return


def unpack_bz2(packed: memoryview) -> Iterator[bytes]:
    """Yield a bzip2 stream's bytes. Raises: OSError, EOFError, TruncatedError."""
    return _unpack_blocks(packed, bz2.BZ2Decompressor)


def unpack_xz(packed: memoryview) -> Iterator[bytes]:
    """Yield an xz stream's bytes. Raises: lzma.LZMAError, EOFError, TruncatedError."""
    return _unpack_blocks(packed, lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, _MAX_XZ_MEMORY))


def _unpack_blocks(packed: memoryview, make: Callable[[], _BlockDecompressor]) -> Iterator[bytes]:
    position = 0
    while position < len(packed):
        stream = make()
        while not stream.eof:
            chunk = b""
            if stream.needs_input:
                chunk = bytes(packed[position : position + _IN_BYTES])
                position += len(chunk)
                if not chunk:
                    raise TruncatedError
            if piece := stream.decompress(chunk, _OUT_BYTES):
                yield piece
        position -= len(stream.unused_data)
        if bytes(packed[position : position + 2]) not in {b"BZ", b"\xfd7"}:
            return


def collect(pieces: Iterable[bytes], budget: Budget, *, packed: int, expected: int | None = None) -> bytes:
    """Return the joined pieces, counted as they come.

    ``expected`` is the declared size: what goes beyond it is a lie. Raises: OpeningError over the limits;
    TruncatedError when there is more than declared; whatever the pieces raise.
    """
    taken: list[bytes] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if expected is not None and size > expected:
            raise TruncatedError
        budget.take_bytes(len(piece))
        budget.refuse_ratio(size, packed)
        taken.append(piece)
    return taken[0] if len(taken) == 1 else b"".join(taken)
