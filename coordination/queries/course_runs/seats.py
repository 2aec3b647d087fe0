"""Seats of runs in figures, and how many in the pool could fill the rest; never a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from coordination.db import db, system_session
from coordination.domain.actors import Actor, Role
from coordination.domain.enrolments import HOLDS_SEAT, EnrolmentState
from coordination.domain.nominations import NominationState
from coordination.domain.reserved import Reservation
from coordination.models import Enrolment, Municipality, Nomination, NominationWish, ReservedSeats, Sector


@dataclass(frozen=True)
class SeatCount:
    """How many seats of a run are taken or offered, and how many wait for one."""

    taken: int = 0
    offered: int = 0
    waiting: int = 0

    @property
    def held(self) -> int:
        """Seats that nobody else can have."""
        return self.taken + self.offered


@dataclass(frozen=True)
class PoolCount:
    """Those in the pool who wish for a sector, from one municipality."""

    municipality: str
    count: int


NO_SEATS = SeatCount()
COUNTED = HOLDS_SEAT | {EnrolmentState.WAITING}


def seat_counts(actor: Actor, course_run_ids: Collection[int]) -> dict[int, SeatCount]:
    """The seats of runs the actor may see; a jobcenter gets the figures of all municipalities together."""
    if not course_run_ids:
        return {}
    statement = (
        sa.select(Enrolment.course_run_id, Enrolment.state, sa.func.count(Enrolment.id))
        .where(Enrolment.course_run_id.in_(course_run_ids))
        .where(Enrolment.state.in_(COUNTED))
        .group_by(Enrolment.course_run_id, Enrolment.state)
    )
    if actor.role is Role.JOBCENTER:
        with system_session("seat_counts", reads=True) as session:
            rows = session.execute(statement).all()
    else:
        rows = db.session.execute(statement).all()
    by_state = {(run_id, state): count for run_id, state, count in rows}
    return {run_id: _count(run_id, by_state) for run_id in course_run_ids}


def _count(run_id: int, by_state: dict[tuple[int, EnrolmentState], int]) -> SeatCount:
    def of(state: EnrolmentState) -> int:
        return by_state.get((run_id, state), 0)

    taken = of(EnrolmentState.ACCEPTED) + of(EnrolmentState.CONFIRMED)
    return SeatCount(taken, of(EnrolmentState.OFFERED), of(EnrolmentState.WAITING))


def held_by_municipality(course_run_id: int) -> dict[int, int]:
    """Seats of a run that are offered or taken, by municipality, for a coordinator who changes its size."""
    held = (
        sa.select(Enrolment.municipality_id, sa.func.count(Enrolment.id))
        .where(Enrolment.course_run_id == course_run_id)
        .where(Enrolment.state.in_(HOLDS_SEAT))
        .group_by(Enrolment.municipality_id)
    )
    return {home: count for home, count in db.session.execute(held)}  # noqa: C416 (rows, no pairs)


def reservations(course_run_id: int) -> tuple[Reservation, ...]:
    """The seats of a run kept for one municipality each, in no particular order."""
    kept = sa.select(ReservedSeats).where(ReservedSeats.course_run_id == course_run_id)
    rows = db.session.scalars(kept.order_by(ReservedSeats.id))
    return tuple(Reservation(row.for_municipality_id, row.seats, row.release_on) for row in rows)


def pool_for(sector_id: int) -> tuple[PoolCount, ...]:
    """How many in the pool wish for a sector, by municipality; nothing when nobody does.

    For the coordinator, who sees the pool.
    """
    wished = (
        sa.select(Nomination.municipality_id, sa.func.count(Nomination.id))
        .join(NominationWish, NominationWish.nomination_id == Nomination.id)
        .where(Nomination.state == NominationState.SUBMITTED)
        .where(NominationWish.sector_id == sector_id)
        .group_by(Nomination.municipality_id)
    )
    counts = {owner: count for owner, count in db.session.execute(wished)}  # noqa: C416 (rows, no pairs)
    if not counts:
        return ()
    homes = db.session.execute(
        sa.select(Municipality.id, Municipality.name)
        .join(Sector, Sector.partnership_id == Municipality.partnership_id)
        .where(Sector.id == sector_id)
        .order_by(sa.collate(Municipality.name, "danish"))
    )
    return tuple(PoolCount(name, counts.get(home, 0)) for home, name in homes)
