"""Proposed changes: carried along to the next run, worded from an answer, and decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from coordination import audit
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.course_runs import RunState
from coordination.models import CourseRun, ProposedChange


def carry_along(actor: Actor, from_run: CourseRun, next_run: CourseRun, *, now: datetime) -> int:
    """Give the next run every change of the earlier runs that no other run was given; returns how many."""
    cancelled = select(CourseRun.id).where(CourseRun.state == RunState.CANCELLED)
    changes = db.session.scalars(
        select(ProposedChange)
        .where(ProposedChange.course_run_id.in_(_line_of(from_run)))
        .where(or_(ProposedChange.next_run_id.is_(None), ProposedChange.next_run_id.in_(cancelled)))
    ).all()
    for change in changes:
        change.next_run_id = next_run.id
    if changes:
        audit.record(
            actor, "improvements.carry_along", "course_run", next_run.id, now=now, count=len(changes)
        )
    return len(changes)


def _line_of(run: CourseRun) -> list[int]:
    """The run and those it was planned from, back to the first."""
    line = [run.id]
    before = run.predecessor_id
    while before is not None and before not in line:
        line.append(before)
        before = db.session.scalar(select(CourseRun.predecessor_id).where(CourseRun.id == before))
    return line
