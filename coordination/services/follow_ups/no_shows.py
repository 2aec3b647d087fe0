"""A no-show opens one follow-up and a letter; correcting the mark closes it, marking again reopens it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from coordination import outbox
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.calendar import local_day
from coordination.domain.follow_ups import CloseReason, FollowUpPlan, FollowUpState, close, plan_follow_up
from coordination.models import Candidate, CourseRun, CourseSession, FollowUp, Partnership, User
from coordination.queries.accounts import caseworkers, coordinators
from coordination.queries.attendance import NO_RECORD, Seat, is_first_session, records_before
from coordination.services.follow_ups.moves import (
    holidays_ahead,
    put_down_closing,
    put_down_opening,
    put_down_reopening,
)


@dataclass(frozen=True)
class NoShow:
    """A no-show that was decided on: whose it is, what to do, and the follow-up it had before."""

    seat: Seat
    plan: FollowUpPlan
    earlier: FollowUp | None


def plan_no_shows(session: CourseSession, seats: Sequence[Seat], *, now: datetime) -> list[NoShow]:
    """What each no-show of a session calls for, decided before anything is stored."""
    if not seats:
        return []
    today = local_day(now)
    days = db.session.scalar(
        select(Partnership.follow_up_days).where(Partnership.id == session.partnership_id)
    )
    records = records_before(session)
    first = is_first_session(session)
    known = _known(session.id, {seat.enrolment_id for seat in seats})
    planned = []
    for seat in seats:
        record = records.get(seat.enrolment_id, NO_RECORD)
        plan = plan_follow_up(
            record.no_shows,
            first_session=first,
            in_a_row=record.no_shows_in_a_row + 1,
            today=today,
            due_days=days or 0,
            holidays=holidays_ahead(today),
        )
        planned.append(NoShow(seat, plan, known.get(seat.enrolment_id)))
    return planned


def follow_no_shows(
    actor: Actor, session: CourseSession, no_shows: Sequence[NoShow], *, now: datetime
) -> int:
    """Open or reopen the one follow-up of each no-show and write to its jobcenter; returns how many."""
    waiting = [row for row in no_shows if row.earlier is None or row.earlier.state is FollowUpState.CLOSED]
    for no_show in waiting:
        follow_up = _open(actor, session, no_show, now)
        _tell(actor, session, follow_up, now)
    return len(waiting)


def close_mistaken(
    actor: Actor, session: CourseSession, enrolment_ids: Collection[int], *, now: datetime
) -> int:
    """Close the open follow-ups of no-shows whose mark was corrected away; returns how many."""
    if not enrolment_ids:
        return 0
    still_open = [
        row for row in _known(session.id, enrolment_ids).values() if row.state is FollowUpState.OPEN
    ]
    for follow_up in still_open:
        put_down_closing(actor, follow_up, close(follow_up.state, CloseReason.MISTAKEN_MARK, ""), now)
        outbox.take_back("no_show", follow_up_id=follow_up.id)
    return len(still_open)


def _known(session_id: int, enrolment_ids: Collection[int]) -> dict[int, FollowUp]:
    rows = db.session.scalars(
        select(FollowUp)
        .where(FollowUp.session_id == session_id)
        .where(FollowUp.enrolment_id.in_(enrolment_ids))
        .with_for_update()
    )
    return {row.enrolment_id: row for row in rows}


def _open(actor: Actor, session: CourseSession, no_show: NoShow, now: datetime) -> FollowUp:
    if no_show.earlier is not None:
        no_show.earlier.step = no_show.plan.step
        put_down_reopening(actor, no_show.earlier, no_show.plan.due, "", now)
        return no_show.earlier
    follow_up = FollowUp(
        municipality_id=no_show.seat.municipality_id,
        school_id=session.school_id,
        course_run_id=session.course_run_id,
        session_id=session.id,
        enrolment_id=no_show.seat.enrolment_id,
        candidate_id=no_show.seat.candidate_id,
        trigger=no_show.plan.trigger,
        step=no_show.plan.step,
        opened_at=now,
        due_on=no_show.plan.due,
    )
    db.session.add(follow_up)
    db.session.flush()  # the letter links to the new follow-up
    put_down_opening(actor, follow_up, now)
    return follow_up


def _tell(actor: Actor, session: CourseSession, follow_up: FollowUp, now: datetime) -> None:
    run = db.session.scalar(select(CourseRun.title).where(CourseRun.id == session.course_run_id))
    outbox.queue(
        "no_show",
        to=[*_at_home(follow_up), *coordinators(session.partnership_id)],
        now=now,
        besides=actor.user_id,
        follow_up_id=follow_up.id,
        run=run,
        day=session.day.isoformat(),
        due=follow_up.due_on.isoformat(),
    )


def _at_home(follow_up: FollowUp) -> Sequence[User]:
    """The named caseworker at the home jobcenter; everybody there if that person has left."""
    named = db.session.scalars(
        select(User)
        .join(Candidate, Candidate.caseworker_id == User.id)
        .where(Candidate.id == follow_up.candidate_id)
        .where(User.active, User.jobcenter_id == follow_up.municipality_id)
    ).all()
    return named or caseworkers(follow_up.municipality_id)
