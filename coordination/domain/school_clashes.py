"""Two runs at the same school at the same time: refused, unless the school has room for both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from coordination.domain.course_runs import PlannedSession
from coordination.domain.errors import Invalid


@dataclass(frozen=True)
class SchoolSlot:
    """A session of another run at the school."""

    run: str
    day: date
    start_time: time
    end_time: time


def check_school(
    planned: Iterable[PlannedSession], others: Sequence[SchoolSlot], *, room_for_both: bool
) -> None:
    """Invalid beside `room_for_both`, naming the other run and the first day, where sessions overlap."""
    if room_for_both:
        return
    by_day: dict[date, list[SchoolSlot]] = {}
    for slot in others:
        by_day.setdefault(slot.day, []).append(slot)
    found = [
        slot
        for session in planned
        for slot in by_day.get(session.day, ())
        if _at_the_same_time(session, slot)
    ]
    if found:
        first = min(found, key=lambda slot: (slot.day, slot.start_time))
        days = len({slot.day for slot in found})
        facts: dict[str, object] = {"run": first.run, "day": first.day, "count": days}
        raise Invalid({"room_for_both": ("session.school_busy", facts)})


def _at_the_same_time(session: PlannedSession, slot: SchoolSlot) -> bool:
    return session.start_time < slot.end_time and slot.start_time < session.end_time
