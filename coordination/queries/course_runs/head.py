"""The head that every page of one course run shares, and who sees which of its tabs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import joinedload

from coordination.access import MOST_ID
from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.course_runs import RunState
from coordination.domain.errors import NotFound
from coordination.domain.permissions import Permission, allowed
from coordination.models import CourseRun

TABS = {
    "detail": Permission.SEE_COURSE_RUN,
    "seats": Permission.SEE_COURSE_RUN,
    "start": Permission.SEE_COURSE_RUN,
    "registers": Permission.SEE_REGISTER,
    "evaluation": Permission.SEE_EVALUATION,
    "changes": Permission.SEE_PROPOSED_CHANGE,
}


@dataclass(frozen=True)
class RunHead:
    """What stands on top of every page of a run."""

    id: int
    title: str
    state: RunState
    track: str
    school: str
    starts_on: date | None
    ends_on: date | None
    substitutes_until: date | None
    minimum: int
    capacity: int
    tabs: tuple[str, ...]


def run_head(actor: Actor, course_run_id: int) -> RunHead:
    """The head of a run the actor may see; NotFound otherwise."""
    return head_of(actor, visible_run(actor, course_run_id))


def head_of(actor: Actor, run: CourseRun) -> RunHead:
    """The head of a run that was loaded with its track and school."""
    return RunHead(
        id=run.id,
        title=run.title,
        state=run.state,
        track=run.track.title,
        school=run.school.name,
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        substitutes_until=run.substitutes_until,
        minimum=run.minimum,
        capacity=run.capacity,
        tabs=tuple(tab for tab, permission in TABS.items() if allowed(actor.role, permission)),
    )


def visible_run(actor: Actor, course_run_id: int) -> CourseRun:
    """The run with its track and school, if it is within reach and not another's draft; else NotFound."""
    if course_run_id > MOST_ID:
        raise NotFound
    run = db.session.scalar(
        select(CourseRun)
        .where(CourseRun.id == course_run_id)
        .where(seen_by(actor))
        .options(joinedload(CourseRun.track), joinedload(CourseRun.school))
    )
    if run is None:
        raise NotFound
    return run


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """SQL: a jobcenter sees no drafts; whose runs the actor reaches is the guard's."""
    return CourseRun.state != RunState.DRAFT if actor.role is Role.JOBCENTER else true()
