"""Taking a candidate out of the pool for a while: the page that asks, and who else is out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coordination.db import db
from coordination.domain import nominations
from coordination.domain.actors import Actor, Role
from coordination.domain.nominations import NominationDeed, NominationState
from coordination.models import Candidate, Municipality, Nomination, NominationWish
from coordination.queries.nominations.reach import nomination
from coordination.queries.nominations.rows import NominationRow, base, rows


@dataclass(frozen=True)
class ParkingPage:
    """The nomination that is about to be parked, or parked until another day."""

    nomination: NominationRow
    possible: bool
    on_behalf: bool
    basis_until: date | None
    values: Mapping[str, object]
    person_ids: tuple[int, ...]


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


def parking_page(actor: Actor, nomination_id: int) -> ParkingPage:
    """The page that parks a nomination; NotFound if the actor may not know of it."""
    found = nomination(actor, nomination_id)
    (row,) = rows(actor, db.session.execute(base().where(Nomination.id == nomination_id)).all())
    return ParkingPage(
        nomination=row,
        possible=NominationDeed.PARK in nominations.deeds(found.state, actor.role),
        on_behalf=actor.role is Role.COORDINATOR,
        basis_until=found.basis_until,
        values={"until": found.parked_until, "reason": found.park_reason or None},
        person_ids=(found.candidate_id,),
    )


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
