"""When a candidate cannot come to school, and how many sessions of a run that concerns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coordination.domain.errors import Invalid, Problem


class UnavailabilityKind(StrEnum):
    """Why a candidate cannot come; never a diagnosis."""

    HOLIDAY = "holiday"
    LEAVE = "leave"
    PRACTICE = "practice"
    OTHER_COURSE = "other_course"
    APPOINTMENT = "appointment"
    OTHER = "other"


LONGEST = timedelta(days=3 * 365)  # an IGU with its extension; a longer period is a slip of the pen


@dataclass(frozen=True)
class Period:
    """Days, both included, on which a candidate cannot come."""

    from_day: date
    until_day: date
    kind: UnavailabilityKind


@dataclass(frozen=True)
class Clash:
    """How many of a run's sessions a candidate cannot come to, and why; practice by weekday, 0 is Monday."""

    missed: int
    sessions: int
    weekdays: tuple[int, ...]
    kinds: tuple[UnavailabilityKind, ...]


def settle_period(
    from_day: date | None,
    until_day: date | None,
    kind: UnavailabilityKind,
    others: Iterable[Period],
    today: date,
) -> Period:
    """A new period; Invalid beside the day that is missing, turned round, over, or already taken."""
    if from_day is None or until_day is None:
        missing = {"from_day": from_day, "until_day": until_day}
        raise Invalid({field: "availability.no_day" for field, day in missing.items() if day is None})
    if problem := _problem_in_days(from_day, until_day, today):
        raise Invalid({"until_day": problem})
    for other in sorted(others, key=lambda other: other.from_day):
        if other.from_day <= until_day and from_day <= other.until_day:
            facts: dict[str, object] = {"first": other.from_day, "last": other.until_day, "kind": other.kind}
            raise Invalid({"from_day": ("availability.overlap", facts)})
    return Period(from_day, until_day, kind)


def clashes(
    sessions: Sequence[date], practice_days: Collection[int], periods: Collection[Period]
) -> Clash | None:
    """The sessions that fall on a weekly practice day or in a period; None where all are free."""
    weekdays, kinds, missed = Counter[int](), Counter[UnavailabilityKind](), 0
    for day in sessions:
        on_practice = day.weekday() in practice_days
        away = {period.kind for period in periods if period.from_day <= day <= period.until_day}
        weekdays.update([day.weekday()] if on_practice else [])
        kinds.update(away)
        missed += on_practice or bool(away)
    if not missed:
        return None
    order = list(UnavailabilityKind)
    return Clash(missed, len(sessions), tuple(sorted(weekdays)), tuple(sorted(kinds, key=order.index)))


def _problem_in_days(from_day: date, until_day: date, today: date) -> Problem | None:
    if until_day < from_day:
        return "availability.turned_round", {}
    if until_day < today:
        return "availability.over", {}
    if until_day - from_day > LONGEST:
        return "availability.too_long", {}
    return None
