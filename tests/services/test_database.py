"""The database itself: migrations in step with the tables, strict logins, Danish order, aware moments."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from config import ConfigurationError, settings_from
from coordination.db import Base, db
from coordination.db.engine import refuse_powerful_login
from coordination.domain.errors import Stale
from coordination.models import AuditEntry, Candidate, Nomination, User
from tests.conftest import environ
from tests.factories import make_candidate, make_nomination


def test_the_migrations_make_exactly_the_tables(app):
    with db.engine.connect().execution_options(unguarded=True) as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_names_stand_in_danish_order(world, everything):
    names = ["Østergaard", "Zenab", "Aabenraa", "Ægir", "Anna", "Ålborg"]
    with everything() as session:
        for name in names:
            make_candidate(world.municipality, world.caseworker, name=name)
        ordered = session.scalars(
            sa.select(Candidate.name).order_by(sa.collate(Candidate.name, "danish"))
        ).all()
    assert [name for name in ordered if name in names] == [
        "Anna",
        "Zenab",
        "Ægir",
        "Østergaard",
        *ordered[-2:],
    ]
    assert set(ordered[-2:]) == {"Aabenraa", "Ålborg"}


def test_a_naive_moment_is_refused(world, everything):
    with pytest.raises(sa.exc.StatementError), everything() as session:
        session.add(AuditEntry(at=datetime(2026, 1, 1), deed="x", subject="x"))  # noqa: DTZ001 (the point)


def test_what_another_saved_first_is_stale(world, everything):
    with everything():
        person = make_candidate(world.municipality, world.caseworker)
        make_nomination(person, (world.kitchen,))
        again = person.id
    with pytest.raises(Stale), everything() as session:
        make_nomination(session.get(Candidate, again), (world.kitchen,))


def test_what_another_changed_is_stale(world, everything):
    with everything():
        nomination = make_nomination(
            make_candidate(world.municipality, world.caseworker), (world.kitchen,)
        ).id
    with pytest.raises(Stale), everything() as session:
        row = session.get(Nomination, nomination)
        table = Nomination.__table__
        session.connection().execution_options(unguarded=True).execute(table.update().values(version=9))
        row.code = "K-9"


def test_production_refuses_to_start_half_configured():
    with pytest.raises(ConfigurationError, match=r"DATABASE_URL.*COORDINATION_SMTP_URL"):
        settings_from(environ(COORDINATION_ENV="production", COORDINATION_BASE_URL=""))


def test_production_refuses_short_secrets():
    whole = {"DATABASE_URL": "x", "COORDINATION_SMTP_URL": "x", "COORDINATION_MAIL_FROM": "x"}
    with pytest.raises(ConfigurationError, match="SECRET_KEY"):
        settings_from(environ(COORDINATION_ENV="production", SECRET_KEY="short", **whole))


@pytest.mark.postgresql
def test_production_refuses_a_login_past_the_second_wall(cluster):
    if not cluster.app_url.startswith("postgresql"):
        pytest.skip("SQLite has no logins")
    for url, powerful in ((cluster.superuser_url, True), (cluster.app_url, False)):
        engine = sa.create_engine(url)
        sa.event.listen(engine, "connect", refuse_powerful_login)
        if powerful:
            with pytest.raises(RuntimeError, match="row-level"):
                engine.connect()
        else:
            engine.connect().close()
        engine.dispose()


@pytest.mark.postgresql
def test_what_was_prepared_outlives_a_rollback(app):
    """Each GET ends in one; with row-level security, planning takes many times what running takes."""
    for _time in range(3):
        db.session.scalars(sa.select(User.id.label("outlives"))).all()
        db.session.rollback()
    known = sa.text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE :pattern")
    assert db.session.scalar(known, {"pattern": "%AS outlives%"}) == 1
    db.session.rollback()
