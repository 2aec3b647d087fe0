"""Planning a run: what may be written about it, which sessions would collide, what the next takes over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from coordination.domain.course_runs import (
    MAX_SESSIONS,
    YEARS,
    DayPlan,
    Plan,
    PlannedSession,
    RunState,
    SessionPlan,
    SkippedDay,
    check_sizes,
    plan_sessions,
    session_minutes,
    shifted,
)
from coordination.domain.errors import Invalid, Problem, Refused
from coordination.domain.reserved import Reservation, check_reserved
from coordination.domain.texts import check_fields, problem_in, tidy

PLANNABLE = frozenset({RunState.DRAFT, RunState.OPEN, RunState.CONFIRMED, RunState.RUNNING})
TITLE_MOST = 120
CANCEL_REASON_MOST = 300
WARN_DAYS_MOST = 60
PRICE_MOST_ORE = 1_000_000_000  # ten million kroner: more is a slip of the pen
LONGEST_PLAN = timedelta(days=9 * 366)  # 400 weekly sessions with room for holidays
_NUMBER = re.compile(r"^(.*?)(\d{1,6})$", re.ASCII | re.DOTALL)


@dataclass(frozen=True)
class RunFacts:
    """What is written down about a run besides its sessions."""

    title: str
    minimum: int
    capacity: int
    decide_by: date | None
    decider_id: int | None = None
    warn_days: int = 7
    price_ore: int = 0
    substitutes_until: date | None = None
    reserved: tuple[Reservation, ...] = ()


@dataclass(frozen=True)
class RunSpan:
    """What a run's facts must fit: its first and last day, and the seats held by municipality."""

    first_day: date | None = None
    last_day: date | None = None
    held: Mapping[int, int] = field(default_factory=dict)


NO_SPAN = RunSpan()


@dataclass(frozen=True)
class SessionFacts:
    """What is typed about one session."""

    day: date
    start_time: time
    end_time: time
    break_minutes: int
    module_id: int | None = None


@dataclass(frozen=True)
class Slot:
    """The time a session of the run already takes; a cancelled one only keeps its very start."""

    day: date
    start_time: time
    end_time: time
    cancelled: bool = False


def check_plannable(state: RunState) -> None:
    """Refused("run.closed") once a run has ended or was cancelled."""
    if state not in PLANNABLE:
        raise Refused("run.closed")


def settle_run(facts: RunFacts, today: date, span: RunSpan = NO_SPAN) -> RunFacts:
    """The facts tidied; Invalid beside the fields that cannot be used, naming what clashes."""
    title = tidy(facts.title)
    errors: dict[str, Problem | None] = {"title": problem_in(title, TITLE_MOST, needed=True)}
    errors |= dict(_sizes_errors(facts, today, span))
    errors |= dict(_day_errors(facts, span))
    check_fields(errors)
    kept = tuple(row for row in facts.reserved if row.seats)
    return replace(facts, title=title, reserved=kept)


