"""Counts and places that hold across all municipalities, without naming anyone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from coordination import access
from coordination.db import system_session
from coordination.domain.enrolments import HOLDS_SEAT, Ahead, EnrolmentState, InLine, Seats, ahead
from coordination.domain.nominations import NominationState
from coordination.domain.priorities import RANK, Priority
from coordination.domain.reserved import Reservation
from coordination.models import CourseRun, Enrolment, Nomination, ReservedSeats

SINCE = func.coalesce(Nomination.submitted_at, Nomination.created_at)


def line_order() -> tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]:
    """SQL: nominations in the order of every line; `domain.enrolments.InLine` says the same in Python."""
    ranks = {priority: RANK[priority] for priority in Priority}
    return (case(ranks, value=Nomination.priority), SINCE, Nomination.draw, Nomination.id)


def in_line(nomination: Nomination) -> InLine:
    """Where a nomination stands in every line it is in."""
    since = nomination.submitted_at or nomination.created_at
    return _in_line(nomination.priority, since, nomination.draw, nomination.id)


def seats_held(course_run_id: int) -> int:
    """Seats of a run that are offered or taken, whoever owns them, as last committed."""
    with system_session("seats_held", reads=True) as session:
        held = select(func.count(Enrolment.id)).where(
            Enrolment.course_run_id == course_run_id, Enrolment.state.in_(HOLDS_SEAT)
        )
        return session.scalar(held) or 0


def seats_of(run: CourseRun, session: Session | None = None) -> Seats:
    """The seats of a run, whoever owns them: as last committed, or as a session reaching all sees them."""
    if session is None:
        with system_session("seats_of", reads=True) as own:
            return seats_of(run, own)
    held = session.execute(
        select(Enrolment.municipality_id, func.count(Enrolment.id))
        .where(Enrolment.course_run_id == run.id, Enrolment.state.in_(HOLDS_SEAT))
        .group_by(Enrolment.municipality_id)
    )
    kept = session.execute(
        select(ReservedSeats.for_municipality_id, ReservedSeats.seats, ReservedSeats.release_on)
        .where(ReservedSeats.course_run_id == run.id)
        .order_by(ReservedSeats.for_municipality_id)
    )
    return Seats(
        capacity=run.capacity,
        held={home: count for home, count in held},  # noqa: C416 (rows, no pairs)
        reserved=tuple(Reservation(*row) for row in kept),
    )


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
        seat_id: _in_line(priority, since, draw, nomination_id)
        for seat_id, _state, priority, since, draw, nomination_id in rows
    }
    return line, [line[row[0]] for row in rows if row[1] is NominationState.SUBMITTED]


def _in_line(priority: Priority, since: datetime, draw: int, nomination_id: int) -> InLine:
    return InLine(RANK[priority], since, draw, nomination_id)
