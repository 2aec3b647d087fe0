"""`flask pooling …`: solve a file of the public format at a terminal; no database is asked."""

from __future__ import annotations

import json
import math
import resource
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

import click

from coordination.domain.pooling.explaining import Why, explain
from coordination.domain.pooling.fields import InstanceError
from coordination.domain.pooling.instances import read_instance
from coordination.domain.pooling.problem import Problem

if TYPE_CHECKING:
    from coordination.adapters.pooling_solver import Solution

REFUSED = 2
"""Exit code for an instance that cannot be used."""
NOT_PROVED = 3
"""Exit code for a valid plan whose goals are not all proved."""

cli = click.Group("pooling", help="Filling course runs together.")


@cli.command("solve")
@click.argument("file", type=click.File("rb"))
@click.option("--out", required=True, type=click.File("w", encoding="utf-8", lazy=True, atomic=True))
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS")
def solve_file(file: BinaryIO, out: TextIO, *, time_limit: float | None) -> None:
    """Solve an instance of pool-instance/1 and write the plan.

    Exit status 0: every goal is proved; 3: a valid plan, not proved within the limit; 2: refused.
    """
    # The solver's library is large, and no other command or page of this process needs it.
    from coordination.adapters.pooling_solver import solve  # noqa: PLC0415

    limit = time_limit if time_limit and math.isfinite(time_limit) else None
    try:
        problem = read_instance(file.read())
        solution = solve(problem, time_limit=limit)
    except InstanceError as wrong:
        for complaint in wrong.complaints:
            click.echo(complaint, err=True)
        sys.exit(REFUSED)
    answer = _answer(problem, solution)
    json.dump(answer, out, ensure_ascii=False, indent=1)
    _tell(answer)
    sys.exit(0 if solution.proved else NOT_PROVED)


def _answer(problem: Problem, solution: Solution) -> dict[str, Any]:
    """The plan as the format writes it."""
    told = explain(problem, solution.plan)
    return {
        "seats": [{"candidate": seat.candidate, "run": seat.run} for seat in sorted(solution.plan)],
        "open": [run.id for run in problem.runs if run.id not in told.closed],
        "levels": {str(goal): asdict(level) for goal, level in solution.levels.items()},
        "unplaced": {one: _codes(reasons) for one, reasons in told.unplaced.items()},
        "closed": {run: why.code for run, why in told.closed.items()},
        "seconds": round(solution.seconds, 3),
        "solver_seconds": round(solution.solver_seconds, 3),
        "peak_mb": round(peak_megabytes(), 1),
    }


def _codes(reasons: tuple[Why, ...]) -> list[str]:
    return list(dict.fromkeys(reason.code for reason in reasons))


def peak_megabytes() -> float:
    """The most memory this process has had."""
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _tell(answer: dict[str, Any]) -> None:
    """Score per goal with its bound or proof, then time and memory."""
    click.echo(f"{'goal':<8}{'value':>12}{'bound':>12}  proof")
    for goal, level in answer["levels"].items():
        gap = abs(level["value"] - level["bound"])
        proof = "proved" if level["proved"] else f"not proved, gap {gap}"
        click.echo(f"{goal:<8}{level['value']:>12}{level['bound']:>12}  {proof}")
    people = len({seat["candidate"] for seat in answer["seats"]})
    runs, without = len(answer["open"]), len(answer["unplaced"])
    click.echo(f"{people} people in {runs} open runs; {without} without a seat.")
    took, solver, memory = answer["seconds"], answer["solver_seconds"], answer["peak_mb"]
    click.echo(f"{took} s, {solver} s of it in the solver; {memory} MB at most.")
