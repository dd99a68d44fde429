"""``youban ingest``: mails from files, taken in as if a mailbox had shown them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
import typer

from cases import ledger
from cases.database import run_transaction
from cases.upgrade import upgrade_database
from config.toml import hint_nearest
from domain.cases import Fate
from domain.errors import ConfigError
from domain.mail import MessageKey, RawMessage
from youban.engine import upgrade_engine
from youban.pipeline import INGEST_FOLDER
from youban.queues import Enqueuer
from youban.sources import read_sources
from youban.wiring import open_raw_store, open_store, read_settings, utc_now


def run_ingest(paths: Sequence[Path], *, mailbox: str, config: Path) -> None:
    """Write the mails down and enqueue them. Raises: ConfigError."""
    sources = read_sources(paths)
    settings = read_settings(config)
    served = {m.address.lower(): m.address for m in settings.mailboxes}
    address = served.get(mailbox.lower())
    if address is None:
        # Without its [[mailbox]] nobody could answer from it.
        raise ConfigError(
            str(settings.file), "", f"no [[mailbox]] has the address {mailbox}", hint_nearest(mailbox, served)
        )
    raw = open_raw_store(settings)
    database = open_store(settings)
    upgrade_database(database)
    upgrade_engine(database)
    enqueuer = Enqueuer(database)
    new = known = 0
    try:
        for source in sources:
            now = utc_now()
            key = MessageKey(address, INGEST_FOLDER, 1, int(hashlib.sha256(source.raw).hexdigest()[:15], 16))
            message = RawMessage(key, raw.put(source.raw), len(source.raw), now)
            if run_transaction(database, lambda c, m=message, at=now: _record(c, enqueuer, m, at)):  # type: ignore[misc]
                new += 1
            else:
                known += 1
    finally:
        enqueuer.close()
        database.close()
    typer.echo(f"{new} taken in, {known} known already; a running `youban run` answers them")


def _record(connection: sa.Connection, enqueuer: Enqueuer, message: RawMessage, at: datetime) -> bool:
    recorded = ledger.record_fetched(
        connection,
        mailbox=message.key.mailbox,
        folder=INGEST_FOLDER,
        uidvalidity=1,
        last_uid=0,
        messages=[message],
        fates=[Fate.WAITING],
        at=at,
    )
    for one in recorded:
        enqueuer.enqueue_mails(connection, [one.key])
    return bool(recorded)
