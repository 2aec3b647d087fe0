"""Each person and each closed run is told why, in codes and figures that name nobody else."""

from __future__ import annotations

from coordination.domain.pooling.problem import Candidate, Policy, Problem, Run, Seat, Wish
from coordination.domain.proposal_locks import with_locks
from coordination.domain.proposal_reasons import CODES, reasons
from coordination.web.labels import SENTENCES


def person(name, **more):
    return Candidate(name, "a", **{"wishes": (Wish(1, sector="kitchen"),), **more})


def run(name, **more):
    return Run(name, "kitchen", name, "school", ((10, 11),), **{"maximum": 2, **more})


def problem(candidates, runs):
    return Problem("test", Policy(), ("a",), (), tuple(runs), tuple(candidates))


def seats(**run_by_person):
    return frozenset(Seat(name, on) for name, on in run_by_person.items())


def test_a_full_run_tells_in_figures_who_came_first_and_names_nobody():
    asked = problem([person("secret", weight=2), person("hidden"), person("x", waited_since=5)], [run("r")])
    found = reasons(asked, seats(secret="r", hidden="r"), {}).people
    assert found["x"] == [{"code": "RUN_FULL", "run": "r", "seated": 2, "higher": 1, "longer": 1}]
    assert found["secret"] == [{"code": "ONLY_RUN", "rank": 1, "run": "r"}]


def test_what_the_coordinator_decided_what_was_given_and_what_stays():
    people = [person("u"), person("v"), person("x", locked=("r",)), person("y", previous=("s",))]
    asked, locks = problem(people, [run("r"), run("s")]), {"u": "r", "v": None}
    found = reasons(with_locks(asked, locks), seats(u="r", x="r", y="s"), locks).people
    assert [[why["code"] for why in found[name]] for name in "uvxy"] == [
        ["decided"],
        ["kept_out"],
        ["held"],
        ["FIRST_WISH", "stays"],
    ]


def test_a_closed_run_tells_how_many_it_lacks():
    asked = problem([person("u"), person("v")], [run("r"), run("s", minimum=2)])
    assert reasons(asked, seats(u="r"), {}).closed == {
        "s": [{"code": "BELOW_MINIMUM", "fit": 1, "elsewhere": 1, "minimum": 2, "short": 1}]
    }


def test_every_code_has_its_sentence():
    assert [code for code in CODES if f"plan.{code}" not in SENTENCES] == []
