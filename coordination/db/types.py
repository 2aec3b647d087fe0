"""Column types: aware UTC moments on both databases, enums stored by value."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from enum import Enum


class UtcDateTime(sa.TypeDecorator[datetime]):
    """A moment in UTC; refuses naive values going in and gives aware ones coming out (SQLite would not)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002 (the library's signature)
        """To the database: UTC, never naive."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a naive datetime reached the database"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002 (the library's signature)
        """From the database: aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def stored_values(enum: type[Enum]) -> list[Any]:
    """Enums are stored by their value, not by their Python name."""
    return [member.value for member in enum]
