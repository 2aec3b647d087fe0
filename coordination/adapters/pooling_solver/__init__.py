"""The pooling solved with HiGHS: every goal in turn, each with a proof."""

from coordination.adapters.pooling_solver.engine import Cancelled
from coordination.adapters.pooling_solver.solving import Level, Solution, solve

__all__ = ["Cancelled", "Level", "Solution", "solve"]
