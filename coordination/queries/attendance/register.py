"""One register as pages and deeds read it: who is on the roster, what is marked, whether it may be edited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, collate, or_, select

from coordination.db import db
from coordination.domain import attendance
from coordination.domain.actors import Actor, Role
from coordination.domain.attendance import CurrentMark, Record, editable, is_unlocked, record_of
from coordination.domain.calendar import local_day
from coordination.domain.enrolments import ON_ROSTER, on_roster
from coordination.models import Candidate, CourseSession, Enrolment, Mark, Partnership, User

NO_RECORD = Record(last=(), absences=0, no_shows=0, no_shows_in_a_row=0)


@dataclass(frozen=True, slots=True)
class Seat:
    """One participant on the roster of a session."""

    enrolment_id: int
    candidate_id: int
    municipality_id: int
    name: str


@dataclass(frozen=True)
class Register:
    """A session with its roster and its marks by enrolment."""

    session: CourseSession
    roster: tuple[Seat, ...]
    marks: dict[int, Mark]
    window_days: int

    @property
    def seats(self) -> dict[int, Seat]:
        """The roster by enrolment."""
        return {seat.enrolment_id: seat for seat in self.roster}

    @property
    def current(self) -> dict[int, CurrentMark]:
        """The marks as the domain knows them."""
        return {enrolment_id: current_of(mark) for enrolment_id, mark in self.marks.items()}

    def unlocked(self, today: date) -> bool:
        """True while an unlocking still holds."""
        opened = self.session.unlocked_at
        return is_unlocked(local_day(opened) if opened else None, today, self.window_days)

    def check_editable(self, today: date) -> None:
        """Refused when nothing may be marked today."""
        editable(
            self.session.day,
            today,
            self.window_days,
            unlocked=self.unlocked(today),
            cancelled=self.session.cancelled,
        )


def register_of(session: CourseSession) -> Register:
    """The register of a session that was found within reach."""
    marks = db.session.scalars(select(Mark).where(Mark.session_id == session.id)).all()
    window = select(Partnership.register_window_days).where(Partnership.id == session.partnership_id)
    return Register(
        session=session,
        roster=_roster(session),
        marks={mark.enrolment_id: mark for mark in marks},
        window_days=db.session.scalar(window) or 0,
    )


def current_of(mark: Mark) -> CurrentMark:
    """A stored mark as the domain knows it."""
    return CurrentMark(
        enrolment_id=mark.enrolment_id,
        status=mark.status,
        minutes_missed=mark.minutes_missed,
        cause=mark.cause,
        announced=mark.announced,
        comment=mark.comment,
        version=mark.version,
    )


def comment_hidden(actor: Actor, mark: Mark, marked_by: User | None) -> bool:
    """A school reads only what was written at the school: free text never travels to it."""
    if actor.role is not Role.SCHOOL or not mark.comment:
        return False
    return marked_by is None or marked_by.school_id != actor.school_id


def records_before(session: CourseSession) -> dict[int, Record]:
    """Each participant's record in the sessions of the run before this one, by enrolment."""
    rows = db.session.scalars(
        select(Mark)
        .join(CourseSession, CourseSession.id == Mark.session_id)
        .where(Mark.course_run_id == session.course_run_id)
        .where(_before(session))
        .order_by(CourseSession.day, CourseSession.starts_at)
    )
    marks: dict[int, list[attendance.Mark]] = defaultdict(list)
    for mark in rows:
        marks[mark.enrolment_id].append(current_of(mark))
    return {enrolment_id: record_of(found) for enrolment_id, found in marks.items()}


def is_first_session(session: CourseSession) -> bool:
    """True if no session of the run takes place before this one."""
    earlier = select(CourseSession.id).where(CourseSession.course_run_id == session.course_run_id)
    return db.session.scalar(earlier.where(_before(session)).limit(1)) is None


def _before(session: CourseSession) -> ColumnElement[bool]:
    same_day = and_(CourseSession.day == session.day, CourseSession.starts_at < session.starts_at)
    return and_(or_(CourseSession.day < session.day, same_day), CourseSession.cancelled.is_(False))


def _roster(session: CourseSession) -> tuple[Seat, ...]:
    rows: Sequence[tuple[Enrolment, str]] = db.session.execute(
        select(Enrolment, Candidate.name)
        .join(Candidate, Candidate.id == Enrolment.candidate_id)
        .where(Enrolment.course_run_id == session.course_run_id)
        .where(Enrolment.state.in_(ON_ROSTER))
        .order_by(collate(Candidate.name, "danish"), Enrolment.id)
    ).all()
    return tuple(
        Seat(seat.id, seat.candidate_id, seat.municipality_id, name)
        for seat, name in rows
        if on_roster(seat.state, seat.joined_on, seat.left_on, session.day)
    )
