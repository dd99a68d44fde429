"""A paper: what one page or picture shows, and how we know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Source(StrEnum):
    """Where a paper's kind was read from; only PICTURE has looked at the picture itself."""

    PICTURE = "picture"
    TEXT_LAYER = "text-layer"
    FILE_NAME = "file-name"
    MAIL_TEXT = "mail-text"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Paper:
    """One page or picture of an attachment, and the document kind it is (``kind`` '' when unknown).

    ``attachment`` is the file's name, ``sha256`` its content; ``page`` starts at 1. ``confidence``
    runs from 0 to 1. ``evidence`` says in words why (Chinese, a clerk reads it). ``is_legible`` is
    None while nothing has looked at the picture. ``problem`` says why it does not count, if so.
    """

    attachment: str
    sha256: str
    page: int
    kind: str
    source: Source
    confidence: float
    evidence: tuple[str, ...] = ()
    is_legible: bool | None = None
    problem: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> bool:
        """Whether this paper may meet a requirement: known and not found illegible."""
        return bool(self.kind) and self.is_legible is not False and not self.problem
