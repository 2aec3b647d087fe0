"""Who is away from an employer with a limit already, on runs under way that nobody can join any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.course_runs import RunState
from coordination.domain.employers import name_key
from coordination.domain.enrolments import HOLDS_SEAT
from coordination.domain.pooling.problem import Candidate as Person
from coordination.domain.pooling.problem import Run
from coordination.domain.pooling_question import session_intervals
from coordination.models import Candidate, CourseRun, CourseSession, Enrolment

UNDER_WAY = (RunState.OPEN, RunState.CONFIRMED, RunState.RUNNING)
NOBODYS_SECTOR = "under way"


def away(
    partnership_id: int, today: date, employers: Mapping[str, str]
) -> tuple[tuple[Run, ...], tuple[Person, ...]]:
    """Those runs with the days they have left, full with just these people, who weigh nothing."""
    seats = _seats(partnership_id, today, employers) if employers else []
    days = _days({seat.course_run_id for seat, _employer in seats}, today)
    people = [
        Person(
            id=str(seat.nomination_id),
            jobcenter=str(seat.municipality_id),
            employer=employer,
            weight=0,
            locked=(str(seat.course_run_id),),
        )
        for seat, employer in seats
        if days[seat.course_run_id]
    ]
    sitting = [run for one in people for run in one.locked]
    runs = [
        Run(
            id=str(key),
            sector=NOBODYS_SECTOR,
            course=f"{NOBODYS_SECTOR} {key}",
            school=str(school_id),
            sessions=session_intervals(days[key]),
            maximum=sitting.count(str(key)),
            committed=True,
        )
        for key, school_id in sorted({(seat.course_run_id, seat.school_id) for seat, _employer in seats})
        if days[key]
    ]
    return tuple(runs), tuple(people)


def _seats(partnership_id: int, today: date, employers: Mapping[str, str]) -> list[tuple[Enrolment, str]]:
    """The seats on runs that have begun of people whose employer has a limit, with the employer's key."""
    rows = db.session.execute(
        sa.select(Enrolment, Candidate.employer)
        .join(Candidate, Candidate.id == Enrolment.candidate_id)
        .join(CourseRun, CourseRun.id == Enrolment.course_run_id)
        .where(CourseRun.partnership_id == partnership_id)
        .where(CourseRun.state.in_(UNDER_WAY), CourseRun.starts_on <= today, CourseRun.ends_on >= today)
        .where(Enrolment.state.in_(HOLDS_SEAT), Candidate.employer != "")
        .order_by(Enrolment.id)
    )
    found = ((seat, employers.get(name_key(employer))) for seat, employer in rows)
    return [(seat, employer) for seat, employer in found if employer is not None]


def _days(course_run_ids: Collection[int], today: date) -> dict[int, list[date]]:
    days: dict[int, list[date]] = defaultdict(list)
    ahead = sa.select(CourseSession.course_run_id, CourseSession.day).where(
        CourseSession.course_run_id.in_(course_run_ids),
        CourseSession.cancelled.is_(False),
        CourseSession.day >= today,
    )
    for course_run_id, day in db.session.execute(ahead):
        days[course_run_id].append(day)
    return days
