"""The registers of a run: which are taken, how many were there, and how many hours they came to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple

from sqlalchemy import select

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.attendance import RegisterState, absence_share, register_state
from coordination.domain.enrolments import ON_ROSTER, EnrolmentState, on_roster
from coordination.models import CourseSession, Enrolment, Mark
from coordination.queries.course_runs import RunHead, run_head
from coordination.queries.nominations import closed_seats


class _Seat(NamedTuple):
    id: int
    state: EnrolmentState
    joined_on: date | None
    left_on: date | None


@dataclass(frozen=True)
class RunRegister:
    """The register of one session in figures; the state is None before its day and when it is cancelled."""

    session_id: int
    day: date
    starts_at: time
    ends_at: time
    minutes: int
    cancelled: bool
    state: RegisterState | None
    roster: int
    marked: int
    missed_minutes: int

    @property
    def planned_minutes(self) -> int:
        """Minutes of teaching of all who have a mark."""
        return self.marked * self.minutes

    @property
    def attendance(self) -> float | None:
        """The share that was attended, 0 to 1, of those marked; None before any mark."""
        missed = absence_share(self.planned_minutes, self.missed_minutes)
        return None if missed is None else 1 - missed


@dataclass(frozen=True)
class RegistersPage:
    """All registers of a run, and what they come to."""

    head: RunHead
    registers: tuple[RunRegister, ...]
    today: date

    @property
    def due(self) -> tuple[RunRegister, ...]:
        """Sessions that took place up to today and had somebody on the roster."""
        return tuple(register for register in self.registers if register.state and register.roster)

    @property
    def todays(self) -> RunRegister | None:
        """Today's first register that is not taken yet."""
        open_today = (row for row in self.due if row.day == self.today)
        return next((row for row in open_today if row.state is not RegisterState.TAKEN), None)

    @property
    def taken(self) -> int:
        """How many of those are fully taken."""
        return sum(register.state is RegisterState.TAKEN for register in self.due)

    @property
    def attendance(self) -> float | None:
        """The share of taught minutes that was attended, 0 to 1."""
        planned = sum(register.planned_minutes for register in self.due)
        missed = absence_share(planned, sum(register.missed_minutes for register in self.due))
        return None if missed is None else 1 - missed

    @property
    def minutes_held(self) -> int:
        """Teaching up to today, in minutes."""
        return sum(register.minutes for register in self.registers if register.state)

    @property
    def minutes(self) -> int:
        """Teaching in all, in minutes."""
        return sum(register.minutes for register in self.registers if not register.cancelled)


def registers_page(actor: Actor, course_run_id: int, today: date) -> RegistersPage:
    """The registers of a run within reach, oldest first."""
    return RegistersPage(run_head(actor, course_run_id), registers_of(course_run_id, today), today)


def registers_of(course_run_id: int, today: date) -> tuple[RunRegister, ...]:
    """How far each register of a run has come; unmarked is never counted as absent."""
    sessions = db.session.scalars(
        select(CourseSession)
        .where(CourseSession.course_run_id == course_run_id)
        .order_by(CourseSession.day, CourseSession.starts_at)
    ).all()
    seats = _seats(course_run_id)
    marks = _marks(course_run_id)
    closed = closed_seats(course_run_id, today)
    return tuple(_register(session, seats, marks.get(session.id, {}), closed, today) for session in sessions)


def _register(
    session: CourseSession, seats: Iterable[_Seat], marks: dict[int, int], closed: frozenset[int], today: date
) -> RunRegister:
    """One whose sharing is closed keeps the marks there are, and is waited for no longer."""
    named = {seat.id for seat in seats if on_roster(seat.state, seat.joined_on, seat.left_on, session.day)}
    roster = frozenset(named - closed | named.intersection(marks))
    marked = roster.intersection(marks)
    held = session.day <= today and not session.cancelled
    return RunRegister(
        session_id=session.id,
        day=session.day,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        minutes=session.minutes,
        cancelled=session.cancelled,
        state=register_state(roster, marked) if held else None,
        roster=len(roster),
        marked=len(marked),
        missed_minutes=sum(marks[enrolment_id] for enrolment_id in marked),
    )


def _seats(course_run_id: int) -> Sequence[_Seat]:
    rows = db.session.execute(
        select(Enrolment.id, Enrolment.state, Enrolment.joined_on, Enrolment.left_on)
        .where(Enrolment.course_run_id == course_run_id)
        .where(Enrolment.state.in_(ON_ROSTER))
    )
    return [_Seat(*row) for row in rows]


def _marks(course_run_id: int) -> dict[int, dict[int, int]]:
    """Minutes missed by session and enrolment."""
    rows = db.session.execute(
        select(Mark.session_id, Mark.enrolment_id, Mark.minutes_missed).where(
            Mark.course_run_id == course_run_id
        )
    )
    found: dict[int, dict[int, int]] = {}
    for session_id, enrolment_id, minutes in rows:
        found.setdefault(session_id, {})[enrolment_id] = minutes
    return found
