"""First come, first served: what a plan is measured against, and what is left when time is short."""

from __future__ import annotations

from hypothesis import given, settings

from coordination.domain.pooling.checking import check
from coordination.domain.pooling.fields import InstanceError
from coordination.domain.pooling.first_come import first_come, fitting
from coordination.domain.pooling.instances import as_instance, read_instance
from coordination.domain.pooling.problem import Employer, Seat, Wish
from coordination.domain.pooling.scoring import Starting, starting
from tests.domain.pooling_problems import person, problem, problems, run


def by_hand(asked):
    return first_come(asked, fitting(asked))


def wishes(*names):
    return tuple(Wish(rank, run=name) for rank, name in enumerate(names, 1))


def test_who_waited_longest_gets_the_best_wish_that_has_room():
    people = [
        person("late", waited_since=9, wishes=wishes("one", "two")),
        person("early", waited_since=1, wishes=wishes("one", "two")),
    ]
    asked = problem([run("one", maximum=1), run("two", maximum=1)], people)
    assert by_hand(asked) == {Seat("early", "one"), Seat("late", "two")}


def test_the_run_furthest_below_its_minimum_is_cancelled_and_its_people_try_again():
    people = [
        person("a", wishes=wishes("far", "near")),
        person("b", wishes=wishes("near")),
        person("c", wishes=wishes("far")),
    ]
    asked = problem([run("far", maximum=5, minimum=4), run("near", maximum=5, minimum=3)], people)
    assert by_hand(asked) == frozenset()
    enough = problem([run("far", maximum=5, minimum=4), run("near", maximum=5, minimum=2)], people)
    assert by_hand(enough) == {Seat("a", "near"), Seat("b", "near")}


def test_a_run_with_a_locked_seat_is_filled_first_and_stays():
    people = [
        person("held", wishes=wishes("kept"), locked=("kept",)),
        person("first", waited_since=1, wishes=wishes("other", "kept")),
        person("second", waited_since=2, wishes=wishes("other", "kept")),
    ]
    asked = problem([run("kept", minimum=2), run("other", maximum=3)], people)
    assert by_hand(asked) == {Seat("held", "kept"), Seat("first", "kept"), Seat("second", "other")}
    alone = problem([run("kept", minimum=2)], people[:1])
    assert by_hand(alone) == {Seat("held", "kept")}


def test_reserved_seats_quotas_and_employers_hold():
    home, away = {"jobcenter": "Aabenraa"}, {"jobcenter": "Haderslev"}
    kept = problem([run(maximum=2, reserved={"Haderslev": 1})], [person("a", **home), person("b", **home)])
    assert len(by_hand(kept)) == 1
    few = problem([run(quota={"Haderslev": 1})], [person("a", **away), person("b", **away)])
    assert len(by_hand(few)) == 1
    busy = [person("a", employer="e"), person("b", employer="e")]
    assert len(by_hand(problem([run()], busy, employers=[Employer("e", 1)]))) == 1


def test_those_start_whose_run_has_enough_people():
    people = [person("a", wishes=wishes("full", "small")), person("b"), person("away", weight=0)]
    asked = problem([run("full", minimum=2), run("small", minimum=2), run("kept", committed=True)], people)
    plan = frozenset({Seat("a", "full"), Seat("b", "full"), Seat("away", "full"), Seat("a", "small")})
    assert starting(asked, plan) == Starting(people=2, runs=1)
    assert starting(asked, plan | {Seat("b", "kept")}) == Starting(people=2, runs=2)
    assert starting(asked, frozenset()) == Starting(people=0, runs=0)


@settings(max_examples=80)
@given(problems())
def test_only_a_run_that_must_be_held_may_stay_too_small(asked):
    try:
        asked = read_instance(as_instance(asked))
    except InstanceError:
        return
    locked = {name for one in asked.candidates for name in one.locked}
    wrong = check(asked, by_hand(asked))
    assert all(row.code == "below_minimum" and row.facts["run"] in locked for row in wrong)
