"""Before a proposal is asked for, and while it is being solved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.pooling.checking import Violation
from coordination.domain.pooling.problem import Goal
from coordination.domain.proposals import UNDER_WAY, ProposalState
from coordination.models import Partnership, Proposal
from coordination.queries import pooling_question
from coordination.queries.proposals.head import user_names
from coordination.queries.proposals.naming import Told, names_of, told
from coordination.queries.proposals.people import PersonRow, person_rows
from coordination.queries.proposals.rows import load, proposal
from coordination.queries.proposals.telling import names_behind


@dataclass(frozen=True)
class Outlook:
    """What a partnership's question would be about if it were asked now."""

    partnership_id: int
    name: str
    waiting: int
    held: int
    runs: int
    seats_free: int
    without_price: int


@dataclass(frozen=True)
class NewPage:
    """What goes into a new proposal."""

    outlooks: tuple[Outlook, ...]
    made_from_id: int | None
    kept: tuple[PersonRow, ...]
    under_way: int | None
    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class ProgressPage:
    """How far a search is, or why it came to nothing."""

    id: int
    state: ProposalState
    created_at: datetime
    created_by: str
    made_from_id: int | None
    time_limit: int
    cancel_asked: bool
    goal: Goal | None
    value: int | None
    bound: int | None
    done: tuple[Goal, ...]
    problem: str
    clashes: tuple[Told, ...]

    @property
    def moves(self) -> bool:
        """True while it is worth looking again."""
        return self.state in UNDER_WAY

    @property
    def solved(self) -> bool:
        """Whether there is an answer to look at."""
        return self.state in {ProposalState.READY, ProposalState.PUBLISHED}


def new_page(actor: Actor, made_from_id: int | None, today: date) -> NewPage:
    """The page; NotFound for an earlier proposal out of reach."""
    kept: tuple[PersonRow, ...] = ()
    wanted = sorted(actor.partnerships)
    if made_from_id is not None:
        loaded = load(actor, made_from_id)
        places = [place for place in loaded.places if place.kept and place.held_run_id is None]
        kept = person_rows(places, names_of(actor, loaded))
        wanted = [loaded.proposal.partnership_id]
    return NewPage(
        outlooks=tuple(_outlook(actor, key, today) for key in wanted),
        made_from_id=made_from_id,
        kept=kept,
        under_way=_under_way(),
        person_ids=tuple(row.candidate_id for row in kept),
    )


def progress_page(actor: Actor, proposal_id: int) -> ProgressPage:
    """Where the search stands; NotFound if the proposal is out of reach."""
    row = proposal(actor, proposal_id)
    stands = row.progress
    goal = Goal(stands["goal"]) if stands.get("goal") in set(Goal) else None
    return ProgressPage(
        id=row.id,
        state=row.state,
        created_at=row.created_at,
        created_by=user_names(row.created_by_id).get(row.created_by_id, ""),
        made_from_id=row.made_from_id,
        time_limit=row.time_limit,
        cancel_asked=row.cancel_asked,
        goal=goal,
        value=_whole(stands.get("value")),
        bound=_whole(stands.get("bound")),
        done=tuple(Goal)[: tuple(Goal).index(goal)] if goal else (),
        problem=row.problem,
        clashes=_clashes(stands.get("clashes", ())),
    )


def _clashes(found: Sequence[Mapping[str, Any]]) -> tuple[Told, ...]:
    names = names_behind(list(found)) if found else None
    return tuple(told(Violation(one["code"], one["facts"]), names) for one in found) if names else ()


def _whole(figure: Any) -> int | None:
    return round(figure) if isinstance(figure, int | float) else None


def _outlook(actor: Actor, partnership_id: int, today: date) -> Outlook:
    asked = pooling_question.question(actor, partnership_id, today)
    people = [one for one in asked.candidates if one.weight]
    runs = [run for run in asked.runs if run.sector != pooling_question.NOBODYS_SECTOR]
    held = sum(len(one.locked) for one in people)
    return Outlook(
        partnership_id=partnership_id,
        name=db.session.scalar(sa.select(Partnership.name).where(Partnership.id == partnership_id)) or "",
        waiting=sum(not one.locked for one in people),
        held=held,
        runs=len(runs),
        seats_free=sum(run.maximum for run in runs) - held,
        without_price=sum(run.cost == 0 for run in runs),
    )


def _under_way() -> int | None:
    found = sa.select(Proposal.id).where(Proposal.state.in_(UNDER_WAY)).order_by(Proposal.id).limit(1)
    return db.session.scalar(found)
