"""Whose each paper is, so that a mail about the same person finds the case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from domain.idnumber import parse_id_number

revision = "0006"
down_revision = "0005"

_AT_ONCE = 1000
_PAPERS = sa.table(
    "papers",
    sa.column("id", sa.BigInteger()),
    sa.column("kind", sa.Text()),
    sa.column("fields", sa.JSON()),
    sa.column("holder_number", sa.Text()),
    sa.column("holder_name", sa.Text()),
)
_NUMBERED = sa.text("holder_number IS NOT NULL")
_NAMED = sa.text("holder_name IS NOT NULL")


def upgrade() -> None:
    op.add_column("papers", sa.Column("holder_number", sa.Text(), nullable=True))
    op.add_column("papers", sa.Column("holder_name", sa.Text(), nullable=True))
    # A case opened before this release may wait for what its citizen's family sends after it.
    _fill_holders(op.get_bind())
    op.create_index(
        "ix_papers_holder_number", "papers", ["holder_number"], sqlite_where=_NUMBERED, postgresql_where=_NUMBERED
    )
    op.create_index("ix_papers_holder_name", "papers", ["holder_name"], sqlite_where=_NAMED, postgresql_where=_NAMED)


def _fill_holders(conn: sa.Connection) -> None:
    find = sa.select(_PAPERS.c.id, _PAPERS.c.kind, _PAPERS.c.fields).order_by(_PAPERS.c.id).limit(_AT_ONCE)
    fill = (
        sa.update(_PAPERS)
        .where(_PAPERS.c.id == sa.bindparam("of_id"))
        .values(holder_number=sa.bindparam("number"), holder_name=sa.bindparam("name"))
    )
    last = 0
    while rows := conn.execute(find.where(_PAPERS.c.id > last)).all():
        last = rows[-1].id
        holders = [(row.id, *_read_holder(row.kind, row.fields)) for row in rows]
        known = [{"of_id": i, "number": number, "name": name} for i, number, name in holders if number or name]
        if known:
            conn.execute(fill, known)


def _read_holder(kind: str, fields: Mapping[str, str]) -> tuple[str | None, str | None]:
    # As cases.holders did when this was written: what a later release changes there must not change the past.
    if not kind or kind.startswith("parent-"):
        return None, None
    name = re.sub(r"\s", "", unicodedata.normalize("NFKC", fields.get("name", "")))[:500]
    try:
        number = parse_id_number(fields.get("id_number") or fields.get("social_security_number", "")).number
    except ValueError:
        number = ""
    return number or None, name or None
