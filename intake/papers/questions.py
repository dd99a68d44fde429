"""What is asked about a page once its words are read: told by the kinds of paper that it may show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.catalogue import DocumentKind
from intake.papers.kinds import find_kinds
from intake.papers.lines import Page
from intake.papers.scores import build_lexis


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of a catalogue's kinds."""

    kinds: Mapping[str, DocumentKind]

    def prepare(self) -> None:
        """Make ready what tells the kinds, once in a process: a child that is forked from it has it then."""
        build_lexis(self.kinds)

    def is_known(self, page: Page) -> bool:
        """Return whether a page tells its kind, so that no further look is needed."""
        return any(shown.code for shown in find_kinds(page, self.kinds))

    def ask(self, page: Page) -> tuple[bool, bool]:
        """Return whether a seal is to be looked for, and whether handwriting is to be told from print."""
        shown = [self.kinds[one.code] for one in find_kinds(page, self.kinds) if one.code]
        return any(kind.sealed for kind in shown), any(kind.handwritten for kind in shown)
