"""Raw messages from files: a single mail, a folder of mails, an mbox, a Maildir."""

from __future__ import annotations

import mailbox
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.errors import ConfigError

_HINT = "name a mail (.eml), an mbox, a Maildir or a folder of mails"


@dataclass(frozen=True, slots=True)
class Source:
    """One raw message and where it came from: a path, with ``#n`` for the n-th message of an mbox."""

    name: str
    raw: bytes


def read_sources(paths: Sequence[Path]) -> Iterator[Source]:
    """Return the messages of files, folders, mboxes and Maildirs, in the order given (names sorted inside a folder).

    Raises: ConfigError naming the path that is not there, at once, or that cannot be read, when its turn comes.
    """
    for path in paths:
        if not path.exists():
            raise ConfigError(str(path), "", "there is no such file or folder", _HINT)
    return _read_paths(paths)


def _read_paths(paths: Iterable[Path]) -> Iterator[Source]:
    for path in paths:
        try:
            yield from _read_path(path)
        except OSError as exc:
            raise ConfigError(str(path), "", f"cannot be read: {exc.strerror}", _HINT) from exc


def _read_path(path: Path) -> Iterator[Source]:
    if path.is_dir():
        if (path / "cur").is_dir() and (path / "new").is_dir():
            yield from _read_maildir(path)
            return
        for child in sorted(p for p in path.iterdir() if not p.name.startswith(".")):
            yield from _read_path(child)
        return
    raw = path.read_bytes()
    if raw.startswith(b"From ") and b"\n" in raw:
        yield from _read_mbox(path)
    else:
        yield Source(str(path), raw)


def _read_mbox(path: Path) -> Iterator[Source]:
    box = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(box.keys(), start=1):
            yield Source(f"{path}#{number}", box.get_bytes(key))
    finally:
        box.close()


def _read_maildir(path: Path) -> Iterator[Source]:
    for folder in ("cur", "new"):
        for child in sorted((path / folder).iterdir()):
            yield Source(str(child), child.read_bytes())
