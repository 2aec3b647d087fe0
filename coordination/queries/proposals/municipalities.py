"""A proposal by municipality: who has a seat today, who gets one, and what each is entitled to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.pooling.scoring import entitlements, weights
from coordination.models import Municipality
from coordination.queries.proposals.head import ProposalHead, head_of
from coordination.queries.proposals.rows import Loaded
from coordination.queries.proposals.telling import answered


@dataclass(frozen=True)
class MunicipalityRow:
    """One municipality's people in the proposal, and its share of the pool in points."""

    id: int
    name: str
    people: int
    held: int
    new: int
    entitled: int
    got: int

    @property
    def waiting(self) -> int:
        """Those who keep waiting."""
        return self.people - self.held - self.new

    @property
    def short(self) -> int:
        """What it lacks to its share."""
        return max(0, self.entitled - self.got)


@dataclass(frozen=True)
class MunicipalitiesPage:
    """A proposal by municipality."""

    head: ProposalHead
    rows: tuple[MunicipalityRow, ...]

    @property
    def widest(self) -> int:
        """The most people any municipality has: the scale of the picture."""
        return max((row.people for row in self.rows), default=1)


def municipalities_page(actor: Actor, proposal_id: int) -> MunicipalitiesPage:
    """The page; NotFound if the proposal is out of reach."""
    loaded = answered(actor, proposal_id)
    return MunicipalitiesPage(head_of(loaded), municipality_rows(loaded))


def jobcenter_names(ids: Collection[int]) -> dict[str, str]:
    """Municipalities by key, in Danish order."""
    rows = db.session.execute(
        sa.select(Municipality.id, Municipality.name)
        .where(Municipality.id.in_(ids))
        .order_by(sa.collate(Municipality.name, "danish"))
    )
    return {str(key): name for key, name in rows}


def municipality_rows(loaded: Loaded) -> tuple[MunicipalityRow, ...]:
    """Every municipality of the question, in Danish order."""
    people, held, new = Counter[int](), Counter[int](), Counter[int]()
    for place in loaded.places:
        people[place.municipality_id] += 1
        held[place.municipality_id] += place.held_run_id is not None
        new[place.municipality_id] += place.held_run_id is None and place.course_run_id is not None
    seated = {seat.candidate for seat in loaded.plan}
    got = weights(loaded.question, (one for one in loaded.question.candidates if one.id in seated))
    due = entitlements(loaded.question, loaded.best_placed or 0)
    return tuple(
        MunicipalityRow(int(key), name, people[int(key)], held[int(key)], new[int(key)], due[key], got[key])
        for key, name in jobcenter_names([int(key) for key in loaded.question.jobcenters]).items()
    )
