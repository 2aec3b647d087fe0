"""The head of every page of one proposal: who asked, where it stands, and how good it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.pooling.problem import Goal, Plan, Problem, Seat
from coordination.domain.pooling.scoring import MORE_IS_BETTER, score
from coordination.domain.proposals import ProposalState
from coordination.models import User
from coordination.queries.proposals.rows import Loaded, Place


@dataclass(frozen=True)
class GoalRow:
    """One goal: today, as the proposal stands, what the search found, and the best that could be."""

    goal: Goal
    today: int
    now: int
    found: int
    bound: int
    proved: bool

    @property
    def more_is_better(self) -> bool:
        """Whether a larger figure is the better one."""
        return self.goal in MORE_IS_BETTER

    @property
    def gap(self) -> int:
        """How far the search may be from the best."""
        return abs(self.bound - self.found)


@dataclass(frozen=True)
class Tally:
    """How many people a proposal is about and how many of them get a seat they do not hold."""

    people: int = 0
    new_seats: int = 0
    held: int = 0

    @property
    def waiting(self) -> int:
        """Those who keep waiting."""
        return self.people - self.new_seats - self.held


@dataclass(frozen=True)
class ProposalHead:
    """What every page of a proposal shows on top."""

    id: int
    state: ProposalState
    version: int
    created_at: datetime
    created_by: str
    published_at: datetime | None
    published_by: str
    made_from_id: int | None
    seconds: float
    goals: tuple[GoalRow, ...]
    tally: Tally

    @property
    def may_change(self) -> bool:
        """Whether it still may be moved about and published."""
        return self.state is ProposalState.READY


def head_of(loaded: Loaded) -> ProposalHead:
    """The head of a proposal."""
    facts = loaded.proposal
    names = user_names(facts.created_by_id, facts.published_by_id)
    return ProposalHead(
        id=facts.id,
        state=facts.state,
        version=facts.version,
        created_at=facts.created_at,
        created_by=names.get(facts.created_by_id, ""),
        published_at=facts.published_at,
        published_by=names.get(facts.published_by_id or 0, ""),
        made_from_id=facts.made_from_id,
        seconds=facts.seconds,
        goals=goals_of(loaded),
        tally=tally_of(loaded.places),
    )


def goals_of(loaded: Loaded) -> tuple[GoalRow, ...]:
    """Every goal the question was asked with, the most important first."""
    now = score(loaded.problem, loaded.plan, best_placed=loaded.best_placed)
    today = score(loaded.question, plan_today(loaded), best_placed=loaded.best_placed)
    return tuple(
        GoalRow(one.goal, today[one.goal], now[one.goal], one.value, one.bound, one.proved)
        for one in loaded.levels
        if _matters(one.goal, loaded.question)
    )


def _matters(goal: Goal, question: Problem) -> bool:
    """Whether the goal can come out one way or the other: without prices or an earlier proposal it cannot."""
    if goal is Goal.STABLE:
        return any(one.previous for one in question.candidates)
    return goal is not Goal.COST or any(run.cost for run in question.runs)


def plan_today(loaded: Loaded) -> Plan:
    """The seats people held when the question was asked."""
    return frozenset(Seat(one.id, run) for one in loaded.question.candidates for run in one.locked)


def tally_of(places: tuple[Place, ...]) -> Tally:
    """People and seats in figures."""
    held = sum(place.held_run_id is not None for place in places)
    new = sum(place.course_run_id is not None and place.held_run_id is None for place in places)
    return Tally(len(places), new, held)


def user_names(*ids: int | None) -> Mapping[int, str]:
    """What these users are called."""
    rows = db.session.execute(sa.select(User.id, User.name).where(User.id.in_([key for key in ids if key])))
    return {row.id: row.name for row in rows}
