"""The clock lets offers expire that nobody answered, and offers what is free to the next in line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, not_, select

from coordination import outbox
from coordination.db import db
from coordination.domain.calendar import local_day
from coordination.domain.enrolments import EnrolmentDeed, EnrolmentState
from coordination.domain.nominations import NominationDeed
from coordination.models import CourseRun, Enrolment, User
from coordination.queries.accounts import caseworkers, coordinators
from coordination.services.enrolments.line import offer_free_seats, runs_with_a_line
from coordination.services.enrolments.rows import hold, lock_runs, record
from coordination.services.nominations import move_nomination


@dataclass(frozen=True)
class Expired:
    """An offer nobody answered, in plain values."""

    code: str
    nomination_id: int
    municipality_id: int
    course_run_id: int
    course_run: str
    partnership_id: int


def expire_offers(now: datetime) -> None:
    """Expire offers whose time has run out, clear dead waiting lists, and offer every free seat to the next.

    Seats also become free where nobody saw the line: a nomination withdrawn, seats kept for one released.
    """
    late = _seats(EnrolmentState.OFFERED, Enrolment.answer_until < now)
    today = local_day(now)
    dead = _seats(EnrolmentState.WAITING, not_(CourseRun.takes_people_on(today)))
    with_line = runs_with_a_line(today)
    affected = {run_id for _seat_id, run_id in (*late, *dead)}
    runs = {run.id: run for run in lock_runs(affected.union(with_line))}
    expired = [_expire_offer(seat_id, runs[run_id], now) for seat_id, run_id in late]
    for seat_id, _run_id in dead:
        _leave_line(seat_id, now)
    db.session.flush()  # who expired is in no line
    passed_on = offer_free_seats(with_line, now=now)
    _tell(expired, passed_on, now)


def _seats(state: EnrolmentState, condition: ColumnElement[bool]) -> Sequence[tuple[int, int]]:
    rows = db.session.execute(
        select(Enrolment.id, Enrolment.course_run_id)
        .join(CourseRun, CourseRun.id == Enrolment.course_run_id)
        .where(Enrolment.state == state)
        .where(condition)
        .order_by(Enrolment.id)
    )
    return [(seat_id, run_id) for seat_id, run_id in rows]


def _expire_offer(enrolment_id: int, run: CourseRun, now: datetime) -> Expired:
    held = hold(None, enrolment_id, EnrolmentDeed.EXPIRE)
    held.seat.state = held.after
    move_nomination(None, held.nomination, NominationDeed.EXPIRE, now=now, course_run_id=run.id)
    return Expired(
        code=held.seat.code,
        nomination_id=held.nomination.id,
        municipality_id=held.seat.municipality_id,
        course_run_id=run.id,
        course_run=run.title,
        partnership_id=run.partnership_id,
    )


def _leave_line(enrolment_id: int, now: datetime) -> None:
    held = hold(None, enrolment_id, EnrolmentDeed.EXPIRE)
    held.seat.state = held.after
    record(None, held, EnrolmentDeed.EXPIRE, now=now)


def _tell(expired: Sequence[Expired], passed_on: Mapping[int, Sequence[str]], now: datetime) -> None:
    """One letter per jobcenter and one per partnership; who is next is told to the coordinators only."""
    for municipality_id in sorted({row.municipality_id for row in expired}):
        own = [row for row in expired if row.municipality_id == municipality_id]
        _queue(caseworkers(municipality_id), own, {}, now)
    for partnership_id in sorted({row.partnership_id for row in expired}):
        own = [row for row in expired if row.partnership_id == partnership_id]
        _queue(coordinators(partnership_id), own, passed_on, now)


def _queue(
    to: Iterable[User], expired: Sequence[Expired], passed_on: Mapping[int, Sequence[str]], now: datetime
) -> None:
    offers = [
        {"code": row.code, "course_run": row.course_run, "nomination_id": row.nomination_id}
        for row in expired
    ]
    runs = {row.course_run_id: row.course_run for row in expired}
    following = [
        {"course_run": title, "codes": list(passed_on[run_id])}
        for run_id, title in sorted(runs.items())
        if run_id in passed_on
    ]
    outbox.queue("offer_expired", to=to, now=now, offers=offers, passed_on=following)
