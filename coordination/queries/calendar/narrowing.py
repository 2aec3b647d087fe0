"""Which course runs a calendar shows: the filters, and the seats that are free for whoever looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.candidates import DanishExam
from coordination.domain.course_runs import ACCEPTS_NOMINATIONS, RunState
from coordination.models import CourseRun, CourseSession, School, Track
from coordination.queries.course_runs import seen_by
from coordination.queries.enrolments import seats_on
from coordination.queries.sectors import sector_name

SHOWN = frozenset(RunState) - {RunState.CANCELLED}
"""The states a calendar shows unless it is asked for others."""


@dataclass(frozen=True)
class CalendarFilter:
    """What the calendar is narrowed to; the empty state means all but the cancelled ones."""

    state: RunState | None = None
    every_state: bool = False
    sector_id: int | None = None
    school_id: int | None = None
    free_seats: bool = False
    exam: DanishExam | None = None

    @property
    def narrowed(self) -> bool:
        """True if a way back to the whole calendar makes sense."""
        return self != CalendarFilter()

    @property
    def states(self) -> frozenset[RunState]:
        """The states that are shown."""
        if self.every_state:
            return frozenset(RunState)
        return frozenset({self.state}) if self.state else SHOWN


@dataclass(frozen=True)
class RunRow:
    """One run in the calendar."""

    id: int
    title: str
    state: RunState
    sector: str
    school: str
    starts_on: date | None
    ends_on: date | None
    exam_needed: DanishExam
    capacity: int
    free: int

    @property
    def open(self) -> bool:
        """True as long as it takes people at all."""
        return self.state in ACCEPTS_NOMINATIONS

    @property
    def takes_more(self) -> bool:
        """True if a candidate could be offered a seat."""
        return self.open and self.free > 0

    @property
    def cancelled(self) -> bool:
        """True if the whole run is cancelled."""
        return self.state is RunState.CANCELLED


def runs_between(
    actor: Actor, chosen: CalendarFilter, first: date, last: date, today: date
) -> dict[int, RunRow]:
    """The runs within reach that have a session from one day to another, by id."""
    taught = sa.select(CourseSession.course_run_id).where(CourseSession.day.between(first, last))
    statement = (
        _narrowed(chosen)
        .where(seen_by(actor), CourseRun.id.in_(taught))
        .options(joinedload(CourseRun.track).joinedload(Track.sector), joinedload(CourseRun.school))
        .order_by(CourseRun.starts_on, CourseRun.id)
    )
    runs = db.session.scalars(statement).all()
    free = free_seats(actor, runs, today)
    rows = (_row(actor, run, free[run.id]) for run in runs)
    return {row.id: row for row in rows if row.takes_more or not chosen.free_seats}


def _narrowed(chosen: CalendarFilter) -> sa.Select[CourseRun]:
    statement = sa.select(CourseRun).join(Track, Track.id == CourseRun.track_id)
    statement = statement.where(CourseRun.state.in_(chosen.states))
    if chosen.sector_id:
        statement = statement.where(Track.sector_id == chosen.sector_id)
    if chosen.school_id:
        statement = statement.where(CourseRun.school_id == chosen.school_id)
    if chosen.exam:
        exams = list(DanishExam)
        statement = statement.where(Track.exam_needed.in_(exams[: exams.index(chosen.exam) + 1]))
    return statement


def _row(actor: Actor, run: CourseRun, free: int) -> RunRow:
    return RunRow(
        id=run.id,
        title=run.title,
        state=run.state,
        sector=sector_name(actor, run.track.sector),
        school=run.school.name,
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        exam_needed=run.track.exam_needed,
        capacity=run.capacity,
        free=free,
    )


def free_seats(actor: Actor, runs: Sequence[CourseRun], today: date) -> dict[int, int]:
    """The seats of each run that nobody holds; for a jobcenter without those kept for another one."""
    seats, home = seats_on(runs) if runs else {}, actor.jobcenter_id
    if actor.role is not Role.JOBCENTER or home is None:
        return {run_id: row.free for run_id, row in seats.items()}
    return {run_id: row.free_for(home, today) for run_id, row in seats.items()}


def school_choices(actor: Actor) -> tuple[tuple[int, str], ...]:
    """The schools that have a run the actor sees; a school has only itself."""
    if actor.role is Role.SCHOOL:
        return ()
    taught = sa.select(CourseRun.school_id).where(seen_by(actor))
    ordered = sa.select(School.id, School.name).where(School.id.in_(taught))
    rows = db.session.execute(ordered.order_by(sa.collate(School.name, "danish")))
    return tuple((school_id, name) for school_id, name in rows)
