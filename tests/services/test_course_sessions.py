"""Sessions that are moved, cancelled and planned anew keep their rows; clashes at the school are refused."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlalchemy import func, select

from coordination.domain.course_runs import DayPlan, RunState, SessionPlan
from coordination.domain.errors import Invalid, NotFound, Refused
from coordination.domain.rescheduling import Asked, SessionDeed, Shift
from coordination.domain.run_plans import RunFacts, SessionFacts
from coordination.models import CourseRun, CourseSession, TrackModule
from coordination.queries import course_runs as queries
from coordination.services import course_runs as services

FACTS = RunFacts("Naboholdet", 2, 4, None)
MONDAYS = SessionPlan(date(2027, 2, 1), frozenset({0}), time(9), time(12), count=4)


@pytest.fixture
def opened(world, everything, act, now):
    """An open run on four Mondays in February, and the rows of its sessions."""
    with act(world.coordinator):
        run = services.create(world.coordinator, world.track, world.school, FACTS, now=now)
        services.plan_sessions(world.coordinator, run, MONDAYS, now=now)
    with everything() as session:
        session.get(CourseRun, run).state = RunState.OPEN
    return run


def rows(everything, run):
    with everything() as session:
        found = session.scalars(
            select(CourseSession).where(CourseSession.course_run_id == run).order_by(CourseSession.id)
        )
        return [(row.day.isoformat(), row.starts_at.hour, row.cancelled, row.sequence) for row in found]


def test_several_sessions_are_moved_cancelled_and_restored(world, act, now, everything, opened):
    me = world.coordinator
    with act(me):
        ids = [row.id for row in queries.standing(opened)]
        week = Asked(SessionDeed.MOVE, frozenset(ids[:1]), date(2027, 2, 8), shift=Shift(7))
        shown = queries.changes_preview(me, opened, week)
        assert [change.after.day.day for change in shown] == [8, 15, 22, 1]
        assert services.change_sessions(me, opened, week, now=now) == 4
    assert rows(everything, opened) == [
        ("2027-02-08", 9, False, 1),
        ("2027-02-15", 9, False, 1),
        ("2027-02-22", 9, False, 1),
        ("2027-03-01", 9, False, 1),
    ]
    with act(me) as session:
        last = Asked(SessionDeed.CANCEL, from_day=date(2027, 2, 22))
        assert services.change_sessions(me, opened, last, now=now) == 2
        assert session.get(CourseRun, opened).ends_on == date(2027, 2, 15)
        assert services.change_sessions(me, opened, last_back(ids), now=now) == 1
    assert [row[2:] for row in rows(everything, opened)] == [(False, 1), (False, 1), (False, 3), (True, 2)]
    with pytest.raises(Invalid), act(me):
        services.change_sessions(me, opened, Asked(SessionDeed.MOVE), now=now)
    with pytest.raises(Refused), act(me):
        services.change_sessions(
            me, opened, Asked(SessionDeed.MOVE, frozenset(ids[:1]), shift=Shift(7)), now=now
        )
    with pytest.raises(NotFound), act(world.far_coordinator):
        services.change_sessions(world.far_coordinator, opened, last, now=now)


def last_back(ids):
    return Asked(SessionDeed.RESTORE, frozenset(ids[:3]))


def test_an_open_run_is_never_left_without_sessions(world, act, now, opened):
    everything_off = Asked(SessionDeed.CANCEL, from_day=date(2027, 2, 1))
    with pytest.raises(Refused) as refused, act(world.coordinator):
        services.change_sessions(world.coordinator, opened, everything_off, now=now)
    assert refused.value.code == "session.last_one"


def test_no_session_is_moved_to_a_holiday(world, act, now, opened):
    easter = Asked(SessionDeed.MOVE, from_day=date(2027, 2, 22), until_day=date(2027, 2, 22), shift=Shift(35))
    with pytest.raises(Invalid) as refused, act(world.coordinator):
        services.change_sessions(world.coordinator, opened, easter, now=now)
    assert refused.value.errors["days"][1]["reason"] == "Anden påskedag"


def test_a_new_plan_of_an_open_run_keeps_moves_and_calls_off(world, act, now, everything, opened):
    me = world.coordinator
    plan = DayPlan((date(2027, 2, 8), date(2027, 2, 10)), time(9), time(12))
    with everything() as session:
        module = session.scalars(
            select(func.min(TrackModule.id)).where(TrackModule.track_id == world.track)
        ).one()
        for row in session.scalars(select(CourseSession).where(CourseSession.course_run_id == opened)):
            row.module_id = module
    with act(me):
        preview = queries.plan_preview(me, opened, plan, instead=True)
        assert (len(preview.sessions), preview.moved, preview.called_off) == (2, 1, 2)
        services.plan_sessions(me, opened, plan, instead=True, now=now)
    assert rows(everything, opened) == [
        ("2027-02-10", 9, False, 1),
        ("2027-02-08", 9, False, 0),
        ("2027-02-15", 9, True, 1),
        ("2027-02-22", 9, True, 1),
    ]
    with act(me):
        services.plan_sessions(me, opened, MONDAYS, instead=True, now=now)
    with everything() as session:
        rows_now = session.scalars(select(CourseSession).where(CourseSession.course_run_id == opened))
        assert {row.module_id for row in rows_now} == {module}
    assert [row[2:] for row in rows(everything, opened)] == [(False, 2), (False, 0), (False, 2), (False, 2)]


def test_two_runs_at_one_school_clash_unless_it_has_room(world, act, now, everything, opened):
    me = world.coordinator
    with act(me):
        other = services.create(me, world.track, world.school, FACTS, now=now)
        elsewhere = services.create(me, world.track, world.other_school, FACTS, now=now)
    facts = SessionFacts(date(2027, 2, 8), time(11), time(13), 0)
    clashing = (
        lambda **more: services.plan_sessions(me, other, MONDAYS, now=now, **more),
        lambda **more: services.add_session(me, other, facts, now=now, **more),
    )
    for deed in clashing:
        with pytest.raises(Invalid) as refused, act(me):
            deed()
        code, told = refused.value.errors["room_for_both"]
        assert (code, told["run"]) == ("session.school_busy", "Naboholdet")
    with act(me):
        services.plan_sessions(me, elsewhere, MONDAYS, now=now)
        services.add_session(me, other, SessionFacts(date(2027, 2, 8), time(12), time(13), 0), now=now)
        services.add_session(me, other, SessionFacts(date(2027, 2, 9), time(9), time(13), 0), now=now)
        first, second = (row.id for row in queries.standing(other))
    shift = Shift(-1, time(9), time(10))
    for move in (
        lambda **more: services.save_session(me, first, facts, now=now, **more),
        lambda **more: services.change_sessions(
            me, other, Asked(SessionDeed.MOVE, frozenset({second}), shift=shift, **more), now=now
        ),
    ):
        with pytest.raises(Invalid) as refused, act(me):
            move()
        assert refused.value.errors["room_for_both"][1]["day"] == date(2027, 2, 8)
        with act(me):
            move(room_for_both=True)


def test_a_cancelled_session_comes_back_only_if_its_time_is_free(world, act, now, everything, opened):
    me = world.coordinator
    with act(me):
        first = queries.standing(opened)[0].id
        services.cancel_session(me, first, now=now)
        services.add_session(me, opened, SessionFacts(date(2027, 2, 1), time(10), time(11), 0), now=now)
    with pytest.raises(Refused) as refused, act(me):
        services.restore_session(me, first, now=now)
    assert refused.value.facts == {"day": date(2027, 2, 1)}
