"""Why a person may be shared with the partnership and the schools, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from coordination.domain.errors import Invalid

if TYPE_CHECKING:
    from datetime import date, datetime

    from coordination.domain.errors import Problem

USUAL_YEARS = 2
MOST_YEARS = 5
WARNED_BEFORE = timedelta(days=21)
"""So long before the last day the caseworker is told."""


class LegalBasis(StrEnum):
    """What allows the sharing of a nomination."""

    INFORMED = "informed"
    CONSENT = "consent"


@dataclass(frozen=True)
class Basis:
    """What allows the sharing, the day it was given, and the last day it holds."""

    kind: LegalBasis
    given_on: date
    until: date


def usual_end(given_on: date) -> date:
    """The last day that is proposed: two years after the day it was given."""
    return _years_after(given_on, USUAL_YEARS)


def settle_basis(kind: str | None, given_on: date | None, until: date | None, today: date) -> Basis:
    """A basis that holds today; without a last day it lasts two years.

    Invalid beside `basis`, `basis_given_on`, `basis_until`: nothing chosen, a day to come, an end before the
    beginning or before today, or more than five years.
    """
    errors: dict[str, Problem] = {}
    if kind not in set(LegalBasis):
        errors["basis"] = ("basis.no_kind", {})
    if given_on is None:
        errors["basis_given_on"] = ("basis.no_day", {})
    elif given_on > today:
        errors["basis_given_on"] = ("basis.future", {})
    elif problem := _problem_of_end(given_on, until or usual_end(given_on), today):
        errors["basis_until"] = problem
    if errors or kind is None or given_on is None:
        raise Invalid(errors)
    return Basis(LegalBasis(kind), given_on, until or usual_end(given_on))


def is_open(until: date | None, withdrawn_at: datetime | None, today: date) -> bool:
    """True while the person may be shared: the last day is included, a withdrawal ends it at once."""
    return until is not None and until >= today and withdrawn_at is None


def ends_soon(until: date | None, withdrawn_at: datetime | None, today: date) -> bool:
    """True if the sharing is open and ends within three weeks."""
    return is_open(until, withdrawn_at, today) and until is not None and until - today <= WARNED_BEFORE


def _problem_of_end(given_on: date, until: date, today: date) -> Problem | None:
    if until < given_on:
        return "basis.ends_before", {}
    if until < today:
        return "basis.over", {}
    if until > _years_after(given_on, MOST_YEARS):
        return "basis.too_long", {"years": MOST_YEARS}
    return None


def _years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 28 where the year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
