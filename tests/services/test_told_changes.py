"""Whoever goes by a plan is told of its changes once, when the planner has come to rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import select

from coordination.domain.actors import Role
from coordination.domain.course_runs import RunState
from coordination.domain.enrolments import EnrolmentState
from coordination.domain.run_plans import SessionFacts
from coordination.models import CourseRun, CourseSession, Letter, Partnership
from coordination.queries.accounts import actor_of
from coordination.queries.course_runs import run_facts
from coordination.services import course_runs
from coordination.services.told_changes import tell_changes
from tests.factories import make_participant, make_run, make_user


@pytest.fixture
def plan(world, everything, tell):
    """An open run with three sessions people know of; one jobcenter waits in line for it."""
    with everything() as session:
        run = make_run(world, starts_on=date(2026, 12, 7))
        make_participant(world, run, world.caseworker, world.municipality, state=EnrolmentState.WAITING)
        of_run = select(CourseSession.id).where(CourseSession.course_run_id == run.id)
        ids = run.id, *session.scalars(of_run.order_by(CourseSession.day))
    tell(minutes=1)
    return ids


@pytest.fixture
def tell(everything, clock):
    """`tell(minutes=15)`: so much later the clock has its turn."""

    def turn(**later: float) -> int:
        clock.forward(**later)
        with everything():
            return tell_changes(now=clock())

    return turn


def facts(day: date, hour: int = 9) -> SessionFacts:
    return SessionFacts(day, time(hour), time(hour + 5), 30)


@pytest.fixture
def letters(everything):
    """`letters()`: who was written to and what changed, oldest first."""

    def written() -> list[tuple[int, list[str]]]:
        with everything() as session:
            found = session.scalars(
                select(Letter).where(Letter.letter == "sessions_changed").order_by(Letter.id)
            )
            return [
                (row.recipient_id, [change["kind"] for change in row.facts["changes"]])
                for row in found.unique()
            ]

    return written


def test_one_letter_tells_everything_a_quarter_of_an_hour_after_the_last_change(
    world, plan, act, clock, letters, tell
):
    run_id, first, second, third = plan
    with act(world.coordinator):
        course_runs.save_session(world.coordinator, first, facts(date(2026, 12, 8)), now=clock())
        course_runs.cancel_session(world.coordinator, second, now=clock())
    tell(minutes=10)
    with act(world.coordinator):
        course_runs.add_session(world.coordinator, run_id, facts(date(2026, 12, 30)), now=clock())
        course_runs.cancel_session(world.coordinator, third, now=clock())
        course_runs.restore_session(world.coordinator, third, now=clock())
    assert tell(minutes=14) == 1
    assert letters() == []
    tell(minutes=1)
    told = ["moved", "cancelled", "added"]
    assert sorted(letters()) == sorted([(world.teacher.user_id, told), (world.caseworker.user_id, told)]), (
        "who acted is not told, nor a jobcenter without anyone in the run"
    )
    tell(minutes=30)
    assert len(letters()) == 2, "once"


def test_what_is_taken_back_in_time_tells_nobody(world, plan, act, clock, letters, tell):
    _run, first, second, _third = plan
    with act(world.coordinator):
        course_runs.save_session(world.coordinator, first, facts(date(2026, 12, 8)), now=clock())
        course_runs.cancel_session(world.coordinator, second, now=clock())
    clock.forward(minutes=12)
    with act(world.coordinator):
        course_runs.save_session(world.coordinator, first, facts(date(2026, 12, 7)), now=clock())
        course_runs.restore_session(world.coordinator, second, now=clock())
    tell(minutes=16)
    assert letters() == []
    with act(world.coordinator):
        course_runs.cancel_session(world.coordinator, second, now=clock())
    tell(minutes=16)
    assert {tuple(kinds) for _who, kinds in letters()} == {("cancelled",)}
    with act(world.coordinator):
        course_runs.restore_session(world.coordinator, second, now=clock())
    tell(minutes=16)
    assert {tuple(kinds) for _who, kinds in letters()[2:]} == {("restored",)}


def test_a_new_title_is_a_change_of_the_calendar_entries_and_no_letter(
    world, plan, act, everything, clock, letters, tell
):
    run_id = plan[0]
    clock.forward(hours=1)
    with act(world.coordinator) as session:
        run = session.get(CourseRun, run_id)
        renamed = replace(run_facts(run), title="Køkken for begyndere")
        course_runs.save(world.coordinator, run_id, renamed, version=run.version, now=clock())
    with everything() as session:
        rows = session.scalars(select(CourseSession).where(CourseSession.course_run_id == run_id)).all()
        assert {(row.sequence, row.changed_at) for row in rows} == {(1, clock())}
    tell(minutes=30)
    assert letters() == []


def test_coordinators_who_both_acted_are_both_told(world, everything, plan, act, clock, letters, tell):
    with everything() as session:
        near = session.get(CourseRun, plan[0]).partnership_id
        appointments = [session.get_one(Partnership, near)]
        other = make_user("x", Role.COORDINATOR, "Kurt Kollega", appointments=appointments)
        other_id = other.id
    colleague = actor_of(other_id)
    for actor, session_id in ((world.coordinator, plan[1]), (colleague, plan[2])):
        with act(actor):
            course_runs.cancel_session(actor, session_id, now=clock())
    tell(minutes=15)
    assert {who for who, _kinds in letters()} == {
        world.teacher.user_id,
        world.caseworker.user_id,
        world.coordinator.user_id,
        other_id,
    }


def test_a_draft_tells_nobody_and_an_opened_run_is_known_as_it_is(
    world, everything, act, clock, letters, tell
):
    with everything() as session:
        run = make_run(world, state=RunState.DRAFT, starts_on=date(2026, 12, 7))
        run_id = run.id
        row = session.scalars(
            select(CourseSession).where(CourseSession.course_run_id == run_id).order_by(CourseSession.day)
        ).first()
        session_id = row.id
    with act(world.coordinator):
        course_runs.cancel_session(world.coordinator, session_id, now=clock())
    tell(minutes=20)
    with act(world.coordinator):
        course_runs.open_run(world.coordinator, run_id, now=clock())
        course_runs.restore_session(world.coordinator, session_id, now=clock())
    tell(minutes=20)
    assert [kinds for _who, kinds in letters()] == [["restored"]]


def test_a_cancelled_run_has_a_letter_of_its_own(world, plan, act, clock, letters, tell):
    with act(world.coordinator):
        course_runs.cancel_session(world.coordinator, plan[1], now=clock())
        course_runs.cancel_run(world.coordinator, plan[0], "For få", now=clock())
    tell(minutes=20)
    assert letters() == []
