"""A nomination is withdrawn: its seats are given up, and those who waited for the person are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from coordination import outbox
from coordination.db import db
from coordination.domain import enrolments, nominations
from coordination.domain.actors import Actor
from coordination.domain.enrolments import HOLDS_SEAT, NAMED_TO_SCHOOL, EnrolmentDeed, EnrolmentState
from coordination.domain.nominations import NominationDeed, SeatOnRun
from coordination.domain.reasons import ReasonKind
from coordination.domain.texts import check_fields, problem_in, tidy
from coordination.models import CourseRun, Enrolment, Municipality, Nomination
from coordination.queries import nominations as queries
from coordination.queries.accounts import coordinators, teachers
from coordination.services.nominations.moves import move_nomination, record_move
from coordination.services.reasons import settle_reason

MAX_NOTE = 500


def withdraw(actor: Actor, nomination_id: int, reason: str | None, *, note: str = "", now: datetime) -> None:
    """Take a candidate out of the pool with a reason from the list; seats and places in line are given up.

    Refused once the course has begun. Coordinators and school get a letter of a seat that became free.
    """
    nomination = queries.nomination(actor, nomination_id, lock=True)
    why = settle_reason(ReasonKind.WITHDRAW, reason)
    check_fields({"note": problem_in(tidy(note), MAX_NOTE)})
    seats = seats_for_update(nomination_id)
    nominations.check_withdrawal([SeatOnRun(seat.state, run.state) for seat, run in seats])
    held = [(seat.state, run) for seat, run in seats if seat.state in HOLDS_SEAT]
    move_nomination(actor, nomination, NominationDeed.WITHDRAW, now=now, reason=why, note=tidy(note))
    nomination.withdraw_reason = why
    for seat, run in seats:
        give_up(actor, nomination, seat, run, reason=why, now=now)
    for state, run in held:
        tell_of_free_seat(actor, nomination, state, run, now=now)


def seats_for_update(nomination_id: int) -> Sequence[tuple[Enrolment, CourseRun]]:
    """Every seat of a nomination with its run, locked for the transaction."""
    found = db.session.execute(
        select(Enrolment, CourseRun)
        .join(CourseRun, CourseRun.id == Enrolment.course_run_id)
        .where(Enrolment.nomination_id == nomination_id)
        .order_by(Enrolment.id)
        .with_for_update(of=Enrolment)
    )
    return [(seat, run) for seat, run in found]


def give_up(
    actor: Actor, nomination: Nomination, seat: Enrolment, run: CourseRun, *, reason: str, now: datetime
) -> None:
    """Withdraw a seat or place in line that is still held; what was answered before stays as it was."""
    if EnrolmentDeed.WITHDRAW not in enrolments.deeds(seat.state, actor.role):
        return
    before = seat.state
    seat.state = enrolments.move(before, EnrolmentDeed.WITHDRAW, actor.role)
    record_move(
        actor,
        nomination,
        EnrolmentDeed.WITHDRAW,
        before=before,
        after=seat.state,
        now=now,
        course_run_id=run.id,
        reason=reason,
    )


def tell_of_free_seat(
    actor: Actor | None, nomination: Nomination, state: EnrolmentState, run: CourseRun, *, now: datetime
) -> None:
    """A letter to the coordinators, and to the school if it knew who was to come."""
    home = db.session.get_one(Municipality, nomination.municipality_id)
    outbox.queue(
        "nomination_withdrawn",
        [*coordinators(run.partnership_id), *(teachers(run.school_id) if state in NAMED_TO_SCHOOL else ())],
        now=now,
        besides=actor.user_id if actor else None,
        code=nomination.code,
        jobcenter=home.name,
        course_run=run.title,
        course_run_id=run.id,
    )
