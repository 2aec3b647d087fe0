"""How a candidate attended each run: the marks in order, and what they add up to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.attendance import MarkStatus
from coordination.domain.enrolments import EnrolmentState
from coordination.models import CourseRun, CourseSession, Enrolment, Mark, School
from coordination.queries.candidates.history.events import Event, Happened, MarkRow

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True)
class RunRecord:
    """One seat: where, when, how it stands, and the marks."""

    enrolment_id: int
    course_run_id: int
    title: str
    school: str
    code: str
    state: EnrolmentState
    starts_on: date | None
    ends_on: date | None
    left_on: date | None
    marks: tuple[MarkRow, ...]

    @property
    def counts(self) -> dict[MarkStatus, int]:
        """How many sessions of each kind."""
        counted = Counter(mark.status for mark in self.marks)
        return {status: counted[status] for status in MarkStatus}

    @property
    def planned(self) -> int:
        """Minutes of teaching in the sessions that were marked."""
        return sum(mark.minutes for mark in self.marks)

    @property
    def missed(self) -> int:
        """Minutes of them that were missed."""
        return sum(mark.minutes_missed for mark in self.marks)


def runs_of(candidate_id: int) -> tuple[RunRecord, ...]:
    """The runs somebody had a seat or a place in line on, newest first, with their marks."""
    found = db.session.execute(
        sa.select(Enrolment, CourseRun, School.name)
        .join(CourseRun, CourseRun.id == Enrolment.course_run_id)
        .join(School, School.id == Enrolment.school_id)
        .where(Enrolment.candidate_id == candidate_id)
        .order_by(Enrolment.id.desc())
    ).all()
    marks = _marks(candidate_id)
    return tuple(
        RunRecord(
            enrolment_id=seat.id,
            course_run_id=run.id,
            title=run.title,
            school=school,
            code=seat.code,
            state=seat.state,
            starts_on=run.starts_on,
            ends_on=run.ends_on,
            left_on=seat.left_on,
            marks=tuple(marks[seat.id]),
        )
        for seat, run, school in found
    )


def absences(runs: Sequence[RunRecord]) -> Iterable[Event]:
    """Every session that was missed in part or whole, as something that happened."""
    for run in runs:
        for mark in run.marks:
            if mark.status is not MarkStatus.PRESENT:
                at = datetime.combine(mark.day, mark.starts_at, COPENHAGEN)
                yield Event(at=at, happened=Happened.MISSED, run=run.title, mark=mark)


def _marks(candidate_id: int) -> dict[int, list[MarkRow]]:
    """The marks by seat, in the order of the sessions; a cancelled session never took place."""
    found = db.session.execute(
        sa.select(Mark, CourseSession.day, CourseSession.starts_at, CourseSession.minutes)
        .join(CourseSession, CourseSession.id == Mark.session_id)
        .join(Enrolment, Enrolment.id == Mark.enrolment_id)
        .where(Enrolment.candidate_id == candidate_id, CourseSession.cancelled.is_(False))
        .order_by(CourseSession.day, CourseSession.starts_at)
    )
    by_seat: dict[int, list[MarkRow]] = defaultdict(list)
    for mark, day, starts_at, minutes in found:
        by_seat[mark.enrolment_id].append(
            MarkRow(
                day=day,
                starts_at=starts_at,
                minutes=minutes,
                status=mark.status,
                minutes_missed=mark.minutes_missed,
                cause=mark.cause,
                announced=mark.announced,
                comment=mark.comment,
                lawfulness=mark.lawfulness,
            )
        )
    return by_seat
