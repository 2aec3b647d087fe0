"""The demonstration's living runs: one with a session today, one that collects nominations."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from coordination.adapters.danish_holidays import danish_holidays
from coordination.db import db
from coordination.domain.attendance import Cause, MarkStatus
from coordination.domain.candidates import Scheme
from coordination.domain.course_runs import PlannedSession, RunState, SessionPlan, plan_sessions
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.follow_ups import Channel, CloseReason, ContactOutcome, FollowUpState, Step, Trigger
from coordination.models import (
    ContactAttempt,
    CourseRun,
    CourseSession,
    Enrolment,
    FollowUp,
    FollowUpMove,
    Mark,
    ReservedSeats,
)
from coordination.services.demo.people import Pool
from coordination.services.demo.places import Places, save

BEGIN, END, MINUTES = time(8, 30), time(14, 0), 300


def make_run(
    places: Places, code: str, title: str, state: RunState, days: list[date], **more: object
) -> CourseRun:
    """A run of a sector's track with a session on each of these days."""
    track = places.tracks[code]
    school = places.care_school if code == "social" else places.kitchen_school
    run = CourseRun(
        partnership_id=places.partnership.id,
        school_id=school.id,
        track_id=track.id,
        title=title,
        state=state,
        minimum=track.minimum,
        capacity=track.capacity,
        starts_on=days[0],
        ends_on=days[-1],
        decide_by=days[0] - timedelta(days=14),
        school_access_until=days[-1] + timedelta(days=places.partnership.school_access_days),
        question_set_id=places.questions.id,
        **more,
    )
    save(run)
    for day in days:
        save(
            CourseSession(
                partnership_id=run.partnership_id,
                school_id=run.school_id,
                course_run_id=run.id,
                day=day,
                starts_at=BEGIN,
                ends_at=END,
                minutes=MINUTES,
            )
        )
    return run


def planned_days(first: date, weekdays: frozenset[int], number: int) -> list[date]:
    """Teaching days from a date on, public holidays skipped."""
    plan = SessionPlan(first, weekdays, BEGIN, END, 30, count=number)
    planned: tuple[PlannedSession, ...] = plan_sessions(
        plan, danish_holidays(first, first + timedelta(days=400))
    )
    return [session.day for session in planned]


def mark(
    seat: Enrolment, session: CourseSession, status: MarkStatus, by_id: int, at: datetime, **more: object
) -> Mark:
    """A mark of the register."""
    missed = {MarkStatus.ABSENT: session.minutes, MarkStatus.LATE: 20, MarkStatus.LEFT_EARLY: 60}
    row = Mark(
        municipality_id=seat.municipality_id,
        school_id=seat.school_id,
        course_run_id=seat.course_run_id,
        session_id=session.id,
        enrolment_id=seat.id,
        status=status,
        minutes_missed=missed.get(status, 0),
        by_id=by_id,
        at=at,
        **more,
    )
    save(row)
    return row


def follow_up(
    seat: Enrolment, session: CourseSession, *, due: date, opened: datetime, step: Step
) -> FollowUp:
    """The open follow-up of a no-show."""
    row = FollowUp(
        municipality_id=seat.municipality_id,
        school_id=seat.school_id,
        course_run_id=seat.course_run_id,
        session_id=session.id,
        enrolment_id=seat.id,
        candidate_id=seat.candidate_id,
        trigger=Trigger.NO_SHOW,
        step=step,
        opened_at=opened,
        due_on=due,
    )
    save(row)
    return row


def contact(row: FollowUp, outcome: ContactOutcome, note: str, by_id: int, at: datetime) -> None:
    """One call."""
    save(
        ContactAttempt(
            municipality_id=row.municipality_id,
            follow_up_id=row.id,
            channel=Channel.PHONE,
            outcome=outcome,
            note=note,
            by_id=by_id,
            at=at,
        )
    )


