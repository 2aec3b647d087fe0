"""One person of a proposal and every run the person could be moved to, with what each move does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coordination.domain.actors import Actor
from coordination.domain.errors import NotFound
from coordination.domain.pooling.pairs import wish_rank
from coordination.domain.pooling.problem import Candidate, Goal, Run
from coordination.domain.pooling.scoring import MORE_IS_BETTER
from coordination.domain.proposals import Effect, Move, effect
from coordination.queries.proposals.head import ProposalHead, head_of
from coordination.queries.proposals.naming import Names, Told, names_of, told
from coordination.queries.proposals.people import PersonRow, person_rows
from coordination.queries.proposals.rows import Loaded, load
from coordination.queries.proposals.telling import RunName, run_names

WAITS = 0
"""The choice that takes a person out of every run."""


@dataclass(frozen=True)
class GoalChange:
    """One goal before and after a move."""

    goal: Goal
    before: int
    after: int

    @property
    def better(self) -> bool:
        """Whether the move does the goal good."""
        return (self.after > self.before) == (self.goal in MORE_IS_BETTER)


@dataclass(frozen=True)
class Option:
    """A run, or the waiting, that the person could be moved to."""

    id: int
    title: str
    school: str
    starts_on: date | None
    wish: int | None
    seated: int
    minimum: int
    maximum: int
    current: bool
    found: bool
    goals: tuple[GoalChange, ...]
    refusals: tuple[Told, ...]
    warnings: tuple[Told, ...]

    @property
    def changed(self) -> tuple[GoalChange, ...]:
        """The goals the move changes."""
        return tuple(row for row in self.goals if row.before != row.after)

    @property
    def possible(self) -> bool:
        """Whether the person may be put there at all."""
        return not self.refusals and not self.current


@dataclass(frozen=True)
class PlacingPage:
    """One person with every move that could be made."""

    head: ProposalHead
    person: PersonRow
    options: tuple[Option, ...]
    person_ids: tuple[int, ...]


def placing_page(actor: Actor, proposal_id: int, nomination_id: int) -> PlacingPage:
    """The page; NotFound if proposal or person is out of reach, or the person is not in the proposal."""
    loaded = load(actor, proposal_id)
    place = next((one for one in loaded.places if one.nomination_id == nomination_id), None)
    if place is None:
        raise NotFound
    names = names_of(actor, loaded)
    (person,) = person_rows([place], names)
    return PlacingPage(
        head=head_of(loaded),
        person=person,
        options=_options(loaded, names, str(nomination_id), place.course_run_id, place.solver_run_id),
        person_ids=(place.candidate_id,),
    )


def _options(
    loaded: Loaded, names: Names, key: str, current: int | None, found: int | None
) -> tuple[Option, ...]:
    """Where the person is now, the runs wished for in order, the waiting, and last what is impossible."""
    candidate = next(one for one in loaded.question.candidates if one.id == key)
    seated = Counter(seat.run for seat in loaded.plan)
    moves = [Move(key, None), *(Move(key, run.id) for run in loaded.problem.runs)]
    done = [effect(loaded.problem, loaded.plan, move, best_placed=loaded.best_placed) for move in moves]
    runs, known = {run.id: run for run in loaded.problem.runs}, run_names(loaded)
    options = [
        _option(runs.get(move.run or ""), known, names, candidate, seated, what, (current, found))
        for move, what in zip(moves, done, strict=True)
    ]
    return tuple(sorted(options, key=_order))


def _order(option: Option) -> tuple[object, ...]:
    return (
        not option.current,
        bool(option.refusals),
        len(option.warnings),
        option.wish or 99,
        option.starts_on or date.max,
    )


def _option(
    run: Run | None,
    known: Mapping[str, RunName],
    names: Names,
    candidate: Candidate,
    seated: Counter[str],
    what: Effect,
    stands: tuple[int | None, int | None],
) -> Option:
    key = run.id if run else ""
    name = known.get(key)
    current, found = stands
    return Option(
        id=int(key) if run else WAITS,
        title=name.title if name else "",
        school=name.school if name else "",
        starts_on=name.starts_on if name else None,
        wish=wish_rank(candidate, run) if run else None,
        seated=seated[key],
        minimum=run.minimum if run else 0,
        maximum=run.maximum if run else 0,
        current=(current or WAITS) == (int(key) if run else WAITS),
        found=(found or WAITS) == (int(key) if run else WAITS),
        goals=tuple(GoalChange(goal, what.before[goal], what.after[goal]) for goal in what.before),
        refusals=tuple(told(wrong, names) for wrong in what.refusals),
        warnings=tuple(told(wrong, names) for wrong in what.warnings),
    )
