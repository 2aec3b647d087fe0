"""The demonstration tells its story on whatever day it is started, and never in a database that is in use."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from coordination.adapters.cpr_vault import vault_from
from coordination.db import Base, db
from coordination.domain.actors import Role
from coordination.domain.candidates import Scheme
from coordination.domain.course_runs import ACCEPTS_NOMINATIONS, RunState
from coordination.domain.enrolments import HOLDS_SEAT
from coordination.domain.evaluations import EvaluationState
from coordination.domain.improvements import ChangeState
from coordination.domain.nominations import NominationState
from coordination.domain.proposals import ProposalState
from coordination.jobs import proposals as worker
from coordination.models import (
    Candidate,
    CourseRun,
    CourseSession,
    Enrolment,
    Evaluation,
    Nomination,
    Proposal,
    ProposedChange,
    User,
)
from coordination.queries.accounts import actor_of
from coordination.queries.proposals.rows import load as load_proposal
from coordination.queries.today import start_page
from coordination.services import demo

DAYS = [date(2026, 11, 23), date(2026, 11, 22), date(2026, 12, 24), date(2028, 2, 29), date(2027, 7, 15)]


def load(day: date) -> bool:
    keys = ("t1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",)
    now = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    return demo.load(password_hash="hash", vault=vault_from(keys, "hash" * 10), now=now)


@pytest.fixture
def empty(app):
    """A database without a row."""
    with db.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execution_options(unguarded=True)
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT set_config('app.everything', 'on', true)")
            connection.execute(table.delete())


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_story_is_told_as_of_today(app, empty, everything, act, clock, day):
    with everything() as session:
        assert load(day)
    with everything() as session:
        finished = session.scalars(select(CourseRun).where(CourseRun.state == RunState.EVALUATED)).one()
        seats = select(Candidate.scheme).join(Enrolment, Enrolment.candidate_id == Candidate.id)
        schemes = session.scalars(seats.where(Enrolment.course_run_id == finished.id)).all()
        assert len(schemes) == 16
        assert schemes.count(Scheme.IGU) == 14
        evaluation = session.scalars(select(Evaluation)).one()
        assert evaluation.state is EvaluationState.REVIEWED
        following = session.scalars(select(CourseRun).where(CourseRun.predecessor_id == finished.id)).one()
        assert following.state is RunState.DRAFT
        changes = session.scalars(
            select(ProposedChange).where(ProposedChange.next_run_id == following.id)
        ).all()
        assert {change.state for change in changes} == {ChangeState.PROPOSED, ChangeState.ADOPTED}
        pool = select(func.count(Nomination.id)).where(Nomination.state == NominationState.SUBMITTED)
        assert session.scalar(pool) == 40
        parked = select(Nomination.parked_until).where(Nomination.state == NominationState.PARKED)
        assert [until > day for until in session.scalars(parked)] == [True] * 3
        open_runs = select(CourseRun).where(CourseRun.state.in_(ACCEPTS_NOMINATIONS))
        collecting, small, large = session.scalars(open_runs.order_by(CourseRun.starts_on))
        assert small.capacity < collecting.capacity < large.capacity
        held = select(func.count(Enrolment.id)).where(Enrolment.state.in_(HOLDS_SEAT))
        assert session.scalar(held.where(Enrolment.course_run_id == collecting.id)) < collecting.minimum
        running = session.scalars(select(CourseRun).where(CourseRun.state == RunState.RUNNING)).one()
        assert (
            day
            in session.scalars(
                select(CourseSession.day).where(CourseSession.course_run_id == running.id)
            ).all()
        )
        boss = session.scalars(select(User.id).where(User.role == Role.COORDINATOR)).one()
        coordinator = actor_of(boss)
    assert coordinator is not None
    with act(coordinator):
        page = start_page(coordinator, day)
    assert page.sessions
    assert page.registers
    assert page.follow_ups
    short = page.short_runs[0]
    assert [(row.municipality, row.count) for row in short.parked] == [("Tønder", 2)]
    assert page.changes
    clock.moment = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
    assert worker.work_off(app) == 1
    with act(coordinator):
        (proposed,) = db.session.scalars(select(Proposal.id))
        there = load_proposal(coordinator, proposed)
    assert there.proposal.state is ProposalState.READY
    assert list(there.closed) == [str(large.id)]
    assert {why["code"] for place in there.places for why in place.why} > {"FIRST_WISH", "RUN_FULL", "held"}


def test_a_database_in_use_is_left_alone(world, everything):
    with everything():
        assert not load(DAYS[0])
        assert demo.logins() == ()
