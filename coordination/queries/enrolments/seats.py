"""The people of one run: who has a seat, who is offered one, who waits, and who has left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import func, select

from coordination import access
from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.availability import Clash
from coordination.domain.course_runs import ACCEPTS_NOMINATIONS, shortfall
from coordination.domain.enrolments import (
    NAMED_TO_SCHOOL,
    TAKES_PLACE,
    EnrolmentDeed,
    EnrolmentState,
    deeds,
    has_begun,
    takes_people,
)
from coordination.domain.nominations import NominationState
from coordination.domain.ordering import danish_key
from coordination.models import (
    Candidate,
    CourseRun,
    Enrolment,
    Municipality,
    Nomination,
    NominationMove,
    Track,
)
from coordination.queries import availability, reasons
from coordination.queries.coded import CodedPerson, coded_people
from coordination.queries.course_runs import RunHead, SeatPlan, run_head, seat_plan
from coordination.queries.course_runs.seats import SeatCount, seat_counts
from coordination.queries.enrolments.line import places_in_line, seats_of
from coordination.queries.enrolments.people import Person, people
from coordination.queries.enrolments.reasons import name_of_reason
from coordination.queries.parked import ParkedCount, parked_for
from coordination.queries.reasons import Names

State = EnrolmentState
ENDED = (State.DROPPED_OUT, State.DECLINED, State.REJECTED, State.WITHDRAWN, State.EXPIRED)
SEEN_BY_SCHOOL = NAMED_TO_SCHOOL | {State.OFFERED}


@dataclass(frozen=True)
class SeatRow:
    """One seat or place in line, and what the reader may do with it."""

    enrolment_id: int
    nomination_id: int
    code: str
    state: EnrolmentState
    municipality_id: int
    municipality: str
    person: Person | None
    coded: CodedPerson | None
    answer_until: datetime | None
    place: int | None
    elsewhere: bool
    parked_until: date | None
    reason: str
    left_on: date | None
    ended_at: datetime | None
    may: frozenset[EnrolmentDeed]

    @property
    def label(self) -> str:
        """What the row is called: the name where it may be shown, else the code."""
        return self.person.name if self.person else self.code


@dataclass(frozen=True)
class MunicipalityCount:
    """The seats of one municipality's people."""

    name: str
    taken: int
    offered: int
    waiting: int


@dataclass(frozen=True)
class SeatsPage:
    """The page of a run's people for one reader."""

    head: RunHead
    role: Role
    seats: SeatCount
    free: int
    missing: int
    accepts: bool
    seat_plan: SeatPlan
    by_municipality: tuple[MunicipalityCount, ...]
    sector_id: int
    parked: tuple[ParkedCount, ...]
    accepted: tuple[SeatRow, ...]
    confirmed: tuple[SeatRow, ...]
    offered: tuple[SeatRow, ...]
    waiting: tuple[SeatRow, ...]
    ended: tuple[SeatRow, ...]
    clashes: Mapping[int, Clash]
    next_in_line: SeatRow | None
    person_ids: tuple[int, ...]


