"""A candidate who cannot join for now waits outside the pool, and comes back by the clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from coordination import outbox
from coordination.db import db
from coordination.domain import nominations
from coordination.domain.actors import Actor
from coordination.domain.calendar import local_day
from coordination.domain.errors import Invalid, Problem
from coordination.domain.nominations import NominationDeed, NominationState
from coordination.domain.reasons import ReasonKind
from coordination.models import Nomination, User
from coordination.queries import nominations as queries
from coordination.queries.accounts import caseworkers
from coordination.services.nominations.moves import move_nomination
from coordination.services.reasons import settle_reason


def park(
    actor: Actor, nomination_id: int, until: date | None, reason: str | None, *, today: date, now: datetime
) -> None:
    """Take a candidate out of the pool until a day, or change that day; the place in line stays.

    Invalid beside `until` and `reason`.
    """
    nomination = queries.nomination(actor, nomination_id, lock=True)
    nominations.move(nomination.state, NominationDeed.PARK, actor.role)
    day, why = _settled(until, reason, today)
    move_nomination(actor, nomination, NominationDeed.PARK, now=now, reason=why, until=day)
    nomination.parked_until, nomination.park_reason = day, why


def unpark(actor: Actor, nomination_id: int, *, now: datetime) -> None:
    """Let a parked candidate back into the pool before the day, with the old place in line."""
    nomination = queries.nomination(actor, nomination_id, lock=True)
    move_nomination(actor, nomination, NominationDeed.UNPARK, now=now)


def return_parked(*, now: datetime) -> None:
    """The clock: everyone whose day has come is in the pool again, and the caseworkers are told."""
    due = (
        select(Nomination)
        .where(Nomination.state == NominationState.PARKED, Nomination.parked_until <= local_day(now))
        .where(Nomination.shared_on(local_day(now)))
        .order_by(Nomination.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    returned = db.session.scalars(due).all()
    for nomination in returned:
        move_nomination(None, nomination, NominationDeed.UNPARK, now=now)
    _tell(returned, now)


def _settled(until: date | None, reason: str | None, today: date) -> tuple[date, str]:
    """Day and reason, or everything that is wrong with the two at once."""
    errors: dict[str, Problem] = {}
    try:
        day = nominations.settle_parking(until, today)
    except Invalid as invalid:
        errors |= invalid.errors
    try:
        why = settle_reason(ReasonKind.PARK, reason)
    except Invalid as invalid:
        errors |= invalid.errors
    if errors:
        raise Invalid(errors)
    return day, why


def _tell(returned: Sequence[Nomination], now: datetime) -> None:
    """One letter per caseworker, however many came back; to the jobcenter where the account is closed."""
    by_worker: dict[int, list[Nomination]] = defaultdict(list)
    for nomination in returned:
        by_worker[nomination.caseworker_id].append(nomination)
    for caseworker_id, own in sorted(by_worker.items()):
        named = db.session.get_one(User, caseworker_id)
        facts = [{"code": row.code, "nomination_id": row.id} for row in own]
        to = [named] if named.active else caseworkers(own[0].municipality_id)
        outbox.queue("parking_ended", to, now=now, nominations=facts)
