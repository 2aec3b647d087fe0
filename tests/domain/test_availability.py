"""Days a candidate cannot come: what may be written, and which sessions of a run they cost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.domain.availability import Clash, Period, UnavailabilityKind, clashes, settle_period
from coordination.domain.errors import Invalid

TODAY = date(2026, 11, 23)  # a Monday
HOLIDAY, LEAVE = UnavailabilityKind.HOLIDAY, UnavailabilityKind.LEAVE
CHRISTMAS = Period(date(2026, 12, 21), date(2027, 1, 3), HOLIDAY)
MONDAYS = [TODAY + timedelta(weeks=week) for week in range(18)]


@pytest.mark.parametrize(
    ("first", "last", "field", "code"),
    [
        (None, TODAY, "from_day", "availability.no_day"),
        (TODAY, None, "until_day", "availability.no_day"),
        (TODAY, TODAY - timedelta(days=1), "until_day", "availability.turned_round"),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), "until_day", "availability.over"),
        (TODAY, TODAY + timedelta(days=1096), "until_day", "availability.too_long"),
        (date(2026, 12, 1), CHRISTMAS.from_day, "from_day", "availability.overlap"),
        (CHRISTMAS.until_day, date(2027, 1, 9), "from_day", "availability.overlap"),
        (date(2026, 12, 24), date(2026, 12, 24), "from_day", "availability.overlap"),
    ],
)
def test_a_period_is_refused_beside_its_day(first, last, field, code):
    with pytest.raises(Invalid) as invalid:
        settle_period(first, last, LEAVE, [CHRISTMAS], TODAY)
    assert invalid.value.errors[field][0] == code


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (TODAY, TODAY),
        (TODAY - timedelta(days=30), TODAY),
        (date(2026, 12, 1), CHRISTMAS.from_day - timedelta(days=1)),
        (CHRISTMAS.until_day + timedelta(days=1), date(2027, 2, 1)),
        (TODAY, TODAY + timedelta(days=27)),
    ],
)
def test_a_period_beside_another_is_taken(first, last):
    assert settle_period(first, last, LEAVE, [CHRISTMAS], TODAY) == Period(first, last, LEAVE)


@pytest.mark.parametrize(
    ("practice", "periods", "found"),
    [
        ([], [], None),
        ([1, 2], [], None),
        ([0], [], Clash(18, 18, (0,), ())),
        ([], [CHRISTMAS], Clash(2, 18, (), (HOLIDAY,))),
        ([0, 4], [CHRISTMAS], Clash(18, 18, (0,), (HOLIDAY,))),
        ([], [CHRISTMAS, Period(TODAY, TODAY, LEAVE)], Clash(3, 18, (), (HOLIDAY, LEAVE))),
        ([], [Period(TODAY + timedelta(days=1), TODAY + timedelta(days=6), LEAVE)], None),
    ],
)
def test_sessions_on_practice_days_and_in_periods_are_counted_once(practice, periods, found):
    assert clashes(MONDAYS, practice, periods) == found


def problems(settle, *given):
    """The fields that were refused; none if what was typed was taken."""
    try:
        settle(*given)
    except Invalid as invalid:
        return set(invalid.errors)
    return set()


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
periods = st.builds(Period, days, days, st.sampled_from(UnavailabilityKind))


@given(st.lists(days), st.sets(st.integers(0, 6)), st.lists(periods))
def test_nothing_raises_and_no_more_is_missed_than_is_taught(sessions, practice, away):
    found = clashes(sessions, practice, away)
    if found:
        assert 1 <= found.missed <= found.sessions == len(sessions)
        assert found.weekdays or found.kinds
    else:
        assert not any(day.weekday() in practice for day in sessions)


@given(st.none() | st.dates(), st.none() | st.dates(), st.lists(periods), st.dates())
def test_any_period_is_taken_or_refused_beside_a_field(first, last, others, today):
    refused = problems(settle_period, first, last, HOLIDAY, others, today)
    if refused:
        assert refused <= {"from_day", "until_day"}
    else:
        real = [one for one in others if one.from_day <= one.until_day]
        assert first <= last
        assert all(one.until_day < first or one.from_day > last for one in real)
