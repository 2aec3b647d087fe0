"""Counted tries in our own database, for the library that limits them: all web processes count together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from limits.storage import Storage
from sqlalchemy.dialects import postgresql, sqlite

from coordination.db import Base, db
from coordination.db.engine import reading

SWEPT_AT_ONCE = 500


class DatabaseStorage(Storage):
    """One row per key and window in `rate_hits`; each count is one short transaction of its own."""

    STORAGE_SCHEME = ["database"]  # noqa: RUF012 (as the base class wants it)

    def __init__(self, uri: str | None = None, *, clock: Callable[[], float], **options: Any) -> None:
        super().__init__(uri, **options)
        self.clock = clock

    @property
    def base_exceptions(self) -> type[Exception]:
        """What goes wrong here is the database's."""
        return sa.exc.SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count a try; returns how many there were in this window, a new one where the old has ended."""
        now, table = self.clock(), _table()
        with _transaction() as connection:
            insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
            statement = insert(table).values(key=_hashed(key), hits=amount, expires_at=now + expiry)
            over = table.c.expires_at <= now
            statement = statement.on_conflict_do_update(
                index_elements=[table.c.key],
                set_={
                    "hits": sa.case((over, amount), else_=table.c.hits + amount),
                    "expires_at": sa.case((over, now + expiry), else_=table.c.expires_at),
                },
            )
            hits = int(connection.execute(statement.returning(table.c.hits)).scalar_one())
        if hits == amount:
            self.sweep()
        return hits

    def sweep(self) -> None:
        """Remove what has ended; rows that another process holds wait for the next time."""
        table = _table()
        ended = sa.select(table.c.key).where(table.c.expires_at <= self.clock()).limit(SWEPT_AT_ONCE)
        with _transaction() as connection:
            connection.execute(table.delete().where(table.c.key.in_(ended.with_for_update(skip_locked=True))))

    def get(self, key: str) -> int:
        """How many tries there were in the window that runs now."""
        table = _table()
        live = (table.c.key == _hashed(key)) & (table.c.expires_at > self.clock())
        return int(self._ask(sa.select(table.c.hits).where(live)) or 0)

    def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since 1970; now if there is none."""
        table = _table()
        return float(
            self._ask(sa.select(table.c.expires_at).where(table.c.key == _hashed(key))) or self.clock()
        )

    def _ask(self, question: sa.Select[Any]) -> Any:
        with _transaction() as connection:
            return connection.execute(question).scalar_one_or_none()

    def check(self) -> bool:
        """Whether the database answers."""
        return self._ask(sa.select(sa.literal(1))) == 1

    def reset(self) -> int:
        """Forget every count; returns how many there were."""
        with _transaction() as connection:
            return int(connection.execute(_table().delete()).rowcount)

    def clear(self, key: str) -> None:
        """Forget one count."""
        table = _table()
        with _transaction() as connection:
            connection.execute(table.delete().where(table.c.key == _hashed(key)))


def _table() -> sa.Table:
    return Base.metadata.tables["rate_hits"]


def _hashed(key: str) -> str:
    """The key names an address and perhaps an account; stored it names nobody."""
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()


@contextmanager
def _transaction() -> Iterator[sa.Connection]:
    """A transaction that takes the write lock at once, even while a page is served."""
    token = reading.set(False)
    try:
        with db.engine.begin() as connection:
            yield connection
    finally:
        reading.reset(token)
