"""Mails in quarantine that a clerk closed by hand: when, who, in which words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    # Empty for every mail set aside before: nobody could close one.
    op.add_column("quarantine", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("quarantine", sa.Column("closed_by", sa.Text(), nullable=True))
    op.add_column("quarantine", sa.Column("closed_note", sa.Text(), nullable=True))
