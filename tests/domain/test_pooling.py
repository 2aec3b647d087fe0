from __future__ import annotations

import pytest

from coordination.domain.pooling.checking import check
from coordination.domain.pooling.explaining import explain
from coordination.domain.pooling.pairs import CHECKS, Reason, eligible_pairs, first_reason, rank_of
from coordination.domain.pooling.problem import Employer, Goal, Policy, Seat, Wish
from coordination.domain.pooling.scoring import entitlements, score
from tests.domain.pooling_problems import person, problem, run


def plan(*seats):
    return frozenset(Seat(*seat) for seat in seats)


def broken(asked, *seats):
    return [(wrong.code, wrong.facts) for wrong in check(asked, plan(*seats))]


FAILING = {
    Reason.NOT_LAWFUL: {"lawful": False},
    Reason.NO_WISH: {"wishes": (Wish(1, sector="metal"), Wish(2, run="s"), Wish(3, course="s"))},
    Reason.LANGUAGE: {"lang": 1},
    Reason.TRAVEL: {"max_travel": 30, "travel": {"school": 31}},
    Reason.DEADLINE: {"deadline": 19},
    Reason.UNAVAILABLE: {"available": ((0, 4), (6, 30))},
    Reason.WEEKS: {"weeks_left": 1},
}
LONG = run(sessions=((0, 5), (10, 20)), lang_min=2)


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_keeps_a_candidate_out(reason):
    assert first_reason(person(**FAILING[reason]), LONG) is reason
    assert first_reason(person(**FAILING[reason], locked=("r",)), LONG) is None


def test_the_first_reason_is_told_in_the_order_of_the_format():
    assert [reason for reason, _fails in CHECKS] == list(Reason)
    for number, reason in enumerate(Reason):
        wrong = {name: value for later in list(Reason)[number:] for name, value in FAILING[later].items()}
        assert first_reason(person(**wrong), LONG) is reason


@pytest.mark.parametrize(
    "facts",
    [
        {"lang": 2},
        {"lang": None},
        {"max_travel": 30, "travel": {"school": 30}},
        {"deadline": 20},
        {"available": ((0, 5), (10, 20))},
        {"available": None},
        {"weeks_left": 3},
    ],
)
def test_on_the_border_a_candidate_may_go(facts):
    assert first_reason(person(**facts), LONG) is None


def test_a_school_not_listed_is_out_of_reach_and_an_empty_interval_holds_nothing():
    assert first_reason(person(max_travel=90), LONG) is Reason.TRAVEL
    assert first_reason(person(available=((0, 0),)), LONG) is Reason.UNAVAILABLE


def test_the_best_rank_counts_and_a_lock_without_a_wish_has_the_last():
    wishes = (Wish(3, sector="lager"), Wish(2, course="r"), Wish(5, run="r"))
    assert rank_of(person(wishes=wishes), run()) == 2
    assert rank_of(person(wishes=()), run()) == 99
    locked = problem([run()], [person(wishes=(), locked=("r",))])
    assert eligible_pairs(locked) == {Seat("a", "r"): 99}
    assert [Policy((), (10, 7)).points(rank) for rank in (1, 2, 3, 99)] == [10, 7, 1, 1]


@pytest.mark.parametrize(("days", "weeks"), [(1, 1), (7, 1), (8, 2), (14, 2), (15, 3)])
def test_begun_weeks_count(days, weeks):
    assert run(sessions=((0, days),)).weeks == weeks


