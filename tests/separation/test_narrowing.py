"""The guard's one option narrows exactly as SQLAlchemy's own criteria for every owned class would.

Each statement runs as several people, so that the cache of compiled statements is cold for one and warm for
the next, and as system work with `with_loader_criteria` spelled out; the SQL with its values is the same.
"""

from __future__ import annotations

import re
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import (
    Bundle,
    contains_eager,
    defer,
    immediateload,
    joinedload,
    lazyload,
    selectinload,
    subqueryload,
    with_loader_criteria,
)

from coordination.db import GuardError, Scope, db
from coordination.db.narrowing import guarded_classes
from coordination.models import Candidate, CourseRun, Enrolment, Mark, Nomination, NominationWish, User
from tests.separation.populated import populate


class Unknown(sa.types.TypeDecorator):
    impl = sa.String
    cache_ok = False


NAMES = sa.select(Candidate.name)
PEOPLE = sa.select(Candidate).order_by(Candidate.id)
SEATS = sa.select(Enrolment).order_by(Enrolment.id)
NOMINATIONS = sa.select(Nomination).order_by(Nomination.id)
BY_PERSON = Candidate.id == Enrolment.candidate_id
SEATED = sa.select(Enrolment.candidate_id).where(Enrolment.state == "accepted")
SUBQUERY = sa.select(Candidate.id, Candidate.name).subquery()
PART = sa.select(Candidate.id.label("id")).cte("part")
SEATS_OF_RUN = (
    sa.select(sa.func.count(Enrolment.id)).where(Enrolment.course_run_id == CourseRun.id).scalar_subquery()
)
HIDDEN_TWICE = sa.exists().where(
    Nomination.candidate_id == Candidate.id,
    sa.exists().where(Enrolment.nomination_id == Nomination.id).correlate(Nomination),
)

