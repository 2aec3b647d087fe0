"""When people cannot come to school: the page of one person, and what it costs them of a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from coordination import access
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.availability import Clash, Period, UnavailabilityKind, clashes
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import HOLDS_SEAT
from coordination.domain.permissions import Permission, allowed
from coordination.models import Candidate, CourseRun, CourseSession, Enrolment, Unavailability, User
from coordination.queries import nominations
from coordination.queries.candidates import PersonHead, head_of, person_head

OVER = (RunState.ENDED, RunState.EVALUATED, RunState.CANCELLED)


@dataclass(frozen=True)
class PeriodRow:
    """A period as it was written down."""

    id: int
    from_day: date
    until_day: date
    kind: UnavailabilityKind
    over: bool
    who: str
    at: datetime


@dataclass(frozen=True)
class RunClash:
    """A run on which the person holds a seat, and what it collides with."""

    course_run_id: int
    title: str
    clash: Clash


@dataclass(frozen=True)
class OverviewPage:
    """When one person cannot come: weekly practice days, periods, and the seats that collide with them."""

    head: PersonHead
    practice_days: tuple[int, ...]
    periods: tuple[PeriodRow, ...]
    runs: tuple[RunClash, ...]
    may_write: bool
    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class RemovalPage:
    """What would be removed, and whose it is."""

    id: int
    head: PersonHead
    from_day: date
    until_day: date
    kind: UnavailabilityKind
    person_ids: tuple[int, ...]


def overview_page(actor: Actor, candidate_id: int, today: date) -> OverviewPage:
    """The page of a person the actor may know of; NotFound otherwise."""
    candidate = nominations.person(actor, candidate_id)
    head = head_of(candidate)
    return OverviewPage(
        head=head,
        practice_days=tuple(sorted(candidate.practice_days)),
        periods=_periods(candidate.id, today),
        runs=_runs(candidate, today),
        may_write=allowed(actor.role, Permission.EDIT_CANDIDATE),
        person_ids=head.person_ids,
    )


def removal_page(actor: Actor, unavailability_id: int) -> RemovalPage:
    """The question before a period is removed; NotFound if the actor may not know of the person."""
    row = access.one(Unavailability, unavailability_id)
    head = person_head(actor, row.candidate_id)
    return RemovalPage(row.id, head, row.from_day, row.until_day, row.kind, head.person_ids)


def period(actor: Actor, unavailability_id: int) -> Unavailability:
    """The period, locked, if the actor may know of its person; else NotFound."""
    row = access.one(Unavailability, unavailability_id, lock=True)
    person_head(actor, row.candidate_id)
    return row


def clashes_with(candidates: Collection[Candidate], course_run_id: int, today: date) -> dict[int, Clash]:
    """By candidate, which of a run's coming sessions the person cannot come to; two statements for all."""
    days = _days([course_run_id], today)[course_run_id]
    away = _away([candidate.id for candidate in candidates])
    found = {one.id: clashes(days, one.practice_days, away[one.id]) for one in candidates}
    return {candidate_id: clash for candidate_id, clash in found.items() if clash}


def _periods(candidate_id: int, today: date) -> tuple[PeriodRow, ...]:
    """What is ahead first, in the order of the days; what is over last."""
    rows = db.session.execute(
        sa.select(Unavailability, User.name)
        .join(User, User.id == Unavailability.by_id)
        .where(Unavailability.candidate_id == candidate_id)
        .order_by(Unavailability.until_day < today, Unavailability.from_day)
    )
    return tuple(
        PeriodRow(row.id, row.from_day, row.until_day, row.kind, row.until_day < today, who, row.at)
        for row, who in rows
    )


def _runs(candidate: Candidate, today: date) -> tuple[RunClash, ...]:
    """The runs the person has a seat on and cannot wholly come to."""
    seats = db.session.execute(
        sa.select(CourseRun.id, CourseRun.title)
        .join(Enrolment, Enrolment.course_run_id == CourseRun.id)
        .where(Enrolment.candidate_id == candidate.id, Enrolment.state.in_(HOLDS_SEAT))
        .where(CourseRun.state.not_in(OVER))
        .order_by(CourseRun.starts_on, CourseRun.id)
    ).all()
    days, away = _days([row.id for row in seats], today), _away([candidate.id])[candidate.id]
    found = ((row, clashes(days[row.id], candidate.practice_days, away)) for row in seats)
    return tuple(RunClash(row.id, row.title, clash) for row, clash in found if clash)


def _days(course_run_ids: Collection[int], today: date) -> dict[int, list[date]]:
    """The coming teaching days of runs, one for each session."""
    days: dict[int, list[date]] = defaultdict(list)
    coming = sa.select(CourseSession.course_run_id, CourseSession.day).where(
        CourseSession.course_run_id.in_(course_run_ids),
        CourseSession.cancelled.is_(False),
        CourseSession.day >= today,
    )
    for course_run_id, day in db.session.execute(coming):
        days[course_run_id].append(day)
    return days


def _away(candidate_ids: Collection[int]) -> dict[int, list[Period]]:
    away: dict[int, list[Period]] = defaultdict(list)
    written = sa.select(Unavailability).where(Unavailability.candidate_id.in_(candidate_ids))
    for row in db.session.scalars(written):
        away[row.candidate_id].append(Period(row.from_day, row.until_day, row.kind))
    return away
