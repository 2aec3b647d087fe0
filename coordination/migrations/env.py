"""Alembic's environment: the application's own engine, unguarded, in one transaction."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import text

config = context.config
database = current_app.extensions["migrate"].db


def run_migrations() -> None:
    with database.engine.connect().execution_options(unguarded=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT set_config('app.everything', 'on', true)"))
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_server_default=False,
        )
        context.run_migrations()


run_migrations()
