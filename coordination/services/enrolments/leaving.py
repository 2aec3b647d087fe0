"""Seats given up: withdrawn before a run begins, dropped out of afterwards, and taken up again."""

from __future__ import annotations

from datetime import date, datetime

from coordination import access, audit, outbox
from coordination.domain import enrolments
from coordination.domain.actors import Actor
from coordination.domain.calendar import local_day
from coordination.domain.enrolments import HOLDS_SEAT, EnrolmentDeed
from coordination.domain.errors import Refused
from coordination.domain.nominations import NominationDeed, NominationState
from coordination.domain.reasons import ReasonKind
from coordination.models import CourseRun, Enrolment
from coordination.queries.accounts import caseworkers
from coordination.queries.enrolments import seats_of
from coordination.services.enrolments.line import offer_free_seats
from coordination.services.enrolments.rows import hold, record
from coordination.services.nominations import move_nomination
from coordination.services.reasons import settle_reason


def withdraw_offer(actor: Actor, enrolment_id: int, *, now: datetime) -> None:
    """Take back a seat or a place in line; the person is in the pool again and keeps the place there.

    A seat goes to the next in line at once. Refused if a participant's run has begun: then the participant
    drops out instead.
    """
    held = hold(actor, enrolment_id, EnrolmentDeed.WITHDRAW)
    run = access.one(CourseRun, held.seat.course_run_id)
    begun = enrolments.has_begun(run.starts_on, local_day(now))
    enrolments.check_withdrawal(held.before, begun=begun)
    held.seat.state = held.after
    record(actor, held, EnrolmentDeed.WITHDRAW, now=now)
    if held.before in HOLDS_SEAT:
        move_nomination(actor, held.nomination, NominationDeed.RETURN_TO_POOL, now=now, course_run_id=run.id)
        outbox.queue(
            "offer_withdrawn",
            to=caseworkers(held.seat.municipality_id),
            now=now,
            besides=actor.user_id,
            code=held.seat.code,
            course_run=run.title,
            nomination_id=held.nomination.id,
        )
    audit.record(actor, "enrolments.withdraw_offer", "enrolment", held.seat.id, now=now, before=held.before)
    if held.before in HOLDS_SEAT:
        offer_free_seats([run.id], now=now)


def drop_out(
    actor: Actor, enrolment_id: int, *, reason: str | None, left_on: date | None, now: datetime
) -> bool:
    """A participant has stopped for a reason from the list; registers name the person up to the last day.

    The seat goes to the next in line at once if the school still takes substitutes; returns whether it did.
    """
    settled = settle_reason(ReasonKind.DROP_OUT, reason)
    held = hold(actor, enrolment_id, EnrolmentDeed.DROP_OUT)
    run = access.one(CourseRun, held.seat.course_run_id)
    day = enrolments.settle_left_on(left_on, run.starts_on, run.ends_on, local_day(now))
    held.seat.state, held.seat.drop_out_reason, held.seat.left_on = held.after, settled, day
    record(actor, held, EnrolmentDeed.DROP_OUT, now=now, reason=settled)
    audit.record(actor, "enrolments.drop_out", "enrolment", held.seat.id, now=now, reason=settled)
    return bool(offer_free_seats([run.id], now=now))


def resume(actor: Actor, enrolment_id: int, *, now: datetime) -> None:
    """One who stopped is a participant again; Refused if the seat has gone or the nomination has ended."""
    run = access.one(CourseRun, access.one(Enrolment, enrolment_id).course_run_id, lock=True)
    held = hold(actor, enrolment_id, EnrolmentDeed.RESUME)
    if held.nomination.state is not NominationState.ACCEPTED:
        raise Refused("seat.nomination_over")
    enrolments.check_room(seats_of(run), [held.seat.municipality_id], local_day(now))
    held.seat.state, held.seat.drop_out_reason, held.seat.left_on = held.after, None, None
    record(actor, held, EnrolmentDeed.RESUME, now=now)
    audit.record(actor, "enrolments.resume", "enrolment", held.seat.id, now=now)
