"""Whether a plan is valid, and everything that is wrong with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from coordination.domain.pooling.pairs import first_reason
from coordination.domain.pooling.problem import Candidate, Plan, Problem, Run, Seat, overlap


@dataclass(frozen=True)
class Violation:
    """One rule a plan breaks, naming candidate, run, employer or jobcenter."""

    code: str
    facts: dict[str, object] = field(default_factory=dict)


class Seating:
    """A plan beside its problem, looked up from both sides."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan
        self.runs = {run.id: run for run in problem.runs}
        self.candidates = {candidate.id: candidate for candidate in problem.candidates}
        self.seats = [
            seat for seat in sorted(plan) if seat.run in self.runs and seat.candidate in self.candidates
        ]

    @cached_property
    def people_of(self) -> dict[str, list[Candidate]]:
        """Who sits in each run."""
        found: dict[str, list[Candidate]] = {name: [] for name in self.runs}
        for seat in self.seats:
            found[seat.run].append(self.candidates[seat.candidate])
        return found

    @cached_property
    def runs_of(self) -> dict[str, list[Run]]:
        """Where each candidate sits."""
        found: dict[str, list[Run]] = {name: [] for name in self.candidates}
        for seat in self.seats:
            found[seat.candidate].append(self.runs[seat.run])
        return found


def check(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Everything that makes the plan invalid; nothing means it may be proposed."""
    seating = Seating(problem, plan)
    return tuple(violation for rule in RULES for violation in rule(seating))


def _unknown(seating: Seating) -> Iterator[Violation]:
    for seat in sorted(seating.plan.difference(seating.seats)):
        yield Violation("unknown", {"candidate": seat.candidate, "run": seat.run})


def _not_eligible(seating: Seating) -> Iterator[Violation]:
    for seat in seating.seats:
        reason = first_reason(seating.candidates[seat.candidate], seating.runs[seat.run])
        if reason:
            yield Violation(
                "not_eligible", {"candidate": seat.candidate, "run": seat.run, "reason": str(reason)}
            )


def _sizes(seating: Seating) -> Iterator[Violation]:
    for run in seating.problem.runs:
        count = len(seating.people_of[run.id])
        if count > run.maximum:
            yield Violation("above_maximum", {"run": run.id, "count": count, "maximum": run.maximum})
        if 0 < count < run.needed:
            yield Violation("below_minimum", {"run": run.id, "count": count, "minimum": run.minimum})


def _locks(seating: Seating) -> Iterator[Violation]:
    for candidate in seating.problem.candidates:
        for run in candidate.locked:
            if Seat(candidate.id, run) not in seating.plan:
                yield Violation("lock_broken", {"candidate": candidate.id, "run": run})


def _places(seating: Seating) -> Iterator[Violation]:
    for candidate in seating.problem.candidates:
        runs = seating.runs_of[candidate.id]
        if len(runs) > candidate.max_places:
            facts = {"count": len(runs), "max_places": candidate.max_places}
            yield Violation("too_many_places", {"candidate": candidate.id, **facts})
        weeks = sum(run.weeks for run in runs)
        if len(runs) > 1 and candidate.weeks_left is not None and weeks > candidate.weeks_left:
            facts = {"weeks": weeks, "weeks_left": candidate.weeks_left}
            yield Violation("too_many_weeks", {"candidate": candidate.id, **facts})


def _together(seating: Seating) -> Iterator[Violation]:
    for candidate in seating.problem.candidates:
        for one, other in combinations(seating.runs_of[candidate.id], 2):
            facts: dict[str, object] = {"candidate": candidate.id, "run": one.id, "other": other.id}
            if overlap(one, other):
                yield Violation("overlap", facts)
            if one.course == other.course:
                yield Violation("same_course", {**facts, "course": one.course})


def _employers(seating: Seating) -> Iterator[Violation]:
    away: dict[str, list[Run]] = defaultdict(list)
    for seat in seating.seats:
        name = seating.candidates[seat.candidate].employer
        if name is not None:
            away[name].append(seating.runs[seat.run])
    for employer in seating.problem.employers:
        day, count = busiest(away[employer.id])
        if count > employer.cap:
            facts = {"day": day, "count": count, "cap": employer.cap}
            yield Violation("employer_cap", {"employer": employer.id, **facts})


def busiest(runs: list[Run]) -> tuple[int, int]:
    """The first day on which most of these seats are in session, and how many they are."""
    steps = sorted(step for run in runs for start, end in run.sessions for step in ((start, 1), (end, -1)))
    best, away = (0, 0), 0
    for day, change in steps:
        away += change
        if away > best[1]:
            best = (day, away)
    return best


def _jobcenters(seating: Seating) -> Iterator[Violation]:
    for run in seating.problem.runs:
        count = Counter(candidate.jobcenter for candidate in seating.people_of[run.id])
        for jobcenter, most in run.quota.items():
            if count[jobcenter] > most:
                facts = {"jobcenter": jobcenter, "count": count[jobcenter], "quota": most}
                yield Violation("quota", {"run": run.id, **facts})
        beyond = sum(max(0, n - run.reserved.get(jobcenter, 0)) for jobcenter, n in count.items())
        free = run.maximum - sum(run.reserved.values())
        if run.reserved and beyond > free:
            yield Violation("reserved", {"run": run.id, "beyond": beyond, "free": free})


RULES: tuple[Callable[[Seating], Iterator[Violation]], ...] = (
    _unknown,
    _not_eligible,
    _sizes,
    _locks,
    _places,
    _together,
    _employers,
    _jobcenters,
)
