"""How fast course runs are filled together, how much memory it takes, and what it gives people.

`python bench/pooling.py [regional large national]`: each in a process of its own; docs in bench/README.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
from math import log
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from pooling_instances import SIZES, instance  # noqa: E402 (found by the line above)

from coordination.adapters.pooling_solver import Solution, solve  # noqa: E402 (the same)
from coordination.adapters.pooling_solver.engine import Clock  # noqa: E402 (the same)
from coordination.adapters.pooling_solver.pairs import build_pairs  # noqa: E402 (the same)
from coordination.adapters.pooling_solver.solving import Way  # noqa: E402 (the same)
from coordination.domain.pooling.checking import check  # noqa: E402 (the same)
from coordination.domain.pooling.first_come import first_come, fitting  # noqa: E402 (the same)
from coordination.domain.pooling.instances import read_instance  # noqa: E402 (the same)
from coordination.domain.pooling.problem import Plan, Problem  # noqa: E402 (the same)
from coordination.domain.pooling.scoring import reachable  # noqa: E402 (the same)
from coordination.jobs.pooling import peak_megabytes  # noqa: E402 (the same)

PATIENCE = {"national": 240.0}
"""Seconds until the last goal is left with its gap."""
FEW = 20
"""Jobcenters with fewer people waiting say nothing by their share."""
PLAIN_TOO_LONG = frozenset({"national"})


def measure(name: str) -> dict[str, Any]:
    """One size from the bytes of the file to the verified plan, in this process."""
    size = next(size for size in SIZES if size.name == name)
    content = json.dumps(instance(size)).encode()
    began, processor = perf_counter(), process_time()
    problem = read_instance(content)
    solution = solve(problem, time_limit=PATIENCE.get(name))
    seconds, processor = perf_counter() - began, process_time() - processor
    peak = peak_megabytes()
    by_hand = first_come(problem, fitting(problem))
    return {
        "size": f"{len(problem.candidates):,} × {len(problem.runs)}",
        "pairs": len(build_pairs(problem)),
        "seconds": seconds,
        "processor": processor,
        "solver": solution.solver_seconds,
        "plain": None if name in PLAIN_TOO_LONG else _plain(problem, solution),
        "peak": peak,
        "levels": {goal: [level.value, level.bound, level.proved] for goal, level in solution.levels.items()},
        "valid": not check(problem, solution.plan) and not check(problem, by_hand),
        "reachable": len(reachable(problem)),
        "ours": _given(problem, solution.plan),
        "by hand": _given(problem, by_hand),
    }


def _plain(problem: Problem, solution: Solution) -> float:
    """Seconds HiGHS itself takes on the same model without any structure: one MIP for each goal."""
    clock = Clock()
    Way(problem, build_pairs(problem), clock, structured=False, progress=None).all_of(tuple(solution.levels))
    return clock.solver_seconds


def _given(problem: Problem, plan: Plan) -> dict[str, float]:
    """What a plan gives: people placed, runs cancelled, and the spread of the share placed by jobcenter."""
    placed = {seat.candidate for seat in plan}
    opened = {seat.run for seat in plan} | {run.id for run in problem.runs if run.committed}
    waiting: dict[str, list[bool]] = {}
    for one in reachable(problem):
        waiting.setdefault(one.jobcenter, []).append(one.id in placed)
    shares = [sum(found) / len(found) for found in waiting.values() if len(found) >= FEW]
    return {
        "people": len(placed),
        "cancelled": len(problem.runs) - len(opened),
        "lowest": min(shares, default=0),
        "highest": max(shares, default=0),
    }


def run(name: str) -> dict[str, Any]:
    """measure() in a new process."""
    done = subprocess.run(
        [sys.executable, __file__, "--one", name], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def tell(found: dict[str, Any]) -> None:
    """One size in words and figures."""
    ours, hand = found["ours"], found["by hand"]
    print(f"\n{found['size']}, {found['pairs']:,} pairs, {'valid' if found['valid'] else 'NOT VALID'}")
    ratio = found["seconds"] / found["solver"]
    print(
        f"  end to end {found['seconds']:.2f} s (processor {found['processor']:.2f} s), in the solver"
        f" {found['solver']:.2f} s, ratio {ratio:.2f}, peak {found['peak']:.0f} MB"
    )
    if found["plain"]:
        print(
            f"  HiGHS alone, one MIP per goal: {found['plain']:.2f} s,"
            f" ratio {found['seconds'] / found['plain']:.2f}"
        )
    for goal, (value, bound, proved) in found["levels"].items():
        print(f"  {goal:<7}{value:>10,}  {'proved' if proved else f'not proved, bound {bound:,}'}")
    print(f"  {'':<26}{'together':>10}{'first come':>12}")
    print(f"  {'people placed':<26}{ours['people']:>10,}{hand['people']:>12,}  of {found['reachable']:,}")
    print(f"  {'runs cancelled':<26}{ours['cancelled']:>10}{hand['cancelled']:>12}")
    for end in ("lowest", "highest"):
        print(f"  {end + ' share by jobcenter':<26}{ours[end]:>10.0%}{hand[end]:>12.0%}")


def main(names: list[str]) -> None:
    """Print the figures of bench/README.md."""
    found = {name: run(name) for name in names}
    for figures in found.values():
        tell(figures)
    if {"regional", "large"} <= found.keys():
        small, large = found["regional"], found["large"]
        power = log(large["processor"] / small["processor"]) / log(large["pairs"] / small["pairs"])
        print(f"\nFrom regional to large, processor time grows with pairs^{power:.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2])))
    else:
        main(sys.argv[1:] or [size.name for size in SIZES])
