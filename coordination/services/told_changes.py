"""Telling people what has become of sessions: once, when nothing has changed for a quarter of an hour."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from coordination import outbox
from coordination.db import db
from coordination.domain.calendar import local_day
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import HOLDS_SEAT, EnrolmentState
from coordination.domain.told_changes import (
    MOST_LISTED,
    Change,
    Times,
    change_of,
    in_order,
    settled,
    told_before,
    who_acted_alone,
)
from coordination.models import AuditEntry, CourseRun, CourseSession, Enrolment, School, User
from coordination.queries.accounts import caseworkers, coordinators, teachers

KNOWN = frozenset({RunState.OPEN, RunState.CONFIRMED, RunState.RUNNING})
"""Runs people go by: a draft concerns nobody yet, and a cancelled run has a letter of its own."""
CONCERNED = HOLDS_SEAT | {EnrolmentState.WAITING}


def tell_changes(*, now: datetime) -> int:
    """Tell those concerned, in one letter per person and run; returns how many runs are not at rest yet."""
    waiting = 0
    for run in _changed_runs():
        rows = _sessions(run.id)
        changed = [row for row in rows if _untold(row)]
        if not any(row.told for row in rows):
            _note_told(rows)  # it was opened a moment ago, or before such notes were kept
        elif settled([row.changed_at for row in changed if row.changed_at], now):
            _tell(run, changed, now)
            _note_told(changed)
        else:
            waiting += 1
    return waiting


def begin_telling(course_run_id: int) -> None:
    """From now on people go by the sessions of a run as they are; for the moment it is opened."""
    _note_told(_sessions(course_run_id))


def _changed_runs() -> Sequence[CourseRun]:
    told = sa.func.coalesce(CourseSession.told["sequence"].as_integer(), -1)
    changed = sa.select(CourseSession.course_run_id).where(told != CourseSession.sequence)
    return db.session.scalars(
        sa.select(CourseRun)
        .where(CourseRun.state.in_(KNOWN), CourseRun.id.in_(changed))
        .order_by(CourseRun.id)
        .with_for_update()
    ).all()


def _sessions(course_run_id: int) -> Sequence[CourseSession]:
    of_run = sa.select(CourseSession).where(CourseSession.course_run_id == course_run_id)
    return db.session.scalars(of_run.order_by(CourseSession.day, CourseSession.starts_at)).all()


def _untold(row: CourseSession) -> bool:
    return not row.told or row.told["sequence"] != row.sequence


def _note_told(rows: Collection[CourseSession]) -> None:
    for row in rows:
        row.told = _times(row).as_told(row.sequence)


def _times(row: CourseSession) -> Times:
    return Times(row.day, row.starts_at, row.ends_at, row.cancelled)


def _tell(run: CourseRun, changed: Sequence[CourseSession], now: datetime) -> None:
    today = local_day(now)
    found = [change_of(told_before(row.told), _times(row), today) for row in changed]
    if changes := in_order([change for change in found if change]):
        _write(run, changes, besides=who_acted_alone(_actors(run, changed)), now=now)


def _write(run: CourseRun, changes: Sequence[Change], *, besides: int | None, now: datetime) -> None:
    outbox.queue(
        "sessions_changed",
        _concerned(run),
        now=now,
        besides=besides,
        run=run.title,
        school=db.session.get_one(School, run.school_id).name,
        course_run_id=run.id,
        changes=[change.facts() for change in changes[:MOST_LISTED]],
        more=max(0, len(changes) - MOST_LISTED),
    )


def _concerned(run: CourseRun) -> list[User]:
    """The school, the jobcenters with a seat or a place in line, and who coordinates; each person once."""
    homes = sa.select(Enrolment.municipality_id).where(
        Enrolment.course_run_id == run.id, Enrolment.state.in_(CONCERNED)
    )
    seated = [user for home in db.session.scalars(homes.distinct()) for user in caseworkers(home)]
    people = [*teachers(run.school_id), *seated, *coordinators(run.partnership_id)]
    return list({user.id: user for user in people}.values())


def _actors(run: CourseRun, changed: Sequence[CourseSession]) -> frozenset[int]:
    """Who has worked on the plan of the run since the first of these changes."""
    since = min((row.changed_at for row in changed if row.changed_at), default=None)
    if since is None:
        return frozenset()
    of_run = sa.and_(AuditEntry.subject == "course_run", AuditEntry.subject_id == run.id)
    of_session = sa.and_(
        AuditEntry.subject == "session", AuditEntry.subject_id.in_([row.id for row in changed])
    )
    acted = sa.select(AuditEntry.actor_id).where(
        AuditEntry.at >= since, AuditEntry.deed.startswith("course_runs."), sa.or_(of_run, of_session)
    )
    return frozenset(actor for actor in db.session.scalars(acted.distinct()) if actor is not None)
