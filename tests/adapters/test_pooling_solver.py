from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given, settings

from coordination.adapters.pooling_solver import Cancelled, search, solve
from coordination.adapters.pooling_solver.engine import Clock
from coordination.adapters.pooling_solver.pairs import build_pairs
from coordination.adapters.pooling_solver.solving import Way
from coordination.domain.pooling.checking import check
from coordination.domain.pooling.fields import InstanceError
from coordination.domain.pooling.first_come import first_come, fitting
from coordination.domain.pooling.instances import as_instance, read_instance
from coordination.domain.pooling.pairs import Wishlist, eligible_pairs
from coordination.domain.pooling.problem import Employer, Goal, Seat, Wish
from coordination.domain.pooling.scoring import MORE_IS_BETTER, score
from tests.domain.pooling_problems import person, problem, problems, run

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


@settings(max_examples=40)
@given(problems(most_people=6, most_runs=5))
def test_the_fast_pairs_are_the_readable_ones(asked):
    pairs = build_pairs(asked)
    found = {
        Seat(asked.candidates[candidate].id, asked.runs[offered].id): rank
        for candidate, offered, rank in zip(
            pairs.candidate.tolist(), pairs.run.tolist(), pairs.rank.tolist(), strict=True
        )
    }
    assert list(found.items()) == list(eligible_pairs(asked).items())


def test_the_fast_pairs_are_in_the_order_of_the_readable_ones():
    asked = public("regional")
    slow = {one: runs for one, runs in fitting(asked).items() if runs}
    assert build_pairs(asked).fitting(asked) == slow


@pytest.mark.parametrize("name", ["regional", "infeasible-minimums"])
def test_the_plain_way_finds_the_same(name):
    asked = public(name)
    plain = Way(asked, build_pairs(asked), Clock(), structured=False, progress=None)
    plain.all_of(tuple(solve(asked).levels))
    assert plain.holds()
    assert all(level.proved for level in plain.levels.values())
    assert tuple(level.value for level in plain.levels.values()) == tuple(
        value for value in OPTIMA[name] if value is not None
    )


def test_the_solver_calls_nothing_the_best_that_is_not():
    """HiGHS 1.14.0 to 1.15.1 find 3,234 points here and call it proved: see docs/adr/0012-pooling.md."""
    asked = public("several-places")
    for structured in (True, False):
        way = Way(asked, build_pairs(asked), Clock(), structured=structured, progress=None)
        way.all_of((Goal.PLACED, Goal.FAIR, Goal.COST, Goal.WISH))
        assert way.holds()
        assert [level.value for level in way.levels.values()] == [61, 0, 10, 4627]


@pytest.mark.parametrize("name", ["tiny", "regional", "infeasible-minimums"])
def test_what_is_tried_for_a_whole_country_finds_the_same(name, monkeypatch):
    monkeypatch.setattr(search, "FEW_SEATS", 0)
    solution = solve(public(name))
    assert solution.proved
    assert [level.value for level in solution.levels.values()] == [
        value for value in OPTIMA[name] if value is not None
    ]


def test_when_the_structured_way_fails_the_check_the_plain_way_is_taken(monkeypatch):
    honest = Way.holds
    monkeypatch.setattr(Way, "holds", lambda self: not self.structured and honest(self))
    assert solve(public("tiny")).levels[Goal.WISH].value == 1080
    monkeypatch.setattr(Way, "holds", lambda self: False)
    with pytest.raises(ArithmeticError, match="check"):
        solve(public("tiny"))


def test_the_same_input_gives_the_same_seats():
    once, again = solve(public("regional")), solve(public("regional"))
    assert once.plan == again.plan
    assert once.levels == again.levels


def test_the_figures_do_not_depend_on_the_stored_order():
    asked = public("tight-language")
    turned = replace(asked, candidates=asked.candidates[::-1], runs=asked.runs[::-1])
    assert solve(turned).levels == solve(asked).levels


@pytest.mark.parametrize("name", OPTIMA)
def test_out_of_time_is_a_valid_plan_no_worse_than_by_hand_that_says_not_proved(name):
    asked = public(name)
    solution = solve(asked, time_limit=1e-6)
    by_hand = first_come(asked, fitting(asked))
    assert not solution.proved
    assert check(asked, solution.plan) == ()
    assert solution.levels[Goal.PLACED].value >= score(asked, by_hand)[Goal.PLACED] > 0
    assert solution.levels[Goal.PLACED].bound >= OPTIMA[name][0]
    for goal, level in solution.levels.items():
        assert level.value <= level.bound if goal in MORE_IS_BETTER else level.value >= level.bound


@settings(max_examples=60)
@given(problems())
def test_out_of_time_every_bound_is_true_and_every_value_is_the_plans(asked):
    try:
        read_instance(as_instance(asked))
        solution = solve(asked, time_limit=1e-6)
    except InstanceError:
        return
    assert check(asked, solution.plan) == ()
    plans = all_plans(asked)
    for goal, level in solution.levels.items():
        if goal is Goal.FAIR:  # counts against what was placed, not against the best
            continue
        values = [score(asked, plan)[goal] for plan in plans]
        assert level.value == score(asked, solution.plan)[goal]
        assert level.bound >= max(values) if goal in MORE_IS_BETTER else level.bound <= min(values)


@pytest.mark.parametrize("after", [0, 0.3])
def test_whoever_asks_may_stop_it(after):
    told = []

    def progress(goal, seconds):
        told.append(goal)
        return seconds >= after

    with pytest.raises(Cancelled):
        solve(public("employer-caps"), progress=progress)
    assert set(told) <= set(Goal)


def test_progress_is_told_for_each_goal():
    told = []
    solve(public("regional"), progress=lambda goal, _seconds: told.append(goal))
    assert list(dict.fromkeys(told)) == list(Goal)


@pytest.mark.parametrize(
    ("runs", "candidates"),
    [
        ([], []),
        ([run()], []),
        ([], [person()]),
        ([run(minimum=2)], [person()]),
        ([run(maximum=0)], [person()]),
    ],
)
def test_little_to_do_is_done(runs, candidates):
    solution = solve(problem(runs, candidates))
    assert solution.plan == frozenset()
    assert solution.proved


def test_a_locked_run_that_cannot_fill_is_named():
    lone = person("a", locked=("r",), employer="e")
    others = [person(name, employer="e") for name in "bc"]
    asked = problem([run(minimum=3), run("s")], [lone, *others], employers=[Employer("e", 2)])
    with pytest.raises(InstanceError, match="run 'r' has a locked seat and cannot reach its minimum"):
        solve(asked)


def test_two_locked_runs_that_take_each_others_people_are_named():
    locked = [person("a", locked=("r",)), person("d", locked=("s",))]
    asked = problem([run(minimum=2), run("s", minimum=2)], [*locked, person("b")])
    with pytest.raises(InstanceError, match="'r', 's' have locked seats and cannot all"):
        solve(asked)


def test_a_wish_far_down_the_list_is_one_point():
    assert solve(problem([run()], [person(wishes=(Wish(10**9, run="r"),))])).levels[Goal.WISH].value == 1
