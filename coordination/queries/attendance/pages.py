"""The page of one register, and the page that asks before an old one is unlocked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlalchemy import func, select

from coordination import access
from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.attendance import Cause, MarkStatus, Record, remaining
from coordination.domain.errors import Facts, Refused
from coordination.domain.follow_ups import FollowUpState
from coordination.domain.permissions import Permission, allowed
from coordination.domain.school_marks import announced_to_school
from coordination.models import CourseSession, FollowUp, Mark, MarkChange, User
from coordination.queries.attendance.register import (
    NO_RECORD,
    Register,
    Seat,
    comment_hidden,
    current_of,
    records_before,
    register_of,
)
from coordination.queries.course_runs import RunHead, run_head


@dataclass(frozen=True)
class RollCallRow:
    """One participant; comment None means it is not for this person's eyes."""

    enrolment_id: int
    name: str
    record: Record
    follow_up_id: int | None
    status: MarkStatus | None = None
    minutes_missed: int | None = None
    cause: Cause | None = None
    announced: bool = False
    comment: str | None = ""
    version: int = 0
    at: datetime | None = None
    by: str = ""
    mark_id: int | None = None
    corrections: int = 0


@dataclass(frozen=True)
class Unlocking:
    """An old register was opened again: when, by whom and why."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True)
class RollCallPage:
    """One register; `closed` says as a code why nothing can be marked now."""

    head: RunHead
    session_id: int
    day: date
    starts_at: time
    ends_at: time
    minutes: int
    is_today: bool
    number: int
    sessions: int
    previous_id: int | None
    next_id: int | None
    rows: tuple[RollCallRow, ...]
    closed: tuple[str, Facts] | None
    unlocking: Unlocking | None
    may_unlock: bool
    sees_causes: bool
    sees_follow_ups: bool
    person_ids: tuple[int, ...]

    @property
    def total(self) -> int:
        """Participants on the roster."""
        return len(self.rows)

    @property
    def marked(self) -> int:
        """Those with a saved mark."""
        return sum(row.version > 0 for row in self.rows)

    @property
    def remaining(self) -> int:
        """Those without one."""
        return self.total - self.marked


@dataclass(frozen=True)
class UnlockingPage:
    """What is about to be unlocked."""

    session_id: int
    title: str
    day: date
    window_days: int
    missing: int


def roll_call_page(actor: Actor, session_id: int, today: date) -> RollCallPage:
    """The register of a session with each participant's mark, record and open follow-up."""
    session = access.one(CourseSession, session_id)
    register = register_of(session)
    order = _order_of(session.course_run_id)
    place = order.index(session.id) if session.id in order else len(order)
    closed = _closed(register, today)
    return RollCallPage(
        head=run_head(actor, session.course_run_id),
        session_id=session.id,
        day=session.day,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        minutes=session.minutes,
        is_today=session.day == today,
        number=place + 1,
        sessions=len(order),
        previous_id=order[place - 1] if place else None,
        next_id=next(iter(order[place + 1 :]), None),
        rows=_rows(actor, register),
        closed=closed,
        unlocking=_unlocking(register, today),
        may_unlock=closed is not None
        and closed[0] == "roll_call.locked"
        and allowed(actor.role, Permission.UNLOCK_REGISTER),
        sees_causes=actor.role is not Role.SCHOOL,
        sees_follow_ups=allowed(actor.role, Permission.SEE_FOLLOW_UP),
        person_ids=tuple(seat.candidate_id for seat in register.roster),
    )


def unlocking_page(actor: Actor, session_id: int) -> UnlockingPage:
    """What the coordinator should know before an old register is opened again."""
    session = access.one(CourseSession, session_id)
    register = register_of(session)
    head = run_head(actor, session.course_run_id)
    missing = remaining(frozenset(register.seats), register.marks)
    return UnlockingPage(session.id, head.title, session.day, register.window_days, len(missing))


def _order_of(course_run_id: int) -> list[int]:
    rows = db.session.scalars(
        select(CourseSession.id)
        .where(CourseSession.course_run_id == course_run_id)
        .where(CourseSession.cancelled.is_(False))
        .order_by(CourseSession.day, CourseSession.starts_at)
    )
    return list(rows)


def _closed(register: Register, today: date) -> tuple[str, Facts] | None:
    try:
        register.check_editable(today)
    except Refused as refused:
        return refused.code, refused.facts
    return None


def _unlocking(register: Register, today: date) -> Unlocking | None:
    session = register.session
    if session.unlocked_at is None or not register.unlocked(today):
        return None
    by = db.session.scalar(select(User.name).where(User.id == session.unlocked_by_id))
    return Unlocking(session.unlocked_at, by or "", session.unlock_reason)


def _rows(actor: Actor, register: Register) -> tuple[RollCallRow, ...]:
    beside = _Beside(
        records=records_before(register.session),
        followed=_followed_up(register.session.course_run_id),
        markers=_markers(register.session.id),
        corrections=_corrections(register.session.id),
    )
    return tuple(_row(actor, seat, register.marks.get(seat.enrolment_id), beside) for seat in register.roster)


@dataclass(frozen=True)
class _Beside:
    """What stands beside the names: records and follow-ups by enrolment, people and corrections by key."""

    records: dict[int, Record]
    followed: dict[int, int]
    markers: dict[int, User]
    corrections: dict[int, int]


def _row(actor: Actor, seat: Seat, mark: Mark | None, beside: _Beside) -> RollCallRow:
    empty = RollCallRow(
        enrolment_id=seat.enrolment_id,
        name=seat.name,
        record=beside.records.get(seat.enrolment_id, NO_RECORD),
        follow_up_id=beside.followed.get(seat.enrolment_id),
    )
    if mark is None:
        return empty
    at_school = actor.role is Role.SCHOOL
    marker = beside.markers.get(mark.by_id)
    return replace(
        empty,
        status=mark.status,
        minutes_missed=mark.minutes_missed,
        cause=None if at_school else mark.cause,
        announced=announced_to_school(current_of(mark)) if at_school else mark.announced,
        comment=None if comment_hidden(actor, mark, marker) else mark.comment,
        version=mark.version,
        at=mark.at,
        by=marker.name if marker else "",
        mark_id=mark.id,
        corrections=beside.corrections.get(mark.id, 0),
    )


def _followed_up(course_run_id: int) -> dict[int, int]:
    rows = db.session.execute(
        select(FollowUp.enrolment_id, func.min(FollowUp.id))
        .where(FollowUp.course_run_id == course_run_id)
        .where(FollowUp.state == FollowUpState.OPEN)
        .group_by(FollowUp.enrolment_id)
    )
    return dict(rows.all())


def _markers(session_id: int) -> dict[int, User]:
    marked_by = select(Mark.by_id).where(Mark.session_id == session_id)
    return {user.id: user for user in db.session.scalars(select(User).where(User.id.in_(marked_by)))}


def _corrections(session_id: int) -> dict[int, int]:
    rows = db.session.execute(
        select(MarkChange.mark_id, func.count(MarkChange.id))
        .join(Mark, Mark.id == MarkChange.mark_id)
        .where(Mark.session_id == session_id)
        .group_by(MarkChange.mark_id)
    )
    return dict(rows.all())
