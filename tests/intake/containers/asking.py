"""How the tests ask: a file by its name and bytes, the answer flat."""

from __future__ import annotations

from intake.containers.filekinds import tell_file_type
from intake.containers.files import File, Opened
from intake.containers.limits import Limits
from intake.containers.opening import open_file


def ask(data: bytes, name: str = "附件", limits: Limits = Limits(), *, media_type: str = "") -> Opened:  # noqa: B008
    """Open a file whose type is told as the reader tells it."""
    return open_file(File(name, media_type or tell_file_type(data, name=name), data), limits)


def held(opened: Opened) -> dict[str, bytes]:
    """Return the files directly inside, by name."""
    return {member.file.name: member.file.data for member in opened.members}