FOUR = [person(name) for name in "abcd"]
OTHERS = [person(name, jobcenter="Haderslev") for name in "cd"]
VIOLATIONS = {
    "unknown": (problem([run()], FOUR), [("a", "nowhere")], {"candidate": "a", "run": "nowhere"}),
    "not_eligible": (
        problem([run(sector="metal")], FOUR),
        [("a", "r")],
        {"candidate": "a", "run": "r", "reason": "NO_WISH"},
    ),
    "above_maximum": (
        problem([run()], FOUR),
        [(name, "r") for name in "abcd"],
        {"run": "r", "count": 4, "maximum": 3},
    ),
    "below_minimum": (problem([run(minimum=2)], FOUR), [("a", "r")], {"run": "r", "count": 1, "minimum": 2}),
    "lock_broken": (problem([run()], [person(locked=("r",))]), [], {"candidate": "a", "run": "r"}),
    "too_many_places": (
        problem([run(), run("s", sessions=((9, 10),))], FOUR),
        [("a", "r"), ("a", "s")],
        {"candidate": "a", "count": 2, "max_places": 1},
    ),
    "too_many_weeks": (
        problem([run(), run("s", sessions=((9, 10),))], [person(max_places=2, weeks_left=1)]),
        [("a", "r"), ("a", "s")],
        {"candidate": "a", "weeks": 2, "weeks_left": 1},
    ),
    "overlap": (
        problem([run(), run("s", sessions=((4, 10),))], [person(max_places=2)]),
        [("a", "r"), ("a", "s")],
        {"candidate": "a", "run": "r", "other": "s"},
    ),
    "same_course": (
        problem([run(), run("s", course="r", sessions=((5, 10),))], [person(max_places=2)]),
        [("a", "r"), ("a", "s")],
        {"candidate": "a", "run": "r", "other": "s", "course": "r"},
    ),
    "employer_cap": (
        problem(
            [run(), run("s", sessions=((4, 6),))],
            [person("a", employer="e"), person("b", employer="e")],
            employers=[Employer("e", 1)],
        ),
        [("a", "r"), ("b", "s")],
        {"employer": "e", "day": 4, "count": 2, "cap": 1},
    ),
    "quota": (
        problem([run(quota={"Aabenraa": 1})], FOUR),
        [("a", "r"), ("b", "r")],
        {"run": "r", "jobcenter": "Aabenraa", "count": 2, "quota": 1},
    ),
    "reserved": (
        problem([run(reserved={"Haderslev": 2})], FOUR),
        [("a", "r"), ("b", "r")],
        {"run": "r", "beyond": 2, "free": 1},
    ),
}


@pytest.mark.parametrize("code", VIOLATIONS)
def test_each_kind_of_violation_is_found_and_names_whom_it_is_about(code):
    asked, seats, facts = VIOLATIONS[code]
    assert broken(asked, *seats) == [(code, facts)]


def test_what_only_touches_is_no_clash():
    later = run("s", sessions=((5, 9),), course="s")
    asked = problem([run(), later], [person(max_places=2, employer="e")], employers=[Employer("e", 1)])
    assert broken(asked, ("a", "r"), ("a", "s")) == []


def test_a_committed_run_may_be_small_and_a_reserved_seat_is_its_jobcenters():
    asked = problem([run(minimum=3, committed=True, reserved={"Haderslev": 2})], [*FOUR[:1], *OTHERS])
    assert broken(asked, ("a", "r")) == []
    assert broken(asked, ("a", "r"), ("c", "r"), ("d", "r")) == []


def test_every_goal_counts_what_the_format_says():
    first = person("a", weight=2, previous=("r",), max_places=2)
    second = person("b", jobcenter="Haderslev", weight=3, wishes=(Wish(2, sector="lager"),))
    runs = [
        run(cost=5),
        run("s", sessions=((9, 10),), cost=7),
        run("t", cost=11, committed=True),
        run("u", cost=13),
    ]
    asked = problem(runs, [first, second, person("c", weight=4)])
    assert score(asked, plan(("a", "r"), ("a", "s"), ("b", "r")), best_placed=9) == {
        Goal.PLACED: 5,
        Goal.FAIR: 4,  # of 9: Aabenraa is due 6 and has 2, Haderslev is due 3 and has 3
        Goal.STABLE: 1,
        Goal.COST: 23,
        Goal.WISH: 27,
    }


def test_entitlements_leave_out_those_who_can_go_nowhere_and_round_down():
    lost = person("x", weight=50, wishes=())
    asked = problem([run()], [*FOUR[:2], *OTHERS[:1], lost])
    assert entitlements(asked, 2) == {"Aabenraa": 1, "Haderslev": 0}
    assert entitlements(problem([], [lost]), 0) == {"Aabenraa": 0, "Haderslev": 0}


def reasons(asked, *seats, of="z"):
    return [(why.code, why.facts) for why in explain(asked, plan(*seats)).unplaced[of]]


