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
from coordination.domain.proposals import Effect, Move, effects
from coordination.queries.proposals.head import ProposalHead, head_of
from coordination.queries.proposals.naming import Names, Told, names_of, told
from coordination.queries.proposals.people import PersonRow, person_rows
from coordination.queries.proposals.rows import Loaded, load
from coordination.queries.proposals.telling import RunName, fillable, run_names

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


@dataclass(frozen=True)
class Stands:
    """What every option of one person is held against."""

    person: Candidate
    current: int
    found: int
    seated: Counter[str]
    goals: frozenset[Goal]
    runs: Mapping[str, RunName]
    names: Names


def placing_page(actor: Actor, proposal_id: int, nomination_id: int) -> PlacingPage:
    """The page; NotFound if proposal or person is out of reach, or the person is not in the proposal."""
    loaded = load(actor, proposal_id)
    place = next((one for one in loaded.places if one.nomination_id == nomination_id), None)
    if place is None or not loaded.levels:
        raise NotFound
    names, head = names_of(actor, loaded), head_of(loaded)
    (person,) = person_rows([place], names)
    stands = Stands(
        person=next(one for one in loaded.question.candidates if one.id == str(nomination_id)),
        current=place.course_run_id or WAITS,
        found=place.solver_run_id or WAITS,
        seated=Counter(seat.run for seat in loaded.plan),
        goals=frozenset(row.goal for row in head.goals),
        runs=run_names(loaded),
        names=names,
    )
    options = () if person.held else _options(loaded, stands)
    return PlacingPage(head, person, options, (place.candidate_id,))


def _options(loaded: Loaded, stands: Stands) -> tuple[Option, ...]:
    """Where the person is now, what breaks nothing, the wishes first, and last what is impossible."""
    runs: tuple[Run | None, ...] = (None, *fillable(loaded))
    moves = [Move(stands.person.id, run.id if run else None) for run in runs]
    done = effects(loaded.problem, loaded.plan, moves, best_placed=loaded.best_placed)
    options = [_option(run, what, stands) for run, what in zip(runs, done, strict=True)]
    return tuple(sorted(options, key=_order))


def _order(option: Option) -> tuple[object, ...]:
    standing = (not option.current, bool(option.refusals), len(option.warnings))
    return (*standing, option.wish or 99, option.starts_on or date.max)


def _option(run: Run | None, what: Effect, stands: Stands) -> Option:
    key = int(run.id) if run else WAITS
    name = stands.runs.get(str(key), RunName("", "", None))
    changes = (GoalChange(goal, what.before[goal], what.after[goal]) for goal in what.before)
    return Option(
        id=key,
        title=name.title,
        school=name.school,
        starts_on=name.starts_on,
        wish=wish_rank(stands.person, run) if run else None,
        seated=stands.seated[str(key)],
        minimum=run.minimum if run else 0,
        maximum=run.maximum if run else 0,
        current=stands.current == key,
        found=stands.found == key,
        goals=tuple(change for change in changes if change.goal in stands.goals),
        refusals=tuple(told(wrong, stands.names) for wrong in what.refusals),
        warnings=tuple(told(wrong, stands.names) for wrong in what.warnings),
    )
