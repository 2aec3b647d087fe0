"""The sessions a personal feed holds: by role, never a draft's, cancelled ones among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from coordination.db import db, system_session
from coordination.domain.actors import Actor, Role
from coordination.domain.calendar_feeds import KEPT_DAYS, sequence_of
from coordination.domain.course_runs import ACCEPTS_NOMINATIONS, RunState
from coordination.domain.enrolments import HOLDS_SEAT, EnrolmentState
from coordination.models import CourseRun, CourseSession, Enrolment, School, TrackModule

IN_LINE_OR_SEATED = HOLDS_SEAT | {EnrolmentState.WAITING}


@dataclass(frozen=True)
class FedSession:
    """One session as a feed tells it."""

    id: int
    course_run_id: int
    run: str
    state: RunState
    school: str
    address: str
    module: str
    day: date
    starts_at: time
    ends_at: time
    sequence: int
    changed_at: datetime | None
    cancelled: bool


def feed_sessions(actor: Actor, today: date) -> tuple[FedSession, ...]:
    """The sessions of the last three months and all to come that the owner of a feed is concerned with."""
    rows = db.session.execute(
        sa.select(CourseSession, CourseRun, School, TrackModule.title)
        .join(CourseRun, CourseRun.id == CourseSession.course_run_id)
        .join(School, School.id == CourseRun.school_id)
        .outerjoin(TrackModule, TrackModule.id == CourseSession.module_id)
        .where(_concerns(actor), CourseSession.day >= today - timedelta(days=KEPT_DAYS))
        .order_by(CourseSession.day, CourseSession.starts_at, CourseSession.id)
    )
    return tuple(_fed(row, run, school, module or "") for row, run, school, module in rows)


def _concerns(actor: Actor) -> sa.ColumnElement[bool]:
    """SQL: the runs a feed tells of; one cancelled as a draft was never told and is not told now."""
    once_open = sa.and_(CourseRun.state == RunState.CANCELLED, CourseSession.told["day"].as_string() != "")
    if actor.role is not Role.JOBCENTER:
        standing = frozenset(RunState) - {RunState.DRAFT, RunState.CANCELLED}
        return sa.or_(CourseRun.state.in_(standing), once_open)
    own = sa.and_(CourseRun.id.in_(_runs_with_own(actor)), CourseRun.state != RunState.DRAFT)
    return sa.or_(CourseRun.state.in_(ACCEPTS_NOMINATIONS), once_open, own)


def _runs_with_own(actor: Actor) -> frozenset[int]:
    """The runs in which the jobcenter has, or had to the end, a seat or a place in line.

    Looked up apart and as numbers, so that what a feed is read with reaches no person's row.
    """
    own = sa.select(Enrolment.course_run_id).where(
        Enrolment.municipality_id.in_(actor.municipalities), Enrolment.state.in_(IN_LINE_OR_SEATED)
    )
    with system_session("feed_runs", reads=True) as session:
        return frozenset(session.scalars(own.distinct()))


def _fed(row: CourseSession, run: CourseRun, school: School, module: str) -> FedSession:
    return FedSession(
        id=row.id,
        course_run_id=run.id,
        run=run.title,
        state=run.state,
        school=school.name,
        address=school.address,
        module=module,
        day=row.day,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        sequence=sequence_of(row.sequence, run.state),
        changed_at=row.changed_at,
        cancelled=row.cancelled or run.state is RunState.CANCELLED,
    )
