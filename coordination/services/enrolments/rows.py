"""The rows a deed on a seat needs, locked in one order (run, nomination, seat) so that deeds never cross."""

from __future__ import annotations

from dataclasses import dataclass

from coordination import access
from coordination.domain import enrolments
from coordination.domain.actors import Actor
from coordination.domain.enrolments import EnrolmentDeed, EnrolmentState, Seats
from coordination.models import CourseRun, Enrolment, Nomination
from coordination.queries.enrolments import seats_held


@dataclass(frozen=True)
class Held:
    """A seat and its nomination, locked, with the state it is in and the one the deed brings."""

    seat: Enrolment
    nomination: Nomination
    before: EnrolmentState
    after: EnrolmentState


def hold(actor: Actor | None, enrolment_id: int, deed: EnrolmentDeed) -> Held:
    """Lock a seat for a deed; Refused("seat.move") if it allows no such deed, or someone was faster."""
    role = actor.role if actor else None
    seat = access.one(Enrolment, enrolment_id)
    # Asked before the nomination is: behind a seat a school has turned down it reaches none.
    enrolments.move(seat.state, deed, role)
    nomination = access.one(Nomination, seat.nomination_id, lock=True)
    seat = access.one(Enrolment, enrolment_id, lock=True)
    return Held(seat, nomination, seat.state, enrolments.move(seat.state, deed, role))


def seats_of(run: CourseRun) -> Seats:
    """The seats of a run that this deed has locked."""
    return Seats(capacity=run.capacity, held=seats_held(run.id))
