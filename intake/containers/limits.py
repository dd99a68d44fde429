"""How much a file may hold, and what is left of it: counted over all levels together, while streaming."""

from __future__ import annotations

from dataclasses import dataclass

from domain.mail import Unopened
from intake.containers.files import OpeningError

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one attachment may unfold to. The defaults were measured on archives as citizens send them.

    ``max_members`` files and ``max_bytes`` in all, over every level; ``max_entries`` directory rows of one
    archive (a Mac doubles each file, folders have rows of their own); ``max_ratio`` unpacked to packed
    size, judged from ``ratio_floor_bytes`` up, so that a white page in BMP or a 3 KB XML pass;
    ``max_depth`` archives or mails one in another; ``max_xml_bytes`` for one XML part of a document,
    ``max_parts`` parts of a document, ``max_cells`` cells of a workbook; ``max_memory_bytes`` what a decoder of 7z may
    take beside the process itself, ``max_unar_s`` seconds for the program that unpacks RAR.
    """

    max_members: int = 200
    max_bytes: int = 100 * MIB
    max_entries: int = 2000
    max_ratio: int = 100
    ratio_floor_bytes: int = 10 * MIB
    max_depth: int = 2
    max_xml_bytes: int = 20 * MIB
    max_parts: int = 2000
    max_cells: int = 50_000
    max_memory_bytes: int = 400 * MIB
    max_unar_s: float = 20.0


@dataclass(slots=True)
class Budget:
    """What is left of the limits while one attachment is opened; shared by everything inside it."""

    limits: Limits
    members: int = 0
    bytes_taken: int = 0

    @property
    def bytes_left(self) -> int:
        """How many unpacked bytes may still come."""
        return self.limits.max_bytes - self.bytes_taken

    @property
    def members_left(self) -> int:
        """How many files may still come."""
        return self.limits.max_members - self.members

    def take_members(self, count: int) -> None:
        """Count files that will be taken out. Raises: OpeningError when they are too many."""
        if count > self.members_left:
            raise OpeningError(Unopened.TOO_LARGE, f"其中的文件超过 {self.limits.max_members} 个")
        self.members += count

    def take_bytes(self, count: int) -> None:
        """Count unpacked bytes. Raises: OpeningError when they are too many."""
        if count > self.bytes_left:
            raise too_large(self.limits)
        self.bytes_taken += count

    def refuse_declared(self, unpacked: int, packed: int) -> None:
        """Check what an archive says of itself, before anything is unpacked. Raises: OpeningError over the limits."""
        if unpacked > self.bytes_left:
            raise too_large(self.limits)
        self.refuse_ratio(unpacked, packed)

    def refuse_ratio(self, unpacked: int, packed: int) -> None:
        """Check how much came out of how little. Raises: OpeningError over the ratio."""
        if unpacked > self.limits.ratio_floor_bytes and unpacked > self.limits.max_ratio * packed:
            raise OpeningError(Unopened.TOO_LARGE, f"解压后超过原来的 {self.limits.max_ratio} 倍")


def too_large(limits: Limits) -> OpeningError:
    """Return the error for content over the limit of bytes."""
    return OpeningError(Unopened.TOO_LARGE, f"解压后超过 {limits.max_bytes // MIB} MB")
