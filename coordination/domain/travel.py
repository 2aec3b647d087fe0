"""How long people travel to a school: minutes one way, typed in a table of municipalities and schools."""

from __future__ import annotations

from collections.abc import Mapping

from coordination.domain.errors import Problem
from coordination.domain.texts import check_fields

MOST_MINUTES = 300

Minutes = Mapping[tuple[int, int], int | None]
"""By municipality and school; None where nobody has written how long it takes."""


def cell(municipality_id: int, school_id: int) -> str:
    """What one cell of the table is called in a form."""
    return f"m{municipality_id}_s{school_id}"


def check_minutes(typed: Minutes) -> None:
    """Invalid beside every cell that cannot be a journey."""
    check_fields({cell(*place): _problem_in(minutes) for place, minutes in typed.items()})


def _problem_in(minutes: int | None) -> Problem | None:
    fits = minutes is None or 0 <= minutes <= MOST_MINUTES
    return None if fits else ("travel.minutes", {"most": MOST_MINUTES})
