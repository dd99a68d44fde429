"""The provider's word on a sender; what a file came out of, and why one stayed closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # Empty for every message read before: nobody asked, and nothing was looked into.
    op.add_column("messages", sa.Column("proof", sa.Text(), nullable=True))
    op.add_column("attachments", sa.Column("container", sa.Integer(), nullable=True))
    op.add_column("attachments", sa.Column("unopened", sa.Text(), nullable=True))
