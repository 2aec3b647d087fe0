"""Making a run from a track, changing it, and planning the next one from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa

from coordination import audit
from coordination.access import one
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.calendar import local_day
from coordination.domain.course_runs import PlannedSession, RunState
from coordination.domain.errors import Invalid, Refused, Stale
from coordination.domain.run_plans import (
    RunFacts,
    RunSpan,
    check_plannable,
    next_facts,
    next_span,
    settle_next,
    settle_run,
)
from coordination.models import (
    CourseRun,
    Municipality,
    QuestionSet,
    ReservedSeats,
    SchoolAgreement,
    Track,
)
from coordination.queries.accounts import coordinators
from coordination.queries.course_runs import (
    days_off,
    earlier_sessions,
    held_by_municipality,
    run_facts,
)
from coordination.queries.tracks import stand_ins
from coordination.services.course_runs.changes import new_session, touch_all
from coordination.services.course_runs.sessions import check_neighbours, keep_in_step
from coordination.services.enrolments import offer_free_seats
from coordination.services.improvements import carry_along


def create(actor: Actor, track_id: int, school_id: int, facts: RunFacts, *, now: datetime) -> int:
    """Begin a run of a track as a draft, with the newest questions; returns its id, raises Invalid."""
    track = one(Track, track_id)
    facts = settle_run(facts, local_day(now))
    _check_school(school_id, track.partnership_id)
    _check_people(facts, track.partnership_id)
    run = CourseRun(
        partnership_id=track.partnership_id,
        school_id=school_id,
        track_id=track.id,
        track_edition=track.edition,
        state=RunState.DRAFT,
        question_set_id=_newest_questions(track.partnership_id),
    )
    _write(run, facts)
    db.session.add(run)
    db.session.flush()  # its key is needed for its reserved seats, the record and the page to go to
    _reserve(run, facts)
    audit.record(actor, "course_runs.create", "course_run", run.id, now=now)
    return run.id


def save(actor: Actor, course_run_id: int, facts: RunFacts, *, version: int, now: datetime) -> None:
    """Change a run; Stale if someone else did since version `version`, Invalid beside a field."""
    run = one(CourseRun, course_run_id, lock=True)
    if run.version != version:
        raise Stale("row.changed")
    check_plannable(run.state)
    span = RunSpan(run.starts_on, run.ends_on, held_by_municipality(run.id))
    facts = settle_run(facts, local_day(now), span)
    _check_people(facts, run.partnership_id)
    if facts.decide_by != run.decide_by:
        run.decision_warned_on = None  # a new day is warned of anew
    if facts.title != run.title:
        touch_all(run, now)  # their calendar entries bear the title
    _write(run, facts)
    _reserve(run, facts)
    audit.record(actor, "course_runs.save", "course_run", run.id, now=now)
    offer_free_seats([run.id], now=now)  # new seats go to those in line, and skip nobody


def plan_next_run(
    actor: Actor,
    course_run_id: int,
    *,
    title: str,
    school_id: int,
    starts_on: date,
    room_for_both: bool = False,
    now: datetime,
) -> int:
    """Plan the run after an earlier one as a draft: sizes, price, decision and reserved seats are taken over.

    Sessions are moved, open changes carried along, and the modules are those of the track's newest edition.
    Returns its id; Invalid beside `title`, `school_id`, `starts_on` or `room_for_both`.
    """
    earlier = one(CourseRun, course_run_id, lock=True)
    if earlier.state is RunState.DRAFT:
        raise Refused("run.draft_has_no_next")
    _check_school(school_id, earlier.partnership_id)
    sessions = earlier_sessions(earlier.id)
    days = tuple(planned for planned, _module in sessions)
    moved, _passed = settle_next(days, starts_on, days_off(actor, school_id, *next_span(days, starts_on)))
    facts = next_facts(run_facts(earlier), title, earlier.starts_on, moved[0].day if moved else None)
    facts = replace(facts, decider_id=_still_there(facts.decider_id, earlier.partnership_id))
    run = _successor(earlier, school_id, settle_run(facts, local_day(now)))
    check_neighbours(run, moved, room_for_both=room_for_both)
    _add_sessions(run, moved, [module for _planned, module in sessions], now)
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
        track_edition=one(Track, earlier.track_id).edition,
        state=RunState.DRAFT,
        question_set_id=earlier.question_set_id,
        predecessor_id=earlier.id,
    )
    _write(run, facts)
    db.session.add(run)
    db.session.flush()  # its sessions, reserved seats and the changes it is given need its key
    _reserve(run, facts)
    return run


def _add_sessions(
    run: CourseRun, moved: tuple[PlannedSession, ...], modules: list[int | None], now: datetime
) -> None:
    """The sessions of the next run, each with the module that stands for the earlier one in its edition."""
    stands_for = stand_ins(run.track_id, run.track_edition)
    db.session.add_all(
        new_session(run, session, stands_for.get(module_id or 0), now)
        for session, module_id in zip(moved, modules, strict=True)
    )


def _write(run: CourseRun, facts: RunFacts) -> None:
    run.title = facts.title
    run.minimum = facts.minimum
    run.capacity = facts.capacity
    run.decide_by = facts.decide_by
    run.decider_id = facts.decider_id
    run.warn_days = facts.warn_days
    run.price_ore = facts.price_ore
    run.substitutes_until = facts.substitutes_until


def _reserve(run: CourseRun, facts: RunFacts) -> None:
    """Let the reserved seats be as written; the rows of municipalities without any go."""
    wanted = {row.municipality_id: row for row in facts.reserved}
    found = db.session.scalars(sa.select(ReservedSeats).where(ReservedSeats.course_run_id == run.id))
    for row in found:
        if kept := wanted.pop(row.for_municipality_id, None):
            row.seats, row.release_on = kept.seats, kept.release_on
        else:
            db.session.delete(row)
    db.session.add_all(
        ReservedSeats(
            partnership_id=run.partnership_id,
            school_id=run.school_id,
            course_run_id=run.id,
            for_municipality_id=row.municipality_id,
            seats=row.seats,
            release_on=row.release_on,
        )
        for row in wanted.values()
    )


def _still_there(decider_id: int | None, partnership_id: int) -> int | None:
    return decider_id if decider_id in {user.id for user in coordinators(partnership_id)} else None


def _check_people(facts: RunFacts, partnership_id: int) -> None:
    """Invalid where the decider is no coordinator, or seats are kept for a municipality outside."""
    deciders = {user.id for user in coordinators(partnership_id)}
    if facts.decider_id is not None and facts.decider_id not in deciders:
        raise Invalid({"decider_id": "run.decider"})
    inside = set(
        db.session.scalars(sa.select(Municipality.id).where(Municipality.partnership_id == partnership_id))
    )
    for row in facts.reserved:
        if row.municipality_id not in inside:
            raise Invalid({"reserved": "run.reserved_outside"})


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
