"""Seats of a run kept for one municipality up to a day: how many are left, and for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coordination.domain.errors import Invalid


@dataclass(frozen=True)
class Reservation:
    """Seats that only people of one municipality may use, until the day they are released."""

    municipality_id: int
    seats: int
    release_on: date | None = None

    def holds(self, today: date) -> bool:
        """True until the day of release; without such a day always."""
        return self.release_on is None or today < self.release_on


def in_force(reservations: Sequence[Reservation], today: date) -> dict[int, int]:
    """The seats kept for each municipality today; what was released is for all."""
    return {row.municipality_id: row.seats for row in reservations if row.seats and row.holds(today)}


def unused(
    held_by_municipality: Mapping[int, int], reservations: Sequence[Reservation], today: date
) -> dict[int, int]:
    """The seats each municipality still has to itself: its own people take their own seats first."""
    kept = in_force(reservations, today)
    left = {home: seats - held_by_municipality.get(home, 0) for home, seats in kept.items()}
    return {home: seats for home, seats in left.items() if seats > 0}


def free_for(
    municipality_id: int,
    capacity: int,
    held_by_municipality: Mapping[int, int],
    reservations: Sequence[Reservation],
    today: date,
) -> int:
    """Seats someone of a municipality could have now: neither held nor kept for somebody else.

    Where more is kept than there is room for, each may still use what it has to itself while seats are left.
    """
    kept = unused(held_by_municipality, reservations, today)
    left = max(0, capacity - sum(held_by_municipality.values()))
    for_all = max(0, left - sum(kept.values()))
    return min(left, kept.get(municipality_id, 0) + for_all)


def check_reserved(
    capacity: int,
    held_by_municipality: Mapping[int, int],
    reservations: Sequence[Reservation],
    today: date,
) -> None:
    """Invalid beside `reserved` unless the seats kept fit into the run beside those that others hold."""
    kept = in_force(reservations, today)
    reserved = sum(kept.values())
    if reserved > capacity:
        facts: dict[str, object] = {"reserved": reserved, "capacity": capacity}
        raise Invalid({"reserved": ("run.reserved_above_capacity", facts)})
    beyond = sum(max(0, held - kept.get(home, 0)) for home, held in held_by_municipality.items())
    if kept and reserved + beyond > capacity:
        facts = {"reserved": reserved, "held": beyond, "capacity": capacity}
        raise Invalid({"reserved": ("run.reserved_above_free", facts)})
