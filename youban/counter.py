"""Everything that one message's way needs, built once from the settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

import sqlalchemy as sa

from cases.database import Database
from domain.accounts import Account
from domain.catalogue import Catalogue
from intake.rawstore import RawStore
from responders.answers import RetrySchedule
from responders.compose import Composer
from responders.workdays import Closures
from routing import Classifier


@dataclass(frozen=True, slots=True)
class Counter:
    """The counter's parts. Values and functions only: nothing here knows the engine.

    ``enqueue_reply(connection, reply, mailbox, attempt, delay_s)`` enqueues a sending in the caller's transaction;
    ``send(account, recipient, data)`` and ``keep_copy(account, data, written_at)`` leave the house;
    ``reply_cap`` bounds the letters to one address in 24 hours (RFC 3834 2: no loops).
    """

    catalogue: Catalogue
    database: Database
    raw: RawStore
    classifier: Classifier
    composer: Composer
    closures: Closures
    accounts: Mapping[str, Account]
    own_addresses: frozenset[str]
    timezone: tzinfo
    clock: Callable[[], datetime]
    enqueue_reply: Callable[[sa.Connection, int, str, int, float], None]
    send: Callable[[Account, str, bytes], str]
    keep_copy: Callable[[Account, bytes, datetime], None]
    retries: RetrySchedule
    reply_cap: int = 20
