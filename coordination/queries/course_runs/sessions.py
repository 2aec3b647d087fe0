"""The sessions a new or moved one must make room for: the run's own, and its neighbours' at the school."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.rescheduling import Standing
from coordination.domain.run_plans import PLANNABLE, Slot
from coordination.domain.school_clashes import SchoolSlot
from coordination.models import CourseRun, CourseSession, Mark


def slots(course_run_id: int, *, besides: Collection[int] = ()) -> tuple[Slot, ...]:
    """The times a run's sessions take, without those that are being changed."""
    rows = db.session.scalars(
        sa.select(CourseSession)
        .where(CourseSession.course_run_id == course_run_id)
        .where(CourseSession.id.not_in(besides))
    )
    return tuple(Slot(row.day, row.starts_at, row.ends_at, row.cancelled) for row in rows)


def standing(course_run_id: int) -> tuple[Standing, ...]:
    """The sessions of a run as they stand, in order of time, and which of them have a register."""
    begun = set(db.session.scalars(sa.select(Mark.session_id).where(Mark.course_run_id == course_run_id)))
    rows = db.session.scalars(
        sa.select(CourseSession)
        .where(CourseSession.course_run_id == course_run_id)
        .order_by(CourseSession.day, CourseSession.starts_at)
    )
    return tuple(
        Standing(row.id, row.day, row.starts_at, row.ends_at, row.minutes, row.cancelled, row.id in begun)
        for row in rows
    )


def school_slots(
    school_id: int, days: Collection[date], *, besides: int | None = None
) -> tuple[SchoolSlot, ...]:
    """The times the other runs at a school take from the first of some days to the last, in order of time."""
    if not days:
        return ()
    rows = db.session.execute(
        sa.select(CourseRun.title, CourseSession.day, CourseSession.starts_at, CourseSession.ends_at)
        .join(CourseRun, CourseRun.id == CourseSession.course_run_id)
        .where(CourseRun.school_id == school_id)
        .where(CourseRun.id != (besides or 0))
        .where(CourseRun.state.in_(PLANNABLE))
        .where(CourseSession.cancelled.is_(False))
        .where(CourseSession.day.between(min(days), max(days)))
        .order_by(CourseSession.day, CourseSession.starts_at, CourseRun.id)
    )
    return tuple(SchoolSlot(*row) for row in rows)
