"""Why each person sits where the plan puts them, as codes with facts that name nobody else."""

from __future__ import annotations

from typing import Any

from coordination.domain.pooling.pairs import first_reason, rank_of
from coordination.domain.pooling.problem import Plan, Problem


def whys(problem: Problem, plan: Plan) -> dict[str, list[dict[str, Any]]]:
    """By candidate, the reasons for the seat, or for having none."""
    runs = {run.id: run for run in problem.runs}
    seat_of = {seat.candidate: runs[seat.run] for seat in plan}
    told: dict[str, list[dict[str, Any]]] = {}
    for one in problem.candidates:
        if run := seat_of.get(one.id):
            told[one.id] = [{"code": "seat", "run": run.id, "rank": rank_of(one, run)}]
        else:
            reasons = {str(reason) for run in problem.runs if (reason := first_reason(one, run))}
            told[one.id] = [{"code": reason} for reason in sorted(reasons)]
    return told


def closed_runs(problem: Problem, plan: Plan) -> dict[str, list[dict[str, Any]]]:
    """By run that does not open, the reasons."""
    opened = {seat.run for seat in plan}
    return {
        run.id: [{"code": "too_few", "minimum": run.minimum}]
        for run in problem.runs
        if run.id not in opened and not run.committed
    }
