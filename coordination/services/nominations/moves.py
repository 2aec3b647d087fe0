"""Every move of a nomination follows the table of moves and is put on record."""

from __future__ import annotations

from datetime import date, datetime

from coordination import audit
from coordination.db import db
from coordination.domain import nominations
from coordination.domain.actors import Actor
from coordination.domain.calendar import local_day
from coordination.domain.errors import Refused
from coordination.domain.legal_bases import is_open
from coordination.domain.nominations import NominationDeed, NominationState
from coordination.models import Nomination, NominationMove
from coordination.queries import nominations as queries


def return_to_pool(actor: Actor, nomination_id: int, *, now: datetime) -> None:
    """Send a declined or expired nomination back to the pool, with its old place in line."""
    nomination = queries.nomination(actor, nomination_id, lock=True)
    if nomination.state not in queries.AT_REST:
        raise Refused("nomination.move", state=nomination.state, deed=NominationDeed.RETURN_TO_POOL)
    if queries.live_elsewhere(nomination) or queries.lives_unseen(
        actor, nomination.candidate_id, nomination.id
    ):
        raise Refused("nomination.live")
    move_nomination(actor, nomination, NominationDeed.RETURN_TO_POOL, now=now)


def move_nomination(
    actor: Actor | None,
    nomination: Nomination,
    deed: NominationDeed,
    *,
    now: datetime,
    reason: str = "",
    note: str = "",
    course_run_id: int | None = None,
    until: date | None = None,
) -> None:
    """Move a nomination as the table of moves allows (actor None: the clock) and put the move on record.

    A nomination that comes back to the pool keeps its place in line; one that is no longer parked forgets
    until when and why. Refused("nomination.move") otherwise.
    """
    before = nomination.state
    after = nominations.move(before, deed, actor.role if actor else None)
    if deed in nominations.NEEDS_SHARING:
        check_sharing(nomination, now)
    nomination.state = after
    if nomination.state is NominationState.SUBMITTED:
        enter_pool(nomination, now)
    if nomination.state is not NominationState.PARKED:
        nomination.parked_until, nomination.park_reason = None, ""
    record_move(
        actor,
        nomination,
        deed,
        before=before,
        after=nomination.state,
        now=now,
        course_run_id=course_run_id,
        reason=reason,
        note=note,
        until=until,
    )
    audit.record(actor, f"nominations.{deed}", "nomination", nomination.id, now=now, reason=reason)


def enter_pool(nomination: Nomination, now: datetime) -> None:
    """The first time the place in line is fixed: the moment, and the lot that settles a tie."""
    if nomination.submitted_at is None:
        nomination.submitted_at = now
        nomination.draw = nominations.lot(nomination.id, now)


def check_sharing(nomination: Nomination, now: datetime) -> None:
    """Refused("nomination.sharing_closed") unless the person may be shared today."""
    if not is_open(nomination.basis_until, nomination.basis_withdrawn_at, local_day(now)):
        raise Refused("nomination.sharing_closed")


def record_move(
    actor: Actor | None,
    nomination: Nomination,
    deed: str,
    *,
    before: str,
    after: str,
    now: datetime,
    course_run_id: int | None = None,
    reason: str = "",
    note: str = "",
    until: date | None = None,
) -> None:
    """Add a move of the nomination, or of its seat in a run, to the history that tells why."""
    db.session.add(
        NominationMove(
            municipality_id=nomination.municipality_id,
            nomination_id=nomination.id,
            course_run_id=course_run_id,
            deed=str(deed),
            before=str(before),
            after=str(after),
            reason=str(reason),
            note=note,
            until=until,
            by_id=actor.user_id if actor else None,
            at=now,
        )
    )
