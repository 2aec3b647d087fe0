"""What an hour of a teaching kind counts: a dated factor, typed as people write it, with its source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coordination.domain.errors import Problem, Refused
from coordination.domain.hours import WHOLE, Factor
from coordination.domain.texts import check_fields, problem_in, tidy
from coordination.domain.tracks import TeachingKind

SOURCE_MOST = 200
MOST_PERCENT = 10 * WHOLE
EARLIEST = date(2016, 7, 1)  # the first IGU
_TYPED = re.compile(r"(\d{1,2})(?:,(\d{1,2}))?", re.ASCII)


@dataclass(frozen=True)
class FactorFacts:
    """What is typed about a factor: hours counted for one delivered hour, as text."""

    kind: TeachingKind
    factor: str
    valid_from: date | None
    source: str


def parse_factor(text: str) -> int | None:
    """Hundredths from a factor typed as 2, 1,5 or 0,75; None for what cannot be read or is above ten."""
    typed = _TYPED.fullmatch(text.strip())
    if typed is None:
        return None
    percent = int(typed[1]) * WHOLE + int((typed[2] or "").ljust(2, "0"))
    return percent if percent <= MOST_PERCENT else None


def settle_factor(facts: FactorFacts, known: Iterable[Factor]) -> Factor:
    """The factor as stored; Invalid beside the field that cannot be used. A factor needs its source."""
    source, percent = tidy(facts.source), parse_factor(facts.factor)
    taken = any(one.kind is facts.kind and one.valid_from == facts.valid_from for one in known)
    check_fields(
        {
            "factor": ("hour_factor.unreadable", {}) if percent is None else None,
            "valid_from": _problem_in_day(facts.valid_from, taken=taken),
            "source": problem_in(source, SOURCE_MOST, needed=True),
        }
    )
    return Factor(facts.kind, percent or 0, facts.valid_from or EARLIEST, source)


def check_removal(valid_from: date, today: date) -> None:
    """Refused("hour_factor.in_force") once hours may have been counted by it: history stays."""
    if valid_from <= today:
        raise Refused("hour_factor.in_force", day=valid_from)


def _problem_in_day(day: date | None, *, taken: bool) -> Problem | None:
    if day is None:
        return "hour_factor.no_day", {}
    if day < EARLIEST:
        return "hour_factor.too_early", {"day": EARLIEST}
    return ("hour_factor.taken", {"day": day}) if taken else None
