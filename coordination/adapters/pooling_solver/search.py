"""The goals one after the other: relax, round, and search whole numbers only where a proof is missing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coordination.adapters.pooling_solver.branching import nothing_better
from coordination.adapters.pooling_solver.engine import TOLERANCE, Corner, Engine
from coordination.adapters.pooling_solver.model import Model
from coordination.adapters.pooling_solver.pairs import Whole
from coordination.adapters.pooling_solver.rows import INFINITY, Real

MOST_ROUNDS = 12
"""How often seats larger than their run's opening are cut off before whole numbers are asked for."""

LEAST = -(2**60)
DOUBT = 0.01
"""A bound is rounded up to a whole number only when it is this far above the one before."""
HALF = 0.5
FEW_SEATS = 5_000
"""Up to so many pairs whole seats are sought without first trying what costs less."""

FEW_STEPS = 5
"""A plan so many steps from the bound is likely to be the best."""


class Impossible(Exception):
    """No plan keeps every lock and every minimum."""


@dataclass(frozen=True)
class Reached:
    """The best plan of a goal and what no plan can beat; both are to be made small."""

    columns: Real
    value: int
    bound: int

    @property
    def proved(self) -> bool:
        """Whether nothing better exists."""
        return self.bound >= self.value


def up(bound: float) -> int:
    """The smallest whole number a goal can have above a bound."""
    if not np.isfinite(bound):
        return LEAST
    return int(np.ceil(bound - DOUBT))


