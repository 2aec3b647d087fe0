"""The sessions of a run as they stand, those of its neighbours, and what a change would make of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.rescheduling import MOST_DAYS, Asked, Change, SessionDeed, Standing, settle_changes
from coordination.domain.run_plans import PLANNABLE, Slot
from coordination.domain.school_clashes import SchoolSlot, check_school
from coordination.models import CourseRun, CourseSession, Mark
from coordination.queries.course_runs.days_off import days_off
from coordination.queries.course_runs.head import RunHead, head_of, visible_run


@dataclass(frozen=True)
class SessionChangesPage:
    """The sessions of a run that can be moved, cancelled or restored, several at once."""

    head: RunHead
    sessions: tuple[Standing, ...]
    marked: int


def session_changes_page(actor: Actor, course_run_id: int) -> SessionChangesPage:
    """The form that changes several sessions; those with a register stay where they are."""
    run = visible_run(actor, course_run_id)
    rows = standing(run.id)
    free = tuple(row for row in rows if not row.marked)
    return SessionChangesPage(head=head_of(actor, run), sessions=free, marked=len(rows) - len(free))


def changes_preview(actor: Actor, course_run_id: int, asked: Asked) -> tuple[Change, ...]:
    """What would become of the sessions, in order of time; raises what the deed would raise."""
    run = visible_run(actor, course_run_id)
    found = asked_changes(actor, run, asked)
    return tuple(sorted(found, key=lambda change: (change.before.day, change.before.start_time)))


def asked_changes(actor: Actor, run: CourseRun, asked: Asked) -> tuple[Change, ...]:
    """What becomes of the sessions of a run; Invalid beside a field, Refused where there is no room."""
    rows = standing(run.id)
    changes = settle_changes(asked, rows, _days_off(actor, run.school_id, rows, asked))
    if asked.deed is not SessionDeed.CANCEL:
        after = [change.after for change in changes]
        others = school_slots(run.school_id, [session.day for session in after], besides=run.id)
        check_school(after, others, room_for_both=asked.room_for_both)
    return changes


def _days_off(actor: Actor, school_id: int, rows: Collection[Standing], asked: Asked) -> dict[date, str]:
    """The days without teaching where the sessions would land; none where nothing moves so far as to ask."""
    far = asked.deed is not SessionDeed.MOVE or abs(asked.shift.days) > MOST_DAYS
    days = [] if far else [row.day + timedelta(days=asked.shift.days) for row in rows]
    return days_off(actor, school_id, min(days), max(days)) if days else {}


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
