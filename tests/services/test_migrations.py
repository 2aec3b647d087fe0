"""A database with people in it goes back a version and forward again, and nobody is lost on the way."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from app import create_app
from config import settings_from
from coordination.db import Scope, db, unit_of_work
from tests.conftest import environ
from tests.databases import sqlite_database, start_postgresql
from tests.factories import make_world
from tests.separation.populated import populate

KEPT = ("candidates", "nominations", "course_runs", "course_sessions", "enrolments", "marks", "follow_ups")


@pytest.fixture
def filled(request, cluster, tmp_path):
    """A database of its own with every kind of row, and the application of its owner."""
    postgresql = request.config.getoption("--database") == "postgresql"
    made = start_postgresql() if postgresql else sqlite_database(tmp_path)
    app = create_app(settings_from(environ(DATABASE_URL=made.owner_url)))
    with app.app_context():
        upgrade()
        world = make_world("x")
        with unit_of_work(Scope("system:test", everything=True)) as session:
            populate(world, session)
        yield app
        db.engine.dispose()
    made.stop()


def counted():
    with db.engine.connect().execution_options(unguarded=True) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT set_config('app.everything', 'on', true)"))
        return {table: connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) for table in KEPT}


@pytest.mark.usefixtures("filled")
def test_nobody_is_lost_on_the_way_back_and_forth():
    before = counted()
    assert all(before.values())
    downgrade(revision="0002")
    assert counted() == before
    upgrade()
    assert counted() == before
    with db.engine.connect().execution_options(unguarded=True) as connection:
        if connection.dialect.name == "sqlite":
            assert connection.scalar(sa.text("PRAGMA foreign_keys")) == 1
            assert connection.execute(sa.text("PRAGMA foreign_key_check")).all() == []
