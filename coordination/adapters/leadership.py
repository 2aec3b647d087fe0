"""Exactly one clock leads: an advisory lock on PostgreSQL, a locked file beside an SQLite database."""

from __future__ import annotations

import contextlib
import fcntl
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

KEY = 7_305_110_511
"""Any number, the same in every clock of this product."""


class Leadership(Protocol):
    """Lead, or find out that another leads."""

    def take(self) -> bool:
        """Try to lead, without waiting."""

    def held(self) -> bool:
        """Whether this clock still leads."""

    def give_up(self) -> None:
        """Let another lead."""


class PostgresqlLeadership:
    """Leads as long as one connection of its own lives."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._connection: sa.Connection | None = None

    def take(self) -> bool:
        """Try the advisory lock on a fresh connection."""
        self.give_up()
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()  # its closing must end the lock, so it never returns to the pool
        if connection.scalar(sa.text("SELECT pg_try_advisory_lock(:key)"), {"key": KEY}):
            self._connection = connection
            return True
        connection.close()
        return False

    def held(self) -> bool:
        """Ask over the same connection; a broken one has lost the lock."""
        if self._connection is None:
            return False
        try:
            return self._connection.scalar(sa.text("SELECT 1")) == 1
        except SQLAlchemyError:
            self.give_up()
            return False

    def give_up(self) -> None:
        """Unlock, so that another can lead at once, and close; a broken connection has lost the lock already.

        A server ends the lock of a closed connection only when it gets round to it, so closing alone
        would leave nobody leading for a moment.
        """
        connection, self._connection = self._connection, None
        if connection is None:
            return
        with contextlib.closing(connection), contextlib.suppress(SQLAlchemyError):
            connection.scalar(sa.text("SELECT pg_advisory_unlock(:key)"), {"key": KEY})


class FileLeadership:
    """Leads as long as it holds the lock on a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: object | None = None

    def take(self) -> bool:
        """Try to lock the file."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def held(self) -> bool:
        """The operating system keeps the lock until the file is closed."""
        return self._file is not None

    def give_up(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()  # type: ignore[attr-defined]
            self._file = None


def leadership_of(engine: sa.Engine) -> Leadership:
    """The way to lead that fits the database."""
    if engine.dialect.name == "postgresql":
        return PostgresqlLeadership(engine)
    return FileLeadership(Path(f"{engine.url.database}.clock"))
