"""Seats kept for one municipality: how many are in use, and what that leaves for the reader's own people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coordination.db import db, system_session
from coordination.domain.actors import Actor, Role
from coordination.domain.enrolments import HOLDS_SEAT
from coordination.domain.reserved import free_for, in_force, unused
from coordination.models import Enrolment, Municipality
from coordination.queries.course_runs.seats import reservations


@dataclass(frozen=True)
class ReservedRow:
    """Seats kept for one municipality; `left` of them nobody uses yet, none once they are released."""

    municipality: str
    seats: int
    left: int
    release_on: date | None
    holds: bool


@dataclass(frozen=True)
class SeatPlan:
    """Who may have the seats of a run: rows for those that are kept, and what is free for all others.

    `free_here` is how many seats a jobcenter's own people could have; None for other readers.
    """

    rows: tuple[ReservedRow, ...] = ()
    free_for_all: int = 0
    free_here: int | None = None


def seat_plan(actor: Actor, course_run_id: int, capacity: int, today: date) -> SeatPlan:
    """The reserved seats of a run; a jobcenter is told of its own only, a school of none."""
    kept = reservations(course_run_id)
    if not kept or actor.role not in {Role.COORDINATOR, Role.JOBCENTER}:
        return SeatPlan()
    held, holding = _held(course_run_id), in_force(kept, today)
    left = unused(held, kept, today)
    names = _names([row.municipality_id for row in kept])
    rows = {
        row.municipality_id: ReservedRow(
            names[row.municipality_id],
            row.seats,
            left.get(row.municipality_id, 0),
            row.release_on,
            row.municipality_id in holding,
        )
        for row in sorted(kept, key=lambda row: list(names).index(row.municipality_id))
    }
    nobody = 0  # a municipality that has no seats of its own
    free = free_for(nobody, capacity, held, kept, today)
    home = actor.jobcenter_id if actor.role is Role.JOBCENTER else None
    if home is None:
        return SeatPlan(tuple(rows.values()), free)
    own = free_for(home, capacity, held, kept, today)
    return SeatPlan((rows[home],) if home in rows else (), free, own)


def _held(course_run_id: int) -> dict[int, int]:
    """Seats held by municipality, whoever asks: only figures leave the session."""
    held = (
        sa.select(Enrolment.municipality_id, sa.func.count(Enrolment.id))
        .where(Enrolment.course_run_id == course_run_id)
        .where(Enrolment.state.in_(HOLDS_SEAT))
        .group_by(Enrolment.municipality_id)
    )
    with system_session("seat_counts", reads=True) as session:
        return {home: count for home, count in session.execute(held)}  # noqa: C416 (rows, no pairs)


def _names(municipality_ids: list[int]) -> dict[int, str]:
    rows = db.session.execute(
        sa.select(Municipality.id, Municipality.name)
        .where(Municipality.id.in_(municipality_ids))
        .order_by(sa.collate(Municipality.name, "danish"))
    )
    return {municipality_id: name for municipality_id, name in rows}  # noqa: C416 (rows, no pairs)
