"""What Alembic runs: on the connection that ``cases.upgrade`` hands over, in the transaction that it opened."""

from __future__ import annotations

from typing import Literal

from alembic import context

from cases.columns import BigId, KeyText, Text, UtcDateTime
from cases.migrations.ours import is_ours
from cases.tables import Base

# A revision is history: it names SQLAlchemy's own types, so that it means the same when ours have changed.
PLAIN = {
    BigId: 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")',
    KeyText: "sa.Text()",
    Text: "sa.Text()",
    UtcDateTime: "sa.DateTime(timezone=True)",
}


def render_plainly(kind: str, item: object, _context: object) -> str | Literal[False]:
    return PLAIN.get(type(item), False) if kind == "type" else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_name=is_ours,
    render_as_batch=True,
    render_item=render_plainly,
)
with context.begin_transaction():
    context.run_migrations()