def seats_page(actor: Actor, course_run_id: int, today: date) -> SeatsPage:
    """The people of a run: a jobcenter sees its own, a school no name before a seat is accepted."""
    head = run_head(actor, course_run_id)
    accepts = takes_people(head.state, head.substitutes_until, today)
    rows = _rows(actor, head, today, accepts=accepts)
    counted = seat_counts(actor, [head.id])[head.id]
    missing = shortfall(head.minimum, counted.held) if head.state in ACCEPTS_NOMINATIONS else 0
    sector_id = _sector(head.id)
    waiting = sorted(_in(rows, State.WAITING), key=lambda row: (row.elsewhere, row.place or 0))
    return SeatsPage(
        head=head,
        role=actor.role,
        seats=counted,
        free=max(0, head.capacity - counted.held),
        missing=missing,
        accepts=accepts,
        seat_plan=seat_plan(actor, head.id, head.capacity, today) if accepts else SeatPlan(),
        by_municipality=() if actor.role is Role.JOBCENTER else _by_municipality(rows),
        sector_id=sector_id,
        parked=parked_for(actor, [sector_id]).get(sector_id, ()) if missing else (),
        accepted=_in(rows, State.ACCEPTED),
        confirmed=_in(rows, State.CONFIRMED),
        offered=tuple(sorted(_in(rows, State.OFFERED), key=_held_until)),
        waiting=tuple(waiting),
        ended=_in(rows, *ENDED),
        clashes=_clashes(actor, head.id, _in(rows, State.WAITING), today),
        next_in_line=_next(head.id, waiting, today) if counted.held < head.capacity else None,
        person_ids=tuple(row.person.candidate_id for row in rows if row.person),
    )


def _next(course_run_id: int, waiting: Iterable[SeatRow], today: date) -> SeatRow | None:
    """Who stands first of those a free seat could be offered to."""
    ready = [row for row in waiting if not row.elsewhere and not row.parked_until]
    if not ready:
        return None
    seats = seats_of(access.one(CourseRun, course_run_id))
    return next((row for row in ready if seats.free_for(row.municipality_id, today)), None)


def _rows(actor: Actor, head: RunHead, today: date, *, accepts: bool) -> tuple[SeatRow, ...]:
    found = _seats(actor, head.id)
    seats = [seat for seat, _ in found]
    persons = people(actor, {seat.candidate_id for seat in seats if _named(actor, seat)}, today)
    coded = coded_people(actor, [seat.nomination_id for seat in seats if _coded(actor, seat)], today)
    waiting = _waiting(seats) if actor.role is not Role.SCHOOL else {}
    places = places_in_line([seat for seat in seats if seat.state is State.WAITING])
    moved = _moved_at(head.id)
    begun = has_begun(head.starts_on, today)
    names = reasons.names(actor.language)
    rows = [
        SeatRow(
            enrolment_id=seat.id,
            nomination_id=seat.nomination_id,
            code=seat.code,
            state=seat.state,
            municipality_id=seat.municipality_id,
            municipality=municipality,
            person=persons.get(seat.candidate_id),
            coded=coded.get(seat.nomination_id),
            answer_until=seat.answer_until,
            place=places[seat.id].place if seat.id in places else None,
            elsewhere=seat.state is State.WAITING and seat.nomination_id not in waiting,
            parked_until=waiting.get(seat.nomination_id) if seat.state is State.WAITING else None,
            reason=_reason(actor, seat, names),
            left_on=seat.left_on,
            ended_at=moved.get(seat.nomination_id),
            may=_may(actor, head, seat, begun=begun, accepts=accepts)
            if _reached(actor, seat, persons)
            else frozenset(),
        )
        for seat, municipality in found
    ]
    return tuple(sorted(rows, key=lambda row: danish_key(row.label)))


def _clashes(actor: Actor, course_run_id: int, rows: Sequence[SeatRow], today: date) -> dict[int, Clash]:
    """By candidate, what those in line cannot come to; nothing of it is a school's."""
    waiting = [row.person.candidate_id for row in rows if row.person]
    if actor.role is Role.SCHOOL or not waiting:
        return {}
    found = db.session.scalars(select(Candidate).where(Candidate.id.in_(waiting))).all()
    return availability.clashes_with(found, course_run_id, today)


def _seats(actor: Actor, course_run_id: int) -> Sequence[tuple[Enrolment, str]]:
    statement = (
        select(Enrolment, Municipality.name)
        .join(Municipality, Municipality.id == Enrolment.municipality_id)
        .where(Enrolment.course_run_id == course_run_id)
        .order_by(Enrolment.id)
    )
    if actor.role is Role.SCHOOL:
        statement = statement.where(Enrolment.state.in_(SEEN_BY_SCHOOL))
    return [(seat, name) for seat, name in db.session.execute(statement)]


