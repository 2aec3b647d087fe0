"""Several sessions of a run at once: moved, cancelled, or taking place after all."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from coordination import audit
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.rescheduling import Asked, Change, SessionDeed
from coordination.models import CourseSession
from coordination.queries.course_runs import asked_changes
from coordination.services.course_runs.changes import call_off, put, restore
from coordination.services.course_runs.sessions import keep_in_step, plannable


def change_sessions(actor: Actor, course_run_id: int, asked: Asked, *, now: datetime) -> int:
    """Move, cancel or restore the chosen sessions of a run; returns how many.

    Raises Invalid beside a field, and Refused, naming the day, where one has a register or there is no room.
    """
    run = plannable(course_run_id)
    changes = asked_changes(actor, run, asked)
    rows = _locked(changes)
    for change in changes:
        _carry_out(rows[change.id], change, asked.deed, now)
        db.session.flush()  # one after the other: the next one moves to where this one was
    keep_in_step(run)
    audit.record(
        actor,
        "course_runs.change_sessions",
        "course_run",
        run.id,
        now=now,
        change=str(asked.deed),
        sessions=len(changes),
    )
    return len(changes)


def _carry_out(row: CourseSession, change: Change, deed: SessionDeed, now: datetime) -> None:
    if deed is SessionDeed.CANCEL:
        call_off(row, now)
    elif deed is SessionDeed.RESTORE:
        restore(row, now)
    else:
        put(row, change.after, row.module_id, now)


def _locked(changes: tuple[Change, ...]) -> dict[int, CourseSession]:
    ids = [change.id for change in changes]
    rows = db.session.scalars(sa.select(CourseSession).where(CourseSession.id.in_(ids)).with_for_update())
    return {row.id: row for row in rows}
