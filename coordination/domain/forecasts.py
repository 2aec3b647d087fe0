"""How a run will fill: who in the pool fits, who on a pause would, and why the others do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from coordination.domain.pooling.pairs import Reason, first_reason
from coordination.domain.pooling.problem import Candidate, Run


@dataclass(frozen=True)
class Fitting:
    """Counts by municipality of those who fit, in the pool and on a pause, and by reason of the others."""

    fits: Counter[str]
    parked: Counter[str]
    why_not: tuple[tuple[Reason, int], ...]


def fitting(run: Run, people: Iterable[Candidate], parked: Collection[str]) -> Fitting:
    """Who fits a run by the same rules as the pooling; whoever holds a seat on it is not asked again."""
    fits, paused, reasons = Counter[str](), Counter[str](), Counter[Reason]()
    for one in people:
        if run.id in one.locked:
            continue
        if reason := first_reason(one, run):
            reasons[reason] += one.id not in parked
        elif one.id in parked:
            paused[one.jobcenter] += 1
        else:
            fits[one.jobcenter] += 1
    told = tuple((reason, reasons[reason]) for reason in Reason if reasons[reason])
    return Fitting(fits, paused, told)
