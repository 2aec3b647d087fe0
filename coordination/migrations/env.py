"""Alembic's environment: the application's own engine, unguarded, in one transaction.

SQLite changes a table by making it anew: what refers to it is looked at afterwards instead of while it is gone.
"""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

config = context.config
database = current_app.extensions["migrate"].db


def run_migrations() -> None:
    with database.engine.connect().execution_options(unguarded=True) as connection:
        _look_at_references(connection, "OFF")
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT set_config('app.everything', 'on', true)"))
            context.configure(
                connection=connection,
                target_metadata=database.metadata,
                render_as_batch=True,
                compare_server_default=False,
            )
            context.run_migrations()
            _check_references(connection)
        _look_at_references(connection, "ON")


def _look_at_references(connection: Connection, wanted: str) -> None:
    """Between transactions, or SQLite does not listen."""
    raw = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite" and raw is not None:
        raw.execute(f"PRAGMA foreign_keys={wanted}").close()


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    lost = connection.execute(text("PRAGMA foreign_key_check")).all()
    if lost:
        message = (
            f"{len(lost)} rows refer to rows that are gone, the first in {lost[0][0]}; nothing was changed"
        )
        raise RuntimeError(message)


run_migrations()
