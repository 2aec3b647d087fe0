"""Days and working hours: how people write days, and when people are at work, given the holidays."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coordination.domain.errors import Refused

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SATURDAY = 5
MIDNIGHT = 24
ONE_DAY = timedelta(days=1)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)


def local_day(now: datetime) -> date:
    """The Danish date at an aware moment."""
    return now.astimezone(COPENHAGEN).date()


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """True from Monday to Friday, unless the day is a holiday."""
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(day: date, n: int, holidays: Collection[date]) -> date:
    """The n-th working day after a day (before it, if n is negative); with n = 0 the first one from it on."""
    if n == 0:
        while not is_working_day(day, holidays):
            day += ONE_DAY
        return day
    step = ONE_DAY if n > 0 else -ONE_DAY
    left = abs(n)
    while left:
        day += step
        left -= is_working_day(day, holidays)
    return day


def working_days_between(start: date, end: date, holidays: Collection[date]) -> int:
    """How many working days lie after `start`, up to and including `end`; 0 if `end` is not later."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, holidays) for day in days)


def add_working_hours(
    moment: datetime, hours: int, day_from: int, day_until: int, holidays: Collection[date]
) -> datetime:
    """The moment, in UTC, at which that many working hours have passed since an aware moment.

    Work is done on working days from one full hour to another, Copenhagen time; what lies outside does not
    count. With no hours it is the next moment of work.
    """
    begun, left, day = moment.astimezone(UTC), timedelta(hours=hours), local_day(moment)
    while True:
        if is_working_day(day, holidays):
            start, end = max(begun, at_hour(day, day_from)), at_hour(day, day_until)
            if start + left <= end:
                return start + left
            left -= max(timedelta(), end - start)
        day += ONE_DAY


def at_hour(day: date, hour: int) -> datetime:
    """A full hour, 0 to 24, of a Danish day in UTC; days on which the clocks change are not 24 hours long."""
    midnight = datetime.combine(day + (ONE_DAY if hour == MIDNIGHT else timedelta()), time(), COPENHAGEN)
    return midnight.replace(hour=hour % MIDNIGHT).astimezone(UTC)


def parse_day(text: str) -> date:
    """A date as people write it (2026-12-24, 24-12-2026, 24/12-2026 …); else Refused("day.unreadable")."""
    year_first, day_first = _YEAR_FIRST.fullmatch(text.strip()), _DAY_FIRST.fullmatch(text.strip())
    found = year_first or day_first
    if found is None:
        raise Refused("day.unreadable")
    numbers = [int(digits) for digits in found.groups()]
    year, month, day = numbers if year_first else reversed(numbers)
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused("day.unreadable") from None