STATEMENTS = {
    "entity": sa.select(Candidate),
    "column": NAMES,
    "count": sa.select(sa.func.count()).select_from(Candidate),
    "expression": sa.select(sa.func.lower(Candidate.name) + "x"),
    "case": sa.select(sa.case((Candidate.name == "x", 1), else_=2)),
    "bundle": sa.select(Bundle("person", Candidate.id, Candidate.name)),
    "two entities": sa.select(Candidate, Enrolment).where(BY_PERSON),
    "only in where": sa.select(User.id).where(User.id == Candidate.caseworker_id),
    "only in order": sa.select(User.id)
    .join(Candidate, Candidate.caseworker_id == User.id)
    .order_by(Candidate.name),
    "group and having": sa.select(Candidate.town, sa.func.count(Candidate.id))
    .group_by(Candidate.town)
    .having(sa.func.count(Candidate.id) > 0),
    "window": sa.select(Candidate.id, sa.func.row_number().over(order_by=Candidate.name)),
    "join": SEATS.join(Candidate, BY_PERSON),
    "outer join": sa.select(Enrolment.id, Candidate.name).outerjoin(Candidate, BY_PERSON),
    "join from": sa.select(Candidate.name).join_from(Enrolment, Candidate, BY_PERSON),
    "join along a relation": SEATS.join(Enrolment.candidate),
    "three joins": SEATS.join(Candidate, BY_PERSON)
    .join(Nomination, Nomination.id == Enrolment.nomination_id)
    .outerjoin(Mark, Mark.enrolment_id == Enrolment.id),
    "select from a join": sa.select(Candidate.name).select_from(sa.orm.join(Enrolment, Candidate, BY_PERSON)),
    "other columns later": SEATS.join(Candidate, BY_PERSON).with_only_columns(Candidate.name),
    "subquery": sa.select(SUBQUERY.c.name),
    "join to a subquery": sa.select(Enrolment.id).join(SUBQUERY, SUBQUERY.c.id == Enrolment.candidate_id),
    "subquery of a subquery": sa.select(sa.select(SUBQUERY.c.id).subquery().c.id),
    "cte": sa.select(PART.c.id),
    "cte and entity": sa.select(Enrolment.id).join(PART, PART.c.id == Enrolment.candidate_id),
    "recursive": sa.select(
        PART.union_all(sa.select(Enrolment.candidate_id).where(Enrolment.id < 0)).alias("all_of_it").c.id
    ),
    "in": NAMES.where(Candidate.id.in_(SEATED)),
    "not in": NAMES.where(Candidate.id.not_in(SEATED)),
    "exists": NAMES.where(sa.exists(SEATED.where(BY_PERSON))),
    "exists in exists": NAMES.where(HIDDEN_TWICE),
    "has": SEATS.where(Enrolment.candidate.has(Candidate.name != "x")),
    "any": sa.select(Nomination.id).where(Nomination.wishes.any(NominationWish.rank == 1)),
    "scalar subquery": sa.select(NAMES.order_by(Candidate.id).limit(1).scalar_subquery()),
    "correlated": sa.select(CourseRun.title, SEATS_OF_RUN),
    "correlated in where": sa.select(CourseRun.title).where(SEATS_OF_RUN > 0),
    "sum of counts": sa.select(
        sa.select(sa.func.count()).select_from(SUBQUERY).scalar_subquery()
        + sa.select(sa.func.count()).select_from(SEATED.subquery()).scalar_subquery()
    ),
    "union": sa.union(sa.select(Candidate.id), SEATED),
    "union in a subquery": sa.select(sa.union_all(sa.select(Candidate.id), SEATED).subquery().c.id),
    "intersection": sa.intersect(sa.select(Candidate.id), SEATED),
    "distinct": sa.select(Candidate.town).distinct(),
    "locked": sa.select(Candidate).with_for_update(),
    "fresh": sa.select(Candidate).execution_options(populate_existing=True),
    "not cached": sa.select(Candidate.name, sa.literal("x", Unknown())),
    "joinedload": SEATS.options(joinedload(Enrolment.candidate)),
    "inner joinedload": SEATS.options(joinedload(Enrolment.candidate, innerjoin=True)),
    "joinedload with a limit": NOMINATIONS.options(joinedload(Nomination.wishes)).limit(2),
    "selectinload": SEATS.options(selectinload(Enrolment.candidate)),
    "selectinload of many": NOMINATIONS.options(selectinload(Nomination.wishes)),
    "subqueryload": NOMINATIONS.options(subqueryload(Nomination.wishes)),
    "immediateload": SEATS.options(immediateload(Enrolment.candidate)),
    "load in a load": SEATS.options(
        selectinload(Enrolment.nomination).options(
            joinedload(Nomination.candidate), selectinload(Nomination.wishes)
        )
    ),
    "load of some": NOMINATIONS.options(selectinload(Nomination.wishes.and_(NominationWish.rank == 1))),
    "contains_eager": SEATS.join(Enrolment.candidate).options(contains_eager(Enrolment.candidate)),
    "own criteria too": NAMES.options(with_loader_criteria(Candidate, Candidate.name != "x")),
    "update": sa.update(Candidate).values(town="x"),
    "update with a subquery": sa.update(Candidate).values(town="x").where(Candidate.id.in_(SEATED)),
    "update to a subquery": sa.update(Candidate).values(
        town=sa.select(sa.func.min(Nomination.code))
        .where(Nomination.candidate_id == Candidate.id)
        .scalar_subquery()
    ),
    "update and fetch": sa.update(Candidate).values(town="x").execution_options(synchronize_session="fetch"),
    "delete": sa.delete(NominationWish).where(NominationWish.rank > 1),
    "delete by another table": sa.delete(NominationWish).where(
        NominationWish.nomination_id.in_(sa.select(Nomination.id))
    ),
}


def _lazy(session, options):
    seats = session.scalars(SEATS.options(lazyload(Enrolment.candidate), *options)).all()
    return [seat.candidate and seat.candidate.id for seat in seats]


def _deferred(session, options):
    people = session.scalars(PEOPLE.options(defer(Candidate.town), *options)).all()
    return [person.town for person in people]


def _by_key(session, options):
    return [session.get(Candidate, key, options=options) is not None for key in range(1, 6)]


def _refreshed(session, options):
    for person in (people := session.scalars(PEOPLE.options(*options)).all()):
        session.refresh(person)
    return len(people)


