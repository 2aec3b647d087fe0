"""The guard fails closed: every way to reach an owned row without a scope raises, on both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from coordination.db import GuardError, Scope, db, system_session, unit_of_work
from coordination.db.guard import guarded_tables
from coordination.models import Candidate, CourseRun, Enrolment, Nomination, NominationWish
from tests.factories import make_candidate, make_nomination, make_participant, make_run, save


@pytest.fixture
def people(world, everything):
    with everything():
        own = make_candidate(world.municipality, world.caseworker, name="Egen Person")
        other = make_candidate(world.other_municipality, world.other_caseworker, name="Anden Person")
        far = make_candidate(world.far_municipality, world.far_caseworker, name="Fjern Person")
        return own.id, other.id, far.id


WITHOUT_SCOPE = {
    "orm select": lambda: db.session.scalars(sa.select(Candidate)).all(),
    "one column": lambda: db.session.scalars(sa.select(Candidate.name)).all(),
    "count": lambda: db.session.scalar(sa.select(sa.func.count(Candidate.id))),
    "get": lambda: db.session.get(Candidate, 1),
    "core select": lambda: db.session.execute(sa.select(Candidate.__table__)).all(),
    "raw sql": lambda: db.session.execute(sa.text("SELECT name FROM candidates")).all(),
    "connection": lambda: db.session.connection().execute(sa.text("SELECT name FROM candidates")).all(),
    "orm update": lambda: db.session.execute(sa.update(Candidate).values(name="x")),
    "orm delete": lambda: db.session.execute(sa.delete(Candidate)),
    "shared row": lambda: db.session.scalars(sa.select(CourseRun)).all(),
}
WITH_SCOPE = {
    "core select": lambda: db.session.execute(sa.select(Candidate.__table__)).all(),
    "raw sql": lambda: db.session.execute(sa.text("SELECT name FROM candidates")).all(),
    "from_statement": lambda: db.session.scalars(
        sa.select(Candidate).from_statement(sa.text("SELECT * FROM candidates"))
    ).all(),
    "bulk insert": lambda: db.session.execute(sa.insert(Candidate), [{"name": "x"}]),
    "bulk update by key": lambda: db.session.execute(sa.update(NominationWish), [{"id": 1, "rank": 2}]),
    "core update": lambda: db.session.execute(sa.update(Candidate.__table__).values(name="x")),
    "bare column in an orm select": lambda: db.session.execute(
        sa.select(Nomination.id, sa.func.lower(Candidate.__table__.c.name))
    ).all(),
    "bare table in an orm select": lambda: db.session.execute(
        sa.select(Nomination.id).join(Candidate.__table__, sa.true())
    ).all(),
}


@pytest.mark.parametrize("statement", WITHOUT_SCOPE.values(), ids=WITHOUT_SCOPE)
def test_without_a_scope_nothing_owned_is_reached(people, statement):
    with pytest.raises(GuardError):
        statement()
    db.session.rollback()


@pytest.mark.parametrize("statement", WITH_SCOPE.values(), ids=WITH_SCOPE)
def test_with_a_scope_only_statements_it_can_narrow_pass(people, world, act, statement):
    with pytest.raises(GuardError), act(world.caseworker):
        statement()


READERS = {
    "rows": lambda: {row.id for row in db.session.scalars(sa.select(Candidate))},
    "columns": lambda: set(db.session.scalars(sa.select(Candidate.id))),
    "subquery": lambda: set(db.session.scalars(sa.select(sa.select(Candidate.id).subquery().c.id))),
    "exists": lambda: set(
        db.session.scalars(
            sa.select(Nomination.candidate_id).where(
                sa.exists(sa.select(Candidate.id).where(Candidate.id == Nomination.candidate_id))
            )
        )
    ),
    "union": lambda: set(db.session.scalars(sa.union(sa.select(Candidate.id), sa.select(Candidate.id)))),
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_each_actor_reads_only_its_own(people, world, act, everything, read):
    own, other, far = people
    with everything() as session:
        for candidate_id in people:
            make_nomination(session.get(Candidate, candidate_id), ())
    reach = {
        world.caseworker: {own},
        world.other_caseworker: {other},
        world.coordinator: {own, other},
        world.far_coordinator: {far},
        world.teacher: set(),
        world.leader: set(),
        world.admin: set(),
    }
    for actor, expected in reach.items():
        with act(actor):
            assert read() == expected, actor


def test_a_school_reaches_a_person_only_through_an_accepted_seat_in_its_own_run(
    world, act, everything, clock
):
    with everything():
        run = make_run(world)
        seat = make_participant(world, run, world.caseworker, world.municipality)
        waiting = make_participant(world, run, world.caseworker, world.municipality, state="offered")
        accepted, offered = seat.candidate_id, waiting.candidate_id
    with act(world.teacher):
        assert READERS["rows"]() == {accepted}
    with act(world.other_teacher):
        assert READERS["rows"]() == set()
        assert db.session.scalars(sa.select(Enrolment.id)).all() == []
    clock.forward(days=120)
    with act(world.teacher):
        assert READERS["rows"]() == set()
    assert accepted != offered


def test_a_row_of_another_owner_is_not_written(people, world, act, everything):
    with pytest.raises(GuardError), act(world.caseworker):
        make_candidate(world.other_municipality, world.caseworker)
    with pytest.raises(GuardError), act(world.teacher):
        make_candidate(world.municipality, world.caseworker)
    with everything() as session:
        make_nomination(session.get(Candidate, people[0]), ())
    with pytest.raises(GuardError), act(world.coordinator) as session:
        session.get(Candidate, people[0]).municipality_id = world.other_municipality
        session.flush()


def test_a_foreign_row_cannot_be_pointed_at_by_id(people, world, act):
    with pytest.raises(sa.exc.IntegrityError), act(world.caseworker):
        save(
            Nomination(
                municipality_id=world.municipality,
                candidate_id=people[1],
                code="PROBE",
                state="submitted",
                caseworker_id=world.caseworker.user_id,
                created_at=make_nomination.__globals__["CREATED"],
            )
        )


def test_a_session_keeps_one_scope(world, act):
    with act(world.caseworker), pytest.raises(RuntimeError):
        unit_of_work(Scope.of(world.coordinator, None)).__enter__()


def test_after_a_unit_of_work_the_session_reaches_nothing(people, world, act):
    with act(world.caseworker):
        assert READERS["rows"]()
    with pytest.raises(GuardError):
        READERS["rows"]()


def test_system_work_across_owners_is_named(people, app):
    with system_session("test") as session:
        assert len(session.scalars(sa.select(Candidate)).all()) == 3


@pytest.mark.postgresql
def test_row_level_security_stands_behind_the_guard(people, world, act, cluster):
    """Past the guard, PostgreSQL itself shows a caseworker only the own municipality's people."""
    if not cluster.app_url.startswith("postgresql"):
        pytest.skip("SQLite has one wall; PostgreSQL has this second one")
    unguarded = {"unguarded": True}
    names = sa.text("SELECT name FROM candidates ORDER BY name")
    with act(world.caseworker) as session:
        assert session.connection().execution_options(**unguarded).execute(names).scalars().all() == [
            "Egen Person"
        ]
    with act(world.teacher) as session:
        assert session.connection().execution_options(**unguarded).execute(names).scalars().all() == []
    assert db.session.connection().execution_options(**unguarded).execute(names).scalars().all() == []
    db.session.rollback()


