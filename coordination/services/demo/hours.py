"""The demonstration's hours elsewhere and days people cannot come: most keep pace, some fall behind."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from coordination.db import db
from coordination.domain.availability import UnavailabilityKind
from coordination.domain.candidates import Scheme
from coordination.domain.tracks import TeachingKind
from coordination.models import (
    Candidate,
    CourseRun,
    CourseSession,
    HoursElsewhere,
    TrackModule,
    Unavailability,
)
from coordination.services.demo.places import save

PLACES = (
    (TeachingKind.DANISH, "Sprogcenter Syd (demo)", 45),
    (TeachingKind.DANISH, "Sprogcenter Vest (demo)", 20),
    (TeachingKind.FVU, "VUC Syd (demo)", 40),
)
"""Kind, place and minutes of teaching per day of the IGU, weekends included."""
PRACTICE: tuple[list[int], ...] = ([0, 1], [2], [3, 4], [])
AWAY = (
    (UnavailabilityKind.HOLIDAY, 40, 13),
    (UnavailabilityKind.APPOINTMENT, 43, 0),
    (UnavailabilityKind.OTHER_COURSE, 60, 4),
)
"""Kind, days from today until it begins, and days it lasts after the first."""


def hours_and_absences(*, today: date, now: datetime) -> None:
    """Give the people of the demonstration what their jobcenters would have written down."""
    people = db.session.scalars(select(Candidate).order_by(Candidate.id))
    for number, person in enumerate(people.all()):
        person.practice_days = PRACTICE[number % len(PRACTICE)]
        if person.scheme is Scheme.IGU and person.igu_start and number % 5:
            _elsewhere(person, *PLACES[number % len(PLACES)], today=today, now=now)
        if number % 4 == 1:
            _away(person, *AWAY[number % len(AWAY)], today=today, now=now)


def modules_on_sessions() -> None:
    """Let each run teach the modules of its track in their order."""
    for run in db.session.scalars(select(CourseRun)).all():
        modules = db.session.scalars(
            select(TrackModule.id).where(TrackModule.track_id == run.track_id).order_by(TrackModule.position)
        ).all()
        sessions = db.session.scalars(
            select(CourseSession).where(CourseSession.course_run_id == run.id).order_by(CourseSession.day)
        ).all()
        for number, session in enumerate(sessions):
            session.module_id = modules[number * len(modules) // len(sessions)] if modules else None


def _elsewhere(
    person: Candidate, kind: TeachingKind, place: str, daily: int, *, today: date, now: datetime
) -> None:
    first, last = person.igu_start or today, today - timedelta(days=4)
    if last < first:
        return
    save(
        HoursElsewhere(
            municipality_id=person.municipality_id,
            candidate_id=person.id,
            kind=kind,
            place=place,
            from_day=first,
            until_day=last,
            minutes=daily * ((last - first).days + 1),
            by_id=person.caseworker_id,
            at=now - timedelta(days=3),
        )
    )


def _away(
    person: Candidate, kind: UnavailabilityKind, ahead: int, lasts: int, *, today: date, now: datetime
) -> None:
    first = today + timedelta(days=ahead)
    save(
        Unavailability(
            municipality_id=person.municipality_id,
            candidate_id=person.id,
            from_day=first,
            until_day=first + timedelta(days=lasts),
            kind=kind,
            by_id=person.caseworker_id,
            at=now - timedelta(days=5),
        )
    )
