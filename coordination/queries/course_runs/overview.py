"""The list of course runs: who sees which, filtered by state, sector, school and free seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.course_runs import ACCEPTS_NOMINATIONS, RunState, shortfall
from coordination.domain.permissions import Permission, allowed
from coordination.models import CourseRun, School, Sector, Track
from coordination.queries.course_runs.head import seen_by
from coordination.queries.course_runs.seats import NO_SEATS, SeatCount, seat_counts
from coordination.queries.sectors import sector_name

PAGE_SIZE = 25
CURRENT = frozenset({RunState.DRAFT, RunState.OPEN, RunState.CONFIRMED, RunState.RUNNING, RunState.ENDED})
SORTS = {
    "title": sa.collate(CourseRun.title, "danish"),
    "starts_on": CourseRun.starts_on,
}


@dataclass(frozen=True)
class RunFilter:
    """What the list is narrowed to; the empty state means those that are not over."""

    state: RunState | None = None
    every_state: bool = False
    sector_id: int | None = None
    school_id: int | None = None
    free_seats: bool = False
    sort: str = "starts_on"
    number: int = 1

    @property
    def narrowed(self) -> bool:
        """True if a way back to the whole list makes sense."""
        return bool(self.state or self.every_state or self.sector_id or self.school_id or self.free_seats)


@dataclass(frozen=True)
class RunRow:
    """One run in the list."""

    id: int
    title: str
    state: RunState
    sector: str
    school: str
    starts_on: date | None
    ends_on: date | None
    capacity: int
    minimum: int
    seats: SeatCount

    @property
    def free(self) -> int:
        """Seats nobody holds."""
        return max(0, self.capacity - self.seats.held)

    @property
    def takes_more(self) -> bool:
        """True if a candidate could be offered a seat."""
        return self.free > 0 and self.state in ACCEPTS_NOMINATIONS

    @property
    def missing(self) -> int:
        """Participants lacking to the minimum, while that still matters."""
        return shortfall(self.minimum, self.seats.held) if self.state in ACCEPTS_NOMINATIONS else 0


@dataclass(frozen=True)
class OverviewPage:
    """The list, one page of it, and what can be chosen in its filters."""

    rows: tuple[RunRow, ...]
    total: int
    number: int
    pages: int
    sort: str
    narrowed: bool
    may_plan: bool
    sees_schools: bool
    has_tracks: bool
    sectors: tuple[tuple[int, str], ...]
    schools: tuple[tuple[int, str], ...]


def overview_page(actor: Actor, chosen: RunFilter) -> OverviewPage:
    """The runs within the actor's reach: a school its own, a jobcenter none that are drafts."""
    rows = _rows(actor, chosen)
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    number = min(max(1, chosen.number), pages)
    return OverviewPage(
        rows=rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        total=len(rows),
        number=number,
        pages=pages,
        sort=chosen.sort,
        narrowed=chosen.narrowed,
        may_plan=allowed(actor.role, Permission.PLAN_COURSE_RUN),
        sees_schools=actor.role is not Role.SCHOOL,
        has_tracks=db.session.scalar(sa.select(Track.id).limit(1)) is not None,
        sectors=sector_choices(actor),
        schools=_schools(actor),
    )


def _rows(actor: Actor, chosen: RunFilter) -> tuple[RunRow, ...]:
    runs = db.session.scalars(_statement(actor, chosen)).all()
    counts = seat_counts(actor, [run.id for run in runs])
    rows = (_row(actor, run, counts.get(run.id, NO_SEATS)) for run in runs)
    return tuple(
        row for row in rows if not chosen.free_seats or (row.free and row.state in ACCEPTS_NOMINATIONS)
    )


def _statement(actor: Actor, chosen: RunFilter) -> sa.Select[CourseRun]:
    statement = (
        sa.select(CourseRun)
        .join(Track, Track.id == CourseRun.track_id)
        .where(seen_by(actor))
        .options(joinedload(CourseRun.track).joinedload(Track.sector), joinedload(CourseRun.school))
        .order_by(*_order(chosen.sort))
    )
    if not chosen.every_state:
        statement = statement.where(CourseRun.state.in_({chosen.state} if chosen.state else CURRENT))
    if chosen.sector_id:
        statement = statement.where(Track.sector_id == chosen.sector_id)
    if chosen.school_id:
        statement = statement.where(CourseRun.school_id == chosen.school_id)
    return statement


def _order(sort: str) -> tuple[Any, ...]:
    """Runs without days come first whatever the direction: they wait for a plan."""
    column = SORTS.get(sort.removeprefix("-"), CourseRun.starts_on)
    direction = column.desc() if sort.startswith("-") else column.asc()
    return (CourseRun.starts_on.is_not(None), direction, CourseRun.id)


def _row(actor: Actor, run: CourseRun, seats: SeatCount) -> RunRow:
    return RunRow(
        id=run.id,
        title=run.title,
        state=run.state,
        sector=sector_name(actor, run.track.sector),
        school=run.school.name,
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        capacity=run.capacity,
        minimum=run.minimum,
        seats=seats,
    )


def sector_choices(actor: Actor) -> tuple[tuple[int, str], ...]:
    """The sectors of the actor's partnerships, in the actor's language."""
    sectors = db.session.scalars(sa.select(Sector).order_by(sa.collate(Sector.name, "danish"))).all()
    return tuple((row.id, sector_name(actor, row)) for row in sectors)


def _schools(actor: Actor) -> tuple[tuple[int, str], ...]:
    """The schools that have a run the actor sees."""
    if actor.role is Role.SCHOOL:
        return ()
    taught = sa.select(CourseRun.school_id).where(seen_by(actor))
    rows = db.session.execute(
        sa.select(School.id, School.name)
        .where(School.id.in_(taught))
        .order_by(sa.collate(School.name, "danish"))
    )
    return tuple((school_id, name) for school_id, name in rows)
