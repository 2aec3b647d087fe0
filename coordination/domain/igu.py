"""The integrationsgrunduddannelse: its dated rules and rates, its calendar, and what is due when."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum


class IguRuleKind(StrEnum):
    """What a rule asks of the person, or says of the school part."""

    TARGET_GROUP = "target_group"
    AGE_FROM = "age_from"
    AGE_UNDER = "age_under"
    RESIDENCE_UNDER = "residence_under"
    RESIDENCE_UP_TO = "residence_up_to"
    START_FROM = "start_from"
    START_UNTIL = "start_until"
    EXAM_AT_LEAST = "exam_at_least"
    SCHOOL_WEEKS = "school_weeks"
    AMU_WEEKS_AFTER_EXAM = "amu_weeks_after_exam"
    ASK = "ask"


class Effect(StrEnum):
    """Whether a rule that does not hold stops a nomination."""

    CANNOT = "cannot"
    CHECK = "check"


class RateKind(StrEnum):
    """What is paid."""

    BONUS_AFTER_6_MONTHS = "bonus_after_6_months"
    BONUS_AFTER_24_MONTHS = "bonus_after_24_months"
    NO_SHOW_SHORT = "no_show_short"
    NO_SHOW_LONG = "no_show_long"
    LATE_WITHDRAWAL_SHORT = "late_withdrawal_short"
    LATE_WITHDRAWAL_LONG = "late_withdrawal_long"


class ExtensionReason(StrEnum):
    """Why an IGU goes on after two years: the first must be granted, the others may be (L 217, 2018-19)."""

    SCHOOL_IMPOSSIBLE = "school_impossible"
    LEAVE = "leave"
    LONG_ILLNESS = "long_illness"


class MilestoneKind(StrEnum):
    """A day in the course of an IGU that someone must know of."""

    AGREEMENT_IN_VITAS = "agreement_in_vitas"
    TEACHING_PLAN = "teaching_plan"
    BONUS_AFTER_6_MONTHS = "bonus_after_6_months"
    BONUS_AFTER_24_MONTHS = "bonus_after_24_months"
    LAST_DAY = "last_day"


class MilestoneState(StrEnum):
    """How a milestone stands today."""

    DONE = "done"
    DONE_LATE = "done_late"
    DUE = "due"
    OVERDUE = "overdue"
    AHEAD = "ahead"
    PASSED = "passed"


@dataclass(frozen=True)
class Rule:
    """One rule for those who begin an IGU within its dates; `source` is where it stands."""

    kind: IguRuleKind
    number: int | None
    day: date | None
    starts_from: date
    starts_until: date | None
    effect: Effect
    wording: str = ""
    wording_en: str = ""
    source: str = ""
    id: int = 0


@dataclass(frozen=True)
class Rate:
    """An amount in øre that is paid from a day on, until the next rate of its kind begins."""

    kind: RateKind
    amount_ore: int
    valid_from: date
    source: str = ""


@dataclass(frozen=True)
class IguCourse:
    """The dated facts of one person's IGU; None is what nobody has written."""

    start: date | None = None
    extended_until: date | None = None
    employer_private: bool | None = None
    agreement_signed_on: date | None = None
    agreement_in_vitas_on: date | None = None
    plan_ready_on: date | None = None


@dataclass(frozen=True)
class Milestone:
    """A day of the course: when it is due, when it was done, days until then, and what is paid in øre."""

    kind: MilestoneKind
    due: date
    state: MilestoneState
    days: int
    done_on: date | None = None
    amount_ore: int | None = None


AGREEMENT_MONTHS = 1
PLAN_MONTHS = 1
IGU_MONTHS = 24
BONUSES = (
    (MilestoneKind.BONUS_AFTER_6_MONTHS, RateKind.BONUS_AFTER_6_MONTHS, 6),
    (MilestoneKind.BONUS_AFTER_24_MONTHS, RateKind.BONUS_AFTER_24_MONTHS, 24),
)


