"""The sessions of a run: made from a plan, added, moved, cancelled; the run's dates follow them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from coordination import audit
from coordination.access import one
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.course_runs import Plan, PlannedSession, RunState
from coordination.domain.errors import Invalid, Refused
from coordination.domain.rescheduling import arrange
from coordination.domain.run_plans import (
    SessionFacts,
    check_plannable,
    collisions,
    plan_span,
    settle_plan,
    settle_session,
)
from coordination.domain.school_clashes import check_school
from coordination.models import CourseRun, CourseSession, Mark, Partnership
from coordination.queries.course_runs import days_off, edition_modules, school_slots, slots, standing
from coordination.services.course_runs.changes import call_off, new_session, put, rearrange, restore


def plan_sessions(
    actor: Actor,
    course_run_id: int,
    plan: Plan,
    *,
    module_id: int | None = None,
    instead: bool = False,
    room_for_both: bool = False,
    now: datetime,
) -> int:
    """Add the sessions of a plan to a run, or put them in place of those it has; returns how many.

    Holidays and the school's closing days are skipped. Raises Invalid beside a field, and Refused once the
    run is over or, when replacing, once a register was taken.
    """
    run = plannable(course_run_id)
    off = days_off(actor, run.school_id, *plan_span(plan))
    planned = settle_plan(plan, off, () if instead else slots(run.id))
    _check_module(run, module_id)
    check_neighbours(run, planned, room_for_both=room_for_both)
    if instead:
        _put_in_place(run, planned, module_id, now)
    else:
        db.session.add_all(new_session(run, session, module_id, now) for session in planned)
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


def add_session(
    actor: Actor, course_run_id: int, facts: SessionFacts, *, room_for_both: bool = False, now: datetime
) -> None:
    """Add one session to a run; raises Invalid beside a field."""
    run = plannable(course_run_id)
    session = settle_session(facts, slots(run.id))
    _check_module(run, facts.module_id)
    check_neighbours(run, [session], room_for_both=room_for_both)
    db.session.add(new_session(run, session, facts.module_id, now))
    keep_in_step(run)
    audit.record(actor, "course_runs.add_session", "course_run", run.id, now=now, day=str(session.day))


def save_session(
    actor: Actor, session_id: int, facts: SessionFacts, *, room_for_both: bool = False, now: datetime
) -> int:
    """Move or change one session; returns the run's id. Refused once its register was taken."""
    row, run = _unmarked(session_id)
    session = settle_session(facts, slots(run.id, besides=[row.id]))
    _check_module(run, facts.module_id)
    if not row.cancelled and not _lies_within(session, row):
        check_neighbours(run, [session], room_for_both=room_for_both)
    put(row, session, facts.module_id, now, cancelled=row.cancelled)
    keep_in_step(run)
    audit.record(actor, "course_runs.save_session", "session", row.id, now=now, day=str(session.day))
    return run.id


def cancel_session(actor: Actor, session_id: int, *, now: datetime) -> int:
    """Cancel one session, which then counts nowhere; returns the run's id. Refused once marked."""
    row, run = _unmarked(session_id)
    if row.cancelled:
        raise Refused("session.already_cancelled")
    call_off(row, now)
    keep_in_step(run)
    audit.record(actor, "course_runs.cancel_session", "session", row.id, now=now)
    return run.id


def restore_session(actor: Actor, session_id: int, *, now: datetime) -> int:
    """Let a cancelled session take place after all; returns the run's id. Refused if its time is taken.

    Invalid beside `room_for_both` if another run at the school has taken it.
    """
    row, run = _unmarked(session_id)
    if not row.cancelled:
        raise Refused("session.not_cancelled")
    check_free(run, [row.id], [_planned(row)])
    check_neighbours(run, [_planned(row)], room_for_both=False)
    restore(row, now)
    keep_in_step(run)
    audit.record(actor, "course_runs.restore_session", "session", row.id, now=now)
    return run.id


def keep_in_step(run: CourseRun) -> None:
    """Let the first and last day of a run, and how long its school sees people, follow its sessions.

    Refused where a run that is no draft would be left without any: then the run itself is to be cancelled.
    """
    db.session.flush()  # the sessions just added or changed are counted below
    counted = (
        sa.select(CourseSession.day)
        .where(CourseSession.course_run_id == run.id)
        .where(CourseSession.cancelled.is_(False))
    )
    days = db.session.scalars(counted).all()
    if not days and run.state is not RunState.DRAFT:
        raise Refused("session.last_one")
    access = db.session.get_one(Partnership, run.partnership_id).school_access_days
    run.starts_on, run.ends_on = min(days, default=None), max(days, default=None)
    run.school_access_until = max(days) + timedelta(days=access) if days else None


def check_neighbours(run: CourseRun, planned: Sequence[PlannedSession], *, room_for_both: bool) -> None:
    """Invalid beside `room_for_both` where another run at the school meets at the same time."""
    taken = () if room_for_both else school_slots(run.school_id, [row.day for row in planned], besides=run.id)
    check_school(planned, taken, room_for_both=room_for_both)


def check_free(run: CourseRun, moving: Collection[int], planned: Sequence[PlannedSession]) -> None:
    """Refused, naming the day, where the run itself meets at the time of a session that moves there."""
    if days := collisions(planned, slots(run.id, besides=moving)):
        raise Refused("session.same_time_on", day=days[0])


def plannable(course_run_id: int) -> CourseRun:
    """A run whose sessions can still be planned, locked; Refused once it is over."""
    run = one(CourseRun, course_run_id, lock=True)
    check_plannable(run.state)
    return run


def _unmarked(session_id: int) -> tuple[CourseSession, CourseRun]:
    """A session without marks, and its run, both locked."""
    run = plannable(one(CourseSession, session_id).course_run_id)
    row = one(CourseSession, session_id, lock=True)
    if _marked(Mark.session_id == row.id):
        raise Refused("session.has_marks")
    return row, run


def _put_in_place(
    run: CourseRun, planned: Sequence[PlannedSession], module_id: int | None, now: datetime
) -> None:
    if _marked(Mark.course_run_id == run.id):
        raise Refused("session.has_marks")
    rearrange(run, arrange(standing(run.id), planned), module_id, now)


def _marked(condition: sa.ColumnElement[bool]) -> bool:
    return db.session.scalar(sa.select(Mark.id).where(condition).limit(1)) is not None


def _check_module(run: CourseRun, module_id: int | None) -> None:
    if module_id and module_id not in edition_modules(run.track_id, run.track_edition):
        raise Invalid({"module_id": "session.module"})


def _planned(row: CourseSession) -> PlannedSession:
    return PlannedSession(row.day, row.starts_at, row.ends_at, row.minutes)


def _lies_within(session: PlannedSession, row: CourseSession) -> bool:
    """True where a change takes no time the session did not have before."""
    same_day = session.day == row.day
    return same_day and row.starts_at <= session.start_time and session.end_time <= row.ends_at
