"""Whether a run starts: the warning, the decision, letters on a no; and seats reserved for a jobcenter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from coordination.domain.course_runs import RunState
from coordination.domain.decisions import Verdict
from coordination.domain.errors import Invalid, Refused
from coordination.domain.reserved import Reservation
from coordination.models import CourseRun, Letter, ReservedSeats, Track
from coordination.queries import course_runs as queries
from coordination.queries.today import start_page, waiting_count
from coordination.services import course_runs as services
from tests.factories import make_candidate, make_enrolment, make_nomination, make_participant, make_run

TODAY = date(2026, 11, 23)


@pytest.fixture
def opened(world, everything):
    """An open run from January that is decided by the 10th of December."""
    with everything():
        return make_run(world, starts_on=date(2027, 1, 4), decide_by=date(2026, 12, 10), warn_days=7).id


def letters(everything, letter):
    with everything() as session:
        return sorted(session.scalars(select(Letter.recipient_id).where(Letter.letter == letter)))


def save(world, act, now, run, **changes):
    with act(world.coordinator) as session:
        row = session.get(CourseRun, run)
        facts = replace(queries.run_facts(row), **changes)
        services.save(world.coordinator, run, facts, version=row.version, now=now)


def test_the_decider_is_warned_once_and_anew_for_a_new_day(world, act, now, everything, opened):
    me = world.coordinator
    with everything():
        services.warn_of_decisions(now=now)
    assert letters(everything, "decision_due") == []
    for _again in range(2):
        with everything():
            services.warn_of_decisions(now=now + timedelta(days=10))
    assert letters(everything, "decision_due") == [me.user_id]
    with act(me):
        assert [row.course_run_id for row in start_page(me, TODAY).decisions] == [opened]
        assert waiting_count(me, TODAY) == start_page(me, TODAY).waiting
    save(world, act, now, opened, decide_by=date(2026, 12, 20), decider_id=me.user_id)
    with act(me):
        assert start_page(me, TODAY).decisions == ()
    with everything():
        services.warn_of_decisions(now=now + timedelta(days=21))
    assert letters(everything, "decision_due") == [me.user_id, me.user_id]


def test_a_no_tells_everyone_concerned_and_a_yes_makes_the_start_sure(world, act, now, everything, opened):
    me = world.coordinator
    with everything() as session:
        run = session.get(CourseRun, opened)
        make_participant(world, run, world.caseworker, world.municipality)
        waiting = make_nomination(
            make_candidate(world.other_municipality, world.other_caseworker), (world.kitchen,)
        )
        make_enrolment(waiting, run, state="waiting")
        sure = make_run(world, starts_on=date(2027, 2, 1)).id
    with pytest.raises(Invalid), act(me):
        services.decide(me, opened, Verdict.STOP, " ", now=now)
    with act(me):
        page = queries.decision_page(me, opened, TODAY)
        assert (page.missing, page.days_left, page.is_decider) == (1, 17, False)
        assert services.decide(me, opened, Verdict.STOP, "Tre for få", now=now) == 2
        assert services.decide(me, sure, Verdict.START, "", now=now) == 0
    told = {world.caseworker.user_id, world.other_caseworker.user_id, world.teacher.user_id}
    assert set(letters(everything, "run_not_starting")) == told
    with everything() as session:
        for run, state in ((opened, RunState.CANCELLED), (sure, RunState.CONFIRMED)):
            row = session.get(CourseRun, run)
            assert (row.state, row.decided_by_id, row.decided_at) == (state, me.user_id, now)
    with pytest.raises(Refused), act(me):
        services.decide(me, sure, Verdict.START, "", now=now)


def test_reserved_seats_are_written_shown_and_taken_over_by_the_next_run(world, act, now, everything, opened):
    me, here, there = world.coordinator, world.municipality, world.other_municipality
    release = date(2026, 12, 21)
    kept = (Reservation(here, 1, release), Reservation(there, 2))
    save(world, act, now, opened, reserved=kept, price_ore=12_500_000, decider_id=me.user_id)
    with everything() as session:
        make_participant(world, session.get(CourseRun, opened), world.other_caseworker, there)
        session.get(Track, world.track).edition = 3
    with act(me):
        plan = queries.detail_page(me, opened, TODAY).seat_plan
        assert [(row.municipality, row.seats, row.left) for row in plan.rows] == [
            ("Haderslev", 1, 1),
            ("Aabenraa", 2, 1),
        ]
        assert (plan.free_for_all, plan.free_here) == (1, None)
        assert [row.holds for row in queries.detail_page(me, opened, release).seat_plan.rows] == [False, True]
    with act(world.caseworker):
        plan = queries.detail_page(world.caseworker, opened, TODAY).seat_plan
        assert ([row.municipality for row in plan.rows], plan.free_here) == (["Haderslev"], 2)
    for wrong in ((Reservation(here, 3),), (Reservation(world.far_municipality, 1),)):
        with pytest.raises(Invalid) as refused:
            save(world, act, now, opened, reserved=wrong + kept[1:])
        assert list(refused.value.errors) == ["reserved"]
    with act(me) as session:
        start = date(2027, 3, 1)
        values = {"title": "Næste", "school_id": world.school, "starts_on": start}
        later = services.plan_next_run(me, opened, **values, now=now)
        run = session.get(CourseRun, later)
        assert (run.price_ore, run.decider_id, run.track_edition) == (12_500_000, me.user_id, 3)
        assert run.decide_by == start - (date(2027, 1, 4) - date(2026, 12, 10))
        assert set(queries.reservations(later)) == {
            Reservation(here, 1, start - timedelta(days=14)),
            Reservation(there, 2),
        }
    save(world, act, now, later, reserved=(Reservation(there, 1),))
    with everything() as session:
        rows = session.scalars(select(ReservedSeats).where(ReservedSeats.course_run_id == later)).all()
        assert [(row.for_municipality_id, row.seats) for row in rows] == [(there, 1)]


def test_only_a_coordinator_of_the_partnership_decides(world, act, now, opened):
    for nobody in (world.caseworker.user_id, world.far_coordinator.user_id):
        with pytest.raises(Invalid) as refused:
            save(world, act, now, opened, decider_id=nobody)
        assert refused.value.errors["decider_id"][0] == "run.decider"
