"""How a course run lives: states and moves, its sessions, its sizes, and what the next run inherits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import islice

from coordination.domain.calendar import ONE_DAY
from coordination.domain.errors import Invalid, Problem, Refused


class RunState(StrEnum):
    """Where a course run stands."""

    DRAFT = "draft"
    OPEN = "open"
    CONFIRMED = "confirmed"
    RUNNING = "running"
    ENDED = "ended"
    EVALUATED = "evaluated"
    CANCELLED = "cancelled"


class RunDeed(StrEnum):
    """What someone, or the clock, does to a course run."""

    OPEN = "open"
    CONFIRM = "confirm"
    START = "start"
    END = "end"
    EVALUATE = "evaluate"
    CANCEL = "cancel"


ACCEPTS_NOMINATIONS = frozenset({RunState.OPEN, RunState.CONFIRMED})

MOVES: dict[tuple[RunState, RunDeed], RunState] = {
    (RunState.DRAFT, RunDeed.OPEN): RunState.OPEN,
    (RunState.OPEN, RunDeed.CONFIRM): RunState.CONFIRMED,
    (RunState.CONFIRMED, RunDeed.START): RunState.RUNNING,
    (RunState.RUNNING, RunDeed.END): RunState.ENDED,
    (RunState.ENDED, RunDeed.EVALUATE): RunState.EVALUATED,
    (RunState.DRAFT, RunDeed.CANCEL): RunState.CANCELLED,
    (RunState.OPEN, RunDeed.CANCEL): RunState.CANCELLED,
    (RunState.CONFIRMED, RunDeed.CANCEL): RunState.CANCELLED,
    (RunState.RUNNING, RunDeed.CANCEL): RunState.CANCELLED,
}

WEEKDAYS = range(7)  # Monday is 0
MAX_SESSIONS = 400
MAX_CAPACITY = 100
YEARS = range(2000, 2101)
LONGEST_RUN = timedelta(days=20 * 365)


@dataclass(frozen=True)
class SessionPlan:
    """Teaching days by weekday from a first day, up to a last day or a number of sessions (or both)."""

    starts_on: date
    weekdays: frozenset[int]
    start_time: time
    end_time: time
    break_minutes: int = 0
    ends_on: date | None = None
    count: int | None = None


@dataclass(frozen=True)
class DayPlan:
    """Teaching on days that were chosen one by one, or as whole weeks."""

    days: tuple[date, ...]
    start_time: time
    end_time: time
    break_minutes: int = 0


Plan = SessionPlan | DayPlan


@dataclass(frozen=True)
class PlannedSession:
    """One teaching day or part of one, with its minutes of teaching (breaks taken off)."""

    day: date
    start_time: time
    end_time: time
    minutes: int


@dataclass(frozen=True)
class SkippedDay:
    """A day the plan would have used, and why there is no teaching."""

    day: date
    reason: str


def move(state: RunState, deed: RunDeed) -> RunState:
    """The state after a deed; Refused("run.move") for a deed the state does not allow."""
    if (state, deed) not in MOVES:
        raise Refused("run.move", state=state, deed=deed)
    return MOVES[state, deed]


def deeds(state: RunState) -> frozenset[RunDeed]:
    """What may be done to a run in this state, for the buttons of a page."""
    return frozenset(deed for before, deed in MOVES if before is state)


def state_by_date(state: RunState, first_day: date | None, last_day: date | None, today: date) -> RunState:
    """The state the calendar brings: a confirmed run begins on its first day and has ended after its last."""
    if first_day is None or last_day is None:
        return state
    if state is RunState.CONFIRMED and today >= first_day:
        state = RunState.RUNNING
    if state is RunState.RUNNING and today > last_day:
        state = RunState.ENDED
    return state


def may_open(undecided: int, sessions: int) -> None:
    """Refused unless the run has sessions and every change its predecessor proposed is decided."""
    if sessions == 0:
        raise Refused("run.no_sessions")
    if undecided:
        raise Refused("run.changes_undecided", count=undecided)


def check_sizes(minimum: int, capacity: int, held: int = 0) -> None:
    """Invalid beside `minimum` or `capacity` unless 1 <= minimum <= capacity <= 100 and those held fit."""
    if minimum < 1:
        raise Invalid({"minimum": "run.minimum_too_low"})
    if capacity > MAX_CAPACITY:
        raise Invalid({"capacity": ("run.capacity_too_high", {"most": MAX_CAPACITY})})
    if capacity < minimum:
        raise Invalid({"capacity": ("run.capacity_below_minimum", {"minimum": minimum})})
    if capacity < held:
        raise Invalid({"capacity": ("run.capacity_below_held", {"held": held})})


def shortfall(minimum: int, held: int) -> int:
    """How many participants a run lacks to its minimum."""
    return max(0, minimum - held)


def session_minutes(start_time: time, end_time: time, break_minutes: int) -> int:
    """Minutes of teaching in a session; Invalid beside `end_time` or `break_minutes` if none are left."""
    if end_time <= start_time:
        raise Invalid({"end_time": "session.end_before_start"})
    length = (end_time.hour - start_time.hour) * 60 + end_time.minute - start_time.minute
    if break_minutes < 0 or break_minutes >= length:
        raise Invalid({"break_minutes": ("session.break", {"minutes": length})})
    return length - break_minutes


def plan_sessions(plan: Plan, skipped: Mapping[date, str]) -> tuple[PlannedSession, ...]:
    """The sessions of a plan, without the skipped days; Invalid beside the field that makes it impossible."""
    minutes = _check_plan(plan)
    count = plan.count if isinstance(plan, SessionPlan) else None
    most = min(count or MAX_SESSIONS + 1, MAX_SESSIONS + 1)
    days = tuple(islice((day for day in _plan_days(plan) if day not in skipped), most))
    where = "ends_on" if isinstance(plan, SessionPlan) else "days"
    if not days:
        raise Invalid({where: "plan.no_sessions"})
    if len(days) > MAX_SESSIONS:
        raise Invalid({where: ("plan.too_many", {"most": MAX_SESSIONS})})
    return tuple(PlannedSession(day, plan.start_time, plan.end_time, minutes) for day in days)


def skipped_days(plan: Plan, skipped: Mapping[date, str]) -> tuple[SkippedDay, ...]:
    """The days the plan passes over, with the reason for each."""
    sessions, span = plan_sessions(plan, skipped), plan
    if isinstance(plan, SessionPlan) and plan.count == len(sessions):
        span = replace(plan, ends_on=sessions[-1].day)
    return tuple(SkippedDay(day, skipped[day]) for day in _plan_days(span) if day in skipped)


def total_minutes(sessions: Iterable[PlannedSession]) -> int:
    """Minutes of teaching in all sessions together."""
    return sum(session.minutes for session in sessions)


def next_start(old_start: date, wanted: date) -> date:
    """The first day from `wanted` on that is the same weekday as the earlier run's first day."""
    return wanted + timedelta(days=(old_start.weekday() - wanted.weekday()) % 7)