@pytest.mark.postgresql
def test_every_owned_table_has_its_policy(app, cluster):
    if not cluster.app_url.startswith("postgresql"):
        pytest.skip("SQLite has no row-level security")
    forced = db.session.scalars(sa.text("SELECT relname FROM pg_class WHERE relforcerowsecurity"))
    assert set(forced) == guarded_tables()
    db.session.rollback()


def test_relations_are_narrowed_however_they_are_loaded(world, act, everything):
    """An offered seat is a school's to see, the person in it is not yet."""
    with everything():
        run = make_run(world)
        make_participant(world, run, world.caseworker, world.municipality, state="offered")
    for load in (joinedload, selectinload):
        with act(world.teacher):
            seats = db.session.scalars(sa.select(Enrolment).options(load(Enrolment.candidate))).all()
            assert [seat.candidate for seat in seats] == [None], load
    with act(world.teacher):
        joined = sa.select(Candidate.name).select_from(Enrolment)
        assert db.session.scalars(joined.join(Candidate, Candidate.id == Enrolment.candidate_id)).all() == []
        outer = joined.outerjoin(Candidate, Candidate.id == Enrolment.candidate_id)
        assert db.session.scalars(outer).all() == [None]


def test_an_alias_is_refused_because_it_is_not_narrowed_in_a_join(world, act):
    other = aliased(CourseRun)
    for statement in (
        sa.select(other.title),
        sa.select(CourseRun.id, other.title).join(other, other.id == CourseRun.predecessor_id),
        sa.select(CourseRun.id).where(
            sa.exists(sa.select(other.id).where(other.id == CourseRun.predecessor_id))
        ),
    ):
        with pytest.raises(GuardError), act(world.teacher):
            db.session.execute(statement)
