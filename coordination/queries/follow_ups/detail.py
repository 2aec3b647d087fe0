"""One follow-up: the person and the no-shows behind it, what has been tried, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coordination import access
from coordination.adapters.danish_holidays import danish_holidays
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.attendance import Cause, MarkStatus, Record, record_of
from coordination.domain.follow_ups import (
    Channel,
    CloseReason,
    ContactOutcome,
    FollowUpState,
    Step,
    Trigger,
    is_overdue,
    next_contact,
)
from coordination.models import (
    Candidate,
    ContactAttempt,
    CourseRun,
    CourseSession,
    FollowUp,
    FollowUpMove,
    Mark,
    Municipality,
    User,
)
from coordination.queries.attendance import current_of

AHEAD = timedelta(days=60)
Line = TypeVar("Line", FollowUpMove, ContactAttempt)


@dataclass(frozen=True)
class NoShowRow:
    """One no-show of this person on this run, and its follow-up."""

    follow_up_id: int
    session_id: int
    day: date
    trigger: Trigger
    state: FollowUpState
    due_on: date
    close_reason: CloseReason | None
    status: MarkStatus | None
    announced: bool
    cause: Cause | None
    minutes_missed: int
    comment: str


@dataclass(frozen=True)
class Event:
    """Something that happened: opened, closed, reopened or a contact attempt."""

    at: datetime
    deed: str
    by: str
    follow_up_id: int
    day: date
    note: str = ""
    reason: CloseReason | None = None
    channel: Channel | None = None
    outcome: ContactOutcome | None = None
    next_contact_on: date | None = None


@dataclass(frozen=True)
class DetailPage:
    """One follow-up with everything that is known of the same person on the same run."""

    id: int
    version: int
    candidate_id: int
    name: str
    phone: str
    jobcenter: str
    caseworker: str
    run_id: int
    run: str
    school: str
    state: FollowUpState
    trigger: Trigger
    step: Step
    due_on: date
    overdue: bool
    close_reason: CloseReason | None
    record: Record
    no_shows: tuple[NoShowRow, ...]
    events: tuple[Event, ...]
    proposals: dict[ContactOutcome, date | None]
    today: date
    person_ids: tuple[int, ...]

    @property
    def others_open(self) -> int:
        """Other open follow-ups of the same person on the run."""
        return sum(row.state is FollowUpState.OPEN and row.follow_up_id != self.id for row in self.no_shows)

    @property
    def attempts(self) -> int:
        """Contact attempts so far."""
        return sum(event.deed == "contact" for event in self.events)


def detail_page(actor: Actor, follow_up_id: int, today: date) -> DetailPage:  # noqa: ARG001 (as every page)
    """A follow-up within reach, with the next contact that each outcome would propose."""
    follow_up = access.one(FollowUp, follow_up_id)
    run = db.session.scalars(
        select(CourseRun).where(CourseRun.id == follow_up.course_run_id).options(joinedload(CourseRun.school))
    ).one()
    candidate, jobcenter, caseworker = _person(follow_up)
    cases = _cases(follow_up)
    marks = _marks(follow_up)
    events = _events(cases)
    live = {row.id for row, _ in cases if row.state is FollowUpState.OPEN} | {follow_up.id}
    tried = sum(event.deed == "contact" and event.follow_up_id in live for event in events)
    return DetailPage(
        id=follow_up.id,
        version=follow_up.version,
        candidate_id=candidate.id,
        name=candidate.name,
        phone=candidate.phone,
        jobcenter=jobcenter,
        caseworker=caseworker,
        run_id=run.id,
        run=run.title,
        school=run.school.name,
        state=follow_up.state,
        trigger=follow_up.trigger,
        step=follow_up.step,
        due_on=follow_up.due_on,
        overdue=is_overdue(follow_up.state, follow_up.due_on, today),
        close_reason=follow_up.close_reason,
        record=record_of([current_of(mark) for mark in marks]),
        no_shows=_no_shows(cases, marks),
        events=events,
        proposals=_proposals(tried + 1, today),
        today=today,
        person_ids=(candidate.id,),
    )


def _proposals(attempts: int, today: date) -> dict[ContactOutcome, date | None]:
    holidays = danish_holidays(today, today + AHEAD)
    return {outcome: next_contact(outcome, attempts, today, holidays) for outcome in ContactOutcome}


Cases = Sequence[tuple[FollowUp, date]]


def _person(follow_up: FollowUp) -> tuple[Candidate, str, str]:
    candidate, jobcenter, caseworker = db.session.execute(
        select(Candidate, Municipality.name, User.name)
        .join(Municipality, Municipality.id == Candidate.municipality_id)
        .join(User, User.id == Candidate.caseworker_id)
        .where(Candidate.id == follow_up.candidate_id)
    ).one()
    return candidate, jobcenter, caseworker


def _cases(follow_up: FollowUp) -> Cases:
    """All follow-ups of the same seat with the day missed, newest first."""
    rows = db.session.execute(
        select(FollowUp, CourseSession.day)
        .join(CourseSession, CourseSession.id == FollowUp.session_id)
        .where(FollowUp.enrolment_id == follow_up.enrolment_id)
        .order_by(CourseSession.day.desc(), CourseSession.starts_at.desc())
    )
    return [(row, day) for row, day in rows]


def _marks(follow_up: FollowUp) -> Sequence[Mark]:
    return db.session.scalars(
        select(Mark)
        .join(CourseSession, CourseSession.id == Mark.session_id)
        .where(Mark.enrolment_id == follow_up.enrolment_id)
        .where(CourseSession.cancelled.is_(False))
        .order_by(CourseSession.day, CourseSession.starts_at)
    ).all()


def _no_shows(cases: Cases, marks: Sequence[Mark]) -> tuple[NoShowRow, ...]:
    by_session = {mark.session_id: mark for mark in marks}
    return tuple(_no_show(row, day, by_session.get(row.session_id)) for row, day in cases)


def _no_show(row: FollowUp, day: date, mark: Mark | None) -> NoShowRow:
    return NoShowRow(
        follow_up_id=row.id,
        session_id=row.session_id,
        day=day,
        trigger=row.trigger,
        state=row.state,
        due_on=row.due_on,
        close_reason=row.close_reason,
        status=mark.status if mark else None,
        announced=mark.announced if mark else False,
        cause=mark.cause if mark else None,
        minutes_missed=mark.minutes_missed if mark else 0,
        comment=mark.comment if mark else "",
    )


def _events(cases: Cases) -> tuple[Event, ...]:
    """What happened on these follow-ups, newest first."""
    days = {row.id: day for row, day in cases}
    moves = [_moved(move, name, days) for move, name in _with_names(FollowUpMove, days)]
    contacts = [_contacted(attempt, name, days) for attempt, name in _with_names(ContactAttempt, days)]
    told = {event.follow_up_id for event in moves if event.deed == "open"}
    opened = [Event(row.opened_at, "open", "", row.id, day) for row, day in cases if row.id not in told]
    return tuple(sorted([*moves, *contacts, *opened], key=lambda event: event.at, reverse=True))


def _with_names(model: type[Line], days: dict[int, date]) -> list[tuple[Line, str]]:
    rows = db.session.execute(
        select(model, User.name)
        .join(User, User.id == model.by_id)
        .where(model.follow_up_id.in_(days))
        .order_by(model.id)
    )
    return [(row, name) for row, name in rows]


def _moved(move: FollowUpMove, name: str, days: dict[int, date]) -> Event:
    reason = CloseReason(move.reason) if move.reason else None
    key = move.follow_up_id
    return Event(move.at, move.deed, name, key, days[key], move.note, reason)


def _contacted(attempt: ContactAttempt, name: str, days: dict[int, date]) -> Event:
    return Event(
        at=attempt.at,
        deed="contact",
        by=name,
        follow_up_id=attempt.follow_up_id,
        day=days[attempt.follow_up_id],
        note=attempt.note,
        channel=attempt.channel,
        outcome=attempt.outcome,
        next_contact_on=attempt.next_contact_on,
    )
