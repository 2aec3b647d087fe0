"""Whom an actor may know of: the own people, and for the coordinator those who were nominated to the pool."""

from __future__ import annotations

import sqlalchemy as sa

from coordination import access
from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.errors import NotFound
from coordination.domain.nominations import DISCLOSED
from coordination.models import Candidate, Nomination


def visible(actor: Actor) -> sa.ColumnElement[bool]:
    """SQL: the nominations within reach that the actor may know of; a coordinator sees no draft."""
    if actor.role is not Role.COORDINATOR:
        return sa.true()
    return sa.and_(Nomination.state.in_(DISCLOSED), Nomination.submitted_at.is_not(None))


def visible_people(actor: Actor) -> sa.ColumnElement[bool]:
    """SQL: the people within reach that the actor may know of; a coordinator those ever sent to the pool."""
    if actor.role is not Role.COORDINATOR:
        return sa.true()
    return Candidate.id.in_(sa.select(Nomination.candidate_id).where(visible(actor)))


def person(actor: Actor, candidate_id: int, *, lock: bool = False) -> Candidate:
    """The candidate, if the actor may know of the person; else NotFound."""
    candidate = access.one(Candidate, candidate_id, lock=lock)
    seen = sa.select(Candidate.id).where(Candidate.id == candidate_id, visible_people(actor))
    if db.session.scalar(seen) is None:
        raise NotFound
    return candidate


def nomination(actor: Actor, nomination_id: int, *, lock: bool = False) -> Nomination:
    """The nomination, if the actor may know of it; else NotFound."""
    found = access.one(Nomination, nomination_id, lock=lock)
    seen = sa.select(Nomination.id).where(Nomination.id == nomination_id, visible(actor))
    if db.session.scalar(seen) is None:
        raise NotFound
    return found
