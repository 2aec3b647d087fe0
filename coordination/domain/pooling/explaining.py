"""Why a plan is as it is: who is not seated, which run stays closed, what each seat is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from coordination.domain.pooling.checking import Seating, busiest
from coordination.domain.pooling.pairs import Reason, Wishlist, first_reason, wish_rank
from coordination.domain.pooling.problem import Candidate, Goal, Plan, Problem, Run, Seat, overlap


@dataclass(frozen=True)
class Why:
    """A reason as a code and its facts; the facts never name a person."""

    code: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Explanation:
    """Reasons for everybody without a seat, every run that stays closed, and every seat."""

    unplaced: dict[str, tuple[Why, ...]]
    closed: dict[str, Why]
    seats: dict[Seat, Why]


def explain(problem: Problem, plan: Plan) -> Explanation:
    """The reasons of a valid plan, in stored order."""
    return _Explainer(problem, plan).explanation()


class _Explainer:
    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.seating = Seating(problem, plan)
        wishlist = Wishlist(problem.runs)
        self.wished = {one.id: tuple(wishlist.of(one)) for one in problem.candidates}
        self.eligible = {
            one.id: tuple(run for run in self.wished[one.id] if first_reason(one, run) is None)
            for one in problem.candidates
        }
        self.fit: dict[str, list[Candidate]] = {run.id: [] for run in problem.runs}
        for one in problem.candidates:
            for run in self.eligible[one.id]:
                self.fit[run.id].append(one)
        self.caps = {employer.id: employer.cap for employer in problem.employers}
        self.away: dict[str, list[Run]] = {name: [] for name in self.caps}
        for seat in self.seating.seats:
            employer = self.seating.candidates[seat.candidate].employer
            if employer in self.away:
                self.away[employer].append(self.seating.runs[seat.run])

    def explanation(self) -> Explanation:
        """Everything at once."""
        people, seating = self.problem.candidates, self.seating
        return Explanation(
            unplaced={one.id: self._unplaced(one) for one in people if not seating.runs_of[one.id]},
            closed={run.id: self._closed(run) for run in self.problem.runs if self._is_closed(run)},
            seats={seat: self._seat(seat) for seat in seating.seats},
        )

    def _is_closed(self, run: Run) -> bool:
        return not run.committed and not self.seating.people_of[run.id]

    def _unplaced(self, one: Candidate) -> tuple[Why, ...]:
        runs = self.eligible[one.id]
        if runs:
            return tuple(self._not_seated(one, run) for run in runs)
        if not one.lawful:
            return (Why(Reason.NOT_LAWFUL),)
        reasons = [(first_reason(one, run), run) for run in self.wished[one.id]]
        return tuple(Why(str(reason), {"run": run.id}) for reason, run in reasons) or (Why(Reason.NO_WISH),)

    def _not_seated(self, one: Candidate, run: Run) -> Why:
        """Why somebody who fits a run and has no seat at all is not in it: the first that holds."""
        return next(self._obstacles(one, run), Why("ROOM", {"run": run.id}))

    def _goal(self) -> str:
        """The goal that opening another run would cost on: the first of the policy."""
        return str(next(iter(self.problem.policy.levels), Goal.PLACED))

    def _obstacles(self, one: Candidate, run: Run) -> Iterator[Why]:
        people = self.seating.people_of[run.id]
        if one.max_places < 1:
            yield Why("NO_PLACES", {"run": run.id})
        if self._is_closed(run):
            short = self._short(run)
            yield Why("RUN_CLOSED", {"run": run.id, "short": short}) if short else self._not_worth(run)
        if len(people) >= run.maximum:
            yield Why("RUN_FULL", {"run": run.id, **self._ahead(one, people)})
        count = Counter(person.jobcenter for person in people)
        quota = run.quota.get(one.jobcenter)
        if quota is not None and count[one.jobcenter] >= quota:
            yield Why("QUOTA", {"run": run.id, "quota": quota})
        if not self._is_free(run, count, one.jobcenter):
            yield Why("RESERVED", {"run": run.id, "free": run.maximum - len(people)})
        if one.employer in self.caps and self._is_busy(one.employer, run):
            yield Why("EMPLOYER_CAP", {"run": run.id, "cap": self.caps[one.employer]})

    def _not_worth(self, run: Run) -> Why:
        return Why("FEWER_STARTS", {"run": run.id, "goal": self._goal()})

    @staticmethod
    def _ahead(one: Candidate, people: list[Candidate]) -> dict[str, object]:
        """How many in the run have a higher priority, and how many of the same have waited longer."""
        return {
            "seated": len(people),
            "higher": sum(person.weight > one.weight for person in people),
            "longer": sum(
                person.weight == one.weight and person.waited_since < one.waited_since for person in people
            ),
        }

    @staticmethod
    def _is_free(run: Run, count: Counter[str], jobcenter: str) -> bool:
        """Whether one more of this jobcenter fits beside what is reserved for others."""
        more = count + Counter([jobcenter])
        beyond = sum(max(0, n - run.reserved.get(name, 0)) for name, n in more.items())
        return beyond <= run.maximum - sum(run.reserved.values())

    def _is_busy(self, employer: str, run: Run) -> bool:
        """Whether the employer can spare nobody on some day of the run."""
        meanwhile = [other for other in self.away[employer] if overlap(other, run)]
        days = [
            Run("", "", "", "", ((max(a, c), min(b, d)),), 0)
            for other in meanwhile
            for a, b in other.sessions
            for c, d in run.sessions
            if a < d and c < b
        ]
        return busiest(days)[1] >= self.caps[employer]

    def _free_for(self, run: Run) -> list[Candidate]:
        """Who fits a run and sits nowhere."""
        return [one for one in self.fit[run.id] if not self.seating.runs_of[one.id] and one.max_places]

    def _short(self, run: Run) -> int:
        return max(0, max(1, run.needed) - len(self._free_for(run)))

    def _closed(self, run: Run) -> Why:
        """Why a run does not open: nobody, too few who sit nowhere, or not worth what it costs on a goal."""
        fit, free = self.fit[run.id], self._free_for(run)
        facts: dict[str, object] = {
            "fit": len(free),
            "elsewhere": len(fit) - len(free),
            "minimum": run.needed,
        }
        if not fit:
            return Why("NO_CANDIDATES", facts)
        if short := self._short(run):
            return Why("BELOW_MINIMUM", {**facts, "short": short})
        return Why("NOT_WORTH", {**facts, "goal": self._goal()})

    def _seat(self, seat: Seat) -> Why:
        """Why somebody sits there: a lock, the only run, the best wish, or what the seat does for the run."""
        one, run = self.seating.candidates[seat.candidate], self.seating.runs[seat.run]
        rank = wish_rank(one, run)
        if run.id in one.locked:
            return Why("LOCKED")
        if len(self.eligible[one.id]) == 1:
            return Why("ONLY_RUN", {"rank": rank})
        best = min(wish_rank(one, other) or 0 for other in self.eligible[one.id])
        if rank == best:
            return Why("FIRST_WISH" if rank == 1 else "BEST_WISH", {"rank": rank})
        if len(self.seating.people_of[run.id]) == run.needed:
            return Why("HELPS_OPEN", {"rank": rank, "minimum": run.needed})
        return Why("WISH", {"rank": rank})
