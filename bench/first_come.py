"""What a spreadsheet does: first come, first served, then cancel the runs that stay too small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from coordination.domain.pooling.checking import busiest
from coordination.domain.pooling.pairs import Wishlist, rank_of
from coordination.domain.pooling.problem import Candidate, Plan, Problem, Run, Seat, overlap


class FirstCome:
    """Seats handed out in the order people have waited, each the best wish that has room."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.runs = {run.id: run for run in problem.runs}
        self.caps = {employer.id: employer.cap for employer in problem.employers}
        self.taken: dict[str, list[Candidate]] = {run.id: [] for run in problem.runs}
        self.away: dict[str, list[Run]] = {name: [] for name in self.caps}

    def plan(self) -> Plan:
        """The seats that remain when the runs below their minimum are cancelled."""
        wishlist = Wishlist(self.problem.runs)
        for one in self.problem.candidates:
            for name in one.locked:
                self._take(one, self.runs[name])
        for one in sorted(self.problem.candidates, key=lambda one: one.waited_since):
            if not one.locked and one.max_places:
                runs = sorted(wishlist.eligible(one), key=lambda run: rank_of(one, run))
                self._first(one, runs)
        kept = {run.id: run for run in self.problem.runs}
        while small := [run for run in kept.values() if len(self.taken[run.id]) < run.needed]:
            cancelled = min(small, key=lambda run: len(self.taken[run.id]) - run.needed)
            del kept[cancelled.id]
            for one in self._cancel(cancelled):
                runs = [run for run in wishlist.eligible(one) if run.id in kept]
                self._first(one, sorted(runs, key=lambda run: rank_of(one, run)))
        return frozenset(Seat(one.id, name) for name in kept for one in self.taken[name])

    def _cancel(self, run: Run) -> list[Candidate]:
        """Those who lose their seat, who waited longest first."""
        for one in self.taken[run.id]:
            if one.employer in self.away:
                self.away[one.employer].remove(run)
        return sorted(self.taken.pop(run.id), key=lambda one: one.waited_since)

    def _first(self, one: Candidate, runs: Iterable[Run]) -> None:
        run = next((run for run in runs if self._has_room(one, run)), None)
        if run:
            self._take(one, run)

    def _take(self, one: Candidate, run: Run) -> None:
        self.taken[run.id].append(one)
        if one.employer in self.away:
            self.away[one.employer].append(run)

    def _has_room(self, one: Candidate, run: Run) -> bool:
        count = Counter(person.jobcenter for person in [*self.taken[run.id], one])
        beyond = sum(max(0, n - run.reserved.get(name, 0)) for name, n in count.items())
        fits = beyond <= run.maximum - sum(run.reserved.values())
        allowed = count[one.jobcenter] <= run.quota.get(one.jobcenter, run.maximum)
        return fits and allowed and self._can_leave(one.employer, run)

    def _can_leave(self, employer: str | None, run: Run) -> bool:
        if employer not in self.away:
            return True
        meanwhile = [other for other in self.away[employer] if overlap(other, run)]
        return busiest([*meanwhile, run])[1] <= self.caps[employer]
