"""The page that takes a candidate out of the pool for a while."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coordination.db import db
from coordination.domain import nominations
from coordination.domain.actors import Actor, Role
from coordination.domain.nominations import NominationDeed
from coordination.models import Nomination
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
