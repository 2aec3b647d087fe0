"""The people in the pool who wish for a sector, in the order of the line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, Subquery, func, select

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.availability import Clash
from coordination.domain.calendar import local_day
from coordination.domain.candidates import (
    DanishExam,
    DanishLevel,
    DanishTrack,
    Scheme,
    TeachingNeed,
    exam_at_least,
    language_warning,
)
from coordination.domain.enrolments import TAKES_PLACE, EnrolmentState
from coordination.domain.nominations import NominationState
from coordination.domain.priorities import Priority
from coordination.models import (
    Candidate,
    CourseRun,
    Enrolment,
    Municipality,
    Nomination,
    NominationWish,
)
from coordination.queries import availability
from coordination.queries.in_line import line_order
from coordination.queries.pooling.runs import RunChoice
from coordination.queries.sectors import wishes_of

PAGE_SIZE = 50
LIVE = (
    EnrolmentState.WAITING,
    EnrolmentState.OFFERED,
    EnrolmentState.ACCEPTED,
    EnrolmentState.CONFIRMED,
    EnrolmentState.DROPPED_OUT,
)


@dataclass(frozen=True)
class PoolFilter:
    """What the coordinator wants to see: a sector, a run to fill, and who fits."""

    sector_id: int | None = None
    course_run_id: int | None = None
    municipality_id: int | None = None
    exam: DanishExam | None = None
    scheme: Scheme | None = None
    number: int = 1

    @property
    def narrowed(self) -> bool:
        """True if some of the sector's people are hidden."""
        return bool(self.municipality_id or self.exam or self.scheme)


@dataclass(frozen=True)
class SeatElsewhere:
    """A seat or place in line on a run."""

    course_run_id: int
    title: str
    state: EnrolmentState


@dataclass(frozen=True)
class PoolRow:
    """One person in the pool."""

    nomination_id: int
    candidate_id: int
    place: int
    code: str
    name: str
    municipality: str
    wishes: tuple[str, ...]
    track: DanishTrack | None
    module: int | None
    exam: DanishExam
    scheme: Scheme
    since: date | None
    priority: Priority
    needs: tuple[TeachingNeed, ...]
    below: bool
    here: EnrolmentState | None
    elsewhere: tuple[SeatElsewhere, ...]
    clash: Clash | None = None

    @property
    def may_choose(self) -> bool:
        """One who had a seat on this run and stopped takes it up again on the run's own page."""
        return self.here in {None, EnrolmentState.WAITING}


PoolStatement = Select[Nomination, Candidate, str, int]


def _line(sector_id: int) -> Subquery:
    """The place in line of everyone who wishes for the sector."""
    return (
        select(Nomination.id, func.row_number().over(order_by=line_order()).label("place"))
        .join(NominationWish, NominationWish.nomination_id == Nomination.id)
        .where(Nomination.state == NominationState.SUBMITTED)
        .where(NominationWish.sector_id == sector_id)
        .subquery()
    )


def in_pool(sector_id: int, chosen: PoolFilter) -> PoolStatement:
    """SQL: the people who wish for a sector, with their place in its line, narrowed as chosen."""
    line = _line(sector_id)
    statement = (
        select(Nomination, Candidate, Municipality.name, line.c.place)
        .join(line, line.c.id == Nomination.id)
        .join(Candidate, Candidate.id == Nomination.candidate_id)
        .join(Municipality, Municipality.id == Nomination.municipality_id)
        .order_by(line.c.place)
    )
    if chosen.municipality_id:
        statement = statement.where(Nomination.municipality_id == chosen.municipality_id)
    if chosen.scheme:
        statement = statement.where(Candidate.scheme == chosen.scheme)
    if chosen.exam:
        enough = [exam for exam in DanishExam if exam_at_least(exam, chosen.exam)]
        statement = statement.where(Candidate.danish_exam.in_(enough))
    return statement


def count(statement: PoolStatement) -> int:
    """How many the statement finds."""
    ids = statement.with_only_columns(Nomination.id).order_by(None).subquery()
    return db.session.scalar(select(func.count(ids.c.id))) or 0


def pool_rows(
    actor: Actor, statement: PoolStatement, run: RunChoice | None, number: int, today: date
) -> tuple[PoolRow, ...]:
    """One page of them, with wishes in order, seats elsewhere, and what stands against the run."""
    found = db.session.execute(statement.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all()
    wishes = wishes_of(actor, [nomination.id for nomination, *_ in found])
    seats = _seats([candidate.id for _, candidate, *_ in found])
    people = [candidate for _, candidate, *_ in found]
    clashes = availability.clashes_with(people, run.id, today) if run else {}
    return tuple(
        replace(
            _row(nomination, candidate, municipality, place, wishes[nomination.id], seats[candidate.id], run),
            clash=clashes.get(candidate.id),
        )
        for nomination, candidate, municipality, place in found
    )


def _row(
    nomination: Nomination,
    candidate: Candidate,
    municipality: str,
    place: int,
    wishes: list[str],
    seats: list[SeatElsewhere],
    run: RunChoice | None,
) -> PoolRow:
    level = DanishLevel(candidate.danish_track, candidate.danish_module, candidate.danish_exam)
    return PoolRow(
        nomination_id=nomination.id,
        candidate_id=candidate.id,
        place=place,
        code=nomination.code,
        name=candidate.name,
        municipality=municipality,
        wishes=tuple(wishes),
        track=level.track,
        module=level.module,
        exam=level.exam,
        scheme=candidate.scheme,
        since=local_day(nomination.submitted_at) if nomination.submitted_at else None,
        priority=nomination.priority,
        needs=tuple(TeachingNeed(need) for need in candidate.needs),
        below=run is not None and language_warning(level, run.exam_needed) is not None,
        here=next((seat.state for seat in seats if run and seat.course_run_id == run.id), None),
        elsewhere=tuple(seat for seat in seats if not run or seat.course_run_id != run.id),
    )


def _seats(candidate_ids: Collection[int]) -> dict[int, list[SeatElsewhere]]:
    """The live seats and places in line these people have, on runs that are not over."""
    rows = db.session.execute(
        select(Enrolment.candidate_id, CourseRun.id, CourseRun.title, Enrolment.state)
        .join(CourseRun, CourseRun.id == Enrolment.course_run_id)
        .where(Enrolment.candidate_id.in_(candidate_ids))
        .where(Enrolment.state.in_(LIVE))
        .where(CourseRun.state.in_(TAKES_PLACE))
        .order_by(Enrolment.id)
    )
    seats: dict[int, list[SeatElsewhere]] = defaultdict(list)
    for candidate_id, course_run_id, title, state in rows:
        seats[candidate_id].append(SeatElsewhere(course_run_id, title, state))
    return seats