def shifted(
    sessions: Sequence[PlannedSession], new_start: date, skipped: Collection[date] = ()
) -> tuple[PlannedSession, ...]:
    """The sessions of an earlier run from `new_start` on, one for one, with the same weekdays and gaps.

    A session that would fall on a skipped day moves on to the next weekday of the pattern, and pushes the
    sessions after it only where they would collide.
    """
    days = sorted({session.day for session in sessions})
    if not days:
        return ()
    offset = next_start(days[0], new_start) - days[0]
    weekdays = {day.weekday() for day in days}
    moved: dict[date, date] = {}
    earliest = date.min
    for day in days:
        moved[day] = _next_free(max(day + offset, earliest), weekdays, skipped)
        earliest = moved[day] + ONE_DAY
    return tuple(replace(session, day=moved[session.day]) for session in sessions)


def _next_free(day: date, weekdays: Collection[int], skipped: Collection[date]) -> date:
    while day.weekday() not in weekdays or day in skipped:
        day += ONE_DAY
    return day


def _plan_days(plan: Plan) -> Iterator[date]:
    if isinstance(plan, DayPlan):
        yield from sorted(set(plan.days))
        return
    last = plan.ends_on or plan.starts_on + LONGEST_RUN
    day = plan.starts_on
    while day <= last:
        if day.weekday() in plan.weekdays:
            yield day
        day += ONE_DAY


def _check_plan(plan: Plan) -> int:
    """The minutes of each session, or Invalid with everything that is wrong."""
    wrong = _plan_errors(plan) if isinstance(plan, SessionPlan) else _day_errors(plan)
    errors: dict[str, str | Problem] = dict(wrong)
    minutes = 0
    try:
        minutes = session_minutes(plan.start_time, plan.end_time, plan.break_minutes)
    except Invalid as invalid:
        errors.update(invalid.errors)
    if errors:
        raise Invalid(errors)
    return minutes


def _day_errors(plan: DayPlan) -> Iterator[tuple[str, str | Problem]]:
    if any(day.year not in YEARS for day in plan.days):
        yield "days", "plan.year"


def _plan_errors(plan: SessionPlan) -> Iterator[tuple[str, str | Problem]]:
    if plan.starts_on.year not in YEARS:
        yield "starts_on", "plan.year"
    if not plan.weekdays or not plan.weekdays <= set(WEEKDAYS):
        yield "weekdays", "plan.no_weekday"
    if plan.ends_on is None:
        if plan.count is None:
            yield "ends_on", "plan.no_end"
    elif plan.ends_on < plan.starts_on:
        yield "ends_on", "plan.end_before_start"
    elif plan.ends_on.year not in YEARS:
        yield "ends_on", "plan.year"
    if plan.count is not None and plan.count < 1:
        yield "count", "plan.no_sessions"
    if plan.count is not None and plan.count > MAX_SESSIONS:
        yield "count", ("plan.too_many", {"most": MAX_SESSIONS})
