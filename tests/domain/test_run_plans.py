"""What may be written about a run, which sessions collide, and what the next run takes over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from coordination.domain.course_runs import PlannedSession, RunState, SessionPlan
from coordination.domain.errors import Invalid, Refused
from coordination.domain.reserved import Reservation
from coordination.domain.run_plans import (
    RunFacts,
    RunSpan,
    SessionFacts,
    Slot,
    check_plannable,
    collisions,
    next_facts,
    next_span,
    next_title,
    plan_span,
    settle_cancel_reason,
    settle_next,
    settle_plan,
    settle_run,
    settle_session,
)

RUN = RunFacts("Køkkenhold 1", 12, 16, date(2026, 11, 10))
MONDAYS = SessionPlan(date(2026, 11, 23), frozenset({0}), time(9), time(14), 30, ends_on=date(2026, 12, 14))
TODAY = date(2026, 10, 1)
SPAN = RunSpan(date(2026, 11, 23), date(2026, 12, 14), {1: 14})
MONDAY = SessionFacts(date(2026, 11, 23), time(9), time(14), 30)


def slot(day, start=9, end=14, *, cancelled=False):
    return Slot(day, time(start), time(end), cancelled)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"title": " "}, "title", "text.missing"),
        ({"title": "x" * 121}, "title", "text.too_long"),
        ({"minimum": 17}, "capacity", "run.capacity_below_minimum"),
        ({"capacity": 13}, "capacity", "run.capacity_below_held"),
        ({"decide_by": date(2026, 11, 24)}, "decide_by", "run.decide_after_start"),
        ({"substitutes_until": date(2026, 12, 15)}, "substitutes_until", "run.substitutes_after_end"),
        ({"warn_days": 61}, "warn_days", "run.warn_days"),
        ({"price_ore": 10**9 + 1}, "price", "run.price"),
        ({"reserved": (Reservation(2, 17),)}, "reserved", "run.reserved_above_capacity"),
        ({"reserved": (Reservation(2, 3),)}, "reserved", "run.reserved_above_free"),
        (
            {"reserved": (Reservation(1, 3, date(2026, 11, 24)),)},
            "release_1",
            "run.release_after_start",
        ),
    ],
)
def test_a_run_is_refused_beside_its_field(change, field, code):
    with pytest.raises(Invalid) as refused:
        settle_run(replace(RUN, **change), TODAY, SPAN)
    assert refused.value.errors[field][0] == code


def test_a_run_is_tidied_and_may_be_decided_on_its_first_day():
    assert settle_run(replace(RUN, title=" Køkkenhold 1\n"), TODAY) == RUN
    last_moment = replace(RUN, decide_by=date(2026, 11, 23), reserved=(Reservation(1, 0), Reservation(1, 9)))
    assert settle_run(last_moment, TODAY, SPAN).reserved == (Reservation(1, 9),)


@pytest.mark.parametrize("state", RunState)
def test_the_plan_is_closed_once_the_run_is_over(state):
    if state in {RunState.ENDED, RunState.EVALUATED, RunState.CANCELLED}:
        with pytest.raises(Refused):
            check_plannable(state)
    else:
        check_plannable(state)


@pytest.mark.parametrize(
    ("taken", "days"),
    [
        (slot(date(2026, 11, 23), 8, 10), 1),
        (slot(date(2026, 11, 23), 14, 16), 0),
        (slot(date(2026, 11, 23), 7, 9), 0),
        (slot(date(2026, 11, 24)), 0),
        (slot(date(2026, 11, 23), cancelled=True), 1),
        (slot(date(2026, 11, 23), 10, 12, cancelled=True), 0),
    ],
)
def test_a_session_collides_with_time_already_taken(taken, days):
    planned = [PlannedSession(MONDAY.day, MONDAY.start_time, MONDAY.end_time, 270)]
    assert len(collisions(planned, [taken])) == days


def test_a_plan_beside_sessions_the_run_has():
    assert len(settle_plan(MONDAYS, {date(2026, 12, 7): "Lukket"}, [])) == 3
    with pytest.raises(Invalid) as refused:
        settle_plan(MONDAYS, {}, [slot(date(2026, 11, 30)), slot(date(2026, 12, 7))])
    assert refused.value.errors["starts_on"] == (
        "session.overlap",
        {"count": 2, "day": date(2026, 11, 30)},
    )
    with pytest.raises(Invalid) as refused:
        settle_plan(MONDAYS, {}, [slot(date(2020, 1, 1))] * 397)
    assert refused.value.errors["ends_on"][0] == "plan.too_many"


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"day": date(1999, 1, 1)}, "day", "plan.year"),
        ({"end_time": time(8)}, "end_time", "session.end_before_start"),
        ({"break_minutes": 300}, "break_minutes", "session.break"),
        ({"day": date(2026, 11, 30)}, "day", "session.same_time"),
    ],
)
def test_one_session_is_refused_beside_its_field(change, field, code):
    with pytest.raises(Invalid) as refused:
        settle_session(replace(MONDAY, **change), [slot(date(2026, 11, 30))])
    assert refused.value.errors[field][0] == code


def test_one_session_has_its_minutes():
    assert settle_session(MONDAY, []).minutes == 270


def test_a_cancellation_needs_a_reason():
    assert settle_cancel_reason(" For få ") == "For få"
    for reason in ("", "x" * 301):
        with pytest.raises(Invalid):
            settle_cancel_reason(reason)


def test_the_span_of_a_plan_stays_in_sensible_years():
    assert plan_span(MONDAYS) == (date(2026, 11, 23), date(2026, 12, 14))
    assert plan_span(replace(MONDAYS, starts_on=date(1900, 1, 1), ends_on=date(1900, 1, 2))) == (
        date(2000, 1, 1),
        date(2000, 1, 1),
    )
    first, last = plan_span(replace(MONDAYS, ends_on=None, count=400))
    assert (last - first).days > 400 * 7


def test_the_next_run_keeps_the_pattern_and_tells_what_it_passed_over():
    earlier = [PlannedSession(date(2026, 11, day), time(9), time(14), 270) for day in (2, 9, 16)]
    off = {date(2026, 12, 28): "Lukket", date(2026, 12, 29): "Lukket"}
    moved, passed = settle_next(earlier, date(2026, 12, 16), off)
    mondays = [date(2026, 12, 21), date(2027, 1, 4), date(2027, 1, 11)]
    assert [session.day for session in moved] == mondays
    assert [day.day for day in passed] == [date(2026, 12, 28)]
    assert next_span(earlier, date(2026, 12, 16))[1] > moved[-1].day
    with pytest.raises(Invalid):
        next_span(earlier, date(1999, 1, 1))
    assert settle_next([], date(2026, 12, 16), off) == ((), ())


def test_every_day_of_the_next_run_lies_as_long_before_its_start():
    earlier, start = date(2026, 11, 2), date(2027, 1, 4)
    facts = replace(
        RUN,
        decide_by=date(2026, 10, 19),
        reserved=(Reservation(1, 3, date(2026, 10, 26)), Reservation(2, 2)),
        price_ore=5,
    )
    found = next_facts(facts, "Næste", earlier, start)
    assert (found.title, found.decide_by, found.price_ore) == ("Næste", date(2026, 12, 21), 5)
    assert found.reserved == (Reservation(1, 3, date(2026, 12, 28)), Reservation(2, 2))
    assert found.substitutes_until is None
    unplanned = next_facts(facts, "Næste", earlier, None)
    assert (unplanned.decide_by, unplanned.reserved) == (None, facts.reserved)


@pytest.mark.parametrize(
    ("title", "suggestion"),
    [("Køkkenhold 1", "Køkkenhold 2"), ("Køkken 2026-09", "Køkken 2026-10"), ("Køkken", "Køkken 2")],
)
def test_a_name_is_suggested_for_the_next_run(title, suggestion):
    assert next_title(title) == suggestion
