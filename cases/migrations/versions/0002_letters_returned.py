"""Letters that a bounce returned: when, with which status, in which words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # Empty for every letter written before: nothing was known of its bounces.
    op.add_column("replies", sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("replies", sa.Column("returned_status", sa.Text(), nullable=True))
    op.add_column("replies", sa.Column("returned_words", sa.Text(), nullable=True))
