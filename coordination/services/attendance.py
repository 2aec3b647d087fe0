"""The register: marks are saved and corrected, an old register is unlocked, a missing one is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from coordination import access, audit, outbox
from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.attendance import (
    Change,
    CurrentMark,
    Mark,
    MarkInput,
    RegisterState,
    RollCall,
    may_unlock,
    rest_present,
    settle_roll_call,
)
from coordination.domain.calendar import COPENHAGEN, local_day
from coordination.domain.school_marks import as_school_says
from coordination.domain.texts import check_fields, problem_in, tidy
from coordination.models import CourseSession, MarkChange, Partnership, User
from coordination.models import Mark as MarkRow
from coordination.queries.accounts import teachers
from coordination.queries.attendance import Register, comment_hidden, register_of, registers_of
from coordination.services import follow_ups

REASON_MOST = 300


@dataclass(frozen=True)
class SavedMark:
    """A row of the register as it stands after saving."""

    enrolment_id: int
    version: int
    at: datetime


@dataclass(frozen=True)
class Saved:
    """What saving a register came to."""

    rows: tuple[SavedMark, ...]
    new: int
    changed: int
    opened: int  # follow-ups, reopened ones too
    closed: int


def save_roll_call(actor: Actor, session_id: int, given: Sequence[MarkInput], *, now: datetime) -> Saved:
    """Save the given rows of a register; an unannounced absence opens a follow-up and a letter.

    Raises Refused, Invalid beside the fields of a row, or Stale with both values; then nothing is saved.
    """
    register = _open_register(session_id, now)
    said = [_said_by(actor, row, register) for row in given]
    roll_call = settle_roll_call(frozenset(register.seats), register.session.minutes, register.current, said)
    return _store(actor, register, roll_call, now)


def mark_remaining_present(
    actor: Actor, session_id: int, given: Sequence[MarkInput], *, now: datetime
) -> Saved:
    """Save the given rows, and set everybody who has no mark and is not among them to present."""
    register = _open_register(session_id, now)
    said = [_said_by(actor, row, register) for row in given]
    roster = frozenset(register.seats)
    rest = rest_present(roster.difference(row.enrolment_id for row in said), register.current)
    roll_call = settle_roll_call(roster, register.session.minutes, register.current, [*said, *rest])
    return _store(actor, register, roll_call, now)


def unlock_register(actor: Actor, session_id: int, reason: str, *, now: datetime) -> None:
    """Open a locked register again for one more window of days; the reason stays on the session."""
    session = access.one(CourseSession, session_id, lock=True)
    register = register_of(session)
    today = local_day(now)
    may_unlock(session.day, today, register.window_days, unlocked=register.unlocked(today))
    settled = tidy(reason)
    check_fields({"reason": problem_in(settled, REASON_MOST, needed=True)})
    session.unlocked_at, session.unlocked_by_id, session.unlock_reason = now, actor.user_id, settled
    audit.record(actor, "attendance.unlock_register", "session", session.id, now=now)


def remind_registers(*, now: datetime) -> int:
    """Ask the schools, once per session, for registers of sessions that are over; returns how many miss."""
    today = local_day(now)
    windows = dict(db.session.execute(select(Partnership.id, Partnership.register_window_days)).all())
    open_still = [
        session
        for session in _past_sessions(now, max(windows.values(), default=0))
        if (today - session.day).days <= windows[session.partnership_id]
    ]
    not_taken = _not_taken(open_still, today)
    missing = [session for session in open_still if session.id in not_taken]
    for session in missing:
        if session.reminded_at is None:
            _remind(session, now)
    return len(missing)


def _open_register(session_id: int, now: datetime) -> Register:
    """The register, locked so that a second marker waits and then sees what the first one saved."""
    register = register_of(access.one(CourseSession, session_id, lock=True))
    register.check_editable(local_day(now))
    return register


def _said_by(actor: Actor, given: MarkInput, register: Register) -> MarkInput:
    if actor.role is not Role.SCHOOL:
        return given
    mark = register.marks.get(given.enrolment_id)
    hidden = mark is not None and comment_hidden(actor, mark, db.session.get(User, mark.by_id))
    return as_school_says(given, register.current.get(given.enrolment_id), comment_hidden=hidden)


def _store(actor: Actor, register: Register, roll_call: RollCall, now: datetime) -> Saved:
    no_shows = [register.seats[enrolment_id] for enrolment_id in roll_call.no_shows]
    follow = follow_ups.plan_no_shows(register.session, no_shows, now=now)
    for mark in roll_call.new:
        register.marks[mark.enrolment_id] = _add(actor, register, mark, now)
    for change in roll_call.changed:
        _correct(actor, register.marks[change.new.enrolment_id], change, now)
    db.session.flush()  # the answer tells each row's new version
    opened = follow_ups.follow_no_shows(actor, register.session, follow, now=now)
    closed = follow_ups.close_mistaken(actor, register.session, roll_call.corrected_no_shows, now=now)
    if roll_call.new or roll_call.changed:
        counts = {"new": len(roll_call.new), "changed": len(roll_call.changed), "no_shows": len(no_shows)}
        audit.record(actor, "attendance.save_roll_call", "session", register.session.id, now=now, **counts)
    return Saved(_saved_rows(register, roll_call), len(roll_call.new), len(roll_call.changed), opened, closed)


def _add(actor: Actor, register: Register, mark: Mark, now: datetime) -> MarkRow:
    row = MarkRow(
        municipality_id=register.seats[mark.enrolment_id].municipality_id,
        school_id=register.session.school_id,
        course_run_id=register.session.course_run_id,
        session_id=register.session.id,
        enrolment_id=mark.enrolment_id,
        by_id=actor.user_id,
        at=now,
        **_values(mark),
    )
    db.session.add(row)
    return row


def _correct(actor: Actor, row: MarkRow, change: Change, now: datetime) -> None:
    """The old mark goes to the history with who made it and when."""
    before = {**_values(change.old), "by_id": row.by_id, "at": row.at.isoformat()}
    db.session.add(
        MarkChange(
            municipality_id=row.municipality_id,
            school_id=row.school_id,
            mark_id=row.id,
            before=before,
            after=_values(change.new),
            by_id=actor.user_id,
            at=now,
        )
    )
    for name, value in _values(change.new).items():
        setattr(row, name, value)
    row.by_id, row.at = actor.user_id, now


def _values(mark: Mark | CurrentMark) -> dict[str, Any]:
    return {
        "status": mark.status,
        "minutes_missed": mark.minutes_missed,
        "cause": mark.cause,
        "announced": mark.announced,
        "comment": mark.comment,
    }


def _saved_rows(register: Register, roll_call: RollCall) -> tuple[SavedMark, ...]:
    told = [mark.enrolment_id for mark in roll_call.new]
    told += [change.new.enrolment_id for change in roll_call.changed]
    told += roll_call.unchanged
    marks = [register.marks[enrolment_id] for enrolment_id in told]
    return tuple(SavedMark(mark.enrolment_id, mark.version, mark.at) for mark in marks)


def _past_sessions(now: datetime, days: int) -> Sequence[CourseSession]:
    """Sessions that were over within so many days before this moment; an older register is locked anyway."""
    local = now.astimezone(COPENHAGEN)
    today = local.date()
    over = or_(
        CourseSession.day < today, and_(CourseSession.day == today, CourseSession.ends_at <= local.time())
    )
    return db.session.scalars(
        select(CourseSession)
        .where(CourseSession.cancelled.is_(False))
        .where(over, CourseSession.day >= today - timedelta(days=days))
        .options(joinedload(CourseSession.course_run))
        .order_by(CourseSession.day, CourseSession.id)
    ).all()


def _not_taken(sessions: Sequence[CourseSession], today: date) -> frozenset[int]:
    runs = {session.course_run_id for session in sessions}
    return frozenset(
        register.session_id
        for run_id in runs
        for register in registers_of(run_id, today)
        if register.state is not RegisterState.TAKEN
    )


def _remind(session: CourseSession, now: datetime) -> None:
    session.reminded_at = now
    outbox.queue(
        "register_missing",
        to=teachers(session.school_id),
        now=now,
        session_id=session.id,
        run=session.course_run.title,
        day=session.day.isoformat(),
    )
    audit.record(None, "attendance.remind_registers", "session", session.id, now=now)
