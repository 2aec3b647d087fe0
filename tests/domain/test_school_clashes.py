"""Two runs at the same school at the same time."""

from __future__ import annotations

from datetime import date, time

import pytest

from coordination.domain.course_runs import PlannedSession
from coordination.domain.errors import Invalid
from coordination.domain.school_clashes import SchoolSlot, check_school

DAY, NEXT = date(2026, 12, 7), date(2026, 12, 8)
OTHERS = (
    SchoolSlot("Plejehold 2", NEXT, time(9), time(12)),
    SchoolSlot("Køkkenhold 3", DAY, time(12), time(15)),
    SchoolSlot("Plejehold 2", DAY, time(13), time(15)),
)


def session(day, start, end):
    return PlannedSession(day, time(start), time(end), 60)


def test_the_other_run_and_the_first_day_are_named():
    planned = (session(NEXT, 8, 10), session(DAY, 9, 14))
    with pytest.raises(Invalid) as refused:
        check_school(planned, OTHERS, room_for_both=False)
    facts = {"run": "Køkkenhold 3", "day": DAY, "count": 2}
    assert refused.value.errors == {"room_for_both": ("session.school_busy", facts)}
    check_school(planned, OTHERS, room_for_both=True)


def test_one_after_the_other_is_no_clash():
    check_school(
        (session(DAY, 9, 12), session(NEXT, 12, 15), session(NEXT, 7, 9)), OTHERS, room_for_both=False
    )
