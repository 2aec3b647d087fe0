"""The calendar of an IGU: whole months and years, deadlines, bonuses, the last day, and dated rates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.domain.igu import (
    IguCourse,
    MilestoneKind,
    Rate,
    RateKind,
    after_months,
    after_years,
    last_day,
    milestones,
    rate_on,
    whole_years,
    within_months,
)

TODAY = date(2026, 11, 23)
RATES = (
    Rate(RateKind.BONUS_AFTER_6_MONTHS, 2_000_000, date(2016, 7, 1)),
    Rate(RateKind.BONUS_AFTER_6_MONTHS, 2_500_000, date(2027, 1, 1)),
    Rate(RateKind.BONUS_AFTER_24_MONTHS, 2_000_000, date(2016, 7, 1)),
)


@pytest.mark.parametrize(
    ("day", "months", "within", "after"),
    [
        (date(2026, 8, 15), 1, date(2026, 9, 15), date(2026, 9, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28), date(2026, 3, 1)),
        (date(2024, 1, 31), 1, date(2024, 2, 29), date(2024, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28), date(2025, 3, 1)),
        (date(2024, 2, 29), 48, date(2028, 2, 29), date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28), date(2027, 3, 1)),
        (date(2026, 12, 31), 1, date(2027, 1, 31), date(2027, 1, 31)),
        (date.max, 1, date.max, date.max),
        (date.min, -1, date.min, date.min),
    ],
)
def test_whole_months(day, months, within, after):
    assert within_months(day, months) == within
    assert after_months(day, months) == after


@given(since=st.dates(), years=st.integers(0, 120))
def test_years_and_their_last_day_agree(since, years):
    day = after_years(since, years)
    if day < date.max:
        assert whole_years(since, day) == years
        assert years == 0 or whole_years(since, day - timedelta(days=1)) == years - 1


@pytest.mark.parametrize(
    ("start", "until", "expected"),
    [
        (date(2024, 8, 1), None, date(2026, 7, 31)),
        (date(2024, 2, 29), None, date(2026, 2, 28)),
        (date(2024, 8, 1), date(2026, 12, 31), date(2026, 12, 31)),
        (None, None, None),
    ],
)
def test_the_last_day_of_an_igu(start, until, expected):
    assert last_day(IguCourse(start=start, extended_until=until)) == expected


def states(course: IguCourse, today=TODAY) -> list[tuple[str, date, str]]:
    return [(day.kind.value, day.due, day.state.value) for day in milestones(course, RATES, today)]


@pytest.mark.parametrize(
    ("done_on", "today", "expected"),
    [
        (None, date(2026, 9, 14), ("due", 1)),
        (None, date(2026, 9, 15), ("due", 0)),
        (None, date(2026, 9, 16), ("overdue", -1)),
        (date(2026, 9, 15), TODAY, ("done", -69)),
        (date(2026, 9, 16), TODAY, ("done_late", -69)),
    ],
)
def test_the_agreement_is_due_within_a_month_of_signing(done_on, today, expected):
    course = IguCourse(agreement_signed_on=date(2026, 8, 15), agreement_in_vitas_on=done_on)
    (day,) = milestones(course, RATES, today)
    assert (day.kind, day.due) == (MilestoneKind.AGREEMENT_IN_VITAS, date(2026, 9, 15))
    assert (day.state, day.days) == expected


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 8, 1), date(2026, 8, 31)),
        (date(2026, 8, 15), date(2026, 9, 14)),
        (date(2027, 1, 31), date(2027, 2, 28)),
    ],
)
def test_the_plan_is_due_before_the_first_month_is_over(start, due):
    assert states(IguCourse(start=start))[0][:2] == ("teaching_plan", due)


def test_bonuses_are_for_private_employers_with_the_rate_of_that_day():
    course = IguCourse(start=date(2026, 8, 1), employer_private=True)
    found = {day.kind: day for day in milestones(course, RATES, TODAY)}
    first, last = (
        found[kind] for kind in (MilestoneKind.BONUS_AFTER_6_MONTHS, MilestoneKind.BONUS_AFTER_24_MONTHS)
    )
    assert (first.due, first.amount_ore) == (date(2027, 2, 1), 2_500_000)
    assert (last.due, last.amount_ore) == (date(2028, 8, 1), 2_000_000)
    for private in (False, None):
        kinds = {
            kind for kind, _due, _state in states(IguCourse(start=course.start, employer_private=private))
        }
        assert kinds == {"teaching_plan", "last_day"}


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2016, 6, 30), None),
        (date(2016, 7, 1), 2_000_000),
        (date(2026, 12, 31), 2_000_000),
        (date(2027, 1, 1), 2_500_000),
    ],
)
def test_the_rate_of_a_day(day, amount):
    found = rate_on(RATES, RateKind.BONUS_AFTER_6_MONTHS, day)
    assert (found.amount_ore if found else None) == amount


def test_days_stand_in_the_order_of_the_calendar():
    course = IguCourse(
        start=date(2024, 8, 1),
        extended_until=date(2027, 1, 31),
        employer_private=True,
        agreement_signed_on=date(2024, 7, 1),
        agreement_in_vitas_on=date(2024, 7, 5),
        plan_ready_on=date(2024, 9, 1),
    )
    assert states(course) == [
        ("agreement_in_vitas", date(2024, 8, 1), "done"),
        ("teaching_plan", date(2024, 8, 31), "done_late"),
        ("bonus_after_6_months", date(2025, 2, 1), "passed"),
        ("bonus_after_24_months", date(2026, 8, 1), "passed"),
        ("last_day", date(2027, 1, 31), "ahead"),
    ]


DAY = st.none() | st.dates()


@given(
    course=st.builds(
        IguCourse,
        start=DAY,
        extended_until=DAY,
        employer_private=st.none() | st.booleans(),
        agreement_signed_on=DAY,
        agreement_in_vitas_on=DAY,
        plan_ready_on=DAY,
    ),
    today=st.dates(),
)
def test_no_input_raises(course, today):
    found = milestones(course, RATES, today)
    assert [day.due for day in found] == sorted(day.due for day in found)
