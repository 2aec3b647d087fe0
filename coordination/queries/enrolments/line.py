"""Counts and places that hold across all municipalities, without naming anyone."""

from __future__ import annotations

from sqlalchemy import func, select

from coordination import access
from coordination.db import system_session
from coordination.domain import enrolments
from coordination.domain.enrolments import HOLDS_SEAT, EnrolmentState, InLine
from coordination.domain.nominations import NominationState
from coordination.models import Enrolment, Nomination


def seats_held(course_run_id: int) -> int:
    """Seats of a run that are offered or taken, whoever owns them, as last committed."""
    with system_session("seats_held", reads=True) as session:
        held = select(func.count(Enrolment.id)).where(
            Enrolment.course_run_id == course_run_id, Enrolment.state.in_(HOLDS_SEAT)
        )
        return session.scalar(held) or 0


def place_in_line(enrolment_id: int) -> int:
    """The place on the waiting list of the actor's own candidate, from 1; NotFound for another's."""
    seat = access.one(Enrolment, enrolment_id)
    return enrolments.place_in_line(_place(seat), _line(seat.course_run_id) - {_place(seat)})


def places_in_line(seats: list[Enrolment]) -> dict[int, int]:
    """The place of each of these waiting on one run, by the id of the seat."""
    if not seats:
        return {}
    line = _line(seats[0].course_run_id)
    return {seat.id: enrolments.place_in_line(_place(seat), line - {_place(seat)}) for seat in seats}


def _place(seat: Enrolment) -> InLine:
    return InLine(seat.waiting_since, seat.id)


def _line(course_run_id: int) -> set[InLine]:
    """Everyone who waits and is free to take a seat; one who has a seat elsewhere keeps nobody waiting."""
    with system_session("place_in_line", reads=True) as session:
        rows = session.execute(
            select(Enrolment.waiting_since, Enrolment.id)
            .join(Nomination, Nomination.id == Enrolment.nomination_id)
            .where(Enrolment.course_run_id == course_run_id)
            .where(Enrolment.state == EnrolmentState.WAITING)
            .where(Nomination.state == NominationState.SUBMITTED)
        )
        return {InLine(since, seat_id) for since, seat_id in rows}
