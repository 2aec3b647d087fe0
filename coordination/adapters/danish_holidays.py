"""Denmark's official public holidays by date; a school's own closing days are rows, not known here."""

from __future__ import annotations

from datetime import date
from functools import cache

from holidays import country_holidays

NAMES_IN = {"da": "da", "en": "en_US"}


def danish_holidays(first: date, last: date, language: str = "da") -> dict[date, str]:
    """The public holidays from one day to another, both included, each with its name."""
    years = range(first.year, last.year + 1)
    return {day: name for year in years for day, name in _of_year(year, language) if first <= day <= last}


@cache
def _of_year(year: int, language: str) -> tuple[tuple[date, str], ...]:
    found = country_holidays("DK", years=year, language=NAMES_IN.get(language, "da"))
    return tuple(sorted(found.items()))
