from __future__ import annotations

from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given, settings

from coordination.adapters.pooling_solver import solve
from coordination.domain.pooling.checking import check
from coordination.domain.pooling.fields import InstanceError
from coordination.domain.pooling.instances import as_instance, read_instance
from coordination.domain.pooling.pairs import Wishlist
from coordination.domain.pooling.problem import Goal, Seat
from coordination.domain.pooling.scoring import MORE_IS_BETTER, score
from tests.domain.pooling_problems import problems

INSTANCES = Path(__file__).parents[1] / "instances"
OPTIMA = {
    "tiny": (23, 2, None, 162, 1080),
    "regional": (266, 0, 47, 1518, 12170),
    "large": (863, 19, 86, 4530, 41585),
    "infeasible-minimums": (211, 0, None, 1153, 9785),
    "tight-language": (311, 3, None, 1246, 16715),
    "employer-caps": (179, 0, None, 844, 7880),
}
PEOPLE = {
    "tiny": (12, 2),
    "regional": (154, 10),
    "large": (501, 39),
    "infeasible-minimums": (113, 11),
    "tight-language": (189, 13),
    "employer-caps": (87, 7),
}


def public(name):
    return read_instance((INSTANCES / f"{name}.json").read_bytes())


@pytest.mark.parametrize("name", OPTIMA)
def test_every_goal_of_the_public_instances_is_proved(name):
    asked = public(name)
    solution = solve(asked)
    known = {goal: value for goal, value in zip(Goal, OPTIMA[name], strict=True) if value is not None}
    assert {goal: level.value for goal, level in solution.levels.items()} == known
    assert {goal: level.bound for goal, level in solution.levels.items()} == known
    assert solution.proved
    assert check(asked, solution.plan) == ()
    assert score(asked, solution.plan, best_placed=OPTIMA[name][0]).items() >= known.items()
    assert len({seat.candidate for seat in solution.plan}) == PEOPLE[name][0]


def all_plans(asked):
    """Every valid plan, by trying everything."""
    wishlist = Wishlist(asked.runs)
    choices = []
    for one in asked.candidates:
        seats = [Seat(one.id, offered.id) for offered in wishlist.eligible(one)]
        choices.append([few for size in range(len(seats) + 1) for few in combinations(seats, size)])
    plans = (frozenset(seat for few in chosen for seat in few) for chosen in product(*choices))
    return [plan for plan in plans if not check(asked, plan)]


def best_by_hand(asked):
    """The optimum of each goal in the policy's order, by trying everything."""
    plans = all_plans(asked)
    if not plans:
        return None
    placed = max(score(asked, plan)[Goal.PLACED] for plan in plans)
    values = {plan: score(asked, plan, best_placed=placed) for plan in plans}
    best = {}
    for goal in asked.policy.levels:
        if goal is Goal.STABLE and not any(one.previous for one in asked.candidates):
            continue
        pick = max if goal in MORE_IS_BETTER else min
        best[goal] = pick(values[plan][goal] for plan in plans)
        plans = [plan for plan in plans if values[plan][goal] == best[goal]]
    return best


@settings(max_examples=60)
@given(problems())
def test_nothing_better_exists(asked):
    try:
        read_instance(as_instance(asked))
    except InstanceError:
        return
    best = best_by_hand(asked)
    if best is None:
        with pytest.raises(InstanceError, match="minimum"):
            solve(asked)
        return
    solution = solve(asked)
    assert {goal: level.value for goal, level in solution.levels.items()} == best
    assert solution.proved
