"""From stored facts to the question of the pooling: days as numbers, and promises that come before rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from coordination.domain.availability import Period
from coordination.domain.pooling.checking import busiest
from coordination.domain.pooling.pairs import Wishlist
from coordination.domain.pooling.problem import Candidate, Employer, Interval, Problem, Run

ORIGIN = date(2000, 1, 1)
"""The day with number 0; arbitrary, and the same in every question."""


def day_number(day: date) -> int:
    """The number of a day."""
    return (day - ORIGIN).days


def day_of(number: int) -> date:
    """The day with a number."""
    return ORIGIN + timedelta(days=number)


def session_intervals(days: Iterable[date]) -> tuple[Interval, ...]:
    """The days of a run's sessions, each once: two on one day make no second day."""
    return tuple((number, number + 1) for number in sorted({day_number(day) for day in days}))


def available(periods: Iterable[Period], first: int, last: int) -> tuple[Interval, ...] | None:
    """What is left of the days from `first` up to before `last` beside the periods somebody cannot come in.

    None where they take nothing away.
    """
    taken = sorted((day_number(one.from_day), day_number(one.until_day) + 1) for one in periods)
    taken = [(start, end) for start, end in taken if start < last and first < end]
    if not taken:
        return None
    free, at = [], first
    for start, end in taken:
        if at < start:
            free.append((at, start))
        at = max(at, end)
    return (*free, (at, last)) if at < last else tuple(free)


def give_way(problem: Problem) -> Problem:
    """The question in which sizes, reservations, limits and minimums give way to the seats people hold.

    What has been promised cannot be solved away: a run with seats given that too few fit stays open.
    """
    by_run: dict[str, list[Candidate]] = {run.id: [] for run in problem.runs}
    for one in problem.candidates:
        for name in one.locked:
            by_run[name].append(one)
    widened = replace(problem, runs=tuple(_roomy(run, by_run[run.id]) for run in problem.runs))
    fits = _fits(widened, {name for name, people in by_run.items() if people})
    return replace(
        widened,
        runs=tuple(
            replace(run, committed=True) if by_run[run.id] and fits[run.id] < run.needed else run
            for run in widened.runs
        ),
        employers=_patient(widened),
    )


def _roomy(run: Run, people: Sequence[Candidate]) -> Run:
    """The run with room for those who hold a seat; reservations shrink where others sit already."""
    held = Counter(one.jobcenter for one in people)
    maximum = max(run.maximum, len(people))
    reserved = dict(run.reserved)
    for jobcenter in sorted(reserved, reverse=True):
        beyond = sum(max(0, count - reserved.get(home, 0)) for home, count in held.items())
        over = sum(reserved.values()) + beyond - maximum
        unused = max(0, reserved[jobcenter] - held[jobcenter])
        reserved[jobcenter] -= min(unused, max(0, over))
    return replace(run, maximum=maximum, reserved={home: seats for home, seats in reserved.items() if seats})


def _fits(problem: Problem, names: set[str]) -> Counter[str]:
    """How many could go to each of these runs."""
    if not names:
        return Counter()
    wishlist = Wishlist(problem.runs)
    return Counter(run.id for one in problem.candidates for run in wishlist.eligible(one) if run.id in names)


def _patient(problem: Problem) -> tuple[Employer, ...]:
    """The employers, where more of its people hold seats at a time than it allows with that many."""
    runs = {run.id: run for run in problem.runs}
    away: dict[str, list[Run]] = {one.id: [] for one in problem.employers}
    for one in problem.candidates:
        if one.employer in away:
            away[one.employer].extend(runs[name] for name in one.locked)
    return tuple(replace(one, cap=max(one.cap, busiest(away[one.id])[1])) for one in problem.employers)
