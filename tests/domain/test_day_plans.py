"""Teaching days as people write them."""

from __future__ import annotations

from datetime import date, time

import pytest

from coordination.domain.course_runs import DayPlan, plan_sessions, skipped_days
from coordination.domain.day_plans import days_of_weeks, days_one_by_one
from coordination.domain.errors import Invalid
from coordination.domain.run_plans import Slot, plan_span, settle_plan

NEW_YEAR = date(2027, 1, 1)


def weeks_of(days):
    return sorted({tuple(day.isocalendar())[:2] for day in days})


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("2-4, 7", [(2026, 2), (2026, 3), (2026, 4), (2026, 7)]),
        ("uge 51 og uge 2–3", [(2026, 51), (2027, 2), (2027, 3)]),
        ("53;1", [(2026, 53), (2027, 1)]),
        ("7\n7", [(2026, 7), (2027, 7)]),
    ],
)
def test_whole_weeks_are_written_by_their_numbers(text, weeks):
    days = days_of_weeks(text, 2026, frozenset())
    assert weeks_of(days) == weeks
    assert {day.weekday() for day in days} == {0, 1, 2, 3, 4}
    assert {day.weekday() for day in days_of_weeks(text, 2026, frozenset({1}))} == {1}


@pytest.mark.parametrize(
    ("text", "year", "field", "code"),
    [
        ("", 2026, "weeks", "plan.no_weeks"),
        ("2-x", 2026, "weeks", "plan.weeks_unreadable"),
        ("4-2", 2026, "weeks", "plan.weeks_unreadable"),
        ("0", 2026, "weeks", "plan.weeks_unreadable"),
        ("53", 2027, "weeks", "plan.no_such_week"),
        ("1-52, 1-52, 1-52, 1-52", 2026, "weeks", "plan.too_many"),
        ("2", None, "year", "plan.year"),
        ("2", 1900, "year", "plan.year"),
    ],
)
def test_weeks_that_cannot_be_are_refused_in_words(text, year, field, code):
    with pytest.raises(Invalid) as refused:
        days_of_weeks(text, year, frozenset())
    assert refused.value.errors[field][0] == code


def test_days_are_written_one_by_one():
    assert days_one_by_one("24-12-2026, 2027-01-01\n4/1-2027;") == (
        date(2026, 12, 24),
        NEW_YEAR,
        date(2027, 1, 4),
    )
    for text, code in ((" ", "plan.no_days"), ("24-12-2026, i morgen", "plan.day_unreadable")):
        with pytest.raises(Invalid) as refused:
            days_one_by_one(text)
        assert refused.value.errors["days"][0] == code
    with pytest.raises(Invalid):
        days_one_by_one("2026-12-24," * 401)


def test_chosen_days_become_sessions_without_the_holidays():
    plan = DayPlan((date(2027, 1, 4), NEW_YEAR, date(2027, 1, 4)), time(9), time(12))
    skipped = {NEW_YEAR: "Nytårsdag"}
    assert [session.day for session in settle_plan(plan, skipped, ())] == [date(2027, 1, 4)]
    assert [day.day for day in skipped_days(plan, skipped)] == [NEW_YEAR]
    assert plan_span(plan) == (NEW_YEAR, date(2027, 1, 4))
    for days, code in (((NEW_YEAR,), "plan.no_sessions"), ((date(1999, 1, 4),), "plan.year")):
        with pytest.raises(Invalid) as refused:
            plan_sessions(DayPlan(days, time(9), time(12)), skipped)
        assert refused.value.errors["days"][0] == code
    with pytest.raises(Invalid) as refused:
        settle_plan(plan, {}, (Slot(date(2027, 1, 4), time(10), time(11)),))
    assert refused.value.errors["days"][0] == "session.overlap"
