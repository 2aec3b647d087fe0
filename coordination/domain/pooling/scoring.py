"""How good a plan is: one whole number for each goal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coordination.domain.pooling.pairs import Wishlist, rank_of
from coordination.domain.pooling.problem import Candidate, Goal, Plan, Problem

MORE_IS_BETTER = frozenset({Goal.PLACED, Goal.STABLE, Goal.WISH})


def reachable(problem: Problem) -> tuple[Candidate, ...]:
    """The candidates with at least one eligible pair."""
    wishlist = Wishlist(problem.runs)
    return tuple(one for one in problem.candidates if any(True for _run in wishlist.eligible(one)))


def weights(problem: Problem, candidates: Iterable[Candidate]) -> dict[str, int]:
    """The weight of these candidates for each jobcenter."""
    found = dict.fromkeys(problem.jobcenters, 0)
    for candidate in candidates:
        found[candidate.jobcenter] += candidate.weight
    return found


def shares(waiting: Mapping[str, int], placed: int) -> dict[str, int]:
    """What each jobcenter is entitled to of the placed weight, by what it has waiting; rounded down."""
    total = sum(waiting.values())
    return {jobcenter: placed * own // total if total else 0 for jobcenter, own in waiting.items()}


def entitlements(problem: Problem, placed: int) -> dict[str, int]:
    """Each jobcenter's share of `placed`, the optimum of the first goal."""
    return shares(weights(problem, reachable(problem)), placed)


@dataclass(frozen=True)
class Starting:
    """How many people a plan lets start, and on how many runs."""

    people: int
    runs: int


def starting(problem: Problem, plan: Plan) -> Starting:
    """Those who count for a goal, on runs that have enough people."""
    size = Counter(seat.run for seat in plan)
    held = {run.id for run in problem.runs if size[run.id] >= run.needed}
    counted = {one.id for one in problem.candidates if one.weight}
    seats = [seat for seat in plan if seat.run in held and seat.candidate in counted]
    return Starting(len({seat.candidate for seat in seats}), len({seat.run for seat in seats}))


def score(
    problem: Problem, plan: Plan, *, best_placed: int | None = None, entitled: Mapping[str, int] | None = None
) -> dict[Goal, int]:
    """The plan's value of every goal; fairness is held to the optimum of the first, or to its own placed."""
    candidates = {candidate.id: candidate for candidate in problem.candidates}
    runs = {run.id: run for run in problem.runs}
    seated = [candidates[name] for name in sorted({seat.candidate for seat in plan})]
    weight = weights(problem, seated)
    placed = sum(weight.values())
    due = entitled or entitlements(problem, placed if best_placed is None else best_placed)
    opened = {seat.run for seat in plan} | {run.id for run in problem.runs if run.committed}
    return {
        Goal.PLACED: placed,
        Goal.FAIR: sum(max(0, due[jobcenter] - weight[jobcenter]) for jobcenter in problem.jobcenters),
        Goal.STABLE: sum(seat.run in candidates[seat.candidate].previous for seat in plan),
        Goal.COST: sum(runs[name].cost for name in opened),
        Goal.WISH: sum(
            problem.policy.points(rank_of(candidates[seat.candidate], runs[seat.run])) for seat in plan
        ),
    }
