"""The pace of a school-hour account: when the target is reached if it goes on like this, and its curve."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from coordination.domain.hours import NOTHING, Factor, Teaching, count, percent_on

EARLY_DAYS = 28  # what four weeks of an IGU tell of two years is nothing
DAYS_OF_WEEK = 7
ONE_DAY = timedelta(days=1)


class PaceState(StrEnum):
    """Whether the school hours of an IGU come in time."""

    NOT_BEGUN = "not_begun"
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    REACHED = "reached"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Pace:
    """Where the hours lead: `day` is the day of reaching the target, in fact or as projected.

    `days_late` counts from the last day of the IGU, negative before it; None where no day can be told.
    `expected` is what the straight line asks for today.
    """

    state: PaceState
    day: date | None
    days_late: int | None
    expected: Fraction

    @property
    def weeks_late(self) -> int:
        """Whole weeks too late, rounded up; 0 in time."""
        return -(-max(self.days_late or 0, 0) // DAYS_OF_WEEK)


@dataclass(frozen=True, slots=True)
class Span:
    """The IGU as the pace sees it: first and last day, and the counted minutes to reach."""

    start: date
    end: date
    target: int

    @property
    def days(self) -> int:
        """Days from the first to the last, both included."""
        return max((self.end - self.start).days + 1, 1)

    def expected(self, day: date) -> Fraction:
        """What the straight line from nothing to the target asks for at the end of a day."""
        gone = min(max((day - self.start).days + 1, 0), self.days)
        return Fraction(self.target * gone, self.days)


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the curve: counted minutes at the end of a day, beside what the straight line asks for."""

    day: date
    counted: Fraction
    expected: Fraction


def pace(counted: Fraction, span: Span, today: date, reached_on: date | None = None) -> Pace:
    """The pace on a day: hours so far spread evenly over the days since the start, carried on as they are."""
    expected = span.expected(today)
    if counted >= span.target:
        return Pace(PaceState.REACHED, reached_on, _late(reached_on, span), expected)
    if today < span.start:
        return Pace(PaceState.NOT_BEGUN, None, None, expected)
    if today > span.end:
        return Pace(PaceState.OVER, None, None, expected)
    gone = (today - span.start).days + 1
    day = _projected(counted, span, gone)
    if gone <= EARLY_DAYS:
        return Pace(PaceState.EARLY, None, None, expected)
    in_time = day is not None and day <= span.end
    return Pace(PaceState.ON_TIME if in_time else PaceState.LATE, day, _late(day, span), expected)


def reached_on(
    teaching: Iterable[Teaching], factors: Sequence[Factor], span: Span, today: date
) -> date | None:
    """The day on which the counted minutes reached the target; None while they have not."""
    for day, counted in _growth(teaching, factors, span, today):
        if counted >= span.target:
            return day
    return None


def curve(
    teaching: Iterable[Teaching], factors: Sequence[Factor], span: Span, today: date
) -> tuple[Point, ...]:
    """The counted minutes at the end of each month of the IGU until today, beside the straight line."""
    grown = list(_growth(teaching, factors, span, today))
    points, at, counted = [], 0, NOTHING
    for day in _month_ends(span.start, min(today, span.end)):
        while at < len(grown) and grown[at][0] <= day:
            at, counted = at + 1, grown[at][1]
        points.append(Point(day, counted, span.expected(day)))
    return tuple(points)


def _growth(
    teaching: Iterable[Teaching], factors: Sequence[Factor], span: Span, today: date
) -> Iterator[tuple[date, Fraction]]:
    """Each teaching day with the counted minutes up to and with it."""
    within = (one for one in teaching if span.start <= one.day <= today and one.attended)
    total = NOTHING
    for one in sorted(within, key=lambda one: one.day):
        total += count(one.attended or 0, percent_on(factors, one.kind, one.day))
        yield one.day, total


def _month_ends(first: date, last: date) -> Iterator[date]:
    """The last day of each month between two days, and the last of the two."""
    day = first
    while day <= last:
        end = min(day.replace(day=monthrange(day.year, day.month)[1]), last)
        yield end
        if end == date.max:
            return
        day = end + ONE_DAY


def _projected(counted: Fraction, span: Span, gone: int) -> date | None:
    """The day the target is reached at this pace; None where that is never, or past every calendar."""
    if counted <= 0:
        return None
    days = -(-span.target * gone // counted)
    try:
        return span.start + timedelta(days=int(days) - 1)
    except OverflowError:
        return None


def _late(day: date | None, span: Span) -> int | None:
    return None if day is None else (day - span.end).days
