"""A proposed allocation as it is stored: facts, question, plan and the place of each person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from coordination import access
from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.pooling.instances import read_instance
from coordination.domain.pooling.problem import Goal, Plan, Problem, Seat
from coordination.domain.pooling.scoring import Starting
from coordination.domain.proposal_locks import Locks, with_locks, without_locks
from coordination.domain.proposals import ProposalState
from coordination.models import Proposal, ProposedPlace


@dataclass(frozen=True)
class Level:
    """One goal as the search left it: the value found, the best possible, and whether that is proved."""

    goal: Goal
    value: int
    bound: int
    proved: bool


@dataclass(frozen=True)
class ProposalFacts:
    """What is written down about a proposal itself."""

    id: int
    partnership_id: int
    state: ProposalState
    made_from_id: int | None
    created_by_id: int
    created_at: datetime
    time_limit: int
    cancel_asked: bool
    progress: Mapping[str, Any]
    problem: str
    seconds: float
    starting: Starting | None
    by_hand: Starting | None
    published_at: datetime | None
    published_by_id: int | None
    replay_asked_at: datetime | None
    replay: Mapping[str, Any] | None
    version: int


@dataclass(frozen=True)
class Place:
    """Where the proposal puts one person."""

    nomination_id: int
    candidate_id: int
    municipality_id: int
    code: str
    course_run_id: int | None
    solver_run_id: int | None
    held_run_id: int | None
    locked: bool
    override_reason: str
    why: tuple[Mapping[str, Any], ...]
    published: bool

    @property
    def kept(self) -> bool:
        """Whether a new search keeps it: locked, or decided by the coordinator."""
        return self.locked or bool(self.override_reason)


@dataclass(frozen=True)
class Loaded:
    """A proposal with everything a page or a deed asks.

    `question` is what was asked, without a coordinator's locks; `problem` the same with the locks and
    overrides of today, in which the plan is checked and scored. Keys of candidates are nomination ids, of
    runs course run ids, of jobcenters municipality ids, as text.
    """

    proposal: ProposalFacts
    question: Problem
    problem: Problem
    plan: Plan
    places: tuple[Place, ...]
    levels: tuple[Level, ...]
    closed: Mapping[str, Any]

    @property
    def best_placed(self) -> int | None:
        """The proved optimum of the first goal, which shares are counted from."""
        return next((level.value for level in self.levels if level.goal is Goal.PLACED), None)


def load(actor: Actor, proposal_id: int, *, lock: bool = False) -> Loaded:
    """A proposal the actor coordinates; NotFound otherwise. One without an answer has no places yet."""
    row = proposal(actor, proposal_id, lock=lock)
    return loaded(row, _places(row.id))


def proposal(_actor: Actor, proposal_id: int, *, lock: bool = False) -> Proposal:
    """The row of a proposal within reach."""
    return access.one(Proposal, proposal_id, lock=lock)


def loaded(row: Proposal, places: tuple[Place, ...]) -> Loaded:
    """A proposal from its row and places."""
    question = question_of(row)
    problem = with_locks(question, standing_locks(places))
    held = {Seat(one.id, run) for one in question.candidates for run in one.locked}
    seats = {
        Seat(str(place.nomination_id), str(place.course_run_id)) for place in places if place.course_run_id
    }
    return Loaded(
        proposal=_facts(row),
        question=question,
        problem=problem,
        plan=frozenset(seats | held) if row.answer else frozenset(),
        places=places,
        levels=levels_of(row.answer),
        closed=row.answer.get("closed", {}),
    )


def question_of(row: Proposal) -> Problem:
    """The question as it was asked, without a coordinator's locks."""
    if not row.inputs:
        return read_instance({"format": "pool-instance/1"})
    return without_locks(read_instance(row.inputs), locks_of(row))


def locks_of(row: Proposal) -> Locks:
    """The locks the question was asked with."""
    locks: Locks = row.inputs.get("locks", {})
    return locks


def standing_locks(places: tuple[Place, ...]) -> dict[str, str | None]:
    """The locks and overrides as they stand; seats people hold are no locks."""
    return {
        str(place.nomination_id): str(place.course_run_id) if place.course_run_id else None
        for place in places
        if place.kept and place.held_run_id is None
    }


def levels_of(answer: Mapping[str, Any]) -> tuple[Level, ...]:
    """The goals of an answer, the most important first."""
    found: Mapping[str, Any] = answer.get("levels", {})
    return tuple(
        Level(goal, found[goal]["value"], found[goal]["bound"], found[goal]["proved"])
        for goal in Goal
        if goal in found
    )


def _places(proposal_id: int) -> tuple[Place, ...]:
    rows = db.session.scalars(
        sa.select(ProposedPlace).where(ProposedPlace.proposal_id == proposal_id).order_by(ProposedPlace.id)
    )
    return tuple(
        Place(
            nomination_id=row.nomination_id,
            candidate_id=row.candidate_id,
            municipality_id=row.municipality_id,
            code=row.code,
            course_run_id=row.course_run_id,
            solver_run_id=row.solver_run_id,
            held_run_id=row.held_run_id,
            locked=row.locked,
            override_reason=row.override_reason,
            why=tuple(row.why),
            published=row.published,
        )
        for row in rows
    )


def _starting(told: Mapping[str, int] | None) -> Starting | None:
    return None if told is None else Starting(**told)


def _facts(row: Proposal) -> ProposalFacts:
    return ProposalFacts(
        id=row.id,
        partnership_id=row.partnership_id,
        state=row.state,
        made_from_id=row.made_from_id,
        created_by_id=row.created_by_id,
        created_at=row.created_at,
        time_limit=row.time_limit,
        cancel_asked=row.cancel_asked,
        progress=row.progress,
        problem=row.problem,
        seconds=row.answer.get("seconds", 0.0),
        starting=_starting(row.answer.get("starting")),
        by_hand=_starting(row.answer.get("by_hand")),
        published_at=row.published_at,
        published_by_id=row.published_by_id,
        replay_asked_at=row.replay_asked_at,
        replay=row.answer.get("replay"),
        version=row.version,
    )
