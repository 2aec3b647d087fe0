"""A frozen question solved again: whether every goal comes out as it did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coordination.domain.pooling.problem import Goal


@dataclass(frozen=True)
class Replay:
    """What came of solving the frozen question again: every goal then and now."""

    then: Mapping[Goal, int]
    now: Mapping[Goal, int]
    differing: tuple[Goal, ...] = ()

    @property
    def agrees(self) -> bool:
        """True if every goal came out as it did then."""
        return not self.differing


def compare(then: Mapping[Goal, int], now: Mapping[Goal, int]) -> Replay:
    """The figures of an answer beside those of solving its question again."""
    return Replay(then, now, tuple(goal for goal in Goal if then.get(goal) != now.get(goal)))
