"""Runs about whose start somebody has to decide, for the start page of those who do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, false, or_, select

from coordination.domain.actors import Actor, Role
from coordination.domain.course_runs import RunState
from coordination.models import CourseRun, School


@dataclass(frozen=True)
class DecisionRow:
    """An open run whose start is to be decided by a day."""

    course_run_id: int
    run: str
    school: str
    decide_by: date


def decisions_due(actor: Actor, today: date) -> Select[*tuple[Any, ...]]:
    """SQL: what the actor was warned of; what is overdue every coordinator sees."""
    due = (
        select(CourseRun.id, CourseRun.title, School.name, CourseRun.decide_by)
        .join(School, School.id == CourseRun.school_id)
        .where(CourseRun.state == RunState.OPEN)
        .where(or_(CourseRun.decision_warned_on.is_not(None), CourseRun.decide_by <= today))
        .where(
            or_(
                CourseRun.decider_id.is_(None),
                CourseRun.decider_id == actor.user_id,
                CourseRun.decide_by < today,
            )
        )
        .order_by(CourseRun.decide_by, CourseRun.id)
    )
    return due if actor.role is Role.COORDINATOR else due.where(false())
