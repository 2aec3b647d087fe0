"""HiGHS, and nothing else: one linear model that is relaxed, narrowed and solved again and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import highspy
import numpy as np

from coordination.adapters.pooling_solver.model import Model
from coordination.adapters.pooling_solver.pairs import Whole
from coordination.adapters.pooling_solver.rows import INFINITY, Real

TOLERANCE = 1e-6
PRIMAL, DUAL = 4, 1
GUIDE = 10.0
"""How much a goal that is held counts beside the one at work."""
GAP = 0.999
"""Every goal is a whole number, so nothing better fits into a smaller gap."""
ROW_WISE = int(highspy.MatrixFormat.kRowwise)
INTERRUPTS = (
    highspy.cb.HighsCallbackType.kCallbackMipInterrupt,
    highspy.cb.HighsCallbackType.kCallbackSimplexInterrupt,
    highspy.cb.HighsCallbackType.kCallbackIpmInterrupt,
)


class Cancelled(Exception):
    """Whoever asked for the plan does not want it any more."""


@dataclass
class Clock:
    """How much time there is, how much the solver took, and whether somebody wants to stop."""

    limit: float | None = None
    wants_stop: Callable[[float], bool] | None = None
    solver_seconds: float = 0.0
    cancelled: bool = False
    began: float = 0.0
    asked: float = 0.0

    def __post_init__(self) -> None:
        self.began = self.asked = perf_counter()

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return perf_counter() - self.began

    @property
    def left(self) -> float:
        """Until the limit."""
        return INFINITY if self.limit is None else max(0.0, self.limit - self.seconds)

    def ask(self, every: float = 0.0) -> bool:
        """Tell how long it took so far, at most as often as `every` seconds; whether to stop."""
        if self.wants_stop and not self.cancelled and perf_counter() - self.asked >= every:
            self.asked = perf_counter()
            self.cancelled = self.wants_stop(self.seconds)
        return self.cancelled


@dataclass(frozen=True)
class Corner:
    """What a run of the solver found; `value` and `bound` are to be made small."""

    found: bool
    impossible: bool
    value: float
    bound: float
    columns: Real
    column_duals: Real
    row_values: Real
    row_duals: Real


class Engine:
    """The relaxed model, kept hot; whole numbers are asked for in a copy of it."""

    def __init__(self, model: Model, clock: Clock) -> None:
        self.clock = clock
        matrix = model.matrix()
        self.lower, self.upper = model.lower.copy(), model.upper.copy()
        self.row_lower, self.row_upper = matrix.lower.copy(), matrix.upper.copy()
        self.cost = np.zeros(model.columns)
        self._all = np.arange(model.columns, dtype=np.int32)
        self._held: list[Real] = []
        self._guide = self.cost
        self._highs = self._new()
        self._highs.passModel(
            *(model.columns, model.rows.count, len(matrix.value), ROW_WISE, 1, 0.0),
            *(self.cost, self.lower, self.upper, self.row_lower, self.row_upper),
            *(matrix.start, matrix.column, matrix.value, np.zeros(model.columns, dtype=np.int32)),
        )

    def _new(self) -> highspy.Highs:
        highs = highspy.Highs()
        for name, value in {
            "output_flag": False,
            "threads": 1,
            "parallel": "off",
            "random_seed": 1,
            "mip_abs_gap": GAP,
            "mip_rel_gap": 0.0,
        }.items():
            highs.setOptionValue(name, value)
        if self.clock.wants_stop:
            highs.setCallback(self._interrupt, None)
            for kind in INTERRUPTS:
                highs.startCallback(kind)
        return highs

    def _interrupt(self, _kind: object, _text: str, _out: object, into: object, _data: object) -> None:
        if self.clock.ask(every=0.2):
            into.user_interrupt = True  # type: ignore[attr-defined]

    def costs(self, cost: Real, *, near: bool = False) -> None:
        """What to make small from now on; `near` says that the last corner is almost the best."""
        self.cost = cost
        self._highs.setOptionValue("simplex_strategy", PRIMAL if near else DUAL)
        self._guide = np.zeros(len(cost))
        for held in self._held:
            self._guide += held * (GUIDE * max(1.0, np.abs(cost).max(initial=0)) / np.abs(held).max())
        self._highs.changeColsCost(len(cost), self._all, cost if near else cost + self._guide)

    def hold(self, cost: Real) -> None:
        """This goal has one value from now on; counted along, it only shows the simplex the way."""
        if np.any(cost):
            self._held.append(cost)

    @property
    def guided(self) -> bool:
        """Whether a goal is held: then this model is much faster kept hot than begun anew."""
        return bool(self._held)

    def bound_columns(self, lower: Real, upper: Real) -> None:
        """Other bounds of the columns for now."""
        self._highs.changeColsBounds(len(lower), self._all, lower, upper)

    def narrow(self) -> None:
        """Take the bounds that stand in this object."""
        self.bound_columns(self.lower, self.upper)
        rows = np.arange(len(self.row_lower), dtype=np.int32)
        self._highs.changeRowsBounds(len(rows), rows, self.row_lower, self.row_upper)

    def keep_to(self, corner: Corner) -> None:
        """The face of a corner: columns and rows with a price stay where they are there."""
        priced = np.abs(corner.column_duals) > TOLERANCE
        low = priced & (corner.column_duals > 0) & (corner.columns <= self.lower + TOLERANCE)
        high = priced & (corner.column_duals < 0) & (corner.columns >= self.upper - TOLERANCE)
        self.upper[low] = self.lower[low]
        self.lower[high] = self.upper[high]
        known = len(corner.row_duals)  # rows added since are no part of the proof
        lower, upper = self.row_lower[:known], self.row_upper[:known]
        priced = np.abs(corner.row_duals) > TOLERANCE
        low = priced & (np.abs(corner.row_values - lower) < TOLERANCE)
        high = priced & ~low & (np.abs(corner.row_values - upper) < TOLERANCE)
        upper[low] = lower[low]
        lower[high] = upper[high]

    def add_rows(self, column: Whole, value: Real, size: int, lower: float, upper: float) -> None:
        """New rows of `size` entries each, all with the same bounds."""
        count = len(column) // size
        lowers, uppers = np.full(count, lower), np.full(count, upper)
        starts = np.arange(0, count * size, size, dtype=np.int32)
        self._highs.addRows(count, lowers, uppers, len(column), starts, column.astype(np.int32), value)
        self.row_lower = np.concatenate((self.row_lower, lowers))
        self.row_upper = np.concatenate((self.row_upper, uppers))

    def relax(self) -> Corner:
        """The best with parts of people, from where the last run ended."""
        corner = self._run(self._highs, whole=False)
        self._highs.setOptionValue("simplex_strategy", DUAL)
        return corner

    def basis(self) -> object:
        """Where the last run ended."""
        return self._highs.getBasis()

    def back_to(self, basis: object) -> None:
        """Begin the next run there."""
        self._highs.setBasis(basis)

    def whole(self, columns: Whole, lower: Real, upper: Real, start: Real | None) -> Corner:
        """The best with these columns whole, within these bounds, beginning with a plan if there is one."""
        highs = self._new()
        highs.passModel(self._highs.getLp())
        highs.changeColsCost(len(lower), self._all, self.cost + self._guide)
        highs.changeColsBounds(len(lower), self._all, lower, upper)
        kinds = np.full(len(columns), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        highs.changeColsIntegrality(len(columns), columns.astype(np.int32), kinds)
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = start.tolist()
            highs.setSolution(solution)
        return self._run(highs, whole=True)

    def _run(self, highs: highspy.Highs, *, whole: bool) -> Corner:
        highs.setOptionValue("time_limit", highs.getRunTime() + self.clock.left)
        began = perf_counter()
        highs.run()
        self.clock.solver_seconds += perf_counter() - began
        if self.clock.ask():
            raise Cancelled
        info, status = highs.getInfo(), highs.getModelStatus()
        optimal = status == highspy.HighsModelStatus.kOptimal
        feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        solution = highs.getSolution()
        columns = np.array(solution.col_value)
        value = float(self.cost @ columns) if len(columns) else INFINITY
        bound = value if optimal else -INFINITY
        if whole:
            bound = info.mip_dual_bound - (float(self._guide @ columns) if feasible else INFINITY)
        return Corner(
            found=feasible if whole else optimal,
            impossible=status == highspy.HighsModelStatus.kInfeasible,
            value=value,
            bound=bound,
            columns=columns,
            column_duals=np.array(solution.col_dual),
            row_values=np.array(solution.row_value),
            row_duals=np.array(solution.row_dual),
        )
