"""The people of employers that the actor may know of, and the days on which they are at school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.employers import name_key
from coordination.domain.enrolments import HOLDS_SEAT, EnrolmentState
from coordination.models import Candidate, CourseRun, CourseSession, Enrolment, Municipality

Key = tuple[int, str]
"""A partnership, and the name of an employer as it is matched."""


@dataclass(frozen=True)
class Employed:
    """A candidate with a practice place."""

    id: int
    name: str
    municipality: str
    employer: str


@dataclass(frozen=True)
class Seat:
    """A seat a candidate holds or is offered in a run that is not over."""

    candidate_id: int
    course_run_id: int
    run: str
    state: EnrolmentState
    starts_on: date | None
    ends_on: date | None


def employed() -> Mapping[Key, list[Employed]]:
    """The candidates within reach by their employer; who has none written down is left out."""
    rows = db.session.execute(
        sa.select(Candidate, Municipality.partnership_id, Municipality.name)
        .join(Municipality, Municipality.id == Candidate.municipality_id)
        .where(Candidate.employer != "")
        .order_by(sa.collate(Candidate.name, "danish"), Candidate.id)
    )
    found: dict[Key, list[Employed]] = defaultdict(list)
    for person, partnership_id, municipality in rows:
        key = (partnership_id, name_key(person.employer))
        found[key].append(Employed(person.id, person.name, municipality, person.employer))
    return found


def seats_of(candidate_ids: Collection[int], today: date) -> Mapping[int, list[Seat]]:
    """By candidate the seats in runs that are not over, the first to begin first."""
    rows = db.session.execute(
        sa.select(Enrolment, CourseRun)
        .join(CourseRun, CourseRun.id == Enrolment.course_run_id)
        .where(Enrolment.candidate_id.in_(candidate_ids), Enrolment.state.in_(HOLDS_SEAT))
        .where(CourseRun.ends_on >= today)
        .order_by(CourseRun.starts_on, CourseRun.id)
    )
    found: dict[int, list[Seat]] = defaultdict(list)
    for seat, run in rows:
        row = Seat(seat.candidate_id, run.id, run.title, seat.state, run.starts_on, run.ends_on)
        found[seat.candidate_id].append(row)
    return found


def days_away(seats: Mapping[int, Collection[Seat]], today: date) -> dict[int, list[date]]:
    """By candidate the days at school from today on."""
    runs = {seat.course_run_id for own in seats.values() for seat in own}
    coming = sa.select(CourseSession.course_run_id, CourseSession.day).where(
        CourseSession.course_run_id.in_(runs),
        CourseSession.cancelled.is_(False),
        CourseSession.day >= today,
    )
    days: dict[int, list[date]] = defaultdict(list)
    for course_run_id, day in db.session.execute(coming):
        days[course_run_id].append(day)
    return {
        candidate_id: [day for seat in own for day in days[seat.course_run_id]]
        for candidate_id, own in seats.items()
    }
