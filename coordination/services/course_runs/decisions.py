"""Opening, confirming and cancelling a run, and what the calendar brings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from coordination import audit, outbox
from coordination.access import one
from coordination.db import db
from coordination.domain import enrolments
from coordination.domain.actors import Actor
from coordination.domain.calendar import local_day
from coordination.domain.course_runs import RunDeed, RunState, may_open, move, state_by_date
from coordination.domain.enrolments import EnrolmentDeed
from coordination.domain.nominations import NominationDeed, NominationState
from coordination.domain.run_plans import settle_cancel_reason
from coordination.models import CourseRun, CourseSession, Enrolment, Municipality, Nomination, School, User
from coordination.queries.accounts import caseworkers, coordinators, teachers
from coordination.queries.course_runs import given_up
from coordination.queries.improvements import undecided_count
from coordination.services.evaluations import open_evaluation
from coordination.services.improvements import hold_line
from coordination.services.nominations import move_nomination, record_move
from coordination.services.told_changes import begin_telling

HELD = frozenset({NominationState.OFFERED, NominationState.ACCEPTED})


def open_run(actor: Actor, course_run_id: int, *, now: datetime) -> None:
    """Open a draft for nominations and tell the jobcenters.

    Refused without sessions, and while a change its predecessor proposed is undecided.
    """
    run = one(CourseRun, course_run_id, lock=True)
    after = move(run.state, RunDeed.OPEN)
    hold_line(run)
    may_open(undecided_count(run.id), _session_count(run.id))
    run.state = after
    begin_telling(run.id)
    homes = sa.select(Municipality.id).where(Municipality.partnership_id == run.partnership_id)
    _tell("run_opened", run, _caseworkers(db.session.scalars(homes)), actor, now)
    audit.record(actor, "course_runs.open_run", "course_run", run.id, now=now)


def confirm_run(actor: Actor, course_run_id: int, *, now: datetime) -> None:
    """Make sure that an open run starts, also below its minimum: the coordinator decides."""
    run = one(CourseRun, course_run_id, lock=True)
    run.state = move(run.state, RunDeed.CONFIRM)
    run.decided_at, run.decided_by_id = now, actor.user_id
    audit.record(actor, "course_runs.confirm_run", "course_run", run.id, now=now)


def cancel_run(
    actor: Actor, course_run_id: int, reason: str, *, letter: str = "run_cancelled", now: datetime
) -> int:
    """Cancel a run: seats and places in line end, nominations return to the pool; returns how many.

    The jobcenters concerned, the school and the other coordinators get a letter. Raises Invalid beside
    `reason`.
    """
    run = one(CourseRun, course_run_id, lock=True)
    reason = settle_cancel_reason(reason)
    if run.state is RunState.OPEN:
        run.decided_at, run.decided_by_id = now, actor.user_id
    run.state = move(run.state, RunDeed.CANCEL)
    run.cancel_reason = reason
    seats = _live_seats(actor, run.id)
    for seat, nomination in seats:
        _give_back(actor, seat, nomination, reason, now=now)
    homes = sorted({seat.municipality_id for seat, _nomination in seats})
    others = coordinators(run.partnership_id)
    _tell(letter, run, [*_caseworkers(homes), *teachers(run.school_id), *others], actor, now)
    audit.record(actor, "course_runs.cancel_run", "course_run", run.id, now=now, seats=len(seats))
    return len(seats)


def advance_runs(*, now: datetime) -> None:
    """Let confirmed runs begin on their first day and end after their last; ended ones ask for evaluation."""
    runs = db.session.scalars(
        sa.select(CourseRun)
        .where(CourseRun.state.in_({RunState.CONFIRMED, RunState.RUNNING}))
        .order_by(CourseRun.id)
        .with_for_update()
    ).all()
    for run in runs:
        after = state_by_date(run.state, run.starts_on, run.ends_on, local_day(now))
        if after is not run.state:
            run.state = after
            audit.record(None, "course_runs.advance_runs", "course_run", run.id, now=now, state=str(after))
        if after is RunState.ENDED:
            open_evaluation(run, now=now)


def _session_count(course_run_id: int) -> int:
    counted = sa.select(sa.func.count(CourseSession.id)).where(
        CourseSession.course_run_id == course_run_id, CourseSession.cancelled.is_(False)
    )
    return db.session.scalar(counted) or 0


def _live_seats(actor: Actor, course_run_id: int) -> Sequence[tuple[Enrolment, Nomination | None]]:
    """Each live seat with its nomination, which is out of reach once the jobcenter closed the sharing."""
    seats = db.session.scalars(
        sa.select(Enrolment)
        .where(Enrolment.course_run_id == course_run_id)
        .where(Enrolment.state.in_(given_up(actor)))
        .order_by(Enrolment.id)
        .with_for_update()
    ).all()
    ids = [seat.nomination_id for seat in seats]
    found = db.session.scalars(sa.select(Nomination).where(Nomination.id.in_(ids)).with_for_update())
    reached = {nomination.id: nomination for nomination in found}
    return [(seat, reached.get(seat.nomination_id)) for seat in seats]


def _give_back(
    actor: Actor, seat: Enrolment, nomination: Nomination | None, reason: str, *, now: datetime
) -> None:
    """End a seat or place in line; a nomination that held the seat returns to the pool where it stood."""
    before, held = seat.state, seat.state in enrolments.HOLDS_SEAT
    seat.state = enrolments.move(before, EnrolmentDeed.WITHDRAW, actor.role)
    if nomination is None:
        return
    record_move(
        actor,
        nomination,
        EnrolmentDeed.WITHDRAW,
        before=before,
        after=seat.state,
        now=now,
        course_run_id=seat.course_run_id,
        note=reason,
    )
    if held and nomination.state in HELD:
        move_nomination(
            actor, nomination, NominationDeed.RETURN_TO_POOL, now=now, course_run_id=seat.course_run_id
        )


def _caseworkers(municipality_ids: Iterable[int]) -> list[User]:
    return [user for municipality_id in municipality_ids for user in caseworkers(municipality_id)]


def _tell(letter: str, run: CourseRun, to: Iterable[User], actor: Actor, now: datetime) -> None:
    school = db.session.get_one(School, run.school_id)
    outbox.queue(
        letter,
        to,
        now=now,
        besides=actor.user_id,
        run=run.title,
        school=school.name,
        course_run_id=run.id,
        starts_on=run.starts_on.isoformat() if run.starts_on else "",
        ends_on=run.ends_on.isoformat() if run.ends_on else "",
    )
