"""What was seen on a picture, kept by its content: the same photograph is looked at once by each recogniser.

The facts are the recogniser's own words (``intake.papers.looking``); nothing here understands them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from cases.statements import Upsert
from cases.tables import SIGHTS

_FIND = sa.select(SIGHTS.c.sha256, SIGHTS.c.facts).where(
    SIGHTS.c.sha256.in_(sa.bindparam("digests", expanding=True)), SIGHTS.c.recogniser == sa.bindparam("by")
)
_RECORD = Upsert(
    SIGHTS,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["sha256"],
        set_={name: insert.excluded[name] for name in ("recogniser", "facts", "seen_at")},
    ),
)


def find_sights(conn: sa.Connection, digests: Iterable[str], *, recogniser: str) -> dict[str, object]:
    """Return the facts of those contents (SHA-256, hexadecimal) that this version of the recogniser has seen."""
    rows = conn.execute(_FIND, {"digests": list(digests), "by": recogniser})
    return {row.sha256: row.facts for row in rows}


def record_sight(conn: sa.Connection, sha256: str, facts: object, *, recogniser: str, at: datetime) -> None:
    """Keep what was seen on a content, instead of what an earlier version saw there."""
    conn.execute(_RECORD.on(conn), {"sha256": sha256, "recogniser": recogniser, "facts": facts, "seen_at": at})
