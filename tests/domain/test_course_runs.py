"""Moves of a course run, its sessions, its sizes and the dates of the next one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.domain.course_runs import (
    MOVES,
    PlannedSession,
    RunDeed,
    RunState,
    SessionPlan,
    SkippedDay,
    check_sizes,
    deeds,
    may_open,
    move,
    next_start,
    plan_sessions,
    session_minutes,
    shifted,
    shortfall,
    skipped_days,
    state_by_date,
    total_minutes,
)
from coordination.domain.errors import Invalid, Refused

TUESDAY, THURSDAY = 1, 3
ASCENSION = date(2026, 5, 14)  # a Thursday
HOLIDAYS = {ASCENSION: "Kristi himmelfartsdag", date(2026, 5, 25): "2. pinsedag"}
PLAN = SessionPlan(
    starts_on=date(2026, 5, 5),
    weekdays=frozenset({TUESDAY, THURSDAY}),
    start_time=time(8, 15),
    end_time=time(14, 30),
    break_minutes=45,
    count=5,
)
FIRST, LAST = date(2026, 5, 5), date(2026, 5, 21)


def session(day, start_time=time(8), end_time=time(14)):
    return PlannedSession(day, start_time, end_time, 360)


def days_of(sessions):
    return [planned.day for planned in sessions]


def errors_of(plan):
    with pytest.raises(Invalid) as invalid:
        plan_sessions(plan, HOLIDAYS)
    return {field: code for field, (code, _) in invalid.value.errors.items()}


def test_a_run_moves_from_draft_to_evaluated():
    state = RunState.DRAFT
    for deed in (RunDeed.OPEN, RunDeed.CONFIRM, RunDeed.START, RunDeed.END, RunDeed.EVALUATE):
        state = move(state, deed)
    assert state is RunState.EVALUATED
    assert deeds(state) == set()


def test_every_move_outside_the_table_is_refused():
    for state, deed in set(product(RunState, RunDeed)) - set(MOVES):
        with pytest.raises(Refused) as refused:
            move(state, deed)
        assert refused.value.facts == {"state": state, "deed": deed}


def test_a_run_can_be_cancelled_until_it_has_ended():
    assert {state for state in RunState if RunDeed.CANCEL in deeds(state)} == {
        RunState.DRAFT,
        RunState.OPEN,
        RunState.CONFIRMED,
        RunState.RUNNING,
    }


@pytest.mark.parametrize(
    ("state", "today", "after"),
    [
        (RunState.CONFIRMED, FIRST - timedelta(days=1), RunState.CONFIRMED),
        (RunState.CONFIRMED, FIRST, RunState.RUNNING),
        (RunState.RUNNING, LAST, RunState.RUNNING),
        (RunState.RUNNING, LAST + timedelta(days=1), RunState.ENDED),
        (RunState.CONFIRMED, LAST + timedelta(days=1), RunState.ENDED),
        (RunState.OPEN, LAST + timedelta(days=1), RunState.OPEN),
        (RunState.CANCELLED, FIRST, RunState.CANCELLED),
    ],
)
def test_the_calendar_begins_and_ends_a_run(state, today, after):
    assert state_by_date(state, FIRST, LAST, today) is after


def test_a_run_without_sessions_stays_as_it_is():
    assert state_by_date(RunState.CONFIRMED, None, None, FIRST) is RunState.CONFIRMED


def test_a_run_opens_when_every_change_is_decided():
    may_open(undecided=0, sessions=12)
    with pytest.raises(Refused) as refused:
        may_open(undecided=2, sessions=12)
    assert (refused.value.code, refused.value.facts) == ("run.changes_undecided", {"count": 2})
    with pytest.raises(Refused, match=r"run\.no_sessions"):
        may_open(undecided=0, sessions=0)


@pytest.mark.parametrize(
    ("minimum", "capacity", "held", "field", "code"),
    [
        (0, 16, 0, "minimum", "run.minimum_too_low"),
        (12, 11, 0, "capacity", "run.capacity_below_minimum"),
        (12, 101, 0, "capacity", "run.capacity_too_high"),
        (8, 12, 13, "capacity", "run.capacity_below_held"),
    ],
)
def test_sizes_that_cannot_hold(minimum, capacity, held, field, code):
    with pytest.raises(Invalid) as invalid:
        check_sizes(minimum, capacity, held)
    assert invalid.value.errors[field][0] == code


def test_minimum_may_equal_capacity():
    check_sizes(16, 16, held=16)


@pytest.mark.parametrize(("held", "lacking"), [(9, 3), (12, 0), (14, 0)])
def test_a_run_below_its_minimum_lacks_participants(held, lacking):
    assert shortfall(12, held) == lacking


def test_sessions_lie_on_the_weekdays_and_skip_holidays():
    sessions = plan_sessions(PLAN, HOLIDAYS)
    assert days_of(sessions) == [date(2026, 5, day) for day in (5, 7, 12, 19, 21)]
    assert skipped_days(PLAN, HOLIDAYS) == (SkippedDay(ASCENSION, "Kristi himmelfartsdag"),)
    assert total_minutes(sessions) == 5 * 330


def test_a_plan_up_to_a_day_includes_that_day():
    plan = replace(PLAN, count=None, ends_on=ASCENSION)
    assert days_of(plan_sessions(plan, HOLIDAYS)) == [date(2026, 5, day) for day in (5, 7, 12)]
    assert days_of(skipped_days(plan, HOLIDAYS)) == [ASCENSION]


def test_a_number_and_a_last_day_stop_at_whichever_comes_first():
    assert len(plan_sessions(replace(PLAN, ends_on=date(2026, 5, 7)), HOLIDAYS)) == 2
    assert len(plan_sessions(replace(PLAN, ends_on=date(2027, 5, 7)), HOLIDAYS)) == 5


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"weekdays": frozenset()}, {"weekdays": "plan.no_weekday"}),
        ({"weekdays": frozenset({7})}, {"weekdays": "plan.no_weekday"}),
        ({"count": None}, {"ends_on": "plan.no_end"}),
        ({"ends_on": date(2026, 5, 4)}, {"ends_on": "plan.end_before_start"}),
        ({"ends_on": date(9999, 12, 31)}, {"ends_on": "plan.year"}),
        ({"starts_on": date(226, 5, 5)}, {"starts_on": "plan.year"}),
        ({"count": 0}, {"count": "plan.no_sessions"}),
        ({"count": 401}, {"count": "plan.too_many"}),
        ({"count": None, "ends_on": date(2036, 5, 5)}, {"ends_on": "plan.too_many"}),
        ({"starts_on": ASCENSION, "ends_on": ASCENSION}, {"ends_on": "plan.no_sessions"}),
        ({"end_time": time(8, 15)}, {"end_time": "session.end_before_start"}),
        ({"break_minutes": 375}, {"break_minutes": "session.break"}),
        ({"break_minutes": -1}, {"break_minutes": "session.break"}),
        (
            {"weekdays": frozenset(), "end_time": time(8)},
            {"weekdays": "plan.no_weekday", "end_time": "session.end_before_start"},
        ),
    ],
)
def test_an_impossible_plan_is_told_beside_its_fields(changes, errors):
    assert errors_of(replace(PLAN, **changes)) == errors


@settings(max_examples=20, deadline=None)
@given(
    starts_on=st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    count=st.integers(1, 40),
    off=st.frozensets(st.integers(0, 60), max_size=10),
)
def test_a_plan_has_its_number_of_sessions_in_order_on_its_weekdays(starts_on, weekdays, count, off):
    skipped = {starts_on + timedelta(days=n): "fri" for n in off}
    plan = replace(PLAN, starts_on=starts_on, weekdays=weekdays, count=count)
    days = days_of(plan_sessions(plan, skipped))
    assert len(days) == count
    assert days == sorted(set(days))
    assert {day.weekday() for day in days} <= weekdays
    assert not set(days) & set(skipped)
    between = {starts_on + timedelta(days=n) for n in range((days[-1] - starts_on).days)}
    passed_over = {day for day in between - set(days) if day.weekday() in weekdays}
    assert passed_over == set(days_of(skipped_days(plan, skipped)))


def test_minutes_of_a_session_leave_out_the_break():
    assert session_minutes(time(8, 45), time(12, 15), 30) == 180


@pytest.mark.parametrize(
    ("wanted", "start"),
    [
        (date(2026, 8, 4), date(2026, 8, 4)),
        (date(2026, 8, 5), date(2026, 8, 11)),
        (date(2026, 8, 10), date(2026, 8, 11)),
    ],
)
def test_the_next_run_starts_on_the_same_weekday(wanted, start):
    assert next_start(date(2026, 5, 5), wanted) == start


def test_the_next_run_keeps_weekdays_gaps_and_times():
    old = [
        session(date(2026, 1, 6)),
        session(date(2026, 1, 8)),
        session(date(2026, 1, 20), time(12), time(18)),
    ]
    new = shifted(old, date(2026, 3, 1))
    assert days_of(new) == [date(2026, 3, 3), date(2026, 3, 5), date(2026, 3, 17)]
    assert new[2].start_time == time(12)


def test_a_holiday_moves_a_session_on_and_pushes_only_what_collides():
    old = [session(date(2026, 1, day)) for day in (6, 8, 20)]
    new = shifted(old, date(2026, 5, 12), HOLIDAYS)
    assert days_of(new) == [date(2026, 5, 12), date(2026, 5, 19), date(2026, 5, 26)]
    old = [session(date(2026, 1, day)) for day in (6, 8, 13)]
    new = shifted(old, date(2026, 5, 12), HOLIDAYS)
    assert days_of(new) == [date(2026, 5, 12), date(2026, 5, 19), date(2026, 5, 21)]


def test_two_sessions_of_one_day_stay_together():
    morning, noon = session(date(2026, 1, 8)), session(date(2026, 1, 8), time(12), time(15))
    assert days_of(shifted([noon, morning], ASCENSION, HOLIDAYS)) == [date(2026, 5, 21)] * 2


def test_an_earlier_run_without_sessions_gives_none():
    assert shifted([], date(2026, 5, 5)) == ()


@settings(max_examples=20, deadline=None)
@given(
    offsets=st.lists(st.integers(0, 60), min_size=1, max_size=20),
    new_start=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    off=st.frozensets(st.integers(0, 60), max_size=10),
)
def test_the_next_run_has_as_many_days_on_the_same_weekdays(offsets, new_start, off):
    old = [session(date(2025, 1, 1) + timedelta(days=n)) for n in offsets]
    skipped = {new_start + timedelta(days=n) for n in off}
    new = shifted(old, new_start, skipped)
    assert len(new) == len(old)
    assert min(days_of(new)) >= new_start
    assert len(set(days_of(new))) == len(set(days_of(old)))
    assert {day.weekday() for day in days_of(new)} <= {day.weekday() for day in days_of(old)}
    assert not set(days_of(new)) & skipped