def test_who_fits_nowhere_is_told_why_run_by_run():
    lost = person("z", lang=0)
    asked = problem(
        [run(lang_min=2), run("s", lang_min=3)], [lost, person("y", wishes=()), person("x", lawful=False)]
    )
    assert reasons(asked) == [("LANGUAGE", {"run": "r"}), ("LANGUAGE", {"run": "s"})]
    assert reasons(asked, of="y") == [("NO_WISH", {})]
    assert reasons(asked, of="x") == [("NOT_LAWFUL", {})]


def test_a_full_run_tells_how_many_are_ahead_and_names_nobody():
    seated = [person("a", weight=2), person("b", waited_since=3), person("c", waited_since=20)]
    asked = problem([run()], [*seated, person("z", waited_since=10)])
    assert reasons(asked, ("a", "r"), ("b", "r"), ("c", "r")) == [
        ("RUN_FULL", {"run": "r", "seated": 3, "higher": 1, "longer": 1})
    ]


def test_free_seats_may_be_out_of_reach():
    seated = [person(name, employer="e") for name in "ab"]
    waiting = person("z", employer="e")
    cap = [Employer("e", 2)]
    sits = [("a", "r"), ("b", "r")]
    assert reasons(problem([run(reserved={"Haderslev": 1})], [*seated, waiting]), *sits) == [
        ("RESERVED", {"run": "r", "free": 1})
    ]
    assert reasons(problem([run(quota={"Aabenraa": 2})], [*seated, waiting]), *sits) == [
        ("QUOTA", {"run": "r", "quota": 2})
    ]
    assert reasons(problem([run()], [*seated, waiting], employers=cap), *sits) == [
        ("EMPLOYER_CAP", {"run": "r", "cap": 2})
    ]
    assert reasons(problem([run(maximum=5)], [*seated, waiting]), *sits) == [("ROOM", {"run": "r"})]
    assert reasons(problem([run()], [person("z", max_places=0)])) == [
        ("NO_PLACES", {"run": "r"}),
    ]


def test_a_closed_run_tells_what_is_missing():
    runs = [run(minimum=3), run("s", sector="metal"), run("t", minimum=2), run("u", committed=True)]
    asked = problem(
        runs, [person("a"), person("b"), person("z", wishes=(Wish(1, run="r"), Wish(2, run="t")))]
    )
    told = explain(asked, plan(("a", "u")))
    assert {name: (why.code, why.facts) for name, why in told.closed.items()} == {
        "r": ("BELOW_MINIMUM", {"fit": 2, "elsewhere": 1, "minimum": 3, "short": 1}),
        "s": ("NO_CANDIDATES", {"fit": 0, "elsewhere": 0, "minimum": 0}),
        "t": ("NOT_WORTH", {"fit": 2, "elsewhere": 1, "minimum": 2, "goal": "placed"}),
    }
    assert [(why.code, why.facts) for why in told.unplaced["z"]] == [
        ("RUN_CLOSED", {"run": "r", "short": 1}),
        ("FEWER_STARTS", {"run": "t", "goal": "placed"}),
    ]


def test_each_seat_has_its_because():
    two = (Wish(1, run="r"), Wish(2, run="s"))
    people = [
        person("a", locked=("r",)),
        person("b", wishes=two[:1]),
        person("c", wishes=two),
        person("d", wishes=two),
        person("e", wishes=two),
        person("f", wishes=(Wish(2, run="s"), Wish(3, run="t"))),
    ]
    asked = problem([run(maximum=9), run("s", minimum=2), run("t"), run("u", minimum=1)], people)
    sits = plan(("a", "r"), ("b", "r"), ("c", "r"), ("d", "s"), ("f", "s"), ("e", "s"))
    told = {seat.candidate: why.code for seat, why in explain(asked, sits).seats.items()}
    assert told == {
        "a": "LOCKED",
        "b": "ONLY_RUN",
        "c": "FIRST_WISH",
        "d": "WISH",
        "e": "WISH",
        "f": "BEST_WISH",
    }
    fewer = explain(asked, sits - plan(("e", "s")))
    assert fewer.seats[Seat("d", "s")].code == "HELPS_OPEN"
