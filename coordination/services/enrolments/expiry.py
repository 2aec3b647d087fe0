"""The clock lets offers expire that nobody answered, and places in line on runs that take nobody any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select

from coordination import outbox
from coordination.db import db
from coordination.domain.course_runs import ACCEPTS_NOMINATIONS
from coordination.domain.enrolments import EnrolmentDeed, EnrolmentState
from coordination.domain.nominations import NominationDeed
from coordination.models import CourseRun, Enrolment, User
from coordination.queries.accounts import caseworkers, coordinators
from coordination.services.enrolments.rows import Held, hold
from coordination.services.nominations import move_nomination, record_move


def expire_offers(now: datetime) -> None:
    """Expire offers whose time has run out, tell whose turn it is, and clear dead waiting lists."""
    late = _ids(EnrolmentState.OFFERED, Enrolment.answer_until < now)
    expired = [_expire_offer(seat_id, now) for seat_id in late]
    for seat_id in _ids(EnrolmentState.WAITING, CourseRun.state.not_in(ACCEPTS_NOMINATIONS)):
        _leave_line(seat_id, now)
    _tell(expired, now)


def _ids(state: EnrolmentState, condition: ColumnElement[bool]) -> Sequence[int]:
    return db.session.scalars(
        select(Enrolment.id)
        .join(CourseRun, CourseRun.id == Enrolment.course_run_id)
        .where(Enrolment.state == state)
        .where(condition)
        .order_by(Enrolment.id)
    ).all()


def _expire_offer(enrolment_id: int, now: datetime) -> Held:
    held = hold(None, enrolment_id, EnrolmentDeed.EXPIRE)
    held.seat.state = held.after
    move_nomination(
        None,
        held.nomination,
        NominationDeed.EXPIRE,
        now=now,
        course_run_id=held.seat.course_run_id,
    )
    return held


def _leave_line(enrolment_id: int, now: datetime) -> None:
    held = hold(None, enrolment_id, EnrolmentDeed.EXPIRE)
    held.seat.state = held.after
    record_move(
        None,
        held.nomination,
        EnrolmentDeed.EXPIRE,
        before=held.before,
        after=held.after,
        now=now,
        course_run_id=held.seat.course_run_id,
    )


def _tell(expired: Sequence[Held], now: datetime) -> None:
    """One letter per jobcenter and one per partnership, however many offers expired."""
    ids = {held.seat.course_run_id for held in expired}
    runs = {run.id: run for run in db.session.scalars(select(CourseRun).where(CourseRun.id.in_(ids)))}
    for municipality_id in sorted({held.seat.municipality_id for held in expired}):
        own = [held for held in expired if held.seat.municipality_id == municipality_id]
        _queue(caseworkers(municipality_id), own, runs, now)
    for partnership_id in sorted({run.partnership_id for run in runs.values()}):
        own = [held for held in expired if runs[held.seat.course_run_id].partnership_id == partnership_id]
        _queue(coordinators(partnership_id), own, runs, now)


def _queue(to: Iterable[User], expired: Sequence[Held], runs: dict[int, CourseRun], now: datetime) -> None:
    offers = [
        {
            "code": held.seat.code,
            "course_run": runs[held.seat.course_run_id].title,
            "nomination_id": held.nomination.id,
        }
        for held in expired
    ]
    outbox.queue("offer_expired", to=to, now=now, offers=offers)
