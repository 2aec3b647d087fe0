"""The coordinator offers seats to people in the pool, or puts them on the waiting list of a run."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from coordination import access, audit, outbox
from coordination.adapters.danish_holidays import danish_holidays
from coordination.db import db
from coordination.domain import enrolments
from coordination.domain.actors import Actor
from coordination.domain.calendar import COPENHAGEN, add_working_hours, local_day
from coordination.domain.candidates import DanishLevel
from coordination.domain.enrolments import EnrolmentDeed, EnrolmentState, Seats
from coordination.domain.errors import Invalid, NotFound, Stale
from coordination.domain.nominations import NominationDeed, NominationState
from coordination.models import (
    Candidate,
    CourseRun,
    Enrolment,
    Municipality,
    Nomination,
    Partnership,
    School,
    Track,
)
from coordination.queries.accounts import caseworkers
from coordination.services.enrolments.rows import seats_of
from coordination.services.nominations import move_nomination, record_move

WEEKS_OFF = 60  # days of the calendar that public holidays and weekends may add to an offer


@dataclass(frozen=True)
class Offered:
    """What came of an offer: to whom, answered by when, and the codes of those below the advised exam."""

    count: int
    answer_until: datetime
    below: tuple[str, ...]


def offer_seat(
    actor: Actor, course_run_id: int, nomination_ids: Collection[int], *, now: datetime
) -> Offered:
    """Offer a seat to each of them or to none.

    Refused if the run is closed, has too few free seats, or already has one of them; Stale if one has left
    the pool since. A low Danish level only warns.
    """
    run = access.one(CourseRun, course_run_id, lock=True)
    chosen = _chosen(run, nomination_ids)
    seats, free = _seats_on_run(run, chosen), seats_of(run)
    below = _below(run, chosen, seats, free)
    enrolments.check_room(free, wanted=len(chosen))
    until = _answer_until(run, now)
    for nomination in chosen:
        seat = _seat(run, nomination, seats.get(nomination.candidate_id))
        seat.state, seat.offered_at, seat.answer_until = EnrolmentState.OFFERED, now, until
        seats[nomination.candidate_id] = seat
        move_nomination(actor, nomination, NominationDeed.OFFER, now=now, course_run_id=run.id)
    _tell(actor, run, [seats[nomination.candidate_id] for nomination in chosen], until, now=now)
    audit.record(actor, "enrolments.offer_seat", "course_run", run.id, now=now, count=len(chosen))
    return Offered(len(chosen), until, below)


def put_in_line(actor: Actor, course_run_id: int, nomination_ids: Collection[int], *, now: datetime) -> int:
    """Put each of them on the waiting list, in the order they entered the pool; returns how many."""
    run = access.one(CourseRun, course_run_id, lock=True)
    chosen = _chosen(run, nomination_ids)
    seats = _seats_on_run(run, chosen)
    for nomination in chosen:
        earlier = seats.get(nomination.candidate_id)
        after = enrolments.wait_for_seat(run.state, earlier.state if earlier else None)
        _seat(run, nomination, None)
        record_move(
            actor,
            nomination,
            EnrolmentDeed.WAIT,
            before=earlier.state if earlier else "",
            after=after,
            now=now,
            course_run_id=run.id,
        )
    audit.record(actor, "enrolments.put_in_line", "course_run", run.id, now=now, count=len(chosen))
    return len(chosen)


def _chosen(run: CourseRun, nomination_ids: Collection[int]) -> Sequence[Nomination]:
    """The nominations, locked; all of the run's partnership and in the pool, or none."""
    wanted = set(nomination_ids)
    if not wanted:
        raise Invalid({"nominations": "seat.nobody_chosen"})
    if max(wanted) > access.MOST_ID:
        raise NotFound
    found = db.session.scalars(
        select(Nomination)
        .join(Municipality, Municipality.id == Nomination.municipality_id)
        .where(Nomination.id.in_(wanted))
        .where(Municipality.partnership_id == run.partnership_id)
        .order_by(Nomination.submitted_at, Nomination.id)
        .with_for_update(of=Nomination)
        .execution_options(populate_existing=True)
    ).all()
    if len(found) < len(wanted):
        raise NotFound
    if gone := [row.code for row in found if row.state is not NominationState.SUBMITTED]:
        raise Stale("seat.not_in_pool", codes=", ".join(gone))
    return found


