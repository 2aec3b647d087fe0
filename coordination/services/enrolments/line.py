"""A seat that becomes free goes to the next in line by itself, and to nobody twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import select

from coordination import audit
from coordination.db import db, widened
from coordination.domain import enrolments
from coordination.domain.calendar import local_day
from coordination.domain.eligibility import stops
from coordination.domain.enrolments import EnrolmentDeed, EnrolmentState, Seats
from coordination.domain.nominations import NominationDeed, NominationState
from coordination.models import Candidate, CourseRun, Enrolment, Nomination
from coordination.queries import eligibility
from coordination.queries.enrolments import line_order, seats_of
from coordination.services.enrolments.promises import Promise, answer_until, tell
from coordination.services.enrolments.rows import lock_runs, put_offer
from coordination.services.nominations import move_nomination

Waiting = tuple[Enrolment, Nomination]


def offer_free_seats(course_run_ids: Collection[int], *, now: datetime) -> dict[int, tuple[str, ...]]:
    """Offer what is free on these runs to those next in line, whoever owns them; the codes of each run.

    Passed over are only those who were offered a seat there before, have one elsewhere, are on a pause or no
    longer shared, may not be nominated, or of whose municipality no seat is free. It forgets every row loaded
    before: call it when a deed has decided everything else.
    """
    with widened("next_in_line") as session:
        promises = [
            Promise(run, answer_until(run, now), seats)
            for run in lock_runs(course_run_ids)
            if (seats := _offer_next(run, seats_of(run, session), now))
        ]
        if promises:
            tell(promises, now=now)
        return {promise.run.id: tuple(seat.code for seat in promise.seats) for promise in promises}


def runs_with_a_line(today: date) -> Sequence[int]:
    """The runs on which someone waits who could be offered a seat."""
    return db.session.scalars(
        select(CourseRun.id)
        .join(Enrolment, Enrolment.course_run_id == CourseRun.id)
        .join(Nomination, Nomination.id == Enrolment.nomination_id)
        .where(CourseRun.takes_people_on(today))
        .where(Enrolment.state == EnrolmentState.WAITING, Nomination.state == NominationState.SUBMITTED)
        .distinct()
        .order_by(CourseRun.id)
    ).all()


def _offer_next(run: CourseRun, seats: Seats, now: datetime) -> list[Enrolment]:
    today = local_day(now)
    open_for_more = enrolments.takes_substitutes(run.state, run.starts_on, run.substitutes_until, today)
    if not open_for_more or not seats.free:
        return []
    next_ones = _next_ones(_may_go(_line(run, today), today), seats, today)
    until = answer_until(run, now)
    for seat, nomination in next_ones:
        after = enrolments.move(seat.state, EnrolmentDeed.OFFER, None)
        put_offer(seat, after, until, now)
        move_nomination(None, nomination, NominationDeed.OFFER, now=now, course_run_id=run.id)
    if next_ones:
        count = len(next_ones)
        audit.record(None, "enrolments.offer_free_seats", "course_run", run.id, now=now, count=count)
    return [seat for seat, _nomination in next_ones]


def _next_ones(line: list[Waiting], seats: Seats, today: date) -> list[Waiting]:
    """Those who get the free seats, locked; whoever left the pool meanwhile makes way for the next."""
    while True:
        wanted = set(enrolments.seated([(row.id, row.municipality_id) for _seat, row in line], seats, today))
        chosen = [row for row in line if row[1].id in wanted]
        _lock([nomination for _seat, nomination in chosen])
        if all(nomination.state is NominationState.SUBMITTED for _seat, nomination in chosen):
            return chosen
        line = [row for row in line if row[1].state is NominationState.SUBMITTED]


def _line(run: CourseRun, today: date) -> list[Waiting]:
    """Who waits for a seat on the run and was never offered one there, in the order of the line."""
    offered_before = (
        select(Enrolment.candidate_id)
        .where(Enrolment.course_run_id == run.id)
        .where(Enrolment.offered_at.is_not(None))
    )
    rows = db.session.execute(
        select(Enrolment, Nomination)
        .join(Nomination, Nomination.id == Enrolment.nomination_id)
        .where(Enrolment.course_run_id == run.id, Enrolment.state == EnrolmentState.WAITING)
        .where(Enrolment.candidate_id.not_in(offered_before))
        .where(Nomination.state == NominationState.SUBMITTED, Nomination.shared_on(today))
        .order_by(*line_order())
        .execution_options(populate_existing=True)
    )
    return [(seat, nomination) for seat, nomination in rows]


def _may_go(line: list[Waiting], today: date) -> list[Waiting]:
    """Without those whom a rule of the scheme keeps from being nominated."""
    ids = [seat.candidate_id for seat, _nomination in line]
    people = db.session.scalars(select(Candidate).where(Candidate.id.in_(ids))).all()
    found = eligibility.findings(people, today)
    return [row for row in line if not stops(found[row[0].candidate_id])]


def _lock(chosen: Sequence[Nomination]) -> None:
    ids = [nomination.id for nomination in chosen]
    db.session.scalars(
        select(Nomination)
        .where(Nomination.id.in_(ids))
        .order_by(Nomination.id)
        .with_for_update(of=Nomination)
        .execution_options(populate_existing=True)
    ).all()