def _named(actor: Actor, seat: Enrolment) -> bool:
    return actor.role is not Role.SCHOOL or seat.state in NAMED_TO_SCHOOL


def _reached(actor: Actor, seat: Enrolment, persons: Mapping[int, Person]) -> bool:
    """False for one whose name the reader would see, had the jobcenter not closed the sharing."""
    return not _named(actor, seat) or seat.candidate_id in persons


def _coded(actor: Actor, seat: Enrolment) -> bool:
    return actor.role is Role.SCHOOL and seat.state is State.OFFERED


def _sector(course_run_id: int) -> int:
    """The sector a run the reader sees leads to."""
    of_run = select(Track.sector_id).join(CourseRun, CourseRun.track_id == Track.id)
    return db.session.scalars(of_run.where(CourseRun.id == course_run_id)).one()


def _waiting(seats: Iterable[Enrolment]) -> dict[int, date | None]:
    """The nominations that wait for a seat, with the day of return where one is parked; others have one."""
    waiting = [seat.nomination_id for seat in seats if seat.state is State.WAITING]
    found = db.session.execute(
        select(Nomination.id, Nomination.parked_until)
        .where(Nomination.id.in_(waiting))
        .where(Nomination.state.in_({NominationState.SUBMITTED, NominationState.PARKED}))
    )
    return {key: until for key, until in found}  # noqa: C416 (rows, no pairs)


def _moved_at(course_run_id: int) -> dict[int, datetime]:
    """The last move of each nomination on this run."""
    rows = db.session.execute(
        select(NominationMove.nomination_id, func.max(NominationMove.at).label("last"))
        .where(NominationMove.course_run_id == course_run_id)
        .group_by(NominationMove.nomination_id)
    )
    return {row.nomination_id: row.last for row in rows}


def _reason(actor: Actor, seat: Enrolment, names: Names) -> str:
    """Why a seat was given up; reasons may touch on health, so a school reads only its own."""
    if actor.role is Role.SCHOOL and seat.state is not State.REJECTED:
        return ""
    return name_of_reason(seat, actor.language, names)


def _may(
    actor: Actor, head: RunHead, seat: Enrolment, *, begun: bool, accepts: bool
) -> frozenset[EnrolmentDeed]:
    """The buttons of a row; the deeds themselves decide again."""
    possible = set(deeds(seat.state, actor.role))
    if actor.role is not Role.COORDINATOR or (begun and seat.state in {State.ACCEPTED, State.CONFIRMED}):
        possible.discard(EnrolmentDeed.WITHDRAW)
    if not begun:
        possible.discard(EnrolmentDeed.DROP_OUT)
    if seat.state is not State.WAITING or not accepts:
        possible.discard(EnrolmentDeed.OFFER)
    if head.state not in TAKES_PLACE:
        possible -= {EnrolmentDeed.ACCEPT, EnrolmentDeed.CONFIRM, EnrolmentDeed.REJECT}
    return frozenset(possible - {EnrolmentDeed.WAIT})


def _held_until(row: SeatRow) -> datetime:
    return row.answer_until or datetime.max.replace(tzinfo=UTC)


def _in(rows: Iterable[SeatRow], *states: EnrolmentState) -> tuple[SeatRow, ...]:
    return tuple(row for row in rows if row.state in states)


def _by_municipality(rows: Iterable[SeatRow]) -> tuple[MunicipalityCount, ...]:
    counted = Counter((row.municipality, row.state) for row in rows)
    names = sorted({name for name, state in counted if state not in ENDED}, key=danish_key)
    return tuple(
        MunicipalityCount(
            name,
            counted[name, State.ACCEPTED] + counted[name, State.CONFIRMED],
            counted[name, State.OFFERED],
            counted[name, State.WAITING],
        )
        for name in names
    )
