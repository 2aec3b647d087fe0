"""Where a coordinator holds people in a proposal, and which locks cannot all hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from coordination.domain.errors import Refused
from coordination.domain.pooling.checking import Violation, check
from coordination.domain.pooling.clashes import LOCK_SENTENCES
from coordination.domain.pooling.pairs import Wishlist
from coordination.domain.pooling.problem import Problem, Seat

Locks = Mapping[str, str | None]
"""By candidate, the run a coordinator holds the person to; None holds the person out of every run."""


def replace_candidates(problem: Problem, changed: Mapping[str, Mapping[str, object]]) -> Problem:
    """The problem with some facts of some candidates replaced."""
    return replace(
        problem,
        candidates=tuple(
            replace(one, **changed[one.id]) if one.id in changed else one  # type: ignore[arg-type]
            for one in problem.candidates
        ),
    )


def applicable(problem: Problem, locks: Locks) -> dict[str, str | None]:
    """The locks that mean something here: of people who hold no seat, on runs there are."""
    runs = {run.id for run in problem.runs}
    free = {one.id for one in problem.candidates if not one.locked}
    return {name: run for name, run in locks.items() if name in free and (run is None or run in runs)}


def with_locks(problem: Problem, locks: Locks) -> Problem:
    """The problem with a coordinator's locks beside the seats people hold; unknown keys are left out."""
    return replace_candidates(
        problem,
        {
            name: {"locked": (run,)} if run else {"max_places": 0}
            for name, run in applicable(problem, locks).items()
        },
    )


def without_locks(problem: Problem, locks: Locks) -> Problem:
    """The problem as it was before a coordinator's locks were put on it."""
    return replace_candidates(problem, {candidate: {"locked": (), "max_places": 1} for candidate in locks})


def keep_open(problem: Problem, locks: Locks) -> Problem:
    """The problem in which every run on which somebody holds a seat stays open, whatever its size."""
    given = {run for one in problem.candidates if one.id not in locks for run in one.locked}
    return replace(
        problem,
        runs=tuple(replace(run, committed=run.committed or run.id in given) for run in problem.runs),
    )


def lock_clashes(problem: Problem) -> tuple[Violation, ...]:
    """The rules that the locked seats break all by themselves: no search can mend them."""
    plan = frozenset(Seat(one.id, run) for one in problem.candidates for run in one.locked)
    found = [wrong for wrong in check(problem, plan) if wrong.code in LOCK_SENTENCES]
    return (*found, *_never_enough(problem, {seat.run for seat in plan}))


def _never_enough(problem: Problem, opened: set[str]) -> Iterator[Violation]:
    """A locked seat opens its run, which then needs its minimum: the runs that too few fit."""
    wishlist = Wishlist(problem.runs)
    needy = {run.id for run in problem.runs if run.id in opened and run.needed > 1}
    people = [one for one in problem.candidates if one.max_places] if needy else []
    fits = Counter(run.id for one in people for run in wishlist.eligible(one) if run.id in needy)
    for run in problem.runs:
        if run.id in needy and fits[run.id] < run.needed:
            facts = {"run": run.id, "count": fits[run.id], "minimum": run.minimum}
            yield Violation("below_minimum", facts)


def check_locks(problem: Problem) -> None:
    """Refused("proposal.locks_clash") with the first rule that the locks break all by themselves."""
    if clashes := lock_clashes(problem):
        raise Refused("proposal.locks_clash", clashes=clashes)
