"""Values that change on a day: which of them holds today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from coordination.models import HourFactor, Rate, SchoolFee


def in_force(rows: Iterable[HourFactor | Rate | SchoolFee], today: date) -> set[int]:
    """The key of each kind's newest row that has begun; a later one takes over on its day."""
    begun = sorted((row for row in rows if row.valid_from <= today), key=lambda row: row.valid_from)
    return set({row.kind: row.id for row in begun}.values())