def _sizes_errors(facts: RunFacts, today: date, span: RunSpan) -> Iterator[tuple[str, Problem]]:
    try:
        check_sizes(facts.minimum, facts.capacity, sum(span.held.values()))
        check_reserved(facts.capacity, span.held, facts.reserved, today)
    except Invalid as invalid:
        yield from invalid.errors.items()
    if not 0 <= facts.warn_days <= WARN_DAYS_MOST:
        yield "warn_days", ("run.warn_days", {"most": WARN_DAYS_MOST})
    if not 0 <= facts.price_ore <= PRICE_MOST_ORE:
        yield "price", ("run.price", {"most": PRICE_MOST_ORE // 100})


def _day_errors(facts: RunFacts, span: RunSpan) -> Iterator[tuple[str, Problem]]:
    first, last = span.first_day, span.last_day
    if facts.decide_by and first and facts.decide_by > first:
        yield "decide_by", ("run.decide_after_start", {"day": first})
    if facts.substitutes_until and last and facts.substitutes_until > last:
        yield "substitutes_until", ("run.substitutes_after_end", {"day": last})
    for row in facts.reserved:
        if row.release_on and first and row.release_on > first:
            yield f"release_{row.municipality_id}", ("run.release_after_start", {"day": first})


def out_of_step(facts: RunFacts, span: RunSpan) -> frozenset[str]:
    """Which days the sessions have been moved away from: "decide_by", "substitutes_until", "release"."""
    return frozenset("release" if "release" in name else name for name, _problem in _day_errors(facts, span))


def settle_cancel_reason(reason: str) -> str:
    """The reason tidied; Invalid beside `reason` when it is missing or too long."""
    reason = tidy(reason)
    check_fields({"reason": problem_in(reason, CANCEL_REASON_MOST, needed=True)})
    return reason


def settle_plan(plan: Plan, skipped: Mapping[date, str], taken: Sequence[Slot]) -> tuple[PlannedSession, ...]:
    """The sessions of a plan beside those the run has; Invalid beside the field that makes it impossible."""
    planned = plan_sessions(plan, skipped)
    first, last = ("starts_on", "ends_on") if isinstance(plan, SessionPlan) else ("days", "days")
    if len(planned) + len(taken) > MAX_SESSIONS:
        raise Invalid({last: ("plan.too_many", {"most": MAX_SESSIONS})})
    if days := collisions(planned, taken):
        raise Invalid({first: ("session.overlap", {"count": len(days), "day": days[0]})})
    return planned


def settle_session(facts: SessionFacts, taken: Sequence[Slot]) -> PlannedSession:
    """One session with its minutes; Invalid beside `day`, `end_time` or `break_minutes`."""
    if facts.day.year not in YEARS:
        raise Invalid({"day": "plan.year"})
    minutes = session_minutes(facts.start_time, facts.end_time, facts.break_minutes)
    session = PlannedSession(facts.day, facts.start_time, facts.end_time, minutes)
    if collisions([session], taken):
        raise Invalid({"day": "session.same_time"})
    if len(taken) >= MAX_SESSIONS:
        raise Invalid({"day": ("plan.too_many", {"most": MAX_SESSIONS})})
    return session


def collisions(planned: Iterable[PlannedSession], taken: Sequence[Slot]) -> tuple[date, ...]:
    """The days on which a planned session would lie on top of one the run has."""
    by_day: dict[date, list[Slot]] = {}
    for slot in taken:
        by_day.setdefault(slot.day, []).append(slot)
    return tuple(
        session.day
        for session in planned
        if any(_collide(session, slot) for slot in by_day.get(session.day, ()))
    )


def _collide(session: PlannedSession, slot: Slot) -> bool:
    if slot.cancelled:
        return session.start_time == slot.start_time
    return session.start_time < slot.end_time and slot.start_time < session.end_time


def plan_span(plan: Plan) -> tuple[date, date]:
    """The first and last day a plan could use, for looking up holidays; kept within sensible years."""
    if isinstance(plan, DayPlan):
        days = [day for day in plan.days if day.year in YEARS] or [date(YEARS[0], 1, 1)]
        return min(days), max(days)
    first = min(max(plan.starts_on, date(YEARS[0], 1, 1)), date(YEARS[-1], 1, 1))
    last = min(plan.ends_on or first + LONGEST_PLAN, date(YEARS[-1], 12, 31))
    return first, max(first, last)


def next_span(sessions: Sequence[PlannedSession], starts_on: date) -> tuple[date, date]:
    """The first and last day the sessions of an earlier run could move to, for looking up holidays."""
    if starts_on.year not in YEARS:
        raise Invalid({"starts_on": "plan.year"})
    days = [session.day for session in sessions] or [starts_on]
    room = timedelta(days=2 * (max(days) - min(days)).days + 60)
    return starts_on, starts_on + room


def settle_next(
    sessions: Sequence[PlannedSession], starts_on: date, skipped: Mapping[date, str]
) -> tuple[tuple[PlannedSession, ...], tuple[SkippedDay, ...]]:
    """The sessions of an earlier run moved to a new first day, and the days that were passed over."""
    moved = shifted(sessions, starts_on, skipped)
    return moved, tuple(_passed_over(sessions, moved, starts_on, skipped))


def _passed_over(
    sessions: Sequence[PlannedSession],
    moved: Sequence[PlannedSession],
    starts_on: date,
    skipped: Mapping[date, str],
) -> Iterator[SkippedDay]:
    weekdays = {session.day.weekday() for session in sessions}
    last = max((session.day for session in moved), default=starts_on)
    for day in sorted(skipped):
        if starts_on <= day <= last and day.weekday() in weekdays:
            yield SkippedDay(day, skipped[day])


def next_facts(facts: RunFacts, title: str, first_day: date | None, new_first_day: date | None) -> RunFacts:
    """What the next run takes over: every day in it as long before its first day as with the earlier one."""

    def moved(day: date | None) -> date | None:
        return _as_long_before(day, first_day, new_first_day)

    return replace(
        facts,
        title=title,
        decide_by=moved(facts.decide_by),
        substitutes_until=moved(facts.substitutes_until),
        reserved=tuple(
            replace(row, release_on=moved(row.release_on) or row.release_on) for row in facts.reserved
        ),
    )


def _as_long_before(day: date | None, first_day: date | None, new_first_day: date | None) -> date | None:
    if day is None or first_day is None or new_first_day is None:
        return None
    return new_first_day - (first_day - day)


def next_title(title: str) -> str:
    """A name to suggest for the next run: its number one higher, or a 2 behind it."""
    found = _NUMBER.match(title)
    suggestion = f"{found[1]}{int(found[2]) + 1}" if found else f"{title} 2"
    return suggestion if len(suggestion) <= TITLE_MOST else title
