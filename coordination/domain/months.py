"""Months as a calendar shows them: whole weeks from Monday to Sunday, and the way to the next one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from coordination.domain.course_runs import YEARS

DECEMBER = 12
_WRITTEN = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True)
class Month:
    """One month of the years a plan may lie in."""

    year: int
    number: int  # from 1 to 12

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    @property
    def weeks(self) -> tuple[tuple[date, ...], ...]:
        """Every week that has a day of the month, Monday first; days of its neighbours fill the edges."""
        monday = self.first - timedelta(days=self.first.weekday())
        count = (self.last - monday).days // 7 + 1
        return tuple(
            tuple(monday + timedelta(days=7 * week + day) for day in range(7)) for week in range(count)
        )

    @property
    def before(self) -> Month | None:
        """The month before it; None where the years of plans begin."""
        return _within(self.year - 1, DECEMBER) if self.number == 1 else Month(self.year, self.number - 1)

    @property
    def after(self) -> Month | None:
        """The month after it; None where the years of plans end."""
        return _within(self.year + 1, 1) if self.number == DECEMBER else Month(self.year, self.number + 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"


def month_of(day: date) -> Month:
    """The month a day lies in."""
    return Month(day.year, day.month)


def read_month(text: str, today: date) -> Month:
    """The month written as 2026-11; this month for anything else, or beyond the years of plans."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return month_of(today)
    year, number = int(found[1]), int(found[2])
    known = year in YEARS and 1 <= number <= DECEMBER
    return Month(year, number) if known else month_of(today)


def _within(year: int, number: int) -> Month | None:
    return Month(year, number) if year in YEARS else None
