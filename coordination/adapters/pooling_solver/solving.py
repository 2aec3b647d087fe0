"""From a problem to a verified plan: the goals in the policy's order, the structured way first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from coordination.adapters.pooling_solver.engine import Clock, Engine
from coordination.adapters.pooling_solver.model import Model
from coordination.adapters.pooling_solver.pairs import Pairs, build_pairs
from coordination.adapters.pooling_solver.search import Impossible, Reached, Search
from coordination.domain.pooling.checking import check
from coordination.domain.pooling.fields import InstanceError
from coordination.domain.pooling.problem import Goal, Plan, Policy, Problem, Seat
from coordination.domain.pooling.scoring import MORE_IS_BETTER, score, shares

NEAR = frozenset({Goal.FAIR})
"""Goals that leave the plan before them almost as it is."""
Progress = Callable[[Goal, float], bool]
"""Told the goal at work and the seconds so far, a few times a second; true cancels."""


@dataclass(frozen=True)
class Level:
    """A goal's value, what no plan can beat with the earlier goals held, and whether the two meet."""

    value: int
    bound: int
    proved: bool


@dataclass(frozen=True)
class Solution:
    """A valid plan with its value of every goal of the policy, and what it took."""

    plan: Plan
    levels: dict[Goal, Level]
    seconds: float
    solver_seconds: float

    @property
    def proved(self) -> bool:
        """Whether every goal is proved."""
        return all(level.proved for level in self.levels.values())


def solve(problem: Problem, *, time_limit: float | None = None, progress: Progress | None = None) -> Solution:
    """The best plan by the policy, verified; raises Cancelled, or InstanceError where locks allow no plan.

    After `time_limit` seconds it is the best plan found, with goals that are not proved.
    """
    goals = _goals(problem)
    clock = Clock(time_limit)
    pairs = build_pairs(problem)
    for structured in (True, False):
        run = Way(problem, pairs, clock, structured=structured, progress=progress)
        try:
            run.all_of(goals)
        except Impossible:
            raise InstanceError(_blocked(problem, pairs)) from None
        if run.holds():
            return Solution(run.plan, run.levels, clock.seconds, clock.solver_seconds)
    message = "The solver's answer does not pass the check."
    raise ArithmeticError(message)


def _goals(problem: Problem) -> tuple[Goal, ...]:
    """The policy's goals; staying with the last proposal counts only where there was one."""
    before = any(candidate.previous for candidate in problem.candidates)
    return tuple(goal for goal in problem.policy.levels if before or goal is not Goal.STABLE)


def _blocked(problem: Problem, pairs: Pairs) -> list[str]:
    """Which locked runs cannot reach their minimum: those that cannot even alone, or else all of them."""
    locked = {problem.runs[at].id for at in pairs.run[pairs.locked].tolist()}
    waiting = [run for run in problem.runs if run.id in locked and run.needed > 1]

    def reaches(name: str) -> bool:
        runs = tuple(run if run.id == name else replace(run, minimum=0) for run in problem.runs)
        alone = replace(problem, runs=runs, policy=Policy(()))
        try:
            Way(alone, pairs, Clock(), structured=False, progress=None).all_of(())
        except Impossible:
            return False
        return True

    alone = [run.id for run in waiting if not reaches(run.id)]
    if alone:
        return [
            f"run {name!r} has a locked seat and cannot reach its minimum beside the locks." for name in alone
        ]
    names = ", ".join(repr(run.id) for run in waiting)
    return [f"the runs {names} have locked seats and cannot all reach their minimums."]


class Way:
    """One way through the goals."""

    def __init__(
        self, problem: Problem, pairs: Pairs, clock: Clock, *, structured: bool, progress: Progress | None
    ) -> None:
        self.problem = problem
        self.pairs = pairs
        self.clock = clock
        self.progress = progress
        self.structured = structured
        self.model = Model(problem, pairs)
        if progress:
            self._tell(Goal.PLACED)
        self.engine = Engine(self.model, clock)
        self.search = Search(self.model, self.engine, structured=structured)
        self.levels: dict[Goal, Level] = {}
        self.entitled: dict[str, int] | None = None
        self.fixed_cost = sum(run.cost for run in problem.runs if run.committed)

    def _tell(self, goal: Goal) -> None:
        told = self.progress
        if told:
            self.clock.wants_stop = lambda seconds: told(goal, seconds)

    def all_of(self, goals: tuple[Goal, ...]) -> None:
        """Reach and hold each goal; what the time does not allow is scored as it is."""
        for goal in goals:
            self._tell(goal)
            if goal is Goal.FAIR:
                self._entitle(self._best_placed())
            self._one(goal)
        if self.search.best is None:
            self.search.first()

    def _one(self, goal: Goal) -> None:
        sense = -1 if goal in MORE_IS_BETTER else 1
        cost = sense * self.model.counts(goal)
        least = self.model.least_of(cost)
        earlier = all(level.proved for level in self.levels.values())
        try:
            reached = self.search.reach(cost, least, near=goal in NEAR)
        except TimeoutError:
            reached = Reached(self.search.first(), round(float(cost @ self.search.first())), least)
        self.search.hold(reached)
        more = self.fixed_cost if goal is Goal.COST else 0
        value, bound = sense * reached.value + more, sense * reached.bound + more
        self.levels[goal] = Level(value, bound, proved=earlier and reached.proved)

    def _best_placed(self) -> int:
        """The optimum of the first goal, which entitlements are shares of, wherever the policy has it."""
        if Goal.PLACED in self.levels:
            return self.levels[Goal.PLACED].value
        alone = Way(self.problem, self.pairs, self.clock, structured=self.structured, progress=self.progress)
        alone.all_of((Goal.PLACED,))
        return alone.levels[Goal.PLACED].value

    def _entitle(self, placed: int) -> None:
        reachable = np.unique(self.pairs.candidate)
        waiting = np.bincount(
            self.model.home[reachable],
            self.model.weight[reachable],
            minlength=len(self.problem.jobcenters),
        ).astype(np.int64)
        due = shares(dict(zip(self.problem.jobcenters, waiting.tolist(), strict=True)), placed)
        self.entitled = due
        self.search.entitle(np.array(list(due.values()), dtype=float))

    @property
    def plan(self) -> Plan:
        """The seats of the best plan."""
        best = self.search.best
        assert best is not None  # noqa: S101 (all_of leaves one)
        taken = np.flatnonzero(best[: len(self.pairs)] > 0.5)  # noqa: PLR2004 (taken or not)
        people, runs = self.problem.candidates, self.problem.runs
        return frozenset(
            Seat(people[candidate].id, runs[run].id)
            for candidate, run in zip(
                self.pairs.candidate[taken].tolist(), self.pairs.run[taken].tolist(), strict=True
            )
        )

    def holds(self) -> bool:
        """Whether the plan is valid and worth what is said of it, by the domain's own marking."""
        plan = self.plan
        values: Mapping[Goal, int] = score(
            self.problem, plan, entitled=self.entitled or dict.fromkeys(self.problem.jobcenters, 0)
        )
        return not check(self.problem, plan) and all(
            values[goal] == level.value for goal, level in self.levels.items()
        )
