"""How the two databases are opened: SQLite with WAL and our own BEGIN, PostgreSQL as it is."""

from __future__ import annotations

from contextlib import suppress
from contextvars import ContextVar
from typing import Any

import psycopg
import sqlalchemy as sa

from coordination.db.guard import watch
from coordination.domain.ordering import compare_danish

reading: ContextVar[bool] = ContextVar("reading", default=False)
"""True while a request that may not write is served; such a transaction begins without the write lock."""


def prepare(engine: sa.Engine, *, strict: bool = False) -> None:
    """Put the guard and, on SQLite, our transaction habits on an engine; strict refuses a powerful login."""
    watch(engine)
    if strict and engine.dialect.name == "postgresql":
        sa.event.listen(engine, "connect", refuse_powerful_login)
    if engine.dialect.name == "postgresql":
        sa.event.listen(engine, "rollback", _keep_prepared)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _open_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)


def refuse_powerful_login(connection: Any, _record: Any) -> None:
    """A superuser, or a login that bypasses row-level security, would tear down the second wall."""
    found = connection.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    if found.fetchone()[0]:
        raise RuntimeError("DATABASE_URL may bypass row-level security; see docs/operations.md")
    connection.rollback()


def _keep_prepared(connection: sa.Connection) -> None:
    """Roll back past psycopg, which would drop what it prepared: every GET rolls back, and planning is dear.

    With row-level security PostgreSQL plans the count of what waits for 40 ms and runs it in 2.
    """
    if not connection.invalidated:
        with suppress(psycopg.Error):  # psycopg's own rollback follows and says it in the usual words
            connection.connection.dbapi_connection.pgconn.exec_(b"ROLLBACK")  # type: ignore[union-attr]


def _open_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=15000", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}").close()
    connection.create_collation("danish", compare_danish)


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN" if reading.get() else "BEGIN IMMEDIATE")
