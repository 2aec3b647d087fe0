"""The open runs of a sector that people in the pool could be offered a seat on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from coordination import access
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.candidates import DanishExam
from coordination.domain.course_runs import ACCEPTS_NOMINATIONS, RunState, shortfall
from coordination.models import CourseRun, School, Track
from coordination.queries.course_runs.seats import SeatCount, seat_counts


@dataclass(frozen=True)
class RunChoice:
    """An open run of the sector, with its seats in figures."""

    id: int
    title: str
    school: str
    state: RunState
    starts_on: date | None
    substitutes_until: date | None
    minimum: int
    capacity: int
    exam_needed: DanishExam
    seats: SeatCount

    @property
    def free(self) -> int:
        """Seats nobody holds."""
        return max(0, self.capacity - self.seats.held)

    @property
    def missing(self) -> int:
        """How many it lacks to its minimum; nothing once it has begun."""
        return shortfall(self.minimum, self.seats.held) if self.state in ACCEPTS_NOMINATIONS else 0


def open_runs(actor: Actor, sector_id: int, today: date) -> tuple[RunChoice, ...]:
    """The runs of a sector that take candidates, soonest first."""
    rows = db.session.execute(
        select(CourseRun, School.name, Track.exam_needed)
        .join(Track, Track.id == CourseRun.track_id)
        .join(School, School.id == CourseRun.school_id)
        .where(Track.sector_id == sector_id)
        .where(CourseRun.takes_people_on(today))
        .order_by(CourseRun.starts_on, CourseRun.id)
    ).all()
    counts = seat_counts(actor, [run.id for run, *_ in rows])
    return tuple(
        RunChoice(
            id=run.id,
            title=run.title,
            school=school,
            state=run.state,
            starts_on=run.starts_on,
            substitutes_until=run.substitutes_until,
            minimum=run.minimum,
            capacity=run.capacity,
            exam_needed=exam_needed,
            seats=counts[run.id],
        )
        for run, school, exam_needed in rows
    )


def chosen_run(runs: Sequence[RunChoice], wanted: int | None) -> RunChoice | None:
    """The run asked for; the only one if there is no choice."""
    if wanted is None and len(runs) == 1:
        return runs[0]
    return next((run for run in runs if run.id == wanted), None)


def sector_of_run(course_run_id: int) -> int:
    """The sector a run leads to; NotFound for a run out of reach."""
    return access.one(Track, access.one(CourseRun, course_run_id).track_id).sector_id
