"""Nominations as rows of a page: wishes in order, seats, and whose turn it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.nominations import NominationState, Party, SeatOnRun, is_over, whose_turn
from coordination.models import (
    Candidate,
    CourseRun,
    Enrolment,
    Municipality,
    Nomination,
    User,
)
from coordination.queries.sectors import wishes_of

NEAREST = (
    EnrolmentState.CONFIRMED,
    EnrolmentState.ACCEPTED,
    EnrolmentState.OFFERED,
    EnrolmentState.WAITING,
    EnrolmentState.DROPPED_OUT,
    EnrolmentState.REJECTED,
    EnrolmentState.DECLINED,
    EnrolmentState.EXPIRED,
    EnrolmentState.WITHDRAWN,
)
"""Which of several seats tells most about where a nomination stands."""


@dataclass(frozen=True)
class SeatRow:
    """A seat, or a place in line, of a nomination."""

    id: int
    nomination_id: int
    course_run_id: int
    title: str
    state: EnrolmentState
    run_state: RunState
    starts_on: date | None
    answer_until: datetime | None

    @property
    def on_run(self) -> SeatOnRun:
        """The same in the domain's words."""
        return SeatOnRun(self.state, self.run_state)


@dataclass(frozen=True)
class NominationRow:
    """A nomination in a list."""

    id: int
    code: str
    candidate_id: int
    name: str
    municipality: str
    caseworker: str
    state: NominationState
    submitted_at: datetime | None
    parked_until: date | None
    wishes: tuple[str, ...]
    seats: tuple[SeatRow, ...]

    @property
    def seat(self) -> SeatRow | None:
        """The seat that tells most, if there is one."""
        return self.seats[0] if self.seats else None

    @property
    def is_over(self) -> bool:
        """True if it led to a course that is over."""
        return is_over(self.state, [seat.on_run for seat in self.seats])

    @property
    def turn(self) -> Party:
        """Who must act next."""
        return whose_turn(self.state, self.seat.state if self.seat else None)


Found = sa.Row[Nomination, str, str, str]


def base() -> sa.Select[Nomination, str, str, str]:
    """Nominations with the names that stand beside them."""
    return (
        sa.select(Nomination, Candidate.name, Municipality.name, User.name)
        .join(Candidate, Candidate.id == Nomination.candidate_id)
        .join(Municipality, Municipality.id == Nomination.municipality_id)
        .join(User, User.id == Nomination.caseworker_id)
    )


def rows(actor: Actor, found: Sequence[Found]) -> tuple[NominationRow, ...]:
    """What base() found, with wishes and seats looked up for all of them at once."""
    ids = [row[0].id for row in found]
    wishes, seats = wishes_of(actor, ids), seats_of(ids)
    return tuple(
        NominationRow(
            id=nomination.id,
            code=nomination.code,
            candidate_id=nomination.candidate_id,
            name=name,
            municipality=municipality,
            caseworker=caseworker,
            state=nomination.state,
            submitted_at=nomination.submitted_at,
            parked_until=nomination.parked_until,
            wishes=tuple(wishes[nomination.id]),
            seats=tuple(seats[nomination.id]),
        )
        for nomination, name, municipality, caseworker in found
    )


def seats_of(nomination_ids: Collection[int]) -> Mapping[int, list[SeatRow]]:
    """The seats of each nomination, the one that tells most first."""
    found = db.session.execute(
        sa.select(
            Enrolment.id,
            Enrolment.nomination_id,
            Enrolment.course_run_id,
            CourseRun.title,
            Enrolment.state,
            CourseRun.state,
            CourseRun.starts_on,
            Enrolment.answer_until,
        )
        .join(CourseRun, CourseRun.id == Enrolment.course_run_id)
        .where(Enrolment.nomination_id.in_(nomination_ids))
        .order_by(Enrolment.id.desc())
    )
    seats: dict[int, list[SeatRow]] = defaultdict(list)
    for row in found:
        seats[row.nomination_id].append(SeatRow(*row))
    for of_one in seats.values():
        of_one.sort(key=lambda seat: NEAREST.index(seat.state))
    return seats
