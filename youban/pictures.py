"""The pictures' part in a message's way: each is looked at once, and what was seen is kept by its content."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial

from cases import sights
from cases.database import Database, run_transaction
from config.settings import PictureSettings
from domain.catalogue import DocumentKind
from domain.papers import Paper
from intake.confinement import ConfinedError, Outcome
from intake.enclosures import tell_unopened
from intake.papers.labels import label_pattern
from intake.papers.looking import LOOKING, PDF, read_sights, run_look, run_looks
from intake.papers.models import RECOGNISER_VERSION, Models, load_models
from intake.papers.pictures import HEIC, PictureError
from intake.papers.questions import Questions
from intake.papers.seen import Look, find_pictures, recognise_seen
from intake.reader import ReadMail
from youban.logs import get_log

log = get_log(__name__)

_File = tuple[bytes, str]
_MOST_TOGETHER = 4  # twenty seconds of CPU at worst, where a child may have sixty
_ALONE = frozenset({PDF, *HEIC})  # many pages; a decoder that needs threads, which the others may not have

SeePapers = Callable[[ReadMail], tuple[Paper, ...]]
"""Returns the papers of a mail. Raises: ConfinedError whose ``unopened`` is None when the machine cannot look now."""


_load_models = cache(load_models)


def prepare_models(providers: tuple[str, ...], kinds: Mapping[str, DocumentKind]) -> Models:
    """Return the networks of this process and of all that are forked from it: loaded once.

    What tells the kinds' papers is made ready too: a child that looks at one mail's pictures must not make it anew.

    Raises: ConfigError when they are not installed.
    """
    label_pattern()
    Questions(kinds).prepare()
    return _load_models(providers)


@dataclass(frozen=True, slots=True)
class Memory:
    """What was seen before, in the database: the same photograph sent again costs nothing."""

    database: Database
    clock: Callable[[], datetime]

    def recall(self, digests: Sequence[str]) -> dict[str, Look]:
        """Return the looks at those contents that this version of the recogniser has had."""
        with self.database.look() as connection:
            kept = sights.find_sights(connection, digests, recogniser=RECOGNISER_VERSION)
        looks = {}
        for sha256, facts in kept.items():
            with suppress(PictureError, ConfinedError):  # changed by hand, or damaged: it is looked at again
                looks[sha256] = Look(read_sights(Outcome(facts), LOOKING))
        return looks

    def keep(self, sha256: str, facts: object) -> None:
        """Keep what was seen on a content."""
        record = partial(sights.record_sight, facts=facts, recogniser=RECOGNISER_VERSION, at=self.clock())
        run_transaction(self.database, lambda connection: record(connection, sha256))


def build_sight(
    settings: PictureSettings, kinds: Mapping[str, DocumentKind], *, memory: Memory | None = None
) -> SeePapers:
    """Return what tells a mail's papers: by its pictures, or by names alone where the settings say so.

    Raises: ConfigError when the networks are not installed.
    """
    if not settings.looks:
        return see_names(kinds)
    looker = _Looker(prepare_models(settings.providers, kinds), kinds, settings.longest_s, memory)
    return lambda mail: recognise_seen(mail.message, kinds, looker.look_at(mail))


def see_names(kinds: Mapping[str, DocumentKind]) -> SeePapers:
    """Return what tells papers by the files' names, their text and the letter, and looks at no picture."""
    return lambda mail: recognise_seen(mail.message, kinds, {})


@dataclass(frozen=True, slots=True)
class _Looker:
    models: Models
    kinds: Mapping[str, DocumentKind]
    longest_s: float
    memory: Memory | None

    def look_at(self, mail: ReadMail) -> dict[str, Look]:
        """Return what each picture of a mail shows, by its SHA-256. Raises: ConfinedError, see ``SeePapers``."""
        pictures = [a for a in find_pictures(mail.message) if a.index in mail.payloads]
        looks = self.memory.recall([a.sha256 for a in pictures]) if self.memory and pictures else {}
        files = {a.sha256: (mail.payloads[a.index], a.media_type) for a in pictures if a.sha256 not in looks}
        until = time.monotonic() + self.longest_s
        for group in _group(files):
            if len(group) > 1 and time.monotonic() <= until:
                looks |= self._look_together(group)
            for sha256 in (digest for digest in group if digest not in looks):
                if time.monotonic() > until:
                    log.warning("pictures_left", pictures=len(pictures), seen=len(looks))
                    return looks | {digest: Look() for digest in files if digest not in looks}
                looks[sha256] = self._look(sha256, group[sha256])
        return looks

    def _look_together(self, files: Mapping[str, _File]) -> dict[str, Look]:
        """Return what one child saw in several pictures; nothing when one of them broke it."""
        try:
            outcomes = run_looks(list(files.values()), self.models, Questions(self.kinds))
        except ConfinedError as error:
            log.info("pictures_looked_at_singly", breach=error.breach.value)
            return {}
        return {sha256: self._read(sha256, outcome) for sha256, outcome in zip(files, outcomes, strict=True)}

    def _look(self, sha256: str, file: _File) -> Look:
        try:
            return self._read(sha256, run_look(*file, self.models, Questions(self.kinds)))
        except ConfinedError as error:
            if error.unopened is None:
                raise
            return _give_up(error)

    def _read(self, sha256: str, outcome: Outcome) -> Look:
        try:
            look = Look(read_sights(outcome, LOOKING))
        except PictureError as error:
            return Look(closed=tell_unopened(error.reason))
        except ConfinedError as error:
            return _give_up(error)
        if self.memory:
            self.memory.keep(sha256, outcome.facts)
        return look


def _give_up(error: ConfinedError) -> Look:
    # The letter is answered all the same: a clerk looks at what broke the recogniser.
    log.warning("picture_not_seen", breach=error.breach.value, detail=error.detail)
    return Look()


def _group(files: Mapping[str, _File]) -> Iterator[dict[str, _File]]:
    """Yield the pictures that share a child: a few photographs at a time, a PDF or HEIC by itself."""
    together: dict[str, _File] = {}
    for sha256, file in files.items():
        if file[1] in _ALONE:
            yield {sha256: file}
            continue
        together[sha256] = file
        if len(together) == _MOST_TOGETHER:
            yield together
            together = {}
    if together:
        yield together
