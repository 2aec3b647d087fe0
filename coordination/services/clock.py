"""The clock's ticks: each due moment of each job is done once, and a failed one is done again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from coordination.db import db
from coordination.models import JobRun

ABANDONED = timedelta(minutes=30)
KEPT = timedelta(days=30)


def begin_tick(job: str, due: datetime, *, now: datetime) -> bool:
    """Claim a due moment; False when it is done or another clock is at it."""
    known = db.session.scalar(select(JobRun.id).where(JobRun.job == job, JobRun.due == due))
    if known is None:
        return _begin_first(job, due, now)
    again = (
        update(JobRun)
        .where(JobRun.id == known, JobRun.ended_at.is_(None))
        .where(or_(JobRun.error != "", JobRun.started_at < now - ABANDONED))
        .values(started_at=now, error="")
    )
    return db.session.execute(again).rowcount == 1  # type: ignore[attr-defined, no-any-return]


def _begin_first(job: str, due: datetime, now: datetime) -> bool:
    db.session.add(JobRun(job=job, due=due, started_at=now))
    try:
        db.session.flush()  # the unique pair (job, due) tells now whether another clock was first
    except IntegrityError:
        db.session.rollback()
        return False
    return True


def end_tick(job: str, due: datetime, *, backlog: int | None, error: str, now: datetime) -> None:
    """Stamp a tick as done, or write down what went wrong so that it is tried again."""
    tick = db.session.scalars(select(JobRun).where(JobRun.job == job, JobRun.due == due)).one()
    tick.error, tick.backlog = error, backlog
    tick.ended_at = None if error else now


def forget_old_ticks(*, now: datetime) -> None:
    """Ticks older than a month have nothing left to tell."""
    for tick in db.session.scalars(select(JobRun).where(JobRun.due < now - KEPT)):
        db.session.delete(tick)
