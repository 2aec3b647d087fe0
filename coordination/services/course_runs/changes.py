"""What is kept when a session changes: its row, so its calendar entry lives on, and how often it changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select

from coordination.db import db
from coordination.domain.course_runs import PlannedSession, RunState
from coordination.domain.rescheduling import Arrangement
from coordination.models import CourseRun, CourseSession


def touch(session: CourseSession, now: datetime) -> None:
    """Note that a session was moved, changed, cancelled or restored; its calendar entry counts it."""
    session.sequence = (session.sequence or 0) + 1  # a row that was never stored has none yet
    session.changed_at = now


def touch_all(run: CourseRun, now: datetime) -> None:
    """Note that every session of a run changed."""
    for session in db.session.scalars(_sessions(run)):
        touch(session, now)


def new_session(
    run: CourseRun, planned: PlannedSession, module_id: int | None, now: datetime
) -> CourseSession:
    """A session of a run as it was planned, not yet stored."""
    return CourseSession(
        partnership_id=run.partnership_id,
        school_id=run.school_id,
        course_run_id=run.id,
        module_id=module_id,
        day=planned.day,
        starts_at=planned.start_time,
        ends_at=planned.end_time,
        minutes=planned.minutes,
        changed_at=now,
    )


def put(
    session: CourseSession,
    planned: PlannedSession,
    module_id: int | None,
    now: datetime,
    *,
    cancelled: bool = False,
) -> None:
    """Let a session be as planned; nothing is noted where it stood so already."""
    as_it_is = session.day, session.starts_at, session.ends_at, session.minutes
    wanted = planned.day, planned.start_time, planned.end_time, planned.minutes
    if (*as_it_is, session.module_id, session.cancelled) == (*wanted, module_id, cancelled):
        return
    session.day, session.starts_at, session.ends_at, session.minutes = wanted
    session.module_id, session.cancelled = module_id, cancelled
    touch(session, now)


def call_off(session: CourseSession, now: datetime) -> None:
    """Cancel a session; one that was cancelled already is left alone."""
    if not session.cancelled:
        session.cancelled = True
        touch(session, now)


def restore(session: CourseSession, now: datetime) -> None:
    """Let a cancelled session take place after all."""
    if session.cancelled:
        session.cancelled = False
        touch(session, now)


def rearrange(run: CourseRun, arrangement: Arrangement, module_id: int | None, now: datetime) -> None:
    """Put a new plan in place of the old: rows are kept or moved where it can be, the rest called off.

    What nobody was told of, a draft's, is deleted instead. Where no module is chosen, each keeps its own.
    """
    rows = {row.id: row for row in db.session.scalars(_sessions(run))}
    for session_id in arrangement.left_over:
        if run.state is RunState.DRAFT:
            db.session.delete(rows[session_id])
        else:
            call_off(rows[session_id], now)
    for session_id, planned in arrangement.kept:
        put(rows[session_id], planned, module_id or rows[session_id].module_id, now)
    db.session.flush()  # the old sessions leave their days before the new ones take them
    db.session.add_all(new_session(run, planned, module_id, now) for planned in arrangement.added)


def _sessions(run: CourseRun) -> Select[CourseSession]:
    return select(CourseSession).where(CourseSession.course_run_id == run.id).with_for_update()
