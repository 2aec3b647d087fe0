"""Who may go where, said plainly; the solver's fast way is tested against this one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from coordination.domain.pooling.problem import Candidate, Problem, Run, Seat

LOCKED_RANK = 99
"""The rank of a locked seat that no wish names."""


class Reason(StrEnum):
    """Why a candidate cannot go to a run; the first that holds is told."""

    NOT_LAWFUL = "NOT_LAWFUL"
    NO_WISH = "NO_WISH"
    LANGUAGE = "LANGUAGE"
    TRAVEL = "TRAVEL"
    DEADLINE = "DEADLINE"
    UNAVAILABLE = "UNAVAILABLE"
    WEEKS = "WEEKS"


def wish_rank(candidate: Candidate, run: Run) -> int | None:
    """The best rank among the wishes that name the run, its course or its sector."""
    ranks = [
        wish.rank
        for wish in candidate.wishes
        if wish.run == run.id or wish.course == run.course or wish.sector == run.sector
    ]
    return min(ranks, default=None)


def _out_of_reach(candidate: Candidate, run: Run) -> bool:
    if candidate.max_travel is None:
        return False
    minutes = candidate.travel.get(run.school)
    return minutes is None or minutes > candidate.max_travel


def _unavailable(candidate: Candidate, run: Run) -> bool:
    if candidate.available is None:
        return False
    return not all(any(a <= s and e <= b for a, b in candidate.available) for s, e in run.sessions)


CHECKS: tuple[tuple[Reason, Callable[[Candidate, Run], bool]], ...] = (
    (Reason.NOT_LAWFUL, lambda candidate, _run: not candidate.lawful),
    (Reason.NO_WISH, lambda candidate, run: wish_rank(candidate, run) is None),
    (Reason.LANGUAGE, lambda candidate, run: candidate.lang is not None and candidate.lang < run.lang_min),
    (Reason.TRAVEL, _out_of_reach),
    (Reason.DEADLINE, lambda one, run: one.deadline is not None and run.last_day > one.deadline),
    (Reason.UNAVAILABLE, _unavailable),
    (Reason.WEEKS, lambda one, run: one.weeks_left is not None and run.weeks > one.weeks_left),
)


def first_reason(candidate: Candidate, run: Run) -> Reason | None:
    """Why the candidate cannot go to the run, or None; a locked seat is always allowed."""
    if run.id in candidate.locked:
        return None
    return next((reason for reason, fails in CHECKS if fails(candidate, run)), None)


def rank_of(candidate: Candidate, run: Run) -> int:
    """The rank of an eligible pair."""
    rank = wish_rank(candidate, run)
    return LOCKED_RANK if rank is None else rank


class Wishlist:
    """The runs each candidate's wishes and locks name, so that nobody is held against every run."""

    def __init__(self, runs: Iterable[Run]) -> None:
        self._runs = tuple(runs)
        self._named: dict[tuple[str, str | None], list[int]] = {}
        for position, run in enumerate(self._runs):
            for name in (("run", run.id), ("course", run.course), ("sector", run.sector)):
                self._named.setdefault(name, []).append(position)

    def of(self, candidate: Candidate) -> Iterator[Run]:
        """The runs wished for or locked, in stored order."""
        named: set[int] = set()
        for wish in candidate.wishes:
            for name in (("run", wish.run), ("course", wish.course), ("sector", wish.sector)):
                named.update(self._named.get(name, ()))
        for run in candidate.locked:
            named.update(self._named.get(("run", run), ()))
        return (self._runs[position] for position in sorted(named))

    def eligible(self, candidate: Candidate) -> Iterator[Run]:
        """The runs the candidate may go to, in stored order."""
        if not candidate.lawful and not candidate.locked:
            return iter(())
        return (run for run in self.of(candidate) if first_reason(candidate, run) is None)


def eligible_pairs(problem: Problem) -> dict[Seat, int]:
    """Every eligible pair with its rank, by candidate and run in stored order."""
    wishlist = Wishlist(problem.runs)
    return {
        Seat(candidate.id, run.id): rank_of(candidate, run)
        for candidate in problem.candidates
        for run in wishlist.eligible(candidate)
    }
