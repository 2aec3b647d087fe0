"""What a spreadsheet does: first come, first served, then the runs that stay too small are cancelled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from coordination.domain.pooling.checking import busiest
from coordination.domain.pooling.pairs import Wishlist, rank_of
from coordination.domain.pooling.problem import Candidate, Plan, Problem, Run, Seat, overlap

Fitting = Mapping[str, Sequence[Run]]
"""The runs each candidate may go to, the best wish first; who may go nowhere can be left out."""


def fitting(problem: Problem) -> Fitting:
    """Where each candidate may go, found pair by pair."""
    wishlist = Wishlist(problem.runs)
    return {
        one.id: sorted(wishlist.eligible(one), key=lambda run: rank_of(one, run))
        for one in problem.candidates
    }


def first_come(problem: Problem, fitting: Fitting) -> Plan:
    """Everyone in the order they have waited gets the best wish that has room; locked seats stay.

    The run furthest below its minimum is cancelled and its people try again, until every run is large
    enough. A run with a locked seat is filled first and never cancelled; it alone may stay too small.
    """
    return _Handing(problem, fitting).plan()


class _Handing:
    """Seats handed out one after the other."""

    def __init__(self, problem: Problem, fitting: Fitting) -> None:
        self.problem = problem
        self.fitting = fitting
        self.caps = {employer.id: employer.cap for employer in problem.employers}
        self.taken: dict[str, list[Candidate]] = {run.id: [] for run in problem.runs}
        self.away: dict[str, list[Run]] = {name: [] for name in self.caps}

    def plan(self) -> Plan:
        runs = {run.id: run for run in self.problem.runs}
        for one in self.problem.candidates:
            for name in one.locked:
                self._take(one, runs[name])
        stays = {name for name, people in self.taken.items() if people}
        waiting = [one for one in self.problem.candidates if not one.locked and one.max_places]
        line = {one.id: one for one in sorted(waiting, key=lambda one: one.waited_since)}
        self._fill([run for run in self.problem.runs if run.id in stays], line)
        for one in line.values():
            self._give(one, self.fitting.get(one.id, ()))
        self._cancel_small({name: run for name, run in runs.items() if name not in stays})
        return frozenset(Seat(one.id, name) for name, people in self.taken.items() for one in people)

    def _fill(self, stays: Iterable[Run], line: dict[str, Candidate]) -> None:
        """Give runs that must be held their minimum; who gets a seat leaves the line."""
        fit: dict[str, list[Candidate]] = defaultdict(list)
        for one in line.values():
            for run in self.fitting.get(one.id, ()):
                fit[run.id].append(one)
        for run in stays:
            for one in fit[run.id]:
                if len(self.taken[run.id]) < run.needed and one.id in line and self._give(one, [run]):
                    del line[one.id]

    def _cancel_small(self, open_runs: dict[str, Run]) -> None:
        cancelled: set[str] = set()
        while small := [run for run in open_runs.values() if len(self.taken[run.id]) < run.needed]:
            run = min(small, key=lambda run: len(self.taken[run.id]) - run.needed)
            cancelled.add(open_runs.pop(run.id).id)
            for one in self._empty(run):
                self._give(one, [other for other in self.fitting[one.id] if other.id not in cancelled])

    def _empty(self, run: Run) -> list[Candidate]:
        """Those who lose their seat, who waited longest first."""
        people, self.taken[run.id] = self.taken[run.id], []
        for one in people:
            if one.employer in self.away:
                self.away[one.employer].remove(run)
        return sorted(people, key=lambda one: one.waited_since)

    def _give(self, one: Candidate, runs: Iterable[Run]) -> bool:
        run = next((run for run in runs if self._has_room(one, run)), None)
        if run:
            self._take(one, run)
        return run is not None

    def _take(self, one: Candidate, run: Run) -> None:
        self.taken[run.id].append(one)
        if one.employer in self.away:
            self.away[one.employer].append(run)

    def _has_room(self, one: Candidate, run: Run) -> bool:
        people = self.taken[run.id]
        if len(people) >= run.maximum:
            return False
        count = Counter(person.jobcenter for person in [*people, one])
        beyond = sum(max(0, n - run.reserved.get(name, 0)) for name, n in count.items())
        fits = beyond <= run.maximum - sum(run.reserved.values())
        allowed = count[one.jobcenter] <= run.quota.get(one.jobcenter, run.maximum)
        return fits and allowed and self._can_leave(one.employer, run)

    def _can_leave(self, employer: str | None, run: Run) -> bool:
        if employer not in self.away:
            return True
        meanwhile = [other for other in self.away[employer] if overlap(other, run)]
        return busiest([*meanwhile, run])[1] <= self.caps[employer]
