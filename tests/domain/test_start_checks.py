"""When a jobcenter is asked, what silence means, and when a step that stands still is chased."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from coordination.domain.stalled import ChaseLevel, Patience, due_levels
from coordination.domain.start_checks import Check, StartState, due_round, standing

START = date(2026, 12, 14)  # a Monday
TODAY = date(2026, 12, 8)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("days_left", "expected"), [(8, None), (7, 7), (3, 7), (2, 2), (1, 2), (0, None), (-1, None)]
)
def test_people_are_asked_seven_days_before_and_again_two_days_before(days_left, expected):
    assert due_round(START, START - timedelta(days=days_left)) == expected


def test_a_run_without_sessions_asks_nobody():
    assert due_round(None, TODAY) is None


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ([], StartState.NOT_ASKED),
        ([Check(7, TODAY, None)], StartState.ASKED),
        ([Check(7, YESTERDAY, None)], StartState.SILENT),
        ([Check(7, YESTERDAY, coming=True)], StartState.COMING),
        ([Check(7, YESTERDAY, coming=False)], StartState.NOT_COMING),
        ([Check(7, YESTERDAY, coming=True), Check(2, TODAY, None)], StartState.ASKED),
        ([Check(2, YESTERDAY, None), Check(7, YESTERDAY, coming=True)], StartState.SILENT),
        ([Check(7, YESTERDAY, None), Check(2, TODAY, coming=True)], StartState.COMING),
    ],
)
def test_the_newest_question_counts_and_silence_is_red_a_day_later(checks, expected):
    assert standing(checks, TODAY) is expected


MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("days", "done", "expected"),
    [
        (2, (), ()),
        (3, (), (ChaseLevel.ASKED,)),
        (8, (ChaseLevel.ASKED,), ()),
        (9, (ChaseLevel.ASKED,), (ChaseLevel.TOLD,)),  # the seventh working day is a Wednesday
        (9, (), (ChaseLevel.ASKED, ChaseLevel.TOLD)),
        (90, (ChaseLevel.ASKED, ChaseLevel.TOLD), ()),
    ],
)
def test_the_actor_is_asked_first_then_the_coordinator_told_and_nobody_twice(days, done, expected):
    assert due_levels(MONDAY, MONDAY + timedelta(days=days), Patience(3, 7), (), done) == expected


def test_holidays_are_no_waiting():
    friday = MONDAY + timedelta(days=4)
    assert due_levels(MONDAY, friday, Patience(4, 9), (), ()) == (ChaseLevel.ASKED,)
    assert due_levels(MONDAY, friday, Patience(4, 9), {friday}, ()) == ()
