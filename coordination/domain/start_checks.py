"""Shortly before a run begins: who is asked whether a participant comes, and what silence means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ROUNDS = (7, 2)
"""Days before the first session on which the jobcenter is asked."""


class StartState(StrEnum):
    """What is known about a participant's coming."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    SILENT = "silent"
    COMING = "coming"
    NOT_COMING = "not_coming"


@dataclass(frozen=True)
class Check:
    """One question and its answer; `coming` is empty as long as nobody has answered."""

    days_before: int
    asked_on: date
    coming: bool | None


def due_round(first_day: date | None, today: date) -> int | None:
    """The round in which people are asked today: 7 days before, then again 2 days before; None outside."""
    if first_day is None or not 0 < (first_day - today).days <= ROUNDS[0]:
        return None
    return min(days for days in ROUNDS if (first_day - today).days <= days)


def standing(checks: Iterable[Check], today: date) -> StartState:
    """What the newest question brought; a yes to the first one is asked again, silence is red a day later."""
    newest = min(checks, key=lambda check: check.days_before, default=None)
    if newest is None:
        return StartState.NOT_ASKED
    if newest.coming is None:
        return StartState.SILENT if newest.asked_on < today else StartState.ASKED
    return StartState.COMING if newest.coming else StartState.NOT_COMING
