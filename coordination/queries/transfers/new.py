"""Offering a candidate to another municipality: to whom, and whether one is under way already."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.transfers import OPEN
from coordination.models import Municipality, Transfer
from coordination.queries.candidates import PersonHead, head_of
from coordination.queries.nominations import person


@dataclass(frozen=True)
class NewPage:
    """What the form for a transfer must know."""

    head: PersonHead
    receivers: tuple[tuple[int, str], ...]
    open_id: int | None
    on_behalf: bool
    person_ids: tuple[int, ...]


def new_page(actor: Actor, candidate_id: int) -> NewPage:
    """The form that offers a candidate; NotFound if the actor may not know of the person."""
    candidate = person(actor, candidate_id)
    under_way = open_transfer(candidate_id)
    return NewPage(
        head=head_of(candidate),
        receivers=receivers(candidate.municipality_id),
        open_id=under_way.id if under_way else None,
        on_behalf=actor.role is Role.COORDINATOR,
        person_ids=(candidate.id,),
    )


def receivers(municipality_id: int) -> tuple[tuple[int, str], ...]:
    """The other municipalities of the same partnership."""
    partnership = (
        sa.select(Municipality.partnership_id).where(Municipality.id == municipality_id).scalar_subquery()
    )
    found = db.session.execute(
        sa.select(Municipality.id, Municipality.name)
        .where(Municipality.partnership_id == partnership, Municipality.id != municipality_id)
        .order_by(sa.collate(Municipality.name, "danish"))
    )
    return tuple((number, name) for number, name in found)


def open_transfer(candidate_id: int) -> Transfer | None:
    """The one transfer of the person that is under way."""
    return db.session.scalar(
        sa.select(Transfer).where(Transfer.candidate_id == candidate_id, Transfer.state.in_(OPEN))
    )
