"""The jobcenter answers an offered seat, and the school answers the participant it is given."""

from __future__ import annotations

from datetime import datetime

from coordination import access, audit, outbox
from coordination.db import db
from coordination.domain import enrolments
from coordination.domain.actors import Actor
from coordination.domain.calendar import local_day
from coordination.domain.enrolments import EnrolmentDeed
from coordination.domain.nominations import NominationDeed
from coordination.domain.reasons import ReasonKind
from coordination.models import CourseRun
from coordination.queries.accounts import caseworkers, coordinators, teachers
from coordination.services.enrolments.line import offer_free_seats
from coordination.services.enrolments.rows import Held, hold, record
from coordination.services.nominations import move_nomination
from coordination.services.reasons import settle_reason


def accept_seat(actor: Actor, enrolment_id: int, *, now: datetime) -> None:
    """The jobcenter says yes: from now on the school knows who it is, and answers.

    Refused if the offer was answered, withdrawn or is too late, or the run is over.
    """
    held = hold(actor, enrolment_id, EnrolmentDeed.ACCEPT)
    run = access.one(CourseRun, held.seat.course_run_id)
    enrolments.check_answer(run.state, held.seat.answer_until, now)
    held.seat.state, held.seat.answered_at = held.after, now
    held.seat.joined_on = enrolments.first_day_there(run.starts_on, local_day(now))
    move_nomination(actor, held.nomination, NominationDeed.ACCEPT, now=now, course_run_id=run.id)
    outbox.queue(
        "participant_waiting",
        to=teachers(run.school_id),
        now=now,
        besides=actor.user_id,
        enrolment_id=held.seat.id,
        **_facts(held, run),
    )
    audit.record(actor, "enrolments.accept_seat", "enrolment", held.seat.id, now=now)


def decline_seat(actor: Actor, enrolment_id: int, *, reason: str | None, keep: bool, now: datetime) -> None:
    """The jobcenter says no for a reason from the list; the person stays in the pool only if `keep`.

    The seat goes to the next in line at once.
    """
    settled = settle_reason(ReasonKind.DECLINE, reason)
    held = hold(actor, enrolment_id, EnrolmentDeed.DECLINE)
    run = access.one(CourseRun, held.seat.course_run_id)
    held.seat.state, held.seat.answered_at, held.seat.decline_reason = held.after, now, settled
    if keep:
        record(actor, held, EnrolmentDeed.DECLINE, now=now, reason=settled)
    deed = NominationDeed.RETURN_TO_POOL if keep else NominationDeed.DECLINE
    move_nomination(
        actor, held.nomination, deed, now=now, course_run_id=run.id, reason="" if keep else settled
    )
    audit.record(
        actor, "enrolments.decline_seat", "enrolment", held.seat.id, now=now, reason=settled, keep=keep
    )
    partnership_id, facts = run.partnership_id, _facts(held, run) | {"course_run_id": run.id, "kept": keep}
    facts["passed_on"] = offer_free_seats([run.id], now=now).get(run.id, ())
    outbox.queue("seat_declined", coordinators(partnership_id), now=now, besides=actor.user_id, **facts)


def confirm_participant(actor: Actor, enrolment_id: int, *, now: datetime) -> None:
    """The school says yes: the participant stands on the registers."""
    held = hold(actor, enrolment_id, EnrolmentDeed.CONFIRM)
    run = access.one(CourseRun, held.seat.course_run_id)
    enrolments.check_answer(run.state, None, now)
    held.seat.state = held.after
    record(actor, held, EnrolmentDeed.CONFIRM, now=now)
    audit.record(actor, "enrolments.confirm_participant", "enrolment", held.seat.id, now=now)


def reject_participant(actor: Actor, enrolment_id: int, *, reason: str | None, now: datetime) -> None:
    """The school says no for a reason from the list; the person returns to the pool, place in line kept."""
    settled = settle_reason(ReasonKind.REJECT, reason)
    held = hold(actor, enrolment_id, EnrolmentDeed.REJECT)
    run = access.one(CourseRun, held.seat.course_run_id)
    record(actor, held, EnrolmentDeed.REJECT, now=now, reason=settled)
    move_nomination(actor, held.nomination, NominationDeed.RETURN_TO_POOL, now=now, course_run_id=run.id)
    db.session.flush()  # the school's reach to the nomination ends with the seat, so its rows go first
    held.seat.state, held.seat.reject_reason = held.after, settled
    outbox.queue(
        "participant_rejected",
        to=[*caseworkers(held.seat.municipality_id), *coordinators(run.partnership_id)],
        now=now,
        besides=actor.user_id,
        nomination_id=held.nomination.id,
        **_facts(held, run),
    )
    audit.record(actor, "enrolments.reject_participant", "enrolment", held.seat.id, now=now, reason=settled)
    offer_free_seats([run.id], now=now)


def _facts(held: Held, run: CourseRun) -> dict[str, object]:
    return {"code": held.seat.code, "course_run": run.title}
