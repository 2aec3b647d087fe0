"""The problem as a sparse linear model: who sits where, which runs open, and what each goal counts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from coordination.adapters.pooling_solver.moments import together
from coordination.adapters.pooling_solver.pairs import Pairs, Spans, Whole
from coordination.adapters.pooling_solver.rows import INFINITY, Matrix, Real, Rows
from coordination.domain.pooling.checking import check
from coordination.domain.pooling.first_come import first_come
from coordination.domain.pooling.problem import Goal, Problem


class Model:
    """Columns: seat (pair), open (run), seated (candidate), beyond (reservation), short (jobcenter)."""

    def __init__(self, problem: Problem, pairs: Pairs) -> None:
        self.problem = problem
        self.pairs = pairs
        self.rows = Rows()
        self.columns = len(pairs)
        self._fit = np.bincount(pairs.run, minlength=len(problem.runs))
        self._seated_by_candidate = np.bincount(pairs.candidate, minlength=len(problem.candidates))
        self.weight = np.array([one.weight for one in problem.candidates], dtype=np.int64)
        self.home = self._numbers(problem.jobcenters, [one.jobcenter for one in problem.candidates])
        self.lower, self.upper = np.zeros(len(pairs)), np.ones(len(pairs))
        self.lower[pairs.locked] = 1
        self._kept: list[tuple[Whole, Whole, int]] = []
        self._runs()
        self._candidates()
        self._jobcenters()
        self._employers()
        self._fairness()

    @staticmethod
    def _numbers(names: tuple[str, ...], values: list[str]) -> Whole:
        places = {name: place for place, name in enumerate(names)}
        return np.array([places[value] for value in values], dtype=np.int64)

    def _new(self, count: int, lower: Real | float, upper: Real | float) -> Whole:
        """New columns with these bounds."""
        self.lower = np.concatenate((self.lower, np.broadcast_to(lower, (count,))))
        self.upper = np.concatenate((self.upper, np.broadcast_to(upper, (count,))))
        self.columns += count
        return np.arange(self.columns - count, self.columns)

    def _runs(self) -> None:
        """A run opens with its minimum at least and its maximum at most, or not at all."""
        runs, count = self.problem.runs, self._fit
        self.least = np.array([run.needed for run in runs], dtype=np.int64)
        most = np.minimum(count, np.array([run.maximum for run in runs], dtype=np.int64))
        self.cost = np.array([0 if run.committed else run.cost for run in runs], dtype=np.int64)
        self.choice = np.flatnonzero((count > 0) & ((self.least > 1) | (self.cost > 0)))
        stays = np.bincount(self.pairs.run[self.pairs.locked], minlength=len(runs)) > 0
        self.open = self._new(len(self.choice), stays[self.choice].astype(float), 1)
        self.open_of = np.full(len(runs), -1)
        self.open_of[self.choice] = self.open
        there = np.flatnonzero(count > 0)
        chosen = there[self.open_of[there] >= 0]
        row = self._run_rows(there, -INFINITY, np.where(self.open_of[there] >= 0, 0, most[there]))
        self.rows.put(row[self.open_of[there] >= 0], self.open_of[chosen], -most[chosen])
        minimum = self.choice[self.least[self.choice] > 1]
        row = self._run_rows(minimum, 0, INFINITY)
        self.rows.put(row, self.open_of[minimum], -self.least[minimum])

    def _run_rows(self, runs: Whole, lower: Real | float, upper: Real | float) -> Whole:
        """One row for each of these runs, with all its seats in it."""
        row = self.rows.add(len(runs), lower, upper)
        place = np.full(len(self.problem.runs), -1)
        place[runs] = row
        mine = np.flatnonzero(place[self.pairs.run] >= 0)
        self.rows.put(place[self.pairs.run[mine]], mine, 1)
        return row

    def _candidates(self) -> None:
        """At most so many seats; for several, no overlap, no course twice, and the weeks that are left."""
        people, pairs = self.problem.candidates, self.pairs
        places = np.array([one.max_places for one in people], dtype=np.int64)
        count = self._seated_by_candidate
        self._owner_rows(np.flatnonzero(count > places), places, 1)
        several = np.flatnonzero((places > 1) & (count > 1))
        self.several = several
        mine = np.flatnonzero(np.isin(pairs.candidate, several))
        together(self.rows, self.sessions, mine, pairs.run[mine], pairs.candidate[mine], np.ones(len(people)))
        self._courses(mine)
        weeks = np.array([run.weeks for run in self.problem.runs], dtype=np.int64)[pairs.run]
        left = np.array([-1 if one.weeks_left is None else one.weeks_left for one in people], dtype=np.int64)
        fixed = np.bincount(pairs.candidate[pairs.locked], weeks[pairs.locked], minlength=len(people))
        over = (left >= 0) & (fixed > left)
        self.upper[: len(pairs)][over[pairs.candidate] & ~pairs.locked] = 0
        self._owner_rows(several[(left[several] >= 0) & ~over[several]], left, weeks)
        self.seated = self._new(len(several), 0, 1)
        self.seated_of = np.full(len(people), -1)
        self.seated_of[several] = self.seated
        row = self._owner_rows(several, np.full(len(people), INFINITY), 1, lower=0)
        self.rows.put(row, self.seated, -1)

    def _owner_rows(
        self, owners: Whole, most: Whole | Real, value: Whole | int, lower: float = -INFINITY
    ) -> Whole:
        """One row for each of these candidates, with all their seats in it."""
        row = self.rows.add(len(owners), lower, most[owners])
        place = np.full(len(self.problem.candidates), -1)
        place[owners] = row
        mine = np.flatnonzero(place[self.pairs.candidate] >= 0)
        entries = value if isinstance(value, int) else value[mine]
        self.rows.put(place[self.pairs.candidate[mine]], mine, entries)
        return row

    def _courses(self, mine: Whole) -> None:
        """Nobody sits twice in the same course."""
        names = tuple(dict.fromkeys(run.course for run in self.problem.runs))
        course = self._numbers(names, [run.course for run in self.problem.runs])
        key = self.pairs.candidate[mine] * len(names) + course[self.pairs.run[mine]]
        _keys, place, count = np.unique(key, return_inverse=True, return_counts=True)
        self._grouped(place, mine, count, count > 1, 1)

    def _grouped(self, place: Whole, columns: Whole, count: Whole, kept: Whole, most: Real | float) -> None:
        """A row with at most `most` for each kept group of columns."""
        number = np.full(len(count), -1)
        number[kept] = self.rows.add(int(np.count_nonzero(kept)), -INFINITY, most)
        inside = number[place] >= 0
        self.rows.put(number[place[inside]], columns[inside], 1)

    @property
    def sessions(self) -> Spans:
        """The sessions of all runs."""
        return Spans.of([run.sessions for run in self.problem.runs])

    def _jobcenters(self) -> None:
        """Quotas, and seats beyond each jobcenter's own reservation within what is free."""
        pairs = self.pairs
        home = self.home[pairs.candidate]
        numbers = {name: place for place, name in enumerate(self.problem.jobcenters)}
        for at, run in enumerate(self.problem.runs):
            if (not run.quota and not run.reserved) or not self._fit[at]:
                continue
            mine = np.flatnonzero(pairs.run == at)
            for name, most in run.quota.items():
                theirs = mine[home[mine] == numbers[name]]
                if len(theirs) > most:
                    self._at_most(theirs, most, at)
            self._reserved(at, mine, {numbers[name]: kept for name, kept in run.reserved.items() if kept})

    def _at_most(self, columns: Whole, most: int, run: int, beyond: Whole | None = None) -> None:
        """At most so many of these seats of one run, and none where it stays closed."""
        opened = self.open_of[run]
        row = self.rows.add(1, -INFINITY, most if opened < 0 else 0)
        everything = columns if beyond is None else np.concatenate((columns, beyond))
        self.rows.put(np.repeat(row, len(everything)), everything, 1)
        if opened >= 0:
            self.rows.put(row, np.array([opened]), -most)

    def _reserved(self, at: int, mine: Whole, reserved: Mapping[int, int]) -> None:
        if not reserved:
            return
        home = self.home[self.pairs.candidate[mine]]
        free = self.problem.runs[at].maximum - sum(reserved.values())
        others = mine[~np.isin(home, list(reserved))]
        beyond = self._new(len(reserved), 0, INFINITY)
        for column, (jobcenter, kept) in zip(beyond, reserved.items(), strict=True):
            theirs = mine[home == jobcenter]
            row = self.rows.add(1, -INFINITY, kept)
            self.rows.put(np.repeat(row, len(theirs)), theirs, 1)
            self.rows.put(row, np.array([column]), -1)
            self._kept.append((column, theirs, kept))
        self._at_most(others, free, at, beyond)

    def _employers(self) -> None:
        """No more people of an employer in session at a time than it can spare."""
        names = tuple(employer.id for employer in self.problem.employers)
        places = {name: place for place, name in enumerate(names)}
        employer = np.array(
            [places.get(one.employer or "", -1) for one in self.problem.candidates], dtype=np.int64
        )
        cap = np.array([one.cap for one in self.problem.employers], dtype=float)
        owner = employer[self.pairs.candidate]
        mine = np.flatnonzero(owner >= 0)
        together(self.rows, self.sessions, mine, self.pairs.run[mine], owner[mine], cap)

    def _fairness(self) -> None:
        """What each jobcenter is short of its entitlement; the entitlements come later, as lower bounds."""
        self.short = self._new(len(self.problem.jobcenters), 0, INFINITY)
        self.short_row = self.rows.add(len(self.short), -INFINITY, INFINITY)
        self.rows.put(self.short_row, self.short, 1)
        column, weight = self.placed_entries()
        owner = np.concatenate((self.pairs.candidate, self.several))
        counted = weight > 0
        self.rows.put(self.short_row[self.home[owner[counted]]], column[counted], weight[counted])

    def placed_entries(self) -> tuple[Whole, Whole]:
        """What counts as placed, with its weight: a seat, or seated for those who may have several."""
        single = self.seated_of[self.pairs.candidate] < 0
        weight = np.where(single, self.weight[self.pairs.candidate], 0)
        column = np.concatenate((np.arange(len(self.pairs)), self.seated))
        return column, np.concatenate((weight, self.weight[self.several]))

    def counts(self, goal: Goal) -> Real:
        """What each column adds to a goal."""
        found = np.zeros(self.columns)
        pairs, people = self.pairs, self.problem.candidates
        if goal is Goal.PLACED:
            column, weight = self.placed_entries()
            found[column] = weight
        elif goal is Goal.FAIR:
            found[self.short] = 1
        elif goal is Goal.STABLE:
            places = {run.id: at for at, run in enumerate(self.problem.runs)}
            kept = {(at, places[name]) for at, one in enumerate(people) for name in one.previous}
            found[: len(pairs)] = [
                pair in kept for pair in zip(pairs.candidate.tolist(), pairs.run.tolist(), strict=True)
            ]
        elif goal is Goal.COST:
            found[self.open] = self.cost[self.choice]
        else:
            ranks, place = np.unique(pairs.rank, return_inverse=True)
            found[: len(pairs)] = np.array([self.problem.policy.points(rank) for rank in ranks.tolist()])[
                place
            ]
        return found

    def least_of(self, cost: Real) -> int:
        """What a goal cannot be below: each candidate's best seats, and the other columns one by one."""
        seats, owner = len(self.pairs), self.pairs.candidate
        best = np.zeros(len(self.home))
        np.minimum.at(best, owner, cost[:seats])
        places = np.array([one.max_places for one in self.problem.candidates])
        everywhere = np.bincount(owner, np.minimum(cost[:seats], 0), minlength=len(best))
        rest = cost[seats:]
        at_best = np.where(rest < 0, self.upper[seats:], self.lower[seats:])
        rest_at_best = np.sum(rest * np.where(rest == 0, 0, at_best))
        return int(np.floor(np.sum(np.maximum(best * places, everywhere)) + rest_at_best))

    def by_hand(self) -> Real | None:
        """The seats of first come, first served, where that is a valid plan."""
        plan = first_come(self.problem, self.pairs.fitting(self.problem))
        return None if check(self.problem, plan) else self.pairs.taken(self.problem, plan).astype(float)

    def of_seats(self, taken: Real, due: Real) -> Real:
        """All columns of a plan, from its seats and the entitlements of the jobcenters."""
        columns, pairs = np.zeros(self.columns), self.pairs
        seats = columns[: len(pairs)] = np.round(taken[: len(pairs)])
        columns[self.open] = np.bincount(pairs.run, seats, minlength=len(self.least))[self.choice] > 0
        columns[self.seated] = np.bincount(pairs.candidate, seats, minlength=len(self.home))[self.several] > 0
        for column, theirs, kept in self._kept:
            columns[column] = max(0, seats[theirs].sum() - kept)
        column, weight = self.placed_entries()
        owner = np.concatenate((pairs.candidate, self.several))
        placed = np.bincount(self.home[owner], weight * columns[column], minlength=len(self.short))
        columns[self.short] = np.maximum(0, due - placed)
        return columns

    def matrix(self) -> Matrix:
        """The rows."""
        return self.rows.matrix()