DEEDS = {"lazy": _lazy, "deferred": _deferred, "get": _by_key, "refresh": _refreshed}


def _statement(statement):
    def run(session, options):
        result = session.execute(statement.options(*options))
        if statement.is_dml:
            return result.rowcount
        # In whatever order: row-level security lets the planner go another way for each of the two scopes.
        return sorted(re.sub("0x[0-9a-f]+", "", str(row)) for row in result.unique())

    return run


@pytest.fixture
def compare(app, world, everything, now):
    """`compare(run)`: what each person's statements said with their values, by the guard and spelled out."""
    with everything() as session:
        populate(world, session)
    people = (
        *(world.caseworker, world.other_caseworker, world.far_caseworker),
        *(world.coordinator, world.far_coordinator, world.teacher, world.other_teacher, world.admin),
    )
    scopes = [Scope.of(person, now.date()) for person in people]
    spelled = {scope: spelled_out(scope) for scope in scopes}

    def both(name, run):
        db.engine.clear_compiled_cache()
        for scope in scopes:
            with rolled_back(scope) as (session, said):
                rows = run(session, ())
            with rolled_back(Scope("system:test", everything=True)) as (session, expected):
                expected_rows = run(session, spelled[scope])
            assert said == expected, (name, scope)
            assert said
            assert rows == expected_rows, name

    return both


def spelled_out(scope):
    return [
        with_loader_criteria(model, model.within(scope), include_aliases=True) for model in guarded_classes()
    ]


@contextmanager
def rolled_back(scope):
    """A session of that scope, what it said to the database with the values in place, and no trace of it."""
    said = []

    def hear(_conn, _cursor, statement, values, _context, _many):
        if "set_config" in statement:
            return
        left = iter(values if isinstance(values, tuple) else ())
        said.append(
            re.sub(r"\?|%\((\w+)\)s", lambda m: repr(values[m[1]] if m[1] else next(left)), statement)
        )

    session = db.session.session_factory()
    session.info["scope"] = scope
    sa.event.listen(db.engine, "before_cursor_execute", hear)
    try:
        yield session, said
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", hear)
        session.rollback()
        session.close()


@pytest.mark.filterwarnings("ignore:SELECT statement has a cartesian product")  # SQLAlchemy's subqueryload
def test_a_statement_of_any_shape_is_narrowed_as_if_every_class_were_spelled_out(compare):
    for name, statement in STATEMENTS.items():
        compare(name, _statement(statement))
    for name, deed in DEEDS.items():
        compare(name, deed)


def test_every_owned_class_is_narrowed_the_same(compare):
    for model in guarded_classes():
        compare(model.__name__, _statement(sa.select(model)))


DOUBLES = {
    "bare table": (
        sa.select(Nomination.id).join(Candidate, sa.true()),
        sa.select(Nomination.id).join(Candidate.__table__, sa.true()),
    ),
    "bare column": (
        sa.select(Nomination.id, Candidate.name).join(Candidate, sa.true()),
        sa.select(Nomination.id, Candidate.__table__.c.name).join(Candidate, sa.true()),
    ),
    "bare column in a union": (
        sa.union(sa.select(Nomination.id), sa.select(Candidate.id)),
        sa.union(sa.select(Nomination.id), sa.select(Candidate.__table__.c.id)),
    ),
    "bare table deep below": (
        NAMES.where(sa.exists(sa.select(Nomination.id).where(Nomination.candidate_id == Candidate.id))),
        NAMES.where(
            sa.exists(
                sa.select(Nomination.__table__.c.id).where(
                    Nomination.__table__.c.candidate_id == Candidate.__table__.c.id
                )
            )
        ),
    ),
}


@pytest.mark.parametrize(("fine", "escapes"), DOUBLES.values(), ids=DOUBLES)
def test_what_escapes_is_refused_also_when_its_double_is_in_the_cache(world, act, everything, fine, escapes):
    db.engine.clear_compiled_cache()
    for begin in (lambda: act(world.caseworker), everything):
        for _time in range(2):
            with begin() as session:
                session.execute(fine)
            with pytest.raises(GuardError), begin() as session:
                session.execute(escapes)
