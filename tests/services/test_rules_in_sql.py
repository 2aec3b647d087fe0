"""Rules that statements have to know say the same as the domain."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from sqlalchemy import select

from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState, on_roster, takes_people
from coordination.models import CourseRun, CourseSession, Enrolment
from tests.factories import make_candidate, make_enrolment, make_nomination, make_run

DAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)
DAYS = (None, DAY - timedelta(days=1), DAY, TOMORROW)


def test_who_is_on_the_register_of_a_session(world, everything):
    with everything() as session:
        run = make_run(world, starts_on=DAY, weeks=1)
        for state, joined_on, left_on in product(EnrolmentState, DAYS, DAYS):
            nomination = make_nomination(
                make_candidate(world.municipality, world.caseworker), (world.kitchen,)
            )
            make_enrolment(nomination, run, state=state, joined_on=joined_on, left_on=left_on)
        named = set(
            session.scalars(
                select(Enrolment.id)
                .join(CourseSession, CourseSession.course_run_id == Enrolment.course_run_id)
                .where(CourseSession.course_run_id == run.id, Enrolment.on_roster_of_session())
            )
        )
        seats = session.scalars(select(Enrolment).where(Enrolment.course_run_id == run.id)).all()
        expected = {seat.id for seat in seats if on_roster(seat.state, seat.joined_on, seat.left_on, DAY)}
    assert named == expected
    assert named


def test_which_runs_take_people(world, everything):
    with everything() as session:
        for state, until in product(RunState, DAYS):
            make_run(world, state=state, starts_on=DAY, substitutes_until=until)
        runs = session.scalars(select(CourseRun)).all()
        taking = set(session.scalars(select(CourseRun.id).where(CourseRun.takes_people_on(DAY))))
        expected = {run.id for run in runs if takes_people(run.state, run.substitutes_until, DAY)}
    assert taking == expected
    assert len(taking) == 2 * len(DAYS) + 2
