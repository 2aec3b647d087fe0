"""The hour account bare: the border of the target, factors by day, what counts and what is told apart."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.domain.attendance import MarkStatus
from coordination.domain.candidates import DanishExam
from coordination.domain.hours import (
    Account,
    Factor,
    Teaching,
    amu_rule,
    attended_minutes,
    exam_is_passed,
    kind_of,
    percent_on,
    settle_account,
    target_minutes,
)
from coordination.domain.igu import Effect, IguRuleKind, Rule
from coordination.domain.tracks import WEEK_MINUTES, TeachingKind

AMU, DANISH, OTHER = TeachingKind.AMU, TeachingKind.DANISH, TeachingKind.OTHER
FIRST, SECOND = date(2016, 7, 1), date(2021, 5, 1)
BEFORE_SECOND = SECOND - timedelta(days=1)
TODAY = date(2026, 11, 23)
START = date(2026, 8, 1)


def rule(kind, number, starts_from, starts_until=None):
    return Rule(kind, number, None, starts_from, starts_until, Effect.CHECK)


RULES = (
    rule(IguRuleKind.SCHOOL_WEEKS, 20, FIRST, BEFORE_SECOND),
    rule(IguRuleKind.SCHOOL_WEEKS, 23, SECOND),
    rule(IguRuleKind.AMU_WEEKS_AFTER_EXAM, 8, SECOND),
    rule(IguRuleKind.AGE_FROM, 18, FIRST),
)
FACTORS = (
    Factor(AMU, 100, FIRST),
    Factor(DANISH, 200, FIRST),
    Factor(DANISH, 150, date(2026, 10, 1)),
)


def taught(day, *, minutes=300, attended=300, kind=AMU, course="Køkkenhold"):
    return Teaching(course, kind, day, minutes, attended)


@pytest.mark.parametrize(
    ("start", "hours"),
    [
        (date(2016, 6, 30), None),
        (FIRST, 740),
        (date(2021, 4, 30), 740),
        (date(2021, 5, 1), 851),
        (date(2024, 1, 1), 851),
        (date(2027, 12, 31), 851),
    ],
)
def test_the_target_follows_the_day_the_igu_began(start, hours):
    assert target_minutes(start, RULES) == (None if hours is None else hours * 60)


def test_an_administrators_later_rule_wins_from_its_day():
    rules = (*RULES, rule(IguRuleKind.SCHOOL_WEEKS, 25, date(2028, 1, 1)))
    assert target_minutes(date(2027, 12, 31), rules) == 23 * WEEK_MINUTES
    assert target_minutes(date(2028, 1, 1), rules) == 25 * WEEK_MINUTES


@pytest.mark.parametrize(
    ("status", "missed", "attended"),
    [
        (MarkStatus.PRESENT, 0, 300),
        (MarkStatus.LATE, 20, 280),
        (MarkStatus.LEFT_EARLY, 299, 1),
        (MarkStatus.LATE, 400, 0),
        (MarkStatus.ABSENT, 300, 0),
        (MarkStatus.ABSENT, 0, 0),
        (None, 0, None),
    ],
)
def test_attended_is_the_session_less_what_was_missed(status, missed, attended):
    assert attended_minutes(300, status, missed) == attended


@pytest.mark.parametrize(
    ("kind", "day", "percent"),
    [
        (DANISH, date(2026, 9, 30), 200),
        (DANISH, date(2026, 10, 1), 150),
        (DANISH, date(2016, 6, 30), 100),
        (AMU, date(2026, 10, 1), 100),
        (OTHER, date(2026, 10, 1), 100),
    ],
)
def test_the_factor_is_that_of_the_teaching_day(kind, day, percent):
    assert percent_on(FACTORS, kind, day) == percent


@pytest.mark.parametrize(
    ("module", "of_track", "kind"),
    [
        (DANISH, {AMU}, DANISH),
        (None, {AMU}, AMU),
        (None, {AMU, DANISH}, OTHER),
        (None, set(), OTHER),
    ],
)
def test_a_session_without_a_module_takes_the_kind_its_track_agrees_on(module, of_track, kind):
    assert kind_of(module, of_track) is kind


def test_delivered_and_counted_hours_are_kept_apart():
    account = settle_account(
        [
            taught(date(2026, 9, 1)),
            taught(date(2026, 9, 8), attended=240),
            taught(date(2026, 9, 30), kind=DANISH, course="Sprogcenter"),
            taught(date(2026, 10, 1), kind=DANISH, course="Sprogcenter"),
        ],
        FACTORS,
        START,
        TODAY,
    )
    assert [(line.course, line.percent, line.delivered, line.counted) for line in account.lines] == [
        ("Køkkenhold", 100, 540, 540),
        ("Sprogcenter", 200, 300, 600),
        ("Sprogcenter", 150, 300, 450),
    ]
    assert (account.delivered, account.counted, account.counted_amu) == (1140, 1590, 540)


def test_unregistered_is_neither_present_nor_absent_and_the_future_counts_nothing_yet():
    account = settle_account(
        [
            taught(date(2026, 11, 2), attended=0),
            taught(date(2026, 11, 9), attended=None),
            taught(TODAY, attended=None),
            taught(TODAY + timedelta(days=1), attended=None),
        ],
        FACTORS,
        START,
        TODAY,
    )
    assert (account.unmarked, account.unmarked_minutes) == (2, 600)
    assert (account.delivered, account.counted, account.ahead) == (0, 0, 300)


def test_teaching_before_the_igu_is_told_apart():
    lessons = [taught(START - timedelta(days=1)), taught(START)]
    account = settle_account(lessons, FACTORS, START, TODAY)
    assert (account.before_start, account.delivered) == (300, 300)
    assert settle_account(lessons, FACTORS, None, TODAY).delivered == 600


@pytest.mark.parametrize(
    ("start", "passed", "amu_weeks", "holds", "missing_weeks"),
    [
        (SECOND, True, 8, True, 0),
        (SECOND, True, 7, False, 1),
        (SECOND, True, 0, False, 8),
        (SECOND, False, 1, True, 0),
        (SECOND, False, 0, False, 0),
        (BEFORE_SECOND, True, 1, True, 0),
    ],
)
def test_eight_weeks_of_amu_once_an_exam_is_passed_else_one_element(
    start, passed, amu_weeks, holds, missing_weeks
):
    found = amu_rule(Fraction(amu_weeks * WEEK_MINUTES), start, RULES, exam_passed=passed)
    assert (found.holds, found.missing) == (holds, missing_weeks * WEEK_MINUTES)


@pytest.mark.parametrize(
    ("exam", "on", "passed"),
    [
        (DanishExam.NONE, None, False),
        (DanishExam.PD1, None, True),
        (DanishExam.PD2, TODAY, True),
        (DanishExam.PD3, TODAY + timedelta(days=1), False),
        (DanishExam.SP, TODAY, True),
    ],
)
def test_an_exam_counts_from_its_day(exam, on, passed):
    assert exam_is_passed(exam, on, TODAY) is passed


days = st.dates()
kinds = st.sampled_from(TeachingKind)
factors = st.lists(st.builds(Factor, kinds, st.integers(0, 1000), days), max_size=6)
teaching = st.lists(
    st.builds(
        Teaching,
        st.sampled_from(["A", "B", "C"]),
        kinds,
        days,
        st.integers(0, 1000),
        st.none() | st.integers(0, 1000),
    ),
    max_size=20,
)


@given(teaching, factors, st.none() | days, days)
def test_no_account_raises_and_the_whole_is_the_sum_of_its_parts(lessons, known, start, today):
    account = settle_account(lessons, known, start, today)
    assert account.counted == sum(line.counted for line in account.lines)
    assert account.delivered == sum(line.delivered for line in account.lines)
    assert account.counted_amu == sum(line.counted for line in account.lines if line.kind is AMU)
    assert 0 <= account.counted_amu <= account.counted


def sorted_lines(account: Account):
    return sorted(account.lines, key=str)


@given(st.data(), teaching, factors, st.none() | days, days)
def test_the_order_of_lessons_and_factors_changes_nothing(data, lessons, known, start, today):
    known = list({(one.kind, one.valid_from): one for one in known}.values())
    one = settle_account(lessons, known, start, today)
    other = settle_account(
        data.draw(st.permutations(lessons)), data.draw(st.permutations(known)), start, today
    )
    assert one.counted == other.counted
    assert sorted_lines(one) == sorted_lines(other)


@given(days, st.lists(st.builds(rule, st.sampled_from(IguRuleKind), st.none() | st.integers(), days)))
def test_no_start_and_no_set_of_rules_raises(start, rules):
    target_minutes(start, rules)
    amu_rule(Fraction(0), start, rules, exam_passed=True)
