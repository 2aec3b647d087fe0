"""The sessions of a run: made from weekdays, added, moved, cancelled; the run's dates follow them."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from coordination import audit
from coordination.access import one
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.course_runs import PlannedSession, SessionPlan
from coordination.domain.errors import Invalid, Refused
from coordination.domain.run_plans import (
    SessionFacts,
    check_plannable,
    plan_span,
    settle_plan,
    settle_session,
)
from coordination.models import CourseRun, CourseSession, Mark, Partnership, TrackModule
from coordination.queries.course_runs import days_off, slots


def plan_sessions(
    actor: Actor,
    course_run_id: int,
    plan: SessionPlan,
    *,
    module_id: int | None = None,
    instead: bool = False,
    now: datetime,
) -> int:
    """Add the sessions of a plan to a run, or put them in place of those it has; returns how many.

    Holidays and the school's closing days are skipped. Raises Invalid beside a field, and Refused once the
    run is over or, when replacing, once a register was taken.
    """
    run = _run(course_run_id)
    off = days_off(actor, run.school_id, *plan_span(plan))
    planned = settle_plan(plan, off, () if instead else slots(run.id))
    _check_module(run, module_id)
    if instead:
        _remove_all(run)
    db.session.add_all(_session(run, session, module_id) for session in planned)
    keep_in_step(run)
    audit.record(
        actor,
        "course_runs.plan_sessions",
        "course_run",
        run.id,
        now=now,
        sessions=len(planned),
        instead=instead,
    )
    return len(planned)


def add_session(actor: Actor, course_run_id: int, facts: SessionFacts, *, now: datetime) -> None:
    """Add one session to a run; raises Invalid beside a field."""
    run = _run(course_run_id)
    session = settle_session(facts, slots(run.id))
    _check_module(run, facts.module_id)
    db.session.add(_session(run, session, facts.module_id))
    keep_in_step(run)
    audit.record(actor, "course_runs.add_session", "course_run", run.id, now=now, day=str(session.day))


def save_session(actor: Actor, session_id: int, facts: SessionFacts, *, now: datetime) -> int:
    """Move or change one session; returns the run's id. Refused once its register was taken."""
    row, run = _unmarked(session_id)
    session = settle_session(facts, slots(run.id, besides=row.id))
    _check_module(run, facts.module_id)
    row.day, row.starts_at, row.ends_at = session.day, session.start_time, session.end_time
    row.minutes, row.module_id = session.minutes, facts.module_id
    keep_in_step(run)
    audit.record(actor, "course_runs.save_session", "session", row.id, now=now, day=str(session.day))
    return run.id


def cancel_session(actor: Actor, session_id: int, *, now: datetime) -> int:
    """Cancel one session, which then counts nowhere; returns the run's id. Refused once marked."""
    row, run = _unmarked(session_id)
    if row.cancelled:
        raise Refused("session.already_cancelled")
    row.cancelled = True
    keep_in_step(run)
    audit.record(actor, "course_runs.cancel_session", "session", row.id, now=now)
    return run.id


def restore_session(actor: Actor, session_id: int, *, now: datetime) -> int:
    """Let a cancelled session take place after all; returns the run's id. Refused if its time is taken."""
    row, run = _unmarked(session_id)
    if not row.cancelled:
        raise Refused("session.not_cancelled")
    facts = SessionFacts(row.day, row.starts_at, row.ends_at, 0)
    try:
        settle_session(facts, slots(run.id, besides=row.id))
    except Invalid as invalid:
        raise Refused("session.same_time") from invalid
    row.cancelled = False
    keep_in_step(run)
    audit.record(actor, "course_runs.restore_session", "session", row.id, now=now)
    return run.id


def keep_in_step(run: CourseRun) -> None:
    """Let the first and last day of a run, and how long its school sees people, follow its sessions."""
    db.session.flush()  # the sessions just added or changed are counted below
    counted = (
        sa.select(CourseSession.day)
        .where(CourseSession.course_run_id == run.id)
        .where(CourseSession.cancelled.is_(False))
    )
    days = db.session.scalars(counted).all()
    access = db.session.get_one(Partnership, run.partnership_id).school_access_days
    run.starts_on, run.ends_on = min(days, default=None), max(days, default=None)
    run.school_access_until = max(days) + timedelta(days=access) if days else None


def _run(course_run_id: int) -> CourseRun:
    run = one(CourseRun, course_run_id, lock=True)
    check_plannable(run.state)
    return run


def _unmarked(session_id: int) -> tuple[CourseSession, CourseRun]:
    """A session without marks, and its run, both locked."""
    run = _run(one(CourseSession, session_id).course_run_id)
    row = one(CourseSession, session_id, lock=True)
    if _marked(Mark.session_id == row.id):
        raise Refused("session.has_marks")
    return row, run


def _remove_all(run: CourseRun) -> None:
    if _marked(Mark.course_run_id == run.id):
        raise Refused("session.has_marks")
    for row in db.session.scalars(sa.select(CourseSession).where(CourseSession.course_run_id == run.id)):
        db.session.delete(row)
    db.session.flush()  # the old sessions leave their days before the new ones take them


def _marked(condition: sa.ColumnElement[bool]) -> bool:
    return db.session.scalar(sa.select(Mark.id).where(condition).limit(1)) is not None


def _check_module(run: CourseRun, module_id: int | None) -> None:
    module = db.session.get(TrackModule, module_id) if module_id else None
    if module_id and (module is None or module.track_id != run.track_id):
        raise Invalid({"module_id": "session.module"})


def _session(run: CourseRun, session: PlannedSession, module_id: int | None) -> CourseSession:
    return CourseSession(
        partnership_id=run.partnership_id,
        school_id=run.school_id,
        course_run_id=run.id,
        module_id=module_id,
        day=session.day,
        starts_at=session.start_time,
        ends_at=session.end_time,
        minutes=session.minutes,
    )
