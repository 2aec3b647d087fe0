"""The list of proposed allocations, the newest first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.domain.proposals import ProposalState
from coordination.models import Proposal, ProposedPlace, User
from coordination.queries.proposals.head import Tally

PAGE_SIZE = 20
SHOWABLE = (ProposalState.READY, ProposalState.PUBLISHED)
"""Proposals that have an answer to look at."""


@dataclass(frozen=True)
class ProposalRow:
    """A proposal in the list."""

    id: int
    state: ProposalState
    created_at: datetime
    created_by: str
    published_at: datetime | None
    made_from_id: int | None
    proved: bool
    tally: Tally

    @property
    def has_answer(self) -> bool:
        """Whether there is anything to look at or compare."""
        return self.state in SHOWABLE


@dataclass(frozen=True)
class OverviewPage:
    """One page of the list."""

    rows: tuple[ProposalRow, ...]
    comparable: tuple[int, ...]
    total: int
    number: int
    pages: int


def overview_page(actor: Actor, number: int) -> OverviewPage:  # noqa: ARG001 (the session holds the reach)
    """The proposals of the coordinator's partnerships."""
    total = db.session.scalar(sa.select(sa.func.count(Proposal.id))) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(1, number), pages)
    found = db.session.execute(
        sa.select(Proposal, User.name)
        .join(User, User.id == Proposal.created_by_id)
        .order_by(Proposal.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    tallies = tallies_of([proposal.id for proposal, _name in found])
    rows = tuple(_row(proposal, name, tallies.get(proposal.id, Tally())) for proposal, name in found)
    return OverviewPage(rows, tuple(row.id for row in rows if row.has_answer), total, number, pages)


def tallies_of(proposal_ids: Collection[int]) -> dict[int, Tally]:
    """People and seats of each proposal in figures; who is no longer shared is not counted."""
    new = ProposedPlace.course_run_id.is_not(None) & ProposedPlace.held_run_id.is_(None)
    rows = db.session.execute(
        sa.select(
            ProposedPlace.proposal_id,
            sa.func.count(ProposedPlace.id),
            sa.func.count(sa.case((new, 1))),
            sa.func.count(ProposedPlace.held_run_id),
        )
        .where(ProposedPlace.proposal_id.in_(proposal_ids))
        .group_by(ProposedPlace.proposal_id)
    )
    return {key: Tally(*figures) for key, *figures in rows}


def _row(proposal: Proposal, created_by: str, tally: Tally) -> ProposalRow:
    levels = proposal.answer.get("levels", {}).values()
    return ProposalRow(
        id=proposal.id,
        state=proposal.state,
        created_at=proposal.created_at,
        created_by=created_by,
        published_at=proposal.published_at,
        made_from_id=proposal.made_from_id,
        proved=bool(levels) and all(level["proved"] for level in levels),
        tally=tally,
    )
