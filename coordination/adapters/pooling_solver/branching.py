"""A short search by hand: the relaxation stays hot, where a new integer program would begin from nothing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from coordination.adapters.pooling_solver.engine import TOLERANCE, Corner, Engine
from coordination.adapters.pooling_solver.pairs import Whole
from coordination.adapters.pooling_solver.rows import Real

MOST_NODES = 40
"""Relaxations until an integer program is likely to be faster."""


def nothing_better(
    engine: Engine, columns: Whole, lower: Real, upper: Real, passes: Callable[[Corner], bool]
) -> bool:
    """Whether no plan with these columns whole passes; False too where a short search cannot tell.

    `passes` is asked about each relaxation: false says that nothing below it is wanted.
    """
    basis = engine.basis()
    proved = _searched(engine, columns, (lower, upper), passes)
    engine.back_to(basis)
    engine.bound_columns(engine.lower, engine.upper)
    return proved


def _searched(
    engine: Engine, columns: Whole, bounds: tuple[Real, Real], passes: Callable[[Corner], bool]
) -> bool:
    waiting = [bounds]
    for _node in range(MOST_NODES):
        if not waiting:
            return True
        lower, upper = waiting.pop()
        engine.bound_columns(lower, upper)
        corner = engine.relax()
        if corner.impossible:
            continue
        if not corner.found:
            return False
        if not passes(corner):
            continue
        values = corner.columns[columns]
        parts = np.abs(values - np.round(values))
        at = int(np.argmax(parts)) if len(parts) else 0
        if not len(parts) or parts[at] < TOLERANCE:
            return False
        waiting += _halves(lower, upper, int(columns[at]), int(np.round(values[at])))
    return not waiting


def _halves(lower: Real, upper: Real, column: int, nearer: int) -> list[tuple[Real, Real]]:
    """The column at nought and at one, the nearer last, which is taken first."""
    halves = []
    for value in (1 - nearer, nearer):
        below, above = lower.copy(), upper.copy()
        below[column] = above[column] = value
        halves.append((below, above))
    return halves
