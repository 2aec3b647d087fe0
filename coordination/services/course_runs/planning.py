"""Making a run from a track, changing it, and planning the next one from it."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from coordination import audit
from coordination.access import one
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.course_runs import PlannedSession, RunState
from coordination.domain.errors import Invalid, Refused, Stale
from coordination.domain.run_plans import (
    RunFacts,
    check_plannable,
    next_decision,
    next_span,
    settle_next,
    settle_run,
)
from coordination.models import CourseRun, CourseSession, QuestionSet, SchoolAgreement, Track
from coordination.queries.course_runs import days_off, earlier_sessions, held_seats
from coordination.services.course_runs.sessions import keep_in_step
from coordination.services.improvements import carry_along


def create(actor: Actor, track_id: int, school_id: int, facts: RunFacts, *, now: datetime) -> int:
    """Begin a run of a track as a draft, with the newest questions; returns its id, raises Invalid."""
    track = one(Track, track_id)
    facts = settle_run(facts)
    _check_school(school_id, track.partnership_id)
    run = CourseRun(
        partnership_id=track.partnership_id,
        school_id=school_id,
        track_id=track.id,
        state=RunState.DRAFT,
        question_set_id=_newest_questions(track.partnership_id),
    )
    _write(run, facts)
    db.session.add(run)
    db.session.flush()  # its key is needed for the record and the page to go to
    audit.record(actor, "course_runs.create", "course_run", run.id, now=now)
    return run.id


def save(actor: Actor, course_run_id: int, facts: RunFacts, *, version: int, now: datetime) -> None:
    """Change a run; Stale if someone else did since version `version`, Invalid beside a field."""
    run = one(CourseRun, course_run_id, lock=True)
    if run.version != version:
        raise Stale("row.changed")
    check_plannable(run.state)
    facts = settle_run(facts, held=held_seats(run.id), first_day=run.starts_on)
    _write(run, facts)
    audit.record(actor, "course_runs.save", "course_run", run.id, now=now)


def plan_next_run(
    actor: Actor, course_run_id: int, *, title: str, school_id: int, starts_on: date, now: datetime
) -> int:
    """Plan the run after an earlier one as a draft: questions kept, sessions moved, changes carried.

    Returns its id; Invalid beside `title`, `school_id` or `starts_on`.
    """
    earlier = one(CourseRun, course_run_id, lock=True)
    if earlier.state is RunState.DRAFT:
        raise Refused("run.draft_has_no_next")
    _check_school(school_id, earlier.partnership_id)
    sessions = earlier_sessions(earlier.id)
    days = tuple(planned for planned, _module in sessions)
    moved, _passed = settle_next(days, starts_on, days_off(actor, school_id, *next_span(days, starts_on)))
    first_day = moved[0].day if moved else None
    decide_by = next_decision(earlier.starts_on, earlier.decide_by, first_day)
    facts = settle_run(RunFacts(title, earlier.minimum, earlier.capacity, decide_by))
    run = _successor(earlier, school_id, facts)
    _add_sessions(run, moved, [module for _planned, module in sessions])
    keep_in_step(run)
    carried = carry_along(actor, earlier, run, now=now)
    audit.record(
        actor, "course_runs.plan_next_run", "course_run", run.id, now=now, earlier=earlier.id, changes=carried
    )
    return run.id


def _successor(earlier: CourseRun, school_id: int, facts: RunFacts) -> CourseRun:
    run = CourseRun(
        partnership_id=earlier.partnership_id,
        school_id=school_id,
        track_id=earlier.track_id,
        state=RunState.DRAFT,
        question_set_id=earlier.question_set_id,
        predecessor_id=earlier.id,
    )
    _write(run, facts)
    db.session.add(run)
    db.session.flush()  # its sessions and the changes it is given need its key
    return run


def _add_sessions(run: CourseRun, moved: tuple[PlannedSession, ...], modules: list[int | None]) -> None:
    db.session.add_all(
        CourseSession(
            partnership_id=run.partnership_id,
            school_id=run.school_id,
            course_run_id=run.id,
            module_id=module_id,
            day=session.day,
            starts_at=session.start_time,
            ends_at=session.end_time,
            minutes=session.minutes,
        )
        for session, module_id in zip(moved, modules, strict=True)
    )


def _write(run: CourseRun, facts: RunFacts) -> None:
    run.title = facts.title
    run.minimum = facts.minimum
    run.capacity = facts.capacity
    run.decide_by = facts.decide_by


def _check_school(school_id: int, partnership_id: int) -> None:
    if db.session.get(SchoolAgreement, (school_id, partnership_id)) is None:
        raise Invalid({"school_id": "run.school"})


def _newest_questions(partnership_id: int) -> int:
    newest = db.session.scalar(
        sa.select(QuestionSet.id)
        .where(QuestionSet.partnership_id == partnership_id)
        .order_by(QuestionSet.id.desc())
        .limit(1)
    )
    if newest is None:
        raise Refused("run.no_question_set")
    return newest
