"""Everything that one message's way to its fate needs, built once from the settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from cases.database import Database
from domain.catalogue import Catalogue
from domain.mail import Message
from intake.rawstore import RawStore
from intake.reader import ReadMail
from responders.compose import Composer
from responders.workdays import Closures
from routing import Classifier
from routing.opinion import Model
from youban.dkimcheck import believe_provider
from youban.numbers import Numbers
from youban.pictures import SeePapers
from youban.viruscheck import check_nothing


@dataclass(frozen=True, slots=True)
class Counter:
    """The counter's parts. Values and functions only: nothing here knows the engine, a server or a secret.

    ``inboxes`` has the INBOX folder of each served mailbox, by its lower-case address, ``authserv_ids`` the servers
    whose word on a sender counts there; ``see_papers`` tells the papers of a mail
    (``youban.pictures``), ``check_viruses`` is ClamAV's part (``youban.viruscheck``), ``check_sender``
    DKIM's (``youban.dkimcheck``); ``reply_cap`` bounds the letters to one address in 24 hours (RFC 3834 2: no loops);
    ``model`` has a second opinion on each mail, where one was ever trained.
    """

    catalogue: Catalogue
    database: Database
    numbers: Numbers
    raw: RawStore
    classifier: Classifier
    composer: Composer
    closures: Closures
    inboxes: Mapping[str, str]
    own_addresses: frozenset[str]
    timezone: tzinfo
    clock: Callable[[], datetime]
    opened_at: datetime
    see_papers: SeePapers
    reply_cap: int = 20
    authserv_ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    check_viruses: Callable[[ReadMail], ReadMail] = check_nothing
    check_sender: Callable[[bytes, Message], Message] = believe_provider
    model: Model | None = None
