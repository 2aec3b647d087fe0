"""Who waits outside the pool: a jobcenter's own people by name, everybody else's in figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coordination.db import db
from coordination.domain.actors import Actor, Role
from coordination.domain.nominations import NominationState
from coordination.models import Candidate, Municipality, Nomination, NominationWish


@dataclass(frozen=True)
class ParkedRow:
    """A parked candidate of the reader's own, and the day of return."""

    nomination_id: int
    candidate_id: int
    name: str
    code: str
    until: date | None


@dataclass(frozen=True)
class ParkedCount:
    """Parked people of one municipality who wish for a sector."""

    municipality: str
    count: int


def parked_people(actor: Actor) -> tuple[ParkedRow, ...]:
    """A jobcenter's own parked candidates, the first to return first; nobody for other readers."""
    if actor.role is not Role.JOBCENTER:
        return ()
    found = db.session.execute(
        sa.select(Nomination.id, Candidate.id, Candidate.name, Nomination.code, Nomination.parked_until)
        .join(Candidate, Candidate.id == Nomination.candidate_id)
        .where(Nomination.state == NominationState.PARKED)
        .order_by(Nomination.parked_until, Nomination.id)
    )
    return tuple(ParkedRow(*row) for row in found)


def parked_for(actor: Actor, sectors: Collection[int]) -> Mapping[int, tuple[ParkedCount, ...]]:
    """Per sector, how many parked people wish for it, by municipality and without a name.

    The coordinator counts the whole partnership, a jobcenter its own people; a school nobody.
    """
    if actor.role not in {Role.COORDINATOR, Role.JOBCENTER} or not sectors:
        return {}
    found = db.session.execute(
        sa.select(NominationWish.sector_id, Municipality.name, sa.func.count(Nomination.id))
        .join(Nomination, Nomination.id == NominationWish.nomination_id)
        .join(Municipality, Municipality.id == Nomination.municipality_id)
        .where(Nomination.state == NominationState.PARKED)
        .where(NominationWish.sector_id.in_(sectors))
        .group_by(NominationWish.sector_id, Municipality.name)
        .order_by(sa.collate(Municipality.name, "danish"))
    )
    counted: dict[int, list[ParkedCount]] = defaultdict(list)
    for sector_id, municipality, count in found:
        counted[sector_id].append(ParkedCount(municipality, count))
    return {sector_id: tuple(counts) for sector_id, counts in counted.items()}
