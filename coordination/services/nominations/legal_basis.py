"""The legal basis of a nomination is renewed, withdrawn, or ends by itself; either way the sharing closes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from coordination import outbox
from coordination.db import db
from coordination.domain import enrolments, nominations
from coordination.domain.actors import Actor
from coordination.domain.calendar import local_day
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import HOLDS_SEAT, EnrolmentDeed, EnrolmentState
from coordination.domain.errors import Refused
from coordination.domain.legal_bases import WARNED_BEFORE, Basis
from coordination.domain.nominations import NominationDeed, NominationState, SeatOnRun
from coordination.models import CourseRun, Enrolment, Nomination, User
from coordination.queries import nominations as queries
from coordination.queries.accounts import caseworkers
from coordination.services.nominations.moves import move_nomination, record_move
from coordination.services.nominations.nominate import put_basis
from coordination.services.nominations.withdrawal import give_up, seats_for_update, tell_of_free_seat

IN_FORCE = nominations.LIVE - {NominationState.DRAFT}
TAKEN = frozenset({EnrolmentState.ACCEPTED, EnrolmentState.CONFIRMED})


def renew_basis(actor: Actor, nomination_id: int, basis: Basis, *, now: datetime) -> None:
    """Share the person for longer, or again after the last day; Refused once the basis was withdrawn."""
    nomination = queries.nomination(actor, nomination_id, lock=True)
    if nomination.basis_withdrawn_at is not None:
        raise Refused("basis.withdrawn")
    put_basis(nomination, basis)
    move_nomination(actor, nomination, NominationDeed.RENEW_BASIS, now=now)


def withdraw_basis(actor: Actor, nomination_id: int, *, now: datetime) -> None:
    """Close the sharing at once: seats and places in line are given up, the nomination is withdrawn.

    A course that has begun does not hinder it: the participant stops there today, and the marks remain.
    """
    nomination = queries.nomination(actor, nomination_id, lock=True)
    if nomination.basis is None or nomination.basis_withdrawn_at is not None:
        raise Refused("basis.withdrawn")
    if queries.over(nomination):
        move_nomination(actor, nomination, NominationDeed.COMPLETE, now=now)
    _leave(actor, nomination, now=now)
    move_nomination(actor, nomination, NominationDeed.WITHDRAW_BASIS, now=now)
    nomination.basis_withdrawn_at = now


def expire_basis(*, now: datetime) -> None:
    """Expire the nominations whose last day of sharing has passed, and give up their seats. For the clock.

    Once the course has begun the nomination stays: renewed, the participant is on the register again.
    """
    late = db.session.scalars(
        select(Nomination)
        .where(Nomination.state.in_(IN_FORCE), Nomination.basis_withdrawn_at.is_(None))
        .where(Nomination.basis_until < local_day(now))
        .order_by(Nomination.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for nomination in late.all():
        _expire(nomination, now)


def warn_basis(*, now: datetime) -> None:
    """Tell each caseworker once, three weeks ahead, whose sharing is about to end. For the clock."""
    today = local_day(now)
    ending = db.session.scalars(
        select(Nomination)
        .where(Nomination.state.in_(IN_FORCE), Nomination.basis_warned_on.is_(None))
        .where(Nomination.shared_on(today), Nomination.basis_until <= today + WARNED_BEFORE)
        .order_by(Nomination.basis_until, Nomination.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    by_worker: dict[int, list[Nomination]] = defaultdict(list)
    for nomination in ending.all():
        nomination.basis_warned_on = today
        by_worker[nomination.caseworker_id].append(nomination)
    for caseworker_id, own in sorted(by_worker.items()):
        _warn(db.session.get_one(User, caseworker_id), own, now)


def _warn(named: User, own: Sequence[Nomination], now: datetime) -> None:
    """One letter, however many end; to the whole jobcenter where the account is closed."""
    facts = [{"code": row.code, "until": _iso(row.basis_until), "nomination_id": row.id} for row in own]
    to = [named] if named.active else caseworkers(own[0].municipality_id)
    outbox.queue("basis_ends", to, now=now, nominations=facts)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _leave(actor: Actor, nomination: Nomination, *, now: datetime) -> None:
    """Give up every seat: before the course it becomes free, in a running one the participant stops."""
    for seat, run in seats_for_update(nomination.id):
        held = seat.state
        if held in TAKEN and run.state is RunState.RUNNING:
            _stop(actor, nomination, seat, now=now)
        elif not (held in TAKEN and run.state in nominations.OVER):
            give_up(actor, nomination, seat, run, reason="", now=now)
            if held in HOLDS_SEAT:
                tell_of_free_seat(actor, nomination, held, run, now=now)


def _stop(actor: Actor, nomination: Nomination, seat: Enrolment, *, now: datetime) -> None:
    before = seat.state
    seat.state = enrolments.move(before, EnrolmentDeed.DROP_OUT, actor.role)
    seat.left_on = local_day(now)
    _record(actor, nomination, seat, EnrolmentDeed.DROP_OUT, before, now)


def _expire(nomination: Nomination, now: datetime) -> None:
    seats = seats_for_update(nomination.id)
    if _begun(seats):
        return
    move_nomination(None, nomination, NominationDeed.EXPIRE, now=now)
    for seat, run in seats:
        before = seat.state
        if (before, EnrolmentDeed.EXPIRE) in enrolments.MOVES:
            seat.state = enrolments.move(before, EnrolmentDeed.EXPIRE, None)
            _record(None, nomination, seat, EnrolmentDeed.EXPIRE, before, now)
        if before in HOLDS_SEAT:
            tell_of_free_seat(None, nomination, before, run, now=now)


def _begun(seats: Sequence[tuple[Enrolment, CourseRun]]) -> bool:
    try:
        nominations.check_withdrawal([SeatOnRun(seat.state, run.state) for seat, run in seats])
    except Refused:
        return True
    return False


def _record(
    actor: Actor | None,
    nomination: Nomination,
    seat: Enrolment,
    deed: EnrolmentDeed,
    before: EnrolmentState,
    now: datetime,
) -> None:
    record_move(
        actor,
        nomination,
        deed,
        before=before,
        after=seat.state,
        now=now,
        course_run_id=seat.course_run_id,
    )
