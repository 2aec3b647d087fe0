"""The head that all pages of one person share: who it is, and who is responsible."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor
from coordination.models import Candidate, Municipality, User
from coordination.queries import nominations


@dataclass(frozen=True)
class PersonHead:
    """What stands above every page of one person."""

    id: int
    name: str
    municipality: str
    caseworker: str
    person_ids: tuple[int, ...]


def person_head(actor: Actor, candidate_id: int) -> PersonHead:
    """The head of a person's pages; NotFound if the actor may not know of the person."""
    return head_of(nominations.person(actor, candidate_id))


def head_of(candidate: Candidate) -> PersonHead:
    """The head for a candidate already found."""
    beside = (
        sa.select(Municipality.name, User.name)
        .join_from(Municipality, User, User.id == candidate.caseworker_id)
        .where(Municipality.id == candidate.municipality_id)
    )
    municipality, caseworker = db.session.execute(beside).one()
    return PersonHead(candidate.id, candidate.name, municipality, caseworker, (candidate.id,))
