"""Putting a candidate in the pool: who it is about, and what can be wished for."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from coordination.db import db, system_session
from coordination.domain import nominations
from coordination.domain.actors import Actor, Role
from coordination.domain.nominations import MAX_WISHES, NominationState
from coordination.models import Nomination, NominationWish
from coordination.queries.nominations.reach import nomination, person
from coordination.queries.nominations.rows import seats_of
from coordination.queries.nominations.sectors import Choices, sector_choices


@dataclass(frozen=True)
class NewPage:
    """What the form for a nomination needs to know."""

    candidate_id: int
    name: str
    sectors: Choices
    ranks: tuple[int, ...]
    live: int | None
    on_behalf: bool
    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class WishesPage:
    """What the form for other wishes needs to know."""

    nomination_id: int
    code: str
    name: str
    sectors: Choices
    wished: tuple[int, ...]
    person_ids: tuple[int, ...]


def new_page(actor: Actor, candidate_id: int) -> NewPage:
    """The page that nominates a candidate; NotFound if the actor may not know of the person."""
    candidate = person(actor, candidate_id)
    sectors = sector_choices(actor, candidate.municipality_id)
    live = live_nomination(candidate_id)
    return NewPage(
        candidate_id=candidate.id,
        name=candidate.name,
        sectors=sectors,
        ranks=tuple(range(1, min(MAX_WISHES, len(sectors)) + 1)),
        live=live.id if live and not over(live) and _tells(actor, live) else None,
        on_behalf=actor.role is Role.COORDINATOR,
        person_ids=(candidate.id,),
    )


def wishes_page(actor: Actor, nomination_id: int) -> WishesPage:
    """The page that changes the wishes of a nomination."""
    found = nomination(actor, nomination_id)
    candidate = person(actor, found.candidate_id)
    wished = db.session.scalars(
        sa.select(NominationWish.sector_id)
        .where(NominationWish.nomination_id == nomination_id)
        .order_by(NominationWish.rank)
    )
    return WishesPage(
        nomination_id=found.id,
        code=found.code,
        name=candidate.name,
        sectors=sector_choices(actor, found.municipality_id),
        wished=tuple(wished),
        person_ids=(candidate.id,),
    )


submission_page = wishes_page


def live_nomination(candidate_id: int) -> Nomination | None:
    """The candidate's one live nomination within reach."""
    return db.session.scalar(
        sa.select(Nomination).where(
            Nomination.candidate_id == candidate_id, Nomination.state.in_(nominations.LIVE)
        )
    )


def lives_unseen(actor: Actor, candidate_id: int, besides: int = 0) -> bool:
    """True if another nomination is alive that a coordinator may not know of: a draft, or one not shared."""
    if actor.role is not Role.COORDINATOR:
        return False
    with system_session("lives_unseen", reads=True) as session:
        living = sa.select(Nomination.id).where(
            Nomination.candidate_id == candidate_id,
            Nomination.id != besides,
            Nomination.state.in_(nominations.LIVE),
        )
        return session.scalar(living.limit(1)) is not None


def over(live: Nomination) -> bool:
    """True if the course the nomination led to is over, so that a new one may begin."""
    seats = seats_of([live.id])[live.id]
    return nominations.is_over(live.state, [seat.on_run for seat in seats])


def _tells(actor: Actor, live: Nomination) -> bool:
    return actor.role is not Role.COORDINATOR or live.state is not NominationState.DRAFT
