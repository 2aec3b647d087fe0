"""Two proposals side by side: goals, seats by run and by municipality, and who would be where."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.pooling.problem import Goal
from coordination.domain.pooling.scoring import MORE_IS_BETTER
from coordination.models import Proposal
from coordination.queries.proposals.detail import RunRow, run_rows
from coordination.queries.proposals.head import ProposalHead, head_of
from coordination.queries.proposals.municipalities import municipality_rows
from coordination.queries.proposals.naming import names_of
from coordination.queries.proposals.overview import SHOWABLE
from coordination.queries.proposals.people import person_names
from coordination.queries.proposals.rows import Loaded
from coordination.queries.proposals.telling import answered, title

MOST_PEOPLE = 200


@dataclass(frozen=True)
class Pair:
    """One figure in both proposals; nothing where one of them does not know it."""

    name: str
    one: int | None
    other: int | None


@dataclass(frozen=True)
class GoalPair:
    """One goal in both proposals."""

    goal: Goal
    one: int | None
    other: int | None

    @property
    def better(self) -> int:
        """0 if they are alike, 1 if the first is better, 2 if the second is."""
        if self.one is None or self.other is None or self.one == self.other:
            return 0
        return 1 if (self.one > self.other) == (self.goal in MORE_IS_BETTER) else 2


@dataclass(frozen=True)
class Mover:
    """Somebody who would be elsewhere."""

    nomination_id: int
    candidate_id: int
    code: str
    name: str
    one: str
    other: str


@dataclass(frozen=True)
class ComparisonPage:
    """Two proposals side by side, or the choice of them."""

    choices: tuple[int, ...]
    one: ProposalHead | None
    other: ProposalHead | None
    goals: tuple[GoalPair, ...]
    runs: tuple[Pair, ...]
    municipalities: tuple[Pair, ...]
    movers: tuple[Mover, ...]
    more_movers: int
    person_ids: tuple[int, ...]


def comparison_page(actor: Actor, one_id: int | None, other_id: int | None) -> ComparisonPage:
    """Both proposals; NotFound for one out of reach; nothing to compare until two are chosen."""
    choices = _choices()
    if one_id is None or other_id is None:
        return ComparisonPage(choices, None, None, (), (), (), (), 0, ())
    one, other = answered(actor, one_id), answered(actor, other_id)
    movers = _movers(actor, one, other)
    shown = movers[:MOST_PEOPLE]
    return ComparisonPage(
        choices=choices,
        one=head_of(one),
        other=head_of(other),
        goals=_goals(head_of(one), head_of(other)),
        runs=_runs(run_rows(one, names_of(actor, one)), run_rows(other, names_of(actor, other))),
        municipalities=_municipalities(one, other),
        movers=shown,
        more_movers=len(movers) - len(shown),
        person_ids=tuple(row.candidate_id for row in shown),
    )


def _choices() -> tuple[int, ...]:
    found = sa.select(Proposal.id).where(Proposal.state.in_(SHOWABLE)).order_by(Proposal.id.desc()).limit(50)
    return tuple(db.session.scalars(found))


def _goals(one: ProposalHead, other: ProposalHead) -> tuple[GoalPair, ...]:
    first, second = ({row.goal: row.now for row in head.goals} for head in (one, other))
    known = [goal for goal in Goal if goal in first or goal in second]
    return tuple(GoalPair(goal, first.get(goal), second.get(goal)) for goal in known)


def _runs(one: tuple[RunRow, ...], other: tuple[RunRow, ...]) -> tuple[Pair, ...]:
    first, second = ({row.id: row for row in rows} for rows in (one, other))
    titles = {row.id: row.title for row in (*one, *other)}
    return tuple(
        Pair(title, first[key].total if key in first else None, second[key].total if key in second else None)
        for key, title in titles.items()
    )


def _municipalities(one: Loaded, other: Loaded) -> tuple[Pair, ...]:
    first, second = (
        {row.name: row.held + row.new for row in municipality_rows(each)} for each in (one, other)
    )
    return tuple(Pair(name, first.get(name), second.get(name)) for name in {**first, **second})


def _movers(actor: Actor, one: Loaded, other: Loaded) -> tuple[Mover, ...]:
    """Those in both proposals whom they put into different runs."""
    first, second = names_of(actor, one), names_of(actor, other)
    there = {place.nomination_id: place for place in other.places}
    moved = [
        (place, there[place.nomination_id])
        for place in one.places
        if place.nomination_id in there and place.course_run_id != there[place.nomination_id].course_run_id
    ]
    known = person_names([place.candidate_id for place, _ in moved])
    return tuple(
        Mover(
            nomination_id=place.nomination_id,
            candidate_id=place.candidate_id,
            code=place.code,
            name=known.get(place.candidate_id, place.code),
            one=title(first, place.course_run_id),
            other=title(second, elsewhere.course_run_id),
        )
        for place, elsewhere in moved
    )