def _seats_on_run(run: CourseRun, chosen: Sequence[Nomination]) -> dict[int, Enrolment]:
    """The newest seat each candidate has or had on the run."""
    rows = db.session.scalars(
        select(Enrolment)
        .where(Enrolment.course_run_id == run.id)
        .where(Enrolment.candidate_id.in_([nomination.candidate_id for nomination in chosen]))
        .order_by(Enrolment.id)
        .execution_options(populate_existing=True)
    )
    return {row.candidate_id: row for row in rows}


def _below(
    run: CourseRun, chosen: Sequence[Nomination], seats: Mapping[int, Enrolment], free: Seats
) -> tuple[str, ...]:
    """Decide each offer, and name the codes of those below the exam the track advises."""
    needed = db.session.scalars(select(Track.exam_needed).where(Track.id == run.track_id)).one()
    ids = [nomination.candidate_id for nomination in chosen]
    people = {row.id: row for row in db.session.scalars(select(Candidate).where(Candidate.id.in_(ids)))}
    codes = []
    for nomination in chosen:
        person, seat = people[nomination.candidate_id], seats.get(nomination.candidate_id)
        offer = enrolments.offer_seat(
            free,
            run_state=run.state,
            seat_state=seat.state if seat else None,
            level=DanishLevel(person.danish_track, person.danish_module, person.danish_exam),
            needed_exam=needed,
        )
        if offer.warnings:
            codes.append(nomination.code)
    return tuple(codes)


def _seat(run: CourseRun, nomination: Nomination, earlier: Enrolment | None) -> Enrolment:
    """The place in line that becomes a seat, or a new row; an answered seat stays as it was answered."""
    if earlier is not None and earlier.state is EnrolmentState.WAITING:
        return earlier
    seat = Enrolment(
        municipality_id=nomination.municipality_id,
        school_id=run.school_id,
        course_run_id=run.id,
        nomination_id=nomination.id,
        candidate_id=nomination.candidate_id,
        code=nomination.code,
        state=EnrolmentState.WAITING,
        waiting_since=nomination.submitted_at or nomination.created_at,
    )
    db.session.add(seat)
    return seat


def _answer_until(run: CourseRun, now: datetime) -> datetime:
    partnership = db.session.get_one(Partnership, run.partnership_id)
    today, hours = local_day(now), partnership.offer_hours
    holidays = danish_holidays(today, today + timedelta(days=WEEKS_OFF + 2 * hours))
    return add_working_hours(now, hours, partnership.work_from_hour, partnership.work_until_hour, holidays)


def _tell(
    actor: Actor, run: CourseRun, seats: Sequence[Enrolment], until: datetime, *, now: datetime
) -> None:
    """One letter to each jobcenter, however many of its people are offered a seat."""
    db.session.flush()  # the letter links to each new seat by its key
    school = db.session.scalars(select(School.name).where(School.id == run.school_id)).one()
    for municipality_id in sorted({seat.municipality_id for seat in seats}):
        own = [seat for seat in seats if seat.municipality_id == municipality_id]
        outbox.queue(
            "seat_offered",
            to=caseworkers(municipality_id),
            now=now,
            besides=actor.user_id,
            course_run=run.title,
            school=school,
            starts_on=run.starts_on.isoformat() if run.starts_on else None,
            answer_until=until.astimezone(COPENHAGEN).isoformat(),
            offers=[{"code": seat.code, "enrolment_id": seat.id} for seat in own],
        )
