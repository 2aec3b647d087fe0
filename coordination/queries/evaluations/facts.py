"""The facts of a run beside its evaluation: counts only, no causes of illness, no follow-ups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.attendance import (
    Mark,
    MarkStatus,
    RegisterState,
    absence_share,
    register_state,
)
from coordination.domain.enrolments import EnrolmentState, on_roster
from coordination.domain.reasons import OTHER, ReasonKind
from coordination.domain.school_marks import announced_to_school
from coordination.models import CourseRun, CourseSession, Enrolment
from coordination.models import Mark as MarkRow
from coordination.queries import reasons
from coordination.queries.nominations import closed_seats


@dataclass(frozen=True)
class RunFacts:
    """Participants, registers and attendance of one run, in numbers; the same for coordinator and school."""

    started: int
    completed: int
    dropped_out: int
    reasons: tuple[tuple[str, int], ...]
    registers_taken: int
    registers_due: int
    attendance_percent: int | None
    late: int
    left_early: int
    announced: int
    no_shows: int


@dataclass(frozen=True)
class _Seat:
    id: int
    state: EnrolmentState
    joined_on: date | None
    left_on: date | None
    reason: str | None


@dataclass(frozen=True)
class _Session:
    id: int
    day: date
    minutes: int


def facts_of(actor: Actor, run: CourseRun, today: date) -> RunFacts:
    """The facts of a run up to today; who left before the first day never started."""
    sessions, marks = _sessions(run.id, today), _marks(run.id)
    first_day = run.starts_on or today
    started = [seat for seat in _seats(run.id) if _on_roster(seat, seat.joined_on or first_day)]
    left = [seat for seat in started if seat.state is EnrolmentState.DROPPED_OUT]
    taken, due = _registers(started, sessions, marks, closed_seats(run.id, today))
    held = {session.id: session.minutes for session in sessions}
    counted = [(held[session_id], mark) for session_id, mark in marks if session_id in held]
    missed = absence_share(
        sum(minutes for minutes, _ in counted), sum(mark.minutes_missed for _, mark in counted)
    )
    return RunFacts(
        started=len(started),
        completed=len(started) - len(left),
        dropped_out=len(left),
        reasons=_reasons(actor, left),
        registers_taken=taken,
        registers_due=due,
        attendance_percent=None if missed is None else round(100 * (1 - missed)),
        **_kinds([mark for _, mark in counted]),
    )


def _on_roster(seat: _Seat, day: date) -> bool:
    return on_roster(seat.state, seat.joined_on, seat.left_on, day)


def _seats(run_id: int) -> list[_Seat]:
    columns = Enrolment.id, Enrolment.state, Enrolment.joined_on, Enrolment.left_on, Enrolment.drop_out_reason
    return [
        _Seat(*row) for row in db.session.execute(select(*columns).where(Enrolment.course_run_id == run_id))
    ]


def _sessions(run_id: int, today: date) -> list[_Session]:
    held = (
        select(CourseSession.id, CourseSession.day, CourseSession.minutes)
        .where(CourseSession.course_run_id == run_id)
        .where(CourseSession.day <= today)
        .where(CourseSession.cancelled.is_(False))
    )
    return [_Session(*row) for row in db.session.execute(held)]


def _marks(run_id: int) -> list[tuple[int, Mark]]:
    rows = db.session.scalars(select(MarkRow).where(MarkRow.course_run_id == run_id))
    return [
        (
            row.session_id,
            Mark(row.enrolment_id, row.status, row.minutes_missed, row.cause, row.announced, comment=""),
        )
        for row in rows
    ]


def _registers(
    seats: Sequence[_Seat],
    sessions: Sequence[_Session],
    marks: Iterable[tuple[int, Mark]],
    closed: frozenset[int],
) -> tuple[int, int]:
    """How many registers are taken to the end, of those with somebody to mark."""
    marked: dict[int, set[int]] = defaultdict(set)
    for session_id, mark in marks:
        marked[session_id].add(mark.enrolment_id)
    rosters = {
        session.id: frozenset(
            seat.id
            for seat in seats
            if _on_roster(seat, session.day) and (seat.id not in closed or seat.id in marked[session.id])
        )
        for session in sessions
    }
    due = [session_id for session_id, roster in rosters.items() if roster]
    taken = sum(register_state(rosters[found], marked[found]) is RegisterState.TAKEN for found in due)
    return taken, len(due)


def _reasons(actor: Actor, left: Sequence[_Seat]) -> tuple[tuple[str, int], ...]:
    """Why people left, most frequent first; what touches on health or home is told as another reason."""
    if not left:
        return ()
    names, private = reasons.names(actor.language), reasons.private_codes(ReasonKind.DROP_OUT)
    told = Counter(OTHER if seat.reason in {None, *private} else seat.reason for seat in left)
    return tuple(
        (names.get((ReasonKind.DROP_OUT, str(code)), str(code)), count) for code, count in told.most_common()
    )


def _kinds(marks: Sequence[Mark]) -> dict[str, int]:
    absent = [mark for mark in marks if mark.status is MarkStatus.ABSENT]
    announced = sum(map(announced_to_school, absent))
    return {
        "late": sum(mark.status is MarkStatus.LATE for mark in marks),
        "left_early": sum(mark.status is MarkStatus.LEFT_EARLY for mark in marks),
        "announced": announced,
        "no_shows": len(absent) - announced,
    }