class Search:
    """Makes one goal small, then holds it there."""

    def __init__(self, model: Model, engine: Engine, *, structured: bool = True) -> None:
        self.model = model
        self.engine = engine
        self.structured = structured
        self.seats = np.arange(len(model.pairs))
        self.best: Real | None = None
        self._relaxed: Corner | None = None

    def reach(self, cost: Real, least: int, *, near: bool) -> Reached:
        """The smallest value of a goal of whole numbers; nothing is below `least`."""
        self.engine.costs(cost, near=near)
        self._relaxed = None
        bound = self._bound(least) if self.best is None or self.engine.clock.left else least
        if self.best is None:
            raise TimeoutError
        return Reached(self.best, self._value(self.best), min(bound, self._value(self.best)))

    def _bound(self, bound: int) -> int:
        """What no plan can beat, found while a better plan is sought."""
        if self.structured:
            bound = max(bound, self._relax())
            if not self._met(bound):
                self._try_runs()
            if not self._met(bound) and len(self.seats) >= FEW_SEATS:
                self._improve()
            bound = max(bound, self._branch(bound))
        return bound if self._met(bound) else max(bound, self._search())

    def first(self) -> Real:
        """Any valid plan: first come, first served, or else only the runs that must be open.

        It takes the time it needs.
        """
        if self.best is None and (seats := self.model.by_hand()) is not None:
            self.best = self._settled(seats)
        if self.best is None:
            engine = self.engine
            (limit, cost), engine.clock.limit = (engine.clock.limit, engine.cost), None
            engine.costs(np.zeros(len(cost)))
            self._fill(np.zeros(len(self.model.open), dtype=bool))
            if self.best is None:
                self._whole(np.concatenate((self.model.open, self.seats)))
            if self.best is not None:
                self.best = self._settled(self.best)
            engine.costs(cost)
            engine.clock.limit = limit
        if self.best is None:
            raise Impossible
        return self.best

    def _settled(self, seats: Real) -> Real:
        return self.model.of_seats(seats, due=self.engine.row_lower[self.model.short_row])

    def entitle(self, due: Real) -> None:
        """Count from now on what each jobcenter is short of its entitlement."""
        self.engine.row_lower[self.model.short_row] = due
        self.engine.narrow()
        if self.best is not None:
            self.best = self._settled(self.best)

    def _value(self, columns: Real) -> int:
        return round(float(self.engine.cost @ columns))

    def _met(self, bound: int) -> bool:
        return self.best is not None and self._value(self.best) <= bound

    def _offer(self, corner: Corner) -> None:
        """Keep a plan without parts of people if it is better."""
        if not corner.found or not self._is_whole(corner.columns):
            return
        tidy = corner.columns.copy()
        for columns in (self.seats, self.model.open):
            tidy[columns] = np.round(tidy[columns])
        if self.best is None or self._value(tidy) < self._value(self.best):
            self.best = tidy

    def _is_whole(self, columns: Real) -> bool:
        checked = columns[np.concatenate((self.seats, self.model.open))]
        return bool(np.all(np.abs(checked - np.round(checked)) < 1e-5))  # noqa: PLR2004 (ten times the solver's)

    def _relax(self) -> int:
        """The bound with parts of people, after cutting off seats larger than their run's opening."""
        opening = self.model.open_of[self.model.pairs.run]
        reached = LEAST
        for _round in range(MOST_ROUNDS):
            corner = self.engine.relax()
            if corner.impossible:
                raise Impossible
            if not corner.found:
                break
            self._relaxed = corner
            self._offer(corner)
            before, reached = reached, up(corner.value)
            larger = corner.columns[self.seats] > corner.columns[opening] + TOLERANCE
            cut = np.flatnonzero(larger & (opening >= 0))
            if self._met(reached) or reached == before or not len(cut):
                break
            if before == LEAST and len(self.seats) >= FEW_SEATS:
                self._mend_relaxed()
                if self._met(reached):
                    break
            column = np.column_stack((cut, opening[cut])).ravel()
            self.engine.add_rows(column, np.tile([1.0, -1.0], len(cut)), 2, -INFINITY, 0)
        return up(self._relaxed.value) if self._relaxed else LEAST

    def _try_runs(self) -> None:
        """Mend the relaxation's parts of people and fill the runs of the best plan, the cheaper first."""
        if self._relaxed is None:
            return
        bound = up(self._relaxed.value)
        tries = [self._mend_relaxed, self._fill_best]
        for attempt in reversed(tries) if len(self.seats) < FEW_SEATS else tries:
            if not self._met(bound):
                attempt()

    def _mend_relaxed(self) -> None:
        if self._relaxed is not None:
            self._mend(self._relaxed, self.engine.lower, self.engine.upper)

    def _fill_best(self) -> None:
        """Fill the runs of the best plan so far anew."""
        if self.best is not None:
            basis = self.engine.basis()
            self._fill(self.best[self.model.open] > HALF)
            self.engine.back_to(basis)
            self.engine.bound_columns(self.engine.lower, self.engine.upper)

    def _fill(self, opened: np.ndarray) -> None:
        """The best plan with just these runs open."""
        lower, upper = self.engine.lower.copy(), self.engine.upper.copy()
        columns = self.model.open
        lower[columns] = np.maximum(lower[columns], opened)
        upper[columns] = np.maximum(lower[columns], np.minimum(upper[columns], opened))
        self.engine.bound_columns(lower, upper)
        corner = self.engine.relax()
        self._offer(corner)
        if corner.found and not self._met(up(corner.value)):
            self._mend(corner, lower, upper)
        if corner.found and not self._met(up(corner.value)) and len(self.seats) < FEW_SEATS:
            self._offer(self.engine.whole(self.seats, lower, upper, self.best))

    def _mend(self, corner: Corner, lower: Real, upper: Real) -> None:
        """Leave everybody who sits whole in a run that is full enough; seat the others anew."""
        pairs, opening = self.model.pairs, self.model.open_of[self.model.pairs.run]
        seats = corner.columns[self.seats]
        size = np.bincount(pairs.run, seats, minlength=len(self.model.least))
        short = (size > TOLERANCE) & (size < self.model.least - TOLERANCE)
        parts = np.bincount(pairs.candidate, np.abs(seats - np.round(seats)) > TOLERANCE) > 0
        loose = parts[pairs.candidate] | ((opening >= 0) & short[pairs.run] & (seats > HALF))
        seated = np.bincount(pairs.candidate, (seats > HALF) & ~loose) > 0
        kept = np.flatnonzero(seated[pairs.candidate] & ~loose)
        lower, upper = lower.copy(), upper.copy()
        lower[kept] = upper[kept] = np.round(seats[kept])
        columns, runs = self.model.open, self.model.choice
        decided = ~short[runs]
        opened = size[runs] > TOLERANCE
        lower[columns[decided]] = np.maximum(lower[columns[decided]], opened[decided])
        upper[columns[decided]] = np.maximum(lower[columns[decided]], opened[decided])
        everything = np.concatenate((columns, self.seats))
        self._offer(self.engine.whole(everything, lower, upper, None))

    def _improve(self) -> None:
        """Leave what the best plan and the relaxation agree on and decide the rest anew, while it helps."""
        if self._relaxed is None:
            return
        decided = np.concatenate((self.model.open, self.seats))
        better = True
        while better and self.best is not None:
            before = self._value(self.best)
            agreed = decided[np.abs(self._relaxed.columns - self.best)[decided] < TOLERANCE]
            lower, upper = self.engine.lower.copy(), self.engine.upper.copy()
            lower[agreed] = upper[agreed] = self.best[agreed]
            self._offer(self.engine.whole(decided, lower, upper, self.best))
            better = self._value(self.best) < before

    def _branch(self, bound: int) -> int:
        """The bound by a short search for the runs, where the best plan is almost as good as it can be."""
        if self.best is None or self._met(bound) or self._value(self.best) - bound > FEW_STEPS:
            return bound
        if not self.engine.guided and len(self.seats) >= FEW_SEATS:
            return bound

        def passes(corner: Corner) -> bool:
            self._offer(corner)
            return not self._met(up(corner.value))

        ends = nothing_better(self.engine, self.model.open, *self._within_gap(), passes)
        return self._value(self.best) if ends else bound

    def _search(self) -> int:
        """Whole numbers: first only for the runs, then for the seats too."""
        everything = np.concatenate((self.model.open, self.seats))
        if not self.structured:
            return self._whole(everything)
        bound = self._whole(self.model.open)
        return bound if self._met(bound) else max(bound, self._whole(everything))

    def _whole(self, columns: Whole) -> int:
        lower, upper = self._within_gap()
        corner = self.engine.whole(columns, lower, upper, self.best)
        if corner.impossible and self.best is None:
            raise Impossible
        self._offer(corner)
        bound = self._value(self.best) if corner.impossible and self.best is not None else up(corner.bound)
        if corner.found and not self._met(bound):
            self._fill(corner.columns[self.model.open] > HALF)
        return bound

    def _within_gap(self) -> tuple[Real, Real]:
        """Bounds that leave out only plans worse than the best so far, by the reduced costs."""
        lower, upper = self.engine.lower.copy(), self.engine.upper.copy()
        if self._relaxed is not None and self.best is not None:
            gap = self._value(self.best) - self._relaxed.value
            self._fix(self._relaxed, gap + 1e-4, lower, upper)
        return lower, upper

    def _fix(self, corner: Corner, gap: float, lower: Real, upper: Real) -> None:
        """Columns whose move away from their bound would cost more than the gap stay there."""
        decided = np.zeros(len(lower), dtype=bool)
        decided[self.seats] = decided[self.model.open] = True
        low = decided & (corner.column_duals > gap) & (corner.columns <= lower + TOLERANCE)
        high = decided & (corner.column_duals < -gap) & (corner.columns >= upper - TOLERANCE)
        upper[low] = lower[low]
        lower[high] = upper[high]

    def hold(self, reached: Reached) -> None:
        """From now on only plans with this value: a face where the relaxation met it, or else a row."""
        engine, corner = self.engine, self._relaxed
        gap = reached.value - corner.value if corner else INFINITY
        if corner is not None and gap < TOLERANCE:
            self._fix(corner, TOLERANCE, engine.lower, engine.upper)
            engine.keep_to(corner)
            engine.hold(engine.cost)
        else:
            if corner is not None:
                self._fix(corner, gap + 1e-4, engine.lower, engine.upper)
            column = np.flatnonzero(engine.cost)
            if len(column):
                least = reached.value if reached.proved else -INFINITY
                engine.add_rows(column, engine.cost[column], len(column), least, reached.value)
            if reached.proved and self.structured:
                engine.hold(engine.cost)
        engine.narrow()
