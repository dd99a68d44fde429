"""The pictures' part in a message's way: each is looked at once, and what was seen is kept by its content."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
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
from intake.papers.looking import LOOKING, read_sights, run_look
from intake.papers.models import RECOGNISER_VERSION, Models, load_models
from intake.papers.pictures import PictureError
from intake.papers.questions import Questions
from intake.papers.seen import Look, find_pictures, recognise_seen
from intake.reader import ReadMail
from youban.logs import get_log

log = get_log(__name__)

SeePapers = Callable[[ReadMail], tuple[Paper, ...]]
"""Returns the papers of a mail. Raises: ConfinedError whose ``unopened`` is None when the machine cannot look now."""


@cache
def prepare_models(providers: tuple[str, ...]) -> Models:
    """Return the networks of this process and of all that are forked from it: loaded once, and the labels' pattern.

    Raises: ConfigError when they are not installed.
    """
    label_pattern()
    return load_models(providers)


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
    looker = _Looker(prepare_models(settings.providers), kinds, settings.longest_s, memory)
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
        until = time.monotonic() + self.longest_s
        for attachment in pictures:
            if attachment.sha256 in looks:
                continue
            if time.monotonic() > until:
                log.warning("pictures_left", pictures=len(pictures), seen=len(looks))
                looks |= {a.sha256: Look() for a in pictures if a.sha256 not in looks}
                break
            data = mail.payloads[attachment.index]
            looks[attachment.sha256] = self._look(attachment.sha256, data, attachment.media_type)
        return looks

    def _look(self, sha256: str, data: bytes, media_type: str) -> Look:
        try:
            outcome = run_look(data, media_type, self.models, Questions(self.kinds))
            look = Look(read_sights(outcome, LOOKING))
        except PictureError as error:
            return Look(closed=tell_unopened(error.reason))
        except ConfinedError as error:
            if error.unopened is None:
                raise
            # The letter is answered all the same: a clerk looks at what broke the recogniser.
            log.warning("picture_not_seen", breach=error.breach.value, detail=error.detail)
            return Look()
        if self.memory:
            self.memory.keep(sha256, outcome.facts)
        return look
