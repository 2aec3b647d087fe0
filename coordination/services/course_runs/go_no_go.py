"""Deciding whether an open run starts, and warning those who decide that the day comes near."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from coordination import outbox
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.calendar import local_day
from coordination.domain.course_runs import RunState
from coordination.domain.decisions import Verdict, is_due
from coordination.models import CourseRun, School, User
from coordination.queries.accounts import coordinators
from coordination.queries.course_runs import held_by_municipality
from coordination.services.course_runs.decisions import cancel_run, confirm_run


def decide(actor: Actor, course_run_id: int, verdict: Verdict, reason: str, *, now: datetime) -> int:
    """Let an open run start, or call it off; returns how many seats and places in line that ended.

    On a no the jobcenters concerned, the school and the other coordinators get a letter. Raises Invalid
    beside `reason` when a no has none.
    """
    if verdict is Verdict.START:
        confirm_run(actor, course_run_id, now=now)
        return 0
    return cancel_run(actor, course_run_id, reason, letter="run_not_starting", now=now)


def warn_of_decisions(*, now: datetime) -> None:
    """Write once to those who decide whether a run starts, so many days before as the run says."""
    today = local_day(now)
    runs = db.session.scalars(
        sa.select(CourseRun)
        .where(CourseRun.state == RunState.OPEN)
        .where(CourseRun.decide_by.is_not(None), CourseRun.decision_warned_on.is_(None))
        .order_by(CourseRun.id)
        .with_for_update()
    ).all()
    for run in runs:
        if is_due(run.decide_by, run.warn_days, today):
            run.decision_warned_on = today
            _warn(run, now)


def _warn(run: CourseRun, now: datetime) -> None:
    outbox.queue(
        "decision_due",
        _deciders(run),
        now=now,
        run=run.title,
        school=db.session.get_one(School, run.school_id).name,
        course_run_id=run.id,
        decide_by=run.decide_by.isoformat() if run.decide_by else "",
        held=sum(held_by_municipality(run.id).values()),
        minimum=run.minimum,
    )


def _deciders(run: CourseRun) -> Sequence[User]:
    """The one named, or all coordinators where nobody is, or the account is closed."""
    found = coordinators(run.partnership_id)
    return [user for user in found if user.id == run.decider_id] or found
