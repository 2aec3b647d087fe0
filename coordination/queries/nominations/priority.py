"""The page on which the coordinator lets somebody go first."""

from __future__ import annotations

from dataclasses import dataclass

from coordination.db import db
from coordination.domain import nominations
from coordination.domain.actors import Actor
from coordination.domain.nominations import NominationDeed
from coordination.models import Nomination
from coordination.queries.nominations.reach import nomination
from coordination.queries.nominations.rows import NominationRow, base, rows


@dataclass(frozen=True)
class PriorityPage:
    """The nomination that is about to go first, or for another reason."""

    nomination: NominationRow
    possible: bool
    reason: str
    person_ids: tuple[int, ...]


def priority_page(actor: Actor, nomination_id: int) -> PriorityPage:
    """The page that lets a nomination go first; NotFound if the actor may not know of it."""
    found = nomination(actor, nomination_id)
    (row,) = rows(actor, db.session.execute(base().where(Nomination.id == nomination_id)).all())
    return PriorityPage(
        nomination=row,
        possible=NominationDeed.PRIORITY in nominations.deeds(found.state, actor.role),
        reason=found.priority_reason,
        person_ids=(found.candidate_id,),
    )
