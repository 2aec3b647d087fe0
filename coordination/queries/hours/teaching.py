"""What was taught to people and how much of it they attended, across runs, schools and places elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.course_runs import RunState
from coordination.domain.hours import Factor, Teaching, attended_minutes, kind_of
from coordination.domain.tracks import TeachingKind
from coordination.models import (
    CourseRun,
    CourseSession,
    Enrolment,
    HourFactor,
    HoursElsewhere,
    Mark,
    School,
    TrackModule,
)

NOT_TAUGHT = (RunState.DRAFT, RunState.CANCELLED)


def factors() -> tuple[Factor, ...]:
    """What an hour of each kind counts, oldest first."""
    rows = db.session.scalars(sa.select(HourFactor).order_by(HourFactor.kind, HourFactor.valid_from))
    return tuple(Factor(row.kind, row.percent, row.valid_from, row.source) for row in rows)


def teaching_of(candidate_id: int) -> list[Teaching]:
    """All teaching of one person, in three statements however many sessions there are."""
    return [*_on_runs(candidate_id), *_elsewhere(candidate_id)]


def _on_runs(candidate_id: int) -> Iterator[Teaching]:
    kinds = kinds_of_tracks()
    for title, school, track_id, kind, day, minutes, status, missed in db.session.execute(
        sa.select(
            CourseRun.title,
            School.name,
            CourseRun.track_id,
            TrackModule.kind,
            CourseSession.day,
            CourseSession.minutes,
            Mark.status,
            Mark.minutes_missed,
        )
        .select_from(Enrolment)
        .join(CourseRun, CourseRun.id == Enrolment.course_run_id)
        .join(School, School.id == CourseRun.school_id)
        .join(CourseSession, CourseSession.course_run_id == CourseRun.id)
        .outerjoin(TrackModule, TrackModule.id == CourseSession.module_id)
        .outerjoin(Mark, sa.and_(Mark.session_id == CourseSession.id, Mark.enrolment_id == Enrolment.id))
        .where(Enrolment.candidate_id == candidate_id, CourseSession.cancelled.is_(False))
        .where(sa.or_(Mark.id.is_not(None), _expected()))
    ):
        yield Teaching(
            course=f"{title} · {school}",
            kind=kind_of(kind, kinds[track_id]),
            day=day,
            minutes=minutes,
            attended=attended_minutes(minutes, status, missed or 0),
        )


def _expected() -> sa.ColumnElement[bool]:
    """SQL: the register of the session names the person, so that a missing mark is a missing mark."""
    return sa.and_(CourseRun.state.not_in(NOT_TAUGHT), Enrolment.on_roster_of_session())


def kinds_of_tracks() -> dict[int, set[TeachingKind]]:
    """The teaching kinds of the modules of each track within reach."""
    kinds: dict[int, set[TeachingKind]] = defaultdict(set)
    for track_id, kind in db.session.execute(sa.select(TrackModule.track_id, TrackModule.kind).distinct()):
        kinds[track_id].add(kind)
    return kinds


def _elsewhere(candidate_id: int) -> list[Teaching]:
    return elsewhere_of([candidate_id])[candidate_id]


def elsewhere_of(candidate_ids: Collection[int]) -> dict[int, list[Teaching]]:
    """What was written down by hand of these people; the last day of a period stands for the whole."""
    found: dict[int, list[Teaching]] = {candidate_id: [] for candidate_id in candidate_ids}
    written = sa.select(HoursElsewhere).where(HoursElsewhere.candidate_id.in_(candidate_ids))
    for row in db.session.scalars(written):
        found[row.candidate_id].append(
            Teaching(row.place, row.kind, row.until_day, row.minutes, attended=row.minutes)
        )
    return found