def close(row: FollowUp, reason: CloseReason, by_id: int, at: datetime) -> None:
    """The follow-up needs nobody any more."""
    row.state, row.close_reason = FollowUpState.CLOSED, reason
    save(
        FollowUpMove(
            municipality_id=row.municipality_id,
            school_id=row.school_id,
            follow_up_id=row.id,
            deed="close",
            reason=reason,
            by_id=by_id,
            at=at,
        )
    )


def sessions_of(run: CourseRun) -> list[CourseSession]:
    """The sessions of a run in order."""
    found = select(CourseSession).where(CourseSession.course_run_id == run.id).order_by(CourseSession.day)
    return list(db.session.scalars(found))


TAKEN_WEEKS = 3
LATE_EVERY = 9
NO_SHOWS = {(2, 2), (7, 1), (7, 2)}  # (who, week)


def running_run(places: Places, pool: Pool, *, today: date, now: datetime) -> None:
    """A run in its fifth week with a session today; last week's register was forgotten."""
    days = [today + timedelta(days=7 * week) for week in range(-4, 5)]
    run = make_run(places, "lager", f"Lager og industri, hold {today.year}-2", RunState.RUNNING, days)
    people = [pool.candidate(places.municipalities[turn % 4]) for turn in range(13)]
    seats = [pool.seat(person, ("lager",), run, EnrolmentState.CONFIRMED, 60) for person in people]
    for week, session in enumerate(sessions_of(run)[:TAKEN_WEEKS]):
        at = now - timedelta(days=(today - session.day).days)
        for turn, seat in enumerate(seats):
            if (turn, week) in NO_SHOWS:
                _stayed_away(places, seat, session, at, today=today, first_time=week == 1)
            else:
                late = (turn + week) % LATE_EVERY == 0
                mark(
                    seat, session, MarkStatus.LATE if late else MarkStatus.PRESENT, places.coordinator.id, at
                )


def _stayed_away(
    places: Places, seat: Enrolment, session: CourseSession, at: datetime, *, today: date, first_time: bool
) -> None:
    """A no-show: the first one was sorted out, the later ones are due now."""
    coordinator = places.coordinator.id
    mark(seat, session, MarkStatus.ABSENT, coordinator, at, cause=Cause.UNKNOWN)
    case = follow_up(
        seat, session, due=today - timedelta(days=seat.id % 2), opened=at, step=Step.CALL_CANDIDATE
    )
    if first_time:
        contact(case, ContactOutcome.REACHED_RETURNS, "Bussen kørte ikke. Kommer igen.", coordinator, at)
        close(case, CloseReason.BACK_IN_CLASS, coordinator, at)
    else:
        contact(case, ContactOutcome.NO_ANSWER, "", coordinator, at + timedelta(days=1))


def open_run_short_of_its_minimum(places: Places, pool: Pool, *, today: date) -> None:
    """Social and health collects nominations: seven seats taken or offered, five missing."""
    days = planned_days(today + timedelta(days=35), frozenset({1, 3}), 20)
    run = make_run(
        places,
        "social",
        f"Social og sundhed, hold {days[0].year}-1",
        RunState.OPEN,
        days,
        decider_id=places.coordinator.id,
        price_ore=18_500_000,
    )
    for municipality, seats, release_on in zip(
        places.municipalities, (3, 2), (days[0] - timedelta(days=10), None), strict=False
    ):
        save(
            ReservedSeats(
                partnership_id=run.partnership_id,
                school_id=run.school_id,
                course_run_id=run.id,
                for_municipality_id=municipality.id,
                seats=seats,
                release_on=release_on,
            )
        )
    states = (
        EnrolmentState.CONFIRMED,
        EnrolmentState.CONFIRMED,
        EnrolmentState.ACCEPTED,
        EnrolmentState.ACCEPTED,
        EnrolmentState.OFFERED,
        EnrolmentState.OFFERED,
        EnrolmentState.OFFERED,
    )
    schemes = {0: Scheme.INTERNSHIP}
    for turn, state in enumerate(states):
        scheme = schemes.get(turn, Scheme.IGU)
        pool.seat(
            pool.candidate(places.municipalities[turn % 4], scheme),
            ("social", "koekken"),
            run,
            state,
            25 - turn,
        )
