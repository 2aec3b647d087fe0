"""The pace of an hour account: on the line, ahead, behind, not begun, reached, over; and its curve."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.domain.hours import Factor, Teaching
from coordination.domain.pace import Pace, PaceState, Span, curve, pace, reached_on
from coordination.domain.tracks import TeachingKind

START = date(2026, 1, 1)
SPAN = Span(START, date(2027, 12, 31), 730 * 60)
"""Two years of 730 days: an hour of school a day is exactly the pace."""
FACTORS = (Factor(TeachingKind.DANISH, 200, date(2016, 7, 1)),)


def on_day(number: int) -> date:
    """The n-th day of the IGU."""
    return START + timedelta(days=number - 1)


def hours(number) -> Fraction:
    return Fraction(number) * 60


@pytest.mark.parametrize(
    ("day", "counted", "state", "reached", "late"),
    [
        (0, 0, PaceState.NOT_BEGUN, None, None),
        (1, 0, PaceState.EARLY, None, None),
        (28, 28, PaceState.EARLY, None, None),
        (29, 29, PaceState.ON_TIME, 730, 0),
        (100, 100, PaceState.ON_TIME, 730, 0),
        (100, 200, PaceState.ON_TIME, 365, -365),
        (100, 0, PaceState.LATE, None, None),
        (100, 99, PaceState.LATE, 738, 8),
        (100, Fraction(1, 10**9), PaceState.LATE, None, None),
        (365, 180, PaceState.LATE, 1481, 751),
        (730, 729, PaceState.LATE, 732, 2),
        (731, 729, PaceState.OVER, None, None),
        (731, 730, PaceState.REACHED, None, None),
    ],
)
def test_the_pace_is_a_straight_line_carried_on(day, counted, state, reached, late):
    found = pace(hours(counted), SPAN, on_day(day))
    assert (found.state, found.days_late) == (state, late)
    assert found.day == (reached and on_day(reached))


@pytest.mark.parametrize(("late", "weeks"), [(None, 0), (-8, 0), (0, 0), (1, 1), (7, 1), (8, 2), (42, 6)])
def test_weeks_too_late_are_rounded_up(late, weeks):
    assert Pace(PaceState.LATE, START, late, Fraction(0)).weeks_late == weeks


def test_what_the_line_asks_for_grows_from_the_first_day_to_the_last():
    assert SPAN.expected(on_day(0)) == 0
    assert SPAN.expected(on_day(1)) == 60
    assert SPAN.expected(on_day(365)) == 365 * 60
    assert SPAN.expected(on_day(730)) == SPAN.expected(date.max) == SPAN.target


def taught(number, minutes, kind=TeachingKind.AMU):
    return Teaching("Hold", kind, on_day(number), minutes, minutes)


def test_the_target_is_reached_on_the_day_that_made_it_full():
    lessons = [taught(90, 200), taught(10, 300), taught(50, 50, TeachingKind.DANISH)]
    span = Span(START, SPAN.end, 400)
    assert reached_on(lessons, FACTORS, span, on_day(100)) == on_day(50)
    assert reached_on(lessons, FACTORS, span, on_day(49)) is None
    assert reached_on([taught(-5, 500)], FACTORS, span, on_day(49)) is None


def test_the_curve_has_a_point_for_each_month_and_one_for_today():
    lessons = [taught(10, 300), taught(40, 60, TeachingKind.DANISH), taught(80, 300)]
    points = curve(lessons, FACTORS, SPAN, date(2026, 3, 5))
    assert [(point.day, point.counted) for point in points] == [
        (date(2026, 1, 31), 300),
        (date(2026, 2, 28), 420),
        (date(2026, 3, 5), 420),
    ]
    assert points[0].expected == 31 * 60
    assert curve(lessons, FACTORS, SPAN, on_day(0)) == ()


days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
spans = st.builds(
    lambda start, length, target: Span(start, start + timedelta(days=length), target),
    days,
    st.integers(0, 2000),
    st.integers(0, 10**6),
)
counts = st.fractions(0, 10**6)
lessons = st.lists(
    st.builds(
        Teaching,
        st.just("A"),
        st.sampled_from(TeachingKind),
        days,
        st.integers(0, 500),
        st.none() | st.integers(0, 500),
    ),
    max_size=12,
)


@given(counts, spans, st.dates())
def test_no_pace_raises_and_more_hours_are_never_later(counted, span, today):
    found, better = pace(counted, span, today), pace(counted + 60, span, today)
    if found.day and better.day:
        assert better.day <= found.day
    if found.state is PaceState.ON_TIME:
        assert better.state in {PaceState.ON_TIME, PaceState.REACHED}
        assert counted >= found.expected


@given(lessons, spans, days)
def test_no_curve_raises_falls_or_disagrees_with_the_day_of_the_target(teaching, span, today):
    points = curve(teaching, FACTORS, span, today)
    assert [point.counted for point in points] == sorted(point.counted for point in points)
    assert len(points) < 100
    full = reached_on(teaching, FACTORS, span, min(today, span.end))
    assert not points or (points[-1].counted >= span.target) == (full is not None) or span.target == 0
