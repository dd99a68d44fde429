"""Column types that mean the same on SQLite and PostgreSQL and survive what strangers send."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

KEY_CHARACTERS = 500
"""An index row of PostgreSQL holds 2,704 bytes; 500 characters of UTF-8 are at most 2,000."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Return a text without what no database takes: NUL and lone surrogates become U+FFFD."""
    if text.isascii():
        return text.replace("\x00", "\ufffd") if "\x00" in text else text
    try:
        text.encode()
    except UnicodeEncodeError:
        return _UNSTORABLE.sub("\ufffd", text)
    return text.replace("\x00", "\ufffd") if "\x00" in text else text


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware moment, kept in UTC. Raises: ValueError for a naive one, whose moment nobody knows."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a datetime without a time zone cannot be stored: {value!r}")
        moment = value.astimezone(UTC)
        # SQLite has no time zones: it stores the UTC wall clock, which also sorts as text.
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Text(sa.TypeDecorator[str]):
    """Text of any length, cleaned by ``clean_text``."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else clean_text(value)


class KeyText(sa.TypeDecorator[str]):
    """Text that an index holds: cleaned and cut, so that a header of a megabyte is no error.

    A value to look up is cut in the same way, so it is still found.
    """

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else clean_text(value[:KEY_CHARACTERS])


class BigId(sa.TypeDecorator[int]):
    """A row's number: BIGINT, but INTEGER on SQLite, where only that is the row id itself."""

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        return dialect.type_descriptor(sa.Integer() if dialect.name == "sqlite" else sa.BigInteger())
