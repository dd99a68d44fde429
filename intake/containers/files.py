"""A file as it came, what was found in it, and why it could not be opened."""

from __future__ import annotations

from dataclasses import dataclass

from domain.mail import Unopened


@dataclass(frozen=True, slots=True)
class File:
    """A file: its clean name, its type by its first bytes, its bytes. ``charset`` is what a mail said of a text."""

    name: str
    media_type: str
    data: bytes
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file holds: its own text, the files in it, why it (or a part of it) could not be opened, what was broken.

    ``unopened`` together with members means that a part stayed closed: an archive with some encrypted
    files keeps the readable ones.
    """

    text: str = ""
    members: tuple[Member, ...] = ()
    unopened: Unopened | None = None
    defects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A file that came out of another, and what it holds itself."""

    file: File
    opened: Opened


@dataclass(frozen=True, slots=True)
class Contents:
    """What one format's reader found, before the files in it are opened themselves."""

    files: tuple[File, ...] = ()
    text: str = ""
    unopened: Unopened | None = None
    defects: tuple[str, ...] = ()


class OpeningError(Exception):
    """A file cannot be opened: ``reason`` for the citizen's letter, the message in words for a clerk."""

    def __init__(self, reason: Unopened, words: str) -> None:
        self.reason = reason
        super().__init__(words)
