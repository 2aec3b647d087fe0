"""The runs that can still be filled, as the question of the pooling knows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.candidates import DanishExam
from coordination.domain.course_runs import ACCEPTS_NOMINATIONS, RunState
from coordination.domain.pooling.problem import Run
from coordination.domain.pooling_question import session_intervals
from coordination.domain.reserved import Reservation, in_force
from coordination.models import CourseRun, CourseSession, ReservedSeats, Track

EXAMS = tuple(DanishExam)
ORE = 100


def open_runs(partnership_id: int, today: date) -> sa.Select[int]:
    """SQL: the runs of a partnership that take people and have not begun."""
    return (
        sa.select(CourseRun.id)
        .where(CourseRun.partnership_id == partnership_id)
        .where(CourseRun.state.in_(ACCEPTS_NOMINATIONS))
        .where(CourseRun.starts_on > today)
    )


def runs(partnership_id: int, today: date, *, only: int | None = None) -> tuple[Run, ...]:
    """The runs with sessions ahead, soonest first; a confirmed one is held whatever its size."""
    asked = open_runs(partnership_id, today)
    rows = db.session.execute(
        (asked if only is None else asked.where(CourseRun.id == only))
        .with_only_columns(CourseRun, Track.sector_id, Track.exam_needed)
        .join(Track, Track.id == CourseRun.track_id)
        .order_by(CourseRun.starts_on, CourseRun.id)
    ).all()
    ids = [run.id for run, *_ in rows]
    days, reserved = _days(ids), _reserved(ids, today)
    return tuple(
        Run(
            id=str(run.id),
            sector=str(sector_id),
            course=str(run.track_id),
            school=str(run.school_id),
            sessions=session_intervals(days[run.id]),
            maximum=run.capacity,
            minimum=run.minimum,
            lang_min=EXAMS.index(exam),
            cost=run.price_ore // ORE,
            committed=run.state is RunState.CONFIRMED,
            reserved=reserved[run.id],
        )
        for run, sector_id, exam in rows
        if days[run.id]
    )


def _days(course_run_ids: Collection[int]) -> dict[int, list[date]]:
    days: dict[int, list[date]] = defaultdict(list)
    taught = sa.select(CourseSession.course_run_id, CourseSession.day).where(
        CourseSession.course_run_id.in_(course_run_ids), CourseSession.cancelled.is_(False)
    )
    for course_run_id, day in db.session.execute(taught):
        days[course_run_id].append(day)
    return days


def _reserved(course_run_ids: Collection[int], today: date) -> dict[int, dict[str, int]]:
    """The seats kept for each municipality today, by its key as text."""
    kept: dict[int, list[Reservation]] = defaultdict(list)
    for row in db.session.scalars(
        sa.select(ReservedSeats).where(ReservedSeats.course_run_id.in_(course_run_ids))
    ):
        kept[row.course_run_id].append(Reservation(row.for_municipality_id, row.seats, row.release_on))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for course_run_id, rows in kept.items():
        found[course_run_id] = {str(home): seats for home, seats in sorted(in_force(rows, today).items())}
    return found
