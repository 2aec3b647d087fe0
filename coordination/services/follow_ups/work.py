"""Working a follow-up: log a contact attempt, close it with a reason, open it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from coordination import access, audit
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.calendar import add_working_days, local_day
from coordination.domain.errors import Stale
from coordination.domain.follow_ups import (
    NOTE_MOST,
    CloseReason,
    ContactInput,
    FollowUpState,
    choose_next,
    settle_contact,
)
from coordination.domain.follow_ups import close as settle_closing
from coordination.domain.follow_ups import reopen as settle_reopening
from coordination.domain.texts import check_fields, problem_in, tidy
from coordination.models import ContactAttempt, CourseRun, FollowUp, Partnership
from coordination.services.follow_ups.moves import holidays_ahead, put_down_closing, put_down_reopening


def log_contact(
    actor: Actor,
    follow_up_id: int,
    given: ContactInput,
    *,
    next_contact_on: date | None,
    seen_version: int,
    now: datetime,
) -> date:
    """Log a contact attempt and return the new due date: the one wished for, else what the outcome proposes.

    The person was reached or not, so every open follow-up of the same seat gets the new step and date.
    """
    follow_up = _seen(follow_up_id, seen_version)
    cases = _open_beside(follow_up)
    today = local_day(now)
    settled = settle_contact(
        follow_up.state,
        follow_up.step,
        given,
        earlier_attempts=_attempts([follow_up, *cases]),
        today=today,
        holidays=holidays_ahead(today),
    )
    chosen = choose_next(settled.next_contact, next_contact_on, today)
    for case in (follow_up, *cases):
        case.step, case.due_on = settled.next_step, chosen or case.due_on
    db.session.add(
        ContactAttempt(
            municipality_id=follow_up.municipality_id,
            follow_up_id=follow_up.id,
            channel=settled.channel,
            outcome=settled.outcome,
            note=settled.note,
            next_contact_on=chosen,
            by_id=actor.user_id,
            at=now,
        )
    )
    outcome = settled.outcome.value
    audit.record(actor, "follow_ups.log_contact", "follow_up", follow_up.id, now=now, outcome=outcome)
    return follow_up.due_on


def close(
    actor: Actor,
    follow_up_id: int,
    reason: CloseReason,
    note: str,
    *,
    seen_version: int,
    now: datetime,
    others_too: bool = False,
) -> int:
    """Close a follow-up with a reason, if asked with the others open of the same seat; returns how many."""
    follow_up = _seen(follow_up_id, seen_version)
    closing = settle_closing(follow_up.state, reason, note)
    cases = [follow_up, *(_open_beside(follow_up) if others_too else ())]
    for case in cases:
        put_down_closing(actor, case, closing, now)
    return len(cases)


def reopen(actor: Actor, follow_up_id: int, note: str, *, seen_version: int, now: datetime) -> date:
    """Open a closed follow-up again and return its new due date; what was logged before stays."""
    follow_up = _seen(follow_up_id, seen_version)
    settle_reopening(follow_up.state)
    settled = tidy(note)
    check_fields({"note": problem_in(settled, NOTE_MOST)})
    today = local_day(now)
    due = add_working_days(today, _days_to_act(follow_up), holidays_ahead(today))
    put_down_reopening(actor, follow_up, due, settled, now)
    return due


def _seen(follow_up_id: int, seen_version: int) -> FollowUp:
    """The follow-up as the person saw it; Stale if a colleague was faster."""
    follow_up = access.one(FollowUp, follow_up_id, lock=True)
    if follow_up.version != seen_version:
        raise Stale("follow_up.conflict")
    return follow_up


def _open_beside(follow_up: FollowUp) -> Sequence[FollowUp]:
    return db.session.scalars(
        select(FollowUp)
        .where(FollowUp.enrolment_id == follow_up.enrolment_id)
        .where(FollowUp.state == FollowUpState.OPEN)
        .where(FollowUp.id != follow_up.id)
        .order_by(FollowUp.id)
        .with_for_update()
    ).all()


def _attempts(cases: Sequence[FollowUp]) -> int:
    ids = [case.id for case in cases]
    count = select(func.count(ContactAttempt.id)).where(ContactAttempt.follow_up_id.in_(ids))
    return db.session.scalar(count) or 0


def _days_to_act(follow_up: FollowUp) -> int:
    days = (
        select(Partnership.follow_up_days)
        .join(CourseRun, CourseRun.partnership_id == Partnership.id)
        .where(CourseRun.id == follow_up.course_run_id)
    )
    return db.session.scalar(days) or 0
