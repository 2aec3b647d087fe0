"""What is told of a session's change, when, and to whom not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from coordination.domain.told_changes import (
    Change,
    News,
    Times,
    change_of,
    in_order,
    settled,
    told_before,
    who_acted_alone,
)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PLANNED = Times(date(2026, 12, 1), time(9), time(14))
MOVED = replace(PLANNED, day=date(2026, 12, 3))
LATER = replace(PLANNED, starts_at=time(10))
OFF = replace(PLANNED, cancelled=True)


@pytest.mark.parametrize(
    ("before", "now", "kind"),
    [
        (PLANNED, PLANNED, None),
        (PLANNED, MOVED, News.MOVED),
        (PLANNED, LATER, News.MOVED),
        (PLANNED, OFF, News.CANCELLED),
        (PLANNED, replace(MOVED, cancelled=True), News.CANCELLED),
        (OFF, PLANNED, News.RESTORED),
        (OFF, MOVED, News.RESTORED),
        (OFF, replace(MOVED, cancelled=True), None),
        (None, PLANNED, News.ADDED),
        (None, OFF, None),
    ],
)
def test_what_there_is_to_tell(before, now, kind):
    found = change_of(before, now, TODAY)
    assert (found.kind if found else None) is kind


def test_what_is_over_is_not_told_but_a_move_into_the_past_is():
    over = replace(PLANNED, day=date(2026, 11, 20))
    assert change_of(over, replace(over, cancelled=True), TODAY) is None
    assert change_of(PLANNED, over, TODAY).kind is News.MOVED
    today = replace(PLANNED, day=TODAY)
    assert change_of(today, replace(today, cancelled=True), TODAY).kind is News.CANCELLED


def test_what_was_told_reads_back_as_it_was():
    assert told_before(MOVED.as_told(3)) == MOVED
    assert told_before(OFF.as_told(1)) == OFF
    assert told_before(None) is None


def test_people_are_told_a_quarter_of_an_hour_after_the_last_change():
    early, late = NOW - timedelta(minutes=30), NOW - timedelta(minutes=15)
    assert settled([early, late], NOW)
    assert not settled([early, late + timedelta(seconds=1)], NOW)


def test_a_letter_lists_by_the_day_people_have_in_mind():
    moved_far = Change(News.MOVED, replace(PLANNED, day=date(2027, 1, 8)), PLANNED)
    added = Change(News.ADDED, MOVED)
    assert in_order([added, moved_far]) == [moved_far, added]
    assert moved_far.facts()["old_day"] == "2026-12-01"
    assert added.facts()["old_day"] == added.facts()["day"] == "2026-12-03"


def test_only_who_acted_alone_is_left_out():
    assert who_acted_alone([7, 7]) == 7
    assert who_acted_alone([7, 8]) is None
    assert who_acted_alone([]) is None
