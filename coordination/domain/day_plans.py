"""Teaching days as people write them: week numbers such as 2-4, 7, or single dates."""

from __future__ import annotations

import re
from datetime import date, timedelta

from coordination.domain.calendar import parse_day
from coordination.domain.course_runs import MAX_SESSIONS, YEARS
from coordination.domain.errors import Invalid, Refused

WORKING_WEEK = frozenset(range(5))
MOST_WEEKS = 160
_SPAN = re.compile(r"(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?", re.ASCII)
_BETWEEN_WEEKS = re.compile(r"[,;.\n]|\bog\b|\band\b")
_BETWEEN_DAYS = re.compile(r"[,;\n]")


def days_of_weeks(text: str, year: int | None, weekdays: frozenset[int]) -> tuple[date, ...]:
    """The days of whole weeks, Monday to Friday unless weekdays are given; Invalid beside `weeks` or `year`.

    Weeks are written as 2-4, 7; after the last week of a year the count goes on in the next, so 51, 2-3 from
    2026 ends in 2027.
    """
    if year is None or year not in YEARS:
        raise Invalid({"year": "plan.year"})
    found: list[date] = []
    latest = 0
    for first, last in _spans(text):
        if first <= latest:
            year += 1
        latest = last
        found += [_monday(year, week) for week in range(first, last + 1)]
        if len(found) > MOST_WEEKS:
            raise Invalid({"weeks": ("plan.too_many", {"most": MAX_SESSIONS})})
    chosen = sorted(weekdays or WORKING_WEEK)
    return tuple(monday + timedelta(days=weekday) for monday in found for weekday in chosen)


def days_one_by_one(text: str) -> tuple[date, ...]:
    """Dates written one after the other; Invalid beside `days` naming the one that cannot be read."""
    pieces = [piece.strip() for piece in _BETWEEN_DAYS.split(text) if piece.strip()]
    if not pieces:
        raise Invalid({"days": "plan.no_days"})
    if len(pieces) > MAX_SESSIONS:
        raise Invalid({"days": ("plan.too_many", {"most": MAX_SESSIONS})})
    return tuple(_day(piece) for piece in pieces)


def _day(piece: str) -> date:
    try:
        return parse_day(piece)
    except Refused:
        raise Invalid({"days": ("plan.day_unreadable", {"text": piece[:40]})}) from None


def _spans(text: str) -> list[tuple[int, int]]:
    pieces = [
        piece.strip() for piece in _BETWEEN_WEEKS.split(text.lower().replace("uge", "")) if piece.strip()
    ]
    if not pieces:
        raise Invalid({"weeks": "plan.no_weeks"})
    return [_span(piece) for piece in pieces]


def _span(piece: str) -> tuple[int, int]:
    written = _SPAN.fullmatch(piece)
    if written is None:
        raise Invalid({"weeks": ("plan.weeks_unreadable", {"text": piece[:40]})})
    first = int(written[1])
    last = int(written[2]) if written[2] else first
    if first < 1 or last < first:
        raise Invalid({"weeks": ("plan.weeks_unreadable", {"text": piece[:40]})})
    return first, last


def _monday(year: int, week: int) -> date:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        raise Invalid({"weeks": ("plan.no_such_week", {"week": week, "year": year})}) from None
