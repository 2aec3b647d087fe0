"""A sparse linear model put together from vectors, many rows at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coordination.adapters.pooling_solver.pairs import Whole

Real = NDArray[np.float64]
INFINITY = float("inf")


@dataclass(frozen=True)
class Matrix:
    """The finished rows, one after the other."""

    start: NDArray[np.int32]
    column: NDArray[np.int32]
    value: Real
    lower: Real
    upper: Real


class Rows:
    """Rows being collected: each has a lower and an upper bound and its entries."""

    def __init__(self) -> None:
        self.count = 0
        self._entries: list[tuple[Whole, Whole, Real]] = []
        self._bounds: list[tuple[Real, Real]] = []

    def add(self, count: int, lower: ArrayLike, upper: ArrayLike) -> Whole:
        """New rows with these bounds; returns their numbers."""
        self._bounds.append((self._real(lower, count), self._real(upper, count)))
        self.count += count
        return np.arange(self.count - count, self.count)

    def put(self, row: Whole, column: Whole, value: ArrayLike) -> None:
        """Entries of rows that have been added."""
        self._entries.append((row, column, self._real(value, len(row))))

    def matrix(self) -> Matrix:
        """Everything, ordered by row."""
        row, column, value = (
            np.concatenate([entry[part] for entry in self._entries] or [np.zeros(0)]) for part in range(3)
        )
        order = np.argsort(row, kind="stable")
        start = np.zeros(self.count + 1, dtype=np.int32)
        np.cumsum(np.bincount(row.astype(np.int64), minlength=self.count), out=start[1:])
        lower, upper = (
            np.concatenate([bound[side] for bound in self._bounds] or [np.zeros(0)]) for side in (0, 1)
        )
        return Matrix(start, column[order].astype(np.int32), value[order].astype(float), lower, upper)

    @staticmethod
    def _real(values: ArrayLike, count: int) -> Real:
        return np.broadcast_to(np.asarray(values, dtype=float), (count,))
