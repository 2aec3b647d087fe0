"""Who may read the thread about a candidate, and so be named in it: jobcenter, and coordinators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Role
from coordination.domain.nominations import DISCLOSED
from coordination.domain.ordering import danish_key
from coordination.models import Candidate, Municipality, Nomination, User
from coordination.queries.accounts import caseworkers, coordinators


@dataclass(frozen=True)
class PartnerRow:
    """Somebody who may be named in the thread."""

    id: int
    name: str
    role: Role


def partners(candidate: Candidate, today: date) -> Sequence[User]:
    """The people of the jobcenter, and the coordinators if the person is shared with them today."""
    found = list(caseworkers(candidate.municipality_id))
    if is_shared(candidate.id, today):
        home = db.session.get_one(Municipality, candidate.municipality_id)
        found += coordinators(home.partnership_id)
    return found


def partner_rows(candidate: Candidate, today: date) -> tuple[PartnerRow, ...]:
    """The same people as a form shows them: the jobcenter first, each in Danish order."""
    found = [PartnerRow(user.id, user.name, user.role) for user in partners(candidate, today)]
    return tuple(sorted(found, key=lambda row: (row.role is not Role.JOBCENTER, danish_key(row.name))))


def is_shared(candidate_id: int, today: date) -> bool:
    """True if the person was nominated to the pool and may be shared today."""
    found = shared(today).where(Nomination.candidate_id == candidate_id).limit(1)
    return db.session.scalar(found) is not None


def shared(today: date) -> sa.Select[int]:
    """SQL: the people who were nominated to the pool and may be shared today."""
    return sa.select(Nomination.candidate_id).where(
        Nomination.state.in_(DISCLOSED),
        Nomination.submitted_at.is_not(None),
        Nomination.shared_on(today),
    )
