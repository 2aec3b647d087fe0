"""The reasons kept with a proposal: why each person sits there or waits, and why a run stays closed."""

from __future__ import annotations

from dataclasses import dataclass

from coordination.domain.pooling.explaining import Explanation, Why, explain
from coordination.domain.pooling.problem import Candidate, Plan, Problem, Seat
from coordination.domain.proposal_locks import Locks

Told = dict[str, object]
"""A code and the facts its sentence needs, all of them numbers and keys; nobody else is named."""
MOST_TOLD = 4
"""Runs one person without a seat is told about, the ones that fit first."""


@dataclass(frozen=True)
class Reasons:
    """Why each person has a seat or none, by candidate; and what each closed run lacks, by run."""

    people: dict[str, list[Told]]
    closed: dict[str, list[Told]]


def reasons(problem: Problem, plan: Plan, locks: Locks) -> Reasons:
    """The reasons of a plan; `locks` are the coordinator's own."""
    found = explain(problem, plan)
    seat_of = {seat.candidate: seat for seat in sorted(plan)}
    return Reasons(
        people={one.id: _of(one, seat_of.get(one.id), found, locks) for one in problem.candidates},
        closed={run: [_told(why)] for run, why in found.closed.items()},
    )


def _of(one: Candidate, seat: Seat | None, found: Explanation, locks: Locks) -> list[Told]:
    if seat is None:
        kept_out = one.id in locks
        return (
            [{"code": "kept_out"}] if kept_out else [_told(why) for why in found.unplaced[one.id][:MOST_TOLD]]
        )
    if seat.run in one.locked:
        return [{"code": "decided" if one.id in locks else "held", "run": seat.run}]
    stays: list[Told] = [{"code": "stays"}] if seat.run in one.previous else []
    return [{**_told(found.seats[seat]), "run": seat.run}, *stays]


def _told(why: Why) -> Told:
    return {"code": str(why.code), **why.facts}


CODES = (
    *("NOT_LAWFUL", "NO_WISH", "LANGUAGE", "TRAVEL", "DEADLINE", "UNAVAILABLE", "WEEKS"),
    *("NO_PLACES", "RUN_CLOSED", "FEWER_STARTS", "RUN_FULL", "QUOTA", "RESERVED", "EMPLOYER_CAP", "ROOM"),
    *("NO_CANDIDATES", "BELOW_MINIMUM", "NOT_WORTH"),
    *("ONLY_RUN", "FIRST_WISH", "BEST_WISH", "HELPS_OPEN", "WISH"),
    *("stays", "held", "decided", "kept_out"),
)
"""Every code there is; each has its sentence."""
