"""Counts and places that hold across all municipalities, without naming anyone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coordination import access
from coordination.db import system_session
from coordination.domain.enrolments import HOLDS_SEAT, Ahead, EnrolmentState, InLine, Seats, ahead
from coordination.domain.nominations import NominationState
from coordination.domain.priorities import RANK
from coordination.domain.reserved import Reservation
from coordination.models import CourseRun, Enrolment, Nomination, ReservedSeats
from coordination.queries.in_line import SINCE


def seats_held(course_run_id: int) -> int:
    """Seats of a run that are offered or taken, whoever owns them, as last committed."""
    with system_session("seats_held", reads=True) as session:
        held = select(func.count(Enrolment.id)).where(
            Enrolment.course_run_id == course_run_id, Enrolment.state.in_(HOLDS_SEAT)
        )
        return session.scalar(held) or 0


def seats_of(run: CourseRun, session: Session | None = None) -> Seats:
    """The seats of one run; see seats_on."""
    return seats_on([run], session)[run.id]


def seats_on(runs: Collection[CourseRun], session: Session | None = None) -> dict[int, Seats]:
    """The seats of each run, whoever owns them, by its number.

    As last committed, or as a session that reaches everything sees them within its transaction.
    """
    if session is None:
        with system_session("seats_on", reads=True) as own:
            return seats_on(runs, own)
    ids = [run.id for run in runs]
    counted = session.execute(
        select(Enrolment.course_run_id, Enrolment.municipality_id, func.count(Enrolment.id))
        .where(Enrolment.course_run_id.in_(ids), Enrolment.state.in_(HOLDS_SEAT))
        .group_by(Enrolment.course_run_id, Enrolment.municipality_id)
    )
    held: dict[int, dict[int, int]] = defaultdict(dict)
    for run_id, home, count in counted:
        held[run_id][home] = count
    kept: dict[int, list[Reservation]] = defaultdict(list)
    for row in session.scalars(select(ReservedSeats).where(ReservedSeats.course_run_id.in_(ids))):
        kept[row.course_run_id].append(Reservation(row.for_municipality_id, row.seats, row.release_on))
    return {run.id: Seats(run.capacity, held[run.id], tuple(kept[run.id])) for run in runs}


def place_in_line(enrolment_id: int) -> Ahead:
    """Who stands before the actor's own candidate on the waiting list, in figures; NotFound for another's."""
    seat = access.one(Enrolment, enrolment_id)
    return places_in_line([seat])[seat.id]


def places_in_line(seats: Collection[Enrolment]) -> dict[int, Ahead]:
    """Who stands before each of these waiting on one run, by the id of the seat.

    One who has a seat elsewhere, or is on a pause, keeps nobody waiting.
    """
    if not seats:
        return {}
    line, free = _line(next(iter(seats)).course_run_id)
    return {seat.id: ahead(line[seat.id], free) for seat in seats if seat.id in line}


def _line(course_run_id: int) -> tuple[dict[int, InLine], list[InLine]]:
    """Everyone who waits on a run, by the id of the seat, and those of them who are free to take one."""
    with system_session("place_in_line", reads=True) as session:
        rows = session.execute(
            select(Enrolment.id, Nomination.state, Nomination.priority, SINCE, Nomination.draw, Nomination.id)
            .join(Nomination, Nomination.id == Enrolment.nomination_id)
            .where(Enrolment.course_run_id == course_run_id)
            .where(Enrolment.state == EnrolmentState.WAITING)
        ).all()
    line = {
        seat_id: InLine(RANK[priority], since, draw, nomination_id)
        for seat_id, _state, priority, since, draw, nomination_id in rows
    }
    return line, [line[row[0]] for row in rows if row[1] is NominationState.SUBMITTED]
