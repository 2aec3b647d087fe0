"""Working days, Danish days and dates as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordination.domain.calendar import (
    COPENHAGEN,
    add_working_days,
    add_working_hours,
    is_working_day,
    local_day,
    parse_day,
    working_days_between,
)
from coordination.domain.errors import Refused

MAUNDY_THURSDAY, GOOD_FRIDAY, EASTER_MONDAY = date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 6)
EASTER = {MAUNDY_THURSDAY, GOOD_FRIDAY, EASTER_MONDAY}
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 4, 1), True),
        (MAUNDY_THURSDAY, False),
        (date(2026, 4, 4), False),
        (date(2026, 4, 5), False),
        (date(2026, 4, 7), True),
    ],
)
def test_weekends_and_holidays_are_no_working_days(day, working):
    assert is_working_day(day, EASTER) is working


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 4, 1), 1, date(2026, 4, 7)),
        (date(2026, 4, 1), 0, date(2026, 4, 1)),
        (GOOD_FRIDAY, 0, date(2026, 4, 7)),
        (GOOD_FRIDAY, 2, date(2026, 4, 8)),
        (date(2026, 4, 7), -1, date(2026, 4, 1)),
    ],
)
def test_working_days_pass_over_easter(day, n, expected):
    assert add_working_days(day, n, EASTER) == expected


def at(month, day, hour, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("moment", "hours", "expected"),
    [
        (at(4, 1, 9), 4, at(4, 1, 13)),
        (at(4, 1, 12, 30), 8, at(4, 7, 12, 30)),  # over Easter
        (at(4, 1, 8), 8, at(4, 1, 16)),  # a whole day ends with the day
        (at(4, 1, 16), 1, at(4, 7, 9)),
        (at(4, 4, 23, 59), 0, at(4, 7, 8)),
        (at(4, 7, 3), 24, at(4, 9, 16)),
        (at(3, 27, 15), 2, at(3, 30, 9)),  # the clocks go forward in between
        (at(10, 23, 15), 2, at(10, 26, 9)),  # and back
    ],
)
def test_working_hours_pass_over_nights_weekends_and_easter(moment, hours, expected):
    assert add_working_hours(moment, hours, 8, 16, EASTER) == expected


def test_a_working_day_may_last_until_midnight():
    assert add_working_hours(at(4, 7, 23), 2, 0, 24, ()) == at(4, 8, 1)


@settings(max_examples=60)
@given(
    moment=st.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    hours=st.integers(1, 240),
    day=st.tuples(st.integers(0, 23), st.integers(0, 23)).map(lambda hours: (min(hours), max(hours) + 1)),
    holidays=st.frozensets(DAYS, max_size=5),
)
def test_working_hours_end_while_people_work_and_later_is_never_sooner(moment, hours, day, holidays):
    end = add_working_hours(moment, hours, *day, holidays)
    last = (end - timedelta(microseconds=1)).astimezone(COPENHAGEN)
    assert is_working_day(last.date(), holidays)
    assert time(day[0]) <= last.time()
    assert last.hour < day[1]
    assert end - moment >= timedelta(hours=hours)
    assert add_working_hours(moment, hours + 1, *day, holidays) >= end + timedelta(hours=1)
    assert add_working_hours(moment + timedelta(minutes=50), hours, *day, holidays) >= end


@settings(max_examples=20, deadline=None)
@given(day=DAYS, n=st.integers(1, 30), holidays=st.frozensets(DAYS, max_size=5))
def test_adding_and_counting_agree(day, n, holidays):
    end = add_working_days(day, n, holidays)
    assert is_working_day(end, holidays)
    assert working_days_between(day, end, holidays) == n


def test_no_working_days_lie_between_a_day_and_an_earlier_one():
    assert working_days_between(date(2026, 4, 7), date(2026, 4, 1), ()) == 0


def test_the_danish_day_begins_before_the_utc_one():
    assert local_day(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert local_day(datetime(2026, 12, 31, 22, 30, tzinfo=UTC)) == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["2026-12-24", "24-12-2026", "24/12/2026", "24/12-2026", " 24.12.2026 "])
def test_dates_are_read_as_people_write_them(text):
    assert parse_day(text) == date(2026, 12, 24)


@pytest.mark.parametrize(
    "text", ["", "24-12-26", "31-02-2026", "2026-24-12", "0000-01-01", "1/1", "i morgen", "٢٤-١٢-٢٠٢٦"]
)
def test_anything_else_is_no_date(text):
    with pytest.raises(Refused, match=r"day\.unreadable"):
        parse_day(text)


@settings(max_examples=20, deadline=None)
@given(day=DAYS)
def test_every_day_can_be_written_and_read(day):
    assert parse_day(f"{day.day}.{day.month}.{day.year}") == parse_day(day.isoformat()) == day
