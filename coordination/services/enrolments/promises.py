"""What an offer promises: until when the seat is held, and the letter that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from coordination import outbox
from coordination.adapters.danish_holidays import danish_holidays
from coordination.db import db
from coordination.domain import enrolments
from coordination.domain.calendar import COPENHAGEN, add_working_hours, at_hour, local_day
from coordination.models import CourseRun, Enrolment, Partnership, School
from coordination.queries.accounts import caseworkers

DAYS_OFF = 60  # days of the calendar that public holidays and weekends may add to an offer


@dataclass(frozen=True)
class Promise:
    """Seats of one run, held until a moment."""

    run: CourseRun
    until: datetime
    seats: Sequence[Enrolment]


def answer_until(run: CourseRun, now: datetime) -> datetime:
    """The moment until which a seat offered now is held, counted in the working hours of the partnership.

    It does not reach beyond the last day on which someone else could still have the seat.
    """
    of = db.session.get_one(Partnership, run.partnership_id)
    today = local_day(now)
    holidays = danish_holidays(today, today + timedelta(days=DAYS_OFF + 2 * of.offer_hours))
    counted = add_working_hours(now, of.offer_hours, of.work_from_hour, of.work_until_hour, holidays)
    last = enrolments.last_substitute_day(run.starts_on, run.substitutes_until)
    closing = at_hour(last, of.work_until_hour) if last else None
    return enrolments.held_until(counted, closing, now)


def tell(promises: Sequence[Promise], *, besides: int | None = None, now: datetime) -> None:
    """One letter to each jobcenter, however many of its people are offered a seat, on however many runs."""
    db.session.flush()  # the letter links to each new seat by its key
    schools = _school_names([promise.run.school_id for promise in promises])
    homes = {seat.municipality_id for promise in promises for seat in promise.seats}
    for municipality_id in sorted(homes):
        runs = [
            {
                "course_run": promise.run.title,
                "school": schools[promise.run.school_id],
                "starts_on": promise.run.starts_on.isoformat() if promise.run.starts_on else None,
                "answer_until": promise.until.astimezone(COPENHAGEN).isoformat(),
                "count": len(own),
                "offers": [{"code": seat.code, "enrolment_id": seat.id} for seat in own],
            }
            for promise in promises
            if (own := [seat for seat in promise.seats if seat.municipality_id == municipality_id])
        ]
        outbox.queue("seat_offered", to=caseworkers(municipality_id), now=now, besides=besides, runs=runs)


def _school_names(ids: Sequence[int]) -> dict[int, str]:
    rows = db.session.execute(select(School.id, School.name).where(School.id.in_(ids)))
    return {key: name for key, name in rows}  # noqa: C416 (rows, no pairs)
