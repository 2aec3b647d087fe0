"""What a move does to a proposal, which locks cannot hold, and what has changed since it was asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from coordination.domain import proposal_locks, proposals
from coordination.domain.availability import Period, UnavailabilityKind
from coordination.domain.errors import Invalid, Refused, Stale
from coordination.domain.pooling.problem import Candidate, Employer, Goal, Policy, Problem, Run, Seat, Wish
from coordination.domain.pooling_question import available, day_number, day_of, give_way, session_intervals
from coordination.domain.proposals import Change, ChangeKind, Move, ProposalState
from coordination.domain.replays import compare

KITCHEN, CARE = Wish(1, sector="kitchen"), Wish(2, sector="care")


def person(name, jobcenter="a", **more):
    return Candidate(name, jobcenter, **{"wishes": (KITCHEN,), **more})


def run(name, first=10, **more):
    return Run(
        name,
        "kitchen",
        name,
        "school",
        ((first, first + 1), (first + 7, first + 8)),
        **{"maximum": 2, **more},
    )


def problem(candidates, runs, employers=()):
    return Problem("test", Policy(), ("a", "b"), tuple(employers), tuple(runs), tuple(candidates))


def seats(**run_by_person):
    return frozenset(Seat(name, on) for name, on in run_by_person.items())


FIVE = problem([person(name) for name in "uvxyz"], [run("r"), run("s", 30, minimum=2)])


def test_a_move_shows_every_goal_before_and_after_and_what_it_breaks():
    plan = seats(u="r", v="r", x="s", y="s")
    done = proposals.effect(FIVE, plan, Move("x", None))
    assert (done.before[Goal.PLACED], done.after[Goal.PLACED]) == (4, 3)
    assert [wrong.code for wrong in done.warnings] == ["below_minimum"]
    assert done.refusals == ()


def test_a_full_run_takes_nobody_and_a_low_level_takes_a_reason():
    care = replace(run("s", 30), sector="care", lang_min=2)
    both = problem([person("u"), person("v"), person("x", lang=1)], [run("r"), care])
    full = proposals.effect(both, seats(u="r", v="r"), Move("x", "r"))
    assert [wrong.code for wrong in full.refusals] == ["above_maximum"]
    elsewhere = proposals.effect(both, seats(u="r", v="r"), Move("x", "s"))
    assert [wrong.facts["reason"] for wrong in elsewhere.warnings] == ["NO_WISH"]
    unlawful = replace(both, candidates=(person("u", lawful=False),))
    assert [wrong.code for wrong in proposals.effect(unlawful, frozenset(), Move("u", "r")).refusals] == [
        "not_eligible"
    ]


def test_what_a_coordinator_decided_is_no_news_when_somebody_else_is_moved():
    locked = proposal_locks.with_locks(problem([person("u", wishes=()), person("v")], [run("r")]), {"u": "r"})
    done = proposals.effect(locked, seats(u="r"), Move("v", "r"))
    assert done.violations == ()
    taken_back = proposals.effect(locked, seats(u="r"), Move("u", None))
    assert (taken_back.refusals, taken_back.after[Goal.PLACED]) == ((), 0)


def test_shares_are_counted_from_the_best_that_was_found():
    both = problem([person("u"), person("v", "b")], [run("r")])
    alone = proposals.effect(both, seats(u="r", v="r"), Move("v", None), best_placed=2)
    assert (alone.before[Goal.FAIR], alone.after[Goal.FAIR]) == (0, 1)


def test_locks_are_put_on_and_taken_off():
    held = problem([person("u", locked=("r",)), person("v"), person("x")], [run("r"), run("s", 30)])
    asked = {"u": "s", "v": "s", "x": None, "gone": "r"}
    locks = proposal_locks.applicable(held, {**asked, "v": "s"})
    assert locks == {"v": "s", "x": None}
    there = proposal_locks.with_locks(held, locks)
    assert [(one.locked, one.max_places) for one in there.candidates] == [(("r",), 1), (("s",), 1), ((), 0)]
    assert proposal_locks.without_locks(there, locks) == held


@pytest.mark.parametrize(
    ("runs", "locks", "code"),
    [
        ([run("r", maximum=1)], {"u": "r", "v": "r"}, "above_maximum"),
        ([run("r", reserved={"b": 1})], {"u": "r", "v": "r"}, "reserved"),
        ([run("r", minimum=4, maximum=9), run("s")], {"u": "r"}, "below_minimum"),
    ],
)
def test_locks_that_cannot_hold_are_refused_by_name(runs, locks, code):
    asked = proposal_locks.with_locks(problem([person("u"), person("v"), person("x")], runs), locks)
    with pytest.raises(Refused, match=r"proposal\.locks_clash") as refused:
        proposal_locks.check_locks(asked)
    assert [(wrong.code, wrong.facts["run"]) for wrong in refused.value.facts["clashes"]] == [(code, "r")]


def test_locks_that_hold_are_fine():
    proposal_locks.check_locks(proposal_locks.with_locks(FIVE, {"u": "r", "v": "s", "x": None}))


def test_nothing_has_changed():
    assert proposals.changes(FIVE, replace(FIVE, name="later")) == ()


def test_every_change_is_named():
    before = problem(
        [person("u"), person("v"), person("x", locked=("r",))], [run("r"), run("s")], [Employer("1", 2)]
    )
    after = problem(
        [person("v", lang=3, locked=("t",)), person("x"), person("new")],
        [run("r", maximum=5), run("t")],
        [Employer("1", 1), Employer("2", 3)],
    )
    assert proposals.changes(before, after) == (
        Change(ChangeKind.RUN_GONE, "s"),
        Change(ChangeKind.RUN_NEW, "t"),
        Change(ChangeKind.RUN_CHANGED, "r", ("maximum",)),
        Change(ChangeKind.EMPLOYER_CHANGED, "1", ("cap",)),
        Change(ChangeKind.EMPLOYER_CHANGED, "2", ("cap",)),
        Change(ChangeKind.PERSON_GONE, "u"),
        Change(ChangeKind.PERSON_NEW, "new"),
        Change(ChangeKind.SEAT_TAKEN, "v", run="t"),
        Change(ChangeKind.SEAT_GIVEN_UP, "x", run="r"),
        Change(ChangeKind.PERSON_CHANGED, "v", ("lang",)),
    )


def test_limits_and_reasons_are_settled():
    assert proposals.settle_time_limit(60) == 60
    for wrong in (None, 4, 901):
        with pytest.raises(Invalid, match="time_limit"):
            proposals.settle_time_limit(wrong)
    assert proposals.settle_reason(" søskende \n") == "søskende"
    for wrong in (" ", "x" * 301, "nul\0"):
        with pytest.raises(Invalid, match="reason"):
            proposals.settle_reason(wrong)


def test_only_a_ready_proposal_of_the_version_seen_may_be_changed():
    proposals.check_ready(ProposalState.READY)
    with pytest.raises(Refused, match=r"proposal\.published"):
        proposals.check_ready(ProposalState.PUBLISHED)
    with pytest.raises(Refused, match=r"proposal\.not_ready"):
        proposals.check_ready(ProposalState.SOLVING)
    with pytest.raises(Stale, match=r"proposal\.changed"):
        proposals.check_version(3, 2)


def test_a_replay_agrees_or_names_the_goals_that_differ():
    then = {Goal.PLACED: 5, Goal.WISH: 300}
    assert compare(then, dict(then)).agrees
    assert compare(then, {Goal.PLACED: 5, Goal.WISH: 200}).differing == (Goal.WISH,)


def test_days_are_numbers_and_sessions_of_one_day_are_one():
    assert day_of(day_number(date(2027, 2, 28))) == date(2027, 2, 28)
    monday, tuesday = date(2027, 1, 4), date(2027, 1, 5)
    first = day_number(monday)
    assert session_intervals([tuesday, monday, monday]) == ((first, first + 1), (first + 1, first + 2))


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([], None),
        ([(1, 2), (60, 70)], None),
        ([(12, 13)], ((10, 12), (14, 50))),
        ([(1, 10), (48, 90)], ((11, 48),)),
        ([(20, 30), (25, 40)], ((10, 20), (41, 50))),
        ([(1, 99)], ()),
    ],
)
def test_what_is_left_beside_the_periods_somebody_is_away(periods, expected):
    away = [Period(day_of(first), day_of(last), UnavailabilityKind.LEAVE) for first, last in periods]
    assert available(away, 10, 50) == expected


def test_seats_people_hold_come_before_sizes_reservations_and_limits():
    crowd = [person(name, employer="1", locked=("r",)) for name in "uvx"]
    asked = give_way(problem(crowd, [run("r", reserved={"b": 2, "a": 1})], [Employer("1", 1)]))
    assert (asked.runs[0].maximum, asked.runs[0].reserved, asked.employers[0].cap) == (3, {"a": 1}, 3)
    assert proposal_locks.lock_clashes(asked) == ()


def test_a_run_with_a_seat_given_that_too_few_fit_stays_open_and_another_keeps_its_minimum():
    crowd = [person("u", locked=("r",)), person("v"), person("x", locked=("s",))]
    asked = give_way(
        problem(crowd, [run("r", minimum=4, maximum=9), run("s", minimum=2), run("t", minimum=9)])
    )
    assert [one.committed for one in asked.runs] == [True, False, False]
