"""The rows a deed on a seat needs, locked in one order (run, nomination, seat) so that deeds never cross."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from coordination import access
from coordination.db import db
from coordination.domain import enrolments
from coordination.domain.actors import Actor
from coordination.domain.enrolments import EnrolmentDeed, EnrolmentState
from coordination.domain.errors import NotFound
from coordination.models import CourseRun, Enrolment, Nomination
from coordination.services.nominations import record_move


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
    access.one(CourseRun, seat.course_run_id, lock=True)
    nomination = access.one(Nomination, seat.nomination_id, lock=True)
    seat = access.one(Enrolment, enrolment_id, lock=True)
    return Held(seat, nomination, seat.state, enrolments.move(seat.state, deed, role))


def record(actor: Actor | None, held: Held, deed: EnrolmentDeed, *, now: datetime, reason: str = "") -> None:
    """Write the deed, already done, into the history of the nomination."""
    record_move(
        actor,
        held.nomination,
        deed,
        before=held.before,
        after=held.after,
        now=now,
        course_run_id=held.seat.course_run_id,
        reason=reason,
    )


def lock_runs(course_run_ids: Collection[int]) -> list[CourseRun]:
    """These runs, locked in the order of their numbers; NotFound if one is out of reach."""
    if any(key > access.MOST_ID for key in course_run_ids):
        raise NotFound
    found = db.session.scalars(
        select(CourseRun)
        .where(CourseRun.id.in_(course_run_ids))
        .order_by(CourseRun.id)
        .with_for_update(of=CourseRun)
        .execution_options(populate_existing=True)
    ).all()
    if len(found) < len(set(course_run_ids)):
        raise NotFound
    return list(found)


def put_offer(seat: Enrolment, after: EnrolmentState, until: datetime, now: datetime) -> None:
    """Write an offer into a seat."""
    seat.state, seat.offered_at, seat.answer_until = after, now, until
