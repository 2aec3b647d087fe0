"""School hours outside the runs of this tool: how they are typed, and what cannot be true of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from coordination.domain.errors import Problem, Refused
from coordination.domain.texts import check_fields, problem_in, tidy
from coordination.domain.tracks import TeachingKind

HOUR = 60
PLACE_MOST = 120
MOST_MINUTES = 2000 * HOUR
LONGEST_DAY = 12 * HOUR
_DECIMAL = re.compile(r"(\d{1,4})(?:,(\d{1,2}))?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)", re.ASCII)


@dataclass(frozen=True)
class ElsewhereFacts:
    """What is typed about teaching elsewhere: kind, place, first and last day, and the hours as text."""

    kind: TeachingKind
    place: str
    from_day: date | None
    until_day: date | None
    hours: str


@dataclass(frozen=True)
class Elsewhere:
    """Teaching elsewhere, ready to be stored; minutes attended between two days, both included."""

    kind: TeachingKind
    place: str
    from_day: date
    until_day: date
    minutes: int


def parse_hours(text: str) -> int:
    """Minutes from hours typed as 12, 12,5 or 12:30; Refused("hours.unreadable") for anything else.

    A point is refused: 12.30 means half past to some and three tenths to others.
    """
    decimal, clock = _DECIMAL.fullmatch(text.strip()), _CLOCK.fullmatch(text.strip())
    if clock:
        return int(clock[1]) * HOUR + int(clock[2])
    if decimal is None:
        raise Refused("hours.unreadable")
    part = decimal[2] or "0"
    return round((int(decimal[1]) + Fraction(int(part), 10 ** len(part))) * HOUR)


def settle_elsewhere(facts: ElsewhereFacts, igu_start: date | None, today: date) -> Elsewhere:
    """The teaching as stored; Invalid beside every field that is missing or cannot be true."""
    place = tidy(facts.place)
    minutes, unreadable = _minutes(facts.hours)
    first, last = facts.from_day or date.min, facts.until_day or date.min
    days = (last - first).days + 1
    check_fields(
        {
            "place": problem_in(place, PLACE_MOST, needed=True),
            "from_day": _problem_in_first(facts.from_day, igu_start),
            "until_day": _problem_in_last(facts.from_day, facts.until_day, today),
            "hours": unreadable or _problem_in_minutes(minutes, days),
        }
    )
    return Elsewhere(facts.kind, place, first, last, minutes)


def _minutes(text: str) -> tuple[int, Problem | None]:
    try:
        return parse_hours(text), None
    except Refused as refused:
        return 0, (refused.code, refused.facts)


def _problem_in_first(first: date | None, igu_start: date | None) -> Problem | None:
    if first is None:
        return "hours.no_day", {}
    if igu_start is not None and first < igu_start:
        return "hours.before_start", {"day": igu_start}
    return None


def _problem_in_last(first: date | None, last: date | None, today: date) -> Problem | None:
    if last is None:
        return "hours.no_day", {}
    if first is not None and last < first:
        return "hours.turned_round", {}
    return ("hours.ahead", {}) if last > today else None


def _problem_in_minutes(minutes: int, days: int) -> Problem | None:
    if not 1 <= minutes <= MOST_MINUTES:
        return "hours.range", {"most": MOST_MINUTES // HOUR}
    if days >= 1 and minutes > days * LONGEST_DAY:
        return "hours.too_many", {"days": days, "most": days * LONGEST_DAY // HOUR}
    return None