def in_force(rules: Sequence[Rule], start: date) -> tuple[Rule, ...]:
    """The rules for an IGU that begins on a day.

    Before the first of all rules only those speak that say when the scheme began.
    """
    holding = tuple(
        rule
        for rule in rules
        if rule.starts_from <= start and (rule.starts_until is None or start <= rule.starts_until)
    )
    return holding or tuple(rule for rule in rules if rule.kind is IguRuleKind.START_FROM)


def rate_on(rates: Sequence[Rate], kind: RateKind, day: date) -> Rate | None:
    """The rate of a kind that holds on a day; None before the first one."""
    known = [rate for rate in rates if rate.kind is kind and rate.valid_from <= day]
    return max(known, key=lambda rate: rate.valid_from, default=None)


def within_months(day: date, months: int) -> date:
    """The last day of a deadline of whole months: the same day of the month, or that month's last one."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if year > MAXYEAR else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def after_months(day: date, months: int) -> date:
    """The first day after so many whole months; a year from 29 February is over on 1 March."""
    same = within_months(day, months)
    return same if same.day == day.day or same in {date.min, date.max} else same + timedelta(days=1)


def after_years(day: date, years: int) -> date:
    """The first day after so many whole years, and so the birthday on which someone turns that age."""
    return after_months(day, 12 * years)


def whole_years(since: date, day: date) -> int:
    """The whole years between two days; none where the first one lies ahead."""
    years = day.year - since.year - ((day.month, day.day) < (since.month, since.day))
    return max(years, 0)


def last_day(course: IguCourse) -> date | None:
    """The last day of an IGU: two years from its start, or the day it was extended to."""
    if course.start is None:
        return None
    ordinary = after_months(course.start, IGU_MONTHS) - timedelta(days=1)
    return max(course.extended_until or ordinary, ordinary)


def milestones(course: IguCourse, rates: Sequence[Rate], today: date) -> tuple[Milestone, ...]:
    """The days of a course in the order of the calendar; bonuses only where the employer is private."""
    found = (*_deadlines(course, today), *_bonuses(course, rates, today), *_ending(course, today))
    return tuple(sorted(found, key=lambda milestone: milestone.due))


def _deadlines(course: IguCourse, today: date) -> Iterator[Milestone]:
    if course.agreement_signed_on:
        due = within_months(course.agreement_signed_on, AGREEMENT_MONTHS)
        yield _deadline(MilestoneKind.AGREEMENT_IN_VITAS, due, course.agreement_in_vitas_on, today)
    if course.start:
        due = after_months(course.start, PLAN_MONTHS) - timedelta(days=1)
        yield _deadline(MilestoneKind.TEACHING_PLAN, due, course.plan_ready_on, today)


def _deadline(kind: MilestoneKind, due: date, done_on: date | None, today: date) -> Milestone:
    if done_on:
        state = MilestoneState.DONE if done_on <= due else MilestoneState.DONE_LATE
    else:
        state = MilestoneState.DUE if today <= due else MilestoneState.OVERDUE
    return Milestone(kind, due, state, (due - today).days, done_on)


def _bonuses(course: IguCourse, rates: Sequence[Rate], today: date) -> Iterator[Milestone]:
    if course.start is None or not course.employer_private:
        return
    for kind, rate_kind, months in BONUSES:
        day = after_months(course.start, months)
        rate = rate_on(rates, rate_kind, day)
        yield _passing(kind, day, today, rate.amount_ore if rate else None)


def _ending(course: IguCourse, today: date) -> Iterator[Milestone]:
    if ends_on := last_day(course):
        yield _passing(MilestoneKind.LAST_DAY, ends_on, today)


def _passing(kind: MilestoneKind, day: date, today: date, amount_ore: int | None = None) -> Milestone:
    state = MilestoneState.AHEAD if today <= day else MilestoneState.PASSED
    return Milestone(kind, day, state, (day - today).days, None, amount_ore)
